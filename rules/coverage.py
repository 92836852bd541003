"""Is every row covered (四有四定)? Whether each has an owner, a leader, a deadline, a method and a check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rules.language import Text
from rules.reading import DeadlineKind
from rules.roster import Chain, Rung


class Mark(StrEnum):
    """覆盖项: one of the things a row must have."""

    OWNER = "owner"
    LEADER = "leader"
    DEADLINE = "deadline"
    METHOD = "method"
    CHECK = "check"


MARK_LABELS: Mapping[Mark, Text] = {
    Mark.OWNER: Text("责任单位", "an owner"),
    Mark.LEADER: Text("责任领导", "an accountable leader"),
    Mark.DEADLINE: Text("完成时限", "a deadline"),
    Mark.METHOD: Text("测评方法", "a method"),
    Mark.CHECK: Text("标准或考核单位", "a standard or an assessor"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """缺项: a row, by its number and source, and what it lacks."""

    item_no: str | None
    task: str
    source: str
    lacks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """覆盖情况: how many rows have each mark, and every row that lacks one."""

    rows: int
    having: Mapping[Mark, int]
    gaps: tuple[Gap, ...]


Numbered = tuple[str | None, Mapping[str, Any]]
"""A row's number and its content as obligations keep it."""

ChainOf = Callable[[str, str | None, str | None], Chain]


def coverage(rows: Sequence[Numbered], chain_of: ChainOf) -> Coverage:
    """Check every row. `chain_of` gives the chain of a unit with the leader and responsible person the row names."""
    having = dict.fromkeys(Mark, 0)
    gaps = []
    for item_no, content in rows:
        found = _marks(content, chain_of)
        for mark in found:
            having[mark] += 1
        if lacks := tuple(mark for mark in Mark if mark not in found):
            source = "!".join(part for part in content["source"] if part)
            gaps.append(Gap(item_no, content["task"], source, lacks))
    return Coverage(len(rows), having, tuple(gaps))


def _marks(content: Mapping[str, Any], chain_of: ChainOf) -> set[Mark]:
    lead = content["lead"]
    chains = [chain_of(unit, content["leader"], content["responsible"]) for unit in lead]
    has = {
        Mark.OWNER: bool(lead) and all(chains),
        Mark.LEADER: bool(lead) and all(any(rung >= Rung.LEADER for rung in chain) for chain in chains),
        Mark.DEADLINE: any(deadline["kind"] != DeadlineKind.NONE for deadline in content["deadlines"]),
        Mark.METHOD: bool(content["methods"]),
        Mark.CHECK: bool(content["standards"] or content["assessors"] or content["targets"]),
    }
    return {mark for mark, there in has.items() if there}
