"""Vertical tables (栏目在左): a heading in one cell and its value beside it, one task below the other."""

from collections.abc import Iterator

from rules.grid import Grid
from rules.reading import Source
from rules.table.fields import Field, field_of
from rules.table.records import Cell, Record

_ENOUGH = 3
_TALLEST = 2_000
_OWN = (Field.TASK, Field.LEAD, Field.DEADLINE, Field.SUPPORT)


def forms_in(grid: Grid) -> list[Record]:
    """The tasks of a vertical table; none where the grid is no such table."""
    if grid.height > _TALLEST:
        return []
    pairs = list(_pairs(grid))
    named = {field for field, _ in pairs} - {Field.OTHER}
    rows = sum(any(row) for row in grid.rows)
    if len(named) < _ENOUGH or Field.TASK not in named or not named & set(_OWN[1:]) or 2 * len(pairs) < rows:
        return []
    return [record for record in _records(pairs) if record.has(Field.TASK)]


def _pairs(grid: Grid) -> Iterator[tuple[Field, Cell]]:
    """Each heading with the cell beside it."""
    for row in range(grid.height):
        cells = [(column, text) for column, text in enumerate(grid.rows[row]) if text]
        place = 0
        while place + 1 < len(cells):
            (_, heading), (column, value) = cells[place], cells[place + 1]
            field = field_of(heading) if len(heading) < 20 else None
            if field and not _is_heading(cells, place + 1):
                yield field, Cell(value, Source(grid.name, grid.address(row, column)), heading)
                place += 1
            place += 1


def _is_heading(cells: list[tuple[int, str]], place: int) -> bool:
    """Whether the cell beside a heading is a heading, too: then the first one stands over it or is left blank."""
    text = cells[place][1]
    return len(text) < 8 and field_of(text) is not None and place + 1 < len(cells)


def _records(pairs: list[tuple[Field, Cell]]) -> Iterator[Record]:
    """A new record begins where the first heading comes again."""
    first = pairs[0][1].label
    record: Record | None = None
    for field, cell in pairs:
        if record is None or (cell.label == first and record.cells):
            if record:
                yield record
            record = Record(cell.source)
        if field is Field.TASK and not record.has(Field.TASK):
            record.source = cell.source
        if field is not Field.OTHER:
            kind = Field.STANDARD if field is Field.TASK and record.has(Field.TASK) else field
            record.add(kind, cell)
    if record:
        yield record
