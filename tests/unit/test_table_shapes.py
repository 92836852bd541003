"""Shapes of tables beside the plain one: units as columns, columns of time, tables on their side or folded."""

from datetime import date

import pytest

from rules.grid import Document, Grid
from rules.table import read_table
from tests.unit.table_sheets import HEAD, ON, asked, dues, sheet, told

UNITS = ["序号", "工作任务", "区城管局", "区住建局", "区教育局"]


def test_signs_in_columns_of_units_as_the_legend_says() -> None:
    """●为牵头，○为配合 above the table or in its notes tells what part each unit has."""
    for legend in (["（●为牵头单位，○为配合单位）", "", "", "", ""], ["注：牵头用●、配合用○表示", "", "", "", ""]):
        table = sheet(legend, UNITS, ["1", "修补路面", "", "●", "○"], ["2", "校园巡查", "○", "", "●"])
        assert [(row.lead_units, row.support_units) for row in table.rows] == [
            (("区住建局",), ("区教育局",)),
            (("区教育局",), ("区城管局",)),
        ]
        assert not any(map(asked, table.rows))


def test_ticks_alone_make_all_of_them_responsible() -> None:
    """One kind of sign leaves nothing open; the units may stand under a common name."""
    table = sheet(
        ["序号", "工作任务", "责任单位", "", ""],
        ["", "", "区城管局", "区住建局", "区教育局"],
        ["1", "修补路面", "", "√", "√"],
        ["2", "清洗护栏", "√", "", ""],
        merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)],
    )
    assert [row.lead_units for row in table.rows] == [("区住建局", "区教育局"), ("区城管局",)]


def test_signs_that_nothing_explains_are_asked_about() -> None:
    """Filled and hollow without a legend is a guess."""
    table = sheet(UNITS, ["1", "修补路面", "", "●", "○"], ["2", "清洗护栏", "●", "", "○"])
    assert [(row.lead_units, asked(row)) for row in table.rows] == [
        (("区住建局",), ["lead_units"]),
        (("区城管局",), ["lead_units"]),
    ]


def test_ticks_under_other_names_are_no_units() -> None:
    """How a thing is checked, or whether it is done, is ticked as well."""
    table = sheet(["工作任务", "责任单位", "实地考察", "材料审核", "是否完成"], ["修路", "区住建局", "√", "√", "√"])
    assert table.rows[0].lead_units == ("区住建局",)


def test_a_calendar_with_its_months_in_the_first_column() -> None:
    """A merged month is the deadline of every row beside it."""
    table = sheet(
        ["月份", "序号", "活动内容", "目标要求", "承办单位"],
        ["2月", "1", "制定要点", "经会议审议", "市文明办"],
        ["3月", "2", "启动服务月", "每社区1场", "团市委"],
        ["", "3", "开展祭扫宣传", "", "市民政局"],
        ["全年", "4", "运营新媒体", "", "市融媒体中心"],
        merges=[(2, 0, 3, 0)],
    )
    assert [(row.task, dues(row)) for row in table.rows] == [
        ("制定要点", ["2026-02-28"]),
        ("启动服务月", ["2026-03-31"]),
        ("开展祭扫宣传", ["2026-03-31"]),
        ("运营新媒体", ["2026-12-31"]),
    ]


def test_ticked_months_are_one_stretch_and_asked_about() -> None:
    """√ under 2月 and 3月 may mean both months or one time between them; a single one is plain."""
    table = sheet(
        ["工作任务", "责任单位", "1月", "2月", "3月"],
        ["修路", "区住建局", "", "√", "√"],
        ["检查", "区文明办", "√", "", ""],
    )
    stretch, plain = table.rows
    (deadline,) = stretch.deadlines
    assert (deadline.start, deadline.due) == (date(2026, 2, 1), date(2026, 3, 31)) and asked(stretch) == ["deadlines"]
    assert dues(plain) == ["2026-01-31"] and not asked(plain)


def test_stages_with_their_months() -> None:
    """第一阶段（1-3月） is the time of what stands below it."""
    stages = ["工作任务", "责任单位", "第一阶段（1-3月）", "第二阶段（4-6月）"]
    (row,) = sheet(stages, ["修路", "区住建局", "设计", "施工"]).rows
    assert dues(row) == ["2026-03-31", "2026-06-30"]


def test_a_time_of_its_own_in_a_column_of_time() -> None:
    """12月10日前建成 under 四季度 is due on that day; a share (60%) is due at the end of its quarter."""
    (row,) = sheet(
        ["工作任务", "责任单位", "三季度目标", "四季度目标"], ["建公园", "区园林局", "60%", "12月10日前建成"]
    ).rows
    assert dues(row) == ["2026-09-30", "2026-12-10"]


def test_the_goal_of_the_year_beside_its_first_quarters() -> None:
    """Where no quarter reaches the year's end, the year's goal is due then; beside 四季度 it is only a standard."""
    three, task = ["一季度", "二季度", "三季度"], ["建公园", "区园林局"]
    (row,) = sheet(["工作任务", "责任单位", "年度目标", *three], [*task, "建成4处", "1处", "2处", "3处"]).rows
    assert max(dues(row)) == "2026-12-31" and len(dues(row)) == 4
    head = ["工作任务", "责任单位", "年度目标", *three, "四季度"]
    (row,) = sheet(head, [*task, "建成4处", "1处", "2处", "3处", "/"]).rows
    assert max(dues(row)) == "2026-09-30" and row.standards == ("建成4处",)


def test_an_export_with_start_and_finish() -> None:
    """Planned dates bind, dates of what happened do not; a start without an end is asked about."""
    table = sheet(
        ["任务编码", "任务名称", "责任单位", "计划开始", "计划完成", "实际完成时间", "完成比例", "最近更新"],
        ["T-1", "修补路面", "区住建局", "2026-01-05", "2026-03-31 00:00:00", "2026-02-01", "80%", "2026-02-02"],
        ["T-2", "清洗护栏", "区城管局", "2026-02-01", "", "", "", "2026-02-02"],
    )
    done, open_ = table.rows
    assert (done.item_no, done.task, dues(done)) == ("T-1", "修补路面", ["2026-03-31"])
    assert [row.deadlines[0].start for row in table.rows] == [date(2026, 1, 5), date(2026, 2, 1)]
    assert asked(open_) == ["deadlines"] and not asked(done)


def test_progress_beside_the_deadline_is_none() -> None:
    """进度 says how far it is where another column says by when."""
    (row,) = sheet(["工作任务", "责任单位", "完成时限", "进度"], ["修路", "区住建局", "6月底前", "3月已完成50%"]).rows
    assert dues(row) == ["2026-06-30"]


def test_a_table_on_its_side() -> None:
    """Headings down the left, each duty a column."""
    table = sheet(
        ["序号", "1", "2"],
        ["工作任务", "修补路面", "清洗护栏"],
        ["责任单位", "区住建局", "区城管局"],
        ["完成时限", "6月底前", "9月底前"],
    )
    assert [(row.item_no, row.task, row.lead_units, dues(row)) for row in table.rows] == [
        ("1", "修补路面", ("区住建局",), ["2026-06-30"]),
        ("2", "清洗护栏", ("区城管局",), ["2026-09-30"]),
    ]
    assert table.rows[1].sources["deadlines"].cell == "C4"


def test_a_table_folded_in_two() -> None:
    """The same columns twice side by side are one table after the other; its notes are read once."""
    table = sheet(
        [*HEAD, *HEAD],
        ["1", "修补路面", "区住建局", "6月底前", "3", "建公园", "区园林局", "9月底前"],
        ["2", "清洗护栏", "区城管局", "7月底前", "", "", "", ""],
        ["注：各单位每月25日前报送进展。", "", "", "", "", "", "", ""],
        merges=[(3, 0, 3, 7)],
    )
    assert [(row.item_no, row.task, dues(row)) for row in table.rows[:3]] == [
        ("1", "修补路面", ["2026-06-30"]),
        ("2", "清洗护栏", ["2026-07-31"]),
        ("3", "建公园", ["2026-09-30"]),
    ]
    assert [row.lead_units for row in table.rows[3:]] == [("各单位",)]


def test_lines_of_one_cell_with_their_own_units_are_rows() -> None:
    """In brackets behind each line, or numbered alike in the cells beside it."""
    brackets = sheet(["序号", "工作任务", "完成时限"], ["1", "1.修路（区住建局）\n2.清洗（区城管局）", "6月底前"])
    numbered = sheet(HEAD, ["1", "1.修路\n2.清洗", "1.区住建局\n2.区城管局", "1.6月底前\n2.9月底前"])
    for table in (brackets, numbered):
        assert [(row.task, row.lead_units) for row in table.rows] == [("修路", ("区住建局",)), ("清洗", ("区城管局",))]
    assert [dues(row) for row in numbered.rows] == [["2026-06-30"], ["2026-09-30"]]


def test_units_and_time_in_one_cell() -> None:
    """责任单位及完成时限: the time is taken out of the units."""
    table = sheet(
        ["序号", "工作任务", "责任单位及完成时限"],
        ["1", "修补路面", "区住建局\n6月底前"],
        ["2", "清洗护栏", "区城管局/7月底前"],
        ["3", "施划车位", "责任单位：区交警大队；完成时限：8月底前"],
    )
    assert [(row.lead_units, dues(row)) for row in table.rows] == [
        (("区住建局",), ["2026-06-30"]),
        (("区城管局",), ["2026-07-31"]),
        (("区交警大队",), ["2026-08-31"]),
    ]


def test_the_same_as_above() -> None:
    """同上 and 〃 stand for what stands above them."""
    table = sheet(HEAD, ["1", "修路", "区住建局", "6月底前"], ["2", "补井盖", "同上", "〃"])
    assert (table.rows[1].lead_units, dues(table.rows[1])) == (("区住建局",), ["2026-06-30"])


def test_numbered_lines_left_blank_are_no_tasks() -> None:
    """A form with lines to spare, signed at its foot."""
    table = sheet(
        ["序号", "类别", *HEAD[1:]],
        ["1", "市容", "修路", "区住建局", "6月底前"],
        ["2", "", "", "", ""],
        ["填表人：张三", "", "审核人：李四", "", "日期：1月5日"],
    )
    assert [row.task for row in table.rows] == ["修路"]


def test_a_task_under_a_name_nobody_knows() -> None:
    """A category stands in for the task only where no other column tells more."""
    (row,) = sheet(["序号", "类别", "推进思路", "责任单位"], ["1", "市容", "整治主干道两侧店外经营", "区城管局"]).rows
    assert (row.task, row.category_path) == ("整治主干道两侧店外经营", ("市容",))


def test_headings_alone_in_the_column_of_tasks() -> None:
    """Words over numbered rows, neither marked nor merged, are their section, and no end of the row above."""
    table = sheet(
        HEAD,
        ["", "环境卫生", "", ""],
        ["1", "清洗护栏", "区城管局", "每周一次"],
        ["", "交通秩序", "", ""],
        ["2", "施划车位", "区交警大队", "9月底前"],
    )
    assert [(row.category_path, row.task) for row in table.rows] == [
        (("环境卫生",), "清洗护栏"),
        (("交通秩序",), "施划车位"),
    ]


def test_a_line_of_labels_below_each_task() -> None:
    """责任单位：… across the table belongs to the task above it, and to no other."""
    table = sheet(
        ["序号", "工作任务", "工作标准", "完成时限"],
        ["1", "修路", "平整", "6月底前"],
        ["", "责任单位：区住建局", "", ""],
        ["2", "清洗", "干净", "每周一次"],
        ["", "责任单位：区城管局", "", ""],
        merges=[(2, 1, 2, 3), (4, 1, 4, 3)],
    )
    assert [(row.task, row.lead_units) for row in table.rows] == [("修路", ("区住建局",)), ("清洗", ("区城管局",))]


def test_a_time_in_the_remarks_is_asked_about() -> None:
    """Where no column holds deadlines, the remarks may."""
    (row,) = sheet(["工作任务", "责任单位", "备注"], ["修路", "区住建局", "6月底前完成"]).rows
    assert dues(row) == ["2026-06-30"] and asked(row) == ["deadlines"]


def test_a_column_of_times_nobody_named() -> None:
    """A column of nothing but times holds the deadlines."""
    table = sheet(["工作任务", "责任单位", ""], ["修路", "区住建局", "6月底前"], ["清洗", "区城管局", "每周一次"])
    assert dues(table.rows[0]) == ["2026-06-30"] and table.rows[1].deadlines[0].rrule == "FREQ=WEEKLY"


def test_a_sheet_for_each_unit() -> None:
    """The names of the sheets are the units; one sheet alone says nothing by its name."""
    rows = [["序号", "工作任务", "完成时限"], ["1", "修路", "6月底前"]]
    grids = tuple(Grid(rows, name=name) for name in ("区住建局", "区城管局"))
    both = read_table(Document("表.xlsx", grids), year=None, on=ON)
    assert [row.lead_units for row in both.rows] == [("区住建局",), ("区城管局",)]
    assert read_table(Document("表.xlsx", grids[:1]), year=None, on=ON).rows[0].lead_units == ()


def test_the_unit_a_title_begins_with_is_asked_about() -> None:
    """It may have issued the table or answer for it."""
    table = sheet(
        ["东湖区城管局2026年重点任务清单", "", ""], ["序号", "工作任务", "完成时限"], ["1", "修路", "6月底前"]
    )
    (question,) = table.rows[0].questions
    assert question.choices == ("东湖区城管局",) and not table.rows[0].lead_units


def test_lists_of_places_and_counts_are_no_tasks() -> None:
    """点位 with who answers there, and 任务数 by unit, stand beside many a task table."""
    tasks = [HEAD, ["1", "修路", "区住建局", "6月底前"]]
    places = [["序号", "点位名称", "地址", "责任单位"], ["1", "东湖市场", "东湖路1号", "区商务局"]]
    counts = [["责任单位", "任务数", "完成数", "完成率"], ["区住建局", "5", "2", "40%"]]
    table = told("任务表", tasks, "附件", places, counts)
    assert [row.task for row in table.rows] == ["修路"]
    assert len(table.questions) == 1


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("主抓领导", "承办科室", "办结时限"), "leader"),
        (("包保领导", "落实单位", "时间安排"), "leader"),
        (("责任人", "责任处室", "月份"), "responsible"),
    ],
)
def test_names_of_columns_in_other_offices(names: tuple[str, str, str], field: str) -> None:
    """The same three fields under other names; when it was handed over (交办时间) is no deadline."""
    (row,) = sheet(["具体事项", *names, "交办时间"], ["修路", "张三", "市政科", "6月", "1月3日"]).rows
    assert (getattr(row, field), row.lead_units, dues(row)) == ("张三", ("市政科",), ["2026-06-30"])
