"""A document before it has a file format (版面): running text and tables in order, for Markdown, Word and PDF alike."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import east_asian_width

from rules.language import Language

_EDGES, _NARROWEST, _WIDEST = 2, 4, 22


@dataclass(frozen=True, slots=True)
class Grid:
    """表格: `rows` under `columns`, numbers as numbers, below a heading in light markdown.

    `wide` asks for a page on its side, `total` sets off the last row.
    """

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    wide: bool = False
    total: bool = False

    @property
    def shares(self) -> tuple[float, ...]:
        """The part of the width each column gets, by the longest of its cells."""
        columns = zip(self.columns, *self.rows, strict=True)
        needs = [max(_need(name, half=True), *map(_need, cells)) for name, *cells in columns]
        return tuple(need / sum(needs) for need in needs)


Block = str | Grid
"""版块: light markdown as rules.markup reads it (headings, items, bold), or a table."""


@dataclass(frozen=True, slots=True)
class Page:
    """文稿: `created` is the instant its figures stand for, so that the same content gives the same bytes."""

    title: str
    blocks: tuple[Block, ...]
    created: datetime
    language: Language


def _need(cell: str | int, half: bool = False) -> float:
    """The letters a cell would like to be wide, Chinese ones counting twice; names of columns may take two lines."""
    letters = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in str(cell))
    return min(max(letters / 2 if half else letters, _NARROWEST), _WIDEST) + _EDGES


def printable(text: str) -> str:
    """The text with a space for each control character: no file format has a place for them."""
    return "".join(letter if letter.isprintable() or letter == "\u3000" else " " for letter in text)
