"""Old and foreign formats through a real LibreOffice. Not part of the usual run: `uv run pytest tests/office`."""

import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import docx
import pytest
import xlsxwriter

from documents.errors import ConversionFailed, PasswordProtected
from documents.reading import open_document
from rules.reading import TableRow
from rules.table import read_table

ROWS = [
    ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "修补破损路面", "区住建局", "各街道", "2026年6月底前"],
    ["2", "清理河道垃圾", "区水务局", "", "每月25日前"],
    ["", "清理河岸菜地", "", "", "长期坚持"],
    ["3", "开展宣传教育", "区委宣传部", "区教育局", "10月15日前"],
]
MERGED = ((2, 0), (2, 2))
"""The cells that reach over the row below them, too."""

LEADS = [("区住建局",), ("区水务局",), ("区水务局",), ("区委宣传部",)]


def written_docx(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("某区任务分解表", 0)
    table = document.add_table(len(ROWS), len(ROWS[0]), "Table Grid")
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for row, column in MERGED:
        table.cell(row, column).merge(table.cell(row + 1, column))
    document.add_paragraph()  # LibreOffice writes no .doc table at the very end of a text
    document.save(str(path))
    return path


def written_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("任务")
        sheet.merge_range(0, 0, 0, 4, "某区任务分解表")
        for row, cells in enumerate(ROWS, start=1):
            sheet.write_row(row, 0, cells)
        for row, column in MERGED:
            sheet.merge_range(row + 1, column, row + 2, column, ROWS[row][column])
        hidden = book.add_worksheet("隐藏")
        hidden.write_row(0, 0, ROWS[0])
        hidden.hide()
    return path


def saved_as(source: Path, kind: str, named: str) -> Path:
    """The source as LibreOffice saves it in another format, under the ending offices give it."""
    profile = (source.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    out = source.parent / "saved"
    subprocess.run([*command, "--outdir", out, source], check=True, capture_output=True, timeout=90)
    return Path(shutil.move(out / f"{source.stem}.{kind}", source.parent / f"老{named}"))


def rows_of(path: Path) -> tuple[str, list[TableRow]]:
    table = read_table(open_document(path), year=2026, on=date(2026, 1, 5))
    return table.title, list(table.rows)


WORDS = [("doc", ".doc"), ("doc", ".wps"), ("rtf", ".rtf"), ("rtf", ".doc"), ("odt", ".odt")]
BOOKS = [("xls", ".xls"), ("xls", ".et"), ("ods", ".ods")]


@pytest.mark.parametrize(("kind", "named"), WORDS + BOOKS)
def test_every_format_reads_like_its_modern_twin(kind: str, named: str, tmp_path: Path) -> None:
    """Title, rows, merged cells, deadlines and units survive the way through LibreOffice."""
    source = written_docx(tmp_path / "新.docx") if (kind, named) in WORDS else written_xlsx(tmp_path / "新.xlsx")
    old = saved_as(source, kind, named)
    assert rows_of(old) == rows_of(source)
    title, rows = rows_of(old)
    assert title == "某区任务分解表" and [row.lead_units for row in rows] == LEADS


def test_conversions_at_once_do_not_meet(tmp_path: Path) -> None:
    """Two clerks import at the same time."""
    old = saved_as(written_docx(tmp_path / "新.docx"), "odt", ".odt")
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(rows_of, [old, old])
    assert first == second and len(first[1]) == len(LEADS)


def test_a_damaged_document_fails_in_words(tmp_path: Path) -> None:
    """An archive that looks like a text but holds none is named, with what to do."""
    path = tmp_path / "坏.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(ConversionFailed, match=r"坏.odt.*另存为.docx"):
        open_document(path)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A picture from elsewhere would tell its owner who reads the document, and when."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append("asked")
            self.close_connection = True

    old = saved_as(written_docx(tmp_path / "新.docx"), "odt", ".odt")
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/a.png"
        size = 'svg:width="3cm" svg:height="3cm"'
        picture = f'<draw:frame {size}><draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame>'
        linked = tmp_path / "链接.odt"
        with zipfile.ZipFile(old) as given, zipfile.ZipFile(linked, "w") as changed:
            for name in given.namelist():
                data = given.read(name)
                end = b"</text:p>"
                changed.writestr(name, data.replace(end, picture.encode() + end, 1) if name == "content.xml" else data)
        saved_as(linked, "docx", ".docx")
        assert asked, "LibreOffice by itself does fetch it"
        asked.clear()
        assert rows_of(linked) == rows_of(old)
        server.shutdown()
    assert not asked


def test_a_locked_document_asks_for_its_password_to_go(tmp_path: Path) -> None:
    """The flag at the head of an old Word file that says it is encrypted."""
    old = saved_as(written_docx(tmp_path / "新.docx"), "doc", ".doc")
    data = bytearray(old.read_bytes())
    data[data.index(b"\xec\xa5") + 11] |= 1
    old.write_bytes(data)
    with pytest.raises(PasswordProtected, match="老"):
        open_document(old)
