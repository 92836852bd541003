"""Reading a document as a task table (任务分解表): which grids are tables, which rows tasks; without any, its prose."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile, zip_longest

from rules.doubts import CONFIRMED, DROPPED
from rules.grid import Document, Grid, Paragraph
from rules.headway import UNSEEN, Headway
from rules.language import Text
from rules.reading import Question, Source, TableRow, TaskTable
from rules.table.body import Body
from rules.table.closing import common_deadline, is_bulletin
from rules.table.crossed import crossed_in
from rules.table.fields import Field
from rules.table.folded import halves
from rules.table.form import forms_in
from rules.table.header import Header
from rules.table.layout import name_units, settled, stands_first, with_headers, without_places
from rules.table.linear import linear_table
from rules.table.lines import Line
from rules.table.notes import duties_in
from rules.table.parted import parted
from rules.table.phrases import Phrases
from rules.table.prose import Prose
from rules.table.records import Record
from rules.table.rows import understood
from rules.table.setting import Setting
from rules.table.surroundings import Surroundings, paragraphs_before, sheets_of_units
from rules.table.title import first_title, lines_above, title_among, year_among

_FEW = 8
"""How many lines before the first table may hold its title."""


def read_table(document: Document, *, year: int | None, on: date | None, headway: Headway = UNSEEN) -> TaskTable:
    """The rows of every task table in a document, with the questions a careful clerk would ask.

    `year` is the plan's; without it the title's, else that of `on`, the local day the plan is read on.
    """
    headway.enter(_READING, sum(grid.height for grid in document.grids))
    reader = _Reader(document, year, on)
    rows = tuple(headway.over(reader.rows()))
    return TaskTable(reader.title, reader.year, rows, tuple(reader.questions))


class _Reader:
    """Reads the tables of one document; `questions` are those about the document as a whole."""

    def __init__(self, document: Document, year: int | None, on: date | None) -> None:
        self._paragraphs = document.paragraphs
        self._has_grids = bool(document.grids)
        grids = document.grids or tuple(filter(None, [linear_table(document.paragraphs)]))
        self._before = paragraphs_before(document)
        self._unit_sheets = sheets_of_units(grids)
        self._forms = {id(grid): forms_in(grid) or crossed_in(grid) for grid in grids}
        tables = list(with_headers(grids, go_on=bool(document.paragraphs)))
        self._tables = without_places(tables)
        self._is_table = any(headers or self._forms[id(grid)] for grid, headers in self._tables)
        lines = self._lines_outside(document)
        self.title = title_among(lines) if self._is_table else first_title(lines)
        self.year = year or year_among([self.title]) or year_among(lines) or (on.year if on else None)
        self.questions = [] if self._tables == tables else [_PLACES]
        self._phrases = Phrases.of(on, self.year)
        self._deadline = common_deadline(self._paragraphs)

    def _lines_outside(self, document: Document) -> list[str]:
        """The lines before the first table and above its header; of running text the first few."""
        before = takewhile(lambda block: isinstance(block, Paragraph), document.blocks)
        lines = [block.text for block in before if isinstance(block, Paragraph)]
        above = (lines_above(grid, headers[0]) for grid, headers in self._tables if headers)
        return lines[:_FEW] + next(above, [])

    def rows(self) -> Iterator[TableRow]:
        if not self._is_table:
            yield from self._told()
        sheets: dict[str | None, None] = {}
        told: set[str] = set()
        for grid, headers in self._tables:
            for row in self._rows_of(grid, headers):
                sheets[grid.name] = None
                if self._paragraphs:
                    told.add(row.task)
                yield row
        if self._is_table and self._has_grids:
            yield from self._told_beside(told)
        if len(sheets) > 1 and not self._paragraphs:
            self.questions.append(_several_sheets([str(name) for name in sheets]))

    def _rows_of(self, grid: Grid, headers: Sequence[Header]) -> Iterator[TableRow]:
        if self._forms[id(grid)]:
            yield from self._all(self._forms[id(grid)], Setting(self._phrases, deadline=self._deadline))
            return
        for header, below in zip_longest(headers, headers[1:]):
            yield from self._under(grid, header, below.top if below else grid.height)

    def _under(self, grid: Grid, header: Header, end: int) -> Iterator[TableRow]:
        noted: dict[str, Record] = {}
        for part, side in halves(grid, header):
            columns, kinds = settled(part, side, range(header.bottom + 1, end))
            body = Body(part, columns, kinds, [one.text for one in self._paragraphs])
            setting = self._setting(grid, columns, kinds)
            yield from self._all(body.records(), setting)
            self.questions += body.doubts
            for record in self._noted(part, kinds, setting):
                noted.setdefault(record.text(Field.TASK), record)
        yield from self._all(noted.values(), setting)

    def _noted(self, grid: Grid, kinds: Mapping[int, Line], setting: Setting) -> Iterator[Record]:
        """Duties in the notes of a table, and in the lines across its foot."""
        last = max((row for row, kind in kinds.items() if kind is Line.TASK), default=-1)
        named = setting.title_units is not None
        for row, kind in kinds.items():
            if kind is Line.NOTE or (kind is Line.SECTION and row > last):
                texts = [text for text in dict.fromkeys(grid.rows[row]) if text]
                source = Source(grid.name, grid.address(row, grid.rows[row].index(texts[0])))
                yield from duties_in("".join(texts), source, self._phrases, in_table=True, named=named)

    def _said_outside(self, paragraphs: Iterable[Paragraph]) -> Iterator[TableRow]:
        """Duties in the sentences around the tables, or beside the items of running text."""
        setting = Setting(self._phrases)
        for paragraph in paragraphs:
            source = Source(None, f"¶{paragraph.number}")
            yield from self._all(duties_in(paragraph.text, source, self._phrases, in_table=False), setting)

    def _all(self, records: Iterable[Record], setting: Setting) -> Iterator[TableRow]:
        parts = (part for record in records for part in parted(record, setting.by_unit))
        return filter(None, (understood(part, setting) for part in parts))

    def _setting(self, grid: Grid, header: Header, kinds: Mapping[int, Line]) -> Setting:
        columns = header.columns(Field.LEAD)
        filled = (grid.filled[row][column] for row, kind in kinds.items() if kind is Line.TASK for column in columns)
        named = any(filled) if columns else name_units(grid, header, kinds)
        if columns and kinds and not named:
            source = Source(grid.name, grid.address(max(header.bottom, 0), columns[0]))
            self.questions.append(Question("lead_units", _NO_UNITS, source=source))
        around = Surroundings(grid, header, self._before.get(id(grid), ()), self.title)
        units = around.units(self._unit_sheets)
        deadline = None if header.has(Field.DEADLINE, Field.PERIOD) else around.deadline() or self._deadline
        issuer = "" if header.has(Field.LEAD, Field.SIGN) else around.issuer()
        by_unit = not header.has(Field.DEADLINE) and stands_first(header, Field.LEAD)
        return Setting(self._phrases, units, deadline, named, by_unit, issuer)

    def _told_beside(self, told: Collection[str]) -> Iterator[TableRow]:
        """Beside a table: the items of the text that name their units, and the duties its other sentences state."""
        headings = {one.number for before in self._before.values() for one in before[:1]}
        prose = Prose(self._paragraphs, headings)
        records = [record for record in prose.records() if record.text(Field.TASK) not in told]
        if not is_bulletin(self._paragraphs):
            for record in records:
                record.doubts.append(_TOLD_BESIDE)
        yield from self._all(records, Setting(self._phrases, deadline=self._deadline))
        yield from self._said_outside(prose.rest())

    def _told(self) -> Iterator[TableRow]:
        """Without a table: what the paragraphs tell."""
        prose = Prose(self._paragraphs)
        records = prose.records()
        named = prose.names_units
        yield from self._all(records, Setting(self._phrases, deadline=self._deadline, units_expected=named))
        yield from self._said_outside(prose.rest())
        self.questions.append(Question(None, _FROM_PROSE if records else _NO_TABLE))


def _several_sheets(names: Sequence[str]) -> Question:
    said = "、".join(names)
    zh = f"工作簿里有 {len(names)} 张任务表（{said}），已全部读入；如只需其中一张，请删去其余的再导入。"
    en = f"The workbook holds {len(names)} task tables ({said}); all were read. Remove those that do not belong."
    return Question("sheet", Text(zh, en), tuple(names))


_READING = Text("读表", "reading")
_NO_UNITS = Text("责任单位一栏是空的，请补充。", "The column of responsible units is empty; fill it in.")
_TOLD_BESIDE = Question(
    "row",
    Text(
        "正文里的这一条也写明了单位，是否另作一项任务？",
        "This item of the text names units, too: is it a task of its own?",
    ),
    (CONFIRMED, DROPPED),
)
_PLACES = Question(
    None,
    Text("只列点位的表没有当作任务读入，请核对。", "Tables that only list places were not read as tasks: check that."),
)
_FROM_PROSE = Text(
    "文件里没有任务表，各行由正文条目读出，请核对有无遗漏。",
    "There is no table; the rows were read from items of the text: check that none is missing.",
)
_NO_TABLE = Text(
    "没有找到任务表：既没有带“任务”“责任单位”等栏目的表头，也没有任务条目。",
    "No task table was found: neither a header with columns such as 任务 and 责任单位, nor a list of tasks.",
)
