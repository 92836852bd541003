"""What the ledger tells of duties (台账推演): taken forward event by event, never read from how a row stands today.

The values here are tuples: a week of a big office makes tens of thousands of them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from rules.language import Text
from rules.lifecycle import FINISHED, TRANSITIONS, Action, DutyState, Request, Transition
from rules.policy import Anchor

OFFICE_ANCHORS = frozenset({Anchor.REPORTED, Anchor.ASKED, Anchor.REVIEW})
"""What a step counts from while the office is waited for."""
_RULES = {f"duty.{rule.action}": rule for rule in TRANSITIONS}


class LedgerEvent(NamedTuple):
    """台账事件: as it was recorded; `subject` is such as "duty:12"."""

    number: int
    at: datetime
    kind: str
    subject: str
    data: Mapping[str, Any]

    @property
    def is_step(self) -> bool:
        """A step somebody was told; a reminder that collapsed into a later one reached nobody."""
        return self.kind == "duty.step" and bool(self.data["told"])

    @property
    def presses_office(self) -> bool:
        """Whether a step urges the office itself: to verify a report, to answer a request."""
        return self.data["anchor"] in OFFICE_ANCHORS

    @property
    def about(self) -> int:
        """The number of the thing it is about."""
        return int(self.subject.rpartition(":")[2])


class Standing(NamedTuple):
    """事项现状: a duty as it stood after an event. `opened_by` and `set_by` are the numbers of the events
    that opened it and that last told its state and time limit; `last_step` is the last one that pressed its unit.
    """

    duty: int
    unit: str
    title: str
    due_at: datetime
    opened_by: int
    set_by: int
    obligation: int | None = None
    leader: str | None = None
    responsible: str | None = None
    state: DutyState = DutyState.OPEN
    pending: Request | None = None
    reported_at: datetime | None = None
    last_step: Text | None = None
    last_step_at: datetime | None = None

    @property
    def in_hand(self) -> bool:
        """在办: neither closed nor withdrawn."""
        return self.state not in FINISHED


class Change(NamedTuple):
    """变化: what an event did to a duty. `before` is None at its opening; `rule` is the action people took, if any."""

    event: LedgerEvent
    before: Standing | None
    after: Standing
    rule: Transition | None = None

    @property
    def unit(self) -> str:
        """The unit whose duty it was when it happened."""
        return (self.before or self.after).unit


class History:
    """台账推演: every duty and table row met so far, as the events taken so far left it."""

    def __init__(self) -> None:
        self._duties: dict[int, Standing] = {}
        self._rows: dict[int, Mapping[str, Any]] = {}

    def take(self, event: LedgerEvent) -> Change | None:
        """Go one event forward, in the ledger's order. What it did to a duty, or None where it did nothing to one."""
        if event.subject.startswith("obligation:"):
            self._rows[event.about] = self._row_after(event)
            return None
        before = self._duties.get(event.about)
        after = self._opened(event) if event.kind == "duty.opened" else before and _after(before, event)
        if after is None:
            return None
        self._duties[event.about] = after
        if event.kind == "duty.split":
            self._name_part(event)
        return Change(event, before, after, _RULES.get(event.kind))

    def in_hand(self) -> Iterator[Standing]:
        """The duties in hand now, by number."""
        return (self._duties[number] for number in sorted(self._duties) if self._duties[number].in_hand)

    def item_no(self, obligation: int | None) -> str:
        """序号: the number the row has in the table now; empty for a part split off."""
        return self._rows.get(obligation or 0, {}).get("item_no") or ""

    def rows_of_units(self) -> dict[str, int]:
        """The first row of the table that each unit owes a duty of."""
        first: dict[str, int] = {}
        for duty in self._duties.values():
            if duty.obligation:
                first[duty.unit] = min(duty.obligation, first.get(duty.unit, duty.obligation))
        return first

    def _row_after(self, event: LedgerEvent) -> Mapping[str, Any]:
        """A table row's words; an amendment tells only those that changed."""
        changed = {name: pair["new"] for name, pair in event.data.get("fields", {}).items()}
        return {**self._rows.get(event.about, {}), **event.data, **changed}

    def _opened(self, event: LedgerEvent) -> Standing:
        row = self._rows.get(event.data["obligation"] or 0, {})
        return Standing(
            event.about,
            event.data["unit"],
            row.get("task") or event.data.get("title", ""),
            datetime.fromisoformat(event.data["due_at"]),
            opened_by=event.number,
            set_by=event.number,
            obligation=event.data["obligation"],
            leader=row.get("leader"),
            responsible=row.get("responsible"),
        )

    def _name_part(self, event: LedgerEvent) -> None:
        """A part is opened first and named by the event of its split."""
        part = self._duties.get(event.data["part"])
        if part:
            self._duties[part.duty] = part._replace(title=event.data["title"])


def _after(before: Standing, event: LedgerEvent) -> Standing:
    if event.is_step and not event.presses_office:
        return before._replace(last_step=Text(*event.data["label"]), last_step_at=event.at)
    if event.kind == "duty.amended":
        return before._replace(**_amended(event.data["now"]), set_by=event.number)
    rule = _RULES.get(event.kind)
    return before if rule is None else _acted_on(before, event, rule)


def _amended(now: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: now[name] for name in ("title", "leader", "responsible") if name in now}
    return kept | ({"due_at": datetime.fromisoformat(now["due_at"])} if "due_at" in now else {})


def _acted_on(before: Standing, event: LedgerEvent, rule: Transition) -> Standing:
    """A duty after an action; a withdrawal by a revision tells only its reason, the rest follows from the rule."""
    told = event.data
    due_at = datetime.fromisoformat(told["due_at"]) if "due_at" in told else before.due_at
    after = before._replace(
        set_by=event.number,
        state=rule.target or before.state,
        unit=told.get("unit", before.unit),
        due_at=due_at,
        pending=rule.asks or (None if before.pending in rule.answers else before.pending),
    )
    if rule.action is Action.REPORT:
        return after._replace(reported_at=event.at)
    if rule.action is Action.HAND_OVER:
        return after._replace(leader=None, responsible=None)
    return after
