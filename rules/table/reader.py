"""Reading a document as a task table (任务分解表): which grids are tables, which rows tasks; the rest is prose."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile

from rules.grid import Document, Grid, Paragraph
from rules.language import Text
from rules.reading import Question, Source, TableRow, TaskTable
from rules.table.body import Body
from rules.table.columns import settle
from rules.table.form import forms_in
from rules.table.header import Field, Header, headers_in
from rules.table.labels import heading_units
from rules.table.linear import linear_table
from rules.table.lines import Line, Lines
from rules.table.phrases import Phrases
from rules.table.prose import Prose
from rules.table.records import Cell, Record
from rules.table.rows import Setting, understood
from rules.table.title import first_title, lines_above, title_among, year_among


def read_table(document: Document, *, year: int | None, on: date | None) -> TaskTable:
    """The rows of every task table in a document, with the questions a careful clerk would ask.

    `year` is the plan's; without it the title's, else that of `on`, the local day the plan is read on.
    """
    reader = _Reader(document, year, on)
    rows = tuple(reader.rows())
    return TaskTable(reader.title, reader.year, rows, tuple(reader.questions))


class _Reader:
    """Reads the tables of one document."""

    def __init__(self, document: Document, year: int | None, on: date | None) -> None:
        self._document = document
        grids = document.grids or tuple(filter(None, [linear_table(document.paragraphs)]))
        self._forms = {id(grid): forms_in(grid) for grid in grids}
        self._tables = [(grid, list(headers_in(grid))) for grid in grids]
        lines = self._lines_outside()
        self._is_table = any(headers for _, headers in self._tables) or any(self._forms.values())
        self.title = title_among(lines) if self._is_table else first_title(lines)
        self.year = year or year_among([self.title]) or year_among(lines) or (on.year if on else None)
        self.questions: list[Question] = []
        self._phrases = Phrases.of(on, self.year)

    def _lines_outside(self) -> list[str]:
        """The lines before the first table and above its header; of running text the first few."""
        before = takewhile(lambda block: isinstance(block, Paragraph), self._document.blocks)
        lines = [block.text for block in before if isinstance(block, Paragraph)]
        above = (lines_above(grid, headers[0]) for grid, headers in self._tables if headers)
        return lines[:_FEW] + next(above, [])

    def rows(self) -> Iterator[TableRow]:
        for grid, headers in self._tables:
            if self._forms[id(grid)]:
                yield from self._all(self._forms[id(grid)], Setting(self._phrases))
                continue
            for header, below in zip(headers, [*headers[1:], None], strict=True):
                yield from self._under(grid, header, below.top if below else grid.height)
        if not self._is_table:
            yield from self._told()

    def _told(self) -> Iterator[TableRow]:
        """Without a table: what the paragraphs tell."""
        prose = Prose(self._document.paragraphs)
        records = prose.records()
        setting = Setting(self._phrases, deadline=prose.deadline())
        yield from self._all(records, setting)
        self.questions.append(Question(None, _FROM_PROSE if records else _NO_TABLE))

    def _under(self, grid: Grid, header: Header, end: int) -> Iterator[TableRow]:
        lines = Lines(grid, header)
        rows = range(header.bottom + 1, end)
        header = settle(grid, header, [row for row in rows if lines.kind(row) is Line.TASK])
        body = Body(grid, header, rows, Lines(grid, header))
        records = list(body.records())
        yield from self._all(records, self._setting(grid, header, records))

    def _all(self, records: Iterable[Record], setting: Setting) -> Iterator[TableRow]:
        return filter(None, (understood(record, setting) for record in records))

    def _setting(self, grid: Grid, header: Header, records: Sequence[Record]) -> Setting:
        column = header.columns(Field.LEAD)
        named = sum(record.has(Field.LEAD) for record in records)
        if column and records and not named:
            source = Source(grid.name, grid.address(header.bottom, column[0]))
            self.questions.append(Question("lead_units", _NO_UNITS, source=source))
        units = next((units for line in lines_above(grid, header) if (units := heading_units(line))), "")
        title = Cell(units, Source(grid.name, grid.address(0, 0))) if units else None
        return Setting(self._phrases, title, units_expected=bool(named))


_FROM_PROSE = Text(
    "文件里没有任务表，各行由正文条目读出，请核对有无遗漏。",
    "There is no table; the rows were read from items of the text: check that none is missing.",
)
_FEW = 8
_NO_TABLE = Text("没有找到任务表的表头。", "No header of a task table was found.")
_NO_UNITS = Text("责任单位一栏是空的，请补充。", "The column of responsible units is empty; fill it in.")
