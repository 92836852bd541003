"""What an office file holds once it is open: grids of cell text and paragraphs. Nothing is interpreted here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Place(NamedTuple):
    """单元格位置: row and column of a cell, both counted from 0."""

    row: int
    column: int


class Merge(NamedTuple):
    """合并区域: the cells from (top, left) to (bottom, right), both included; the text stands in the first."""

    top: int
    left: int
    bottom: int
    right: int


def column_letters(column: int) -> str:
    """列标: A for 0, Z for 25, AA for 26."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


@dataclass(frozen=True)
class Grid:
    """表格: a rectangle of cell texts; `lines` gives the paragraph number of each row where it was typed as text.

    `unread` are cells whose formula carries no stored value, `formulas` what those formulas say.
    """

    rows: Sequence[Sequence[str]]
    merges: tuple[Merge, ...] = ()
    name: str | None = None
    lines: tuple[int, ...] | None = None
    unread: Mapping[Place, str] = field(default_factory=dict)

    @property
    def height(self) -> int:
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    @cached_property
    def filled(self) -> Sequence[Sequence[str]]:
        """Every row at full width, the text of a merged area repeated in each cell it covers."""
        if not self.merges and all(len(row) == self.width for row in self.rows):
            return self.rows
        rows = [[*row, *[""] * (self.width - len(row))] for row in self.rows]
        for place, anchor in self.covered.items():
            rows[place.row][place.column] = rows[anchor.row][anchor.column]
        return rows

    @cached_property
    def covered(self) -> Mapping[Place, Place]:
        """Where the text of each covered cell stands."""
        return {place: Place(merge.top, merge.left) for merge in self.merges for place in self._under(merge)}

    @cached_property
    def spans(self) -> Mapping[Place, Merge]:
        """The merged area that starts at a cell."""
        return {Place(merge.top, merge.left): merge for merge in self.merges}

    def anchor(self, row: int, column: int) -> Place:
        """主单元格: the cell in which the text seen at this place really stands."""
        place = Place(row, column)
        return self.covered.get(place, place) if self.merges else place

    def is_covered(self, row: int, column: int) -> bool:
        """Whether the text seen at this place stands in another cell."""
        return bool(self.merges) and (row, column) in self.covered

    def span(self, row: int, column: int) -> Merge:
        """The merged area a cell belongs to; itself where it is not merged."""
        anchor = self.anchor(row, column)
        return self.spans.get(anchor, Merge(*anchor, *anchor))

    def address(self, row: int, column: int) -> str:
        """单元格地址: A1 style; ¶12 for a row that was typed as text."""
        if self.lines is not None:
            return f"¶{self.lines[row]}"
        return f"{self._letters[column]}{row + 1}"

    @cached_property
    def _letters(self) -> Sequence[str]:
        return [column_letters(column) for column in range(self.width + 1)]

    def _under(self, merge: Merge) -> Iterator[Place]:
        for row in range(merge.top, min(merge.bottom, self.height - 1) + 1):
            for column in range(merge.left, min(merge.right, self.width - 1) + 1):
                if (row, column) != (merge.top, merge.left):
                    yield Place(row, column)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落: one line of running text, numbered from 1 in its document; automatic numbering is written out."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """文档: the grids and paragraphs of one file, in their order."""

    name: str
    blocks: tuple[Grid | Paragraph, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
