"""Inspection rounds (检查轮次): opened once per kind and period, with the supervisors asked to look."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.inspection import share_out, week_of
from rules.language import Text
from rules.lifecycle import ACTIVE
from rules.policy import Severity
from rules.roster import Role
from store.inspection_schema import rounds
from store.ledger import Writing
from store.notices import NoticeDraft, add_notices
from store.rulebook import Rulebook
from store.schema import duties

WEEKLY = "weekly"

_LOOK = Text("请检查", "please inspect")


async def open_weekly_round(write: Writing, book: Rulebook) -> int | None:
    """Ask the supervisors for a look at what is open in each unit. None where this week's round is open already."""
    today = book.calendar.local(write.now).date()
    period = week_of(today)
    there = select(rounds.c.id).where(rounds.c.kind == WEEKLY, rounds.c.period == period)
    if await write.connection.scalar(there) is not None:
        return None
    open_now = await _open_by_unit(write.connection, write.now)
    shares = share_out([row.unit for row in open_now], book.people_with(Role.SUPERVISOR), today.isocalendar().week)
    (number,) = await write.add_numbered(
        rounds, [{"kind": WEEKLY, "period": period, "opened_at": write.now, "data": {}}]
    )
    event = await write.record(
        "round.opened", f"round:{number}", round_kind=WEEKLY, period=period,
        shares={supervisor: list(units) for supervisor, units in shares.items()},
    )  # fmt: skip
    by_unit = {row.unit: row for row in open_now}
    await add_notices(write, book, [
        NoticeDraft(event_id=event, recipient=supervisor, kind="inspect", label=_LOOK, severity=Severity.ROUTINE,
                    title=unit, unit=unit, reason=_what_is_open(by_unit[unit]))
        for supervisor, units in shares.items() for unit in units
    ])  # fmt: skip
    return number


async def _open_by_unit(connection: AsyncConnection, now: Any) -> Sequence[Row[Any]]:
    """Units that have active duties, with how many there are and how many of them are overdue."""
    late = func.sum(case((duties.c.due_at < now, 1), else_=0))
    query = select(duties.c.unit, func.count().label("active"), late.label("late"))
    query = query.where(duties.c.state.in_([state.value for state in ACTIVE]))
    return (await connection.execute(query.group_by(duties.c.unit).order_by(duties.c.unit))).all()


def _what_is_open(row: Row[Any]) -> Text:
    return Text(f"在办 {row.active} 项，其中逾期 {row.late} 项", f"{row.active} open, {row.late} of them overdue")
