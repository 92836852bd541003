"""How the tables of a document are laid out (表的构成): their headers, the kinds of rows, what columns show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from rules.grid import Grid
from rules.table.columns import settle
from rules.table.fields import Field
from rules.table.header import Header, headers_in, lists_places
from rules.table.labels import labelled
from rules.table.lines import Line, Lines

_SAMPLE = 200
"""How many tasks tell whether a table's tasks name their units."""


def settled(grid: Grid, header: Header, rows: range) -> tuple[Header, Mapping[int, Line]]:
    """The header as its content settles it, and the kind of each row below it."""
    kinds = Lines(grid, header).kinds(rows)
    settled = settle(grid, header, [row for row, kind in kinds.items() if kind is Line.TASK])
    return (header, kinds) if settled == header else (settled, Lines(grid, settled).kinds(rows))


def stands_first(header: Header, field: Field) -> bool:
    """Whether a column comes before that of the tasks, and before their numbers if they have any between."""
    columns, task = header.columns(field), header.columns(Field.TASK)[0]
    between = range(columns[0], task) if columns else range(0)
    return len(between) > 0 and not any(column in between for column in header.columns(Field.NUMBER))


def name_units(grid: Grid, header: Header, kinds: Mapping[int, Line]) -> bool:
    """Whether most tasks of a table without a column for units name theirs, so that the others lack them."""
    task = header.columns(Field.TASK)[0]
    rows = list(islice((row for row, kind in kinds.items() if kind is Line.TASK), _SAMPLE))
    return 2 * sum(bool(labelled(grid.filled[row][task]).units) for row in rows) > len(rows)


def with_headers(grids: Sequence[Grid], go_on: bool) -> Iterator[tuple[Grid, list[Header]]]:
    """Each grid with its headers. Where tables `go_on`, one without any takes those of a table as wide before it."""
    last: Header | None = None
    for grid in grids:
        headers = list(headers_in(grid))
        if last and go_on and not headers and len(last.names) == grid.width > 2:
            headers = [replace(last, top=0, bottom=-1)]
        last = headers[-1] if headers else None
        yield grid, headers


def without_places(tables: list[tuple[Grid, list[Header]]]) -> list[tuple[Grid, list[Header]]]:
    """Beside tables that say what is to be done, those that only list places are none."""
    if all(lists_places(header) for _, headers in tables for header in headers):
        return tables
    return [(grid, [header for header in headers if not lists_places(header)]) for grid, headers in tables]
