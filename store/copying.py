"""A copy of the database in a file of its own (副本): for rehearsing, and for backup whatever the original runs on."""

from pathlib import Path

from sqlalchemy import insert, select

from store.database import Store, open_store, sqlite_url
from store.tables import metadata

ROWS = 5000


async def copy_to(source: Store, path: Path) -> None:
    """Copy every table, as it stands at one moment, into a fresh SQLite database at `path`."""
    target = open_store(sqlite_url(path))
    try:
        await target.migrate()
        await copy_rows(source, target)
    finally:
        await target.close()


async def copy_rows(source: Store, target: Store) -> None:
    """Copy every row into a migrated, empty database, all of them or none."""
    async with (
        source.reading(one_moment=True) as reading,
        target.engine.execution_options(writes=True).begin() as writing,
    ):
        # A duty may refer to one with a higher number, a notice to a message: order cannot satisfy every reference.
        if writing.dialect.name == "sqlite":
            await writing.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in metadata.sorted_tables:
            stream = await reading.stream(select(table))
            async for rows in stream.mappings().partitions(ROWS):
                await writing.execute(insert(table), [dict(row) for row in rows])
