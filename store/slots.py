"""The slots of the office's cadences (频次时段): opened as their time comes, done when what they ask for was done.

What is owed follows from policies and calendar (rules.slots); the table only holds what was opened.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from rules.inspecting import Cadence
from rules.slots import Holding, Owed, Slot, owed, slots
from store import inspection_schema as tables
from store.ledger import Happening, Writing
from store.rulebook import Rulebook
from store.schema import policies

# Two runs at once: the second finds what the first has opened.
_LOCK = 0x00D0BA19


class NoSuchSlot(Refusal):
    """没有这个时段: no slot of that cadence and key has been opened."""

    zh = "频次“{cadence}”没有已开始的时段“{key}”。近来的有：{known}。过去的时段还没有开启的，请先运行 duban inspect。"
    en = (
        "Cadence “{cadence}” has no slot “{key}” that has begun. Lately: {known}. "
        "Where a past one was never opened, run duban inspect first."
    )


class Asked(NamedTuple):
    """频次时段: a slot as it stands: opened or only owed, done or not."""

    cadence: str
    key: str
    opens_at: datetime
    ends_at: datetime
    done_at: datetime | None = None
    done_by: str | None = None


async def open_slots(write: Writing, book: Rulebook) -> list[tuple[Cadence, Slot]]:
    """Open every slot that runs today or was owed before and never opened: those are shortfalls."""
    await write.one_at_a_time(_LOCK)
    today = book.calendar.local(write.now).date()
    running = [(one, slot) for one in book.policy.cadences for slot in slots(one, book.calendar, today, today)]
    missed = [(one.cadence, one.slot) for one in await uncounted(write.connection, book, today)]
    begun = {(slot.cadence, slot.key): (cadence, slot) for cadence, slot in [*missed, *running]}
    known = await _known(write.connection, min((slot.ends_at for _, slot in begun.values()), default=write.now))
    fresh = [pair for named, pair in begun.items() if named not in known]
    await write.add(tables.slots, [_row(slot) for _, slot in fresh])
    await write.record_all(
        Happening("slot.opened", f"slot:{slot.cadence}/{slot.key}", {"ends_at": slot.ends_at.isoformat()})
        for _, slot in fresh
    )
    return fresh


async def uncounted(connection: AsyncConnection, book: Rulebook, until: date) -> Sequence[Owed]:
    """What was owed by this day and never opened, since the office began: no inspect flow ran in its time."""
    held = await _held(connection, book)
    if not held:
        return ()
    known = await _known(connection, datetime.combine(held[0].since, time(), book.calendar.zone))
    asked = owed(held, book.calendar, held[0].since, until)
    return [one for one in asked if (one.slot.cadence, one.slot.key) not in known]


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


async def slots_between(
    connection: AsyncConnection, book: Rulebook, since: datetime, until: datetime
) -> Sequence[Asked]:
    """Slots that run from `since` to before `until`, by cadence and time: those opened, and those owed all the same."""
    running = (tables.slots.c.opens_at < until, tables.slots.c.ends_at >= since)
    columns = [tables.slots.c[name] for name in Asked._fields]
    opened = [Asked._make(row) for row in await connection.execute(select(*columns).where(*running))]
    known = {(one.cadence, one.key) for one in opened}
    days = [book.calendar.local(at).date() for at in (since, until)]
    missed = [
        Asked(*one.slot)
        for one in owed(await _held(connection, book), book.calendar, *days)
        if one.slot.opens_at < until and (one.slot.cadence, one.slot.key) not in known
    ]
    return sorted([*opened, *missed], key=attrgetter("cadence", "opens_at", "key"))


async def _held(connection: AsyncConnection, book: Rulebook) -> Sequence[Holding]:
    """Which cadences held from when on: a policy holds from the day it was adopted."""
    query = select(policies.c.version, policies.c.adopted_at).order_by(policies.c.version)
    return [
        Holding(book.calendar.local(row.adopted_at).date(), book.policies[row.version].cadences)
        for row in await connection.execute(query)
    ]


async def _known(connection: AsyncConnection, since: datetime) -> set[tuple[str, str]]:
    """The slots opened so far that end since then."""
    query = select(tables.slots.c.cadence, tables.slots.c.key).where(tables.slots.c.ends_at >= since)
    return {(row.cadence, row.key) for row in await connection.execute(query)}


def _row(slot: Slot) -> dict[str, Any]:
    return {**slot._asdict(), "done_at": None, "done_by": None}
