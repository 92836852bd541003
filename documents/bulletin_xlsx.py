"""The weekly bulletin as a spreadsheet (督查通报): figures, lists, and the ledger events each was counted from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from itertools import chain, groupby
from math import ceil
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.bulletin_words import (
    CLOSED_COLUMNS,
    ON_TIME,
    OTHERS,
    OVERDUE_COLUMNS,
    TOTAL,
    UNIT,
    basis,
    budget,
    closed_cells,
    meanings,
    overdue_cells,
    period,
    shown,
    title,
)
from documents.inspection_tables import MEANING, FigureTable, inspection_tables
from rules.bulletin import Bulletin, Rate, UnitFigures
from rules.language import Language, Text
from rules.measures import GROUP_LABELS, MESSAGES, Figure, Measure, Reference

SUMMARY = Text("汇总", "Summary")
OVERDUE = Text("逾期清单", "Overdue")
CLOSED = Text("销号清单", "Closed")
INSPECTION = Text("检查与整改", "Inspection")
SOURCES = Text("出处", "Sources")

_SOURCE_COLUMNS = (Text("指标", "figure"), UNIT, Text("责任事项", "duty"), Text("台账事件", "ledger event"))
_ALL_ZERO = Text("没有列出的指标，本周各单位均为 0。", "Measures that are not shown are zero for every unit this week.")
_WIDTHS_OF_LISTS = (8, 10, 52, 20, 18, 18, 18, 28)
_HEADER = 4
"""The row of the summary's column names; the bands of their groups stand above it."""
_FIRST = _HEADER + 1
_LONGEST_CELL = 32767
_LINE, _HIGHEST_ROW = 15, 405
"""Row heights, in points."""
_FIGURE_WIDTH = {Language.ZH: 7.5, Language.EN: 12.0}

Places = Mapping[tuple[Measure | str, str], int]
"""The first row of the sources sheet for a measure and a unit, or for all units where that is empty; for a figure of
检查与整改 by the label of its column and what its row is about."""


def write_bulletin_xlsx(bulletin: Bulletin, path: Path, language: Language) -> None:
    """督查通报 as xlsx; the same bulletin gives the same bytes. A figure leads to the rows it was counted from."""
    with Workbook(path, _options()) as book:
        created = bulletin.as_of.astimezone(UTC)
        book.set_properties({"title": title(bulletin, language), "created": created})
        page = _Page(book, language)
        names = (SUMMARY, OVERDUE, CLOSED, INSPECTION, SOURCES)
        summary, overdue, closed, inspection, sources = (page.sheet(name) for name in names)
        tables = tuple(inspection_tables(bulletin.inspection, language))
        places = _write_sources(page, sources, bulletin, tables)
        _write_inspection(page, inspection, tables, places)
        _write_summary(page, summary, bulletin, places)
        _write_list(page, overdue, OVERDUE_COLUMNS, (overdue_cells(duty, language) for duty in bulletin.overdue))
        _write_list(page, closed, CLOSED_COLUMNS, (closed_cells(duty, language) for duty in bulletin.closed))


def _options() -> dict[str, Any]:
    """Made afresh for each workbook: XlsxWriter writes into what it is given, and the next one would come out other."""
    return {"default_format_properties": {"font_name": "宋体", "font_size": 11, "font_scheme": "none"}}


class _Page:
    """版式: the looks of the sheets. Text is text for good: no words of a task become a formula."""

    def __init__(self, book: Workbook, language: Language) -> None:
        head = {
            "font_name": "黑体",
            "bold": True,
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
        cell = {"border": 1, "valign": "vcenter"}
        self._book = book
        self.language = language
        self.title = book.add_format({"font_name": "黑体", "font_size": 16, "bold": True})
        self.note = book.add_format({"font_color": "#595959"})
        self._band = book.add_format({**head, "bg_color": "#BDD7EE"})
        self.head = book.add_format({**head, "bg_color": "#DDEBF7"})
        self.text = book.add_format({**cell, "num_format": "@", "quote_prefix": True, "text_wrap": True})
        self.number = book.add_format({**cell, "align": "right"})
        self.source = book.add_format({**cell, "align": "right", "font_color": "#0563C1"})
        self.bold = book.add_format({"bold": True})
        self.rate = book.add_format({**cell, "align": "right", "num_format": "0.0%"})

    def sheet(self, name: Text) -> Worksheet:
        sheet = self._book.add_worksheet(self.say(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def say(self, text: Text) -> str:
        return text.said_in(self.language)

    def heading(self, sheet: Worksheet, row: int, columns: Iterable[Text]) -> None:
        for place, column in enumerate(columns):
            sheet.write_string(row, place, self.say(column), self.head)
        sheet.repeat_rows(row)

    def band(self, sheet: Worksheet, row: int, first: int, last: int, label: Text) -> None:
        if first < last:
            sheet.merge_range(row, first, row, last, self.say(label), self._band)
        else:
            sheet.write_string(row, first, self.say(label), self._band)

    def row(self, sheet: Worksheet, row: int, cells: Iterable[str | int]) -> None:
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, place, cell, self.number)
            else:
                sheet.write_string(row, place, cell[:_LONGEST_CELL], self.text)


def _write_list(page: _Page, sheet: Worksheet, columns: Sequence[Text], rows: Iterable[Sequence[str | int]]) -> None:
    page.heading(sheet, 0, columns)
    last = 0
    for last, cells in enumerate(rows, 1):
        page.row(sheet, last, cells)
        sheet.set_row(last, _height(cells, _WIDTHS_OF_LISTS))
    for place, width in enumerate(_WIDTHS_OF_LISTS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _height(cells: Sequence[str | int], widths: Sequence[int]) -> int:
    """The height that shows every wrapped line; not every program finds it by itself."""
    lines = [ceil(_columns(str(cell)) / (width - 1)) for cell, width in zip(cells, widths, strict=True)]
    return min(_LINE * max(1, *lines), _HIGHEST_ROW)


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _write_sources(page: _Page, sheet: Worksheet, bulletin: Bulletin, tables: Sequence[FigureTable]) -> Places:
    """One row for each thing a figure counted, by measure and unit."""
    places: dict[tuple[Measure | str, str], int] = {}
    page.heading(sheet, 0, _SOURCE_COLUMNS)
    last = 0
    counted: Iterator[tuple[Measure | str, str, Reference]] = chain(
        _references(page, bulletin), _references_of_tables(tables)
    )
    for last, (measure, unit, reference) in enumerate(counted, 1):
        places.setdefault((measure, ""), last)
        places.setdefault((measure, unit), last)
        duty = f"D{reference.duty}" if reference.duty else ""
        label = measure if isinstance(measure, str) else page.say(measure.label)
        page.row(sheet, last, (label, unit, duty, reference.event))
    for place, width in enumerate((22, 26, 12, 12)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(_SOURCE_COLUMNS) - 1)
    return places


def _references(page: _Page, bulletin: Bulletin) -> Iterator[tuple[Measure, str, Reference]]:
    for measure in bulletin.measures:
        for unit in bulletin.units:
            yield from ((measure, unit.unit, reference) for reference in unit.of(measure).counted)
        if measure is MESSAGES:
            yield from ((measure, page.say(OTHERS), reference) for reference in bulletin.others.counted)


def _references_of_tables(tables: Sequence[FigureTable]) -> Iterator[tuple[str, str, Reference]]:
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                if isinstance(cell, Figure):
                    yield from ((column, _about(table, row), reference) for reference in cell.counted)


def _about(table: FigureTable, row: Sequence[str | Figure]) -> str:
    return f"{table.heading}：{row[0]}"


def _write_inspection(page: _Page, sheet: Worksheet, tables: Sequence[FigureTable], places: Places) -> None:
    """One table below the other; each figure leads to the rows of the sources sheet it was counted from."""
    at = 0
    for table in tables:
        sheet.write_string(at, 0, table.heading, page.bold)
        for column, name in enumerate(table.columns):
            sheet.write_string(at + 1, column, name, page.head)
        for place, row in enumerate(table.rows, at + 2):
            for column, (name, cell) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(cell, Figure):
                    _write_figure(page, sheet, place, column, cell, places.get((name, _about(table, row)), 0))
                else:
                    sheet.write_string(place, column, cell[:_LONGEST_CELL], page.text)
        at += len(table.rows) + 3
    sheet.write_string(at, 0, page.say(MEANING), page.note)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 7, 12)


def _write_summary(page: _Page, sheet: Worksheet, bulletin: Bulletin, places: Places) -> None:
    total = replace(bulletin.total, unit=page.say(TOTAL))
    columns = shown(bulletin)
    others = UnitFigures(page.say(OTHERS), {MESSAGES: bulletin.others})
    _write_top(page, sheet, bulletin, columns)
    row = _FIRST
    for row, unit in enumerate((*bulletin.units, total, others), _FIRST):
        sheet.write_string(row, 0, unit.unit[:_LONGEST_CELL], page.text)
        for column, measure in enumerate(columns, 1):
            place = places.get((measure, "" if unit is total else unit.unit), 0)
            _write_figure(page, sheet, row, column, unit.of(measure), place)
        _write_rate(page, sheet, row, len(columns) + 1, unit.on_time)
    sheet.conditional_format(row - 1, 0, row - 1, len(columns) + 1, {"type": "no_errors", "format": page.bold})
    _write_notes(page, sheet, row + 2, bulletin, columns)
    sheet.freeze_panes(_FIRST, 1)


def _write_top(page: _Page, sheet: Worksheet, bulletin: Bulletin, columns: Sequence[Measure]) -> None:
    """Title, week and ledger; the column names under the bands of their groups."""
    sheet.write_string(0, 0, title(bulletin, page.language), page.title)
    sheet.write_string(1, 0, period(bulletin, page.language), page.note)
    sheet.write_string(2, 0, basis(bulletin, page.language), page.note)
    page.heading(sheet, _HEADER, (UNIT, *(measure.label for measure in columns), ON_TIME))
    column = 1
    for group, members in groupby(columns, key=lambda measure: measure.group):
        width = len(list(members))
        page.band(sheet, _HEADER - 1, column, column + width - 1, GROUP_LABELS[group])
        column += width
    sheet.write_blank(_HEADER - 1, column, None, page.head)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, column, _FIGURE_WIDTH[page.language])
    sheet.set_row(_HEADER, 3 * _LINE)


def _write_figure(page: _Page, sheet: Worksheet, row: int, column: int, figure: Figure, place: int) -> None:
    """A number that leads to the rows it was counted from; a blank where there are none."""
    if not figure.value:
        sheet.write_blank(row, column, None, page.number)
        return
    sheet.write_url(row, column, f"internal:'{page.say(SOURCES)}'!A{place + 1}")
    sheet.write_number(row, column, figure.value, page.source)


def _write_rate(page: _Page, sheet: Worksheet, row: int, column: int, rate: Rate) -> None:
    if rate.whole:
        sheet.write_number(row, column, rate.part / rate.whole, page.rate)
    else:
        sheet.write_blank(row, column, None, page.rate)


def _write_notes(page: _Page, sheet: Worksheet, row: int, bulletin: Bulletin, columns: Sequence[Measure]) -> None:
    lines = (budget(bulletin, page.language), *meanings(columns, page.language), page.say(_ALL_ZERO))
    for place, line in enumerate(filter(None, lines), row):
        sheet.write_string(place, 0, line, page.note)
