"""The header (表头): where it stands, how far it reaches, and which column holds which field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.grid import Grid
from rules.table.fields import LONGEST_HEADING, Field, field_of, plain_heading
from rules.table.unit_words import are_authorities

_BARE = re.compile(r"^(单位|部门|科室|领导|人员|姓名|时间|内容|名称|标准|方法)$")
_SEARCHED = 40
_TALLEST = 2
"""How many rows a header may reach below its first."""
_OF_PEOPLE = re.compile("姓名|名单|职务|职称|性别|民族|学历|人员|身份")
_WORDY = 5
"""Characters a cell at least, on an average, where a column without a known name tells tasks."""
_PLACE = re.compile(r"(点位|地点|路段|区域|场所|地址)(名称)?$")
_PROBLEM = re.compile(r"问题(描述|表现|内容|情况|清单)?$")
"""问题 | 地点: what is wrong is to be mended, wherever it is."""
_SAYS_WHAT = (Field.DEADLINE, Field.PERIOD, Field.STANDARD, Field.METHOD, Field.START)


@dataclass(frozen=True, slots=True)
class Header:
    """表头: its first and last row, and the name and field of each column."""

    top: int
    bottom: int
    fields: Mapping[int, Field]
    names: Sequence[str]
    guessed: frozenset[int] = frozenset()
    """Columns whose field their content suggests, so that somebody must say whether rightly."""

    def columns(self, field: Field) -> tuple[int, ...]:
        return tuple(column for column, found in self.fields.items() if found is field)

    def has(self, *fields: Field) -> bool:
        return any(found in fields for found in self.fields.values())


def headers_in(grid: Grid) -> Iterator[Header]:
    """Every header of a grid in its order: the first one may be looked for, later ones must be plain to see.

    A header that is only repeated, as where a table crosses a page, is none of its own.
    """
    first = _best(grid)
    if first is None:
        return
    yield first
    last = _plain_names(first)
    for row in range(first.bottom + 1, grid.height):
        if _may_be_header(grid.rows[row]):
            header = _header_at(grid, row)
            if header and _named(header) >= 3 and header.bottom < grid.height - 1 and _plain_names(header) != last:
                last = _plain_names(header)
                yield header


def _plain_names(header: Header) -> list[str]:
    return [plain_heading(name) for name in header.names]


def _best(grid: Grid) -> Header | None:
    """The first row that names the most fields; a line of group names above it belongs to it."""
    best: Header | None = None
    for row in range(min(_SEARCHED, grid.height)):
        header = _header_at(grid, row)
        if header and (best is None or (row <= best.bottom + 2 and _worth(header) > _worth(best))):
            best = header
    return best


def _may_be_header(cells: Sequence[str]) -> bool:
    first = next(filter(None, cells), "")
    if not first or first.isdecimal() or len(first) > LONGEST_HEADING or field_of(first) is None:
        return False
    filled = [cell for cell in cells if cell]
    return len(filled) > 2 and all(field_of(cell) for cell in filled[:3]) and all(len(cell) < 30 for cell in filled)


def _worth(header: Header) -> tuple[int, int]:
    return len(set(header.fields.values()) - {Field.OTHER}), len(header.fields)


def _named(header: Header) -> int:
    return len({header.fields[column] for column in header.fields if header.names[column]})


def _header_at(grid: Grid, row: int) -> Header | None:
    cells = grid.filled[row]
    if len({cell for cell in cells if cell}) < 2 or not _names_fields(cells):
        return None
    over = [column for column in range(grid.width) if not _is_beside(grid, row, column)]
    if not over:
        return None
    top = min(grid.anchor(row, column).row for column in over)
    bottom = _bottom(grid, row, over)
    names = [_name(grid, top, bottom, column) if column in over else "" for column in range(grid.width)]
    fields = {column: field for column, name in enumerate(names) if (field := field_of(name))}
    header = Header(top, bottom, _with_unnamed_task(grid, bottom, _with_task(fields, names), names), names)
    partners = (
        Field.LEAD,
        Field.DEADLINE,
        Field.SUPPORT,
        Field.NUMBER,
        Field.STANDARD,
        Field.METHOD,
        Field.RESPONSIBLE,
    )
    return header if header.has(Field.TASK) and header.has(*partners, Field.LEADER, Field.PERIOD) else None


def _names_fields(cells: Sequence[str]) -> bool:
    """Most cells of a header are short names; a row of data now and then holds a word that is also a heading.

    A column may be named after a unit.
    """
    filled = {cell for cell in cells if cell}
    named = sum(field_of(cell) is not None for cell in filled)
    if named < 2 or any(re.search(r"[。；]", cell) for cell in filled):
        return False
    return 2 * named >= len(filled) or 2 * (named + sum(map(are_authorities, filled))) >= len(filled)


def _with_unnamed_task(grid: Grid, bottom: int, fields: dict[int, Field], names: Sequence[str]) -> dict[int, Field]:
    """Beside units and deadlines, the wordiest column under a name nobody knows is the task."""
    if Field.TASK in fields.values() or not {Field.LEAD, Field.DEADLINE} <= set(fields.values()):
        return fields
    below = [grid.rows[row] for row in range(bottom + 1, min(bottom + 1 + _SEARCHED, grid.height))]
    words = {
        column: [row[column] for row in below if column < len(row) and row[column]]
        for column, name in enumerate(names)
        if name and column not in fields and not _OF_PEOPLE.search(name)
    }
    best = max(words, key=lambda column: sum(map(len, words[column])), default=None)
    if best is None or sum(map(len, words[best])) < _WORDY * max(1, len(words[best])):
        return fields
    return fields | {best: Field.TASK}


def _is_beside(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell stands beside the table as its title does on the left: merged down farther than a header goes."""
    span = grid.span(row, column)
    return span.bottom > span.top and (span.bottom > row + _TALLEST or span.bottom == grid.height - 1)


def _bottom(grid: Grid, row: int, over: Sequence[int]) -> int:
    """The last row of a header: as far as its merged cells reach, or one more where the next row only names fields."""
    reach = max(grid.span(row, column).bottom for column in over)
    if reach > row:
        return min(reach, row + _TALLEST, grid.height - 1)
    following = grid.rows[row + 1] if row + 1 < grid.height else ()
    below = [cell for cell in following if cell]
    gaps = sum(not cell for cell in grid.rows[row])
    if gaps and len(below) > 1 and all(len(cell) < 10 and field_of(cell) for cell in below):
        return row + 1
    return row


def _name(grid: Grid, top: int, bottom: int, column: int) -> str:
    """The lowest name over a column that says something; a bare one (单位) is read with the group above it."""
    names = list(dict.fromkeys(grid.filled[row][column] for row in range(top, bottom + 1) if grid.filled[row][column]))
    if not names:
        return ""
    if len(names) > 1 and _BARE.match(plain_heading(names[-1])):
        joined = plain_heading(names[-2]) + plain_heading(names[-1])
        return joined if field_of(joined) else names[-1]
    return next((name for name in reversed(names) if field_of(name)), names[-1])


def lists_places(header: Header) -> bool:
    """Whether a table only says where (点位名称、地址) and who answers there, and nothing of what is to be done."""
    names = [plain_heading(header.names[column]) for column in header.columns(Field.TASK)]
    return all(map(_PLACE.search, names)) and not header.has(*_SAYS_WHAT)


def _with_task(fields: dict[int, Field], names: Sequence[str]) -> dict[int, Field]:
    """Where no column is called a task, the problem or the last category is it, else the first standard or paper."""
    if Field.TASK not in fields.values():
        categories, standards, papers = (
            [column for column, found in fields.items() if found is field]
            for field in (Field.CATEGORY, Field.STANDARD, Field.MATERIAL)
        )
        problems = [column for column in categories if _PROBLEM.search(plain_heading(names[column]))]
        stand_in = problems[-1:] or categories[-1:] or standards[:1] or papers[:1]
        return fields | dict.fromkeys(stand_in, Field.TASK)
    return fields
