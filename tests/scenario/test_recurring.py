"""What recurs (频次): one duty an occurrence, opened in its time, each with a life of its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from rules.reading import Deadline, DeadlineKind, TableRow
from store.schema import duties
from tests.harness.office import OfficeHarness, row

STANDING = Deadline("长期坚持", DeadlineKind.STANDING)


def occurrences(office: OfficeHarness, unit: str = "市城管局") -> list[str]:
    """Every duty of a unit as "key: opened → due", in the order of opening."""
    zone = office.now.tzinfo
    query = select(duties).where(duties.c.unit == unit).order_by(duties.c.id)
    return [
        f"{duty.occurrence}: {duty.opened_at.astimezone(zone):%m-%d} → {duty.due_at.astimezone(zone):%m-%d}"
        for duty in office.rows(query)
    ]


def test_twice_a_day_is_two_duties_every_day(office: OfficeHarness) -> None:
    """每日两次: two duties a day, rest days too, each overdue when the day is over."""
    office.on("2026-03-05").publishes(row(every="FREQ=DAILY;X-COUNT=2"))
    office.until("2026-03-08")
    assert occurrences(office) == [
        f"2026-03-0{day}#{nth}: 03-0{day} → 03-0{day}" for day in (5, 6, 7, 8) for nth in (1, 2)
    ]
    office.does("城管员", "report", duty=8)
    office.until("2026-03-09")
    assert (office.steps(7), office.steps(8)) == ([(1, "overdue"), (1, "blue")], [])
    office.ignores_news()


def test_every_friday(office: OfficeHarness) -> None:
    """每周五: the week's duty opens on Monday and is due on Friday, over 清明 as well."""
    office.on("2026-03-24").publishes(row(every="FREQ=WEEKLY;BYDAY=FR"))
    office.until("2026-04-13")
    assert occurrences(office) == [
        "2026-W13: 03-24 → 03-27",
        "2026-W14: 03-30 → 04-03",
        "2026-W15: 04-06 → 04-10",
        "2026-W16: 04-13 → 04-17",
    ]
    office.ignores_news()


def test_every_month_by_a_day(office: OfficeHarness) -> None:
    """每月25日前, and the end of a short month where the day does not exist."""
    office.on("2026-01-20").publishes(
        row(every="FREQ=MONTHLY;BYMONTHDAY=25"), row("月末盘点", "市教育局", every="FREQ=MONTHLY;BYMONTHDAY=31")
    )
    office.until("2026-03-31", every=5)
    assert occurrences(office) == [
        "2026-01: 01-20 → 01-25",
        "2026-02: 02-04 → 02-25",
        "2026-03: 03-01 → 03-25",
    ]
    assert [one.split("→ ")[1] for one in occurrences(office, "市教育局")] == ["01-31", "02-28", "03-31"]
    office.ignores_news()


def test_every_quarter_and_half_year(office: OfficeHarness) -> None:
    """每季度、每半年: calendar quarters, whenever the table was published."""
    office.on("2026-02-10").publishes(
        row(every="FREQ=MONTHLY;INTERVAL=3"), row("半年自查", "市教育局", every="FREQ=MONTHLY;INTERVAL=6")
    )
    office.until("2026-07-01", every=47)
    assert occurrences(office) == [
        "2026-Q1: 02-10 → 03-31",
        "2026-Q2: 05-15 → 06-30",  # a cycle every 47 days opens it late, and once
        "2026-Q3: 07-01 → 09-30",
    ]
    assert occurrences(office, "市教育局") == ["2026-H1: 02-10 → 06-30", "2026-H2: 07-01 → 12-31"]
    office.ignores_news()


def test_standing_duties_answer_at_the_policys_cadence(office: OfficeHarness) -> None:
    """长期坚持 is no deadline for ever: it answers every quarter, as the policy says."""
    office.on("2026-02-10").publishes(replace(row(), deadlines=(STANDING,)))
    office.until("2026-04-01", every=10)
    assert occurrences(office) == ["2026-Q1: 02-10 → 03-31", "2026-Q2: 04-01 → 06-30"]
    office.ignores_news()


def in_phase(start: str, due: str, rule: str) -> TableRow:
    window = Deadline("阶段", DeadlineKind.WINDOW, start=date.fromisoformat(start), due=date.fromisoformat(due))
    return replace(row(), deadlines=(window, Deadline("每周", DeadlineKind.RECURRING, rrule=rule)))


def test_weekly_within_a_phase(office: OfficeHarness) -> None:
    """集中整治阶段内每周: nothing before it begins, nothing after it ends, the last week ends with it."""
    office.on("2026-03-02").publishes(in_phase("2026-03-11", "2026-03-25", "FREQ=WEEKLY"))
    office.until("2026-03-26").until("2026-04-20", every=5)
    assert occurrences(office) == [
        "2026-W11: 03-11 → 03-15",
        "2026-W12: 03-16 → 03-22",
        "2026-W13: 03-23 → 03-25",
    ]
    office.ignores_news()


def test_a_window_opens_on_its_first_day(office: OfficeHarness) -> None:
    """3月15日至4月15日: silent until then, then one duty."""
    office.on("2026-03-02").publishes(row(start="2026-03-15", due="2026-04-15"))
    assert office.until("2026-03-14").news() == []
    office.until("2026-03-16")
    assert occurrences(office) == ["once: 03-15 → 04-15"]
    assert office.news() == ["03-16 城管员 新任务 D1"]


def test_a_window_that_lies_years_ahead_is_not_forgotten(office: OfficeHarness) -> None:
    """A three-year plan: what begins in the third year opens in the third year."""
    office.on("2026-03-02").publishes(row(start="2028-03-01", due="2028-05-31"))
    office.until("2028-03-01", every=90)
    assert [one.split(": ")[0] for one in occurrences(office)] == ["once"]
    office.ignores_news()


def test_an_occurrence_handed_over_leaves_the_next_where_the_table_puts_it(office: OfficeHarness) -> None:
    """移交 moves one occurrence; it is neither opened a second time nor does it take the later ones along."""
    once_and_monthly = replace(
        row(),
        deadlines=(
            Deadline("3月底前", DeadlineKind.BY, due=date(2026, 3, 31)),
            Deadline("每月", DeadlineKind.RECURRING, rrule="FREQ=MONTHLY"),
        ),
    )
    office.on("2026-03-02").publishes(once_and_monthly)
    for duty in (1, 2):
        office.does("创建办主任", "hand_over", duty=duty, reason="职能划转", unit="市教育局")
    office.until("2026-04-02")
    assert [one.split(":")[0] for one in occurrences(office, "市教育局")] == ["once", "2026-03"]
    assert occurrences(office) == ["2026-04: 04-01 → 04-30"]
    office.ignores_news()


def test_opening_ahead_opens_the_next_in_good_time(office: OfficeHarness) -> None:
    """An office that wants to see next month's duties ten days early gets each of them once."""
    office.adopts(lambda _: {"open_ahead_days": 10})
    office.on("2026-03-02").publishes(row(every="FREQ=MONTHLY"))
    office.until("2026-04-02")
    assert occurrences(office) == ["2026-03: 03-02 → 03-31", "2026-04: 03-22 → 04-30"]
    office.ignores_news()


@pytest.mark.parametrize("pause", [1, 3, 7])
def test_how_often_the_cycle_runs_changes_no_occurrence(office: OfficeHarness, pause: int) -> None:
    """Daily, every third day or weekly: in the end the same duties are there, with the same time limits."""
    office.on("2026-03-02").publishes(row(every="FREQ=WEEKLY;BYDAY=TU,FR"))
    office.until("2026-04-05", every=pause)
    first, last = date(2026, 3, 3), date(2026, 4, 3)
    due = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    expected = [f"{day:%m-%d}" for day in due if day.weekday() in (1, 4)]
    assert sorted(one.split("→ ")[1] for one in occurrences(office)) == expected
    office.ignores_news()
