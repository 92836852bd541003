"""Units in the bracket that closes a text (句末括号), with 牵头, 配合 and the like, and the time beside them."""

import re
from typing import NamedTuple

from rules.table.dated import time_apart
from rules.table.unit_words import looks_like_units
from rules.units import read_units

_CLOSING = re.compile(r"[（(【\[](?P<inside>(?:[^（()）】【\[\]]|[（(][^（()）]*[)）])*)[)）】\]]\s*[。；;.]?\s*$")
_SHARED = re.compile(
    r"(?:按(?:照)?(?:各自)?(?:职责|职能)?(?:分工)?|分工|共同|具体|分别|根据职责)*(?P<joint>牵头|负责|主办|承办|配合|协办|协助|参与|落实|参加)\s*$"
)
_PLAIN_JOINTS = frozenset({"牵头", "负责", "主办", "承办", "配合", "协办"})
_LONGEST = 300


class Closing(NamedTuple):
    """句末括号: the text before it, the units in it, and their time."""

    text: str
    units: str
    time: str


def closing_bracket(text: str) -> Closing | None:
    """The bracket at the end of a text, where it names units."""
    match = _CLOSING.search(text, max(0, len(text) - 2 * _LONGEST))
    if not match or not match.start():
        return None
    units, time = bracketed(match["inside"])
    return Closing(text[: match.start()].strip(), units, time) if units else None


def bracketed(inside: str) -> tuple[str, str]:
    """The units of a bracket and the time beside them (甲局会同乙局，于6月底前完成); nothing without units."""
    if units := bracketed_units(inside):
        rest, time = time_apart(units)
        return rest, time
    rest, time = time_apart(inside)
    return (bracketed_units(rest), time) if time else ("", "")


def bracketed_units(inside: str) -> str:
    """The inside of a bracket where it names units, with 牵头, 配合 and the like or without; else nothing."""
    if looks_like_units(inside):
        return inside
    parts = [part for part in re.split(r"[；;，,。]", inside) if part.strip()]
    joints = [match["joint"] for part in parts if (match := _SHARED.search(part))]
    if not joints or len(inside) > _LONGEST or re.search(r"[:：]", inside):
        return ""
    names = [_SHARED.sub("", part) for part in parts]
    named = sum(map(looks_like_units, names))
    sure = all(joint in _PLAIN_JOINTS for joint in joints)
    if named * 3 >= 2 * len(names):
        return inside
    read = read_units(inside) if sure else None
    return inside if read and (read.lead or read.support) else ""
