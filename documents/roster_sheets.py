"""The sheets of a roster file as filled rows of text with their cells. What it means is read elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from documents.roster_errors import CellProblem, RosterRefused
from documents.roster_layout import EXAMPLE, Layout
from rules.language import Text
from rules.matching import plain
from rules.reading import Source

HEADER_WITHIN = 10
"""How many rows, a title among them, the header may be looked for in."""

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """一条记录: one filled row; `cells` holds the text of each field, `letters` the column it stands in."""

    layout: Layout
    row: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.cells["name"]

    def cell(self, field: str) -> str:
        column = self.layout.column_of(field)
        return f"{self.letters[column.field]}{self.row}"

    def problem(self, field: str, message: Text) -> CellProblem:
        return CellProblem(Source(self.layout.name, self.cell(field)), message)


def open_sheets(path: Path) -> Mapping[str, Grid]:
    """Every sheet of a workbook as text, from A1 on. Raises `RosterRefused` where the file is no workbook."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        grids = {name: sheet.to_python(skip_empty_area=False) for name, sheet in sheets.items()}
    except (CalamineError, OSError) as error:
        why = Text(
            f"文件打不开，或不是 Excel 工作簿（.xlsx），请用名册模板重新填写（{error}）",
            f"the file cannot be opened or is no Excel workbook (.xlsx): use the roster template ({error})",
        )
        raise RosterRefused(path.name, [CellProblem(None, why)]) from error
    return {name: [[_text(value) for value in row] for row in grid] for name, grid in grids.items()}


def entries_of(sheets: Mapping[str, Grid], layout: Layout) -> Iterator[Entry | CellProblem]:
    """The filled rows of one sheet, without examples; a missing sheet or column is a problem instead."""
    grid = sheets.get(layout.name)
    if grid is None:
        yield _missing_sheet(layout, list(sheets))
        return
    header = _header(grid, layout)
    names = grid[header] if grid else ()
    places = {plain(name): place for place, name in enumerate(names)}
    missing = [column.name for column in layout.columns if plain(column.name) not in places]
    if missing:
        yield _missing_columns(layout, header, missing, names)
        return
    fields = {column.field: places[plain(column.name)] for column in layout.columns}
    letters = {field: xl_col_to_name(place) for field, place in fields.items()}
    for number, row in enumerate(grid[header + 1 :], header + 2):
        entry = Entry(layout, number, {field: row[place] for field, place in fields.items()}, letters)
        if any(entry.cells.values()) and not plain(entry.name).startswith(plain(EXAMPLE)):
            yield entry


def _header(grid: Grid, layout: Layout) -> int:
    """The row that carries the most of the sheet's column names."""
    wanted = {plain(column.name) for column in layout.columns}
    hits = [len(wanted & set(map(plain, row))) for row in grid[:HEADER_WITHIN]]
    return hits.index(max(hits)) if hits else 0


def _missing_sheet(layout: Layout, found: Sequence[str]) -> CellProblem:
    return CellProblem(None, Text(
        f"缺少工作表“{layout.name}”（现有：{'、'.join(found)}），请按名册模板补上",
        f"the sheet “{layout.name}” is missing (found: {', '.join(found)}): add it as in the roster template",
    ))  # fmt: skip


def _missing_columns(layout: Layout, header: int, missing: Sequence[str], row: Sequence[str]) -> CellProblem:
    found = [name for name in row if name]
    return CellProblem(Source(layout.name, f"A{header + 1}"), Text(
        f"表头缺少“{'、'.join(missing)}”列（现有：{'、'.join(found) or '空'}），请按名册模板补上",
        f"the header lacks {', '.join(missing)} (found: {', '.join(found) or 'nothing'}): "
        "add as in the roster template",
    ))  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
