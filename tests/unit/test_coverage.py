"""四有四定: what a row must have, and how a gap is named."""

from typing import Any

from rules.coverage import Mark, coverage
from rules.roster import Chain, Rung

FULL: dict[str, Any] = {
    "task": "清理楼道堆物", "lead": ["城管办"], "leader": None, "responsible": None, "source": ["任务", "C5"],
    "deadlines": [{"kind": "by"}], "methods": ["实地考察"], "standards": ["楼道无堆物"], "assessors": [], "targets": [],
}  # fmt: skip


def chain_with(*rungs: Rung) -> Any:
    def chain_of(unit: str, leader: str | None, responsible: str | None) -> Chain:
        return {rung: f"{unit}的{rung.name}" for rung in rungs}

    return chain_of


def test_a_full_row_has_every_mark() -> None:
    """A row with everything counts for each mark and leaves no gap."""
    found = coverage([("1", FULL)], chain_with(Rung.HEAD, Rung.LEADER))
    assert found.gaps == ()
    assert all(found.having[mark] == 1 for mark in Mark)


def test_each_lack_is_named_with_its_source() -> None:
    """A reader of the report finds the cell and every thing that is missing, not only the first."""
    bare = FULL | {"lead": [], "deadlines": [{"kind": "none"}], "methods": [], "standards": []}
    (gap,) = coverage([("7", bare)], chain_with(Rung.LEADER)).gaps
    assert gap.source == "任务!C5"
    assert gap.lacks == (Mark.OWNER, Mark.LEADER, Mark.DEADLINE, Mark.METHOD, Mark.CHECK)


def test_a_unit_without_a_leader_is_a_gap() -> None:
    """A chain that ends at the head of the unit has nobody above who is accountable (责任领导)."""
    (gap,) = coverage([("1", FULL)], chain_with(Rung.RESPONSIBLE, Rung.HEAD)).gaps
    assert gap.lacks == (Mark.LEADER,)


def test_an_assessor_is_a_check() -> None:
    """Where no standard is written, a unit that assesses the row is check enough."""
    assessed = FULL | {"standards": [], "assessors": ["督查组"]}
    assert coverage([("1", assessed)], chain_with(Rung.LEADER)).gaps == ()
