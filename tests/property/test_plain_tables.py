"""A cell somebody forgot is a matter of its own row: laws of a plain table, whatever its columns and their order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from duban.reading_json import row_json
from rules.grid import Document, Grid, Place
from rules.table import read_table

ON = date(2026, 1, 5)
WORDS: Mapping[str, Sequence[str]] = {
    "序号": [str(number) for number in range(1, 10)],
    "类别": ["市容", "市场", "交通", "宣传", "安全", "文化", "卫生", "诚信", "服务"],
    "工作任务": [
        "制定年度创建方案",
        "开展小区楼道清理",
        "规范农贸市场经营秩序",
        "更新公益广告",
        "清理卫生死角",
        "整治飞线充电",
        "报送工作总结",
        "巡查垃圾桶",
        "年终考核",
    ],
    "工作标准": [
        "印发文件",
        "无堆物",
        "无占道",
        "不少于30处",
        "无死角",
        "无飞线",
        "内容完整",
        "不满溢",
        "得分全市前三",
    ],
    "具体措施": [
        "成立专班，分工到人。",
        "逐户上门。",
        "设专人值守。",
        "统一设计画面。",
        "每处拍照。",
        "加装充电桩。",
        "专人汇总。",
        "分片包干。",
        "对照清单打分。",
    ],
    "责任单位": [
        "市城管局",
        "市教育局",
        "市商务局",
        "市交通局",
        "市住建局",
        "市水务局",
        "市民政局",
        "市卫健委",
        "市司法局",
    ],
    "配合单位": ["东街街道", "西街街道", "南街街道", "北街街道", "东山镇", "西山镇", "南山镇", "北山镇", "中山镇"],
    "责任领导": ["张一", "李二", "王三", "赵四", "钱五", "孙六", "周七", "吴八", "郑九"],
    "完成时限": [
        "3月底前",
        "每周五",
        "长期坚持",
        "6月底前",
        "9月30日前",
        "每月25日前",
        "11月底前",
        "每季度",
        "12月底前",
    ],
    "备注": ["甲类", "乙类", "丙类", "丁类", "戊类", "己类", "庚类", "辛类", "壬类"],
}
NEEDED = ("工作任务", "责任单位", "完成时限")
OTHERS = tuple(name for name in WORDS if name not in NEEDED)


class Plain(NamedTuple):
    """A table with every cell filled, and one of its cells."""

    rows: list[list[str]]
    row: int
    column: int


@st.composite
def plain_tables(draw: st.DrawFn, *, task: bool) -> Plain:
    chosen = [*NEEDED, *draw(st.lists(st.sampled_from(OTHERS), unique=True))]
    names = list(draw(st.permutations(chosen))) if draw(st.booleans()) else [name for name in WORDS if name in chosen]
    if "具体措施" in names:  # of two columns called tasks the first one is
        first, second = sorted(map(names.index, ("工作任务", "具体措施")))
        names[first], names[second] = "工作任务", "具体措施"
    height = draw(st.integers(2, 9))
    body = [[WORDS[name][row] for name in names] for row in range(height)]
    column = names.index("工作任务")
    if not task:
        column = draw(st.sampled_from([place for place in range(len(names)) if place != column]))
    return Plain([names, *body], draw(st.integers(1, height)), column)


def read(rows: Sequence[Sequence[str]], unread: Mapping[Place, str] | None = None) -> list[dict[str, Any]]:
    grid = Grid(rows, name="表", unread=unread or {})
    table = read_table(Document("表.xlsx", (grid,)), year=None, on=ON)
    assert table.questions == ()
    return [row_json(row) for row in table.rows]


def emptied(plain: Plain) -> list[list[str]]:
    rows = [list(row) for row in plain.rows]
    rows[plain.row][plain.column] = ""
    return rows


def others(rows: Sequence[dict[str, Any]], plain: Plain) -> list[dict[str, Any]]:
    return [row for number, row in enumerate(rows, 1) if number != plain.row]


@given(plain_tables(task=True), st.booleans())
def test_a_blank_task_is_asked_about_and_changes_no_other_row(plain: Plain, formula: bool) -> None:
    """A task left blank, an error, or a formula nobody calculated: the row stands, and the question names the cell."""
    place = Place(plain.row, plain.column)
    before, after = read(plain.rows), read(emptied(plain), {place: "A1"} if formula else None)
    assert len(after) == len(before)
    assert others(after, plain) == others(before, plain)
    cell = before[plain.row - 1]["sources"]["task"]
    assert [(one["field"], one["source"]) for one in after[plain.row - 1]["questions"]] == [("task", cell)]


@given(plain_tables(task=False))
def test_any_other_blank_changes_no_other_row(plain: Plain) -> None:
    """A number, unit, time or remark left out is missed in its own row alone."""
    before, after = read(plain.rows), read(emptied(plain))
    assert len(after) == len(before)
    assert others(after, plain) == others(before, plain)
    assert after[plain.row - 1]["task"] == before[plain.row - 1]["task"]
