"""The section headings that are open above a row (章节), by the depth their marks give them."""

import re

from rules.table.lines import ORDINAL
from rules.table.records import Cell

_LEVELS = (
    re.compile(r"第[一二三四五六七八九十百]+(部分|章|篇|单元)"),
    re.compile(r"第[一二三四五六七八九十百]+[节项类]|[一二三四五六七八九十]+\s*[、.．，,]?"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
)


def level_of(text: str) -> int:
    """How deep a section stands by its mark: 一、 above （一） above one without a mark."""
    marks = (place for place, pattern in enumerate(_LEVELS) if pattern.match(text) and ORDINAL.match(text))
    return next(marks, len(_LEVELS))


class Sections:
    """章节: the section headings that are open above a row."""

    def __init__(self) -> None:
        self._open: list[tuple[int, Cell]] = []

    def enter(self, heading: Cell) -> None:
        level = level_of(heading.text)
        self._open = [one for one in self._open if one[0] < level]
        self._open.append((level, heading))

    @property
    def path(self) -> tuple[Cell, ...]:
        return tuple(cell for _, cell in self._open)
