"""A sheet that reaches too far is refused before anything allocates room for it."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from documents import archive
from documents.errors import TooLarge, UnsafeFile
from documents.reading import open_document

SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(folder: Path, extra_row: str, stored_as: str = SHEET) -> Path:
    plain, path = folder / "plain.xlsx", folder / "far.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("任务").write_row(0, 0, ["序号", "工作任务", "责任单位", "完成时限"])
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == SHEET:
                part = part.replace(b"</sheetData>", extra_row.encode() + b"</sheetData>")
            target.writestr(stored_as if name == SHEET else name, part)
    return path


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576"),
        ('<row r="900000"><c s="0" r = "C900000"><v>1</v></c></row>', "C900000"),
        ('<row r="1048576"><c r="XFD1048576" t="n" q="/>"><v>1</v></c></row>', "XFD1048576"),
        ('<row r="1048576"><c><v>1</v></c></row>', "A1048576"),
        (f'<row r="2">{"<c/>" * 16_383}<c><v>1</v></c></row>', "XFD2"),
    ],
)
def test_a_far_cell_is_refused_by_name(tmp_path: Path, row: str, cell: str) -> None:
    """However its address is quoted, one cell at the far end must not make the reader fill the memory."""
    with pytest.raises(TooLarge) as refusal:
        open_document(sheet_with(tmp_path, row))
    assert cell in str(refusal.value)
    assert "任务" in str(refusal.value)


def test_formatting_without_content_is_harmless(tmp_path: Path) -> None:
    """Offices format whole columns: empty cells at the far end are no reason to refuse a table."""
    document = open_document(sheet_with(tmp_path, '<row r="1048576"><c r="XFD1048576" s="0"/></row>'))
    assert document.grids[0].height == 1


def test_cells_without_addresses_are_read_where_they_stand(tmp_path: Path) -> None:
    """Some programs leave addresses out: an ordinary table of theirs is read, not refused."""
    row = '<row><c t="inlineStr"><is><t>1</t></is></c><c t="inlineStr"><is><t>清运垃圾</t></is></c></row>'
    document = open_document(sheet_with(tmp_path, row))
    assert list(document.grids[0].rows[1][:2]) == ["1", "清运垃圾"]


def test_a_sheet_stored_in_capitals_is_looked_at_all_the_same(tmp_path: Path) -> None:
    """The reader of cells finds parts whatever their case, so the look before it must too."""
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(TooLarge):
        open_document(sheet_with(tmp_path, row, stored_as="xl/Worksheets/SHEET1.xml"))


def test_parts_that_share_a_name_are_refused(tmp_path: Path) -> None:
    """Two parts of one name could show the check one sheet and the reader another."""
    path = sheet_with(tmp_path, "")
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr(SHEET.upper(), "<worksheet/>")
    with pytest.raises(UnsafeFile):
        open_document(path)


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_no_part_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Whichever part swells, the file is refused before a reader follows it."""
    monkeypatch.setattr(archive, "MAX_PART", 2 * archive.MEGABYTE)
    plain, path = sheet_with(tmp_path, ""), tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            padding = b" " * (4 * archive.MEGABYTE) if name == part else b""
            target.writestr(name, source.read(name) + padding)
    with pytest.raises(TooLarge) as refusal:
        open_document(path)
    assert part in str(refusal.value)
