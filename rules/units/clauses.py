"""Clauses (分句): what part each name takes from the joints around it. What holds between clauses is outcome.py's."""

import re
from dataclasses import dataclass, field

from rules.units.joints import PARTS, Joint
from rules.units.names import ends_like_unit
from rules.units.tokens import Aside, Marker, Name, Person, Sign, Token, Unread
from rules.units.words import CLASS_NOUNS, LEVELS, Part

_LEVEL = f"(?:[{LEVELS}]|自治[区州县旗]|直辖市)"
_BARE_LEVEL = re.compile(f"各?{_LEVEL}(?:级|\\([^()]*\\))?$")
_OF_LEVELS = re.compile(f"(?!.[直属]){_LEVEL}(?:.*(?:政府|党委|部门|单位|机关|级)|级?(?:\\([^()]*\\))?)$")
_BEHIND_LEVEL = re.compile(f"(?!.[直属]){_LEVEL}")
_SINGLE = f"{LEVELS}队所站室科股组处办"
_SHORT_WORD = 4
_PLURAL = re.compile("(?:部门|单位|机关|机构|企业|地区|党委)$")


@dataclass(slots=True)
class Clause:
    """分句: its names with their parts, None where no joint says it.

    `role` is the part a joint gave; `bare` a part with no name beside it (市公安局，配合); `prefixed` a joint before
    the names; `helped` the party helped in A配合B; `told` a predicate behind the names; `headed` a colon behind them.
    """

    names: list[Name] = field(default_factory=list)
    helped: list[Name] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    role: Part | None = None
    bare: Part | None = None
    prefixed: bool = False
    told: bool = False
    headed: bool = False


def read_clause(tokens: list[Token]) -> Clause:
    """Gives the names between two commas their parts; objects of a predicate are left out."""
    reader = _Reader()
    for token in tokens:
        reader.take(token)
    reader.end()
    return reader.clause


class _Reader:
    """The clause so far; `group` holds the names since the last joint, `given` the part a joint before gives them.

    `leading` is true where brackets such as （牵头） stand before the names.
    """

    def __init__(self) -> None:
        self.clause = Clause()
        self.group: list[Name] = []
        self.given: Part | None = None
        self.acted: Part | None = None
        self.listed = self.leading = False

    def take(self, token: Token) -> None:
        clause = self.clause
        match token:
            case Name() if not (clause.told or clause.headed):
                self._name(token)
            case Aside():
                clause.asides.append(token)
            case Joint.WITH:
                self._keep()
                clause.told = clause.headed = False
                self.given = Part.SUPPORT
            case Unread():
                clause.unread.append(token)
            case Name() if clause.headed and token.closed:
                clause.unread.append(Unread(token.text, several=False))
            case _ if clause.told or clause.headed:
                pass
            case Person():
                clause.persons.append(token)
            case Marker(part):
                self._marker(part)
            case Sign.COLON:
                self._colon()
            case Joint():
                self._joint(token)
        self.listed = token is Sign.LIST

    def end(self) -> None:
        """Names behind 负责 are what it is about; the one behind 配合 is whom it helps."""
        if self.acted in (Part.SUPPORT, Part.PARTNER):
            self.clause.helped = self.group
        elif self.acted in (None, Part.LEAD):
            self._keep()
        if self.clause.names and self.clause.prefixed:
            self.clause.bare = None

    def _name(self, name: Name) -> None:
        last = self.group[-1] if self.listed and self.group else None
        if last and (_continues(last.plain, name.plain) or _is_class(last, name)):
            last.closed = name.closed or not _is_class(last, name)
            last.text, last.plain = f"{last.text}、{name.text}", f"{last.plain}、{name.plain}"
            return
        name.part = name.part or self.given
        self.group.append(name)

    def _marker(self, part: Part) -> None:
        self.leading = self.leading or not (self.group or self.clause.names)
        if self.leading:
            self.given = part
        elif self.group:
            self.group[-1].part = part
        if part is Part.LEAD:
            self.clause.role = part

    def _colon(self) -> None:
        self.clause.headed = bool(self.group) and self.group[-1].closed
        if not self.clause.headed:
            self.group = []

    def _joint(self, joint: Joint) -> None:
        if joint in PARTS:
            self._role(PARTS[joint])
        elif joint in (Joint.BY, Joint.OF):
            self.group = []
            self.clause.told = joint is Joint.OF
        elif joint is Joint.TELL:
            self.clause.told = True

    def _role(self, part: Part) -> None:
        if self.group:
            for name in self.group:
                name.part = name.part or part
            self._keep()
            self.given, self.clause.role, self.acted = None, part, part
        elif not self.clause.names and self.acted is None:
            part = Part.SUPPORT if part is Part.PARTNER else part
            self.clause.bare = self.clause.role = part
            self.clause.prefixed = part in (Part.LEAD, Part.SUPPORT)
            self.given, self.acted = (part, None) if self.clause.prefixed else (None, part)

    def _keep(self) -> None:
        self.clause.names += self.group
        self.group = []


def _is_class(before: Name, behind: Name) -> bool:
    """各建设、施工、监理单位 are of one group, which only its last word closes."""
    if before.closed or before.plain[0] != "各" or behind.plain[0] in f"各{LEVELS}":
        return False
    return len(behind.plain) < _SHORT_WORD or bool(_PLURAL.search(behind.plain))


def _continues(before: str, behind: str) -> bool:
    """各市、县（区）政府 and 各部门、单位 name one group over a mark."""
    if len(behind) == 1:
        return behind in _SINGLE and (ends_like_unit(before) or bool(_BARE_LEVEL.match(before)))
    if behind in CLASS_NOUNS:
        return bool(_PLURAL.search(before))
    if not _BARE_LEVEL.match(before.rsplit("、", 1)[-1]):
        return False
    return bool((_OF_LEVELS if before[0] in "各全" else _BEHIND_LEVEL).match(behind))
