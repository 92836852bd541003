"""A sheet that reaches too far is refused before anything allocates room for it."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from documents.errors import TooLarge
from documents.reading import open_document

SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(folder: Path, extra_row: str) -> Path:
    plain, path = folder / "plain.xlsx", folder / "far.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("任务").write_row(0, 0, ["序号", "工作任务", "责任单位", "完成时限"])
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == SHEET:
                part = part.replace(b"</sheetData>", extra_row.encode() + b"</sheetData>")
            target.writestr(name, part)
    return path


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576"),
        ('<row r="900000"><c s="0" r = "C900000"><v>1</v></c></row>', "C900000"),
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
