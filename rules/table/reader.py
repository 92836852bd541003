"""Reading a document as a task table: which grid, which rows, which fields. Phrases are read elsewhere."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rules.deadlines import read_deadlines
from rules.grid import Document, Grid
from rules.language import Text
from rules.reading import Question, Source, TableRow, TaskTable
from rules.table.header import Field, Header, find_header

_NUMBER = re.compile(r"[\d.．、()（）①-⑳一二三四五六七八九十]+")
_YEAR = re.compile(r"(20\d\d)\s*年")


def read_table(document: Document, *, year: int | None, on: date | None) -> TaskTable:
    """The rows of every task table in a document, with the questions a careful clerk would ask."""
    rows: list[TableRow] = []
    title, found = "", False
    for grid in document.grids:
        header = find_header(grid)
        if header is None:
            continue
        found = True
        title = title or _title(grid, header)
        plan_year = year or _year_in(title) or (on.year if on else None)
        rows += _rows(grid, header, plan_year, on)
    questions = () if found else (Question(None, _NO_TABLE),)
    plan_year = year or _year_in(title) or (on.year if on else None)
    return TaskTable(title, plan_year, tuple(rows), questions)


_NO_TABLE = Text("没有找到任务表的表头。", "No header of a task table was found.")


def _title(grid: Grid, header: Header) -> str:
    """The longest line above the header."""
    above = [cell for row in range(header.bottom) for cell in grid.rows[row] if cell and cell not in header.titles]
    return max(above, key=len, default="")


def _year_in(title: str) -> int | None:
    found = _YEAR.search(title)
    return int(found[1]) if found else None


def _rows(grid: Grid, header: Header, year: int | None, on: date | None) -> Iterator[TableRow]:
    section = ""
    for number in range(header.bottom + 1, grid.height):
        cells = grid.filled[number]
        texts = {cell for cell in cells if cell}
        if not texts or cells == grid.filled[header.bottom]:
            continue
        if len(texts) == 1 and len(grid.rows[number]) > 1:
            section = next(iter(texts))
            continue
        row = _row(grid, header, number, section, year, on)
        if row:
            yield row


def _row(grid: Grid, header: Header, number: int, section: str, year: int | None, on: date | None) -> TableRow | None:
    cells = grid.filled[number]

    def text(field: Field) -> str:
        return "\n".join(dict.fromkeys(cells[column] for column in header.columns(field) if cells[column]))

    task = text(Field.TASK)
    if not task:
        return None
    reading = _deadlines(text(Field.DEADLINE), on, year)
    places = {
        field.value: Source(grid.name, grid.address(*grid.anchor(number, columns[0])))
        for field in Field
        if (columns := header.columns(field))
    }
    category = tuple(dict.fromkeys(cells[column] for column in header.columns(Field.CATEGORY) if cells[column]))
    return TableRow(
        item_no=text(Field.NUMBER) or None,
        task=task,
        source=places["task"],
        category_path=(section, *category) if section else category,
        standards=_one(text(Field.STANDARD)),
        methods=_one(text(Field.METHOD)),
        lead_units=_names(text(Field.LEAD)),
        support_units=_names(text(Field.SUPPORT)),
        assessing_units=_names(text(Field.ASSESSOR)),
        leader=text(Field.LEADER) or None,
        responsible=text(Field.RESPONSIBLE) or None,
        deadlines=reading.readings,
        questions=reading.questions,
        sources=places,
    )


@lru_cache(maxsize=8192)
def _deadlines(text: str, on: date | None, year: int | None):  # type: ignore[no-untyped-def]
    return read_deadlines(text, on, year=year)


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[、，,；;。\s]+", text) if name)
