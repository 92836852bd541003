"""The tables of a page as a spreadsheet (版面→xlsx): one sheet each, text kept as text."""

from datetime import UTC
from pathlib import Path

from xlsxwriter import Workbook

from documents.page import Grid, Page

_LONGEST_CELL, _LONGEST_NAME = 32767, 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def write_page_xlsx(page: Page, path: Path) -> None:
    """The same page gives the same bytes."""
    with Workbook(path) as book:
        book.set_properties({"title": page.title, "created": page.created.astimezone(UTC)})
        text = book.add_format({"num_format": "@", "quote_prefix": True})
        for grid in (block for block in page.blocks if isinstance(block, Grid)):
            name = grid.heading.lstrip("# ").translate(_NOT_IN_NAMES)[:_LONGEST_NAME]
            sheet = book.add_worksheet(name)
            for place, row in enumerate((grid.columns, *grid.rows)):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(place, column, cell)
                    else:
                        sheet.write_string(place, column, cell[:_LONGEST_CELL], text)
            sheet.set_column(0, len(grid.columns) - 1, 22)
            sheet.freeze_panes(1, 0)
