"""Small task tables and texts as tests write them, read on one day."""

from collections.abc import Sequence
from datetime import date

from rules.grid import Document, Grid, Merge, Paragraph
from rules.reading import TableRow, TaskTable
from rules.table import read_table

ON = date(2026, 1, 5)
HEAD = ["序号", "工作任务", "责任单位", "完成时限"]
Block = str | Sequence[Sequence[str]]


def sheet(*rows: Sequence[str], merges: Sequence[tuple[int, int, int, int]] = ()) -> TaskTable:
    grid = Grid([list(row) for row in rows], tuple(Merge(*merge) for merge in merges), "任务表")
    return read_table(Document("表.xlsx", (grid,)), year=None, on=ON)


def told(*blocks: Block) -> TaskTable:
    """A text: paragraphs, and tables between them."""
    parts: list[Grid | Paragraph] = []
    for number, block in enumerate(blocks, start=1):
        text = isinstance(block, str)
        parts.append(Paragraph(str(block), number) if text else Grid([list(row) for row in block], name="表"))
    return read_table(Document("方案.docx", tuple(parts)), year=None, on=ON)


def dues(row: TableRow) -> list[str]:
    return [str(one.due) for one in row.deadlines if one.due]


def asked(row: TableRow) -> list[str | None]:
    return [question.field for question in row.questions]
