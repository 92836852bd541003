"""What stands between a table as read and its publication (待确认): every question at once, and what answers settle."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from rules.drafting import Draft, OpenQuestion, draft, of_no_row, row_keys, settled
from rules.language import Text
from rules.reading import Deadline, DeadlineKind, Question, Source, TableRow, TaskTable
from rules.roster import Person, Roster, Unit, UnitGroup
from rules.roster_index import RosterIndex

TODAY = date(2026, 3, 2)
BY_JUNE = Deadline("6月底前", DeadlineKind.BY, due=date(2026, 6, 30))
BEFORE_INSPECTION = Deadline("国检前", DeadlineKind.EVENT, trigger="国检前")

ROSTER = RosterIndex(
    Roster(
        {
            "市城管局": Unit("市城管局", aliases=("城管局",), head="局长"),
            "市教育局": Unit("市教育局", responsible="科员"),
            "新设中心": Unit("新设中心"),
            "东社区": Unit("东社区", head="东主任"),
            "西社区": Unit("西社区", head="西主任"),
        },
        {key: Person(key, key, key) for key in ("局长", "科员", "东主任", "西主任", "副市长")},
        {"各社区": UnitGroup("各社区", ("东社区", "西社区"))},
    )
)


def row(task: str = "清理背街小巷", **fields: object) -> TableRow:
    usual: dict[str, object] = {"lead_units": ("市城管局",), "deadlines": (BY_JUNE,)}
    return TableRow("1", task, Source("任务", "A5"), **{**usual, **fields})  # type: ignore[arg-type]


def drafted(*rows: TableRow, answers: dict[str, str] | None = None, on: date = TODAY, **more: object) -> Draft:
    """A draft; `answers` are to fields of the first row."""
    key = row_keys(rows)[0]
    given = {(key, field): answer for field, answer in (answers or {}).items()}
    return draft(TaskTable("任务分解表", 2026, rows), ROSTER, given, on, **more)  # type: ignore[arg-type]


def asked(found: Draft) -> list[tuple[str, str]]:
    return [(one.field, one.question.message.zh) for one in found.questions]


def only(questions: Sequence[OpenQuestion]) -> OpenQuestion:
    assert len(questions) == 1, questions
    return questions[0]


def test_a_clear_row_raises_no_question() -> None:
    """What is plain is not asked: names as they stand or shortened become the roster's own."""
    found = drafted(row(lead_units=("城管局",), support_units=("市教育局",), leader="副市长"))
    assert asked(found) == []
    (one,) = found.obligations
    assert (one.lead, one.support, one.leader) == (("市城管局",), ("市教育局",), "副市长")


def test_a_group_stands_for_its_members() -> None:
    """各社区 leads: each community owes its own duty, once."""
    (one,) = drafted(row(lead_units=("各社区", "东社区"))).obligations
    assert one.lead == ("东社区", "西社区")


# Units


def test_an_unknown_unit_is_asked_with_its_near_misses_and_its_cell() -> None:
    """A typing slip offers the unit that was meant, and says where it stands."""
    slip = row(lead_units=("市城官局",), sources={"lead_units": Source("任务", "F5")})
    question = only(drafted(slip).questions).question
    assert question.message == Text("名册里没有“市城官局”。", "“市城官局” is not in the roster.")
    assert question.choices[0] == "市城管局"
    assert question.choices[-1] == "无"
    assert question.understood == "市城官局"
    assert question.source == Source("任务", "F5")


def test_an_unknown_unit_cannot_be_confirmed_into_being() -> None:
    """确认 keeps what is written, and what is written is in no roster."""
    assert asked(drafted(row(lead_units=("市城官局",)), answers={"lead_units": "确认"}))


@pytest.mark.parametrize(
    ("answer", "lead"),
    [("市城管局", ("市城管局",)), ("市城管局、市教育局", ("市城管局", "市教育局")), ("各社区", ("东社区", "西社区"))],
)
def test_an_answer_stands_in_place_of_the_cell(answer: str, lead: tuple[str, ...]) -> None:
    """Names in an answer are read like names in a cell: several at once, groups as well."""
    found = drafted(row(lead_units=("某某局",)), answers={"lead_units": answer})
    assert (asked(found), found.obligations[0].lead) == ([], lead)


def test_nobody_is_an_answer_for_support_but_not_for_lead() -> None:
    """无 drops an unknown supporter; a row without a lead unit is still a question."""
    assert asked(drafted(row(support_units=("某某局",)), answers={"support_units": "无"})) == []
    found = drafted(row(lead_units=("某某局",)), answers={"lead_units": "无"})
    assert asked(found) == [("lead_units", "没有牵头或责任单位。")]


def test_one_unknown_unit_makes_one_question_per_field() -> None:
    """Two slips in one cell are one question: the answer replaces the cell."""
    found = drafted(row(lead_units=("甲某局", "乙某局"), support_units=("丙某局",)))
    assert [field for field, _ in asked(found)] == ["lead_units", "support_units"]


# A task nobody wrote

NO_TASK = Question("task", Text("没有工作任务，请补充。", "What is the task?"), ("无堆物",), "无堆物")


@pytest.mark.parametrize(("answer", "task"), [("清理楼道", "清理楼道"), ("确认", "无堆物"), ("无堆物", "无堆物")])
def test_an_answer_names_the_task(answer: str, task: str) -> None:
    """What the office writes is published, or the words that served for the task where it agrees with them."""
    found = drafted(row("无堆物", questions=(NO_TASK,)), answers={"task": answer})
    assert (asked(found), found.obligations[0].row.task) == ([], task)


def test_a_task_nobody_wrote_cannot_be_confirmed() -> None:
    """（B4 没有工作任务） is never published as a task."""
    blank = row("（B4 没有工作任务）", questions=(replace(NO_TASK, choices=(), understood=None),))
    (left,) = drafted(blank, answers={"task": "确认"}).questions
    assert (left.field, left.answered) == ("task", "确认")


def test_answers_of_another_table_are_told_apart() -> None:
    """Whoever takes the wrong list learns that it was not used, and the next list says so of each answer."""
    table = row(deadlines=())
    given = {("no row", "lead_units"): "城管局", ("", "row"): "确认", (row_keys([table])[0], "leader"): "无"}
    found = draft(TaskTable("任务分解表", 2026, (table,)), ROSTER, given, TODAY)
    assert of_no_row(found.table, given) == ("城管局",)
    assert ["没有这一行" in one.question.message.zh for one in settled(found, given)] == [True, False, False]


# Someone accountable


def test_a_unit_for_which_nobody_answers_is_a_question_at_import() -> None:
    """No duty without an accountable person: it is asked now, and the roster has to be completed."""
    found = drafted(row(lead_units=("新设中心",)))
    assert asked(found) == [("lead_units", "“新设中心”在名册里没有任何负责人，请先补充名册。")]
    assert asked(drafted(row(lead_units=("新设中心",)), answers={"lead_units": "确认"}))


def test_a_leader_named_in_the_row_answers_for_a_unit_without_people() -> None:
    """The table itself may say who is accountable."""
    assert asked(drafted(row(lead_units=("新设中心",), leader="副市长"))) == []


@pytest.mark.parametrize("field", ["leader", "responsible"])
def test_an_unknown_person_is_asked_and_can_be_nobody(field: str) -> None:
    """A name the roster cannot place is never dropped in silence."""
    unclear = row(**{field: "张三"})
    assert asked(drafted(unclear)) == [(field, "名册里认不出“张三”。")]
    assert asked(drafted(unclear, answers={field: "无"})) == []
    assert getattr(drafted(unclear, answers={field: "副市长"}).obligations[0], field) == "副市长"


# Deadlines


@pytest.mark.parametrize(
    ("deadlines", "message"),
    [
        ((), "没有写完成时限。"),
        ((Deadline("尽快", DeadlineKind.NONE),), "“尽快”没有写到哪一天，请写明完成时限。"),
        ((BEFORE_INSPECTION,), "时限取决于另一件事，何时发生？"),
        ((BY_JUNE, BEFORE_INSPECTION), "有一个时限取决于另一件事，何时发生？"),
        ((Deadline("定期", DeadlineKind.RECURRING),), "没有写明多久一次。"),
        ((Deadline("每时", DeadlineKind.RECURRING, rrule="FREQ=HOURLY"),), "这样的周期排不出日期，请换个说法。"),
        ((Deadline("某日", DeadlineKind.BY),), "读不出是哪一天，请换个说法。"),
        ((replace(BY_JUNE, sure=False),), "时限这样理解对吗？"),
        ((replace(BY_JUNE, due=date(2026, 3, 1)),), "时限 2026-03-01 已经过去。"),
    ],
)
def test_what_a_careful_clerk_would_ask_about_a_deadline(deadlines: tuple[Deadline, ...], message: str) -> None:
    """Each doubt in its own words, and a date to pick at the end of the choices."""
    question = only(drafted(row(deadlines=deadlines)).questions).question
    assert (question.field, question.message.zh) == ("deadlines", message)
    assert question.choices[-1] == "2026年12月31日前"


@pytest.mark.parametrize(
    "deadline",
    [
        BY_JUNE,
        replace(BY_JUNE, due=TODAY),  # due today is not past
        Deadline("长期坚持", DeadlineKind.STANDING),
        Deadline("每周", DeadlineKind.RECURRING, rrule="FREQ=WEEKLY"),
        Deadline("3月起", DeadlineKind.WINDOW, start=date(2026, 3, 1)),
    ],
)
def test_a_clear_deadline_is_not_asked_about(deadline: Deadline) -> None:
    """Dated, recurring, standing or open-ended: if duties follow from it there is nothing to ask."""
    assert asked(drafted(row(deadlines=(deadline,)))) == []


@pytest.mark.parametrize(
    ("deadline", "answer", "settles"),
    [
        (replace(BY_JUNE, sure=False), "确认", True),
        (replace(BY_JUNE, due=date(2026, 3, 1)), "确认", True),
        (BEFORE_INSPECTION, "等待触发", True),
        (BEFORE_INSPECTION, "确认", False),  # confirmed it would never come due
        (Deadline("尽快", DeadlineKind.NONE), "确认", False),
        (Deadline("尽快", DeadlineKind.NONE), "等待触发", False),
        (Deadline("定期", DeadlineKind.RECURRING), "确认", False),
        (Deadline("每时", DeadlineKind.RECURRING, rrule="FREQ=HOURLY"), "确认", False),
        (Deadline("某日", DeadlineKind.BY), "确认", False),
    ],
)
def test_confirming_settles_only_what_then_has_a_date(deadline: Deadline, answer: str, settles: bool) -> None:
    """No answer may publish an obligation from which no duty ever follows, unless it waits for its event."""
    assert (asked(drafted(row(deadlines=(deadline,)), answers={"deadlines": answer})) == []) is settles


@pytest.mark.parametrize(
    ("answer", "kind", "due"),
    [
        ("2026年9月15日前", DeadlineKind.BY, date(2026, 9, 15)),
        ("9月底前", DeadlineKind.BY, date(2026, 9, 30)),
        ("每月", DeadlineKind.RECURRING, None),
        ("长期坚持", DeadlineKind.STANDING, None),
    ],
)
def test_a_new_deadline_is_read_from_the_answer(answer: str, kind: DeadlineKind, due: date | None) -> None:
    """The office writes as it would in the table."""
    found = drafted(row(deadlines=(Deadline("尽快", DeadlineKind.NONE),)), answers={"deadlines": answer})
    assert asked(found) == []
    (deadline,) = found.obligations[0].deadlines
    assert (deadline.kind, deadline.due) == (kind, due)


@pytest.mark.parametrize("choices_of", [(), (Deadline("定期", DeadlineKind.RECURRING),), (BEFORE_INSPECTION,)])
def test_every_choice_that_is_offered_settles_the_question(choices_of: tuple[Deadline, ...]) -> None:
    """Picking from the drop-down is enough."""
    question = only(drafted(row(deadlines=choices_of)).questions).question
    for choice in question.choices:
        assert asked(drafted(row(deadlines=choices_of), answers={"deadlines": choice})) == [], choice


def test_an_unclear_answer_is_asked_about_like_an_unclear_cell() -> None:
    """Whoever answers with 尽快 is asked again."""
    again = [("deadlines", "“尽快”没有写到哪一天，请写明完成时限。")]
    assert asked(drafted(row(deadlines=()), answers={"deadlines": "尽快"})) == again


def test_a_time_limit_already_in_force_may_pass() -> None:
    """Revising a table in July asks nothing about what was due in June and published in spring."""
    table = row()
    key = row_keys([table])[0]
    in_july = {"on": date(2026, 7, 15)}
    assert asked(drafted(table, **in_july)) == [("deadlines", "时限 2026-06-30 已经过去。")]
    assert asked(drafted(table, in_force={key: frozenset({date(2026, 6, 30)})}, **in_july)) == []
    moved = replace(table, deadlines=(replace(BY_JUNE, due=date(2026, 5, 31)),))
    assert asked(drafted(moved, in_force={key: frozenset({date(2026, 6, 30)})}, **in_july))


# Rows


def test_duplicate_rows_are_asked_about_once() -> None:
    """The second of two rows alike in everything is a question that names the first."""
    found = drafted(row(), replace(row(), source=Source("任务", "A9")))
    question = only(found.questions)
    assert question.row_key == row_keys([row(), row()])[1]
    assert question.question.message.zh == "与 A5 的一行完全相同，是否重复？"
    assert question.question.choices == ("删除", "确认")


def test_a_duplicate_is_dropped_or_kept_as_answered() -> None:
    """删除 publishes one of them, 确认 both, each under a key of its own."""
    twins = (row(), row())
    second = row_keys(twins)[1]
    table = TaskTable("任务分解表", 2026, twins)
    dropped = draft(table, ROSTER, {(second, "row"): "删除"}, TODAY)
    assert (len(dropped.obligations), dropped.questions) == (1, ())
    kept = draft(table, ROSTER, {(second, "row"): "确认"}, TODAY)
    assert len({one.row_key for one in kept.obligations}) == 2
    assert kept.questions == ()


def test_the_same_words_for_another_unit_are_no_duplicate() -> None:
    """One task, two units, two rows: common in any table."""
    assert asked(drafted(row(), row(lead_units=("市教育局",)))) == []


@pytest.mark.parametrize("field", ["lead_units", "deadlines", "row"])
def test_a_row_can_be_dropped_in_answer_to_any_question(field: str) -> None:
    """删除 means the row, whatever was asked."""
    found = drafted(row(lead_units=("某某局",), deadlines=()), answers={field: "删除"})
    assert (found.obligations, found.questions) == ((), ())


def test_the_readers_own_questions_are_kept_until_answered() -> None:
    """What the reader doubted is asked in its words, once; an answer settles it."""
    doubt = Question("task", Text("这一格是任务吗？", "Is this cell a task?"), understood="清理背街小巷")
    assert asked(drafted(row(questions=(doubt,)))) == [("task", "这一格是任务吗？")]
    assert asked(drafted(row(questions=(doubt,)), answers={"task": "确认"})) == []
    about_deadline = Question("deadlines", Text("哪一年？", "Which year?"))
    twice = drafted(row(questions=(about_deadline,), deadlines=(replace(BY_JUNE, sure=False),)))
    assert asked(twice) == [("deadlines", "哪一年？")]


def test_a_question_about_the_whole_table_is_asked_and_confirmed() -> None:
    """It belongs to no row and stands in the way all the same."""
    table = TaskTable("表", 2026, (row(),), (Question(None, Text("没有表头？", "No header?")),))
    question = only(draft(table, ROSTER, {}, TODAY).questions)
    assert (question.row_key, question.row, question.field) == ("", None, "row")
    assert draft(table, ROSTER, {("", "row"): "确认"}, TODAY).questions == ()


def test_all_questions_come_at_once() -> None:
    """Nobody answers one doubt to be shown the next: a bad table shows all of it."""
    found = drafted(
        row("甲", lead_units=("某某局",), support_units=("某某所",), leader="张三", deadlines=()),
        row("乙", lead_units=(), responsible="李四"),
    )
    assert [field for field, _ in asked(found)] == [
        "leader", "lead_units", "support_units", "deadlines", "responsible", "lead_units",
    ]  # fmt: skip


# Keys


def test_a_row_keeps_its_key_when_number_and_punctuation_change() -> None:
    """Answers and obligations are found again after renumbering and retyping."""
    one, other = row("清理背街小巷，治理飞线。"), replace(row("清理背街小巷, 治理飞线"), item_no="9.9")
    assert row_keys([one]) == row_keys([other])
    assert row_keys([one]) != row_keys([row("清理背街小巷")])


def test_keys_are_unique_within_a_table() -> None:
    """Rows with the same words are counted."""
    assert len(set(row_keys([row()] * 5))) == 5
