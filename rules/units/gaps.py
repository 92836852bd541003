"""Gaps (空格与换行): which of them part names, and which only pad or wrap one (市 城 管 局; 市住房和城乡⏎建设局)."""

import re

from rules.spelling import Spelt
from rules.units.joints import AND
from rules.units.names import ends_like_unit, is_person, rank
from rules.units.words import LEVELS, words

_LONGEST_WORD = 24
_GAP = re.compile("[ \n]+")
_WORD_BEFORE = re.compile("[^ \n、,;:。|/·+&()!?]{0,24}$")
_WORD_BEHIND = re.compile("[^ \n、,;:。|/·+&()!?]{0,24}")
_CONTINUES = re.compile(f"[及与、]|{AND}")
_OF_A_PLACE = frozenset(words("办事处 街道办事处 管委会 管理委员会 居委会 村委会 委员会"))
"""What only stands behind the name of a place: 各街道⏎办事处 is one name."""


def close_up(spelt: Spelt) -> Spelt:
    """Leaves one space or line break where a gap parts names; drops the gaps that part nothing."""
    text, source = spelt
    if not _GAP.search(text):
        return spelt
    kept: list[str] = []
    kept_source: list[str] = []
    end, tail = 0, ""
    for gap in _GAP.finditer(text):
        kept.append(text[end : gap.start()])
        kept_source.append(source[end : gap.start()])
        tail = (tail + kept[-1])[-_LONGEST_WORD:]
        end = gap.end()
        word = (_WORD_BEFORE.search(tail) or gap)[0]
        behind = (_WORD_BEHIND.match(text, end) or gap)[0]
        if _parts(tail[-1:], word, text[end : end + 1], behind):
            mark = "\n" if "\n" in gap[0] else " "
            kept.append(mark)
            kept_source.append(mark)
            tail += mark
    return Spelt("".join([*kept, text[end:]]), "".join([*kept_source, source[end:]]))


def _parts(last: str, word: str, first: str, behind: str) -> bool:
    """Whether a gap between two words parts them; marks beside it do so anyway."""
    if not last or not first or first in "、,;:。|/·+&)!?(" or (not word and last != ")"):
        return False
    if last == ")":
        return True
    if len(word) == 1 or len(behind) == 1 or _CONTINUES.match(behind):
        return False
    if behind in _OF_A_PLACE and rank(word)[1]:
        return False
    if behind[0] in f"各{LEVELS}" or not ends_like_unit(behind):
        return True
    if word[0] in LEVELS or "和" in word:
        return ends_like_unit(word) or is_person(word)
    return True
