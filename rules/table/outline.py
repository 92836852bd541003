"""The outline of running text (提纲): headings, numbered items and what belongs to each, from its paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rules.grid import Paragraph
from rules.table.labels import Labelled, labelled
from rules.table.unit_words import are_authorities

_HAN = "[一二三四五六七八九十]"
# The marks with Chinese numbers stand above each other in this order; those with digits nest as they come.
_MARKS: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            rf"第(?:{_HAN}{{1,3}}|\d{{1,2}})(?:部分|章|篇)\s*[:：、]?",
            rf"第{_HAN}{{1,3}}[节条项]\s*[:：、]?|{_HAN}{{1,3}}\s*[、.．，,]",
            rf"[（(]{_HAN}{{1,3}}[)）]\s*[、.．]?",
            r"\d{1,3}\s*(?:、|．|\.(?!\d)|\.(?=\d{1,4}\s*[年月日])|，)|（\d{1,3}）、",
            r"[（(]\d{1,3}[)）]\s*[、.．]?",
            r"\d{1,3}[)）]\s*[、.．]?",
            r"[①-⑳⑴-⒇]\s*",
            rf"(?:{_HAN}{{1,3}}是(?:要)?)(?=\S)|其{_HAN}[是，,]",
            r"[●■◆▪•◇▲►▶➢➤]\s*(?=\S)",
            rf"(?:项目|任务|事项|问题|工程|行动|举措|措施|点位|专项)\s*(?:{_HAN}{{1,3}}|\d{{1,3}})\s*[:：、.．]\s*",
        ),
    )
)
_FIRST = re.compile(r"(?<![\d十])(?:一|1)(?![\d十])|①|⑴")
_DIGITS = 3
"""The first of the marks that nest as they come."""
_ENDS = ("。", "；", ";", "！", "？", ".", "，", ",", "：", ":", "、")
_PASSED_OVER = re.compile(
    r"(?:具体|主要|工作|重点)?(?:措施|举措|任务|做法|内容|要求|安排)(?:如下)?[：:]$|\s*附件\s*\d*\s*[:：]|\s*第\s*\d+\s*页|[\-—–\s]*\d{1,4}[\-—–\s]*$"
)
_OF_ALL = re.compile(r"(?:以上|上述)(?:各项|所列|全部|重点)*(?:任务|工作|事项|项目|目标|内容|要求|问题)")
"""How a paragraph begins that speaks of all items above it, and is part of none."""
_TO_ALL = re.compile(
    r"(?:请|望|要求)?各(?:牵头|责任|有关|相关|成员|配合|参与|主办|承办|[省市县区乡镇级、，及和])*(?:单位|部门|地|县|区|街道|乡镇|镇街)"
    r"[^，。；;]{0,4}?(?:要|应|须|需|必须|务必|请|于|将|每)"
)
"""How a paragraph begins that asks something of everybody; behind an item with units of its own it is no part of it."""
_APPENDED = re.compile(r"附(?:件|表|录)?\s*\d*\s*[:：]")
"""附：成员单位名单 is part of no item."""
_LONGEST_HEADING = 30
_SERIES = re.compile(
    rf"(?P<name>[^:：，,。；;]{{6,40}}?)\s*(?:第?(?:\d{{1,2}}|{_HAN}{{1,3}})篇|篇{_HAN}{{1,3}}|(?<!\d)\d{{1,2}})(?=\s|$)"
)
"""The title of one of several texts put together under one name (工作总结 3, 方案第二篇)."""
_DATE_LINE = re.compile(
    r"\s*(?:时间|日期|作者|来源|发布|更新)\s*[:：]|[\s\d年月日:：\-/.]+$|.*\d{4}年\d{1,2}月\d{1,2}日$"
)


_DAY_LINE = re.compile(r"[（(]?20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[)）]?")


@dataclass(eq=False)
class Item:
    """条目: a heading or numbered item with its paragraphs; `form` is the kind of its mark, -1 without one.

    `labels` are the lines under it that hold nothing but 责任单位：… or 测评方法：….
    """

    mark: str
    form: int
    paragraphs: list[Paragraph]
    parent: "Item | None" = None
    children: list["Item"] = field(default_factory=list)
    labels: list[Paragraph] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The words of the item; a line that was only broken to fit the page goes on."""
        text = ""
        for place, paragraph in enumerate(self.paragraphs):
            fresh = text.endswith(_ENDS) or (place == 1 and _is_heading(text) and "。" not in text)
            text += ("\n" if fresh else "") + paragraph.text
        return text[len(self.mark) :].strip()

    @cached_property
    def read(self) -> Labelled:
        return labelled(self.text)

    @property
    def number(self) -> str | None:
        return self.mark.strip(" 　、.．，,:：是要●■◆▪•◇▲►▶➢➤") or None

    @property
    def first(self) -> Paragraph:
        return self.paragraphs[0]

    @cached_property
    def above(self) -> tuple["Item", ...]:
        """The headings and items it stands under, the outermost first."""
        return (*self.parent.above, self.parent) if self.parent else ()


def outline(paragraphs: Sequence[Paragraph]) -> list[Item]:
    """Every item of a text in its order, parents before their children."""
    paragraphs = [one for one in paragraphs if not _PASSED_OVER.match(one.text)]
    while len(paragraphs) > 1 and _signs_off(paragraphs[-1].text):
        paragraphs.pop()
    builder = _Builder(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        builder.take(place, paragraph)
    for item in builder.items:
        _share_labels(item)
    return builder.items


def _signs_off(text: str) -> bool:
    """落款: who issued a text and when, below its last item."""
    return are_authorities(text) or _DAY_LINE.fullmatch(text) is not None


class _Builder:
    """Hangs one paragraph after the other where it belongs."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.items: list[Item] = []
        self._current: Item | None = None
        self._ended = True
        self._is_wrapped = _is_wrapped(paragraphs)
        self._restarts = _restarts(paragraphs)
        self._titles = _serial_titles(paragraphs)

    def take(self, place: int, paragraph: Paragraph) -> None:
        text, current = paragraph.text, self._current
        mark, form = mark_of(text)
        if paragraph.number in self._titles:
            self._open(Item("", 0, [paragraph]))
        elif current and not mark and (is_label(text) or self._goes_on_with_label(current)):
            self._label(current, paragraph)
        elif current and not mark and not self._starts(place, text, current):
            current.paragraphs.append(paragraph)
        else:
            self._open(Item(mark, form, [paragraph], _parent(current, form, text)))
        whole = not self._is_wrapped or text.endswith(_ENDS) or (not mark and _is_heading(text))
        self._ended = not text.endswith("、") and (whole or (is_label(text) and not text.endswith(("，", ","))))

    def _open(self, item: Item) -> None:
        if item.parent:
            item.parent.children.append(item)
        self.items.append(item)
        self._current = item

    def _goes_on_with_label(self, current: Item) -> bool:
        return bool(current.labels) and current.labels[-1].text.endswith(("，", ",", "、"))

    def _label(self, current: Item, paragraph: Paragraph) -> None:
        """A label's line, or the rest of one that was broken to fit the page."""
        if self._goes_on_with_label(current):
            broken = current.labels.pop()
            paragraph = Paragraph(broken.text + paragraph.text, broken.number)
        current.labels.append(paragraph)

    def _starts(self, place: int, text: str, current: Item) -> bool:
        """Whether an unmarked line begins something new: a heading, or an item that names its own units."""
        if not self._ended:
            return False
        if (
            _OF_ALL.match(text)
            or _APPENDED.match(text)
            or (_TO_ALL.match(text) and _names_units(current.paragraphs[-1].text))
        ):
            return True
        if _is_heading(text):
            return self._restarts[place] or all(not 0 <= one.form < _DIGITS for one in (current, *current.above))
        if not _names_units(text):
            return False
        return current.form < 0 or bool(labelled("\n".join(one.text for one in current.paragraphs)).units)


def _serial_titles(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbers of the paragraphs that are titles of one series: the same name with a number of its own."""
    named: dict[str, list[int]] = {}
    for paragraph in paragraphs:
        match = _SERIES.match(paragraph.text)
        if match and not mark_of(paragraph.text)[0] and not _DATE_LINE.match(paragraph.text):
            named.setdefault(match["name"], []).append(paragraph.number)
    return {number for numbers in named.values() if len(numbers) > 1 for number in numbers}


def _is_wrapped(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether lines were broken to fit a page: many long ones end in the middle of a sentence."""
    broken = sum(
        len(one.text) >= 30 and not one.text.endswith((*_ENDS, ")", "）")) and not mark_of(after.text)[0]
        for one, after in pairwise(paragraphs)
    )
    return broken > 5


def _restarts(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph whether the next marked one after it is the first of a list."""
    found, restarts = [], False
    for paragraph in reversed(paragraphs):
        found.append(restarts)
        mark, form = mark_of(paragraph.text)
        if mark:
            restarts = _FIRST.search(mark) is not None or form == 0
    return found[::-1]


def mark_of(text: str) -> tuple[str, int]:
    """The mark a paragraph begins with and its form; without a mark "" and -1."""
    matches = ((match[0], form) for form, pattern in enumerate(_MARKS) if (match := pattern.match(text)))
    return next(matches, ("", -1))


def is_label(text: str) -> bool:
    """Whether a line holds nothing but labelled fields."""
    found = labelled(text)
    return not found.text.strip("。；;. ") and bool(found.units or found.fields)


def _names_units(text: str) -> bool:
    found = labelled(text)
    return bool(found.units and found.text)


def _parent(current: Item | None, form: int, text: str) -> Item | None:
    """Where a new item hangs: beside the last of its form that is still open, else under what is open now."""
    if form < 0:
        heads = [one for one in (*current.above, current) if not one.read.units] if current else []
        return heads[-1] if heads and _names_units(text) else None
    chain = [*current.above, current] if current else []
    for one in reversed(chain):
        if one.form == form:
            return one.parent
    if form < _DIGITS:
        return next((one for one in reversed(chain) if one.form < form), None)
    return current


def _share_labels(item: Item) -> None:
    """A label after the last of several items, and after no other of them, holds for all."""
    *others, last = item.children or [item]
    if others and last.labels and not any(one.labels or one.read.units for one in others):
        item.labels, last.labels = [*item.labels, *last.labels], []


def _is_heading(text: str) -> bool:
    ends = text.endswith(_ENDS) or text[0] in "（([【" or _DATE_LINE.match(text)
    return len(text) <= _LONGEST_HEADING and not ends
