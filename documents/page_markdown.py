"""A page as Markdown (版面→Markdown)."""

import re

from documents.page import Block, Grid, Page

_LONGEST_CELL = 60
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")


def page_markdown(page: Page) -> str:
    """The same page gives the same text."""
    return "\n\n".join([f"# {page.title}", *map(_block, page.blocks)]) + "\n"


def _block(block: Block) -> str:
    return block if isinstance(block, str) else f"{block.heading}\n\n{_table(block)}"


def _table(grid: Grid) -> str:
    rule = ["---:" if isinstance(cell, int) else "---" for cell in grid.rows[0]]
    lines = [list(grid.columns), rule, *([_cell(cell) for cell in row] for row in grid.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: str | int) -> str:
    """One line of plain text: nothing in a task's words becomes markup."""
    text = " ".join(str(value).split())
    shown = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
    return _MARKUP.sub(r"\\\1", shown)
