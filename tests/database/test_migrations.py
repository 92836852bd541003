"""The migrations lead exactly to the schema the code is written against, on both databases."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select

from store.database import _upgrade, open_store
from store.ledger import writing
from store.schema import events
from store.tables import metadata
from tests.harness.databases import migrate

T = TypeVar("T")


def ask(url: str, question: Callable[[Connection], T]) -> T:
    """What a plain function finds on a connection to this database."""

    async def work() -> T:
        store = open_store(url)
        async with store.reading() as connection:
            found = await connection.run_sync(question)
        await store.close()
        return found

    return asyncio.run(work())


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def test_migrations_equal_the_schema(url: str) -> None:
    """Nothing is missing, left over or of another type after migrating an empty database."""
    assert ask(url, differences) == []


def test_migrating_again_changes_nothing(url: str) -> None:
    """Every start migrates; only the first of a version does anything, and what was written stays."""
    asyncio.run(one_event(url))
    migrate(url)
    assert ask(url, differences) == []
    assert ask(url, lambda connection: connection.scalar(select(func.count()).select_from(events))) == 1


async def one_event(url: str) -> None:
    store = open_store(url)
    async with writing(store, datetime(2026, 3, 2, tzinfo=UTC)) as write:
        await write.record("test.said", "test:1")
    await store.close()


def test_who_comes_second_waits_and_finds_it_done(empty_url: str) -> None:
    """`duban up` and a command started together on an empty database: one migrates, the other does nothing."""

    async def both() -> None:
        first, second = open_store(empty_url), open_store(empty_url)
        try:
            async with first.engine.execution_options(writes=True).begin() as connection:
                await connection.run_sync(_upgrade)
                waits = asyncio.create_task(second.migrate())
                await asyncio.wait([waits], timeout=0.3)
                assert not waits.done()
            await waits
        finally:
            await first.close()
            await second.close()

    asyncio.run(both())
    assert ask(empty_url, differences) == []


@pytest.mark.parametrize("table", ["events", "seals"])
def test_the_ledger_has_its_guards(url: str, table: str) -> None:
    """The triggers come with the migrations, on both databases."""
    assert any(table in name for name in ask(url, guards))


def guards(connection: Connection) -> list[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return [str(row[0]) for row in connection.exec_driver_sql(query)]
