"""The ledger keeps what it was told: it refuses changes, its seals miss nothing, and tampering is found and named."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from store.database import Store, open_store
from store.ledger import Happening, writing
from store.schema import calendar_days, events, people, seals
from store.sealing import EVENTS_PER_SEAL, Verdict, seal, verify

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def on(url: str, work: Callable[[Store], Awaitable[T]]) -> T:
    """Run this against a store that is closed afterwards."""

    async def opened() -> T:
        store = open_store(url)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(opened())


async def say(store: Store, count: int = 1) -> None:
    async with writing(store, NOW) as write:
        await write.record_all(Happening("test.said", "test:1", {"nth": n}) for n in range(count))


async def seal_all(store: Store) -> int:
    return await seal(store, NOW)


async def verdict(store: Store) -> Verdict:
    async with store.reading() as connection:
        return await verify(connection)


# Refusing

CHANGES = (update(events).values(actor="别人"), delete(events), update(seals).values(hash="0"), delete(seals))


def test_the_database_itself_refuses_to_change_the_past(url: str) -> None:
    """UPDATE and DELETE of events and seals fail, whoever sends them."""

    async def work(store: Store) -> None:
        await say(store)
        await seal_all(store)
        for change in CHANGES:
            with pytest.raises(DBAPIError, match="append-only"):
                async with writing(store, NOW) as write:
                    await write.connection.execute(change)
        assert (await verdict(store)).broken is None

    on(url, work)


def test_an_event_cannot_be_replaced(url: str) -> None:
    """Writing over an event's number is refused too: SQLite's REPLACE is a delete that fires no delete trigger."""

    async def work(store: Store) -> None:
        await say(store)
        forged = {"id": 1, "at": NOW, "actor": "别人", "kind": "test.forged", "subject": "test:1", "data": {}}
        statement = insert(events)
        if store.engine.dialect.name == "sqlite":
            statement = statement.prefix_with("OR REPLACE")
        with pytest.raises(DBAPIError):
            async with writing(store, NOW) as write:
                await write.connection.execute(statement, [forged])
        async with store.reading() as connection:
            assert [event.kind for event in await connection.execute(select(events))] == ["test.said"]

    on(url, work)


# Inserting

KEPT = (
    (events, {"at": NOW, "actor": "张三", "kind": "test.said", "subject": "test:1", "data": {"何时": NOW, "无": None}}),
    (calendar_days, {"working": False, "name": "春节"}),
    (people, {"name": "张三", "title": "", "unit": None, "roles": ["office"], "contacts": [], "retired_at": NOW}),
)
KEYS = {events: (900, 901), calendar_days: (date(2026, 2, 17), date(2026, 2, 18)), people: ("甲", "乙")}


def test_rows_are_kept_as_sqlalchemy_keeps_them(url: str) -> None:
    """The short way to the driver turns instants, JSON, days and blanks into what every other statement expects."""

    async def work(store: Store) -> None:
        async with writing(store, NOW) as write:
            for table, row in KEPT:
                (key,) = table.primary_key.columns
                mine, theirs = ({key.name: value, **row} for value in KEYS[table])
                await write.add(table, [mine])
                await write.connection.execute(insert(table), [theirs])
                named = ", ".join(row)
                raw = await write.connection.exec_driver_sql(f"SELECT {named} FROM {table.name} ORDER BY {key.name}")
                first, second = raw.fetchall()
                assert tuple(first) == tuple(second), table.name

    on(url, work)


# Sealing


def test_a_seal_waits_for_the_writer_that_came_first(url: str) -> None:
    """An event numbered before the seal and committed after it began is in the seal, not lost under it."""

    async def work(store: Store) -> None:
        async with AsyncExitStack() as stack:
            slow = await stack.enter_async_context(writing(store, NOW))
            await slow.record("test.slow", "test:1")
            others = [asyncio.create_task(say(store)), asyncio.create_task(seal_all(store))]
            await asyncio.wait(others, timeout=0.3)
            assert not others[1].done()
        await asyncio.gather(*others)
        await seal_all(store)
        found = await verdict(store)
        assert (found.events, found.unsealed, found.broken) == (2, 0, None)

    on(url, work)


def test_nothing_is_missed_while_many_write_and_seal_at_once(url: str) -> None:
    """Eight writers and two sealers side by side: in the end every event is sealed once."""

    async def work(store: Store) -> None:
        async def writer() -> None:
            for _ in range(6):
                await say(store, 3)

        async def sealer() -> None:
            for _ in range(6):
                await seal_all(store)

        await asyncio.gather(*(writer() for _ in range(8)), sealer(), sealer())
        await seal_all(store)
        found = await verdict(store)
        assert (found.events, found.unsealed, found.broken) == (8 * 6 * 3, 0, None)

    on(url, work)


def test_a_long_ledger_is_sealed_in_pieces_that_chain(url: str) -> None:
    """More events than one seal takes: several seals, each going on from the last."""

    async def work(store: Store) -> None:
        await say(store, EVENTS_PER_SEAL + 10)
        assert await seal_all(store) == EVENTS_PER_SEAL + 10
        assert await seal_all(store) == 0
        found = await verdict(store)
        assert (found.seals, found.events, found.broken) == (2, EVENTS_PER_SEAL + 10, None)

    on(url, work)


def test_what_is_not_sealed_yet_is_counted(url: str) -> None:
    """The verdict says how much of the ledger no seal covers."""

    async def work(store: Store) -> None:
        await say(store, 3)
        await seal_all(store)
        await say(store, 2)
        found = await verdict(store)
        assert (found.events, found.unsealed) == (3, 2)

    on(url, work)


# Tampering: someone with the database in hand takes the guards away first.

UNGUARD = {
    "sqlite": [f"DROP TRIGGER {table}_refuse_{verb}" for table in ("events", "seals") for verb in ("update", "delete")],
    "postgresql": [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ("events", "seals")],
}
FORGERIES = {
    "another actor": (update(events).where(events.c.id == 5).values(actor="别人"), "seal 2: events 4..6"),
    "another instant": (
        update(events).where(events.c.id == 5).values(at=datetime(2026, 3, 1, tzinfo=UTC)),
        "seal 2: events 4..6",
    ),
    "other data": (update(events).where(events.c.id == 1).values(data={"nth": 9}), "seal 1: events 1..3"),
    "an event gone": (delete(events).where(events.c.id == 6), "seal 2: events 4..6, 2 of 3 there"),
    "two exchanged": (
        update(events).where(events.c.id == 7).values(data={"nth": 1}),
        "seal 3: events 7..9",
    ),
    "another hash": (update(seals).where(seals.c.id == 2).values(hash="f" * 64), "seal 2"),
    "a seal gone": (delete(seals).where(seals.c.id == 1), "seal 1: events 4..6, 6 of 3 there"),
}


def test_tampering_is_found_and_named(url: str) -> None:
    """Whatever was changed behind the triggers' back, `verify` says at which seal and between which events."""

    async def work(store: Store) -> None:
        for _ in range(3):
            await say(store, 3)
            await seal_all(store)
        assert (await verdict(store)).broken is None
        for forgery, (change, where) in FORGERIES.items():
            with suppress(Undone):
                async with writing(store, NOW) as write:
                    for statement in UNGUARD[store.engine.dialect.name]:
                        await write.connection.execute(text(statement))
                    await write.connection.execute(change)
                    assert where in ((await verify(write.connection)).broken or ""), forgery
                    raise Undone
        assert (await verdict(store)).broken is None

    on(url, work)


class Undone(Exception):
    """Takes one forgery back before the next is tried."""
