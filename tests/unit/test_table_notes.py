"""Duties in the notes under a table, in a closing sentence and in the notice around it; explanations stay out."""

from collections.abc import Sequence
from datetime import date

import pytest

from rules.grid import Document, Grid, Merge, Paragraph
from rules.reading import TableRow, TaskTable
from rules.table import read_table

ON = date(2026, 1, 5)
ROWS = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "修补路面", "区住建局", "6月底前"],
    ["2", "清理河道", "区水务局", "8月底前"],
]


def with_foot(*foot: str, title: Sequence[str] = ()) -> TaskTable:
    """The table with lines across its foot."""
    rows = [*([one, "", "", ""] for one in title), *ROWS, *([one, "", "", ""] for one in foot)]
    across = [*range(len(title)), *range(len(rows) - len(foot), len(rows))]
    merges = tuple(Merge(row, 0, row, 3) for row in across)
    return read_table(Document("表.xlsx", (Grid(rows, merges, "表"),)), year=2026, on=ON)


def beside(table: TaskTable) -> list[TableRow]:
    """What was read besides the rows of the table itself, which are all there and first."""
    assert [row.task for row in table.rows[:2]] == ["修补路面", "清理河道"]
    return list(table.rows[2:])


def told(*lines: str) -> TaskTable:
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, start=1))
    return read_table(Document("通报.docx", paragraphs), year=2026, on=ON)


def test_a_report_asked_for_in_a_note() -> None:
    """Who, what and by when: a row without a question, pointing at the note's cell."""
    (row,) = beside(with_foot("注：各单位每月25日前报送进展情况。"))
    assert (row.task, row.lead_units) == ("各单位每月25日前报送进展情况", ("各单位",))
    assert row.deadlines[0].rrule == "FREQ=MONTHLY;BYMONTHDAY=25"
    assert row.source.cell == "A4" and not row.questions


def test_of_several_sentences_only_the_duties() -> None:
    """What stands between them explains."""
    foot = "备注：1.总分100分；2.各街道要于6月10日前制定实施方案；3.本表由区创建办负责解释；"
    rows = beside(with_foot(foot + "4.市直各单位于12月20日前报总结。"))
    assert [(row.lead_units, str(row.deadlines[0].due)) for row in rows] == [
        (("各街道",), "2026-06-10"),
        (("市直各单位",), "2026-12-20"),
    ]


def test_a_note_goes_on_in_the_next_line() -> None:
    """Each line of a note has a row of its own in the sheet."""
    (row,) = beside(with_foot("注：1.分值见附件。", "2.请各部门于每月25日前报送进展。"))
    assert row.lead_units == ("各部门",) and row.source.cell == "A5"


@pytest.mark.parametrize(
    "note",
    [
        "注：每月25日前，各街道将进展情况报创建办。",
        "注：请于每月25日前由各街道填报。",
        "注：各街道务必于每月25日前上报进展。",
        "注：另，请各街道每月25日前反馈。",
    ],
)
def test_who_may_stand_behind_the_time(note: str) -> None:
    """However the sentence turns, the one who is asked leads."""
    (row,) = beside(with_foot(note))
    assert row.lead_units == ("各街道",) and row.deadlines[0].rrule == "FREQ=MONTHLY;BYMONTHDAY=25"
    assert not row.questions


def test_who_is_left_open_is_asked() -> None:
    """A deadline without anybody to keep it is a row with questions, not one that is lost."""
    for note in ("注：每月25日前报送进展情况。", "注：本表每月25日前报区创建办。"):
        (row,) = beside(with_foot(note))
        assert {question.field for question in row.questions} == {"lead_units", "row"}


def test_the_titles_unit_answers_for_its_notes() -> None:
    """任务分解表（区城管局） says who; only whether it is a task is asked."""
    (row,) = beside(with_foot("注：每月25日前报送进展情况。", title=["2026年任务分解表（区城管局）"]))
    assert row.lead_units == ("区城管局",) and [question.field for question in row.questions] == ["row"]


def test_a_duty_without_a_time_is_doubtful() -> None:
    """Somebody must send something, nobody knows when."""
    (row,) = beside(with_foot("注：各单位须将佐证材料报创建办备案。"))
    assert row.lead_units == ("各单位",) and [question.field for question in row.questions] == ["row"]


@pytest.mark.parametrize(
    "note",
    [
        "注：本表由区创建办负责解释。",
        "说明：各单位6月底前未完成的，每项扣2分。",
        "注：1.总分100分。2.奖扣分另计。",
        "备注：“各街道”指全区所有街道。",
        "注：数据截至6月底。",
        "注：均须提供书面材料。",
        "注：得分低于80分的单位为不合格。",
        "注：各单位要高度重视，切实加强领导。",
        "注：联系人：张三，电话见附件。",
        "注：各责任单位要按时间节点完成任务。",
        "注：上月情况以各单位报送的数据为准。",
    ],
)
def test_explanations_are_no_duties(note: str) -> None:
    """What tells about the table, its points and its words, and what only exhorts, gives no row."""
    assert beside(with_foot(note)) == []


def test_a_closing_sentence_that_asks_for_a_report() -> None:
    """It sets the time for what stands above it and is a duty of its own."""
    table = told(
        "环境整治通报",
        "一、存在问题",
        "1．东门市场：占道经营。",
        "（责任单位：城管办）",
        "请各责任单位于2026年10月31日前将整改情况报创建办。",
    )
    first, report = table.rows
    assert (first.task, first.lead_units) == ("东门市场：占道经营。", ("城管办",))
    assert report.lead_units == ("各责任单位",) and report.source.cell == "¶5"
    assert [str(row.deadlines[0].due) for row in table.rows] == ["2026-10-31"] * 2


def test_a_closing_sentence_that_only_sets_the_time_is_no_duty_of_its_own() -> None:
    """To finish what is listed is what the list says."""
    table = told("通报", "一、问题", "1．东门市场：占道经营。（城管办负责）", "请各单位于4月25日前完成整改。")
    assert [row.task for row in table.rows] == ["东门市场：占道经营。"]


def test_the_notice_around_a_table() -> None:
    """The letter that brings a table asks for things, too; its other sentences do not become rows."""
    before = Paragraph("各单位要高度重视，于6月底前全面完成任务。", 1)
    after = Paragraph("各牵头单位请于每季度末月20日前向创建办报送工作总结。", 2)
    document = Document("通知.docx", (before, Grid(ROWS, name="表1"), after))
    (row,) = beside(read_table(document, year=2026, on=ON))
    assert row.lead_units == ("各牵头单位",) and row.source.cell == "¶2"
    assert row.deadlines[0].rrule == "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"
