"""The ledger's hash chain (封存): sealing what is new, checking all of it, taking it out."""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.database import Store
from store.ledger import writing
from store.schema import events, seals

EVENTS_PER_SEAL = 1000
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Seal:
    """封存: `hash` stands for every event up to `last_event`."""

    first_event: int
    last_event: int
    events: int
    hash: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """校验结论: `broken` says at which seal, and how, the ledger differs from what was sealed; None: nowhere."""

    seals: int
    events: int
    unsealed: int
    head: str
    broken: str | None = None


def line_of(event: Row[Any]) -> bytes:
    """One event as it is hashed and exported: canonical JSON, keys sorted, UTC instants."""
    fields = {
        "id": event.id,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "kind": event.kind,
        "subject": event.subject,
        "data": event.data,
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


async def seal(store: Store, now: datetime) -> int:
    """Seal every event that is not sealed yet. Returns how many were.

    Alone with the ledger for a moment, so that no event with a lower number can still appear under the last one sealed.
    """
    sealed = 0
    async with writing(store, now, alone=True) as write:
        last = await last_seal(write.connection)
        while rows := await _after(write.connection, last.last_event if last else 0, EVENTS_PER_SEAL):
            last = Seal(rows[0].id, rows[-1].id, len(rows), _chained(last.hash if last else GENESIS, rows), now)
            await write.add_numbered(seals, [asdict(last)])
            sealed += len(rows)
    return sealed


async def last_seal(connection: AsyncConnection) -> Seal | None:
    """The newest seal, as bulletins print it."""
    row = (await connection.execute(_seals().order_by(seals.c.id.desc()).limit(1))).first()
    return Seal(*row) if row else None


async def verify(connection: AsyncConnection) -> Verdict:
    """Recompute the chain from the first event and compare every seal."""
    head, count, last = GENESIS, 0, 0
    known = [Seal(*row) for row in await connection.execute(_seals().order_by(seals.c.id))]
    for number, one in enumerate(known, start=1):
        rows = await _between(connection, last, one.last_event)
        head = _chained(head, rows)
        count += len(rows)
        last = one.last_event
        if len(rows) != one.events or head != one.hash:
            where = f"seal {number}: events {one.first_event}..{one.last_event}, {len(rows)} of {one.events} there"
            return Verdict(len(known), count, 0, one.hash, where)
    unsealed = await connection.scalar(select(func.count()).where(events.c.id > last))
    return Verdict(len(known), count, int(unsealed or 0), head)


async def export(connection: AsyncConnection) -> AsyncIterator[bytes]:
    """Every event as a line of JSON, in order; hashing the lines as `verify` does gives the seals."""
    stream = await connection.stream(select(events).order_by(events.c.id))
    async for event in stream:
        yield line_of(event)


def _seals() -> Any:
    return select(seals.c.first_event, seals.c.last_event, seals.c.events, seals.c.hash, seals.c.sealed_at)


def _chained(before: str, rows: list[Row[Any]]) -> str:
    digest = before
    for row in rows:
        digest = hashlib.sha256(digest.encode() + line_of(row)).hexdigest()
    return digest


async def _after(connection: AsyncConnection, last: int, limit: int) -> list[Row[Any]]:
    query = select(events).where(events.c.id > last).order_by(events.c.id).limit(limit)
    return list((await connection.execute(query)).all())


async def _between(connection: AsyncConnection, after: int, up_to: int) -> list[Row[Any]]:
    query = select(events).where(events.c.id > after, events.c.id <= up_to).order_by(events.c.id)
    return list((await connection.execute(query)).all())
