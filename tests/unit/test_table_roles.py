"""Columns and lines under names that few offices use: parts of units, titles at the side, starts, what is assessed."""

import pytest

from tests.unit.table_sheets import HEAD, asked, dues, sheet, told


def test_parts_of_units_are_no_units() -> None:
    """主攻单位 over a column says what part its units take: it is not a unit whose tasks stand below."""
    (row,) = sheet(["序号", "攻坚项目", "主攻单位", "助攻单位"], ["1", "改造市场", "区商务局", "区住建局、各街道"]).rows
    assert (row.task, row.lead_units, row.support_units) == ("改造市场", ("区商务局",), ("区住建局", "各街道"))
    assert not row.questions


def test_units_under_an_unknown_part_are_asked_about() -> None:
    """Beside those who lead they are read as helping, not dropped, and somebody says whether rightly."""
    first, second = sheet(
        ["序号", "工作任务", "责任单位", "链上单位", "完成时限"],
        ["1", "修补路面", "区住建局", "区水务局", "6月底前"],
        ["2", "清理河道", "区水务局", "", "9月底前"],
    ).rows
    assert (first.lead_units, first.support_units) == (("区住建局",), ("区水务局",))
    assert asked(first) == ["support_units"] and not asked(second)


@pytest.mark.parametrize("last", [2, 5])
def test_a_title_at_the_side_is_no_column(last: int) -> None:
    """Merged down beside the header and its rows, it names no field and makes no row a part of the header."""
    rows = [["", str(number), f"第{number}条路面修补", "区住建局", "6月底前"] for number in range(1, last + 1)]
    table = sheet(["重\n点\n任\n务", *HEAD], *rows, merges=[(0, 0, last, 0)])
    assert [row.item_no for row in table.rows] == [str(number) for number in range(1, last + 1)]
    assert not any(row.standards for row in table.rows)


def test_what_a_standard_is_about_is_the_task() -> None:
    """Where the only heading that is known is that of the standard, the words before it are what is to be done."""
    first, second = sheet(
        ["序号", "整治对象", "整治标准", "完成时限"],
        ["1", "背街小巷", "路面无破损", "6月底前"],
        ["2", "农贸市场", "摊位不出线", "9月底前"],
    ).rows
    assert (first.task, first.standards) == ("背街小巷", ("路面无破损",))
    assert (second.task, dues(second)) == ("农贸市场", ["2026-09-30"])


def test_what_starts_in_a_month_starts_on_its_first_day() -> None:
    """The same word is due on its last day where it closes the time."""
    (row,) = sheet([*HEAD[:3], "启动时间", "完成时间"], ["1", "修补路面", "区住建局", "4月中旬", "9月"]).rows
    (window,) = row.deadlines
    assert (str(window.start), str(window.due)) == ("2026-04-11", "2026-09-30")


def test_units_in_the_line_over_the_header_are_no_title() -> None:
    """A group's sheet: its title, the line of its units, then tasks without any."""
    table = sheet(
        ["河道清理组任务", "", ""],
        ["牵头单位：区水务局    成员单位：区住建局、各镇", "", ""],
        ["序号", "工作任务", "完成时限"],
        ["1", "打捞漂浮物", "6月底前"],
        merges=[(0, 0, 0, 2), (1, 0, 1, 2)],
    )
    (row,) = table.rows
    assert table.title == "河道清理组任务"
    assert (row.lead_units, row.support_units) == (("区水务局",), ("区住建局", "各镇"))


def test_what_is_appended_is_no_part_of_the_last_item() -> None:
    """附：成员名单 behind an item does not hide the bracket that ends it."""
    last = told(
        "2026年任务分工", "一、重点任务", "1．修补路面。（区住建局）", "2．清理河道。（区水务局）", "附：成员单位名单"
    ).rows[-1]
    assert (last.task, last.lead_units) == ("清理河道。", ("区水务局",))


def test_the_wordiest_column_is_the_task_where_none_is_called_so() -> None:
    """Units and a deadline say that it is a table of duties; a list of people beside them stays none."""
    table = sheet(
        ["序号", "事宜", "责任单位", "完成时限"],
        ["1", "修补东湖路路面", "区住建局", "6月底前"],
        ["2", "清理南门河道", "区水务局", "9月底前"],
    )
    assert [row.task for row in table.rows] == ["修补东湖路路面", "清理南门河道"]
    people = sheet(["序号", "姓名", "责任单位", "报到时间"], ["1", "张三", "区住建局", "6月1日"])
    assert not people.rows


@pytest.mark.parametrize("cell", ["修补路面（区住建局）", "修补路面（责任单位：区住建局）", "修补路面【区住建局】"])
def test_a_column_of_tasks_and_their_units(cell: str) -> None:
    """任务及责任单位: the bracket of each task names its units."""
    (row,) = sheet(["序号", "任务及责任单位", "完成时限"], ["1", cell, "6月底前"]).rows
    assert (row.task, row.lead_units) == ("修补路面", ("区住建局",))


@pytest.mark.parametrize("heading", ["责任人/单位", "责任人"])
def test_units_where_people_are_expected(heading: str) -> None:
    """They answer for the row, whatever the heading says."""
    table = sheet(["序号", "工作任务", heading], ["1", "修补路面", "区住建局"], ["2", "清理河道", "区水务局"])
    assert [row.lead_units for row in table.rows] == [("区住建局",), ("区水务局",)]


def test_columns_of_years_are_times() -> None:
    """Each says what is due by the end of its year; the goal of one year alone is a standard."""
    head = ["序号", "工作任务", "责任单位"]
    (row,) = sheet([*head, "2026年目标", "2027年目标"], ["1", "新建公园", "区园林局", "5个", "8个"]).rows
    assert dues(row) == ["2026-12-31", "2027-12-31"]
    (row,) = sheet([*head, "2026年目标"], ["1", "新建公园", "区园林局", "5个"]).rows
    assert (dues(row), row.standards) == ([], ("5个",))


def test_the_year_of_a_title_is_no_deadline() -> None:
    """（2026年） behind a title says whose year the plan is; （2026年6月底前完成） is a limit for all."""
    rows = [["序号", "工作任务", "责任单位"], ["1", "修补路面", "区住建局"]]
    assert not sheet(["任务清单（2026年）", "", ""], *rows).rows[0].deadlines
    assert dues(sheet(["任务清单（2026年6月底前完成）", "", ""], *rows).rows[0]) == ["2026-06-30"]


def test_items_that_run_on_in_one_paragraph() -> None:
    """Numbered items with units of their own are rows, though nobody began a new line; their heading is above them."""
    first, second = told(
        "2026年任务分工",
        "一、重点任务",
        "（一）道路提升。1.修补路面，6月底前完成。牵头单位：区住建局；配合单位：各街道。2.更换路灯。责任单位：区城管局。",
    ).rows
    assert (first.lead_units, first.support_units, dues(first)) == (("区住建局",), ("各街道",), ["2026-06-30"])
    assert (second.lead_units, second.support_units, second.deadlines) == (("区城管局",), (), ())
    assert "更换路灯" in second.task and second.category_path[-1] == "道路提升"


def test_words_behind_the_units_are_kept() -> None:
    """主要任务： behind the labels of the units is the task's, with its time."""
    (row,) = told(
        "整治任务分工",
        "一、整治任务",
        "（一）河道整治 牵头单位：区水务局 配合单位：区住建局、各镇 主要任务：6月底前打捞漂浮物。",
    ).rows
    assert "打捞漂浮物" in row.task and dues(row) == ["2026-06-30"]
    assert (row.lead_units, row.support_units) == (("区水务局",), ("区住建局", "各镇"))


def test_a_meeting_gives_a_task_without_a_time() -> None:
    """由甲局负责 is a resolution, even behind its topic; what everybody is asked is none."""
    table = told(
        "专题会议纪要",
        "会议议定：",
        "一、关于路灯问题。由区城管局负责，更换破损灯具。",
        "会议强调，各单位要协同推进。",
        "二、各单位要提高认识。",
    )
    assert [row.lead_units for row in table.rows] == [("区城管局",)]


def test_the_unit_of_a_letter_stands_over_its_header() -> None:
    """责任单位 in one cell and its name in the next hold for all tasks of a letter of responsibility."""
    table = sheet(
        ["责任单位", "区住建局", "签订日期", "2026年1月4日"],
        ["序号", "目标任务", "标准要求", "完成时限"],
        ["1", "修补路面", "验收合格", "6月底前"],
    )
    assert table.rows[0].lead_units == ("区住建局",) and dues(table.rows[0]) == ["2026-06-30"]


def test_heads_of_nets_answer_beside_the_unit() -> None:
    """包联单位 leads; 网格长 is a person, whoever it is."""
    (row,) = sheet(["网格", "网格长", "包联单位", "工作任务"], ["一", "张三", "区住建局", "修补路面"]).rows
    assert (row.lead_units, row.responsible) == (("区住建局",), "张三")


def test_a_notice_speaks_to_units_behind_a_short_heading() -> None:
    """整治环境。各街道要… names who does it and by when."""
    rows = told("关于迎检工作的通知", "一、整治环境。各街道要清理卫生死角，6月10日前完成。").rows
    assert [(row.lead_units, dues(row)) for row in rows] == [(("各街道",), ["2026-06-10"])]


def test_a_paper_beside_a_task_is_a_demand() -> None:
    """What is to be handed in stands with the standards where something else is the task."""
    (row,) = sheet(["序号", "工作任务", "申报材料", "责任单位"], ["1", "开展宣讲", "方案和总结", "区文明办"]).rows
    assert (row.task, row.standards) == ("开展宣讲", ("方案和总结",))


def test_what_is_wrong_is_the_task_wherever_it_is() -> None:
    """问题 before 地点: the place of a problem is no task."""
    (row,) = sheet(["序号", "存在问题", "地点", "责任单位"], ["1", "护栏破损", "东湖路", "区住建局"]).rows
    assert (row.task, row.category_path) == ("护栏破损", ("东湖路",))


def test_progress_in_percent_is_no_deadline() -> None:
    """启动 | 办结 open and close the time; 进度（%） tells how far things are."""
    head = ["工作任务", "责任单位", "启动", "办结", "进度（%）"]
    (row,) = sheet(head, ["修补路面", "区住建局", "2月", "6月", "35"]).rows
    assert [(str(one.start), str(one.due)) for one in row.deadlines] == [("2026-02-01", "2026-06-30")]
