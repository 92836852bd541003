"""Bulletins, minutes and lists of duties in running text, each as a clerk reads it."""

from tests.unit.table_sheets import asked, dues, told


def test_mending_and_reporting_have_their_own_times() -> None:
    """The points are due when they must be mended; the report on it is another duty, of all units."""
    *points, report = told(
        "督查情况通报",
        "一、存在问题",
        "1．东门市场：占道经营。（责任单位：城管办）",
        "2．西苑小区：垃圾未清，限4月10日前清运完毕。（责任单位：环卫所）",
        "各责任单位要举一反三，于4月25日前全部整改到位，整改报告（附照片）于4月28日17:00前报创建办。",
    ).rows
    assert [dues(row) for row in points] == [["2026-04-25"], ["2026-04-10"]]
    assert report.lead_units == ("各责任单位",) and dues(report) == ["2026-04-28 17:00:00"]


def test_only_a_report_is_dated() -> None:
    """Where the report alone has a time, that is when the mending must be done."""
    closing = "请各单位于4月25日前将整改情况报创建办。"
    point, report = told("通报", "一、问题", "1．东门市场：占道。（城管办负责）", closing).rows
    assert dues(point) == dues(report) == ["2026-04-25"]


def test_a_plans_report_dates_no_task() -> None:
    """The day on which units tell how a plan goes is no deadline of the tasks that have none."""
    closing = "各责任单位要细化措施，于11月30日前将工作落实情况报市文明办。"
    task, report = told("2026年工作要点", "一、重点任务", "1．办好广场演出。（责任单位：市文旅局）", closing).rows
    assert (dues(task), dues(report)) == ([], ["2026-11-30"])


def test_units_as_headings_lead_the_points_below() -> None:
    """（一）东湖街道（2处） names who answers; what is done already is no duty any more."""
    table = told(
        "第3期督查通报",
        "一、新发现问题",
        "（一）东湖街道（2处）",
        "1.青年路：店外经营（12月督查时已指出）。",
        "2.河堤路：绿化带有垃圾。",
        "二、已整改到位的问题",
        "1.东门乱堆乱放已清理（责任单位：东门社区）。",
        "三、逾期未整改问题",
        "（一）西苑街道",
        "1.老粮库：积存垃圾未清运。",
        "对以上问题，自通报印发之日起7日内完成整改。",
    )
    assert [(row.lead_units, row.deadlines[0].kind) for row in table.rows] == [
        (("东湖街道",), "relative"),
        (("东湖街道",), "relative"),
        (("西苑街道",), "relative"),
    ]


def test_a_bracket_holds_units_and_their_time() -> None:
    """However the bracket is written, both are taken out of it."""
    table = told(
        "责任清单",
        "一、区城管局（3项）",
        "1、改造公厕（配合单位：区住建局；9月15日前）。",
        "2、开展清洁家园行动（配合单位：各街道；每周四）。",
        "3、规范早夜市（长期坚持）。",
        "二、公共场所",
        "1．规范活禽交易。（区商务局会同区农业农村局，于8月31日前完成）",
        "2．实行分级管理。（区卫健局牵头；区公安分局配合；11月底前完成）",
    )
    assert [(row.lead_units, row.support_units) for row in table.rows] == [
        (("区城管局",), ("区住建局",)),
        (("区城管局",), ("各街道",)),
        (("区城管局",), ()),
        (("区商务局",), ("区农业农村局",)),
        (("区卫健局",), ("区公安分局",)),
    ]
    kinds = [(row.deadlines[0].kind.value, *dues(row)) for row in table.rows]
    assert kinds == [("by", "2026-09-15"), ("recurring",), ("standing",), ("by", "2026-08-31"), ("by", "2026-11-30")]


def test_headings_that_set_unit_and_time_for_their_section() -> None:
    """What an item says itself comes before its heading's."""
    table = told(
        "工作方案",
        "二、重点任务",
        "（一）环境整治（责任单位：区城管局；完成时限：6月底前）",
        "1.清洗护栏。",
        "2.清理小广告，3月底前完成。",
    )
    assert [(row.lead_units, dues(row)) for row in table.rows] == [
        (("区城管局",), ["2026-06-30"]),
        (("区城管局",), ["2026-03-31"]),
    ]


def test_projects_told_by_lines_of_labels() -> None:
    """项目1：… with a line for each field, full-width or half-width, is one duty."""
    table = told(
        "责任清单",
        "重点项目",
        "项目1：新建公园",
        "牵头单位：区住建局",
        "责任单位：区财政局",
        "完成时间：12月10日前",
        "项目2：改造市场",
        "牵头单位:区商务局",
        "责任单位:区市场监管局,东湖街道",
        "完成时间:8月底前",
    )
    assert [(row.item_no, row.lead_units, row.support_units, dues(row)) for row in table.rows] == [
        ("项目1", ("区住建局",), ("区财政局",), ["2026-12-10"]),
        ("项目2", ("区商务局",), ("区市场监管局", "东湖街道"), ["2026-08-31"]),
    ]


def test_units_before_or_behind_an_item() -> None:
    """【区城管局】… and …——区住建局（6月底前） name who answers."""
    table = told(
        "工作清单",
        "1.【区城管局】清洗护栏，6月底前。",
        "2.修补路面——区住建局（7月底前）",
        "3.区教育局：巡查校园周边，每周一次。",
    )
    assert [(row.lead_units, row.deadlines[0].text) for row in table.rows] == [
        (("区城管局",), "6月底前"),
        (("区住建局",), "7月底前"),
        (("区教育局",), "每周一次"),
    ]


def test_resolutions_of_a_meeting() -> None:
    """Who a sentence gives the task to leads; a demand without a time is none."""
    table = told(
        "创建工作会议纪要",
        "会议议定以下事项：",
        "一、由区城管局牵头，区住建局配合，于3月底前完成护栏清洗。",
        "二、路面修补由区住建局负责，6月底前完成。",
        "三、请区教育局会同区公安分局每周开展一次校园周边巡查。",
        "四、各单位要提高认识。",
    )
    assert [(row.lead_units, row.support_units) for row in table.rows] == [
        (("区城管局",), ("区住建局",)),
        (("区住建局",), ()),
        (("区教育局",), ("区公安分局",)),
    ]


def test_points_in_the_text_beside_a_table() -> None:
    """A bulletin tells some points in its text and others in a table: both are duties."""
    head = ["序号", "存在问题", "责任单位", "首次交办时间", "整改期限"]
    table = told(
        "督查通报",
        "一、新发现问题",
        "（一）东湖街道",
        "1.青年路：店外经营。",
        "二、逾期未整改问题",
        "以下问题予以重点督办（见下表）。",
        [
            head,
            ["1", "通道堵塞", "区商务局", "1月6日", "2月1日前"],
        ],
        "对新发现问题，请各单位于1月20日前完成整改。",
    )
    assert [(row.task, dues(row)) for row in table.rows] == [
        ("通道堵塞", ["2026-02-01"]),
        ("青年路：店外经营。", ["2026-01-20"]),
    ]
    assert not any(map(asked, table.rows))


def test_a_plan_that_names_units_beside_its_table_is_asked_about() -> None:
    """The text of a plan mostly tells what its table lists: whether an item is a duty of its own is asked."""
    rows = [["序号", "工作任务", "责任单位"], ["1", "修补路面", "区住建局"]]
    table = told("工作方案", "（一）环境整治。全面清理垃圾。（区城管局负责）", "附件：任务表", rows)
    assert [(row.task, asked(row)) for row in table.rows] == [
        ("修补路面", []),
        ("环境整治。全面清理垃圾。", ["row"]),
    ]


def test_headings_right_above_the_tables() -> None:
    """一、区城管局 over a table leads its rows; a heading is no duty itself."""
    rows = [["序号", "工作任务", "完成时限"], ["1", "清洗护栏", "每周一次"]]
    others = [["序号", "工作任务", "完成时限"], ["1", "修补路面", "6月底前"]]
    table = told("任务分解", "一、区城管局（1项）", rows, "二、区住建局", others)
    assert [(row.task, row.lead_units) for row in table.rows] == [
        ("清洗护栏", ("区城管局",)),
        ("修补路面", ("区住建局",)),
    ]


def test_what_was_seen_on_the_whole_is_no_point() -> None:
    """The impression a bulletin begins with names no point, though it stands under the units it is sent to."""
    table = told(
        "督查通报",
        "各镇街：",
        "一、总体情况",
        "各镇街重视程度较上周有所提高，但保洁仍不到位。",
        "二、存在问题",
        "（一）南门街道",
        "1.书店门口积水。",
    )
    assert [row.task for row in table.rows] == ["书店门口积水。"]


def test_a_demand_on_all_is_no_part_of_the_last_item() -> None:
    """An item ends with the bracket of its units; what every unit is asked for behind it is a duty of its own."""
    item, report = told(
        "2026年任务分工",
        "一、重点任务",
        "1．修订考评细则。（市文明办负责）",
        "2．保障演出经费，用好补助资金。（市财政局负责，各群众文艺组织参与）",
        "各责任单位要于每月8日前将进度报市文明办。",
    ).rows[1:]
    assert (item.task, item.lead_units) == ("保障演出经费，用好补助资金。", ("市财政局",))
    assert item.support_units == ("各群众文艺组织",) and report.lead_units == ("各责任单位",)


def test_an_item_keeps_the_paragraph_that_names_its_units() -> None:
    """The words between a title and the bracket of its units belong to the task, as the units do."""
    (row,) = told(
        "2026年任务分工",
        "一、重点任务",
        "1．整治沿街商铺。",
        "清理店外堆放和破损招牌，规范经营秩序，每周巡查不少于两次，做到有记录可查。（市城管局负责）。",
    ).rows
    assert "破损招牌" in row.task and row.lead_units == ("市城管局",)
