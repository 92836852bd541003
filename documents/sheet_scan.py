"""A look at the XML of one sheet before it is read: how far it reaches, and formulas that carry no stored value."""

import re
from collections.abc import Mapping
from html import unescape

from documents.errors import TooLarge
from rules.grid import Place, column_letters

MAX_COLUMNS = 256
MAX_ROWS = 250_000
MAX_STRINGS = 3_000_000

# Cells beyond column Z and cells with a high row number. The patterns begin with a fixed letter because that keeps
# the search fast over a hundred megabytes.
_FAR_RIGHT = re.compile(rb"""r\s*=\s*["']([A-Z]{2,9})(\d{1,12})["']""")
_FAR_DOWN = re.compile(rb"""r\s*=\s*["']([A-Z]{1,9})(\d{6,12})["']""")
# What follows the address of a cell that holds nothing: formatting in far cells is common and harmless.
_EMPTY = re.compile(rb"""(?:\s+[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/>""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d{6,12})["']""")
_BARE_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><f\b[^>]*?(?:/>|>([^<]{0,200})[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


def check_reach(file: str, sheet: str, xml: bytes) -> None:
    """Refuse a sheet that reaches further than any task table, as reading it would fill the memory.

    Raises `TooLarge` naming the sheet and the cell.
    """
    for cell in _FAR_RIGHT.finditer(xml):
        if column_of(cell[1]) >= MAX_COLUMNS and not _EMPTY.match(xml, cell.end()):
            _refuse(file, sheet, (cell[1] + cell[2]).decode(), f"{MAX_COLUMNS} 列 (columns)")
    for cell in _FAR_DOWN.finditer(xml):
        if int(cell[2]) > MAX_ROWS and not _EMPTY.match(xml, cell.end()):
            _refuse(file, sheet, (cell[1] + cell[2]).decode(), f"{MAX_ROWS} 行 (rows)")
    if not _every_cell_has_an_address(xml):
        _check_counted(file, sheet, xml)


def _every_cell_has_an_address(xml: bytes) -> bool:
    """Whether all cells are written as office programs write them, which two fast counts can tell."""
    return xml.count(b"<c ") == xml.count(b'<c r="') and not re.search(rb"<\w+:c[\s/>]|<c[\t\r\n/>]", xml)


def _check_counted(file: str, sheet: str, xml: bytes) -> None:
    """Cells without an address stand one after another from column A: count them, row by row."""
    starts = [row.start() for row in _ROW.finditer(xml)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(xml)], strict=True), start=1):
        given = _ROW_NUMBER.match(xml, start, end)
        row = int(given[1]) if given else number
        width = sum(1 for _ in _CELL.finditer(xml, start, end))
        if width and row > MAX_ROWS:
            _refuse(file, sheet, f"A{row}", f"{MAX_ROWS} 行 (rows)")
        if width > MAX_COLUMNS:
            _refuse(file, sheet, f"{column_letters(width - 1)}{row}", f"{MAX_COLUMNS} 列 (columns)")


def _refuse(file: str, sheet: str, cell: str, limit: str) -> None:
    raise TooLarge(file=file, place=f"工作表“{sheet}”(sheet) {cell}", size=cell, limit=limit)


def check_strings(file: str, xml: bytes) -> None:
    """Refuse more shared texts than any table holds. Raises `TooLarge`."""
    count = xml.count(b"<si")
    if count > MAX_STRINGS:
        raise TooLarge(file=file, place="文字条数 (texts)", size=count, limit=MAX_STRINGS)


def column_of(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1


def formulas_without_value(xml: bytes) -> Mapping[Place, str]:
    """Cells whose formula has never been calculated, so that nobody knows what they show."""
    if b"<f" not in xml:
        return {}
    return {
        Place(int(row) - 1, column_of(letters)): unescape(formula.decode("utf-8", "replace"))
        for letters, row, formula in _BARE_FORMULA.findall(xml)
    }
