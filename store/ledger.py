"""The one seam that writes (台账): a transaction with an actor and an instant, and the append-only events in it.

Everything that changes the database runs inside `writing`; the modules beside this one say what is written.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.lifecycle import SYSTEM, Actor
from store.crashpoints import reach
from store.database import Store
from store.inserting import insert_rows
from store.schema import events

# Held shared by every writer and alone by the sealer: so a seal never misses an event that was
# numbered before its last one but committed after it. (PostgreSQL; SQLite has one writer at a time anyway.)
LEDGER_LOCK = 0x00D0BA17

Rows = Sequence[dict[str, Any]]


class Happening(NamedTuple):
    """What is to be recorded as one event: `subject` names the thing it is about, such as "duty:12"."""

    kind: str
    subject: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Writing:
    """One open write transaction; leaving it commits everything or nothing."""

    connection: AsyncConnection
    now: datetime
    actor: Actor

    async def record(self, kind: str, subject: str, /, **data: Any) -> int:
        """Append one event (台账事件) and return its number."""
        return (await self.record_all([Happening(kind, subject, data)]))[0]

    async def record_all(self, happenings: Iterable[Happening]) -> Sequence[int]:
        """Append events in order and return their numbers."""
        rows = [
            {"at": self.now, "actor": self.actor.key, "kind": kind, "subject": subject, "data": data}
            for kind, subject, data in happenings
        ]
        return await self.add_numbered(events, rows)

    async def add_numbered(self, table: Table, rows: Rows) -> Sequence[int]:
        """Insert rows that get the next numbers of the table; the numbers are known before anything refers to them."""
        numbers = await self.reserve(table, len(rows))
        await self.add(table, [{"id": number, **row} for number, row in zip(numbers, rows, strict=True)])
        return numbers

    async def add(self, table: Table, rows: Rows) -> None:
        if rows:
            await insert_rows(self.connection, table, rows)

    async def one_at_a_time(self, lock: int) -> None:
        """Wait for any other transaction that holds this lock until this one ends; on SQLite writers always do."""
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(select(func.pg_advisory_xact_lock(lock)))

    async def reserve(self, table: Table, count: int) -> Sequence[int]:
        """The table's next free numbers, in order, before their rows are written."""
        if self.connection.dialect.name == "sqlite":
            last = int(await self.connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0)
            return range(last + 1, last + 1 + count)
        numbers = select(func.nextval(f"{table.name}_id_seq")).select_from(func.generate_series(1, count))
        return (await self.connection.scalars(numbers)).all()


@asynccontextmanager
async def writing(store: Store, now: datetime, actor: Actor = SYSTEM, *, alone: bool = False) -> AsyncIterator[Writing]:
    """One transaction of the truth: rows, events and notices together, or none of them.

    `alone` waits for every writer in flight and keeps others out until it ends: for sealing.
    """
    async with store.engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
            await connection.execute(select(lock(LEDGER_LOCK)))
        yield Writing(connection, now, actor)
        reach("before commit")
    reach("after commit")
