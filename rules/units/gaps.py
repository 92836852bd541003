"""Gaps (空格与换行): which of them part names, and which only pad or wrap one (市 城 管 局; 市住房和城乡⏎建设局)."""

import re

from rules.units.names import ends_like_unit, is_person
from rules.units.spelling import Spelt
from rules.units.words import LEVELS

_GAP = re.compile("[ \n]+")
_WORD_BEFORE = re.compile("[^ \n、,;:。|/·+&()!?]{0,24}$")
_WORD_BEHIND = re.compile("[^ \n、,;:。|/·+&()!?]{0,24}")
_CONTINUES = re.compile("[和及与、]")


def close_up(spelt: Spelt) -> Spelt:
    """Leaves one space or line break where a gap parts names; drops the gaps that part nothing."""
    text, source = spelt
    if not _GAP.search(text):
        return spelt
    kept, kept_source, end, word = "", "", 0, ""
    for gap in _GAP.finditer(text):
        kept += text[end : gap.start()]
        kept_source += source[end : gap.start()]
        end = gap.end()
        word = (_WORD_BEFORE.search(kept[-24:]) or gap)[0]
        behind = (_WORD_BEHIND.match(text, end) or gap)[0]
        if _parts(kept[-1:], word, text[end : end + 1], behind):
            kept += "\n" if "\n" in gap[0] else " "
            kept_source += " "
    return Spelt(kept + text[end:], kept_source + source[end:])


def _parts(last: str, word: str, first: str, behind: str) -> bool:
    """Whether a gap between two words parts them; marks beside it do so anyway."""
    if not last or not first or first in "、,;:。|/·+&)!?(" or (not word and last != ")"):
        return False
    if last == ")":
        return True
    if len(word) == 1 or len(behind) == 1 or _CONTINUES.match(behind):
        return False
    if behind[0] in f"各{LEVELS}" or not ends_like_unit(behind):
        return True
    if word[0] in LEVELS or "和" in word:
        return ends_like_unit(word) or is_person(word)
    return True
