"""The layouts offices keep their tables in, each read as a clerk reads it."""

from rules.grid import Document, Grid, Paragraph, Place
from rules.table import read_table
from tests.unit.table_sheets import HEAD, ON, dues, sheet, told


def test_a_tidy_table_raises_no_question() -> None:
    """Nothing is asked where nothing is open, and every field knows its cell."""
    table = sheet(HEAD, ["1", "修补路面", "区住建局", "6月底前"], ["2", "清理河道", "区水务局", "每月25日前"])
    assert [row.task for row in table.rows] == ["修补路面", "清理河道"]
    assert not table.questions and not any(row.questions for row in table.rows)
    assert table.rows[1].sources["deadlines"].cell == "D3" and table.rows[1].source.sheet == "任务表"
    assert dues(table.rows[0]) == ["2026-06-30"] and table.rows[1].deadlines[0].rrule == "FREQ=MONTHLY;BYMONTHDAY=25"


def test_the_title_is_neither_attachment_nor_unit_line() -> None:
    """附件 and 单位： lines around the title do not become it; its year is the plan's, before that of the day."""
    table = sheet(
        ["附件2", "", "", ""],
        ["东湖区2027年市容提升任务分解表", "", "", ""],
        ["填报单位：东湖区市容环境卫生管理服务保障中心办公室综合科", "", "", ""],
        HEAD,
        ["1", "修补路面", "区住建局", "6月底前"],
        merges=[(1, 0, 1, 3)],
    )
    assert table.title == "东湖区2027年市容提升任务分解表" and table.reference_year == 2027
    assert dues(table.rows[0]) == ["2027-06-30"]


def test_two_header_rows_with_merged_groups() -> None:
    """Group names over the columns give way to the names below them; 单位 alone takes its group along."""
    table = sheet(
        ["序号", "指标", "", "责任", "", "完成时限"],
        ["", "项目", "内容", "牵头单位", "配合单位", ""],
        ["1", "环境", "垃圾日产日清", "区城管局", "区商务局、各街道", "长期坚持"],
        merges=[(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0), (0, 5, 1, 5)],
    )
    (row,) = table.rows
    assert (row.task, row.category_path) == ("垃圾日产日清", ("环境",))
    assert (row.lead_units, row.support_units) == (("区城管局",), ("区商务局", "各街道"))


def test_two_header_rows_without_merges() -> None:
    """An export has lost its merges; the second row of names still belongs to the header."""
    table = sheet(
        ["序号", "工作任务", "责任分工", "", "完成时限"],
        ["", "", "牵头单位", "配合单位", ""],
        ["1", "修补路面", "区住建局", "区财政局", "6月底前"],
    )
    (row,) = table.rows
    assert (row.lead_units, row.support_units) == (("区住建局",), ("区财政局",))


def test_sections_notes_totals_and_page_numbers_are_no_tasks() -> None:
    """Only duties become rows; sections are their categories."""
    table = sheet(
        HEAD,
        ["一、市容", "", "", ""],
        ["1", "修补路面", "区住建局", "6月底前"],
        ["— 1 —", "", "", ""],
        HEAD,
        ["2", "清洗护栏", "区环卫所", "每周一次"],
        ["二、交通", "", "", ""],
        ["1", "施划车位", "区交警大队", "9月底前"],
        ["合计", "3", "", ""],
        ["注：各单位进度以每季度通报为准。", "", "", ""],
        merges=[(1, 0, 1, 3), (6, 0, 6, 3), (9, 0, 9, 3)],
    )
    assert [(row.task, row.category_path) for row in table.rows] == [
        ("修补路面", ("一、市容",)),
        ("清洗护栏", ("一、市容",)),
        ("施划车位", ("二、交通",)),
    ]


def test_a_section_keeps_its_mark_and_loses_its_points() -> None:
    """一、 in the column of numbers with a subtotal of points is a section; its bracket names the units below."""
    table = sheet(
        ["序号", "项目", "分值", "考核内容", "评分标准"],
        ["一、", "共同项目（各责任单位）", "40", "", ""],
        ["1", "组织", "8", "成立专班", "未成立扣2分"],
        merges=[],
    )
    (row,) = table.rows
    assert row.category_path == ("一、共同项目（各责任单位）", "组织")
    assert row.lead_units == ("各责任单位",)
    assert row.standards == ("未成立扣2分",)


def test_merged_units_and_numbers_cover_their_rows() -> None:
    """Each duty beside a merged unit is a row of its own."""
    table = sheet(
        HEAD,
        ["1", "修补路面", "区住建局", "6月底前"],
        ["", "更换井盖", "", "9月底前"],
        merges=[(1, 0, 2, 0), (1, 2, 2, 2)],
    )
    assert [(row.item_no, row.task, row.lead_units) for row in table.rows] == [
        ("1", "修补路面", ("区住建局",)),
        ("1", "更换井盖", ("区住建局",)),
    ]
    assert table.rows[1].sources["lead_units"].cell == "C2"


def test_blank_number_and_unit_go_on_with_the_row_above() -> None:
    """A row that a page break cut in two is one duty."""
    table = sheet(HEAD, ["1", "修补路面，", "区住建局", "6月底前"], ["", "更换破损井盖", "", ""])
    assert [row.task for row in table.rows] == ["修补路面，更换破损井盖"]


def test_a_blank_unit_of_a_numbered_row_is_asked_about() -> None:
    """Where merges may have been lost on the way, the unit above is offered, never taken in silence."""
    table = sheet(HEAD, ["1", "修补路面", "区住建局", "6月底前"], ["2", "更换井盖", "", "9月底前"])
    (question,) = table.rows[1].questions
    assert question.field == "lead_units" and question.choices == ("区住建局",) and question.source
    assert question.source.cell == "C3" and table.rows[1].lead_units == ("区住建局",)


def test_a_task_over_several_demands_is_their_category() -> None:
    """Where the finer column has its own unit in each row, it tells the duties."""
    table = sheet(
        ["工作内容", "工作要求", "责任单位"],
        ["市容", "路面平整", "区住建局"],
        ["", "护栏干净", "区环卫所"],
        ["交通", "车位清楚", "区交警大队"],
        merges=[(1, 0, 2, 0)],
    )
    assert [(row.task, row.category_path) for row in table.rows] == [
        ("路面平整", ("市容",)),
        ("护栏干净", ("市容",)),
        ("车位清楚", ("交通",)),
    ]


def test_several_standards_of_one_duty_stay_one_row() -> None:
    """Where number, task and unit are merged over them, the standards belong to one duty."""
    table = sheet(
        ["序号", "测评内容", "测评标准", "责任单位"],
        ["1", "公益广告", "主干道有展示", "区委宣传部"],
        ["", "", "社区有展示", ""],
        merges=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3)],
    )
    (row,) = table.rows
    assert row.standards == ("主干道有展示", "社区有展示")


def test_units_in_a_column_nobody_labelled() -> None:
    """A column full of units' names holds the units."""
    table = sheet(
        ["序号", "考核项目", "", "考核内容"],
        ["1", "重点部门", "区住建局", "路面平整"],
        ["2", "", "区水务局", "河道清洁"],
        ["3", "", "区教育局", "校门有序"],
        merges=[(0, 1, 0, 2), (1, 1, 3, 1)],
    )
    assert [row.lead_units for row in table.rows] == [("区住建局",), ("区水务局",), ("区教育局",)]


def test_units_of_the_title_lead_where_rows_name_none() -> None:
    """任务分解表（宣传部）: the bracket names who answers for all of it."""
    table = sheet(
        ["2026年任务分解表（宣传部）", "", ""],
        ["序号", "工作任务", "完成时限"],
        ["1", "更新展板", "3月底前"],
        merges=[(0, 0, 0, 2)],
    )
    assert table.rows[0].lead_units == ("宣传部",)


def test_sections_headed_by_an_authority_are_its_own() -> None:
    """一、区城管局 over rows that name nobody answers for them; a kind of place (二、医院) does not."""
    table = sheet(
        ["序号", "工作任务", "完成时限"],
        ["一、区城管局", "", ""],
        ["1", "清洗护栏", "每周一次"],
        ["二、医院", "", ""],
        ["1", "更新展板", "3月底前"],
        merges=[(1, 0, 1, 2), (3, 0, 3, 2)],
    )
    assert [row.lead_units for row in table.rows] == [("区城管局",), ()]


def test_a_leading_column_beside_a_responsible_one() -> None:
    """牵头单位 beside 责任单位: the first leads, the others support."""
    table = sheet(["工作任务", "牵头单位", "责任单位"], ["修补路面", "区住建局", "各街道"])
    assert (table.rows[0].lead_units, table.rows[0].support_units) == (("区住建局",), ("各街道",))


def test_labels_inside_a_cell() -> None:
    """牵头：…；配合：… and 完成时限：… written into the task are taken out of it."""
    table = sheet(
        ["序号", "工作任务", "备注"],
        ["1", "修补路面。（牵头单位：区住建局；配合单位：各街道；完成时限：6月底前）", ""],
    )
    (row,) = table.rows
    assert (row.task, row.lead_units, row.support_units) == ("修补路面。", ("区住建局",), ("各街道",))
    assert dues(row) == ["2026-06-30"]


def test_deadlines_inside_the_task_where_there_is_no_column() -> None:
    """A time limit in the sentence counts; points of a scoring rule do not."""
    table = sheet(
        ["序号", "工作任务", "评分标准", "责任单位"],
        ["1", "9月底前完成雨污分流", "每少一处扣1分", "区水务局"],
        ["2", "保持河面清洁", "每发现一次扣1分", "区水务局"],
    )
    assert dues(table.rows[0]) == ["2026-09-30"] and not table.rows[1].deadlines


def test_a_serial_number_is_the_day_excel_keeps_under_it() -> None:
    """A date cell formatted as a number reads as its day."""
    table = sheet(HEAD, ["1", "修补路面", "区住建局", "46203"])
    assert dues(table.rows[0]) == ["2026-06-30"]


def test_columns_named_after_periods() -> None:
    """What stands under 一季度 is due in it; a blank quarter asks nothing."""
    table = sheet(
        ["序号", "重点任务", "责任单位", "推进计划", "", ""],
        ["", "", "", "一季度", "二季度", "三季度"],
        ["1", "建公园", "区园林局", "选址", "", "建成"],
        merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 5)],
    )
    assert dues(table.rows[0]) == ["2026-03-31", "2026-09-30"]


def test_tasks_that_begin_with_their_time() -> None:
    """3月：制定方案 under a merged task is a duty of its own, due in March."""
    table = sheet(
        ["序号", "工作任务", "时序进度", "责任单位"],
        ["1", "建公园", "3月：制定方案", "区园林局"],
        ["", "", "4月~9月：施工", ""],
        merges=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3)],
    )
    assert [(row.task, row.category_path) for row in table.rows] == [("制定方案", ("建公园",)), ("施工", ("建公园",))]
    assert [dues(row) for row in table.rows] == [["2026-03-31"], ["2026-09-30"]]


def test_several_milestones_in_one_cell_are_one_row() -> None:
    """Each milestone is a reading of the same duty."""
    table = sheet(HEAD, ["1", "建公园", "区园林局", "3月：选址\n6月：开工\n12月：建成"])
    assert dues(table.rows[0]) == ["2026-03-31", "2026-06-30", "2026-12-31"]


def test_vertical_table() -> None:
    """Headings in the left column, one duty below the other."""
    table = sheet(
        ["重点工作", "建公园"],
        ["牵头单位", "区园林局"],
        ["配合单位", "区财政局"],
        ["完成时限", "12月底前"],
        ["重点工作", "建学校"],
        ["牵头单位", "区教育局"],
        ["配合单位", ""],
        ["完成时限", "8月底前"],
    )
    assert [(row.task, row.lead_units, dues(row)) for row in table.rows] == [
        ("建公园", ("区园林局",), ["2026-12-31"]),
        ("建学校", ("区教育局",), ["2026-08-31"]),
    ]
    assert table.rows[0].sources["lead_units"].cell == "B2"


def test_numbers_that_are_formulas_count_on() -> None:
    """序号 as a formula nobody calculated is no reason to ask; any other such cell is named."""
    grid = Grid(
        [HEAD, ["", "修补路面", "区住建局", "6月底前"], ["", "清理河道", "区水务局", ""]],
        name="任务表",
        unread={Place(1, 0): "ROW()-1", Place(2, 0): "A2+1", Place(2, 3): "D2+30"},
    )
    table = read_table(Document("表.xlsx", (grid,)), year=None, on=ON)
    assert [row.item_no for row in table.rows] == ["1", "2"]
    (question,) = table.rows[1].questions
    assert question.field == "deadlines" and "D3" in question.message.zh and "D2+30" in question.message.en


def test_an_empty_column_of_units_is_asked_about_once() -> None:
    """Forty rows without a unit are one question, not forty."""
    table = sheet(HEAD, ["1", "修补路面", "", "6月底前"], ["2", "清理河道", "", "9月底前"])
    assert [question.field for question in table.questions] == ["lead_units"]
    assert not any(row.questions for row in table.rows)


def test_every_sheet_with_a_table_is_read_and_named() -> None:
    """Which of several sheets is meant is the office's choice."""
    grids = tuple(
        Grid([HEAD, ["1", task, "区住建局", "6月底前"]], name=name) for name, task in (("甲", "一"), ("乙", "二"))
    )
    table = read_table(Document("表.xlsx", grids), year=None, on=ON)
    assert [row.source.sheet for row in table.rows] == ["甲", "乙"]
    assert table.questions[0].choices == ("甲", "乙")


def test_a_table_goes_on_in_the_next_one() -> None:
    """A Word table cut in two at a page keeps its header for both parts."""
    first = Grid([HEAD, ["1", "修补路面", "区住建局", "6月底前"]], name="表1")
    second = Grid([["2", "清理河道", "区水务局", "9月底前"]], name="表2")
    table = read_table(Document("表.docx", (Paragraph("任务表", 1), first, second)), year=None, on=ON)
    assert [(row.task, row.source.sheet, row.source.cell) for row in table.rows] == [
        ("修补路面", "表1", "B2"),
        ("清理河道", "表2", "B1"),
    ]


def test_no_table_and_no_tasks_is_said() -> None:
    """A letter is no task table; the clerk hears so."""
    table = told("关于召开座谈会的通知", "请准时参加。")
    assert not table.rows and len(table.questions) == 1


def test_items_of_a_plan_with_units_in_brackets() -> None:
    """An item over measures is a duty where both name units; its measures carry its number."""
    table = told(
        "重点任务分工方案",
        "一、优化服务",
        "（一）提升办事效率，压减环节。（市数据局牵头，各部门按职责分工负责）",
        "具体措施：",
        "1．2026年6月底前公布清单。（市数据局负责）",
        "2．设立综合窗口。（市行政服务中心、各区政府负责）",
    )
    assert [(row.item_no, row.lead_units, row.support_units) for row in table.rows] == [
        ("（一）", ("市数据局",), ("各部门",)),
        ("（一）1", ("市数据局",), ()),
        ("（一）2", ("市行政服务中心", "各区政府"), ()),
    ]
    assert table.rows[1].task == "2026年6月底前公布清单。" and table.rows[1].source.cell == "¶5"


def test_a_headings_units_lead_the_items_under_it() -> None:
    """（市住建局） behind a heading answers for items that name nobody."""
    table = told("改造任务清单", "（一）物业管理（市住建局）", "1．制定考核办法。", "2．每季度通报一次。")
    assert [row.lead_units for row in table.rows] == [("市住建局",), ("市住建局",)]


def test_labels_after_a_group_hold_for_all_of_it() -> None:
    """责任部门：… after the last of several items is theirs together."""
    table = told(
        "任务分解",
        "（一）安全",
        "1、安装监控；",
        "2、消防完好。",
        "测评方法：1)材料审核;2)实地考察",
        "责任部门：治安支队、消防支队",
        "（二）秩序",
        "1、停车有序。",
        "责任部门：交警支队",
    )
    assert [row.lead_units for row in table.rows] == [("治安支队", "消防支队")] * 2 + [("交警支队",)]


def test_labels_whose_words_run_together() -> None:
    """No line break between one label's value and the next label."""
    table = told("专项整治方案", "一、专项整治", "（一）整治工地围挡。牵头领导：分管副局长责任部门：建工科、质监站")
    (row,) = table.rows
    assert (row.task, row.leader, row.lead_units) == ("整治工地围挡。", "分管副局长", ("建工科", "质监站"))


def test_one_deadline_for_all_in_the_closing_sentence() -> None:
    """A bulletin's last paragraph sets the time for every finding above it."""
    table = told(
        "环境整治通报",
        "一、存在问题",
        "1．东门市场：占道经营。",
        "（责任单位：城管办）",
        "2．西苑小区：垃圾未清。",
        "（责任单位：西苑社区、环卫所）",
        "请各责任单位于2026年4月25日前完成整改。",
    )
    assert [(row.task, row.lead_units, dues(row)) for row in table.rows] == [
        ("东门市场：占道经营。", ("城管办",), ["2026-04-25"]),
        ("西苑小区：垃圾未清。", ("西苑社区", "环卫所"), ["2026-04-25"]),
    ]
    assert table.rows[0].sources["deadlines"].cell == "¶7"


def test_months_as_headings_are_the_time_of_what_stands_below() -> None:
    """Under 二月份 everything is due by the end of February."""
    table = told("2026年工作安排", "一月份", "1、召开动员会；", "二月份", "1、开展业务培训；")
    assert [dues(row) for row in table.rows] == [["2026-01-31"], ["2026-02-28"]]


def test_duties_told_by_unit() -> None:
    """城管局：负责… names who answers before it says for what."""
    table = told("一、责任分工", "1．城管局：负责市容秩序。", "2．住建局：负责工地围挡，6月底前完成。")
    assert [(row.lead_units, dues(row)) for row in table.rows] == [(("城管局",), []), (("住建局",), ["2026-06-30"])]


def test_guiding_thoughts_are_no_tasks() -> None:
    """Only the sections that hold tasks give rows."""
    table = told(
        "文明创建工作方案",
        "一、指导思想",
        "坚持以人为本，全面提升城市品质。",
        "二、重点任务",
        "1、开展宣传教育活动。",
        "2、整治背街小巷环境。",
        "三、组织保障",
        "1、加强领导，明确责任分工。",
    )
    assert [row.task for row in table.rows] == ["开展宣传教育活动。", "整治背街小巷环境。"]


def test_stages_of_a_plan() -> None:
    """An item called a stage with its time is a task, whatever heading was lost above it."""
    table = told(
        "创建方案范文",
        "宣传部署。",
        "1、动员阶段（4月中旬-5月上旬）。广泛动员。",
        "2、落实阶段(5月中旬-7月上旬)。对照找差。",
    )
    assert [(row.item_no, dues(row)) for row in table.rows] == [("1", ["2026-05-10"]), ("2", ["2026-07-10"])]


def test_what_a_report_tells_is_done() -> None:
    """Of a report on last year's work only what is still to be done gives rows, though its headings speak of tasks."""
    table = told(
        "街道工作总结",
        "一、健全体系，强化任务落实",
        "（一）加强领导。成立了领导小组。",
        "二、下一步工作打算",
        "（一）完善办公场所，整修活动室。",
    )
    assert [row.task for row in table.rows] == ["完善办公场所，整修活动室。"]


def test_texts_put_together_stay_apart() -> None:
    """Each text of a collection begins with the name of all and a number; its items are not those of the one before."""
    table = told(
        "材料汇编",
        "创建工作材料第1篇 某街道的方案，以供大家参考借鉴。",
        "一、工作措施",
        "（一）整修活动室，更新设施。",
        "创建工作材料第2篇 某局局长的发言，以供大家参考借鉴。",
        "各位同志：大家好。",
    )
    (row,) = table.rows
    assert row.task == "整修活动室，更新设施。" and "发言" not in "".join(row.category_path)


def test_dates_in_labels_are_no_series() -> None:
    """Two deadlines that differ in their day alone are not the titles of two texts."""
    table = told(
        "整改清单",
        "1．修补路面。",
        "责任单位：区住建局",
        "完成时间：2026-06-15",
        "2．清理河道。",
        "责任单位：区水务局",
        "完成时间：2026-06-30",
    )
    assert [(row.lead_units, dues(row)) for row in table.rows] == [
        (("区住建局",), ["2026-06-15"]),
        (("区水务局",), ["2026-06-30"]),
    ]


def test_a_table_that_lost_its_lines() -> None:
    """One cell a line: numbers part the rows, a second unit's line joins the first."""
    table = told(
        "重点任务表", "序号", "工作任务", "责任单位", "完成时限",
        "1", "修补路面", "区住建局", "区城管局", "6月底前", "2", "清理河道", "区水务局", "全年",
    )  # fmt: skip
    assert [(row.item_no, row.task, row.lead_units) for row in table.rows] == [
        ("1", "修补路面", ("区住建局", "区城管局")),
        ("2", "清理河道", ("区水务局",)),
    ]
