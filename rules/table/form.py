"""Vertical tables (栏目在左): a heading in one cell and its value beside it; one task below, or beside, the other."""

import re
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
_ORDINAL = re.compile(r"(任务|项目|事项|工作|问题|活动|工程)\s*([一二三四五六七八九十]{1,3}|\d{1,3})$")
"""任务三 names one task, and no column of them."""


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
    records = (record for block in _blocks(lines) for record in _records(grid, block))
    return [record for record in records if record.has(Field.TASK)]


def _only_names(row: Sequence[str]) -> bool:
    """Whether a row is a header over columns: mostly names of fields side by side, which no vertical table has."""
    cells = {cell for cell in row if cell}
    named = sum(len(cell) < 20 and _heading(cell) not in (None, Field.PERIOD) for cell in cells)
    return len(cells) > 2 and (named == len(cells) or (len(cells) > 4 and 4 * named >= 3 * len(cells)))


def _heading(text: str) -> Field | None:
    return None if _ORDINAL.match(text) else field_of(text)


def _lines(grid: Grid) -> Iterator[_Line]:
    """Each heading with the cells beside it, up to the next heading in its row."""
    lies = _lies_on_its_side(grid)
    for row in range(grid.height):
        cells = [(column, text) for column, text in enumerate(grid.rows[row]) if text]
        place = 0
        while place + 1 < len(cells):
            heading = cells[place][1]
            field = _heading(heading) if len(heading) < 20 else None
            values = [column for column, _ in cells[1:]] if lies else _values(cells, place + 1)
            if field and values:
                yield _Line(field, heading, row, values)
                place += len(values)
            place += 1


def _lies_on_its_side(grid: Grid) -> bool:
    """行列互换: every row of several cells begins with a heading, and the cells beside it are none as a rule."""
    rows = [[cell for cell in row if cell] for row in grid.rows]
    rows = [row for row in rows if len(row) > 1]
    beside = [cell for row in rows for cell in row[1:]]
    named = sum(len(cell) < 8 and _heading(cell) not in (None, Field.PERIOD) for cell in beside)
    wide = max(map(len, rows), default=0) > 2
    return wide and all(_heading(row[0]) for row in rows) and 10 * named < len(beside)


def _values(cells: list[tuple[int, str]], begin: int) -> list[int]:
    """The columns of the cells from a place on that are no headings."""
    places = takewhile(lambda place: not _is_heading(cells, place), range(begin, len(cells)))
    return [cells[place][0] for place in places]


def _is_heading(cells: list[tuple[int, str]], place: int) -> bool:
    """Whether the cell beside a heading is a heading, too: then the first one stands over it or is left blank."""
    text = cells[place][1]
    return len(text) < 8 and _heading(text) not in (None, Field.PERIOD) and place + 1 < len(cells)


def _blocks(lines: Sequence[_Line]) -> list[list[_Line]]:
    """A new block begins where the first heading comes again."""
    blocks: list[list[_Line]] = []
    for line in lines:
        if not blocks or line.heading == lines[0].heading:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _records(grid: Grid, lines: Sequence[_Line]) -> Iterator[Record]:
    """The task of a block; where its values stand side by side, each column of them is a task."""
    columns = max((line.columns for line in lines if line.field is Field.TASK), key=len, default=())
    for column in columns:
        record: Record | None = None
        for line in lines:
            cell = _cell(grid, line, column if len(columns) > 1 else line.columns[0])
            if cell.text:
                record = record or Record(cell.source)
                _fill(record, line.field, cell)
        if record:
            yield record


def _cell(grid: Grid, line: _Line, column: int) -> Cell:
    anchor = grid.anchor(line.row, column)
    return Cell(grid.filled[line.row][column], Source(grid.name, grid.address(*anchor)), line.heading)


def _fill(record: Record, field: Field, cell: Cell) -> None:
    if field is Field.TASK and not record.has(Field.TASK):
        record.source = cell.source
    if field is not Field.OTHER:
        record.add(Field.STANDARD if field is Field.TASK and record.has(Field.TASK) else field, cell)
