"""A change of the work calendar and its effect on duties (日历变动): shown first, then applied with a visible trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.worktime import WorkCalendar
from store.directory import replace_year_table, year_table
from store.duties import TAKEN, clock_of, taken_by
from store.ledger import Happening, Writing
from store.rulebook import rulebook
from store.schema import duties

YearTable = Mapping[date, tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Move:
    """变动: when a duty is looked at next, before and after, and whether its time limit is still provisional."""

    duty: int
    was: datetime | None
    will_be: datetime | None
    provisional: bool


async def moved_by(connection: AsyncConnection, calendar: WorkCalendar, days: YearTable) -> list[Move]:
    """The duties whose next step, or provisional mark, a year table would change; nothing is written."""
    over = {**await year_table(connection), **{day: working for day, (working, _) in days.items()}}
    return await _moves(connection, calendar.with_overrides(over))


async def set_year_table(write: Writing, calendar: WorkCalendar, days: YearTable) -> list[Move]:
    """Lay the year table over the calendar and move what it moves, each with its event."""
    await replace_year_table(write, days)
    moves = await _moves(write.connection, calendar)
    if moves:
        await write.connection.execute(
            update(duties)
            .where(duties.c.id == bindparam("of"))
            .values(next_action_at=bindparam("next"), provisional=bindparam("unsettled")),
            [{"of": move.duty, "next": move.will_be, "unsettled": move.provisional} for move in moves],
        )
    await write.record_all(
        Happening(
            "duty.rescheduled",
            f"duty:{move.duty}",
            {
                "was": move.was and move.was.isoformat(),
                "now": move.will_be and move.will_be.isoformat(),
                "provisional": move.provisional,
            },
        )
        for move in moves
    )
    return moves


async def _moves(connection: AsyncConnection, calendar: WorkCalendar) -> list[Move]:
    book = await rulebook(connection, calendar)
    unfinished = select(duties, TAKEN).where(duties.c.finished_at.is_(None)).order_by(duties.c.id)
    moves = []
    for row in await connection.execute(unfinished):
        clock = clock_of(row._mapping, taken_by(row._mapping))
        will_be = book.escalation(row.policy_version).next_look(clock, row.ladder)
        opened, due = (book.calendar.local(at).date() for at in (row.opened_at, row.due_at))
        provisional = book.calendar.provisional(opened, due)
        if (will_be, provisional) != (row.next_action_at, row.provisional):
            moves.append(Move(row.id, row.next_action_at, will_be, provisional))
    return moves
