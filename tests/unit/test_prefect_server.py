"""Prefect's server on SQLite: its transactions wait their turn."""

import sqlite3
from pathlib import Path

import pytest
from prefect.server.database.configurations import AioSqliteConfiguration

from duban.prefect_server import PatientSqlite
from store.database import sqlite_url


async def _lets_another_write(database: AioSqliteConfiguration, file: Path) -> bool:
    """Whether another can begin to write inside a transaction that has only read so far."""
    engine = await database.engine()
    async with await database.session(engine) as session, database.begin_transaction(session):
        await session.connection()
        with sqlite3.connect(file, timeout=0) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True


@pytest.mark.parametrize(("database", "lets"), [(AioSqliteConfiguration, True), (PatientSqlite, False)])
async def test_a_transaction_is_not_overtaken(
    tmp_path: Path, database: type[AioSqliteConfiguration], lets: bool
) -> None:
    """One overtaken between reading and writing fails with "database is locked", and automations miss an event."""
    file = tmp_path / "prefect.db"
    assert await _lets_another_write(database(sqlite_url(file)), file) is lets
