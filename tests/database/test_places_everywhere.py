"""Places replaced on either database: retired and back, corrected on the day."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from rules.places import Area, Assignment, Part, Places, Site, StandardItem
from rules.policy import Severity
from store.inspection_schema import assignments, standards
from tests.harness.office import OfficeHarness

MONDAY = date(2026, 3, 2)
ITEM = StandardItem("市场", "M1", "无占道", "占道经营")


def listed(count: int, unit: str, today: date = MONDAY) -> Places:
    names = [f"{number}号市场" for number in range(count)]
    return Places(
        {"城东": Area("城东")},
        {name: Site(name, "市场", "城东") for name in names},
        [ITEM],
        [Assignment(f"site:{name}", Part.UNIT, unit, today) for name in names],
    )


def test_what_leaves_the_list_is_retired_and_comes_back(anywhere: OfficeHarness) -> None:
    """Nothing is deleted: a site and an item go and return under their names, and who held them is known throughout."""
    office = anywhere.on("2026-03-02")
    assert office.lists(listed(2, "市城管局")) == {
        "area.added": 1, "site.added": 2, "standard.added": 1, "assignment.begun": 2,
    }  # fmt: skip
    smaller = replace(listed(1, "市城管局"), standards=[])
    assert office.on("2026-03-09").lists(smaller) == {
        "site.retired": 1, "standard.retired": 1, "assignment.ended": 1,
    }  # fmt: skip
    assert (set(office.places().sites), office.places().standards) == ({"0号市场"}, [])
    assert [row.retired_at for row in office.rows(select(standards))] == [office.now]

    back = replace(listed(2, "市城管局"), standards=[replace(ITEM, severity=Severity.URGENT)])
    assert office.on("2026-03-16").lists(back) == {"site.added": 1, "standard.added": 1, "assignment.begun": 1}
    known = office.places()
    assert (set(known.sites), known.standards) == (set(back.sites), back.standards)
    days = (MONDAY, MONDAY + timedelta(days=7), MONDAY + timedelta(days=14))
    assert [known.holders("1号市场", Part.UNIT, day) for day in days] == [("市城管局",), (), ("市城管局",)]


def test_a_name_corrected_on_the_day_never_held(anywhere: OfficeHarness) -> None:
    """The second import of a day replaces the first, without a holder for no day at all."""
    office = anywhere.on("2026-03-02")
    office.lists(listed(1, "市城管局"))
    assert office.lists(listed(1, "市教育局")) == {"assignment.dropped": 1, "assignment.begun": 1}
    assert [row.holder for row in office.rows(select(assignments))] == ["市教育局"]
