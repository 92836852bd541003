"""Tables of papers to be handed in for an assessment (申报材料表): what is the task, what only its heading."""

from tests.unit.table_sheets import dues, sheet


def test_a_paper_under_a_shared_indicator_is_the_task() -> None:
    """What several rows are measured by is their category; what each of them hands in is its task."""
    table = sheet(
        ["测评指标", "", "上报材料", "", "牵头单位", "上报时限"],
        ["代码", "内容", "名称", "形式", "", ""],
        ["甲1", "全民阅读", "读书节总结", "文字", "市文旅局", "4月10日前"],
        ["", "", "书屋照片5张", "图片", "市图书馆", ""],
        ["甲2", "普法", "普法台账", "表格", "市司法局", "4月20日前"],
        merges=((0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 1, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 5, 3, 5)),
    )
    assert [(row.category_path[-1], row.task, row.lead_units, dues(row)) for row in table.rows] == [
        ("全民阅读", "读书节总结", ("市文旅局",), ["2026-04-10"]),
        ("全民阅读", "书屋照片5张", ("市图书馆",), ["2026-04-10"]),
        ("普法", "普法台账", ("市司法局",), ["2026-04-20"]),
    ]


def test_what_is_assessed_may_be_written_once() -> None:
    """Cells left blank below a content that is assessed mean the same as merged ones."""
    table = sheet(
        ["考评内容", "需提交材料", "材料格式", "报送单位", "报送时限"],
        ["全民阅读", "读书节总结", "文字", "市文旅局", "4月10日前"],
        ["", "书屋名单", "表格", "市文旅局", "4月12日前"],
        ["", "书屋照片", "图片", "市图书馆", "4月12日前"],
    )
    assert [row.task for row in table.rows] == ["读书节总结", "书屋名单", "书屋照片"]
    assert {row.category_path for row in table.rows} == {("全民阅读",)}


def test_a_list_of_nothing_but_papers() -> None:
    """Where no column says anything else, the papers are the tasks."""
    table = sheet(["序号", "档案目录", "提供单位", "上报时限"], ["1", "健康讲座档案", "市疾控中心", "5月底前"])
    assert [(row.task, row.lead_units) for row in table.rows] == [("健康讲座档案", ("市疾控中心",))]


def test_papers_beside_a_task_only_prove_it() -> None:
    """A column of tasks stays that of the tasks, whatever papers are to be kept of them."""
    table = sheet(
        ["序号", "工作任务", "备查资料", "责任单位", "完成时限"],
        ["1", "办好广场演出", "方案", "市文旅局", "6月底前"],
        ["", "", "照片", "", ""],
        ["2", "修缮书屋", "验收单", "市图书馆", "7月底前"],
        merges=((1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3), (1, 4, 2, 4)),
    )
    assert [row.task for row in table.rows] == ["办好广场演出", "修缮书屋"]


def test_an_address_is_no_task() -> None:
    """In a list of places a longer address beside the name says where, not what."""
    table = sheet(
        ["序号", "点位名称", "地址", "责任单位"],
        ["1", "南门书屋", "南门路中段128号院内二楼", "市图书馆"],
        ["2", "河堤公园", "河堤东路与南门路交叉口", "市园林局"],
    )
    assert [row.task for row in table.rows] == ["南门书屋", "河堤公园"]


def test_years_of_a_project_are_its_limit() -> None:
    """A column of years says from when to when a project runs."""
    (row,) = sheet(["序号", "项目内容", "责任单位", "建设年限"], ["1", "修建文化馆", "市文旅局", "2026—2027年"]).rows
    assert [(str(one.start), str(one.due)) for one in row.deadlines] == [("2026-01-01", "2027-12-31")]
