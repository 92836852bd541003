"""Word's automatic numbering (自动编号): the number a reader sees before a paragraph, which no text of it contains."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting"})
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_SILENT = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """级别: how one level of a list is written: its format, its pattern (%1、) and where it starts."""

    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, root: Any | None, styles: Any | None) -> None:
        self._lists = _lists(root) if root is not None else {}
        self._styled = _styled(styles) if styles is not None else {}
        self._counts: dict[tuple[str, int], int] = {}

    def label(self, paragraph: Any) -> str:
        """The number before this paragraph, or nothing. Each paragraph is asked once, in order."""
        number, depth = self._place(paragraph)
        levels = self._lists.get(number or "")
        if not levels or depth not in levels:
            return ""
        abstract, level = levels[depth]
        counts = self._count(abstract, depth, levels)
        if level.form in _SILENT:
            return ""
        return re.sub(r"%(\d)", lambda match: self._written(levels, int(match[1]) - 1, counts), level.pattern)

    def _count(self, abstract: str, depth: int, levels: Mapping[int, tuple[str, Level]]) -> dict[int, int]:
        key = (abstract, depth)
        self._counts[key] = self._counts.get(key, levels[depth][1].start - 1) + 1
        for deeper in [one for one in self._counts if one[0] == abstract and one[1] > depth]:
            del self._counts[deeper]
        return {place: self._counts.get((abstract, place), level.start) for place, (_, level) in levels.items()}

    def _written(self, levels: Mapping[int, tuple[str, Level]], depth: int, counts: dict[int, int]) -> str:
        return written(levels[depth][1].form, counts[depth]) if depth in levels else ""

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None, 0
        style = properties.find(qn("w:pStyle"))
        number, depth = self._styled.get(style.get(qn("w:val")), (None, 0)) if style is not None else (None, 0)
        own, own_depth = _numbered(properties)
        return (own or number), (own_depth if own else depth)


def written(form: str, count: int) -> str:
    """A count in a list's format: 3 as 三, ③, C or 3."""
    if form in _CHINESE and 0 < count < 100:
        return _chinese(count)
    if form in _CIRCLED and 0 < count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < count <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + count - 1)
    return str(count)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def _numbered(properties: Any) -> tuple[str | None, int]:
    found = properties.find(qn("w:numPr"))
    if found is None:
        return None, 0
    number, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    value = number.get(qn("w:val")) if number is not None else None
    return value, _whole(depth.get(qn("w:val")) if depth is not None else None, 0)


def _lists(root: Any) -> dict[str, dict[int, tuple[str, Level]]]:
    abstracts = {one.get(qn("w:abstractNumId")): _levels(one) for one in root.findall(qn("w:abstractNum"))}
    found = {}
    for one in root.findall(qn("w:num")):
        link = one.find(qn("w:abstractNumId"))
        if link is not None:
            abstract = link.get(qn("w:val"))
            levels = abstracts.get(abstract, {})
            restarts = one.find(qn("w:lvlOverride")) is not None
            owner = one.get(qn("w:numId")) if restarts else abstract
            found[one.get(qn("w:numId"))] = {depth: (owner, level) for depth, level in levels.items()}
    return found


def _levels(abstract: Any) -> dict[int, Level]:
    levels = {}
    for one in abstract.findall(qn("w:lvl")):
        form, pattern, start = (_value(one, name) for name in ("w:numFmt", "w:lvlText", "w:start"))
        levels[_whole(one.get(qn("w:ilvl")), 0)] = Level(form or "decimal", pattern or "", _whole(start, 1))
    return levels


def _styled(root: Any) -> dict[str, tuple[str | None, int]]:
    """Styles that number the paragraphs written in them."""
    found: dict[str, tuple[str | None, int]] = {}
    for style in root.findall(qn("w:style")):
        properties = style.find(qn("w:pPr"))
        number, depth = _numbered(properties) if properties is not None else (None, 0)
        if number:
            found[style.get(qn("w:styleId"))] = (number, depth)
    return found


def _value(element: Any, name: str) -> str | None:
    child = element.find(qn(name))
    return child.get(qn("w:val")) if child is not None else None


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default
