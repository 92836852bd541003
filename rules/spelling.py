"""Spelling (规范化): one spelling for full-width forms, brackets, bullets and spaces, character for character."""

import re
import unicodedata
from typing import NamedTuple

OPENING, CLOSING = "([{【〔〖［｛（", ")]}】〕〗］｝）"
QUOTES = '“”"„‟「」『』＂'
DASHES = "‐‑‒–—―−﹘﹣－─━～〜∼~→"
BREAKS = "\n\r\v\f⏎↵↩¶"
BULLETS = "•·・‧∙●■◆▪◇○□"

_ENCLOSED = re.compile("[①-⓿❶-➓㈠-㈩㊀-㊉]")
"""Numbers in circles and brackets: they number what follows."""
_UNUSUAL = re.compile("[^0-9A-Za-z一-鿿、,;:。()\n]")


class Spelt(NamedTuple):
    """规范文本: the text in one spelling, and the source with the same number of characters."""

    text: str
    source: str


def spell(written: str) -> Spelt:
    """Invisible characters are dropped from both; everything else keeps its place."""
    if not _UNUSUAL.search(written):
        return Spelt(written, written)
    spelt = written.translate(_SPELLING)
    if len(spelt) == len(written):
        return Spelt(spelt, written)
    seen = [char for char in written if _SPELLING[ord(char)]]
    return Spelt(spelt, "".join(seen))


class _Spelling(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = spelled = _one(chr(code))
        return spelled


def _one(char: str) -> str:
    for chars, spelled in ((OPENING, "("), (CLOSING, ")"), (QUOTES, '"'), (DASHES, "-"), (BULLETS, "·")):
        if char in chars:
            return spelled
    if char in BREAKS:
        return "\n"
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Cs"}:
        return ""
    if category in {"Zl", "Zp"}:
        return "\n"
    if category in {"Zs", "Cc"}:
        return " "
    if _ENCLOSED.match(char):
        return ";"
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


_SPELLING = _Spelling()
