"""Named queries about obligations (任务项)."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.obligation import Obligation
from rules.reading import Deadline
from store.batches import batches
from store.schema import obligations

AT_ONCE = 1000

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
    return [one async for one in _in_force(connection, plan)]


async def time_limits(connection: AsyncConnection, plan: str) -> dict[str, frozenset[date | datetime]]:
    """The dated time limits (完成时限) in force, by row key."""
    return {one.row_key: _dated(one.deadlines) async for one in _in_force(connection, plan)}


@lru_cache(maxsize=4096)
def _dated(deadlines: tuple[Deadline, ...]) -> frozenset[date | datetime]:
    """Many rows say the same."""
    return frozenset(deadline.due for deadline in deadlines if deadline.due)


async def _in_force(connection: AsyncConnection, plan: str) -> AsyncIterator[Obligation]:
    """One after another, so that a long table's text is not in memory beside what became of it."""
    query = select(*_COLUMNS).where(obligations.c.plan == plan, obligations.c.retired_at.is_(None))
    async with connection.stream(query.order_by(obligations.c.id)) as rows:
        async for some in rows.partitions(AT_ONCE):
            for row in some:
                yield _obligation(row)


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
