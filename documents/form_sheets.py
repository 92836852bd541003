"""The sheets of a filled-in form as rows of text with their cells. What they mean is read elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.form_errors import CellProblem, CellsRefused
from documents.form_layout import EXAMPLE, Layout
from documents.reading import open_document
from rules.grid import Grid, column_letters
from rules.language import Text
from rules.matching import plain
from rules.reading import Source

HEADER_WITHIN = 10
"""How many rows, a title among them, the header may be looked for in."""

Sheets = Mapping[str, Grid]


@dataclass(frozen=True, slots=True)
class Entry:
    """一条记录: one filled row; `cells` holds the text of each field, `letters` the column it stands in."""

    layout: Layout
    row: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the row is known by."""
        return self.cells[self.layout.columns[0].field]

    def cell(self, field: str) -> str:
        column = self.layout.column_of(field)
        return f"{self.letters[column.field]}{self.row}"

    def problem(self, field: str, message: Text) -> CellProblem:
        return CellProblem(Source(self.layout.name, self.cell(field)), message)


def open_sheets(path: Path) -> Sheets:
    """The sheets of a workbook by name. Raises a Refusal of `documents.errors` where it cannot be opened."""
    return {grid.name or "": grid for grid in open_document(path).grids}


def read_entries(path: Path, layouts: Sequence[Layout], refused: type[CellsRefused]) -> Mapping[str, Sequence[Entry]]:
    """The filled rows of every sheet, by its name; `refused` where sheets, columns or results are missing."""
    sheets = open_sheets(path)
    read = {layout.name: list(entries_of(sheets, layout)) for layout in layouts}
    refused.where_any(path.name, [one for rows in read.values() for one in rows if isinstance(one, CellProblem)])
    return {name: [one for one in rows if isinstance(one, Entry)] for name, rows in read.items()}


def entries_of(sheets: Sheets, layout: Layout) -> Iterator[Entry | CellProblem]:
    """The filled rows of one sheet, without examples; what keeps them from being read are problems instead."""
    grid = sheets.get(layout.name)
    if grid is None:
        yield _missing_sheet(layout, list(sheets))
        return
    header = _header(grid, layout)
    names = grid.filled[header] if grid.height else ()
    places = {plain(name): place for place, name in enumerate(names)}
    missing = [column.name for column in layout.columns if plain(column.name) not in places]
    if missing:
        yield _missing_columns(layout, header, missing, names)
    else:
        yield from _uncalculated(grid, layout)
        yield from _rows(grid, layout, header, {column.field: places[plain(column.name)] for column in layout.columns})


def _header(grid: Grid, layout: Layout) -> int:
    """The row that carries the most of the sheet's column names."""
    wanted = {plain(column.name) for column in layout.columns}
    hits = [len(wanted & set(map(plain, row))) for row in grid.filled[:HEADER_WITHIN]]
    return hits.index(max(hits)) if hits else 0


def _rows(grid: Grid, layout: Layout, header: int, places: Mapping[str, int]) -> Iterator[Entry]:
    letters = {field: column_letters(place) for field, place in places.items()}
    for number, row in enumerate(grid.filled[header + 1 :], header + 2):
        entry = Entry(layout, number, {field: row[place] for field, place in places.items()}, letters)
        if any(entry.cells.values()) and not plain(entry.name).startswith(plain(EXAMPLE)):
            yield entry


def _uncalculated(grid: Grid, layout: Layout) -> Iterator[CellProblem]:
    """Formulas nobody has calculated: what they would show is not in the file."""
    for place in grid.unread:
        yield CellProblem(Source(layout.name, grid.address(*place)), Text(
            "公式没有计算结果，请改填文字，或用 Excel、WPS 打开后另存",
            "this formula has no result: write text, or open and save the file in an office program",
        ))  # fmt: skip


def _missing_sheet(layout: Layout, found: Sequence[str]) -> CellProblem:
    return CellProblem(None, Text(
        f"缺少工作表“{layout.name}”（现有：{'、'.join(found)}），请按导出的模板补上",
        f"the sheet “{layout.name}” is missing (found: {', '.join(found)}): add it as in the template",
    ))  # fmt: skip


def _missing_columns(layout: Layout, header: int, missing: Sequence[str], row: Sequence[str]) -> CellProblem:
    found = [name for name in row if name]
    return CellProblem(Source(layout.name, f"A{header + 1}"), Text(
        f"表头缺少“{'、'.join(missing)}”列（现有：{'、'.join(found) or '空'}），请按导出的模板补上",
        f"the header lacks {', '.join(missing)} (found: {', '.join(found) or 'nothing'}): "
        "add as in the template",
    ))  # fmt: skip
