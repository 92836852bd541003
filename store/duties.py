"""Named queries about duties (责任事项) and the steps they have had."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.escalation import Clock
from rules.lifecycle import DutyState
from store.schema import duties, obligations, steps

TAKEN = (
    select(func.aggregate_strings(steps.c.step, ","))
    .where(steps.c.duty_id == duties.c.id, steps.c.episode == duties.c.episode)
    .scalar_subquery()
    .label("taken")
)
"""A column to select with duties: the keys of the steps each has had in its present episode, for `taken_by`."""


def taken_by(duty: Mapping[Any, Any]) -> frozenset[str]:
    """The keys of the steps a duty has had in its present episode."""
    return frozenset(duty["taken"].split(",")) if duty["taken"] else frozenset()


def clock_of(duty: Mapping[Any, Any], taken: frozenset[str]) -> Clock:
    """A duty's row as the ladder sees it."""
    return Clock(
        DutyState(duty["state"]),
        duty["episode_at"],
        duty["ladder_at"],
        taken,
        duty["reported_at"],
        duty["asked_at"],
        duty["review_at"],
        duty["accepted_at"],
    )


async def taken_steps(connection: AsyncConnection, duty: int, episode: int) -> frozenset[str]:
    """The keys of the steps a duty has had in an episode."""
    query = select(steps.c.step).where(steps.c.duty_id == duty, steps.c.episode == episode)
    return frozenset((await connection.scalars(query)).all())


async def due_for_action(connection: AsyncConnection, now: datetime, limit: int) -> list[dict[str, Any]]:
    """Duties the cycle must look at now, the longest waiting first; on PostgreSQL, those no other cycle holds."""
    query = (
        select(
            duties.c.id,
            duties.c.unit,
            duties.c.title,
            duties.c.leader,
            duties.c.responsible,
            duties.c.state,
            duties.c.episode,
            duties.c.episode_at,
            duties.c.due_at,
            duties.c.provisional,
            duties.c.ladder,
            duties.c.policy_version,
            duties.c.ladder_at,
            duties.c.reported_at,
            duties.c.asked_at,
            duties.c.review_at,
            duties.c.rechecker,
            duties.c.accepted_at,
            TAKEN,
        )
        .where(duties.c.next_action_at <= now)
        .order_by(duties.c.next_action_at, duties.c.id)
        .limit(limit)
    )
    found = await connection.execute(query.with_for_update(skip_locked=True))
    names = tuple(found.keys())
    # Each is looked into some twenty times, for which a row is slow.
    return [dict(zip(names, row, strict=True)) for row in found]


async def count_by_state(connection: AsyncConnection, now: datetime) -> dict[str, int]:
    """How many duties stand in each state; "overdue" counts those active past their time limit."""
    rows = await connection.execute(select(duties.c.state, func.count()).group_by(duties.c.state))
    counts = {state: int(count) for state, count in rows}
    active = duties.c.state.in_([DutyState.OPEN.value, DutyState.ACCEPTED.value])
    late = await connection.scalar(select(func.count()).where(active, duties.c.due_at < now))
    return counts | {"overdue": int(late or 0)}


async def unfinished(connection: AsyncConnection, unit: str | None = None) -> Sequence[Row[Any]]:
    """Duties not closed or withdrawn, by unit and time limit, with the number of their table row."""
    query = (
        select(duties, obligations.c.item_no)
        .join(obligations, obligations.c.id == duties.c.obligation_id, isouter=True)
        .where(duties.c.finished_at.is_(None))
        .order_by(duties.c.unit, duties.c.due_at, duties.c.id)
    )
    return (await connection.execute(query.where(duties.c.unit == unit) if unit else query)).all()
