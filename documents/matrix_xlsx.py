"""The matrix of responsibility as a spreadsheet (责任矩阵): a row per area and site, vacancies in red."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rules.language import Language, Text
from rules.matrix_words import held_by, totals
from rules.place_matrix import Matrix, MatrixRow, Seat
from rules.places import PART_LABELS, Part

SHEET = Text("责任矩阵", "Responsibility")
_COLUMNS = (Text("网格、点位", "area or site"), Text("类别", "kind"), *(PART_LABELS[part] for part in Part))
_WIDTHS = (30, 14, 24, 24, 16, 26)
_HEADER = 2


def write_matrix_xlsx(matrix: Matrix, path: Path, language: Language) -> None:
    """责任矩阵 of a day as xlsx: names stay text for good, and the same matrix gives the same file."""
    with Workbook(path) as book:
        created = datetime.combine(matrix.on, time(), UTC)
        book.set_properties({"title": SHEET.said_in(language), "created": created})
        sheet = book.add_worksheet(SHEET.said_in(language))
        _write_head(book, sheet, matrix, language)
        looks = _Looks(book)
        for number, row in enumerate(matrix.rows, _HEADER + 1):
            for place, (text, look) in enumerate(_cells(row, looks, language)):
                sheet.write_string(number, place, text, look)
        _set_up(sheet, _HEADER + len(matrix.rows))


class _Looks:
    """版式."""

    def __init__(self, book: Workbook) -> None:
        cell = {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top", "border": 1}
        self._indented = [book.add_format({**cell, "indent": depth}) for depth in range(16)]
        self.own = self._indented[0]
        self.taken_over = book.add_format({**cell, "italic": True, "font_color": "#595959"})
        self.vacant = book.add_format({**cell, "bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"})

    def indented(self, depth: int) -> Format:
        return self._indented[min(depth, 15)]

    def of(self, seat: Seat) -> Format:
        return self.vacant if seat.is_vacant else self.taken_over if seat.via else self.own


def _write_head(book: Workbook, sheet: Worksheet, matrix: Matrix, language: Language) -> None:
    title = book.add_format({"font_name": "黑体", "font_size": 16, "bold": True})
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "align": "center", "text_wrap": True})
    sheet.write_string(0, 0, f"{SHEET.said_in(language)} {matrix.on}", title)
    sheet.write_string(1, 0, totals(matrix).said_in(language))
    for place, column in enumerate(_COLUMNS):
        sheet.write_string(_HEADER, place, column.said_in(language), head)


def _cells(row: MatrixRow, looks: _Looks, language: Language) -> Sequence[tuple[str, Format]]:
    seats = [row.seats.get(part) for part in Part]
    held = [(held_by(seat).said_in(language), looks.of(seat)) if seat else ("", looks.own) for seat in seats]
    return [(row.place.key, looks.indented(row.depth)), (row.kind, looks.own), *held]


def _set_up(sheet: Worksheet, last: int) -> None:
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(_HEADER + 1, 1)
    sheet.autofilter(_HEADER, 0, last, len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
