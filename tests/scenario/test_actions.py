"""What people do to a duty, and what that does to its ladder: months under a moved clock."""

from datetime import date

import pytest
from sqlalchemy import select

from rules.lifecycle import NotAllowed
from store.acting import NoSuchDuty, NoSuchUnit
from store.schema import duties, events
from tests.harness.office import OfficeHarness, row

day = date.fromisoformat


def opened(office: OfficeHarness, on: str = "2026-03-02", due: str = "2026-03-31") -> None:
    """A duty of the city management bureau, accepted on the day it opened; who heard of it is not this story's."""
    office.on(on).publishes(row(due=due))
    office.does("城管员", "accept")
    office.cycle()
    office.news()


def test_accepting_ends_the_reminders_to_accept(office: OfficeHarness) -> None:
    """签收 in time: nobody is asked to accept; the next word comes three working days before the time limit."""
    opened(office)
    office.until("2026-03-26")
    assert office.news() == ["03-26 城管员 到期前提醒 D1"]


def test_reported_and_closed_is_silent_for_good(office: OfficeHarness) -> None:
    """申报、核验、销号: the office hears of the report, the unit of the close, and then nothing ever again."""
    opened(office)
    office.until("2026-03-10").does("城管员", "report")
    office.passes(days=1).does("督查员甲", "close")
    office.passes(days=1).until("2026-06-30", every=7)
    assert office.news() == ["03-11 创建办主任 申报办结 D1", "03-12 城管员 核验销号 D1"]
    closed = office.duty()
    assert (closed.state, closed.next_action_at) == ("closed", None)


def test_a_report_nobody_verifies_is_the_offices_to_be_reminded_of(office: OfficeHarness) -> None:
    """The unit has done its part: it hears nothing, even past the time limit; the office is reminded once."""
    opened(office)
    office.until("2026-03-10").does("城管员", "report")
    office.until("2026-03-13").until("2026-05-31", every=7)
    assert office.news() == ["03-11 创建办主任 申报办结 D1", "03-12 创建办主任 请核验销号 D1"]


def test_returned_work_starts_a_new_episode(office: OfficeHarness) -> None:
    """退回返工 after the time limit: the unit and its head hear why, and the ladder begins again from there."""
    opened(office)
    office.until("2026-04-02").does("城管员", "report")
    assert office.steps() == [(1, "reminder_3"), (1, "reminder_1"), (1, "overdue"), (1, "blue")]
    office.until("2026-04-07").does("督查员甲", "return", reason="照片与点位不符")
    office.news()
    office.until("2026-04-14")
    assert office.news() == [
        "04-08 城管员 退回返工 D1",
        "04-08 城管局长 退回返工 D1",
        "04-08 城管员 逾期催办 D1",
        "04-09 城管局长 蓝色督办单 D1",
        "04-14 分管副市长 黄色督办单 D1",
    ]
    assert [step for step in office.steps() if step[0] == 2] == [(2, "overdue"), (2, "blue"), (2, "yellow")]


def test_nobody_verifies_what_they_reported(office: OfficeHarness) -> None:
    """Promise 8 through the whole house: the office enters a report for the unit, a supervisor must verify it."""
    opened(office)
    office.does("创建办主任", "report")
    with pytest.raises(NotAllowed, match="独立核验人"):
        office.does("创建办主任", "close")
    office.does("督查员乙", "close")
    office.passes(days=1)
    assert office.news() == ["03-03 创建办主任 申报办结 D1", "03-03 城管员 核验销号 D1"]


def test_an_extension_is_asked_for_granted_and_counts(office: OfficeHarness) -> None:
    """延期: while it waits only the office is reminded; granted, the new time limit starts a fresh ladder."""
    opened(office)
    office.until("2026-03-25").does("城管员", "ask_extension", reason="汛期停工", due=day("2026-05-15"))
    office.until("2026-03-30")
    assert office.news() == ["03-26 创建办主任 申请延期 D1", "03-27 创建办主任 请答复申请 D1"]
    office.does("创建办主任", "extend", reason="同意", due=day("2026-05-15"))
    office.passes(days=1).until("2026-05-11", every=7).until("2026-05-19")
    assert office.news() == [
        "03-31 城管员 准予延期 D1",
        "05-12 城管员 到期前提醒 D1",
        "05-14 城管员 临期提醒 D1",
        "05-18 城管员 逾期催办 D1",
        "05-19 城管局长 蓝色督办单 D1",
    ]
    assert (office.duty().episode, office.duty().pending) == (2, None)


def test_a_refusal_after_the_time_limit_puts_the_ladder_off_by_the_wait(office: OfficeHarness) -> None:
    """Asked the day before it was due, refused eight days later: overdue counts from the answer, not from before."""
    opened(office)
    office.until("2026-03-30").news()
    office.does("城管员", "ask_extension", reason="缺材料", due=day("2026-04-30"))
    office.until("2026-04-07").does("创建办主任", "refuse", reason="工期足够")
    office.until("2026-04-14")
    assert office.news() == [
        "03-31 创建办主任 申请延期 D1",
        "04-01 创建办主任 请答复申请 D1",
        "04-07 创建办主任 请答复申请 D1",
        "04-08 城管员 不予同意 D1",
        "04-08 城管员 逾期催办 D1",
        "04-09 城管局长 蓝色督办单 D1",
        "04-14 分管副市长 黄色督办单 D1",
    ]
    assert office.duty().episode == 1  # a refusal is no second chance


def test_a_refusal_in_good_time_changes_nothing(office: OfficeHarness) -> None:
    """Asked and refused weeks before: reminders come before the time limit and overdue on it."""
    opened(office)
    office.until("2026-03-04").does("城管员", "dispute", reason="不属我局")
    office.until("2026-03-05").does("创建办主任", "refuse", reason="职责清单第三条")
    office.until("2026-04-02")
    assert office.news() == [
        "03-05 创建办主任 提出异议 D1",
        "03-06 城管员 不予同意 D1",
        "03-26 城管员 到期前提醒 D1",
        "03-30 城管员 临期提醒 D1",
        "04-01 城管员 逾期催办 D1",
        "04-02 城管局长 蓝色督办单 D1",
    ]


def test_waiting_for_the_office_is_not_held_against_an_acceptance(office: OfficeHarness) -> None:
    """A unit that disputes instead of accepting is not reported as silent the moment the office answers."""
    office.on("2026-03-02").publishes(row(due="2026-06-30"))
    office.does("城管员", "dispute", reason="不属我局")
    office.until("2026-03-20").does("创建办主任", "refuse", reason="仍由你局负责")
    office.news()
    office.until("2026-03-24")
    assert office.news() == ["03-23 城管员 不予同意 D1", "03-24 城管员 提醒签收 D1"]


def test_a_second_request_is_not_forgotten(office: OfficeHarness) -> None:
    """Refused once, asked again in the same episode: the office is reminded of the second as well."""
    opened(office, due="2026-06-30")
    for asked, answered in (("2026-03-09", "2026-03-12"), ("2026-03-16", "2026-03-19")):
        office.until(asked).does("城管员", "ask_suspension", reason="等上级批复")
        office.until(answered).does("创建办主任", "refuse", reason="可先行准备")
    office.passes(days=1)
    assert office.news() == [
        "03-10 创建办主任 申请挂账 D1",
        "03-11 创建办主任 请答复申请 D1",
        "03-13 城管员 不予同意 D1",
        "03-17 创建办主任 申请挂账 D1",
        "03-18 创建办主任 请答复申请 D1",
        "03-20 城管员 不予同意 D1",
    ]


def test_a_suspended_duty_rests_until_it_is_resumed(office: OfficeHarness) -> None:
    """挂账: months of silence past the old time limit; resumed, it has a new one and a fresh ladder."""
    opened(office)
    office.until("2026-03-16").does("创建办主任", "suspend", reason="等待拆迁")
    office.passes(days=1).until("2026-06-01", every=7)
    assert office.news() == ["03-17 城管员 挂账 D1"]
    office.does("创建办主任", "resume", due=day("2026-06-10"))
    office.until("2026-06-12")
    assert office.news() == [
        "06-02 城管员 恢复办理 D1",
        "06-05 城管员 到期前提醒 D1",
        "06-09 城管员 临期提醒 D1",
        "06-11 城管员 逾期催办 D1",
        "06-12 城管局长 蓝色督办单 D1",
    ]


def test_the_office_is_reminded_to_review_what_it_suspended(office: OfficeHarness) -> None:
    """挂账 until a day: on its morning the office is asked to look again, and later again; resumed, no more."""
    opened(office)
    office.until("2026-03-16").does("创建办主任", "suspend", reason="等待拆迁", due=day("2026-04-20"))
    office.until("2026-04-28")
    assert office.news() == [
        "03-17 城管员 挂账 D1",
        "04-20 创建办主任 请复核挂账 D1",
        "04-27 创建办主任 请复核挂账 D1",
    ]
    office.does("创建办主任", "resume", due=day("2026-06-30"))
    office.passes(days=1).until("2026-05-29", every=7)
    assert office.news() == ["04-29 城管员 恢复办理 D1"]


def test_a_duty_handed_over_is_the_other_units_from_then_on(office: OfficeHarness) -> None:
    """移交: the new unit has to accept it; its own people hear, the old unit's no more."""
    opened(office)
    office.until("2026-03-16").does("创建办主任", "hand_over", reason="职能划转", unit="教育局")
    office.until("2026-03-18")
    assert office.news() == ["03-17 教育员 移交 D1", "03-18 教育员 提醒签收 D1"]
    with pytest.raises(NotAllowed, match="只有"):
        office.does("城管员", "report")
    office.does("教育员", "accept")
    office.until("2026-04-02")
    assert office.news() == [
        "03-26 教育员 到期前提醒 D1",
        "03-30 教育员 临期提醒 D1",
        "04-01 教育员 逾期催办 D1",
        "04-02 教育局长 蓝色督办单 D1",
    ]


def test_handing_over_to_a_unit_that_has_the_same_duty_is_possible(office: OfficeHarness) -> None:
    """Two units lead a row; one of them takes over the other's share as well and owes both."""
    office.on("2026-03-02").publishes(row(lead=("市城管局", "市教育局"), due="2026-03-31"))
    office.does("创建办主任", "hand_over", duty=1, reason="职能划转", unit="市教育局")
    assert [d.unit for d in office.rows(select(duties.c.unit))] == ["市教育局", "市教育局"]
    office.cycle()
    office.news()


def test_parts_stand_in_the_way_of_the_whole(office: OfficeHarness) -> None:
    """分办: a part is a duty of its own, due no later; the whole cannot be reported before it is closed."""
    opened(office)
    office.does("城管员", "split", title="校门口部分", unit="市教育局", due=day("2026-03-20"))
    office.passes(days=1)
    assert office.news() == ["03-03 教育员 新任务 D2", "03-03 城管员 分办 D1"]
    with pytest.raises(NotAllowed, match="还有 1 项分办未销号"):
        office.does("城管员", "report")
    office.does("教育员", "report", duty=2)
    with pytest.raises(NotAllowed, match="还有 1 项分办未销号"):
        office.does("城管员", "report")
    office.does("督查员甲", "close", duty=2)
    office.does("城管员", "report")
    assert office.duty().state == "reported"
    office.passes(days=1)
    office.news()
    office.does("督查员甲", "close")
    office.cycle()
    assert office.news() == ["03-04 城管员 核验销号 D1"]


def test_a_part_climbs_on_its_own(office: OfficeHarness) -> None:
    """The unit that got the part is escalated for it, before the whole is due."""
    opened(office)
    office.does("城管员", "split", title="校门口部分", unit="市教育局", due=day("2026-03-10"))
    office.does("教育员", "accept", duty=2)
    office.until("2026-03-12").news()
    assert [key for _, key in office.steps(2)] == ["reminder_3", "reminder_1", "overdue", "blue"]
    assert office.steps(1) == []


def test_a_part_cannot_outlast_the_whole(office: OfficeHarness) -> None:
    """Refused, and nothing is half-written."""
    opened(office)
    with pytest.raises(NotAllowed, match="不能晚于本事项"):
        office.does("城管员", "split", title="尾巴", unit="市教育局", due=day("2026-04-01"))
    assert len(office.rows(select(duties.c.id))) == 1


def test_withdrawing_the_whole_withdraws_its_parts(office: OfficeHarness) -> None:
    """撤销: nobody goes on being escalated for a part of what no longer exists."""
    opened(office)
    office.does("城管员", "split", title="校门口部分", unit="市教育局", due=day("2026-03-20"))
    office.does("教育员", "split", duty=2, title="一所学校", unit="市城管局", due=day("2026-03-19"))
    office.cycle()
    office.news()
    office.does("创建办主任", "withdraw", reason="上级取消该项测评")
    office.passes(days=1).until("2026-06-30", every=7)
    assert office.news() == [
        "03-03 城管员 撤销 D1",
        "03-03 教育员 任务撤销 D2",
        "03-03 城管员 任务撤销 D3",
    ]
    assert {d.state for d in office.rows(select(duties.c.state))} == {"withdrawn"}


def test_handing_over_to_the_same_unit_is_refused(office: OfficeHarness) -> None:
    """It would only start the ladder afresh for the unit that is late."""
    opened(office)
    with pytest.raises(NotAllowed, match="不能“移交”：它本来就由这个单位办理"):
        office.does("创建办主任", "hand_over", reason="重发", unit="城管局")


@pytest.mark.parametrize(
    ("action", "given"), [("extend", {"reason": "晚了"}), ("resume", {}), ("ask_extension", {"reason": "来不及"})]
)
def test_a_new_time_limit_must_lie_ahead(office: OfficeHarness, action: str, given: dict[str, str]) -> None:
    """An extension into the past would be an accusation."""
    opened(office)
    if action == "resume":
        office.does("创建办主任", "suspend", reason="等待")
    with pytest.raises(NotAllowed, match="新的时限必须在今后"):
        office.does("创建办主任", action, due=day("2026-03-01"), **given)
    office.cycle()
    office.news()


def test_who_does_not_exist_is_named(office: OfficeHarness) -> None:
    """A wrong number or unit is refused with its own words and near misses."""
    opened(office)
    with pytest.raises(NoSuchDuty, match="D99"):
        office.does("城管员", "accept", duty=99)
    with pytest.raises(NoSuchUnit, match="市城管局"):
        office.does("创建办主任", "hand_over", reason="划转", unit="市城官局")


def test_a_refused_action_leaves_no_trace(office: OfficeHarness) -> None:
    """Nothing half-written: row, ledger and outbox are as before."""
    opened(office)
    before = (office.duty(), len(office.rows(select(events.c.id))))
    with pytest.raises(NotAllowed):
        office.does("教育员", "report")
    assert (office.duty(), len(office.rows(select(events.c.id)))) == before
