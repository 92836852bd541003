"""检查与整改 on the bulletin's page: its tables under one heading, or one sentence where there is nothing."""

from collections.abc import Iterator

from documents.inspection_tables import HEADING, MEANING, NOTHING, FigureTable, inspection_tables
from documents.page import Block, Grid
from rules.inspection_week import InspectionWeek
from rules.language import Language
from rules.measures import Figure


def inspection_blocks(week: InspectionWeek, language: Language) -> Iterator[Block]:
    """The section as blocks of a page."""
    yield f"## {HEADING.said_in(language)}"
    if not week:
        yield NOTHING.said_in(language)
        return
    for table in inspection_tables(week, language):
        yield grid_of(table)
    yield MEANING.said_in(language)


def grid_of(table: FigureTable) -> Grid:
    """A table of figures as it is printed: each figure by its value."""
    rows = (tuple(cell.value if isinstance(cell, Figure) else cell for cell in row) for row in table.rows)
    return Grid(f"### {table.heading}", table.columns, tuple(rows), total=table.total)
