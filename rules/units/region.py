"""The region (所在): which part of a text names its units: the bracket behind a task, not the task's own words."""

import re

from rules.spelling import Spelt
from rules.units.brackets import Holds, pairs, says_nothing, weigh
from rules.units.joints import next_role
from rules.units.labels import find_labels
from rules.units.names import closes
from rules.units.words import Part

_LAST_RUN = re.compile("[^ \n、,;:。|/·+&()!?]{0,40}$")
_DEEPEST = 3
_AT_THE_END = re.compile("[。;,.! \n]*$")


def region(spelt: Spelt, in_cell: bool) -> Spelt:
    """The brackets that assign units, where they stand behind a sentence or a title; else the whole text."""
    for _ in range(_DEEPEST):
        inner = _inside(spelt, in_cell)
        if inner is spelt:
            break
        spelt = inner
    return spelt


def _inside(spelt: Spelt, in_cell: bool) -> Spelt:
    text, source = spelt
    closed = pairs(text)
    if not closed:
        return spelt
    outermost: list[tuple[int, int]] = []
    for begin in sorted(closed):
        if not outermost or begin > outermost[-1][1]:
            outermost.append((begin, closed[begin]))
    whole = len(outermost) == 1 and outermost[0][0] == 0 and _AT_THE_END.match(text, outermost[0][1] + 1)
    if whole and not says_nothing(text[1 : outermost[0][1]]):
        return Spelt(text[1 : outermost[0][1]], source[1 : outermost[0][1]])
    kept = [(begin + 1, end) for begin, end in outermost if _assigns(text, begin, end, in_cell)]
    if not kept or _is_headed_outside(text, outermost):
        return spelt
    return Spelt(*(";".join(words[begin:end] for begin, end in kept) for words in (text, source)))


def _assigns(text: str, begin: int, end: int, in_cell: bool) -> bool:
    content = text[begin + 1 : end]
    before = _LAST_RUN.search(text, max(0, begin - 40), begin)
    run = before[0] if before else ""
    if closes(run) or weigh(content, run, text[end + 1 : end + 4], in_cell).holds is not Holds.CLAUSE:
        return False
    said = bool(find_labels(content)) or next_role(content, 0) < len(content)
    return said or bool(_AT_THE_END.match(text, end + 1))


def _is_headed_outside(text: str, brackets: list[tuple[int, int]]) -> bool:
    """Whether a label for units stands outside the brackets."""
    begins = [0, *(end + 1 for _, end in brackets)]
    ends = [*(begin for begin, _ in brackets), len(text)]
    outside = "".join(text[begin:end] for begin, end in zip(begins, ends, strict=True))
    return any(label.part is not Part.NOBODY for label in find_labels(outside))
