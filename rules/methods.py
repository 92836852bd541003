"""Methods of assessment (测评方法): the notation 1)3)材料审核;2)问卷调查, which says which item is checked how."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_CIRCLED = re.compile("[①-⑳⑴-⒇]")
_NUMBER = "[0-9]{1,2}"
_ITEM = (
    f"第?\\(?{_NUMBER}\\)?[-~至到]\\(?{_NUMBER}(?:\\)|[项条]|(?=[一-鿿]))[、,]?"
    f"|第?\\(?{_NUMBER}(?:\\)[、,.]?|[项条][、,]?|[.](?![0-9])|[、,](?=第?\\(?{_NUMBER}[-~至到)项条、,.])|、(?=[一-鿿]))"
)
_ITEMS = re.compile(f"(?:(?:{_ITEM})[和及]? *)+[::]?")
_SPAN = re.compile(f"({_NUMBER})(?:\\)?[-~至到]\\(?({_NUMBER}))?")
_BEHIND = re.compile(f"([^、,;。()0-9\n]{{1,30}})\\(({_NUMBER}(?:[-~至到、, ]{_NUMBER}){{0,20}})\\)(?=[、,;。 \n]|$)")
"""材料审核（1、3）: the numbers behind the method."""
_PARTING = re.compile("[、,;。/+\n\t|]+")
_LONGEST_SPAN = 30


@dataclass(frozen=True, slots=True)
class Methods:
    """测评方法: every method once, in order; `of_item` for the items that are numbered, `common` for all the others."""

    names: tuple[str, ...] = ()
    of_item: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: tuple[str, ...] = ()

    def for_item(self, number: str) -> tuple[str, ...]:
        """How the item with this number is checked."""
        return self.of_item.get(number, self.common)


def read_methods(text: str) -> Methods:
    """Reads a cell of methods. A text without item numbers holds methods for every item."""
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(_bracketed, text)).replace("—", "-").replace("–", "-")
    plain = _BEHIND.sub(_numbers_first, plain)
    names: dict[str, None] = {}
    common: dict[str, None] = {}
    of_item: dict[str, dict[str, None]] = {}
    for items, words in _segments(plain):
        for name in filter(None, (piece.strip(" ():.") for piece in _PARTING.split(words))):
            names[name] = None
            for found in [of_item.setdefault(item, {}) for item in items] or [common]:
                found[name] = None
    return Methods(tuple(names), {item: tuple(found) for item, found in of_item.items()}, tuple(common))


def _segments(text: str) -> Iterator[tuple[list[str], str]]:
    """The item numbers before each stretch of words; none before the first."""
    items: list[str] = []
    end = 0
    for found in _ITEMS.finditer(text):
        yield items, text[end : found.start()]
        items, end = _numbers(found[0]), found.end()
    yield items, text[end:]


def _numbers(text: str) -> list[str]:
    """The numbers a list of items names, spans filled in: 1)3-5) is 1, 3, 4, 5."""
    found: list[str] = []
    for first, last in _SPAN.findall(text):
        begin, end = int(first), int(last or first)
        found += map(str, range(begin, end + 1) if begin <= end <= begin + _LONGEST_SPAN else (begin, end))
    return found


def _bracketed(circled: re.Match[str]) -> str:
    return f"{int(unicodedata.numeric(circled[0]))})"


def _numbers_first(behind: re.Match[str]) -> str:
    return "".join(f"{number})" for number in _numbers(behind[2])) + behind[1]
