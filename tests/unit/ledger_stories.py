"""A ledger told by hand: events as the store records them, for tests of what is counted from them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from rules.bulletin import Bulletin, UnitFigures, Week
from rules.history import LedgerEvent
from rules.lifecycle import TRANSITIONS, Action, DutyState
from rules.roster import Roster
from rules.roster_index import RosterIndex
from rules.weekly import WeekLedger, compose_bulletin
from rules.worktime import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
TARGETS = {rule.action: rule.target for rule in TRANSITIONS}


def at(written: str) -> datetime:
    """A local instant, such as "03-04" (09:30) or "03-04 17:00", of 2026."""
    return datetime.fromisoformat(f"2026-{written}" if " " in written else f"2026-{written} 09:30").replace(tzinfo=ZONE)


def due(written: str) -> str:
    """The last second of a day of 2026, as events tell it."""
    return at(f"{written} 23:59:59").isoformat()


class Story:
    """What happens, in order; each call is one event."""

    def __init__(self) -> None:
        self.events: list[LedgerEvent] = []
        self._numbers = count(1)
        self._standing: dict[int, dict[str, Any]] = {}

    def row(self, number: int = 1, task: str = "清理背街小巷", item_no: str = "1") -> "Story":
        told = {"task": task, "item_no": item_no, "leader": None, "responsible": None}
        return self._tell("01-05", "obligation.published", f"obligation:{number}", told)

    def opened(self, on: str, duty: int = 1, unit: str = "甲局", until: str = "03-31", row: int | None = 1) -> "Story":
        self._standing[duty] = {"state": "open", "unit": unit, "due_at": due(until)}
        return self._tell(on, "duty.opened", f"duty:{duty}", {**self._standing[duty], "obligation": row})

    def does(self, on: str, action: Action, duty: int = 1, **told: Any) -> "Story":
        """An action with the facts its event tells; `due`, `unit` where the action changes them."""
        standing = self._standing[duty]
        standing["state"] = (TARGETS[action] or DutyState(standing["state"])).value
        standing |= {name: value for name, value in told.items() if name in ("unit", "due_at")}
        return self._tell(on, f"duty.{action}", f"duty:{duty}", {**told, **standing})

    def step(
        self, on: str, label: str, duty: int = 1, *, kind: str = "order", anchor: str = "due", told: bool = True
    ) -> "Story":
        data = {"step": label, "label": [label, label], "kind": kind, "anchor": anchor, "offset": "P2WD", "told": told}
        return self._tell(on, "duty.step", f"duty:{duty}", data)

    def tell(self, on: str, kind: str, duty: int, **data: Any) -> "Story":
        """Any other event about a duty."""
        return self._tell(on, kind, f"duty:{duty}", data)

    def _tell(self, on: str, kind: str, subject: str, data: dict[str, Any]) -> "Story":
        self.events.append(LedgerEvent(next(self._numbers), at(on), kind, subject, data))
        return self

    def week(self, of: str, messages: Sequence[tuple[int, str | None]] = (), until: str = "") -> Bulletin:
        """The bulletin of the week that a day lies in, up to its end or up to an instant."""
        week = Week.of(at(of).date())
        begins, ends = week.begins(ZONE), at(until) if until else week.ends(ZONE)
        earlier = [event for event in self.events if event.at < begins]
        events = [event for event in self.events if event.at < ends]
        roster, calendar = RosterIndex(Roster()), WorkCalendar()
        ledger = WeekLedger(week, ends, len(earlier) + 1, len(events), events, messages, None, roster, calendar)
        return compose_bulletin(ledger)


def told(figures: UnitFigures) -> dict[str, int]:
    """The figures that are not zero, by their Chinese name."""
    return {measure.label.zh: figure.value for measure, figure in figures.figures.items() if figure.value}
