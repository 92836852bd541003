"""A look at the XML of one sheet before it is read: how far it reaches, and formulas that carry no stored value."""

import re
from collections.abc import Mapping

from documents.errors import TooLarge
from rules.grid import Place

MAX_COLUMNS = 256
MAX_ROWS = 250_000
MAX_CELL = 32_767
"""Characters in one cell: what Excel itself allows."""

# Cells beyond column Z, and cells in high rows, that hold something ("/>" is formatting without content). The
# patterns begin with a fixed letter because that keeps the search fast over a hundred megabytes.
_FAR_RIGHT = re.compile(rb"""r\s*=\s*["']([A-Z]{2,9})(\d{1,12})["'](?:[^>]*[^/>])?>""")
_FAR_DOWN = re.compile(rb"""r\s*=\s*["']([A-Z]{1,9})(\d{6,12})["'](?:[^>]*[^/>])?>""")
_BARE_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><f\b[^>]*?(?:/>|>([^<]{0,200})[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


def check_reach(file: str, sheet: str, xml: bytes) -> None:
    """Refuse a sheet that reaches further than any task table: reading it would fill the memory.

    Raises `TooLarge` naming the sheet and the cell.
    """
    for letters, row in _FAR_RIGHT.findall(xml):
        if column_of(letters) >= MAX_COLUMNS:
            _refuse(file, sheet, (letters + row).decode(), f"{MAX_COLUMNS} 列 (columns)")
    for letters, row in _FAR_DOWN.findall(xml):
        if int(row) > MAX_ROWS:
            _refuse(file, sheet, (letters + row).decode(), f"{MAX_ROWS} 行 (rows)")


def _refuse(file: str, sheet: str, cell: str, limit: str) -> None:
    raise TooLarge(file=file, place=f"工作表“{sheet}”(sheet) {cell}", size=cell, limit=limit)


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
        Place(int(row) - 1, column_of(letters)): formula.decode("utf-8", "replace")
        for letters, row, formula in _BARE_FORMULA.findall(xml)
    }
