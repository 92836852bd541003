"""Tables folded to save paper (左右两栏): the columns named twice, side by side; each half is a table of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.grid import Grid, Merge
from rules.table.fields import Field, plain_heading
from rules.table.header import Header


def halves(grid: Grid, header: Header) -> Iterator[tuple[Grid, Header]]:
    """Each side of a folded table as a grid that is blank on the other; else the grid itself."""
    fold = _fold(header)
    if not fold:
        yield grid, header
        return
    for side in (range(fold), range(fold, grid.width)):
        fields = {column: header.fields[column % fold] for column in side if column % fold in header.fields}
        half = _only(grid, side, header.bottom)
        yield half, replace(header, fields={column: field for column, field in fields.items() if column < grid.width})


def _fold(header: Header) -> int:
    """The width of the first half; 0 where nothing is named twice."""
    names = [plain_heading(name) for name in header.names]
    task = header.columns(Field.TASK)[0]
    fold = next((column for column in range(task + 1, len(names)) if names[column] == names[task]), task) - task
    first = [column for column in header.fields if column < fold]
    again = all(names[column] == names[column + fold] for column in first if column + fold < len(names))
    return fold if len(first) > 1 and again else 0


def _only(grid: Grid, side: range, bottom: int) -> Grid:
    """The grid without the other side below its header; what is merged across the fold stands on both."""
    rows = [[*row, *[""] * (grid.width - len(row))] for row in grid.rows]
    merges = []
    for merge in grid.merges:
        left, right = max(merge.left, side.start), min(merge.right, side.stop - 1)
        if merge.top <= bottom:
            merges.append(merge)
        elif left <= right:
            merges.append(Merge(merge.top, left, merge.bottom, right))
            rows[merge.top][left] = grid.rows[merge.top][merge.left]
    for row in rows[bottom + 1 :]:
        _blank(row, side)
    return replace(grid, rows=rows, merges=tuple(merges))


def _blank(row: list[str], side: Sequence[int]) -> None:
    for column in range(len(row)):
        if column not in side:
            row[column] = ""
