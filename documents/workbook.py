"""Workbooks (.xlsx, .xls) as grids: calamine reads the cells and merges, after a look at the archive's safety."""

import io
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from documents.archive import Archive
from documents.errors import PasswordProtected, TooLarge, UnreadableFile
from documents.month_cells import month_cells, month_styles
from documents.old_months import months_in
from documents.sheet_scan import MAX_COLUMNS, MAX_ROWS, check_reach, check_strings, formulas_without_value
from rules.grid import Grid, Merge, Place

MAX_COVERED = 4_000_000
"""Cells under merged areas; no area covers another in a sound sheet."""
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"


class _Scan(NamedTuple):
    """What the XML of a sheet tells beside its values: formulas never calculated, days that show as months."""

    unread: Mapping[Place, str] = {}
    months: frozenset[Place] = frozenset()


def open_xlsx(path: Path) -> tuple[Grid, ...]:
    """The visible sheets of a workbook; formulas that were never calculated are named in `Grid.unread`."""
    scans = _scanned(path)
    return tuple(_grid(path, sheet, scans[sheet.name]) for sheet in _sheets(path, scans))


def open_xls(path: Path) -> tuple[Grid, ...]:
    """The visible sheets of an old workbook."""
    months = months_in(path.read_bytes())
    return tuple(_grid(path, sheet, _Scan(months=months.get(sheet.name, frozenset()))) for sheet in _sheets(path))


def _scanned(path: Path) -> dict[str, _Scan]:
    """What each sheet tells beside its values, once all parts are known to be safe."""
    scans = {}
    with Archive(path) as archive:
        parts = _parts(archive)
        archive.check(besides=[*parts.values(), _STRINGS, _STYLES])
        if archive.has(_STRINGS):
            check_strings(path.name, archive.part(_STRINGS))
        styles = month_styles(archive.part(_STYLES)) if archive.has(_STYLES) else frozenset()
        for name, part in parts.items():
            xml = archive.part(part)
            check_reach(path.name, name, xml)
            scans[name] = _Scan(formulas_without_value(xml), frozenset(month_cells(xml, styles)))
    return scans


def _parts(archive: Archive) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    try:
        index = ElementTree.fromstring(archive.part("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.part("xl/_rels/workbook.xml.rels"))
    except ElementTree.ParseError as why:
        raise UnreadableFile(file=archive.path.name, reason=why) from why
    targets = {link.get("Id"): (link.get("Target") or "").removeprefix("/xl/") for link in links}
    found = {}
    for sheet in index.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            part = f"xl/{targets.get(link, '')}"
            if archive.has(part):
                found[sheet.get("name") or ""] = part
    return found


def _sheets(path: Path, scanned: Collection[str] | None = None) -> Iterator[CalamineSheet]:
    """The visible sheets. Raises `UnreadableFile` for one that was not `scanned`, as its reach is unknown."""
    try:
        # From the bytes, not the path: by its path the reader would trust the extension.
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        visible = [meta.name for meta in book.sheets_metadata if meta.visible is SheetVisibleEnum.Visible]
        for name in visible or book.sheet_names:
            if scanned is not None and name not in scanned:
                raise UnreadableFile(file=path.name, reason=name)
            yield book.get_sheet_by_name(name)
    except PasswordError as why:
        raise PasswordProtected(file=path.name) from why
    except (CalamineError, OSError, ValueError) as why:
        raise UnreadableFile(file=path.name, reason=why) from why


def _grid(path: Path, sheet: CalamineSheet, scan: _Scan) -> Grid:
    height, width = sheet.total_height + 1, sheet.total_width + 1
    if height > MAX_ROWS or width > MAX_COLUMNS:
        limit = f"{MAX_ROWS} x {MAX_COLUMNS}"
        raise TooLarge(file=path.name, place=f"工作表“{sheet.name}”(sheet)", size=f"{height} x {width}", limit=limit)
    texts = _Texts()
    cells = sheet.to_python(skip_empty_area=False)
    rows = [[texts[value] if isinstance(value, str) else cell_text(value) for value in row] for row in cells]
    for row, column in scan.months:
        if row < len(cells) and column < len(cells[row]) and isinstance(day := cells[row][column], date):
            rows[row][column] = f"{day:%Y}年{day.month}月"
    while rows and not any(rows[-1]):
        rows.pop()
    merges = tuple(
        Merge(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < len(rows)
    )
    grid = Grid(rows, merges, sheet.name, unread=scan.unread)
    covered = sum(_area(merge, grid) for merge in merges)
    if covered > MAX_COVERED:
        place = f"工作表“{sheet.name}”(sheet) 合并单元格 (merged cells)"
        raise TooLarge(file=path.name, place=place, size=covered, limit=MAX_COVERED)
    return grid


def _area(merge: Merge, grid: Grid) -> int:
    return (min(merge.bottom, grid.height) - merge.top + 1) * (min(merge.right, grid.width) - merge.left + 1)


class _Texts(dict[str, str]):
    """Texts as written and as a person sees them, each kept once: a long table says the same again and again."""

    def __missing__(self, written: str) -> str:
        self[written] = seen = cell_text(written)
        return seen


def cell_text(value: object) -> str:
    """A cell as a person sees it: 3.0 is 3, a date is a date, stray spaces and carriage returns go."""
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("_x000D_", "").strip()
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case timedelta() | time() | int():
            return str(value)
        case _:
            return ""
