"""Understanding a task table (任务分解表): from the grids and paragraphs of a file to rows."""

from rules.table.reader import read_table

__all__ = ["read_table"]
