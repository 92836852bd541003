"""Laws of reading tables that hold for any cells whatever."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.grid import Document, Grid, Merge, Paragraph
from rules.table import read_table

ON = date(2026, 1, 5)
HEADINGS = ["序号", "工作任务", "责任单位", "配合单位", "完成时限", "备注", "工作标准", "类别"]
WORDS = st.sampled_from(
    [
        "",
        "",
        "1",
        "2",
        "一、",
        "修补路面",
        "区住建局",
        "各街道",
        "6月底前",
        "每月",
        "（牵头单位：区水务局）",
        "注：无",
        "合计",
    ]
)
CELLS = st.one_of(WORDS, st.text(max_size=12))
PARAGRAPHS = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        ["一、重点任务", "（一）整治", "1．修路。（区住建局）", "责任单位：区水务局", "具体措施：", "第一篇：方案"]
    ),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 7))
    header = draw(st.permutations(HEADINGS))[:width]
    body = draw(st.lists(st.lists(CELLS, min_size=0, max_size=width), max_size=8))
    merges = draw(
        st.lists(
            st.tuples(st.integers(0, 8), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)).map(
                lambda area: Merge(area[0], area[1], area[0] + area[2], area[1] + area[3])
            ),
            max_size=3,
        )
    )
    rows = [header, *body]
    kept = tuple(merge for merge in merges if merge.top < len(rows) and merge.left < width)
    return Grid(rows, kept, "表")


@given(grids())
@settings(deadline=None)
def test_any_grid_is_read_and_read_alike_twice(grid: Grid) -> None:
    """No grid crashes the reader; the same cells give the same rows."""
    document = Document("表.xlsx", (grid,))
    first, second = (read_table(document, year=None, on=ON) for _ in range(2))
    assert first == second
    assert all(row.task.strip() for row in first.rows)


@given(st.lists(PARAGRAPHS, max_size=12))
@settings(deadline=None)
def test_any_text_is_read(lines: list[str]) -> None:
    """No running text crashes the reader, and every row points at a paragraph of it."""
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, start=1))
    table = read_table(Document("文.txt", paragraphs), year=None, on=ON)
    places = {f"¶{paragraph.number}" for paragraph in paragraphs}
    assert {row.source.cell for row in table.rows} <= places


@given(st.integers(0, 5), st.integers(0, 3))
@settings(deadline=None)
def test_empty_rows_and_columns_around_a_table_change_nothing(above: int, left: int) -> None:
    """Where on its sheet a table stands is nobody's business."""
    rows = [["序号", "工作任务", "责任单位", "完成时限"], ["1", "修补路面", "区住建局", "6月底前"]]
    moved = [[""] * (left + 4)] * above + [[""] * left + row for row in rows]
    plain, shifted = (
        read_table(Document("表.xlsx", (Grid(grid, name="表"),)), year=None, on=ON).rows for grid in (rows, moved)
    )
    assert [(row.task, row.lead_units, row.deadlines) for row in plain] == [
        (row.task, row.lead_units, row.deadlines) for row in shifted
    ]
