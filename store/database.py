"""Opening the database: SQLite in WAL by default, PostgreSQL at scale. Migrating it to the present schema."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x00D0BA16
# The cache of 32 MB keeps the pages that a large table's publication writes again and again.
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "cache_size=-32768",
)


class Store:
    """库: one database. Reading is here; every write goes through store.ledger."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @asynccontextmanager
    async def reading(self, one_moment: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection to read with; `one_moment` shows every table as it stood when the first was read."""
        engine = self.engine
        if one_moment and engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        async with engine.connect() as connection:
            yield connection

    async def migrate(self) -> None:
        """Bring the schema to the newest version; nothing happens where it is there already."""
        async with self.engine.execution_options(writes=True).begin() as connection:
            await connection.run_sync(_upgrade)

    async def close(self) -> None:
        await self.engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at an SQLAlchemy URL: sqlite+aiosqlite:///… or postgresql+asyncpg://…"""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    options = {"connect_args": {"timeout": 30}} if sqlite else {"pool_pre_ping": True}
    # An error goes to a log or a screen; what people wrote and how they are reached does not go there with it, nor do
    # the rows and parameters that these would tell at DEBUG.
    for chatty in ("aiosqlite", "sqlalchemy.engine"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    engine = create_async_engine(
        url, json_serializer=_json, json_deserializer=orjson.loads, hide_parameters=True, **options
    )
    if sqlite:
        _speak_sqlite(engine.sync_engine)
    return Store(engine)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def _speak_sqlite(engine: Engine) -> None:
    """Write-ahead log, foreign keys, and transactions that take the write lock at once where they mean to write.

    A transaction that starts reading and then writes could find its snapshot stale and fail at the last moment;
    see "Write-Ahead Logging" and "BEGIN IMMEDIATE" in SQLite's documentation.
    """

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(connection: Connection) -> None:
    """Of two processes that migrate at once, the second waits and finds it done (SQLite has one writer anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
