"""The tokeniser (分词): spelt text as names, joints, marks, labels and brackets, in the order of the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.spelling import Spelt
from rules.units.brackets import Holds, pairs, weigh
from rules.units.joints import Joint
from rules.units.labels import find_labels
from rules.units.names import HIDDEN
from rules.units.runs import Mark, read_run
from rules.units.words import LEVELS, Part


class Sign(StrEnum):
    """标点: what a mark between runs does.

    LIST (、) and GAP part names, a COMMA clauses; a STOP ends what is said of the names, LINE and FULL the sentence.
    """

    LIST = "list"
    GAP = "gap"
    COMMA = "comma"
    STOP = "stop"
    LINE = "line"
    FULL = "full"
    COLON = "colon"


@dataclass(slots=True, eq=False)
class Name:
    """A name as found, `plain` in one spelling; `part` is None until a label, a joint or a bracket gives it one."""

    text: str
    plain: str
    closed: bool
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person where units stand; `beside` is true right behind a unit's name, as in 市城管局张三."""

    text: str
    beside: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not understood, or a run that may hold several names."""

    text: str
    several: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A bracket such as （牵头）."""

    part: Part


@dataclass(frozen=True, slots=True)
class Headed:
    """A label such as 牵头单位：."""

    part: Part


@dataclass(frozen=True, slots=True)
class Aside:
    """A bracket that holds a clause of its own."""

    tokens: list["Token"]


Token = Name | Person | Unread | Marker | Headed | Aside | Sign | Joint

_SIGNS = dict.fromkeys(" /|·+&-.", Sign.GAP) | {
    "、": Sign.LIST,
    ";": Sign.STOP,
    "\n": Sign.LINE,
    "。": Sign.FULL,
    "!": Sign.FULL,
    "?": Sign.FULL,
    ":": Sign.COLON,
}
"""Every other mark counts as a comma."""
_SIGN = re.compile(
    "《[^《》]*》|[、/|·+&,()《》;\n。!?: ]|(?<![0-9A-Za-z])\\.(?![0-9])|(?<=[一-鿿])(?:-+|[0-9]{1,2}[.)、])(?=[一-鿿])"
    f"|(?<=[一-鿿])(?<!第)[0-9]{{1,2}}(?=[各{LEVELS}][一-鿿]{{2}})"
    "|(?<=[局委办部厅会院心社司处科站所队道镇乡区])[二三四五六七八九]、"
)
_PART_BEHIND = re.compile(":(?:牵头|主办|主责|配合|协办|协助|参与|负责)(?:单位|部门|方)?(?:[,;。、 \n]|$)")
"""市教育局：牵头 says no more than 市教育局牵头."""
_EDGES = "\"' *-_~—=:"
_DEEPEST = 6
_LONGEST_RUN = 300
"""No list of names, and no sentence, goes on for longer without a mark."""


def tokenise(spelt: Spelt, in_cell: bool) -> list[Token]:
    """The tokens of the text; a person after a gap stands beside the unit before it."""
    tokens = _Tokeniser(spelt, in_cell).tokens(0, len(spelt.text))
    beside = False
    for place, token in enumerate(tokens):
        if isinstance(token, Name):
            beside = True
        elif isinstance(token, Person) and beside:
            tokens[place] = Person(token.text, beside=True)
        elif token is not Sign.GAP and token is not Sign.LINE:
            beside = False
    return tokens


class _Tokeniser:
    def __init__(self, spelt: Spelt, in_cell: bool) -> None:
        self.in_cell = in_cell
        self.text, self.source = spelt
        self.pairs = pairs(self.text)
        self.labels = {label.start: label for label in find_labels(self.text)}
        self.headed = sorted(self.labels)
        self.depth = 0

    def tokens(self, begin: int, end: int) -> list[Token]:
        """The tokens of the text in begin..end; a bracket of a name is hidden in its run."""
        found: list[Token] = []
        run, start, place = "", begin, begin
        while place < end:
            if label := self.labels.get(place):
                found += self._names(run, start)
                found.append(Headed(label.part))
                place = min(label.end, end)
                run, start = "", place
                continue
            sign, after = self._next_sign(place, end)
            run += self.text[place:sign]
            if sign == end or sign in self.labels:
                place = sign
                continue
            close = self.pairs.get(sign, end)
            if self.text[sign] == "(" and close < end:
                bracket = weigh(self.text[sign + 1 : close], run, self.text[close + 1 : close + 4], self.in_cell)
                place = close + 1
                if bracket.holds is Holds.NAME:
                    run += HIDDEN * (place - sign)
                    continue
                found += self._names(run, start)
                if bracket.part:
                    found.append(Marker(bracket.part))
                elif bracket.holds is Holds.CLAUSE:
                    found += self._aside(sign + 1, close)
            else:
                found += self._names(run, start)
                if not _PART_BEHIND.match(self.text, sign):
                    found.append(_SIGNS.get(self.text[sign], Sign.COMMA))
                place = after
            run, start = "", place
        return found + self._names(run, start)

    def _next_sign(self, place: int, end: int) -> tuple[int, int]:
        """Where the next mark begins and ends, or the next label where that comes first."""
        sign = _SIGN.search(self.text, place, end)
        begins, ends = sign.span() if sign else (end, end)
        ahead = bisect_right(self.headed, place)
        if ahead < len(self.headed) and self.headed[ahead] < begins:
            return self.headed[ahead], self.headed[ahead]
        return begins, ends

    def _aside(self, begin: int, end: int) -> list[Token]:
        if self.depth == _DEEPEST:
            return []
        self.depth += 1
        inner = Aside(self.tokens(begin, end))
        self.depth -= 1
        return [inner]

    def _names(self, run: str, start: int) -> list[Token]:
        """The names and joints of one run, with the words of the source."""
        bare = run.lstrip(_EDGES)
        start += len(run) - len(bare)
        bare = _without_edge(bare)
        if len(bare) > _LONGEST_RUN:
            return [Unread(bare, several=True)]
        found: list[Token] = []
        beside = False
        for mark in read_run(bare) if bare else ():
            found += self._token(mark, start, beside)
            beside = mark.joint is None and not mark.person
        return found

    def _token(self, mark: Mark, start: int, beside: bool) -> Iterator[Token]:
        begin, end = start + mark.start, start + mark.end
        words = self.source[begin:end].strip()
        if mark.doubtful:
            yield Unread(words, several=mark.joint is None)
        if mark.joint:
            yield mark.joint
        elif mark.person:
            yield Person(words, beside)
        else:
            yield Name(words, self.text[begin:end], mark.closed)


def _without_edge(run: str) -> str:
    """The run without marks behind it; a quote that a name has opened (村“两委”) stays."""
    bare = run.rstrip(_EDGES)
    return bare + '"' if bare.count('"') % 2 and run.startswith('"', len(bare)) else bare
