"""How a duty climbs, told in dates."""

from dataclasses import replace

from sqlalchemy import select

from rules.roster import Roster
from store.schema import events
from tests.harness.office import OfficeHarness, row


def test_silent_owner_reaches_the_accountable_leader(office: OfficeHarness) -> None:
    """A duty nobody accepts climbs to the leader in charge after two missed weeks."""
    office.on("2026-11-23").publishes(row(due="2026-12-04"))
    office.passes(weeks=3)
    office.inbox("分管副市长").expects("黄色督办单", about="背街小巷")
    office.inbox("市长").is_empty()
    office.news()


def test_every_rung_up_to_the_proposal_of_accountability(office: OfficeHarness) -> None:
    """Due on the last day before 国庆 and never answered: each person hears their rung, once, on a day worked."""
    office.on("2026-09-14").publishes(row(due="2026-09-30"))
    office.until("2026-11-03").until("2026-12-31", every=7)
    assert office.news() == [
        "09-15 城管员 新任务 D1",
        "09-16 城管员 提醒签收 D1",
        "09-20 城管局长 催办签收 D1",  # the Sunday worked for 国庆
        "09-24 城管员 到期前提醒 D1",
        "09-28 分管副市长 逾期未签收 D1",
        "09-29 城管员 临期提醒 D1",
        "10-08 城管员 逾期催办 D1",  # overdue at midnight, said after the holiday
        "10-09 城管局长 蓝色督办单 D1",
        "10-13 分管副市长 黄色督办单 D1",
        "10-20 市长 红色督办单 D1",
        "10-23 城管局长 说明情况 D1",
        "10-23 组长 说明情况 D1",
        "10-27 创建办主任 建议约谈 D1",
        "11-03 创建办主任 建议问责 D1",
    ]
    assert office.duty().next_action_at is None  # nothing is left to say, and nobody looks again


def test_accountability_is_proposed_to_people_never_done(office: OfficeHarness) -> None:
    """The engine proposes 约谈 and 问责 to the office; the duty itself stays as it is."""
    office.on("2026-03-02").publishes(row(due="2026-03-03"))
    office.until("2026-03-31").until("2026-05-31", every=7)
    told = [line for line in office.news() if "建议" in line]
    assert told == ["03-24 创建办主任 建议约谈 D1", "03-31 创建办主任 建议问责 D1"]
    assert (office.duty().state, office.duty().episode) == ("open", 1)


def test_a_row_for_two_units_makes_two_duties_that_climb_apart(office: OfficeHarness) -> None:
    """One is reported in time and silent from then on; the other climbs."""
    office.on("2026-03-02").publishes(row(lead=("市城管局", "市教育局"), due="2026-03-10"))
    office.does("城管员", "accept", duty=1)
    office.does("教育员", "accept", duty=2)
    office.until("2026-03-09").does("教育员", "report", duty=2)
    office.does("督查员甲", "close", duty=2)
    office.news()
    office.until("2026-03-20")
    assert office.news() == [
        "03-10 创建办主任 申报办结 D2",
        "03-10 教育员 核验销号 D2",
        "03-11 城管员 逾期催办 D1",
        "03-12 城管局长 蓝色督办单 D1",
        "03-17 分管副市长 黄色督办单 D1",
    ]


def test_a_vacant_rung_is_answered_for_from_above_and_the_event_says_so(office: OfficeHarness) -> None:
    """Nobody is left out in silence: the next above hears instead, and reads why."""
    unit = replace(office.roster.units["市城管局"], head=None)
    office.appoints(Roster({**office.roster.units, unit.name: unit}, office.roster.people))
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.does("城管员", "accept")
    office.until("2026-03-12")
    office.inbox("分管副市长").expects("蓝色督办单", times=1)
    assert "单位负责人空缺" in office.inbox("分管副市长").told[0]["reason"][0]
    (event,) = office.rows(
        select(events).where(events.c.kind == "duty.step", events.c.data["step"].as_string() == "blue")
    )
    assert (event.data["vacant"], event.data["to"]) == (["HEAD"], ["分管副市长"])
    office.news()


def test_a_unit_that_lost_everyone_falls_to_the_office(office: OfficeHarness) -> None:
    """People leave while a duty runs: no step goes to nobody."""
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.does("城管员", "accept")
    office.until("2026-03-09").news()
    left = {key: person for key, person in office.roster.people.items() if key in ("创建办主任", "督查员甲")}
    office.appoints(Roster(office.roster.units, left))
    office.until("2026-03-17")
    assert office.news() == [
        "03-11 创建办主任 逾期催办 D1",
        "03-12 创建办主任 蓝色督办单 D1",
        "03-17 创建办主任 黄色督办单 D1",
    ]


def test_a_duty_keeps_the_policy_it_was_opened_under(office: OfficeHarness) -> None:
    """The office loosens its rules: what was opened before climbs as it was told, what comes after by the new ones."""
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.adopts(lambda policy: {"ladders": {**policy.ladders, "standard": policy.ladders["routine"][:1]}})
    office.publishes(row(task="更新公益广告", due="2026-03-10"), title="另一张表")
    for duty in (1, 2):
        office.does("城管员", "accept", duty=duty)
    office.until("2026-03-13").news()
    assert [key for _, key in office.steps(1)] == ["reminder_3", "reminder_1", "overdue", "blue"]
    assert [key for _, key in office.steps(2)] == ["overdue"]
