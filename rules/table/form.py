"""Vertical tables (栏目在左): a heading in one cell and its value beside it; one task below, or beside, the other."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from rules.grid import Grid
from rules.reading import Source
from rules.table.fields import Field, field_of
from rules.table.records import Cell, Record

_ENOUGH = 3
_TALLEST = 2_000
_OWN = (Field.TASK, Field.LEAD, Field.DEADLINE, Field.SUPPORT)


class _Line(NamedTuple):
    """A heading and the columns of the values beside it."""

    field: Field
    heading: str
    row: int
    columns: Sequence[int]


def forms_in(grid: Grid) -> list[Record]:
    """The tasks of a vertical table; none where the grid is no such table."""
    if grid.height > _TALLEST or any(map(_only_names, grid.rows)):
        return []
    lines = list(_lines(grid))
    named = {line.field for line in lines} - {Field.OTHER}
    rows = sum(any(row) for row in grid.rows)
    if len(named) < _ENOUGH or Field.TASK not in named or not named & set(_OWN[1:]) or 2 * len(lines) < rows:
        return []
    side_by_side = max(len(line.columns) for line in lines if line.field is Field.TASK)
    records = _beside(grid, lines, side_by_side) if side_by_side > 1 else _below(grid, lines)
    return [record for record in records if record.has(Field.TASK)]


def _only_names(row: Sequence[str]) -> bool:
    """Whether a row is a header over columns: nothing but names of fields, which no vertical table has."""
    cells = {cell for cell in row if cell}
    return len(cells) > 2 and all(len(cell) < 20 and field_of(cell) not in (None, Field.PERIOD) for cell in cells)


def _lines(grid: Grid) -> Iterator[_Line]:
    """Each heading with the cells beside it, up to the next heading in its row."""
    for row in range(grid.height):
        cells = [(column, text) for column, text in enumerate(grid.rows[row]) if text]
        place = 0
        while place + 1 < len(cells):
            heading = cells[place][1]
            field = field_of(heading) if len(heading) < 20 else None
            values = _values(cells, place + 1)
            if field and values:
                yield _Line(field, heading, row, values)
                place += len(values)
            place += 1


def _values(cells: list[tuple[int, str]], begin: int) -> list[int]:
    """The columns of the cells from a place on that are no headings."""
    places = takewhile(lambda place: not _is_heading(cells, place), range(begin, len(cells)))
    return [cells[place][0] for place in places]


def _is_heading(cells: list[tuple[int, str]], place: int) -> bool:
    """Whether the cell beside a heading is a heading, too: then the first one stands over it or is left blank."""
    text = cells[place][1]
    return len(text) < 8 and field_of(text) not in (None, Field.PERIOD) and place + 1 < len(cells)


def _below(grid: Grid, lines: Sequence[_Line]) -> Iterator[Record]:
    """A new record begins where the first heading comes again."""
    record: Record | None = None
    for line in lines:
        cell = _cell(grid, line, line.columns[0])
        if record is None or (line.heading == lines[0].heading and record.cells):
            if record:
                yield record
            record = Record(cell.source)
        _fill(record, line.field, cell)
    if record:
        yield record


def _beside(grid: Grid, lines: Sequence[_Line], count: int) -> Iterator[Record]:
    """Where the table lies on its side (行列互换) each column of values is a task."""
    columns = next(line.columns for line in lines if line.field is Field.TASK and len(line.columns) == count)
    for column in columns:
        cells = [(line.field, _cell(grid, line, column)) for line in lines]
        record = Record(cells[0][1].source)
        for field, cell in cells:
            if cell.text:
                _fill(record, field, cell)
        yield record


def _cell(grid: Grid, line: _Line, column: int) -> Cell:
    anchor = grid.anchor(line.row, column)
    return Cell(grid.filled[line.row][column], Source(grid.name, grid.address(*anchor)), line.heading)


def _fill(record: Record, field: Field, cell: Cell) -> None:
    if field is Field.TASK and not record.has(Field.TASK):
        record.source = cell.source
    if field is not Field.OTHER:
        record.add(Field.STANDARD if field is Field.TASK and record.has(Field.TASK) else field, cell)
