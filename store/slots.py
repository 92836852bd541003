"""The slots of the office's cadences (频次时段): opened as their time comes, done when what they ask for was done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from rules.inspecting import Cadence
from rules.slots import Slot, slots
from store import inspection_schema as tables
from store.ledger import Happening, Writing
from store.rulebook import Rulebook

# Two runs at once: the second finds what the first has opened.
_LOCK = 0x00D0BA19


class NoSuchSlot(Refusal):
    """没有这个时段: no slot of that cadence and key has been opened."""

    zh = "频次“{cadence}”没有已开始的时段“{key}”。近来的有：{known}"
    en = "Cadence “{cadence}” has no slot “{key}” that has begun. Lately: {known}"


async def open_slots(write: Writing, book: Rulebook) -> list[tuple[Cadence, Slot]]:
    """Open every slot that has begun since this was last done, those already past included: they are shortfalls."""
    await write.one_at_a_time(_LOCK)
    today = book.calendar.local(write.now).date()
    begun = await _last_begun(write.connection)
    fresh: list[tuple[Cadence, Slot]] = []
    for cadence in book.policy.cadences:
        since = book.calendar.local(begun[cadence.key]).date() if cadence.key in begun else today
        found = slots(cadence, book.calendar, since, today)
        known = await _known(write.connection, cadence.key, [slot.key for slot in found])
        fresh += [(cadence, slot) for slot in found if slot.key not in known]
    await write.add(tables.slots, [_row(slot) for _, slot in fresh])
    await write.record_all(
        Happening("slot.opened", f"slot:{slot.cadence}/{slot.key}", {"ends_at": slot.ends_at.isoformat()})
        for _, slot in fresh
    )
    return fresh


async def mark_done(write: Writing, cadence: str, key: str) -> bool:
    """What the slot asks for was done now; False where that was noted before. NoSuchSlot for one never opened."""
    named = (tables.slots.c.cadence == cadence, tables.slots.c.key == key)
    row = (await write.connection.execute(select(tables.slots).where(*named).with_for_update())).first()
    if row is None:
        query = select(tables.slots.c.key).where(tables.slots.c.cadence == cadence)
        lately = await write.connection.scalars(query.order_by(tables.slots.c.opens_at.desc()).limit(5))
        raise NoSuchSlot(cadence=cadence, key=key, known="、".join(lately) or "—")
    if row.done_at is not None:
        return False
    done = update(tables.slots).where(*named).values(done_at=write.now, done_by=write.actor.key)
    await write.connection.execute(done)
    await write.record("slot.done", f"slot:{cadence}/{key}", late=write.now > row.ends_at)
    return True


async def slots_between(connection: AsyncConnection, since: datetime, until: datetime) -> Sequence[Row[Any]]:
    """Slots that run within a span, by cadence and time."""
    running = (tables.slots.c.opens_at <= until, tables.slots.c.ends_at >= since)
    order = (tables.slots.c.cadence, tables.slots.c.opens_at, tables.slots.c.key)
    return (await connection.execute(select(tables.slots).where(*running).order_by(*order))).all()


async def _last_begun(connection: AsyncConnection) -> dict[str, datetime]:
    query = select(tables.slots.c.cadence, func.max(tables.slots.c.opens_at).label("at")).group_by(
        tables.slots.c.cadence
    )
    return {row.cadence: row.at for row in await connection.execute(query)}


async def _known(connection: AsyncConnection, cadence: str, keys: Sequence[str]) -> set[str]:
    query = select(tables.slots.c.key).where(tables.slots.c.cadence == cadence, tables.slots.c.key.in_(keys))
    return set(await connection.scalars(query))


def _row(slot: Slot) -> dict[str, Any]:
    return {**slot._asdict(), "done_at": None, "done_by": None}
