"""A grid that is no task table stands beside one that is, or stands alone."""

from datetime import date

import pytest

from rules.grid import Document, Grid
from rules.table import read_table

TABLE = Grid(
    [
        ["序号", "工作任务", "责任单位", "完成时限"],
        ["1", "修补破损路面", "市住建局", "2026年6月30日前"],
    ],
    name="任务",
)
NOTES = Grid([["填表说明"], ["请勿改动格式"]], name="说明")


@pytest.mark.parametrize("grids", [(TABLE, NOTES), (NOTES, TABLE)])
def test_a_sheet_without_a_header_is_passed_over(grids: tuple[Grid, ...]) -> None:
    """Workbooks carry sheets of notes: they neither stop the reading nor become tasks."""
    table = read_table(Document("x.xlsx", grids), year=2026, on=date(2026, 1, 1))
    assert [row.task for row in table.rows] == ["修补破损路面"]


@pytest.mark.parametrize("grids", [(), (NOTES,), (Grid([[]]),)])
def test_a_file_without_any_table_raises_a_question(grids: tuple[Grid, ...]) -> None:
    """Where nothing reads as a table the office is told so; the reader does not fail."""
    table = read_table(Document("x.xlsx", grids), year=2026, on=date(2026, 1, 1))
    assert table.rows == ()
    assert table.questions
