"""Blank cells among the tasks (缺任务的行): which are forgotten and asked about, which mean what stands above."""

import pytest

from rules.grid import Document, Grid, Place
from rules.reading import TableRow
from rules.table import read_table
from tests.unit.table_sheets import HEAD, ON, asked, sheet

FINE = ["序号", "工作任务", "工作标准", "责任单位", "完成时限"]
PAVING = ["1", "修补路面", "无坑洼", "区住建局", "6月底前"]
RIVERS = ["3", "清理河道", "无漂浮物", "区水务局", "9月底前"]


def question(row: TableRow) -> tuple[str, str, tuple[str, ...]]:
    (one,) = row.questions
    return one.source.cell if one.source else "", one.message.zh, one.choices


def test_a_forgotten_task_is_asked_for_and_the_others_stay_tasks() -> None:
    """One cell left blank once made every task of the table a category, without a word."""
    paving, blank, rivers = sheet(FINE, PAVING, ["2", "", "无杂草", "区园林局", "7月底前"], RIVERS).rows
    assert (paving.task, paving.standards, rivers.task) == ("修补路面", ("无坑洼",), "清理河道")
    assert (blank.item_no, blank.lead_units, blank.task) == ("2", ("区园林局",), "无杂草")
    assert question(blank) == ("B3", "没有工作任务，请补充。", ("无杂草",))


def test_a_row_without_any_words_for_its_task_is_not_lost() -> None:
    """Number, unit and time are there: the row stands under the address of the cell."""
    rows = sheet(HEAD, ["1", "修补路面", "区住建局", "6月底前"], ["2", "", "区水务局", "9月底前"]).rows
    assert [row.task for row in rows] == ["修补路面", "（B3 没有工作任务）"]
    assert question(rows[1]) == ("B3", "没有工作任务，请补充。", ())


def test_figures_beside_a_blank_do_not_serve_for_a_task() -> None:
    """A standard of 30 names nothing to be done, and no row is dropped for it."""
    rows = sheet(FINE, PAVING, ["2", "", "30", "区园林局", "7月底前"]).rows
    assert rows[1].task == "（B3 没有工作任务）" and asked(rows[1]) == ["task"]


def test_a_formula_that_was_never_calculated_is_asked_about_once() -> None:
    """The question names the formula; the words beside it are offered, and no other row changes."""
    grid = Grid([FINE, PAVING, ["2", "", "无杂草", "区园林局", "7月底前"]], name="表", unread={Place(2, 1): "甲!B2"})
    paving, blank = read_table(Document("表.xlsx", (grid,)), year=None, on=ON).rows
    cell, message, choices = question(blank)
    assert (paving.task, cell, choices) == ("修补路面", "B3", ("无杂草",))
    assert "甲!B2" in message


def test_without_numbers_the_task_above_is_offered() -> None:
    """Where nothing numbers the rows a blank may mean the one above: that is for the office to say."""
    head = ["工作任务", "责任单位", "完成时限"]
    rows = sheet(
        head,
        ["修补路面", "区住建局", "6月底前"],
        ["", "区水务局", "9月底前"],
        ["清理河道", "区水务局", "7月底前"],
        ["清除杂草", "区园林局", "8月底前"],
    ).rows
    assert question(rows[1])[2] == ("修补路面",)
    assert [row.task for row in rows[2:]] == ["清理河道", "清除杂草"]


def test_two_forgotten_tasks_in_a_row_are_both_asked_for() -> None:
    """The second does not take the first one's stand-in for its own."""
    rows = sheet(
        HEAD,
        ["1", "修补路面", "区住建局", "6月底前"],
        ["2", "", "区水务局", "9月底前"],
        ["", "", "区园林局", "7月底前"],
        ["4", "清理河道", "区水务局", "9月底前"],
        ["5", "清除杂草", "区园林局", "8月底前"],
    ).rows
    assert [row.task for row in rows[1:3]] == ["（B3 没有工作任务）", "（B4 没有工作任务）"]
    assert asked(rows[1]) == asked(rows[2]) == ["task"]


@pytest.mark.parametrize("numbers", [("1", "2", "3", "4"), ("1", "", "2", "")])
def test_a_task_written_once_for_several_rows_is_their_category(numbers: tuple[str, ...]) -> None:
    """Where cells are left blank again and again they mean what stands above, and the standards say what to do."""
    units = ("区住建局", "区园林局", "区水务局", "区城管局")
    told = ("修补路面", "清除杂草", "清理河道", "清洗护栏")
    over = ("市容整治", "", "水域整治", "")
    body = [[*row, "6月底前"] for row in zip(numbers, over, told, units, strict=True)]
    rows = sheet(FINE, *body).rows
    assert [row.task for row in rows] == list(told)
    assert [row.category_path for row in rows] == [("市容整治",)] * 2 + [("水域整治",)] * 2
    assert not any(map(asked, rows))


def test_a_merged_task_is_a_category_however_few_there_are() -> None:
    """A merged cell is no accident."""
    body = [PAVING, ["2", "", "无杂草", "区园林局", "7月底前"], RIVERS]
    rows = sheet(FINE, *body, merges=[(1, 1, 2, 1)]).rows
    assert [row.task for row in rows] == ["无坑洼", "无杂草", "无漂浮物"]


def test_a_numbered_line_left_blank_is_no_task() -> None:
    """Lines prepared for tasks to come hold a number and nothing else."""
    assert len(sheet(HEAD, ["1", "修补路面", "区住建局", "6月底前"], ["2", "", "", ""]).rows) == 1


def test_each_value_names_the_cell_it_stands_in() -> None:
    """Supporting units out of the cell of units, a target out of the standard, a section's heading by its own line."""
    rows = sheet(
        FINE,
        ["一、市容", "", "", "", ""],
        ["1", "更新公益广告", "不少于30处", "区城管局牵头，各街道配合", "6月底前"],
        merges=[(1, 0, 1, 4)],
    ).rows
    cells = {field: source.cell for field, source in rows[0].sources.items()}
    assert (cells["lead_units"], cells["support_units"]) == ("D3", "D3")
    assert (cells["targets"], cells["standards"], cells["category_path"]) == ("C3", "C3", "A2")


def test_units_that_support_by_their_column_are_found_in_it() -> None:
    """责任单位 beside 牵头单位 supports: its names stand in its own column."""
    (row,) = sheet(["工作任务", "牵头单位", "责任单位"], ["修补路面", "区住建局", "各街道"]).rows
    assert (row.support_units, row.sources["support_units"].cell) == (("各街道",), "C2")
