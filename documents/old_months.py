"""Cells of an old workbook (.xls) that show a day only as its month, by its styles; its values are read elsewhere."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from struct import error, iter_unpack, unpack_from

from olefile import DEFECT_INCORRECT, OleFileIO

from documents.month_cells import styles_of_months
from rules.grid import Place

_STREAM = "Workbook"
_MOST_SHEETS = 256
_FORMAT, _STYLE, _SHEET, _END, _RUN = 0x041E, 0x00E0, 0x0085, 0x000A, 0x00BD
_CELLS = frozenset({0x0203, 0x027E, 0x0006})
"""A number, a number in short, a formula: each begins with its row, its column and its style."""


def months_in(data: bytes) -> Mapping[str, frozenset[Place]]:
    """Those cells by sheet; none where the file is broken, as the reader of its values says what is wrong with it."""
    try:
        book = _stream(data)
        styles, sheets = _globals(book)
        return {name: frozenset(_cells(book, start, styles)) for name, start in sheets.items()} if styles else {}
    except (OSError, error, LookupError, ValueError, ArithmeticError):
        return {}


def _stream(data: bytes) -> bytes:
    """The workbook inside its container; Excel 5 and older called it otherwise and told styles in another way."""
    with OleFileIO(BytesIO(data), raise_defects=DEFECT_INCORRECT) as container:
        return bytes(container.openstream(_STREAM).read()) if container.exists(_STREAM) else b""


def _globals(book: bytes) -> tuple[frozenset[int], dict[str, int]]:
    """The styles that show months, and where each sheet begins."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: dict[str, int] = {}
    for kind, body in _records(book, 0):
        if kind == _FORMAT:
            formats[_short(body, 0)] = _text(body[4:], _short(body, 2))
        elif kind == _STYLE:
            styles.append(_short(body, 2))
        elif kind == _SHEET and len(sheets) < _MOST_SHEETS:
            sheets[_text(body[7:], body[6])] = _long(body, 0)
    return styles_of_months(formats, styles), sheets


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(book):
        kind, length = unpack_from("<HH", book, place)
        if kind == _END:
            return
        yield kind, book[place + 4 : place + 4 + length]
        place += 4 + length


def _text(body: bytes, length: int) -> str:
    """Characters behind the byte that says whether each of them takes two bytes."""
    return body[1 : 1 + 2 * length].decode("utf-16-le") if body[0] & 1 else body[1 : 1 + length].decode("latin-1")


def _cells(book: bytes, start: int, styles: frozenset[int]) -> Iterator[Place]:
    for kind, body in _records(book, start):
        if kind in _CELLS:
            row, column, style = unpack_from("<HHH", body)
            if style in styles:
                yield Place(row, column)
        elif kind == _RUN:
            row, first = unpack_from("<HH", body)
            for column, (style, _) in enumerate(iter_unpack("<HL", body[4:-2]), first):
                if style in styles:
                    yield Place(row, column)


def _short(data: bytes, place: int) -> int:
    return int(unpack_from("<H", data, place)[0])


def _long(data: bytes, place: int) -> int:
    return int(unpack_from("<L", data, place)[0])
