"""What kind of line a row of a grid is (行的种类): a task, a section, a note, a total, a page number … by its look."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from rules.grid import Grid
from rules.table.fields import Field
from rules.table.header import Header

_PAGE = re.compile(r"[\s\-—–－_·]*第?\s*\d{1,4}\s*页?[\s，,/]*(共\s*\d+\s*页)?[\s\-—–－_·]*")
_PAGE_SIGN = re.compile(r"[\-—–－页]")
_CONTINUED = re.compile(r"[（(]?(续表?|接上表|接下页|转下页)[\d一二三四五六七八九十]*[)）]?")
_NOTE = re.compile(
    r"[※*＊]|[（(]?(附?注|备注|说明|填表说明|填报说明|备注说明|编制说明)\s*\d*\s*[:：.．、]"
    r"|(填表|填报|制表|审核|复核|单位负责)(人|单位|日期|时间)\s*[:：(（签]"
)
_SIGNED = re.compile(r"[（(]?(填表|填报|制表|编制|审核|复核|审批|签发|单位负责)人?\s*[:：]")
_TOTAL = re.compile(r"(合\s*计|总\s*计|小\s*计|共\s*计|总\s*得?分|综合得分|总\s*数)([\s:：（(分]|$)")
_COUNTED = re.compile(r"(数|数量|计)$")
_AMOUNT = re.compile(r"[\d.,%\s]*(分|项|条|个)?")
ORDINAL = re.compile(
    r"\s*(第[一二三四五六七八九十百]{1,3}(部分|章|篇|节|项|类|单元)|[一二三四五六七八九十]{1,3}\s*[、.．，,]|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_CHINESE_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_MARK = re.compile(r"[（(]?([\d.]+|[一二三四五六七八九十]{1,3}|[①-⑳])[)）]?\s*[、.．]?")
_TASKLIKE = (Field.LEAD, Field.SUPPORT, Field.DEADLINE, Field.STANDARD, Field.METHOD, Field.RESPONSIBLE, Field.PERIOD)


_SHORT = 20
"""How long a heading may be that nothing marks as one."""
_PAUSE = re.compile(r"[，。；,;]")
_MOST_IN_SECTION = 4
"""A section's row holds its mark, its words and perhaps points; more than this is a row of data."""


class Line(Enum):
    """行: what a row is."""

    BLANK = auto()
    HEADER = auto()
    PAGE = auto()
    NOTE = auto()
    TOTAL = auto()
    SECTION = auto()
    TASK = auto()


class Lines:
    """Tells the rows under one header apart."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._grid, self._header = grid, header
        self._titles = [_plain(grid.filled[row]) for row in range(header.top, header.bottom + 1)]
        self._first_titles = {next(filter(None, grid.rows[row]), "") for row in range(header.top, header.bottom + 1)}
        self._above = {cell for row in range(header.top) for cell in grid.rows[row] if cell}
        numbers = header.columns(Field.NUMBER)
        self._number = numbers[0] if numbers else None
        self._task = header.columns(Field.TASK)
        self._answering = [column for field in _TASKLIKE for column in header.columns(field)]
        """Columns in which a row that is a task would say something."""
        self._heads: set[int] = set()

    def kinds(self, rows: Sequence[int]) -> dict[int, Line]:
        filled = [row for row in rows if any(self._grid.rows[row])]
        heads = {row for row, below in pairwise(filled) if self._heads_the_next(row, below)}
        self._heads = heads if heads and min(heads) == filled[0] else set()
        return {row: self.kind(row) for row in rows}

    def _heads_the_next(self, row: int, below: int) -> bool:
        """Whether a few words alone in the column of tasks stand over a numbered row, unmarked and not merged."""
        if self._number is None or self._own(row, self._number) or not self._own(below, self._number):
            return False
        text = self._own(row, self._task[0])
        short = 0 < len(text) <= _SHORT and not _PAUSE.search(text)
        return short and sum(map(bool, self._grid.rows[row])) == 1 and not self._grid.is_covered(row, self._number)

    def kind(self, row: int) -> Line:
        own = self._grid.rows[row]
        texts = list(dict.fromkeys(cell for cell in own if cell))
        if not texts:
            return Line.TASK if self._is_unread(row) else Line.BLANK
        first = texts[0]
        if len(texts) == 1 and self._is_furniture(first):
            return Line.PAGE
        if (_NOTE.match(first) and len(texts) <= 2) or _SIGNED.match(first):
            return Line.NOTE
        if _TOTAL.match(first) or self._counts(row, texts):
            return Line.TOTAL
        if first in self._first_titles and _plain(self._grid.filled[row]) in self._titles:
            return Line.HEADER
        if self._is_section(row, texts):
            return Line.SECTION
        return Line.TOTAL if self._is_subtotal(row, texts) else Line.TASK

    def _counts(self, row: int, texts: Sequence[str]) -> bool:
        """Whether a row only counts what stands above it (牵头任务数 2 4 3): words of no column, and figures."""
        first, *others = texts
        if len(others) < 2 or _MARK.fullmatch(first) or not all(map(_AMOUNT.fullmatch, others)):
            return False
        column = self._grid.rows[row].index(first)
        spans = self._task[0] <= self._grid.span(row, column).right
        return column < self._task[0] and (spans or _COUNTED.search(first) is not None)

    def _is_subtotal(self, row: int, texts: Sequence[str]) -> bool:
        return (
            any("计" in text and _TOTAL.match(text) for text in texts) and not self._own(row, self._number).isdecimal()
        )

    def _is_furniture(self, text: str) -> bool:
        return bool(is_page_number(text) or _CONTINUED.fullmatch(text) or text in self._above)

    def _is_section(self, row: int, texts: Sequence[str]) -> bool:
        """One line of words over the rows below, perhaps with its number and its points."""
        subtotal = self._is_subtotal(row, texts)
        if len(texts) > _MOST_IN_SECTION and not subtotal:
            return False
        number = self._own(row, self._number)
        number = number if _MARK.fullmatch(number) else ""
        words = [text for text in texts if text != number and not _AMOUNT.fullmatch(text)]
        if subtotal:
            words = [text for text in words if not _TOTAL.match(text)]
        answers = [self._grid.filled[row][column] for column in self._answering if self._seen(row, column)]
        if len(words) != 1 or (words[0] in answers if subtotal else answers):
            return False
        column = self._grid.rows[row].index(words[0])
        if (
            row in self._heads
            or self._spans(row, column)
            or ORDINAL.match(words[0])
            or (number and _CHINESE_NUMBER.fullmatch(number))
        ):
            return True
        return not number and column not in self._task and not self._seen(row, self._task[0])

    def _spans(self, row: int, column: int) -> bool:
        span = self._grid.span(row, column)
        return span.bottom == row and span.right - span.left + 1 >= max(2, (self._grid.width + 1) // 2)

    def _seen(self, row: int, column: int) -> bool:
        """Whether a cell shows words of its own column, or of a merged area that comes from above."""
        anchor = self._grid.anchor(row, column)
        return bool(self._grid.filled[row][column]) and (anchor.column == column or anchor.row != row)

    def _own(self, row: int, column: int | None) -> str:
        cells = self._grid.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""

    def _is_unread(self, row: int) -> bool:
        return any(place.row == row for place in self._grid.unread) and any(self._grid.filled[row])


def is_page_number(text: str) -> bool:
    """页码: — 3 —, 第3页 共5页; a bare number is none."""
    return bool(_PAGE.fullmatch(text) and _PAGE_SIGN.search(text))


def _plain(cells: Sequence[str]) -> tuple[str, ...]:
    """A row as its distinct neighbours, without blanks: a header looks the same whether merged or not."""
    texts = [re.sub(r"\s+", "", cell) for cell in cells]
    return tuple(text for before, text in pairwise(["", *texts]) if text and text != before)
