"""What a file really is (文件类型), by its first bytes: an extension is only what somebody called it."""

from enum import StrEnum
from pathlib import Path

from documents.archive import Archive
from documents.errors import PasswordProtected, UnreadableFile

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SCAN = 4 << 20
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "图片 (a picture)",
    b"\xff\xd8\xff": "图片 (a picture)",
    b"GIF8": "图片 (a picture)",
    b"Rar!": "压缩包 (an archive)",
    b"7z\xbc\xaf": "压缩包 (an archive)",
    b"\x1f\x8b": "压缩包 (an archive)",
    b"MZ": "程序 (a program)",
    b"\x7fELF": "程序 (a program)",
}


class Kind(StrEnum):
    """类型: how a file is to be opened."""

    XLSX = "Excel 工作簿 .xlsx"
    DOCX = "Word 文档 .docx"
    XLS = "Excel 97-2003 .xls"
    DOC = "Word 97-2003 .doc"
    OPEN_DOCUMENT = "OpenDocument .odt/.ods"
    TEXT = "文字 (text)"


def kind_of(path: Path) -> Kind | str:
    """The kind of a file, or the name of what it is where it cannot be read.

    Raises `PasswordProtected` for an encrypted office file and `UnreadableFile` for a broken archive.
    """
    with path.open("rb") as stream:
        head = stream.read(_SCAN)
    if head.startswith(ZIP):
        return _in_archive(path)
    if head.startswith(OLE):
        return _in_compound(path, head)
    foreign = next((name for mark, name in _FOREIGN.items() if head.startswith(mark)), None)
    return foreign or Kind.TEXT


def _in_archive(path: Path) -> Kind | str:
    with Archive(path) as archive:
        names = archive.names
        if any(name.startswith("xl/") for name in names):
            return Kind.XLSX
        if any(name.startswith("word/") for name in names):
            return Kind.DOCX
        if "content.xml" in names:
            return Kind.OPEN_DOCUMENT
    return "压缩包 (an archive)"


def _in_compound(path: Path, head: bytes) -> Kind | str:
    """An OLE container; its directory names the streams inside in UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in head

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise PasswordProtected(file=path.name)
    if holds("WordDocument"):
        return Kind.DOC
    if holds("Workbook") or holds("Book"):
        return Kind.XLS
    if path.stat().st_size > _SCAN:
        return Kind.XLS if path.suffix.lower() in (".xls", ".et") else Kind.DOC
    raise UnreadableFile(file=path.name, reason="OLE")
