"""Spelling (规范化): one spelling for full-width forms, spaces, dashes and quotes, with the way back to the source."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

DASHES = "‐‑‒–—―−﹘﹣－─━～〜∼~⁓→"
QUOTES = "“”\"„‟‘’'`「」『』＂＇"
DOTS = "•・‧∙⋅"
OPENING_QUOTES = "“‘「『"
ZEROS = "○◯〇零"
DIGITS = frozenset("0123456789")


class Normal(NamedTuple):
    """规范文本: the text in one spelling; `places[i]` is where its character i stands in the source."""

    text: str
    source: str
    places: Sequence[int]

    def verbatim(self, start: int, end: int) -> str:
        """The words of the source behind text[start:end], with the quote that opens them."""
        if start >= end:
            return ""
        first = self.places[start]
        if first and self.source[first - 1] in OPENING_QUOTES:
            first -= 1
        return self.source[first : self.places[end - 1] + 1]


class _Spelling(dict[int, str]):
    """The one spelling of each character: "" drops it, a space marks a gap."""

    def __missing__(self, code: int) -> str:
        self[code] = spelled = _spell(chr(code))
        return spelled


def _spell(char: str) -> str:
    if char in DASHES:
        return "-"
    if char in QUOTES:
        return ""
    if char in ZEROS:
        return "〇"
    if char in DOTS:
        return "·"
    category = unicodedata.category(char)
    if category == "No":
        return ";"
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    if category in {"Cf", "Mn"}:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return _spell(plain) if len(plain) == 1 and plain != char else char


_SPELLING = _Spelling()
_LETTER_FOR_ZERO = re.compile("(?<=[一二三四五六七八九〇Oo])[Oo](?=[一二三四五六七八九〇Oo年])")
"""二O二六年: the letter typed for 〇."""
_UNUSUAL = re.compile("[^0-9A-Za-z一-鿿、。;:,()%]|零|[一二三四五六七八九][Oo]")
"""What may be spelt otherwise; text without it is in its one spelling already."""


def normalise(source: str) -> Normal:
    """Circled numbers become clause marks; a space survives only between two digits, where it parts numbers."""
    if not _UNUSUAL.search(source):
        return Normal(source, source, range(len(source)))
    spelt = _LETTER_FOR_ZERO.sub("〇", source)
    chars: list[str] = []
    places: list[int] = []
    before, gap = "", False
    for place, code in enumerate(map(ord, spelt)):
        char = _SPELLING[code]
        if char == " ":
            gap = True
            continue
        if not char or (char == "-" == before):
            continue
        if gap and before in DIGITS and char in DIGITS:
            chars.append(" ")
            places.append(place)
        chars.append(char)
        places.append(place)
        before, gap = char, False
    return Normal("".join(chars), source, places)
