"""The outline of running text (提纲): headings, numbered items and what belongs to each, from its paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rules.grid import Paragraph

_MARKS: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            r"第[一二三四五六七八九十百]{1,3}(?:部分|章|篇)\s*[:：、]?",
            r"第[一二三四五六七八九十百]{1,3}[节条项]\s*[:：、]?|[一二三四五六七八九十]{1,3}\s*[、.．，,]",
            r"[（(][一二三四五六七八九十]{1,3}[)）]\s*[、.．]?",
            r"\d{1,3}\s*(?:、|．|\.(?!\d)|，)|（\d{1,3}）、",
            r"[（(]\d{1,3}[)）]\s*[、.．]?|\d{1,3}[)）]\s*[、.．]?",
            r"[①-⑳⑴-⒇]\s*",
        ),
    )
)
_DEEPEST = len(_MARKS)
_ENDS = ("。", "；", ";", "！", "？", ".", "，", ",", "：", ":")
_LONGEST_HEADING = 30
_DATE_LINE = re.compile(r"\s*(?:时间|日期|作者|来源|发布|更新)\s*[:：]|[\s\d年月日:：\-/.]+$")


@dataclass
class Item:
    """条目: a heading or numbered item with its paragraphs; `level` 0 is a heading without a mark."""

    mark: str
    level: int
    paragraphs: list[Paragraph]
    parent: "Item | None" = None
    children: list["Item"] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)[len(self.mark) :].strip()

    @property
    def number(self) -> str | None:
        return self.mark.strip(" 　、.．，,()（）:：") or None

    @property
    def first(self) -> Paragraph:
        return self.paragraphs[0]

    @property
    def above(self) -> tuple["Item", ...]:
        """The headings and items it stands under, the outermost first."""
        return (*self.parent.above, self.parent) if self.parent else ()

    def leaves(self) -> Iterator["Item"]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def outline(paragraphs: Iterable[Paragraph]) -> list[Item]:
    """Every item of a text in its order, parents before their children."""
    items: list[Item] = []
    current: Item | None = None
    for paragraph in paragraphs:
        mark, level = mark_of(paragraph.text)
        if not mark and current is not None and not _is_heading(paragraph.text):
            current.paragraphs.append(paragraph)
            continue
        parent = current
        while parent and parent.level >= level:
            parent = parent.parent
        current = Item(mark, level, [paragraph], parent)
        if parent:
            parent.children.append(current)
        items.append(current)
    return items


def mark_of(text: str) -> tuple[str, int]:
    """The mark a paragraph begins with and its level, the outermost 1; without a mark "" and 0."""
    for level, pattern in enumerate(_MARKS, start=1):
        match = pattern.match(text)
        if match:
            return match[0], level
    return "", 0


def _is_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and not text.endswith(_ENDS)
        and text[0] not in "（([【"
        and not _DATE_LINE.match(text)
    )
