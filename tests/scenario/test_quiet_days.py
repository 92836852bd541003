"""Quiet hours and rest days through the whole house (promise 5): held back, then one digest, and nothing is lost."""

from datetime import date

from sqlalchemy import select

from rules.policy import Severity
from rules.worktime import WorkCalendar
from store.schema import messages
from tests.harness.office import OfficeHarness, row

HEAD = "城管局长"


def left_at(office: OfficeHarness, person: str) -> list[str]:
    """When each message to a person was made up and left."""
    query = select(messages.c.created_at).where(messages.c.recipient == person).order_by(messages.c.id)
    return [f"{m.created_at.astimezone(office.now.tzinfo):%m-%d %H:%M}" for m in office.rows(query)]


def test_one_digest_after_the_national_holiday(office: OfficeHarness) -> None:
    """Five duties fall due over 国庆: silence for a week, then one message with all five."""
    days = ("2026-09-30", "2026-10-01", "2026-10-03", "2026-10-05", "2026-10-07")
    office.on("2026-09-28").publishes(*(row(f"第{n}项任务：假日保障", due=day) for n, day in enumerate(days)))
    for duty in range(1, 6):
        office.does("城管员", "accept", duty=duty)
    office.until("2026-09-30").ignores_news()
    before = office.messages_to("城管员")
    office.until("2026-10-07")
    assert (office.messages_to("城管员"), office.news()) == (before, [])
    office.until("2026-10-08")
    assert office.messages_to("城管员") == before + 1
    assert office.news() == [f"10-08 城管员 逾期催办 D{duty}" for duty in range(1, 6)]


def test_a_weekend_is_quiet(office: OfficeHarness) -> None:
    """Due on a Friday: the word that it is overdue comes on Monday."""
    office.on("2026-03-09").publishes(row(due="2026-03-13"))
    office.does("城管员", "accept")
    office.until("2026-03-13").ignores_news()
    assert office.until("2026-03-15").news() == []
    assert office.until("2026-03-16").news() == ["03-16 城管员 逾期催办 D1"]


def test_what_a_person_does_at_night_is_told_in_the_morning(office: OfficeHarness) -> None:
    """Reported at 22:00: the office reads it at eight, not before."""
    office.on("2026-03-09").publishes(row(due="2026-03-31"))
    office.does("城管员", "accept")
    office.cycle()
    office.news()
    office.on("2026-03-09", at="22:00").does("城管员", "report")
    office.cycle()
    assert office.news() == []
    office.on("2026-03-10", at="07:59").cycle()
    assert office.news() == []
    office.on("2026-03-10", at="08:00").cycle()
    assert office.news() == ["03-10 创建办主任 申报办结 D1"]


def test_the_gravest_rung_is_not_held_back(office: OfficeHarness) -> None:
    """A red order falls due while the engine is down and is caught up on a Saturday: it leaves at once, alone."""
    office.on("2026-03-02").publishes(row(due="2026-03-06"))
    office.does("城管员", "accept")
    office.until("2026-03-16").ignores_news()
    office.on("2026-03-21", at="23:00").cycle()  # Saturday night
    assert office.news() == ["03-21 市长 红色督办单 D1"]


def test_a_delivery_that_comes_late_keeps_the_quiet(office: OfficeHarness) -> None:
    """Written on Friday, but nothing delivered until Saturday: it waits for Monday all the same."""
    office.on("2026-03-13", at="17:00").publishes(row(due="2026-03-31"))
    assert office.on("2026-03-14", at="09:30").cycle().total() == 0
    assert (office.news(), office.breaches()) == ([], [])
    office.on("2026-03-16", at="07:00").cycle()
    assert office.news() == []
    office.on("2026-03-16", at="08:00").cycle()
    assert office.news() == ["03-16 城管员 新任务 D1"]
    office.does("城管员", "accept")


def test_a_message_on_its_way_when_quiet_begins_waits_too(office: OfficeHarness) -> None:
    """Made up at 19:59 but not yet sent (the channel was busy): nothing leaves at 20:01."""
    office.on("2026-03-09", at="19:59").publishes(row(due="2026-03-31"))
    office.bundles()
    office.on("2026-03-09", at="20:01").cycle()
    assert office.rows(select(messages.c.outcome)) == [(None,)]
    office.on("2026-03-10", at="08:00").cycle()
    assert office.rows(select(messages.c.outcome)) == [("accepted",)]
    assert left_at(office, "城管员") == ["03-09 19:59"]
    office.does("城管员", "accept")
    office.ignores_news()


def test_nothing_ever_leaves_in_quiet_hours_but_what_is_grave_enough(office: OfficeHarness) -> None:
    """Four cycles a day for three weeks over 清明, nights and weekends included, with silent duties of every kind."""
    office.on("2026-03-23").publishes(
        row("第一项：长期失管", due="2026-03-25"), row("第二项：每周巡查", "市教育局", every="FREQ=WEEKLY;BYDAY=SU")
    )
    for passed in range(21):
        day = date.fromordinal(office.now.date().toordinal() + (passed > 0))
        for at in ("00:30", "07:59", "12:00", "21:00"):
            if passed or at > "09:30":
                office.on(day.isoformat(), at=at).cycle()
    calendar = WorkCalendar()
    for message in office.rows(select(messages)):
        local = calendar.local(message.settled_at)
        awake = calendar.is_workday(local.date()) and 8 <= local.hour < 20
        assert awake or message.severity == Severity.URGENT, local
    office.ignores_news()
