"""Beyond the published calendar (promise 6): a deadline is provisional, says so, and is settled with a visible diff."""

from datetime import date, datetime

from sqlalchemy import select

from store.ledger import writing
from store.rescheduling import YearTable, moved_by, set_year_table
from store.schema import events
from tests.harness.office import OfficeHarness, row

day = date.fromisoformat
NOTICE_OF_2027: YearTable = {
    day("2027-01-01"): (False, "元旦"),
    day("2027-02-11"): (False, "春节"),
    day("2027-02-12"): (False, "春节"),
    day("2027-10-01"): (False, "国庆节"),
}


def lays_down(office: OfficeHarness, days: YearTable) -> list[int]:
    """The office enters next year's holidays; the duties that moved."""

    async def lay_down() -> list[int]:
        async with writing(office.office.store, office.now) as write:
            return [move.duty for move in await set_year_table(write, office.office.calendar, days)]

    return office._run(lay_down())


def test_a_time_limit_in_an_unpublished_year_is_provisional_and_says_so(office: OfficeHarness) -> None:
    """Due in 2026 is settled, due in 2027 is not, and the reader of the notice knows which."""
    office.on("2026-03-02").publishes(row("今年完成的任务", due="2026-12-31"), row("明年完成的任务", due="2027-02-12"))
    assert [office.duty(number).provisional for number in (1, 2)] == [False, True]
    office.passes(days=1)
    message = office.last_message_to("城管员")
    assert "今年完成的任务\n  市城管局；时限 2026-12-31 23:59 (" in message
    assert "明年完成的任务\n  市城管局；时限 2027-02-12 23:59（暂定，放假安排未公布） (" in message
    office.ignores_news()


def test_an_extension_into_next_year_becomes_provisional(office: OfficeHarness) -> None:
    """延期 moves the time limit beyond the published holidays."""
    office.on("2026-03-02").publishes(row(due="2026-11-30"))
    assert not office.duty().provisional
    office.does("创建办主任", "extend", reason="跨年工程", due=day("2027-03-31"))
    assert office.duty().provisional
    office.passes(days=1).ignores_news()
    assert "暂定" in office.last_message_to("城管员")


def test_publishing_the_holidays_settles_it_and_moves_the_steps_visibly(office: OfficeHarness) -> None:
    """Two days of 春节 become rest: the reminder comes earlier, the ledger keeps both instants, the mark is gone."""
    office.on("2026-03-02").publishes(row(due="2027-02-15"))  # a Monday
    office.does("城管员", "accept")
    office.passes(days=1).ignores_news()
    before = office.duty().next_action_at
    seen = office._run(foreseen(office))
    assert seen == [1]
    assert office.duty().provisional  # looking changes nothing
    assert lays_down(office, NOTICE_OF_2027) == [1]
    duty = office.duty()
    assert not duty.provisional
    # Three working days before Monday 15 February: Wednesday the 10th until now, Monday the 8th with 春节.
    zone = office.now.tzinfo
    assert [f"{at.astimezone(zone):%m-%d}" for at in (before, duty.next_action_at)] == ["02-10", "02-08"]
    (event,) = office.rows(select(events).where(events.c.kind == "duty.rescheduled"))
    assert [datetime.fromisoformat(event.data[which]) for which in ("was", "now")] == [before, duty.next_action_at]


async def foreseen(office: OfficeHarness) -> list[int]:
    async with office.office.store.reading() as connection:
        return [move.duty for move in await moved_by(connection, office.office.calendar, NOTICE_OF_2027)]


def test_laying_down_the_same_year_again_moves_nothing(office: OfficeHarness) -> None:
    """The same notice twice: no second event."""
    office.on("2026-03-02").publishes(row(due="2027-02-15"))
    assert lays_down(office, NOTICE_OF_2027) == [1]
    assert lays_down(office, NOTICE_OF_2027) == []
    office.cycle()
    office.ignores_news()


def test_the_ladder_climbs_by_the_holidays_once_they_are_known(office: OfficeHarness) -> None:
    """What falls due after the notice counts its working days: the head hears two days worked after 春节."""
    office.on("2027-01-25").publishes(row(due="2027-02-10"))
    office.does("城管员", "accept")
    office.until("2027-01-29").ignores_news()
    lays_down(office, NOTICE_OF_2027)
    office.until("2027-02-16")
    assert office.news() == [
        "02-05 城管员 到期前提醒 D1",
        "02-09 城管员 临期提醒 D1",
        "02-15 城管员 逾期催办 D1",
        "02-16 城管局长 蓝色督办单 D1",
    ]
