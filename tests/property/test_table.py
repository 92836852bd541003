"""Laws of reading tables that hold for any cells whatever."""

from collections.abc import Callable
from datetime import date
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.workbook import cell_text
from rules.deadlines.normal import normalise
from rules.grid import Document, Grid, Merge, Paragraph
from rules.spelling import spell
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
        "注：1.各单位每月25日前报送进展；2.总分100分",
        "合计",
    ]
)
CELLS = st.one_of(WORDS, st.text(max_size=12))
PARAGRAPHS = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        ["一、重点任务", "（一）整治", "1．修路。（区住建局）", "责任单位：区水务局", "具体措施：", "第一篇：方案"]
    ),
    st.sampled_from(["工作总结 1", "工作总结 2 的全文", "二是动员阶段（3月）", "请各单位于3月5日前将情况报创建办。"]),
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
def test_any_grid_is_read_and_read_alike_twice(grid: Grid) -> None:
    """No grid crashes the reader; the same cells give the same rows."""
    document = Document("表.xlsx", (grid,))
    first, second = (read_table(document, year=None, on=ON) for _ in range(2))
    assert first == second
    assert all(row.task.strip() for row in first.rows)


@given(st.lists(PARAGRAPHS, max_size=12))
def test_any_text_is_read(lines: list[str]) -> None:
    """No running text crashes the reader, and every row points at a paragraph of it."""
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, start=1))
    table = read_table(Document("文.txt", paragraphs), year=None, on=ON)
    places = {f"¶{paragraph.number}" for paragraph in paragraphs}
    assert {row.source.cell for row in table.rows} <= places


PHRASES = st.sampled_from(
    ["2026年6月底前", "每月25日前", "3—5月", "区住建局、各街道", "区水务局（牵头），区财政局", "1.修补路面；2.清理河道"]
) | st.sampled_from(
    ["知晓率达到90%以上", "注：各单位每月25日前报送进展", "一、市容", "长期坚持", "12", "（各街道负责）"]
)


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spaced(text: str) -> str:
    return f" {text}　"


@given(st.lists(st.lists(PHRASES | st.just(""), min_size=4, max_size=4), min_size=1, max_size=6))
def test_spelling_changes_no_row(body: list[list[str]]) -> None:
    """Full-width digits and marks, and stray spaces around a cell, read like the plain form."""
    head = ["序号", "工作任务", "责任单位", "完成时限"]

    def meaning(respell: Callable[[str], str]) -> list[tuple[object, ...]]:
        rows = [head, *[[cell_text(respell(cell)) for cell in cells] for cells in body]]
        table = read_table(Document("表.xlsx", (Grid(rows, name="表"),)), year=2026, on=ON)
        return [
            (
                normalise(row.task).text,
                [spell(name).text for name in row.lead_units],
                [(one.kind, one.start, one.due, one.rrule) for one in row.deadlines],
                [(one.op, one.value, one.unit) for one in row.targets],
            )
            for row in table.rows
        ]

    assert meaning(wide) == meaning(str) == meaning(spaced)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=4).map("".join), st.integers(1, 2000))
@settings(max_examples=15)
def test_time_is_bounded(piece: str, times: int) -> None:
    """No text, however repetitive, holds the reader for long, be it a cell, a note or a paragraph."""
    text = (piece * times)[:8000]
    head = ["工作任务", "责任单位", "完成时限"]
    grid = Grid([head, [text, text, text], [f"注：{text}", "", ""]], (Merge(2, 0, 2, 2),), "表")
    start = process_time()
    for block in (grid, Paragraph(text, 1)):
        read_table(Document("表.docx", (block,)), year=2026, on=ON)
    assert process_time() - start < 4


@given(st.integers(0, 5), st.integers(0, 3))
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
