"""Tables as offices print them: folded halves with headings, subtotals, columns of units, letters with instructions."""

from tests.unit.table_sheets import HEAD, asked, dues, sheet, told


def test_each_half_of_a_folded_table_has_headings_of_its_own() -> None:
    """A heading on one side stands beside a task of the other, and says nothing of it."""
    head = ["序号", "任务", "承办支部（部门）", "完成时限"]
    table = sheet(
        [*head, "", *head],
        ["一、政治建设", "", "", "", "", "3", "节前提醒", "机关纪委", "每季度"],
        ["1", "制定计划", "机关党委", "1月底前", "", "二、群团", "", "", ""],
        ["2", "上党课", "第一党支部", "3月底前", "", "4", "组织活动", "局工会、局妇委会", "3月7日"],
        merges=[(1, 0, 1, 3), (2, 5, 2, 8)],
    )
    assert [(row.item_no, row.category_path, row.lead_units) for row in table.rows] == [
        ("1", ("一、政治建设",), ("机关党委",)),
        ("2", ("一、政治建设",), ("第一党支部",)),
        ("3", (), ("机关纪委",)),
        ("4", ("二、群团",), ("局工会", "局妇委会")),
    ]
    assert table.rows[3].sources["task"].cell == "G4"


def test_a_table_on_its_side_in_two_blocks() -> None:
    """The headings come again where the columns did not fit; a name with a number is no heading."""
    table = sheet(
        ["任务序号", "任务一", "任务二"],
        ["攻坚任务", "开办企业", "窗口作风"],
        ["牵头单位", "区工信局", "区审批局"],
        ["完成时限", "6月底前", "7月底前"],
        ["", "", ""],
        ["任务序号", "任务三", "任务四"],
        ["攻坚任务", "融资对接", "人才公寓"],
        ["牵头单位", "区金融办", "区住建局"],
        ["完成时限", "", "9月底前"],
    )
    assert [(row.item_no, row.task, row.lead_units, dues(row)) for row in table.rows] == [
        ("任务一", "开办企业", ("区工信局",), ["2026-06-30"]),
        ("任务二", "窗口作风", ("区审批局",), ["2026-07-31"]),
        ("任务三", "融资对接", ("区金融办",), []),
        ("任务四", "人才公寓", ("区住建局",), ["2026-09-30"]),
    ]


def test_subtotals_are_headings_and_counts_are_no_tasks() -> None:
    """小计 beside a heading adds up what stands below; 任务数 at the foot counts what stands above."""
    table = sheet(
        ["序号", "项目名称", "建设内容", "总投资", "年度计划", "牵头部门", "完工时间"],
        ["合计", "", "2项", "300", "200", "", ""],
        ["一", "教育（1项）", "小计", "100", "80", "", ""],
        ["1", "新建幼儿园", "新增学位360个", "100", "80", "县教育局", "6月底前"],
        ["二", "交通（1项）", "小计", "200", "120", "", ""],
        ["2", "农村公路", "改造60公里", "200", "120", "县交通局", "9月底前"],
        ["项目数", "", "", "2", "3", "", ""],
        merges=[(6, 0, 6, 2)],
    )
    assert [(row.category_path, row.task, row.lead_units) for row in table.rows] == [
        (("一教育（1项）", "新建幼儿园"), "新增学位360个", ("县教育局",)),
        (("二交通（1项）", "农村公路"), "改造60公里", ("县交通局",)),
    ]


def test_columns_of_units_counted_at_the_foot() -> None:
    """Figures below the signs, a bracket that belongs to the name, and names known by their neighbours."""
    table = sheet(
        ["图例：●牵头　○配合", "", "", "", "", ""],
        ["序号", "工作任务", "市教育局", "市少工委", "市公安局", "各县（市、区）"],
        ["1", "主题教育", "●", "○", "", "○"],
        ["2", "联合检查", "", "●", "●", ""],
        ["牵头任务数", "", "1", "1", "1", "0"],
        merges=[(4, 0, 4, 1)],
    )
    assert [(row.lead_units, row.support_units) for row in table.rows] == [
        (("市教育局",), ("市少工委", "各县（市、区）")),
        (("市少工委", "市公安局"), ()),
    ]


def test_instructions_on_letters() -> None:
    """批示要求 is the task, the letter its subject; who wrote it and when is neither leader nor deadline."""
    table = told(
        [
            ["序号", "批示领导", "批示日期", "来文标题", "批示要求", "承办单位", "反馈时限", "办理进度"],
            ["1", "甲", "5月22日", "《专报》", "核实停水情况", "县水务集团", "6月20日前", "已核实"],
            ["2", "乙", "6月3日", "《呈阅件》", "化解诉求", "石桥乡", "6月17日前", ""],
        ]
    )
    assert [(row.task, row.leader, row.lead_units, dues(row)) for row in table.rows] == [
        ("核实停水情况", None, ("县水务集团",), ["2026-06-20"]),
        ("化解诉求", None, ("石桥乡",), ["2026-06-17"]),
    ]


def test_a_cell_of_time_that_says_nothing() -> None:
    """A stroke under 四季度 leaves it blank; between ticks it is a bar of time."""
    table = sheet(
        ["项目", "主责部门", "一季度", "二季度", "三季度", "四季度"],
        ["污水厂", "区水务局", "采购", "安装", "调试", "/"],
        ["度假区", "区民政局", "—", "征地", "—", "—"],
        ["巡查", "区水务局", "", "——", "——", ""],
    )
    assert [max(dues(row)) for row in table.rows] == ["2026-09-30", "2026-06-30", "2026-09-30"]


def test_times_behind_a_dash() -> None:
    """任务书 that set the units as headings and only the time behind each task; what speaks of all is part of none."""
    rows = told(
        "河湖长制目标任务书",
        "一、区水利局",
        "责任人：甲　　联络员：乙",
        "1．编制方案——6月30日前",
        "2.4月底前设立界桩",
        "二、各镇（街道）",
        "1．清理漂浮物——常态化",
        "以上任务纳入考核。各责任单位于每月25日前将进展情况报区河长办。",
    ).rows
    assert [(row.task, row.lead_units, row.responsible) for row in rows[:3]] == [
        ("编制方案", ("区水利局",), "甲"),
        ("4月底前设立界桩", ("区水利局",), "甲"),
        ("清理漂浮物", ("各镇（街道）",), None),
    ]
    assert [dues(row) for row in rows[:3]] == [["2026-06-30"], ["2026-04-30"], []]
    assert rows[2].deadlines[0].kind == "standing" and rows[3].lead_units == ("各责任单位",)


def test_page_numbers_between_cells_on_lines_of_their_own() -> None:
    """A table that lost its lines keeps its page numbers, and they belong to no row."""
    names, first = [*HEAD[:3], "协办单位", "完成时限"], ["1", "修路", "区住建局", "无", "6月底前"]
    rows = told("安排表", *names, *first, "— 1 —", "2", "清洗", "区城管局", "区环卫所", "9月底前").rows
    assert [(row.lead_units, dues(row)) for row in rows] == [
        (("区住建局",), ["2026-06-30"]),
        (("区城管局",), ["2026-09-30"]),
    ]


def test_a_section_of_demands_beside_sections_of_tasks() -> None:
    """工作要求 is no task though the sections before it are; the report it asks for is one."""
    rows = told(
        "专项整治行动方案",
        "一、排查行动（6月底前，市应急局牵头）",
        "1.评估风险。",
        "二、工作要求",
        "要充分认识严峻性、复杂性，抓紧抓实。",
        "各县区每周三前将进展情况报市安委办。",
    ).rows
    assert [(row.task, row.lead_units) for row in rows] == [
        ("评估风险。", ("市应急局",)),
        ("各县区每周三前将进展情况报市安委办", ("各县区",)),
    ]
    assert not asked(rows[0])


def test_units_against_months() -> None:
    """Without a column of tasks the cells are the tasks, whichever way it lies; a bare weekday is asked about."""
    months = sheet(["责任单位", "3月", "4月"], ["区城管局", "巡查主干道", "清洗护栏"], ["区住建局", "修路", ""])
    assert [(row.task, row.lead_units, dues(row)) for row in months.rows] == [
        ("巡查主干道", ("区城管局",), ["2026-03-31"]),
        ("清洗护栏", ("区城管局",), ["2026-04-30"]),
        ("修路", ("区住建局",), ["2026-03-31"]),
    ]
    (row,) = sheet(["时间", "区城管局", "区住建局"], ["周二", "", "验收工程"]).rows
    assert (row.task, row.lead_units, asked(row)) == ("验收工程", ("区住建局",), ["deadlines"])


def test_what_each_unit_does_of_a_task() -> None:
    """Words instead of signs in the columns of units are tasks of theirs."""
    table = sheet(
        ["序号", "重点任务", "区城管局任务", "区住建局任务", "完成时限"],
        ["1", "市容整治", "清理占道", "修补路面", "6月底前"],
    )
    assert [(row.task, row.category_path, row.lead_units, dues(row)) for row in table.rows] == [
        ("清理占道", ("市容整治",), ("区城管局",), ["2026-06-30"]),
        ("修补路面", ("市容整治",), ("区住建局",), ["2026-06-30"]),
    ]


def test_a_unit_beside_its_numbered_tasks() -> None:
    """单位 before 主要任务 lists units, and each numbered line of a cell is a task."""
    table = sheet(
        ["单位", "主要任务"], ["区城管局", "1.清洗护栏，6月底前完成；\n2.巡查，每周一次。"], ["区住建局", "修路"]
    )
    assert [(row.lead_units, dues(row)) for row in table.rows] == [
        (("区城管局",), ["2026-06-30"]),
        (("区城管局",), []),
        (("区住建局",), []),
    ]


def test_what_may_go_together_is_asked() -> None:
    """As many units as numbered tasks in one row; a day left blank below another; stages without months."""
    pairs = sheet(HEAD, ["1", "1.修路\n2.清洗", "区住建局\n区城管局", "6月底前"])
    assert asked(pairs.rows[0]) == ["lead_units"]
    days = sheet(["日期", "工作内容", "牵头单位"], ["3月2日", "开会", "区文明办"], ["", "督查", "区城管局"])
    assert dues(days.rows[1]) == ["2026-03-02"] and asked(days.rows[1]) == ["deadlines"]
    stages = sheet(["工作任务", "责任单位", "第一阶段", "第二阶段"], ["修路", "区住建局", "设计", "6月底前完工"])
    assert dues(stages.rows[0]) == ["2026-06-30"] and asked(stages.rows[0]) == ["deadlines"]


def test_a_legend_in_the_text() -> None:
    """What the signs mean may stand outside the table."""
    table = told(
        [["序号", "工作任务", "区城管局", "区住建局"], ["1", "修路", "○", "●"]], "说明：○为牵头单位，●为配合单位。"
    )
    assert (table.rows[0].lead_units, table.rows[0].support_units) == (("区城管局",), ("区住建局",))


def test_units_spoken_of_behind_the_task() -> None:
    """修路。甲局负责 names who does it; one task without any among those that have is asked about."""
    rows = told(
        "重点任务分解",
        "1.修补路面。区住建局负责，7月底前完成。",
        "2.巡查主干道。区交警大队牵头，区城管局配合，每周一次。",
        "3.清洗护栏（区城管局）。",
        "4.由区文明办牵头，会同区教育局、团区委于6月底前办好展览。",
        "5.粉刷围墙，8月底前完成。",
        "6.整修绿地（区园林局）。",
    ).rows
    assert [(row.lead_units, row.support_units) for row in rows[:2]] == [
        (("区住建局",), ()),
        (("区交警大队",), ("区城管局",)),
    ]
    assert rows[3].lead_units == ("区文明办",) and "区教育局" in rows[3].support_units
    assert asked(rows[4]) == ["lead_units"]


def test_bullets_with_units_and_time_behind_dashes() -> None:
    """A bullet begins an item as a number does."""
    rows = told("任务清单", "● 清洗护栏——区城管局——6月底前", "● 修补路面——区住建局——7月底前").rows
    assert [(row.item_no, row.task, row.lead_units, dues(row)) for row in rows] == [
        (None, "清洗护栏", ("区城管局",), ["2026-06-30"]),
        (None, "修补路面", ("区住建局",), ["2026-07-31"]),
    ]


def test_who_signs_a_text_is_no_part_of_its_last_item() -> None:
    """落款 stands below the last task without a mark."""
    rows = told(
        "重点任务", "（一）清洗（区城管局，6月底前）", "（二）修路（区住建局）", "区文明办", "2026年1月5日"
    ).rows
    assert [(row.task, row.lead_units, dues(row)) for row in rows][1:] == [("修路", ("区住建局",), [])]


def test_proposals_by_their_headings() -> None:
    """案由 is what is to be answered, the number of the proposal its number."""
    (row,) = sheet(
        ["案号", "案由", "提案人", "承办单位", "答复时限"], ["12", "停车难", "甲", "区交警队", "8月底前"]
    ).rows
    assert (row.item_no, row.task, row.lead_units, dues(row)) == ("12", "停车难", ("区交警队",), ["2026-08-31"])
