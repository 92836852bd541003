"""What the headings of a table leave open, settled by what stands under them (栏目的判定)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.grid import Grid
from rules.table.dated import begins_with_time, is_time
from rules.table.fields import Field, field_of, plain_heading
from rules.table.header import Header
from rules.table.matrix import with_unit_columns
from rules.table.unit_words import looks_like_units

_SAMPLE = 2000
_WORDY = 4
"""Characters a row at least, where a column tells tasks."""
_REACHES_THE_END = re.compile("[四4]个?季度?|下半年|(?:12|十二)月|阶段")
_OF_THE_YEAR = re.compile(r"(?:(?P<year>20\d\d年)度?|全年|年度|年终|年底)+(?:工作|总体|建设)?(?:目标|任务|要求|计划)+$")
_INDICATOR = re.compile("(?:指标|项目|类别|领域|板块|方面|分类)(?:内容|名称)?$|(?:测评|评估|评价|考评|考核)内容$")
"""Headings of what is measured, not of what is to be done."""
_JUDGING = ("评分", "扣分", "计分", "赋分")


def settle(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """The header with its columns named by their content where the headings alone mislead."""
    sample = rows[:_SAMPLE]
    header = _number_without_name(grid, header, sample)
    header = _paper_as_task(grid, header, sample)
    header = _task_without_name(grid, header, sample)
    header = with_unit_columns(grid, header, sample)
    header = _units_without_name(grid, header, sample)
    header = _times_without_name(grid, header, sample)
    header = _progress_is_no_deadline(header)
    header = _first_task(grid, header, sample)
    header = _years_as_periods(_year_as_last_period(header))
    return _finer_task(grid, header, sample)


def _named(header: Header, changes: dict[int, Field]) -> Header:
    return replace(header, fields={**header.fields, **changes})


def _own(grid: Grid, rows: Sequence[int], column: int) -> list[str]:
    """What stands in a column itself, merged areas from elsewhere left out."""
    return [cells[column] for row in rows if column < len(cells := grid.rows[row]) and cells[column]]


def _number_without_name(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    if header.has(Field.NUMBER) or 0 in header.fields:
        return header
    cells = _own(grid, rows, 0)
    whole = sum(len(cell) < 6 and cell.rstrip(".、．").isdecimal() for cell in cells)
    return _named(header, {0: Field.NUMBER}) if whole and whole * 2 > len(cells) else header


def _paper_as_task(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """Where several rows share an indicator and each names a paper of its own, the paper is what is to be handed in."""
    task, papers = header.columns(Field.TASK)[0], header.columns(Field.MATERIAL)
    if not papers or not _INDICATOR.search(plain_heading(header.names[task])):
        return header
    if any(task < column < papers[0] for column in header.columns(Field.STANDARD)):
        return header
    several = [block for block in _blocks(grid, rows, task) if len(block) > 1]
    if not several or not all(_has(grid, row, papers[0]) for block in several for row in block):
        return header
    above = [column for column in header.columns(Field.TASK) if column < papers[0]]
    return _named(header, dict.fromkeys(above, Field.CATEGORY) | {papers[0]: Field.TASK})


def _task_without_name(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """Where only a category or standard stands in for the task, a column under a name nobody knows is it.

    It has longer texts than a category; before a standard, words of its own.
    """
    column = header.columns(Field.TASK)[0]
    if field_of(header.names[column]) is Field.STANDARD:
        return _before_standard(grid, header, rows, column)
    if field_of(header.names[column]) is not Field.CATEGORY:
        return header
    unnamed = [other for other in range(grid.width) if header.fields.get(other) in (None, Field.MATERIAL)]
    length = {other: _length(_own(grid, rows, other)) for other in unnamed}
    best = max(length, key=lambda other: length[other], default=column)
    if best == column or length[best] <= max(_WORDY * len(rows), _length(_own(grid, rows, column))):
        return header
    return _named(header, {column: Field.CATEGORY, best: Field.TASK})


def _before_standard(grid: Grid, header: Header, rows: Sequence[int], standard: int) -> Header:
    """整治对象 | 整治标准: what the standard is about stands before it, in each of its rows."""
    for column in (column for column in range(standard) if column not in header.fields and header.names[column]):
        cells = _own(grid, rows, column)
        if cells and _length(cells) > 2 * len(cells) and len(cells) >= len(_own(grid, rows, standard)):
            return _named(header, {standard: Field.STANDARD, column: Field.TASK})
    return header


def _length(cells: Sequence[str]) -> int:
    return sum(len(cell) for cell in cells if not looks_like_units(cell) and not is_time(cell))


def _units_without_name(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """A column full of units' names holds the units, whatever stands over it.

    Beside those who lead, units under a part nobody knows (链上单位) help: that is a guess.
    """
    if header.has(Field.SIGN, Field.SHARE):
        return header
    for column in range(grid.width):
        called = header.names[column].endswith(("单位", "部门"))
        unknown = (None,) if header.has(Field.LEAD) else (None, Field.CATEGORY, Field.RESPONSIBLE)
        cells = _own(grid, rows, column) if header.fields.get(column) in unknown else ()
        if not cells or sum(map(looks_like_units, cells)) * 10 < len(cells) * 6:
            continue
        if not header.has(Field.LEAD) and (called or len(cells) > 1):
            header = _named(header, {column: Field.LEAD})
        elif called and header.has(Field.LEAD):
            header = replace(_named(header, {column: Field.SUPPORT}), guessed=header.guessed | {column})
    return header


def _times_without_name(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """A column that nobody named and that says nothing but times holds the deadlines."""
    if header.has(Field.DEADLINE, Field.PERIOD):
        return header
    for column in range(grid.width):
        if column not in header.fields:
            cells = _own(grid, rows, column)
            if len(cells) > 1 and sum(map(is_time, cells)) * 10 >= len(cells) * 8:
                return _named(header, {column: Field.DEADLINE})
    return header


def _progress_is_no_deadline(header: Header) -> Header:
    """进度 beside a column of deadlines tells how far things are."""
    columns = header.columns(Field.DEADLINE)
    progress = [column for column in columns if plain_heading(header.names[column]).endswith("进度")]
    return _named(header, dict.fromkeys(progress, Field.OTHER)) if len(progress) < len(columns) else header


def _year_as_last_period(header: Header) -> Header:
    """全年目标 beside quarters of which none reaches the year's end says what is due by then."""
    periods = [plain_heading(header.names[column]) for column in header.columns(Field.PERIOD)]
    if not periods or any(map(_REACHES_THE_END.search, periods)):
        return header
    names = list(header.names)
    for column in header.columns(Field.STANDARD):
        if goal := _OF_THE_YEAR.match(plain_heading(names[column])):
            names[column] = (goal["year"] or "") + "全年"
            header = _named(header, {column: Field.PERIOD})
    return replace(header, names=names)


def _years_as_periods(header: Header) -> Header:
    """2026年目标 | 2027年目标: each says what is due by the end of its year."""
    goals = {
        column: _OF_THE_YEAR.match(plain_heading(header.names[column])) for column in header.columns(Field.STANDARD)
    }
    years = {column: goal["year"] for column, goal in goals.items() if goal and goal["year"]}
    if len(set(years.values())) < 2:
        return header
    names = [years.get(column, name) for column, name in enumerate(header.names)]
    return replace(_named(header, dict.fromkeys(years, Field.PERIOD)), names=names)


def _first_task(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """Of several columns called tasks the first is the task, those behind it say how (标准)."""
    columns = header.columns(Field.TASK)
    if len(columns) < 2:
        return header
    columns = tuple(column for column in columns if any(_has(grid, row, column) for row in rows)) or columns
    others = dict.fromkeys(header.columns(Field.TASK), Field.STANDARD)
    return _named(header, others | {columns[0]: Field.TASK})


def _finer_task(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """Where a task covers several rows that each have their own number, unit or deadline, it is their category."""
    task = header.columns(Field.TASK)[0]
    dated = [column for column in header.columns(Field.DEADLINE) if _tells_tasks(_own(grid, rows, column))]
    standards = [column for column in header.columns(Field.STANDARD) if not _judges(header.names[column])]
    finer = [column for column in (*dated, *standards) if column > task]
    if not finer:
        return header
    several = [block for block in _blocks(grid, rows, task) if len(block) > 1]
    split = [block for block in several if _is_split(grid, header, block, finer[0])]
    if not split or 2 * len(split) < len(several):
        return header
    return _named(header, {task: Field.CATEGORY, finer[0]: Field.TASK})


def _tells_tasks(cells: Sequence[str]) -> bool:
    """Whether a column of times says what is to be done, too (3月：制定方案)."""
    return bool(cells) and 2 * sum(map(begins_with_time, cells)) > len(cells)


def _judges(name: str) -> bool:
    return any(word in name for word in _JUDGING) or field_of(name) is Field.METHOD


def _blocks(grid: Grid, rows: Sequence[int], column: int) -> list[list[int]]:
    """Rows that share one cell of a column, merged or left blank below it; a cell somebody forgot is nobody's."""
    blocks: list[list[int]] = []
    once = written_once(grid, rows, column)
    for row in rows:
        if blocks and (grid.is_covered(row, column) or (once and not _has(grid, row, column))):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def written_once(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether a column leaves cells blank to mean what stands above; a few blanks are cells somebody forgot."""
    blank = sum(not _has(grid, row, column) and not grid.is_covered(row, column) for row in rows)
    return blank >= _FEWEST and blank * _SHARE >= len(rows)


_FEWEST, _SHARE = 2, 3
"""Cells left blank below others, and one of how many rows they must be, to show that a column is written once."""


def _is_split(grid: Grid, header: Header, block: Sequence[int], finer: int) -> bool:
    """Whether the rows of a block stand on their own feet."""
    if all(begins_with_time(grid.filled[row][finer]) for row in block if _has(grid, row, finer)):
        return True
    telling = [column for field in _TELLING for column in header.columns(field)]
    if not all(_has(grid, row, finer) for row in block[1:]):
        return False
    return not telling or all(any(_has(grid, row, column) for column in telling) for row in block[1:])


_TELLING = (Field.NUMBER, Field.LEAD, Field.SIGN, Field.SUPPORT, Field.DEADLINE, Field.RESPONSIBLE)


def _has(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell holds something itself, be it a formula nobody calculated."""
    cells = grid.rows[row]
    return (column < len(cells) and bool(cells[column])) or (row, column) in grid.unread
