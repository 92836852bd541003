"""Opening duties (责任事项立项): the occurrences of obligations whose time has come, one per lead unit."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select, update

from rules.cadence import Occurrence, frequency, occurrences
from rules.escalation import Clock, addressees, ladder_start
from rules.language import Text
from rules.lifecycle import DutyState
from rules.obligation import Obligation
from rules.policy import Severity
from rules.roster import Rung
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.obligations import due_for_opening
from store.rulebook import Rulebook
from store.schema import duties, obligations

BATCH = 2000
# How far ahead to look for the day on which the next occurrence opens; beyond it, one look a year does.
LOOK_AHEAD = timedelta(days=400)

_OPENED = Text("新任务", "new duty")


class Opening(NamedTuple):
    """立项告知: how the notice of a new duty is put, and what its event tells beside the row."""

    kind: str = "opened"
    label: Text = _OPENED
    severity: Severity = Severity.ROUTINE
    reason: Text | None = None
    facts: Mapping[str, Any] = MappingProxyType({})


async def open_due(write: Writing, book: Rulebook) -> int:
    """Open every occurrence that opens up to today (or as far ahead as the policy says). Returns how many."""
    today = book.calendar.local(write.now).date()
    until = today + timedelta(days=book.policy.open_ahead_days)
    opened = 0
    while batch := await due_for_opening(write.connection, until, BATCH):
        opened += await _open_batch(write, book, batch, today, until)
    return opened


async def _open_batch(
    write: Writing, book: Rulebook, batch: Sequence[tuple[Obligation, date | None]], today: date, until: date
) -> int:
    rows: list[dict[str, Any]] = []
    looks: dict[date, list[int]] = {}
    for obligation, opened_through in batch:
        since = min(opened_through + timedelta(days=1), today) if opened_through else today
        for occurrence in occurrences_of(book, obligation, since, until):
            rows += _rows_of(write, book, obligation, occurrence)
        looks.setdefault(_next_opening(book, obligation, until), []).append(obligation.id)
    rows = await _not_yet_there(write, rows)
    await add_duties(write, book, rows)
    for day, ids in looks.items():
        passed = update(obligations).where(obligations.c.id.in_(ids))
        await write.connection.execute(passed.values(opened_through=until, next_opening_on=day))
    return len(rows)


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


def _rows_of(write: Writing, book: Rulebook, obligation: Obligation, occurrence: Occurrence) -> list[dict[str, Any]]:
    ladder = book.policy.ladder_for(frequency(obligation.deadlines))
    row = duty_row(
        write, book, unit="", occurrence=occurrence.key, title=obligation.task, due=occurrence.due, ladder=ladder
    )
    named = {
        "obligation_id": obligation.id,
        "leader": obligation.leader,
        "responsible": obligation.responsible,
    }
    return [row | named | {"unit": unit, "lead": unit} for unit in obligation.lead]


def is_provisional(write: Writing, book: Rulebook, due_at: datetime) -> bool:
    """暂定: whether working days up to this time limit rest on a calendar not yet published (promise 6)."""
    return book.calendar.provisional(*(book.calendar.local(at).date() for at in (write.now, due_at)))


def occurrences_of(book: Rulebook, obligation: Obligation, since: date, until: date) -> tuple[Occurrence, ...]:
    """The occurrences of an obligation that open, or are running, between two days."""
    return occurrences(
        obligation.deadlines,
        since=since,
        until=until,
        year=obligation.year,
        standing_rule=book.policy.standing_rule,
    )


def _next_opening(book: Rulebook, obligation: Obligation, until: date) -> date:
    """The day on which the next occurrence opens; where it lies too far ahead (or nowhere), the day to look again."""
    ahead = occurrences_of(book, obligation, until + timedelta(days=1), until + LOOK_AHEAD)
    return min((one.opens for one in ahead if one.opens and one.opens > until), default=until + LOOK_AHEAD)


async def _not_yet_there(write: Writing, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows whose occurrence has no duty yet: opening twice changes nothing."""
    query = select(duties.c.obligation_id, duties.c.lead, duties.c.occurrence).where(
        duties.c.obligation_id.in_({row["obligation_id"] for row in rows}),
        duties.c.occurrence.in_({row["occurrence"] for row in rows}),
    )
    there = {tuple(row) for row in await write.connection.execute(query)}
    return [row for row in rows if (row["obligation_id"], row["lead"], row["occurrence"]) not in there]
