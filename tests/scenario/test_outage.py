"""After an outage (promise 3): caught up in order, no rung skipped, stale reminders collapsed into one."""

from sqlalchemy import select

from store.schema import duties, events, steps
from tests.harness.office import OfficeHarness, row


def accepted(office: OfficeHarness, due: str, on: str = "2026-03-02") -> None:
    office.on(on).publishes(row(due=due))
    office.does("城管员", "accept")
    office.cycle()
    office.news()


def test_three_weeks_without_a_cycle_are_caught_up_in_order(office: OfficeHarness) -> None:
    """Off from 6 to 26 March: every rung is taken in order, with the day it fell due; reminders are not told."""
    accepted(office, due="2026-03-12")
    office.until("2026-03-06")
    office.on("2026-03-27").cycle()
    taken = office.rows(select(steps).order_by(steps.c.event_id))
    zone = office.now.tzinfo
    assert [(s.step, f"{s.planned_at.astimezone(zone):%m-%d %H:%M}", s.told) for s in taken] == [
        ("reminder_3", "03-09 09:00", False),
        ("reminder_1", "03-11 09:00", False),
        ("overdue", "03-12 23:59", True),
        ("blue", "03-16 09:00", True),
        ("yellow", "03-19 09:00", True),
        ("red", "03-26 09:00", True),
    ]
    assert {s.taken_at for s in taken} == {office.now.astimezone(s.taken_at.tzinfo) for s in taken}
    assert office.news() == [
        "03-27 城管员 逾期催办 D1",
        "03-27 城管局长 蓝色督办单 D1",
        "03-27 分管副市长 黄色督办单 D1",
        "03-27 市长 红色督办单 D1",
    ]


def test_a_reminder_that_is_still_timely_is_told_once(office: OfficeHarness) -> None:
    """Back the day before the time limit: one reminder, not two."""
    accepted(office, due="2026-03-12")
    office.on("2026-03-11", at="10:00").cycle()
    assert office.news() == ["03-11 城管员 临期提醒 D1"]
    told = office.rows(select(steps.c.step, steps.c.told).order_by(steps.c.event_id))
    assert [tuple(one) for one in told] == [("reminder_3", False), ("reminder_1", True)]


def test_after_catching_up_the_ladder_goes_on_as_if_nothing_had_been(office: OfficeHarness) -> None:
    """The steps to come keep their days; the outage moved none of them."""
    accepted(office, due="2026-03-12")
    office.on("2026-03-20", at="15:00").cycle()
    office.news()
    office.until("2026-03-31")
    assert office.news() == [
        "03-26 市长 红色督办单 D1",
        "03-31 城管局长 说明情况 D1",
        "03-31 组长 说明情况 D1",
    ]


def test_the_event_of_a_step_taken_late_tells_both_days(office: OfficeHarness) -> None:
    """Promise 10: when it should have been, and when it was."""
    accepted(office, due="2026-03-12")
    office.on("2026-03-20", at="15:00").cycle()
    office.news()
    (event,) = office.rows(
        select(events).where(events.c.kind == "duty.step", events.c.data["step"].as_string() == "blue")
    )
    assert event.data["planned_at"] == "2026-03-16T09:00:00+08:00"
    assert event.at == office.now
    assert (event.data["offset"], event.data["anchor"], event.data["policy"]) == ("P2WD", "due", 1)


def test_missed_occurrences_are_opened_and_climb_from_the_day_they_were_told(office: OfficeHarness) -> None:
    """Daily duties of three days without a cycle: all there, in order; only the one that was known goes to the head."""
    office.on("2026-03-02").publishes(row(every="FREQ=DAILY"))
    office.cycle()
    office.on("2026-03-05").cycle()
    keys = [d.occurrence for d in office.rows(select(duties.c.occurrence).order_by(duties.c.id))]
    assert keys == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]
    assert office.messages_to("城管员") == 2  # one digest before, one after
    assert [line for line in office.news() if "城管局长" in line] == ["03-05 城管局长 蓝色督办单 D1"]
    office.passes(days=1)
    assert {line for line in office.news() if "城管局长" in line} == {
        "03-06 城管局长 蓝色督办单 D2",
        "03-06 城管局长 蓝色督办单 D3",
        "03-06 城管局长 蓝色督办单 D4",
    }


def test_after_an_outage_each_person_gets_one_message(office: OfficeHarness) -> None:
    """Twenty duties overdue in one outage: one digest a person, however many rungs were missed."""
    office.on("2026-03-02").publishes(*(row(f"第{n}项任务：清理点位", due="2026-03-12") for n in range(20)))
    for duty in range(1, 21):
        office.does("城管员", "accept", duty=duty)
    office.cycle()
    before = office.messages_to("城管员")
    office.on("2026-03-27").cycle()
    people = ("城管员", "城管局长", "分管副市长", "市长")
    assert [office.messages_to(one) for one in people] == [before + 1, 1, 1, 1]
    office.inbox("城管局长").expects("蓝色督办单", times=20)
    office.ignores_news()


def test_what_people_did_in_the_outage_counts(office: OfficeHarness) -> None:
    """Reported while the engine was down: the unit is not chased for what it has done."""
    accepted(office, due="2026-03-12")
    office.on("2026-03-10").does("城管员", "report")
    office.on("2026-03-27").cycle()
    assert office.news() == ["03-27 创建办主任 申报办结 D1", "03-27 创建办主任 请核验销号 D1"]


def test_a_repeated_run_for_a_past_instant_is_harmless(office: OfficeHarness) -> None:
    """After an outage every late run of a schedule runs: the second and third find nothing to do."""
    accepted(office, due="2026-03-12")
    first = office.on("2026-03-27").cycle()
    assert first.total() == 6
    assert office.cycle().total() == 0
    before = office.news()
    office.cycle()
    assert (len(before), office.news()) == (4, [])
