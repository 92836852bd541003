"""A look at the XML of one sheet before it is read: how far it reaches, and formulas that carry no stored value."""

import re
from collections.abc import Mapping

from documents.errors import TooLarge
from rules.grid import Place

MAX_COLUMNS = 256
MAX_ROWS = 250_000
MAX_CELL = 32_767
"""Characters in one cell: what Excel itself allows."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,12})"')
# A cell beyond column Z that holds something: a closing "/>" is formatting without content.
_FAR_CELL = re.compile(rb'\br="([A-Z]{2,9})(\d{1,12})"[^>]*[^/>]>')
_BARE_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><f\b[^>]*?(?:/>|>([^<]{0,200})[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


def check_reach(file: str, sheet: str, xml: bytes) -> None:
    """Refuse a sheet that reaches further than any task table: reading it would fill the memory.

    Raises `TooLarge` naming the sheet and the cell.
    """
    for match in _FAR_CELL.finditer(xml):
        if column_of(match[1]) >= MAX_COLUMNS:
            cell = (match[1] + match[2]).decode()
            raise TooLarge(file=file, place=f"工作表“{sheet}”(sheet) {cell}", size=cell, limit=f"{MAX_COLUMNS} 列 (columns)")
    last = max((int(number) for number in _rows_with_content(xml)), default=0)
    if last > MAX_ROWS:
        raise TooLarge(file=file, place=f"工作表“{sheet}”(sheet) A{last}", size=last, limit=f"{MAX_ROWS} 行 (rows)")


def _rows_with_content(xml: bytes) -> list[bytes]:
    """Numbers of high rows that hold a value; a million empty formatted rows are common and harmless."""
    high = re.compile(rb'\br="[A-Z]{1,9}(\d{6,12})"[^>]*[^/>]>')
    return high.findall(xml)


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
