"""The organisation retold from the ledger: who was there, in which unit, and which days were worked."""

from datetime import date

from rules.roster import Person, Role, Roster, Unit
from store.past import Organisation


def unit(name: str, leader: str | None = None) -> dict[str, object]:
    return {"key": name, "kind": "局", "aliases": [], "responsible": None, "head": None, "leader": leader}


def person(name: str, unit: str | None = None) -> dict[str, object]:
    return {"key": name, "name": name, "title": "科员", "unit": unit, "superior": None, "roles": ["office"]}


def test_the_last_word_about_someone_holds() -> None:
    """Added, then changed: the unit has the leader it was given last, the person the roles they were told with."""
    then = Organisation()
    then.take("unit.added", unit("甲局", leader="张三"))
    then.take("unit.changed", unit("甲局", leader="李四"))
    then.take("person.added", person("李四"))
    leader = Person("李四", "李四", "科员", roles=frozenset({Role.OFFICE}))
    assert then.roster == Roster({"甲局": Unit("甲局", "局", leader="李四")}, {"李四": leader})


def test_who_has_left_answers_for_nothing_but_is_remembered() -> None:
    """撤出名册: out of every chain, though messages they got still count for the unit they were in."""
    then = Organisation()
    then.take("unit.added", unit("甲局"))
    then.take("person.added", person("张三", "甲局"))
    then.take("person.retired", person("张三", "甲局"))
    then.take("unit.retired", unit("甲局"))
    assert then.roster == Roster()
    assert then.unit_of == {"张三": "甲局"}


def test_the_year_table_grows_day_by_day() -> None:
    """年度安排 laid over one another: the later word about a day holds, the other days stay."""
    then = Organisation()
    then.take("calendar.set", {"days": {"2026-03-05": [False, "放假"], "2026-03-07": [True, "补班"]}})
    then.take("calendar.set", {"days": {"2026-03-05": [True, "照常"]}})
    assert then.days == {date(2026, 3, 5): True, date(2026, 3, 7): True}
