"""Many rows into one table (成批写入): the statement is made once, the rows go to the driver as plain tuples.

SQLAlchemy's own way through a list of dictionaries costs more for each row than the database does.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

Keeper = Callable[[Any], Any]
"""Turns a value into what the driver takes for its column."""


class _Prepared(NamedTuple):
    """An INSERT in the database's own words, and the columns whose values it takes, in their order."""

    sql: str
    names: tuple[str, ...]
    keepers: tuple[Keeper | None, ...]


async def insert_rows(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all fill the same columns."""
    prepared = _prepare(table, tuple(rows[0]), connection.dialect)
    columns = ([row[name] for row in rows] for name in prepared.names)
    kept = (map(keep, values) if keep else values for keep, values in zip(prepared.keepers, columns, strict=True))
    await connection.exec_driver_sql(prepared.sql, list(zip(*kept, strict=True)))


@lru_cache(maxsize=256)
def _prepare(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    ordered = tuple(compiled.positiontup or ())
    types = (table.c[name].type.dialect_impl(dialect) for name in ordered)
    return _Prepared(str(compiled), ordered, tuple(type_.bind_processor(dialect) for type_ in types))
