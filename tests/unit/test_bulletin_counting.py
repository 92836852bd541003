"""What an event counts as in a bulletin, said in dated sentences of a week from Monday 2 to Sunday 8 March 2026."""

import pytest

from rules import measures
from rules.bulletin import Rate, Week
from rules.lifecycle import Action
from rules.measures import Measure, Reference
from rules.weekly import WeekNotBegun, as_of
from rules.worktime import WorkCalendar
from tests.unit.ledger_stories import ZONE, Story, at, due, told

IN_WEEK = "03-04"


def opened_before(until: str = "03-31") -> Story:
    """A duty of 甲局 in hand when the week begins."""
    return Story().row().opened("02-24", until=until)


@pytest.mark.parametrize(
    ("reported", "counts_as"),
    [("03-04 23:59:59", "按时销号"), ("03-05 00:00:00", "逾期销号")],
)
def test_in_time_is_when_it_was_reported_not_when_it_was_verified(reported: str, counts_as: str) -> None:
    """A duty due on 4 March and closed on the 6th is in time if its unit reported it no later than the 4th's end."""
    story = opened_before(until="03-04").does(reported, Action.REPORT).does("03-06", Action.CLOSE)
    week = story.week(IN_WEEK)
    assert told(week.total)[counts_as] == 1
    assert [(one.duty, one.in_time) for one in week.closed] == [(1, counts_as == "按时销号")]


def test_returned_work_is_in_time_by_its_last_report() -> None:
    """Reported in time, returned, and reported again after the time limit: closed late."""
    story = opened_before(until="03-04").does("03-03", Action.REPORT).does("03-05", Action.RETURN, reason="材料不全")
    story.does("03-06", Action.REPORT).does("03-06", Action.CLOSE)
    assert told(story.week(IN_WEEK).total) == {
        "期初在办": 1, "申报办结": 2, "退回返工": 1, "逾期销号": 1, "要求报送": 1,
    }  # fmt: skip


def test_an_extension_moves_the_time_limit_that_counts() -> None:
    """Extended to 6 March, reported on the 5th: in time, though the first time limit was the 3rd."""
    story = (
        opened_before(until="03-03")
        .does("03-02", Action.ASK_EXTENSION)
        .does("03-03", Action.EXTEND, due_at=due("03-06"))
    )
    story.does("03-05", Action.REPORT).does("03-05", Action.CLOSE)
    assert told(story.week(IN_WEEK).total) == {
        "期初在办": 1, "申请延期": 1, "准予延期": 1, "申报办结": 1, "按时销号": 1,
    }  # fmt: skip


def test_requests_wait_until_the_office_answers() -> None:
    """A request of Friday is unanswered when the week ends; refused on Monday, it counts as refused in that week."""
    story = opened_before().does("03-06", Action.ASK_SUSPENSION).does("03-09", Action.REFUSE)
    assert told(story.week("03-06").total) == {"期初在办": 1, "申请挂账": 1, "期末在办": 1, "申请待答复": 1}
    assert told(story.week("03-09").total) == {"期初在办": 1, "不予同意": 1, "期末在办": 1}


def test_a_suspended_duty_is_not_overdue() -> None:
    """挂账 past the time limit is in hand and suspended, and no reproach to its unit."""
    story = opened_before(until="03-05").does("03-03", Action.ASK_SUSPENSION).does("03-04", Action.SUSPEND)
    assert told(story.week(IN_WEEK).total) == {
        "期初在办": 1, "申请挂账": 1, "同意挂账": 1, "期末在办": 1, "已挂账": 1,
    }  # fmt: skip


def test_a_report_waiting_for_the_office_is_not_overdue() -> None:
    """Reported late and not yet verified: awaiting verification, no longer overdue."""
    week = opened_before(until="03-03").does("03-05", Action.REPORT).week(IN_WEEK)
    assert told(week.total) == {"期初在办": 1, "申报办结": 1, "期末在办": 1, "待核验": 1}
    assert week.overdue == ()


def test_a_dispute_upheld_moves_the_duty_to_the_other_unit() -> None:
    """异议 answered by 移交: it leaves the old unit's books and enters the new unit's."""
    story = opened_before().does("03-03", Action.DISPUTE).does("03-04", Action.HAND_OVER, unit="乙局")
    old, new = story.week(IN_WEEK).units[::-1]
    assert (old.unit, told(old)) == ("甲局", {"期初在办": 1, "提出异议": 1, "异议成立": 1, "移交转出": 1})
    assert (new.unit, told(new)) == ("乙局", {"移交转入": 1, "期末在办": 1})


def test_a_withdrawal_by_a_revision_is_a_withdrawal() -> None:
    """撤销 by a new version of the table tells only its reason; the duty is out of hand all the same."""
    week = opened_before().tell("03-04", "duty.withdraw", 1, reason="任务分解表已修订。").week(IN_WEEK)
    assert told(week.total) == {"期初在办": 1, "撤销": 1}


def test_an_amended_duty_goes_by_its_new_words() -> None:
    """任务调整: new words and a new time limit hold from then on, and the old time limit makes nothing overdue."""
    now = {"title": "清理背街小巷和楼道", "due_at": due("03-07")}
    story = opened_before(until="03-04").tell("03-03", "duty.amended", 1, was={}, now=now)
    assert story.week(IN_WEEK, until="03-07").overdue == ()
    assert [(late.task, late.days) for late in story.week(IN_WEEK).overdue] == [("清理背街小巷和楼道", 0)]


def test_a_part_is_known_by_the_name_its_split_gave_it() -> None:
    """分办: the part is a duty of its own for the other unit, without a row of the table."""
    story = opened_before().opened("03-02", duty=2, unit="乙局", until="03-03", row=None)
    story.does("03-02", Action.SPLIT, part=2, title="清运垃圾")
    (late,) = story.week(IN_WEEK).overdue
    assert (late.duty, late.task, late.item_no, late.unit) == (2, "清运垃圾", "", "乙局")


def test_steps_count_by_name_and_the_mildest_comes_first() -> None:
    """Reminders before supervision orders, whatever came first; one that collapsed into a later step is no step."""
    story = opened_before(until="03-02").step("03-04", "蓝色督办单").step("03-05", "蓝色督办单")
    story.step("03-03", "临期提醒", kind="reminder").step("03-03", "到期前提醒", kind="reminder", told=False)
    week = story.week(IN_WEEK)
    steps = [measure for measure in week.measures if measure.group is measures.Group.STEPS]
    assert [(step.label.zh, week.total.of(step).value) for step in steps] == [("临期提醒", 1), ("蓝色督办单", 2)]


def test_urging_the_office_is_no_measure_against_the_unit() -> None:
    """请答复申请 and 请核验销号 go to the office: another column, and not the last thing said to the unit."""
    story = opened_before(until="03-02").step("03-03", "逾期催办", kind="urge").does("03-03", Action.ASK_EXTENSION)
    week = story.step("03-05", "请答复申请", kind="reminder", anchor="asked").week(IN_WEEK)
    assert {measure.label.zh: measure.group for measure in week.measures if week.total.of(measure).value} == {
        "期初在办": measures.Group.DUTIES, "期末在办": measures.Group.DUTIES, "逾期未办结": measures.Group.DUTIES,
        "申请待答复": measures.Group.DUTIES, "申请延期": measures.Group.REQUESTS,
        "逾期催办": measures.Group.STEPS, "请答复申请": measures.Group.OFFICE,
    }  # fmt: skip
    assert [late.last_step and late.last_step.zh for late in week.overdue] == ["逾期催办"]


def test_the_burden_counts_every_time_a_unit_is_asked() -> None:
    """要求报送: a new duty, a return and an explanation each ask the unit once; a supervision order does not."""
    story = Story().row().opened("03-02", until="03-02").does("03-03", Action.REPORT).does("03-03", Action.RETURN)
    story.step("03-05", "说明情况", kind="explanation").step("03-05", "蓝色督办单")
    assert story.week(IN_WEEK).total.of(measures.ASKED_TO_REPORT).events == (2, 4, 5)


def test_messages_go_to_the_units_books_or_to_the_others() -> None:
    """A message to someone of a unit with duties is that unit's burden; leaders and the office stand apart."""
    week = opened_before().week(IN_WEEK, messages=[(7, "甲局"), (8, None), (9, "创建办"), (10, "甲局")])
    assert week.total.of(measures.MESSAGES).counted == (Reference(7), Reference(10))
    assert week.others.events == (8, 9)


def test_units_stand_in_the_order_of_the_table() -> None:
    """The unit of the table's first row comes first, whatever its name; one that owes no row of it comes last."""
    story = (
        Story().row(1).row(2).opened("02-24", duty=1, unit="乙局", row=1).opened("02-24", duty=2, unit="甲局", row=2)
    )
    story.opened("03-02", duty=3, unit="丙局", row=None)
    assert [unit.unit for unit in story.week(IN_WEEK).units] == ["乙局", "甲局", "丙局"]


def test_overdue_days_are_working_days() -> None:
    """Due on Friday 13 February 2026: the make-up Saturday counts, the nine days of 春节 do not."""
    story = Story().row().opened("02-02", until="02-13")
    days = [
        story.week(on, until=until).overdue[0].days
        for on, until in (("02-14", "02-14 18:00"), ("02-24", "02-24 18:00"))
    ]
    assert days == [1, 2]


@pytest.mark.parametrize(("rate", "said"), [(Rate(1, 3), "33.3%"), (Rate(0, 2), "0.0%"), (Rate(0, 0), "—")])
def test_of_nothing_there_is_no_rate(rate: Rate, said: str) -> None:
    """A unit that closed nothing and owes nothing has no on-time rate, which is not the same as none in time."""
    assert str(rate) == said


def test_what_is_overdue_counts_against_the_rate() -> None:
    """按时率 is of everything that should have been done: closing one in time does not hide two left overdue."""
    story = Story().row().opened("02-24", duty=1, until="03-06")
    story.opened("02-24", duty=2, until="03-03").opened("02-24", duty=3, until="03-03")
    story.does("03-04", Action.REPORT, 1).does("03-05", Action.CLOSE, 1)
    assert story.week(IN_WEEK).total.on_time == Rate(1, 3)


def test_a_figure_is_what_it_was_counted_from() -> None:
    """The total's references are the units' together, in the ledger's order."""
    story = (
        Story()
        .row()
        .opened("03-02", duty=1, unit="乙局")
        .opened("03-02", duty=2, unit="甲局")
        .opened("03-03", duty=3, unit="乙局")
    )
    week = story.week(IN_WEEK)
    assert week.total.of(measures.OPENED).counted == (Reference(2, 1), Reference(3, 2), Reference(4, 3))
    assert [unit.of(measures.OPENED).events for unit in week.units] == [(2, 4), (3,)]


def test_every_measure_has_a_column_and_a_name_of_its_own() -> None:
    """No two measures share a key or a label, and every one of them is a column of any bulletin."""
    columns = Story().week(IN_WEEK).measures
    assert set(columns) == set(measures.MEASURES)
    for part in (lambda one: one.key, lambda one: one.label.zh, lambda one: one.label.en):
        assert len({part(measure) for measure in columns}) == len(columns)
    assert all(isinstance(measure, Measure) for measure in columns)


def test_a_week_begins_on_monday_at_midnight() -> None:
    """Sunday's last second belongs to the old week, Monday's first to the new one; the year's last days to week 53."""
    assert Week.of(at("03-08 23:59:59").date()).name == "2026-W10"
    assert Week.of(at("03-09 00:00:00").date()).name == "2026-W11"
    assert Week.of(at("12-31").date()).name == "2026-W53"


def test_a_bulletin_is_told_up_to_now_or_the_weeks_end() -> None:
    """A running week ends now, a past one on Monday at midnight; one that has not begun is refused by name."""
    week, calendar = Week.of(at("03-04").date()), WorkCalendar()
    assert as_of(week, at("03-06 17:00"), calendar) == at("03-06 17:00")
    assert as_of(week, at("04-01"), calendar) == week.ends(ZONE) == at("03-09 00:00")
    with pytest.raises(WeekNotBegun, match=r"2026-W10 这一周（2026-03-02 起）"):
        as_of(week, at("03-01"), calendar)
