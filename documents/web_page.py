"""Web pages (.html, and what systems export as .xls or .doc) as paragraphs and grids. Nothing is fetched or run."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import etree

from documents.errors import TooLarge, UnreadableFile
from documents.text import decoded
from rules.grid import Grid, Merge, Paragraph, Place

MAX_CELLS = 2_000_000
MAX_COLUMNS = 256
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "select", "textarea", "del"})
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "code", "em", "font", "i", "ins", "label", "mark", "s", "small", "span", "strong", "sub"}
    | {"sup", "u"}
)
_BREAK = "\r"
"""Where a line ends on the page; line breaks of its source are none, and none of them is this one."""
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff])[ \t]*\n\s*(?=[\u3000-\u9fff])")
"""A line broken in the source of a page, where Chinese has no space."""


def open_page(path: Path) -> tuple[Grid | Paragraph, ...]:
    """The body of a page in its order; tables in tables follow their own. Raises `UnreadableFile`, `TooLarge`."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(decoded(path).encode(), parser)
    except etree.XMLSyntaxError as why:
        raise UnreadableFile(file=path.name, reason=why) from why
    return tuple(_Page(path.name).blocks(root)) if root is not None else ()


class _Page:
    """Walks one page, counting its paragraphs and tables."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._paragraphs = self._tables = self._cells = 0

    def blocks(self, root: Any) -> Iterator[Grid | Paragraph]:
        for is_text, group in groupby(_pieces(root), key=lambda piece: isinstance(piece, str)):
            if is_text:
                for line in _lines(group):
                    self._paragraphs += 1
                    yield Paragraph(line, self._paragraphs)
            else:
                for table in group:
                    yield from self._table(table)

    def _table(self, table: Any) -> Iterator[Grid]:
        self._tables += 1
        name = f"表{self._tables}"
        nested: list[Any] = []
        rows: list[list[str]] = []
        merges: list[Merge] = []
        taken: set[Place] = set()
        elements = table.xpath("./tr | ./*[not(self::table)]/tr")
        for number, row in enumerate(elements):
            rows.append([])
            for cell in row.xpath("./td | ./th"):
                while (number, len(rows[-1])) in taken:
                    rows[-1].append("")
                area = _area(cell, number, len(rows[-1]), len(elements) - 1)
                rows[-1] += [_text(cell, nested), *[""] * (area.right - area.left)]
                self._count(area, name)
                if area.bottom > number:
                    taken.update(_below(area))
                if (area.bottom, area.right) != (area.top, area.left):
                    merges.append(area)
        yield Grid(rows, tuple(merges), name)
        for inner in nested:
            yield from self._table(inner)

    def _count(self, area: Merge, name: str) -> None:
        self._cells += (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if self._cells > MAX_CELLS:
            raise TooLarge(file=self._file, place=f"{name} 单元格 (cells)", size=self._cells, limit=MAX_CELLS)
        if area.right >= MAX_COLUMNS:
            raise TooLarge(file=self._file, place=f"{name} 列数 (columns)", size=area.right + 1, limit=MAX_COLUMNS)


def _area(cell: Any, row: int, column: int, last: int) -> Merge:
    """The cells one cell covers; a rowspan of 0 reaches to the end, and none reaches beyond it."""
    down = _number(cell.get("rowspan"))
    bottom = last if down == 0 else min(row + down - 1, last)
    return Merge(row, column, bottom, column + max(_number(cell.get("colspan")), 1) - 1)


def _number(given: str | None) -> int:
    return int(given) if given and re.fullmatch(r"[0-9]{1,5}", given) else 1


def _below(area: Merge) -> Iterator[Place]:
    for row in range(area.top + 1, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield Place(row, column)


def _text(cell: Any, nested: list[Any]) -> str:
    pieces = list(_pieces_inside(cell))
    nested += [piece for piece in pieces if not isinstance(piece, str)]
    return "\n".join(_lines(piece for piece in pieces if isinstance(piece, str)))


def _lines(pieces: Iterable[Any]) -> Iterator[str]:
    lines = (" ".join(_BETWEEN_HAN.sub("", line).split()) for line in "".join(pieces).split(_BREAK))
    return filter(None, lines)


def _pieces(element: Any) -> Iterator[Any]:
    """The texts of an element, with a line break around each block, and the tables in it."""
    if element.tag == "table":
        yield element
    elif element.tag == "br":
        yield _BREAK
    elif element.tag in _INLINE:
        yield from _pieces_inside(element)
    elif element.tag not in _UNSEEN:
        yield _BREAK
        yield from _pieces_inside(element)
        yield _BREAK


def _pieces_inside(element: Any) -> Iterator[Any]:
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
