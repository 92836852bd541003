"""Office files open to the same grids and paragraphs whatever their format; what cannot is refused by name."""

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from openpyxl import Workbook

from documents import convert
from documents.errors import (
    ConversionFailed,
    EmptyFile,
    MissingFile,
    NeedsOffice,
    PasswordProtected,
    TooLarge,
    UnknownEncoding,
    UnknownKind,
    UnreadableFile,
    UnsafeFile,
    WrongExtension,
)
from documents.reading import open_document
from rules.errors import Refusal
from rules.grid import Document, Grid, Merge
from tests.unit.old_workbook import old_workbook

ROWS = [["序号", "工作任务", "责任单位"], ["1", "修补路面", "区住建局"], ["2", "清理河道", "区水务局"]]


def saved_xlsx(path: Path, fill: Callable[[Any], None] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    if fill:
        fill(book)
    book.save(path)
    return path


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def only_grid(path: Path) -> Grid:
    (grid,) = open_document(path).grids
    return grid


def test_workbook_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    """Whole numbers carry no .0, dates are dates, hidden sheets stay hidden, merges keep their place."""
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("任务")
    sheet.merge_range("B3:C4", "合并")
    sheet.write_number("B5", 3)
    sheet.write_number("C5", 0.5)
    sheet.write_datetime("D5", date(2026, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.add_worksheet("隐藏").hide()
    book.close()
    grid = only_grid(path)
    assert grid.name == "任务" and grid.merges == (Merge(2, 1, 3, 2),)
    assert grid.rows[4][1:4] == ["3", "0.5", "2026-06-30"] and grid.filled[3][2] == "合并"


def test_a_day_shown_as_its_month_is_that_month(tmp_path: Path) -> None:
    """完工时间 typed as 2024年11月 is kept as the first of November: due at its end, and not at its beginning."""
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for column, shown in enumerate(('yyyy"年"m"月"', "yyyy-mm-dd", "yyyy/m", 'm"月"d"日"')):
        sheet.write_datetime(0, column, date(2024, 11, 1), book.add_format({"num_format": shown}))
    sheet.write_datetime(1, 0, date(2025, 3, 1), book.add_format({"num_format": 57}))
    book.close()
    assert only_grid(path).rows == [["2024年11月", "2024-11-01", "2024年11月", "2024-11-01"], ["2025年3月", "", "", ""]]


def test_an_old_workbook_shows_months_as_well(tmp_path: Path) -> None:
    """What Excel 97-2003 saved keeps the format beside the day, too; a broken copy is refused, and not half read."""
    days = [(date(2024, 11, 1), 'yyyy"年"m"月"'), (date(2024, 11, 1), "yyyy-mm-dd"), (date(2025, 3, 1), "yyyy/m")]
    path = tmp_path / "表.xls"
    path.write_bytes(old_workbook(days))
    assert only_grid(path).rows == [["2024年11月", "2024-11-01", "2025年3月"]]
    path.write_bytes(old_workbook(days)[:1600])
    with pytest.raises(UnreadableFile):
        open_document(path)


def test_a_formula_without_a_value_is_named(tmp_path: Path) -> None:
    """openpyxl writes formulas without results, as many exports do; the cell is known, not silently blank."""
    path = saved_xlsx(tmp_path / "表.xlsx", lambda book: book.active.__setitem__("C2", "=A1&B1"))
    assert only_grid(path).unread == {(1, 2): "A1&B1"}


def test_word_tables_by_their_spans(tmp_path: Path) -> None:
    """Merged text stands once; a nested table follows its own; numbering that Word adds is written out."""
    document = docx.Document()
    document.add_paragraph("任务分解表")
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    inner = table.cell(2, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内", "表"
    document.save(path := tmp_path / "表.docx")
    opened = open_document(path)
    outer, nested = opened.grids
    assert opened.paragraphs[0].text == "任务分解表"
    assert outer.merges == (Merge(1, 2, 2, 2),) and outer.rows[1][2] == "区住建局\n区水务局" and outer.rows[2][2] == ""
    assert outer.rows[2][1] == "清理河道" and nested.rows == [["内", "表"]]
    assert (outer.name, nested.name) == ("表1", "表2")


def test_words_numbering_is_written_out(tmp_path: Path) -> None:
    """A reader sees 1. 2. before the items; so does the clerk's machine."""
    document = docx.Document()
    for text in ("修补路面", "清理河道"):
        document.add_paragraph(text, style="List Number")
    document.save(path := tmp_path / "表.docx")
    assert [one.text for one in open_document(path).paragraphs] == ["1.修补路面", "2.清理河道"]


def test_inserted_text_counts_and_deleted_text_does_not(tmp_path: Path) -> None:
    """A plan with tracked changes reads as it would be printed."""
    document = docx.Document()
    paragraph = document.add_paragraph("保留")._p
    inserted = OxmlElement("w:ins")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "新增"
    run.append(words)
    inserted.append(run)
    deleted = OxmlElement("w:del")
    gone = OxmlElement("w:r")
    old = OxmlElement("w:delText")
    old.text = "删去"
    gone.append(old)
    deleted.append(gone)
    paragraph.extend([inserted, deleted])
    document.save(path := tmp_path / "表.docx")
    assert open_document(path).paragraphs[0].text == "保留新增"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    """Line breaks inside quoted cells stay inside."""
    path = tmp_path / "表.csv"
    path.write_bytes('序号,任务,单位\r\n1,"修补\n路面",区住建局\r\n'.encode(encoding))
    assert only_grid(path).rows == [["序号", "任务", "单位"], ["1", "修补\n路面", "区住建局"]]


def test_typed_tables(tmp_path: Path) -> None:
    """A table drawn with lines, one with tabs, and prose around them; each row knows its line."""
    path = tmp_path / "表.txt"
    path.write_text(
        "任务表\n┌──┬────┐\n│序号│任务│\n├──┼────┤\n│1│修补│\n│ │路面│\n├──┼────┤\n│2│清河│\n└──┴────┘\n"
        "另附：\n序号\t任务\t单位\n1\t植树\t园林局\n",
        encoding="utf-8",
    )
    opened = open_document(path)
    boxed, tabbed = opened.grids
    assert boxed.rows == [["序号", "任务"], ["1", "修补路面"], ["2", "清河"]] and boxed.address(1, 1) == "¶5"
    assert tabbed.rows == [["序号", "任务", "单位"], ["1", "植树", "园林局"]]
    assert [one.text for one in opened.paragraphs] == ["任务表", "另附："]


@pytest.mark.parametrize("mark", [",", "，", ";"])
def test_a_list_with_separators_under_a_name_of_text(mark: str, tmp_path: Path) -> None:
    """Its first line names columns; a sentence with as many commas names none and stays one."""
    path = tmp_path / "清单.txt"
    path.write_text(mark.join(("序号", "任务", "责任单位")) + "\n" + mark.join(("1", "修补路面", "区住建局")), "utf-8")
    assert only_grid(path).rows == [["序号", "任务", "责任单位"], ["1", "修补路面", "区住建局"]]
    path.write_text("修补路面，清理河道，更换路灯\n做好宣传，加强巡查，按时报送", "utf-8")
    assert not open_document(path).grids


def test_a_line_break_of_markdown(tmp_path: Path) -> None:
    """<br> in a cell is a line break, as it is on the page."""
    path = tmp_path / "清单.txt"
    path.write_text("| 序号 | 单位 |\n|---|---|\n| 1 | 区住建局、<br>区水务局 |\n", "utf-8")
    assert only_grid(path).rows[-1] == ["1", "区住建局、\n区水务局"]


def test_labels_behind_wide_gaps_are_no_columns(tmp_path: Path) -> None:
    """A list whose lines say 责任单位：… themselves has no header, and is read as the text it is."""
    path = tmp_path / "清单.txt"
    lines = ["▲修补路面  责任单位：区住建局  时限：6月底前", "▲清理河道  责任单位：区水务局  时限：9月底前"]
    path.write_text("\n".join(lines), "utf-8")
    document = open_document(path)
    assert not document.grids and [one.text for one in document.paragraphs] == lines


def old_word(*, locked: bool = False) -> bytes:
    """The head of a Word 97 file as far as it is looked at: container, directory name, flags."""
    flags = b"\0\x01" if locked else b"\0\0"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + b"\xec\xa5\xc1\0" + b"\0" * 6 + flags + b"\0" * 500 + "WordDocument\0".encode("utf-16-le")


FOREIGN = {
    ".doc": (old_word(), ".docx"),
    ".wps": (old_word(), ".docx"),
    ".rtf": (rb"{\rtf1 x}", ".docx"),
    ".odt": (None, ".docx"),
    ".ods": (None, ".xlsx"),
}


@pytest.mark.parametrize("suffix", FOREIGN)
def test_old_formats_need_libreoffice(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the clerk hears what to save the file as instead, and the administrator what is missing."""
    content, instead = FOREIGN[suffix]
    path = tmp_path / f"表{suffix}"
    if content:
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("content.xml", "<x/>")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NeedsOffice) as refused:
        open_document(path)
    for said in refused.value.text:
        assert path.name in said and instead in said and "LibreOffice" in said


def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program and what it started are gone after the time limit."""
    path = tmp_path / "表.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(convert.shutil, "which", lambda _: str(slow))
    monkeypatch.setattr(convert, "SECONDS", 0.2)
    with pytest.raises(ConversionFailed):
        open_document(path)


def test_a_conversion_that_yields_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the converter leaves in its folder is read like any workbook, under the name of the source."""
    result = saved_xlsx(tmp_path / "结果.xlsx")
    path = tmp_path / "表.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{result}" "${{last%.ods}}.xlsx"\n')
    program.chmod(0o755)
    monkeypatch.setattr(convert.shutil, "which", lambda _: str(program))
    opened = open_document(path)
    assert opened.name == "表.ods" and opened.grids[0].rows == ROWS


def test_a_modern_workbook_under_an_old_name_opens(tmp_path: Path) -> None:
    """WPS writes the modern format under .et."""
    assert only_grid(saved_xlsx(tmp_path / "表.xlsx").rename(tmp_path / "表.et")).rows == ROWS


# Hostile and broken files: each a refusal that names the file, none a trace, none slow.


def bomb(tmp_path: Path) -> Path:
    big = b"<worksheet>" + b" " * (1 << 22) + b"</worksheet>"
    return repacked(
        saved_xlsx(tmp_path / "源.xlsx"), tmp_path / "坏.xlsx", lambda name, data: big if "sheet1" in name else data
    )


def test_a_part_that_unpacks_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip bomb is refused while it unpacks, not after."""
    monkeypatch.setattr("documents.archive.MAX_PART", 1 << 20)
    with pytest.raises(TooLarge, match="坏"):
        open_document(bomb(tmp_path))


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_entities_are_refused(kind: str, tmp_path: Path) -> None:
    """An XML part that declares entities can grow without end."""
    source = tmp_path / f"源.{kind}"
    if kind == "xlsx":
        saved_xlsx(source)
    else:
        docx.Document().save(str(source))
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'

    def change(name: str, data: bytes) -> bytes:
        part = name.endswith(("sheet1.xml", "document.xml"))
        return declared + data.split(b"?>", 1)[-1] if part else data

    with pytest.raises(UnsafeFile, match="坏"):
        open_document(repacked(source, tmp_path / f"坏.{kind}", change))


@pytest.mark.parametrize(("row", "column"), [(5, 16_000), (400_000, 1)])
def test_cells_far_out_are_refused_by_their_address(row: int, column: int, tmp_path: Path) -> None:
    """Sixteen thousand columns would fill the memory of the office's one machine."""
    path = tmp_path / "坏.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("任务").write(row - 1, column - 1, "远")
    book.close()
    with pytest.raises(TooLarge, match="任务"):
        open_document(path)


def test_parts_beside_the_sheets_are_unpacked_under_the_limit_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bomb may hide in any part the reader of cells would unpack."""
    monkeypatch.setattr("documents.archive.MAX_PART", 1 << 20)
    source = saved_xlsx(tmp_path / "源.xlsx")
    path = repacked(
        source, tmp_path / "坏.xlsx", lambda name, data: data + b" " * (1 << 22) if "styles" in name else data
    )
    with pytest.raises(TooLarge, match="styles"):
        open_document(path)


def test_merges_that_cover_each_other_are_bounded(tmp_path: Path) -> None:
    """A thousand merged areas over the same wide sheet would be gone through a thousand times."""
    source = tmp_path / "源.xlsx"
    book = xlsxwriter.Workbook(source)
    book.add_worksheet("任务").write(9_999, 99, "远")
    book.close()
    merges = b'<mergeCells count="20">' + b'<mergeCell ref="A1:CV10000"/>' * 20 + b"</mergeCells>"

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", b"</sheetData>" + merges) if "sheet1.xml" in name else data

    with pytest.raises(TooLarge, match="任务"):
        open_document(repacked(source, tmp_path / "坏.xlsx", change))


def cut_short(tmp_path: Path) -> Path:
    whole = saved_xlsx(tmp_path / "源.xlsx").read_bytes()
    (tmp_path / "坏.xlsx").write_bytes(whole[: len(whole) // 2])
    return tmp_path / "坏.xlsx"


def encrypted(tmp_path: Path) -> Path:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    (tmp_path / "坏.xlsx").write_bytes(head + "EncryptedPackage".encode("utf-16-le") + struct.pack("<512x"))
    return tmp_path / "坏.xlsx"


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


BROKEN: dict[str, tuple[Callable[[Path], Path], type[Refusal]]] = {
    "missing": (lambda folder: folder / "无.xlsx", MissingFile),
    "empty": (lambda folder: written(folder, "坏.xlsx", b""), EmptyFile),
    "cut short": (cut_short, UnreadableFile),
    "password": (encrypted, PasswordProtected),
    "text as workbook": (lambda folder: written(folder, "坏.xlsx", b"a,b\n"), WrongExtension),
    "picture as word": (lambda folder: written(folder, "坏.docx", b"\x89PNG\r\n\x1a\n"), WrongExtension),
    "workbook as word": (lambda folder: saved_xlsx(folder / "x.xlsx").rename(folder / "坏.docx"), WrongExtension),
    "pdf": (lambda folder: written(folder, "坏.pdf", b"%PDF-1.7"), UnknownKind),
    "zip of nothing": (
        lambda folder: repacked(saved_xlsx(folder / "x.xlsx"), folder / "坏.docx", lambda n, d: d),
        WrongExtension,
    ),
    "no encoding": (lambda folder: written(folder, "坏.txt", b"abc\n\xff\xff\xff\xff"), UnknownEncoding),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused_by_name(case: str, tmp_path: Path) -> None:
    """Each says in both languages which file and what to do."""
    make, refusal = BROKEN[case]
    path = make(tmp_path)
    with pytest.raises(refusal) as raised:
        open_document(path)
    assert path.name in raised.value.text.zh and path.name in raised.value.text.en


def test_a_sheet_of_word_xml_that_is_no_document(tmp_path: Path) -> None:
    """A Word archive whose body is damaged is refused, not traced."""
    docx.Document().save(str(tmp_path / "源.docx"))
    path = repacked(
        tmp_path / "源.docx",
        tmp_path / "坏.docx",
        lambda name, data: b"<w:document" if "document.xml" in name else data,
    )
    with pytest.raises(UnreadableFile, match="坏"):
        open_document(path)


def test_tables_nested_without_end_are_refused(tmp_path: Path) -> None:
    """A table in a table in a table … stops somewhere."""
    document = docx.Document()
    table = document.add_table(1, 1)
    for _ in range(12):
        table = table.cell(0, 0).add_table(1, 1)
    document.save(path := tmp_path / "坏.docx")
    with pytest.raises(TooLarge, match="坏"):
        open_document(path)


def test_macros_and_links_are_passed_over(tmp_path: Path) -> None:
    """What a workbook could run or fetch is never touched."""
    source = saved_xlsx(tmp_path / "源.xlsx")
    path = tmp_path / "表.xlsm"
    repacked(source, path, lambda name, data: data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0" * 64)
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert only_grid(path).rows == ROWS


def test_a_document_keeps_the_order_of_its_parts(tmp_path: Path) -> None:
    """Words before a table come before it."""
    document = docx.Document()
    document.add_paragraph("前")
    document.add_table(1, 1).cell(0, 0).text = "中"
    document.add_paragraph("后")
    document.save(path := tmp_path / "表.docx")
    opened: Document = open_document(path)
    assert [getattr(block, "text", "表") for block in opened.blocks] == ["前", "表", "后"]
