"""Named queries about obligations (任务项)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.obligation import Obligation
from store.batches import batches
from store.schema import obligations

_COLUMNS = (
    obligations.c.id,
    obligations.c.row_key,
    obligations.c.item_no,
    obligations.c.task,
    obligations.c.year,
    obligations.c.leader,
    obligations.c.responsible,
    obligations.c.content,
    obligations.c.opened_through,
)


async def in_force(connection: AsyncConnection, plan: str) -> list[Obligation]:
    """The obligations of a plan that have not been dropped by a revision, in the order of the table."""
    return list(await _in_force(connection, plan))


async def time_limits(connection: AsyncConnection, plan: str) -> dict[str, frozenset[date | datetime]]:
    """The dated time limits (完成时限) in force, by row key."""
    return {
        one.row_key: frozenset(deadline.due for deadline in one.deadlines if deadline.due)
        for one in await _in_force(connection, plan)
    }


async def _in_force(connection: AsyncConnection, plan: str) -> Iterator[Obligation]:
    """One after another: who needs but a part of each does not hold them all."""
    query = select(*_COLUMNS).where(obligations.c.plan == plan, obligations.c.retired_at.is_(None))
    return map(_obligation, await connection.execute(query.order_by(obligations.c.id)))


async def by_ids(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Obligation]:
    """Obligations by number."""
    found: dict[int, Obligation] = {}
    for some in batches(ids):
        rows = await connection.execute(select(*_COLUMNS).where(obligations.c.id.in_(some)))
        found |= {row.id: _obligation(row) for row in rows}
    return found


async def due_for_opening(
    connection: AsyncConnection, until: date, limit: int
) -> Sequence[tuple[Obligation, date | None]]:
    """Obligations with an occurrence that opens up to a day, with the last day opened so far.

    On PostgreSQL, those no other cycle holds.
    """
    query = (
        select(*_COLUMNS)
        .where(obligations.c.next_opening_on <= until)
        .order_by(obligations.c.next_opening_on, obligations.c.id)
        .limit(limit)
    )
    rows = await connection.execute(query.with_for_update(skip_locked=True))
    return [(_obligation(row), row.opened_through) for row in rows]


def _obligation(row: Row[Any]) -> Obligation:
    return Obligation(
        row.id,
        row.row_key,
        row.item_no,
        row.task,
        row.year,
        row.leader,
        row.responsible,
        tuple(row.content["lead"]),
        row.content,
    )
