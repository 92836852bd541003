"""Files that are locked, lying, changed or built to harm: read as a clerk would, or refused by name at little cost."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter

from documents import reading
from documents.errors import (
    MissingFile,
    NoPermission,
    NotAFile,
    PasswordProtected,
    TooLarge,
    UnreadableFile,
    UnsafeFile,
)
from documents.reading import open_document
from rules.errors import Refusal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "word/document.xml"


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def word(folder: Path, body: str, name: str = "表.docx") -> Path:
    """A document whose body is this XML."""
    docx.Document().save(str(folder / "源.docx"))
    xml = f'<w:document {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    xml += f"<w:body>{body}</w:body></w:document>"
    return repacked(folder / "源.docx", folder / name, lambda part, data: xml.encode() if part == MAIN else data)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("任务").write_row(0, 0, ["序号", "工作任务"])
    return path


# Word documents as they pass from desk to desk.


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    """Tracked changes read as accepted: rows as well as words."""
    row = "<w:tr>{mark}<w:tc>" + paragraph("{text}") + "</w:tc></w:tr>"
    deleted = row.format(mark="<w:trPr><w:del w:id='1'/></w:trPr>", text="删去")
    inserted = row.format(mark="<w:trPr><w:ins w:id='2'/></w:trPr>", text="新增")
    kept = row.format(mark="", text="保留")
    (grid,) = open_document(word(tmp_path, f"<w:tbl>{kept}{deleted}{inserted}</w:tbl>")).grids
    assert grid.rows == [["保留"], ["新增"]]


def test_a_text_box_follows_its_paragraph_once(tmp_path: Path) -> None:
    """Word stores a box twice, for itself and for older programs."""
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    anchor = f"<w:p><w:r><w:t>正文</w:t></w:r><w:r>{twice}</w:r></w:p>"
    opened = open_document(word(tmp_path, anchor + paragraph("其后")))
    assert [one.text for one in opened.paragraphs] == ["正文", "框内", "其后"]


def test_a_document_with_macros_is_read_not_run(tmp_path: Path) -> None:
    """.docm differs in one word of its table of contents; its macros are never touched."""
    plain, macros = b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    path = repacked(
        word(tmp_path, paragraph("正文")),
        tmp_path / "表.docm",
        lambda _, data: data.replace(b"openxmlformats-officedocument." + plain, macros),
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0" * 64)
    assert [one.text for one in open_document(path).paragraphs] == ["正文"]


def test_links_lead_nowhere(tmp_path: Path) -> None:
    """A picture, a template or a body somewhere else is not looked for."""
    link = (
        b'<Relationship Id="rId99" Type="http://x/numbering" Target="http://127.0.0.1:9/n.xml" TargetMode="External"/>'
    )

    def add(name: str, data: bytes) -> bytes:
        return data.replace(b"</Relationships>", link + b"</Relationships>") if name.endswith(".rels") else data

    opened = open_document(repacked(word(tmp_path, paragraph("正文")), tmp_path / "链.docx", add))
    assert [one.text for one in opened.paragraphs] == ["正文"]


# Bombs.


def test_a_picture_that_unpacks_without_end_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts that are read are unpacked, each under its limit."""
    path = word(tmp_path, paragraph("正文"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", b"\0" * (8 << 20))
    monkeypatch.setattr("documents.word.MAX_XML", 1 << 20)
    assert [one.text for one in open_document(path).paragraphs] == ["正文"]


def test_a_body_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word's XML takes many times its size in memory, so its limit is lower than that of a sheet."""
    monkeypatch.setattr("documents.word.MAX_XML", 1 << 20)
    with pytest.raises(TooLarge, match=MAIN):
        open_document(word(tmp_path, paragraph("长" * (1 << 20)), "坏.docx"))


def test_entries_that_share_their_bytes(tmp_path: Path) -> None:
    """A directory can name one packed part a thousand times; all but its own name are refused."""
    source = book(tmp_path / "源.xlsx")
    data = source.read_bytes()
    with zipfile.ZipFile(source) as archive:
        infos, start = archive.infolist(), archive.start_dir
        shared = archive.getinfo("xl/worksheets/sheet1.xml")
    named = [(one.filename, one) for one in infos] + [(f"xl/worksheets/z{count}.xml", shared) for count in range(999)]
    directory = b"".join(
        struct.pack(
            "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 8, 0, 0,
            one.CRC, one.compress_size, one.file_size, len(name), 0, 0, 0, 0, 0, one.header_offset,
        ) + name.encode()
        for name, one in named
    )  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(named), len(named), len(directory), start, 0)
    path = tmp_path / "坏.xlsx"
    path.write_bytes(data[:start] + directory + end)
    with pytest.raises(UnreadableFile, match=r"坏.*z0"):
        open_document(path)


def test_archives_in_an_archive_are_not_opened(tmp_path: Path) -> None:
    """A bomb inside an embedded file stays packed."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", b"\0" * (1 << 20))
    path = book(tmp_path / "表.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/embeddings/内.zip", inner.getvalue())
    assert open_document(path).grids[0].rows == [["序号", "工作任务"]]


def test_entities_declared_behind_a_long_comment(tmp_path: Path) -> None:
    """However far from the beginning the declaration stands."""
    declared = b"<!--" + b"x" * 100_000 + b'--><!DOCTYPE x [<!ENTITY a "a">]>'
    source = book(tmp_path / "源.xlsx")

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<workbook", declared + b"<workbook", 1) if name == "xl/workbook.xml" else data

    with pytest.raises(UnsafeFile, match="坏"):
        open_document(repacked(source, tmp_path / "坏.xlsx", change))


@pytest.mark.parametrize(("name", "content"), [("坏.txt", "长" * 100_001), ("坏.csv", "a,b\n1," + "长" * 100_001)])
def test_a_text_without_end_is_refused_by_its_place(name: str, content: str, tmp_path: Path) -> None:
    """Understanding one line of millions of characters would take minutes."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(TooLarge, match=r"坏.*(¶1|B2)"):
        open_document(tmp_path / name)


# Locked, missing, not a file.


def locked_word() -> bytes:
    """Word 97: the flags at the head of the text say that it is encrypted."""
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return container + b"\xec\xa5\xc1\0" + b"\0" * 7 + b"\x01" + b"\0" * 500 + "WordDocument\0".encode("utf-16-le")


def locked_open_document() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", b"\x01\x02")
        archive.writestr("META-INF/manifest.xml", "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>")
    return packed.getvalue()


@pytest.mark.parametrize("name", ["坏.doc", "坏.wps", "坏.odt", "坏.ods"])
def test_a_password_is_named_before_any_conversion(name: str, tmp_path: Path) -> None:
    """Old Word files and OpenDocument say so themselves."""
    content = locked_open_document() if name.startswith("坏.o") else locked_word()
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PasswordProtected, match="坏"):
        open_document(tmp_path / name)


def test_an_old_file_cut_short(tmp_path: Path) -> None:
    """A container without its directory names no content."""
    (tmp_path / "坏.doc").write_bytes(locked_word()[:520].replace(b"\xec\xa5", b"\0\0"))
    with pytest.raises(UnreadableFile, match="坏"):
        open_document(tmp_path / "坏.doc")


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder with the name of a workbook, and links that lead to each other."""
    (tmp_path / "夹.xlsx").mkdir()
    (tmp_path / "甲.xlsx").symlink_to(tmp_path / "乙.xlsx")
    (tmp_path / "乙.xlsx").symlink_to(tmp_path / "甲.xlsx")
    os.mkfifo(tmp_path / "管.xlsx")
    for name, refusal in {"夹": NotAFile, "管": NotAFile, "甲": MissingFile}.items():
        with pytest.raises(refusal, match=name):
            open_document(tmp_path / f"{name}.xlsx")
    with pytest.raises(Refusal):
        open_document(tmp_path / ("长" * 300 + ".xlsx"))


def test_a_file_this_user_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal becomes a sentence; whoever runs the tests as root could read any file."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    path = book(tmp_path / "锁.xlsx")
    monkeypatch.setattr(reading, "kind_of", refuse)
    with pytest.raises(NoPermission, match="锁"):
        open_document(path)
