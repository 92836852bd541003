"""Prefect's server as `duban up` starts it: its transactions on SQLite take the write lock at once, and so may wait.

Prefect begins them as readers, and one that goes on to write fails with "database is locked", without any waiting,
where another has written in between: on a busy machine dozens of times a minute, and automations then miss events.
See "BEGIN IMMEDIATE" in SQLite's documentation; store.database does the same for our own.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from prefect.cli import app
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import temporary_database_config
from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction


class PatientSqlite(AioSqliteConfiguration):
    """Prefect's SQLite with every transaction as its own `with_for_update` begins it."""

    @asynccontextmanager
    async def begin_transaction(
        self, session: AsyncSession, with_for_update: bool = True
    ) -> AsyncGenerator[AsyncSessionTransaction, None]:
        async with super().begin_transaction(session, with_for_update=True) as transaction:
            yield transaction


if __name__ == "__main__":
    with temporary_database_config(PatientSqlite(PREFECT_API_DATABASE_CONNECTION_URL.value())):
        app()
