"""Opening duties (责任事项立项): the occurrences of obligations whose time has come, one per lead unit."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select, update

from rules.cadence import Occurrence, frequency, occurrences
from rules.escalation import Clock, addressees, ladder_start
from rules.headway import UNSEEN, Headway
from rules.language import Text
from rules.lifecycle import DutyState
from rules.obligation import Obligation
from rules.policy import Severity
from rules.reading import Deadline
from rules.roster import Rung
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.obligations import due_for_opening
from store.rulebook import Rulebook
from store.schema import duties, obligations

BATCH = 5000
# How far ahead to look for the day on which the next occurrence opens; beyond it, one look a year does.
LOOK_AHEAD = timedelta(days=400)

OPENED = "opened"
"""The kind of the notice that a duty was opened."""

_NEW_DUTY = Text("新任务", "new duty")


class Opening(NamedTuple):
    """立项告知: how the notice of a new duty is put, and what its event tells beside the row."""

    kind: str = OPENED
    label: Text = _NEW_DUTY
    severity: Severity = Severity.ROUTINE
    reason: Text | None = None
    facts: Mapping[str, Any] = MappingProxyType({})


class _Prospect(NamedTuple):
    """立项安排: what the same time limits mean for any obligation: duties that open now, the day the next one does."""

    duties: tuple[dict[str, Any], ...]
    next_on: date


async def open_due(write: Writing, book: Rulebook, headway: Headway = UNSEEN) -> int:
    """Open every occurrence that opens up to today (or as far ahead as the policy says). Returns how many."""
    opening = _Pass(write, book)
    opened = 0
    while batch := await due_for_opening(write.connection, opening.until, BATCH):
        opened += await opening.open(batch)
        headway.done += len(batch)
    return opened


class _Pass:
    """One pass of opening (立项), a batch at a time; `until` is the last day that counts."""

    def __init__(self, write: Writing, book: Rulebook) -> None:
        self._write, self._book = write, book
        self._today = book.calendar.local(write.now).date()
        self.until = self._today + timedelta(days=book.policy.open_ahead_days)
        self._prospect = lru_cache(maxsize=4096)(self._compute_prospect)

    async def open(self, batch: Sequence[tuple[Obligation, date | None]]) -> int:
        rows: list[dict[str, Any]] = []
        looks: dict[date, list[int]] = {}
        for obligation, opened_through in batch:
            since = min(opened_through + timedelta(days=1), self._today) if opened_through else self._today
            duties_now, next_on = self._prospect(obligation.deadlines, obligation.year, since)
            rows += _owed(obligation, duties_now)
            looks.setdefault(next_on, []).append(obligation.id)
        rows = await _not_yet_there(self._write, rows)
        await add_duties(self._write, self._book, rows)
        for day, ids in looks.items():
            passed = update(obligations).where(obligations.c.id.in_(ids))
            await self._write.connection.execute(passed.values(opened_through=self.until, next_opening_on=day))
        return len(rows)

    def _compute_prospect(self, deadlines: tuple[Deadline, ...], year: int, since: date) -> _Prospect:
        ladder = self._book.policy.ladder_for(frequency(deadlines))
        found = occurrences_of(self._book, deadlines, year, since, self.until)
        rows = (
            duty_row(self._write, self._book, unit="", occurrence=one.key, title="", due=one.due, ladder=ladder)
            for one in found
        )
        return _Prospect(tuple(rows), self._next_opening(deadlines, year))

    def _next_opening(self, deadlines: tuple[Deadline, ...], year: int) -> date:
        """The day on which the next occurrence opens; too far ahead (or nowhere), the day to look again."""
        look_again = self.until + LOOK_AHEAD
        ahead = occurrences_of(self._book, deadlines, year, self.until + timedelta(days=1), look_again)
        return min((one.opens for one in ahead if one.opens and one.opens > self.until), default=look_again)


def _owed(obligation: Obligation, duties_now: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The duties of one obligation: each occurrence for each of its lead units."""
    named = {
        "obligation_id": obligation.id,
        "title": obligation.task,
        "leader": obligation.leader,
        "responsible": obligation.responsible,
    }
    return [duty | named | {"unit": unit, "lead": unit} for duty in duties_now for unit in obligation.lead]


async def add_duties(
    write: Writing, book: Rulebook, rows: Sequence[dict[str, Any]], openings: Sequence[Opening] | None = None
) -> Sequence[int]:
    """Write duties with the event and the notice that each has been opened. Returns their numbers."""
    openings = openings or [Opening()] * len(rows)
    numbers = await write.add_numbered(duties, rows)
    told = await write.record_all(
        Happening(
            "duty.opened",
            f"duty:{number}",
            {
                "unit": row["unit"],
                "occurrence": row["occurrence"],
                "obligation": row["obligation_id"],
                "due_at": row["due_at"].isoformat(),
                "provisional": row["provisional"],
                "policy": row["policy_version"],
                **opening.facts,
            },
        )
        for number, row, opening in zip(numbers, rows, openings, strict=True)
    )
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind=opening.kind,
                label=opening.label,
                severity=opening.severity,
                title=row["title"],
                duty_id=number,
                unit=row["unit"],
                due_at=row["due_at"],
                provisional=row["provisional"],
                reason=opening.reason,
            )
            for number, row, event, opening in zip(numbers, rows, told, openings, strict=True)
            for one in addressees((Rung.RESPONSIBLE,), book.chain_of(row), book.office)
        ],
    )
    return numbers


def duty_row(
    write: Writing,
    book: Rulebook,
    *,
    unit: str,
    occurrence: str,
    title: str,
    due: date | datetime,
    ladder: str,
) -> dict[str, Any]:
    """A fresh duty: open, first episode, under the present policy (promise 4)."""
    due_at = book.calendar.end_of(due)
    ladder_at = ladder_start(due_at, write.now)
    clock = Clock(DutyState.OPEN, episode_at=write.now, ladder_at=ladder_at)
    return {
        "obligation_id": None,
        "parent_id": None,
        "lead": None,
        "occurrence": occurrence,
        "unit": unit,
        "title": title,
        "leader": None,
        "responsible": None,
        "state": DutyState.OPEN.value,
        "episode": 1,
        "opened_at": write.now,
        "episode_at": write.now,
        "due_at": due_at,
        "provisional": is_provisional(write, book, due_at),
        "ladder": ladder,
        "policy_version": book.current,
        "ladder_at": ladder_at,
        "next_action_at": book.escalation(book.current).next_look(clock, ladder),
    }


def is_provisional(write: Writing, book: Rulebook, due_at: datetime) -> bool:
    """暂定: whether working days up to this time limit rest on a calendar not yet published (promise 6)."""
    return book.calendar.provisional(*(book.calendar.local(at).date() for at in (write.now, due_at)))


def occurrences_of(
    book: Rulebook, deadlines: tuple[Deadline, ...], year: int, since: date, until: date
) -> tuple[Occurrence, ...]:
    """The occurrences of an obligation with these time limits that open, or are running, between two days."""
    rule = book.policy.standing_rule
    return occurrences(deadlines, since=since, until=until, year=year, standing_rule=rule)


async def _not_yet_there(write: Writing, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows whose occurrence has no duty yet: opening twice changes nothing."""
    query = select(duties.c.obligation_id, duties.c.lead, duties.c.occurrence).where(
        duties.c.obligation_id.in_({row["obligation_id"] for row in rows}),
        duties.c.occurrence.in_({row["occurrence"] for row in rows}),
    )
    there = {tuple(row) for row in await write.connection.execute(query)}
    return [row for row in rows if (row["obligation_id"], row["lead"], row["occurrence"]) not in there]
