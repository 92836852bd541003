"""What is wrong inside a roster: found all at once, each with its place."""

from collections.abc import Iterable

from rules.roster import Contact, Person, Roster, Unit, UnitGroup
from rules.roster_problems import Record, problems


def roster(units: Iterable[Unit] = (), people: Iterable[Person] = (), groups: Iterable[UnitGroup] = ()) -> Roster:
    return Roster(
        units={unit.name: unit for unit in units},
        people={person.key: person for person in people},
        groups={group.name: group for group in groups},
    )


def places(of: Roster) -> set[tuple[Record, str, str]]:
    return {(one.record, one.key, one.field) for one in problems(of)}


HEAD = Person("李四", "李四")


def test_a_sound_roster_has_no_problems() -> None:
    """Nothing is asked of an office whose roster is in order."""
    unit = Unit("城管科", aliases=("城管",), head="李四")
    contacts = (Contact("inbox", "李四"), Contact("email", "li@example.com"), Contact("sms", "138 0000 0000"))
    head = Person("李四", "李四", unit="城管科", contacts=contacts)
    assert problems(roster([unit], [head], [UnitGroup("各科室", ("城管科",))])) == ()


def test_unknown_names_are_found_wherever_they_stand() -> None:
    """A name without a record behind it would silently drop a rung, a member or a right."""
    unit = Unit("城管科", responsible="甲", head="李四", leader="乙")
    person = Person("王五", "王五", unit="城建科", superior="丙")
    group = UnitGroup("各科室", ("城管科", "宣传科"))
    assert places(roster([unit], [HEAD, person], [group])) == {
        (Record.UNIT, "城管科", "responsible"),
        (Record.UNIT, "城管科", "leader"),
        (Record.PERSON, "王五", "unit"),
        (Record.PERSON, "王五", "superior"),
        (Record.GROUP, "各科室", "members"),
    }


def test_an_unknown_name_comes_with_near_ones() -> None:
    """The message helps to correct a slip of the pen."""
    (found,) = problems(roster([Unit("城管科", head="李四")], [HEAD, Person("王五", "王五", unit="城管课")]))
    assert "城管科" in found.message.zh
    assert "城管科" in found.message.en


def test_a_loop_of_superiors_is_told_once_with_its_names_in_order() -> None:
    """甲 → 乙 → 丙 → 甲 is one problem; who only leads into the loop is not to blame."""
    line = {"外": "甲", "甲": "乙", "乙": "丙", "丙": "甲"}
    (found,) = problems(roster(people=[Person(name, name, superior=above) for name, above in line.items()]))
    assert (found.record, found.key, found.field) == (Record.PERSON, "甲", "superior")
    assert "甲 → 乙 → 丙 → 甲" in found.message.zh


def test_being_ones_own_superior_is_a_loop() -> None:
    """The smallest loop there is."""
    assert places(roster(people=[Person("甲", "甲", superior="甲")])) == {(Record.PERSON, "甲", "superior")}


def test_one_name_for_two_units_or_groups_clashes() -> None:
    """城管 for two units could mean either, also where only width or spaces differ, or where one is a group."""
    units = [Unit("城管科", aliases=("ＣＧ",), head="李四"), Unit("执法队", aliases=("cg", "城 管科"), head="李四")]
    found = places(roster(units, [HEAD], [UnitGroup("执法队", ("城管科",))]))
    assert found == {(Record.UNIT, "执法队", "aliases"), (Record.GROUP, "执法队", "name")}
    assert len(problems(roster(units, [HEAD]))) == 2


def test_a_unit_may_repeat_its_own_name_among_its_short_names() -> None:
    """Harmless, so not worth a question."""
    assert problems(roster([Unit("城管科", aliases=("城管科",), head="李四")], [HEAD])) == ()


def test_a_unit_nobody_answers_for_is_a_problem() -> None:
    """No duty without an accountable person: it shows at import."""
    assert places(roster([Unit("城管科")])) == {(Record.UNIT, "城管科", "head")}


def test_malformed_contacts_are_told_by_channel() -> None:
    """An address no channel can use is found before the first notice, not at it."""
    contacts = (Contact("email", "li.example.com"), Contact("sms", "无"), Contact("inbox", ""), Contact("wecom", "li"))
    assert places(roster(people=[Person("李四", "李四", contacts=contacts)])) == {
        (Record.PERSON, "李四", "email"),
        (Record.PERSON, "李四", "sms"),
        (Record.PERSON, "李四", "inbox"),
    }
