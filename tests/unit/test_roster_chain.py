"""Chains of accountability (责任链): who stands on which rung."""

from dataclasses import replace

from rules.chain import chain_of
from rules.roster import Person, Roster, Rung, Unit
from rules.roster_index import RosterIndex

LINE = {
    "经办": "科长",
    "科长": "副主任甲",
    "副主任甲": "书记",
    "副主任乙": "书记",
    "书记": "领导小组",
    "领导小组": None,
}
PEOPLE = {name: Person(name, name, superior=superior) for name, superior in LINE.items()}
UNIT = Unit("城管科", responsible="经办", head="科长", leader="副主任乙")
ROSTER = Roster(units={"城管科": UNIT}, people=PEOPLE)
FULL = {
    Rung.RESPONSIBLE: "经办",
    Rung.HEAD: "科长",
    Rung.LEADER: "副主任乙",
    Rung.MAIN: "书记",
    Rung.GROUP: "领导小组",
}


def with_unit(unit: Unit) -> Roster:
    return replace(ROSTER, units={unit.name: unit})


def test_a_chain_climbs_from_the_responsible_person_to_the_leading_group() -> None:
    """The unit's leader in charge decides the line above, not the head's own superior."""
    assert chain_of(ROSTER, "城管科") == FULL


def test_without_a_leader_in_charge_the_heads_superior_stands_in() -> None:
    """An empty 分管领导 cell leaves no gap between the head and the main leader."""
    assert chain_of(with_unit(replace(UNIT, leader=None)), "城管科") == {**FULL, Rung.LEADER: "副主任甲"}


def test_without_a_head_the_line_climbs_from_the_responsible_person() -> None:
    """A unit that names only who does the work still has someone above."""
    only_doer = with_unit(Unit("城管科", responsible="科长"))
    assert chain_of(only_doer, "城管科") == {
        Rung.RESPONSIBLE: "科长",
        Rung.LEADER: "副主任甲",
        Rung.MAIN: "书记",
        Rung.GROUP: "领导小组",
    }


def test_a_row_may_name_its_own_leader_and_responsible_person() -> None:
    """责任领导 and 责任人 of a row come before the unit's own, and the line above follows that leader."""
    chain = RosterIndex(ROSTER).chain_of("城管科", leader="书记", responsible="科长")
    assert chain == {
        Rung.RESPONSIBLE: "科长",
        Rung.HEAD: "科长",
        Rung.LEADER: "书记",
        Rung.MAIN: "领导小组",
    }


def test_a_leader_nobody_knows_leaves_the_units_own_in_charge() -> None:
    """An unplaceable name is a question at import; until then the duty is not without a leader."""
    assert RosterIndex(ROSTER).chain_of("城管科", leader="某局长") == FULL


def test_a_unit_with_nobody_has_an_empty_chain() -> None:
    """Import can tell a unit nobody answers for, also one the roster does not have."""
    assert chain_of(with_unit(Unit("空科")), "空科") == {}
    assert chain_of(ROSTER, "没有的单位") == {}


def test_people_who_left_the_roster_fill_no_rung() -> None:
    """A name without a person behind it would be a rung that never hears anything."""
    assert chain_of(with_unit(Unit("城管科", responsible="离任者", head="科长")), "城管科") == {
        Rung.HEAD: "科长",
        Rung.LEADER: "副主任甲",
        Rung.MAIN: "书记",
        Rung.GROUP: "领导小组",
    }


def test_a_loop_of_superiors_ends() -> None:
    """A roster whose leaders are each other's superior cannot hang the cycle or name one leader twice above."""
    people = {name: Person(name, name, superior=above) for name, above in (("甲", "乙"), ("乙", "甲"), ("丙", "丙"))}
    roster = Roster(units={"科": Unit("科", leader="甲"), "室": Unit("室", head="丙")}, people=people)
    assert chain_of(roster, "科") == {Rung.LEADER: "甲", Rung.MAIN: "乙"}
    assert chain_of(roster, "室") == {Rung.HEAD: "丙"}
