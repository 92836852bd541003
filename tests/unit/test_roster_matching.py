"""Matching the names a table uses against the roster: found, offered, or neither; never guessed."""

import pytest

from rules.matching import Match
from rules.roster import Person, Roster, Unit, UnitGroup
from rules.roster_index import RosterIndex

UNITS = (
    Unit("市城市管理局（综合执法局）", aliases=("市城管局",), head="张三（城管）"),
    Unit("市住房和城乡建设局", aliases=("市住建局",)),
    Unit("青禾社区"),
    Unit("青苗社区"),
    Unit("ABC科", aliases=("第1科",)),
)
PEOPLE = (
    Person("张三（城管）", "张三", "局长", "市城市管理局（综合执法局）"),
    Person("张三（住建）", "张三", "副局长", "市住房和城乡建设局"),
    Person("李四", "李四", "分管副市长"),
    Person("王五", "王五", "局长", "市住房和城乡建设局"),
)
INDEX = RosterIndex(
    Roster(
        units={unit.name: unit for unit in UNITS},
        people={person.key: person for person in PEOPLE},
        groups={"各社区": UnitGroup("各社区", ("青禾社区", "青苗社区"), ("辖区社区（村）",))},
    )
)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("市城市管理局（综合执法局）", "市城市管理局（综合执法局）"),
        ("市城市管理局(综合执法局)", "市城市管理局（综合执法局）"),
        ("市城市管理局", "市城市管理局（综合执法局）"),
        ("综合执法局", "市城市管理局（综合执法局）"),
        ("市城管局", "市城市管理局（综合执法局）"),
        ("市 城管局\n", "市城市管理局（综合执法局）"),
        ("市住建局（人防办）", "市住房和城乡建设局"),
        ("ａｂｃ科", "ABC科"),
        ("第１科", "ABC科"),
    ],
)
def test_a_unit_is_found_by_every_name_it_declares(written: str, unit: str) -> None:
    """Width, spaces, capitals and second names in brackets are no reason to ask the office."""
    assert INDEX.match_unit(written) == Match(unit)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("市建设局", "市住房和城乡建设局"),
        ("市城市管理执法局", "市城市管理局（综合执法局）"),
        ("市住房城乡建设局", "市住房和城乡建设局"),
        ("清禾社区", "青禾社区"),
    ],
)
def test_a_near_miss_is_offered_and_not_taken(written: str, near: str) -> None:
    """Short forms and slips of the pen are choices for the office, the likest first."""
    match = INDEX.match_unit(written)
    assert match.found is None
    assert match.near[0] == near


def test_a_name_like_no_other_offers_nothing() -> None:
    """Choices that have nothing to do with the question would only mislead."""
    assert INDEX.match_unit("省气象台") == Match(None)
    assert INDEX.match_unit("") == Match(None)


def test_a_second_name_of_two_units_is_taken_for_neither() -> None:
    """What two units declare in brackets is asked, not decided by their order."""
    units = {name: Unit(name) for name in ("城管科（创建办）", "宣传科（创建办）")}
    match = RosterIndex(Roster(units=units)).match_unit("创建办")
    assert match.found is None
    assert set(match.near) == set(units)


@pytest.mark.parametrize("written", ["李四", "分管副市长", "李四（分管副市长）", "分管副市长李四", "李四同志", "李 四"])
def test_a_person_is_found_by_name_title_or_both(written: str) -> None:
    """A 责任领导 column names people in any of these ways."""
    assert INDEX.match_person(written) == Match("李四")


def test_namesakes_are_told_apart_by_title_and_unit() -> None:
    """张三 alone could be either; a title, a unit in brackets or the row's unit settles it."""
    assert INDEX.match_person("张三") == Match(None, ("张三（城管）", "张三（住建）"))
    assert INDEX.match_person("张三（副局长）").found == "张三（住建）"
    assert INDEX.match_person("张三（市住建局）").found == "张三（住建）"
    assert INDEX.match_person("张三", unit="市住房和城乡建设局").found == "张三（住建）"


def test_a_title_many_hold_means_the_units_own() -> None:
    """局长 in the row of one bureau is that bureau's; without a unit it is asked."""
    assert INDEX.match_person("局长", unit="市城市管理局（综合执法局）").found == "张三（城管）"
    assert INDEX.match_person("市住建局局长").found == "王五"
    assert INDEX.match_person("局长").found is None


@pytest.mark.parametrize("written", ["各社区", "各 社区", "辖区社区（村）", "辖区社区(村)", "辖区社区"])
def test_a_group_expands_to_its_members(written: str) -> None:
    """A group stands for its members under its name and its other names."""
    assert INDEX.expand_group(written) == ("青禾社区", "青苗社区")


def test_what_only_resembles_a_group_is_none() -> None:
    """各小区 is not 各社区: it must be asked."""
    assert INDEX.expand_group("各小区") is None
