"""Tables of units against time (单位与时间对照表): a cell is what the unit of its row or column does in that time."""

import re
from collections.abc import Sequence

from rules.grid import Grid
from rules.language import Text
from rules.reading import Question, Source
from rules.table.dated import is_time
from rules.table.fields import Field, field_of
from rules.table.records import Cell, Record
from rules.table.unit_words import looks_like_units

_WEEKDAY = re.compile(r"(周|星期)[一二三四五六日天]")
_SEARCHED = 8
_FEW = 2
_SHORTEST = 4
"""Characters of the longest cell at least: a roster holds nothing but names, a count nothing but figures."""


_WHICH_WEEK = Question(
    "deadlines",
    Text("只写了星期几：每周都做，还是只在这一周？", "Only a weekday is given: every week, or in this one?"),
)


def crossed_in(grid: Grid) -> list[Record]:
    """The tasks of such a table; none where the grid is no such table."""
    for row in range(min(_SEARCHED, grid.height - 1)):
        names = grid.filled[row]
        if len({field_of(name) for name in names} - {None, Field.PERIOD}) > _FEW:
            break  # columns of fields: below them a row of units and times is one of data
        columns = [column for column in range(1, grid.width) if names[column]]
        below = [key for below in range(row + 1, grid.height) if (key := grid.filled[below][0])]
        kinds = _kind([names[column] for column in columns]), _kind(below)
        if len(columns) >= _FEW and set(kinds) == {Field.LEAD, Field.DEADLINE}:
            return _records(grid, row, columns, kinds)
    return []


def _records(grid: Grid, top: int, columns: Sequence[int], kinds: tuple[Field | None, Field | None]) -> list[Record]:
    places = [
        (row, column)
        for row in range(top + 1, grid.height)
        for column in columns
        if column < len(grid.rows[row]) and grid.rows[row][column]
    ]
    told = any(len(grid.rows[row][column]) >= _SHORTEST for row, column in places)
    return [_record(grid, top, kinds, place) for place in places] if told else []


def _kind(names: Sequence[str]) -> Field | None:
    """What all the names are: units, or times."""
    if names and all(map(looks_like_units, names)):
        return Field.LEAD
    return Field.DEADLINE if names and all(map(_is_period, names)) else None


def _is_period(name: str) -> bool:
    return field_of(name) is Field.PERIOD or _WEEKDAY.fullmatch(name) is not None or is_time(name)


def _record(grid: Grid, top: int, kinds: tuple[Field | None, Field | None], place: tuple[int, int]) -> Record:
    row, column = place
    task = _cell(grid, row, column)
    record = Record(task.source)
    record.add(Field.TASK, task)
    for kind, cell in zip(kinds, (_cell(grid, top, column), _cell(grid, row, 0)), strict=True):
        record.add(kind or Field.OTHER, cell)
        if _WEEKDAY.fullmatch(cell.text):
            record.doubts.append(_WHICH_WEEK)
    return record


def _cell(grid: Grid, row: int, column: int) -> Cell:
    anchor = grid.anchor(row, column)
    return Cell(grid.filled[row][column], Source(grid.name, grid.address(*anchor)))
