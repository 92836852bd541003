"""What stands around a table and holds for its rows (表外说明): headings over it, its sheet's name, the title."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rules.grid import Document, Grid, Paragraph
from rules.reading import Source
from rules.table.fields import Field, field_of
from rules.table.header import Header
from rules.table.headings import heading_units, section_time, section_units
from rules.table.outline import mark_of
from rules.table.records import Cell
from rules.table.title import lines_above
from rules.table.unit_words import are_authorities

_ISSUER = re.compile(
    r"(?P<unit>\S{2,14}?(?:局|办公室|文明办|创建办|委员会|街道|管委会|中心))(?=20\d\d|二〇|关于|年度|重点|[^，。]{0,10}(?:清单|任务|计划|安排|台账|分解))"
)
_OF_ALL = (Field.LEAD, Field.SUPPORT, Field.DEADLINE)
_LONGEST = 60
_NEAR = 3
"""How many paragraphs right above a table may speak of it."""


def paragraphs_before(document: Document) -> Mapping[int, Sequence[Paragraph]]:
    """For each grid, by its id, the short paragraphs right above it, the nearest first."""
    found: dict[int, Sequence[Paragraph]] = {}
    open_: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            open_.append(block)
        else:
            found[id(block)] = [one for one in open_[: -_NEAR - 1 : -1] if len(one.text) <= _LONGEST]
            open_ = []
    return found


def sheets_of_units(grids: Sequence[Grid]) -> frozenset[str]:
    """The names of sheets where a workbook gives each unit one of its own."""
    names = {grid.name for grid in grids if grid.name and grid.lines is None and are_authorities(grid.name)}
    return frozenset(names if len(names) > 1 else ())


def _pairs_above(grid: Grid, header: Header) -> Iterator[str]:
    """责任单位 | 区住建局 in the lines over a header: a label in one cell, its value in the next."""
    for row in range(header.top):
        for name, value in pairwise(cell for cell in grid.rows[row] if cell):
            if field_of(name) in _OF_ALL and field_of(value) is None:
                yield f"{name.rstrip(':： ')}：{value}"


class Surroundings:
    """表外说明: the lines over one table, the nearest first."""

    def __init__(self, grid: Grid, header: Header, before: Iterable[Paragraph], title: str) -> None:
        top = Source(grid.name, grid.address(0, 0))
        self._lines = [Cell(line, top) for line in reversed([*lines_above(grid, header), *_pairs_above(grid, header)])]
        self._lines += [Cell(one.text, Source(None, f"¶{one.number}")) for one in before]
        self._title = Cell(title, top)

    def units(self, unit_sheets: frozenset[str]) -> Cell | None:
        """The units named nearest to the table; one that stands alone heads it only with a mark or as a sheet's."""
        name = self._title.source.sheet or ""
        own = [self._title._replace(text=name)] if name in unit_sheets else []
        return next(filter(None, [*self._found(self._lines), *own, *self._found([self._title])]), None)

    def issuer(self) -> str:
        """The unit the title begins with (某局2026年重点任务清单), where no column can name any."""
        match = _ISSUER.match(self._title.text)
        return match["unit"] if match else ""

    def deadline(self) -> Cell | None:
        """The time set by the line nearest to the table, or by the name of its sheet (第一季度)."""
        lines = [*self._lines, self._title._replace(text=self._title.source.sheet or "")]
        timed = ((line, section_time(line.text)) for line in lines)
        return next((line._replace(text=time) for line, time in timed if time), None)

    def _found(self, lines: Iterable[Cell]) -> Iterator[Cell | None]:
        for line in lines:
            units = section_units(line.text) if mark_of(line.text)[0] else heading_units(line.text)
            yield line._replace(text=units) if units else None
