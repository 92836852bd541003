"""Brackets (括号): those that belong to a name (各县（区）), mark a part (（牵头）), hold a clause, or say nothing."""

import re
from enum import StrEnum
from typing import NamedTuple

from rules.units.joints import find_joints, next_role
from rules.units.labels import find_labels
from rules.units.names import HIDDEN, closes, is_person
from rules.units.words import LEVELS, Part

_HOW_SHARED = (
    "(?:[按依]照?|依据|根据)(?!.*(?:牵头|主办|配合|协办))[^(),;、]{2,20}$"
    "|(?:分片|分级|分段|分块|分线|分类|分区域|属地|归口|包干)+(?:包干|管理|负责|落实|实施|承担|原则)+$|(?:联合|共同)$"
)
"""按各自管养范围负责, 分片包干, 联合: how the units before share the task."""
_MARKERS: dict[Part, str] = {
    Part.LEAD: "(?:负责)?总?牵头|主办|主责|为主|第一责任|主(?=$)|主要(?:负责|责任)",
    Part.SUPPORT: "配合|协办|协助|参与|参加|支持|协同|会办|辅助|协管|协作|协(?=$)",
    Part.ASSESSOR: "考核|考评|验收|督查|督办",
    Part.DUTY: f"责任|负责|承办|落实|实施|按照?[^()]{{0,6}}(?:职责|分工)|{_HOW_SHARED}",
}
_MARKER = re.compile("|".join(f"(?P<{part.value}>{words})" for part, words in _MARKERS.items()))
_NOUN = re.compile("(?:单位|部门|方|负责)?(?:[,;、]|$)")
_NUMERALS = re.compile(
    "[0-9〇零一二三四五六七八九十百a-zA-Z.、,~分项条号 -]*$|共?[0-9〇零一二三四五六七八九十百]+[个处家件]$"
)
_IDLE = re.compile(
    ".*[0-9]{4}|.*[0-9]{1,4}[年月日分]|试行|暂行|征求意见稿|送审稿|草案|略|另行|修订|(?:以下)?简称|下同|详?见|附|注|第.{1,3}批|盖章|签字"
    "|公章|电话|排名|排序|不分先后"
)
_OPEN = re.compile("[或及和]|待定|待明确|未定")
_PARTING = re.compile("[、,;/ \n]|以?及|和|与")
_SHORTEST_TITLE = 4
_GOES_ON = re.compile("[局委办厅部处科室所站队]|中心|(?:人民)?政府|管委会|管理局")
"""各区城管（执法）局: the name goes on behind the bracket."""
_INNER = re.compile("\\([^()]*\\)")


class Holds(StrEnum):
    """括号内容: what a bracket holds."""

    NAME = "name"
    MARKER = "marker"
    CLAUSE = "clause"
    NOTHING = "nothing"


class Bracket(NamedTuple):
    holds: Holds
    part: Part | None = None


def pairs(text: str) -> dict[int, int]:
    """Where the bracket opened at each place is closed; one that is never closed has no entry."""
    if "(" not in text:
        return {}
    open_at: list[int] = []
    found: dict[int, int] = {}
    for match in re.finditer("[()]", text):
        if match[0] == "(":
            open_at.append(match.start())
        elif open_at:
            found[open_at.pop()] = match.start()
    return found


def says_nothing(content: str) -> bool:
    """A numeral, a date, a telephone number, 试行."""
    return bool(_NUMERALS.match(content) or _IDLE.match(content))


def weigh(content: str, base: str, behind: str, in_cell: bool) -> Bracket:
    """What a bracket with this content is between two runs; in a cell of units the first is a name, not a title."""
    content, base = content.strip(' \n"'), "" if _names_nobody(base) else base
    if _NUMERALS.match(content):
        return Bracket(Holds.NOTHING)
    if find_labels(content):
        return Bracket(Holds.CLAUSE)
    if marker := _marker(content):
        return marker
    if _OPEN.match(content):
        return Bracket(Holds.CLAUSE)
    if next_role(content, 0) < len(content):
        return Bracket(Holds.CLAUSE)
    pieces = [piece for piece in _PARTING.split(_INNER.sub(_hidden, content)) if piece]
    if all(map(is_person, pieces)):
        return Bracket(Holds.NOTHING)
    named = any(map(closes, pieces))
    if base and _GOES_ON.match(behind):
        return Bracket(Holds.NAME)
    if is_person(base):
        return Bracket(Holds.CLAUSE)
    if closes(base) or base.endswith(tuple(LEVELS)):
        return Bracket(Holds.NAME if named or not says_nothing(content) else Holds.NOTHING)
    if named and not (base and (in_cell or len(base) < _SHORTEST_TITLE)):
        return Bracket(Holds.CLAUSE)
    return Bracket(Holds.NAME if base and not says_nothing(content) else Holds.NOTHING)


def _names_nobody(base: str) -> bool:
    """牵头（市教育局）, 会同（市公安局）: words that give a part, and no name the bracket could belong to."""
    at = 0
    for found in find_joints(base):
        if found.start > at:
            return False
        at = found.end
    return at == len(base)


def _marker(content: str) -> Bracket | None:
    """牵头, 配合单位, 负责道路部分: a part, with no name of its own."""
    found = _MARKER.match(content)
    if not found or (closes(content) and not _NOUN.match(content, found.end())):
        return None
    rest = content[found.end() :]
    says_more = next_role(rest, 0) < len(rest) or any(map(closes, _PARTING.split(rest)))
    if _NOUN.match(rest) or not says_more:
        return Bracket(Holds.MARKER, Part(found.lastgroup or ""))
    return None


def _hidden(bracket: re.Match[str]) -> str:
    return HIDDEN * len(bracket[0])
