"""What a file really is (文件类型), by its first bytes: an extension is only what somebody called it."""

import re
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
    b"MIME-Version:": "单个网页文件 .mht (a web archive)",
}
_START = 4096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_EXCEL_XML = re.compile(rb"<\?mso-application\s+progid=\"Excel\.Sheet\"|urn:schemas-microsoft-com:office:spreadsheet")
_OLD_WORD = re.compile(rb"\xec\xa5.{9}(.)", re.DOTALL)
_ENCRYPTED = 0x01
"""The bit in the second byte of the flags at the head of an old Word file that says it has a password."""
_SECTOR = 512


class Kind(StrEnum):
    """类型: how a file is to be opened."""

    XLSX = "Excel 工作簿 .xlsx"
    DOCX = "Word 文档 .docx"
    XLS = "Excel 97-2003 .xls"
    DOC = "Word 97-2003 .doc"
    OPEN_DOCUMENT = "OpenDocument .odt/.ods"
    RTF = "RTF 文档 .rtf"
    EXCEL_XML = "Excel 2003 XML 表格 .xml"
    PAGE = "网页 .html"
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
    return foreign or _written(head)


def _in_archive(path: Path) -> Kind | str:
    with Archive(path) as archive:
        names = archive.names
        if any(name.startswith("xl/") for name in names):
            return Kind.XLSX
        if any(name.startswith("word/") for name in names):
            return Kind.DOCX
        if "content.xml" in names:
            if archive.has(_MANIFEST) and b"encryption-data" in archive.part(_MANIFEST):
                raise PasswordProtected(file=path.name)
            return Kind.OPEN_DOCUMENT
    return "压缩包 (an archive)"


_MANIFEST = "META-INF/manifest.xml"


def _in_compound(path: Path, head: bytes) -> Kind | str:
    """An OLE container; its directory names the streams inside in UTF-16."""

    def holds(name: str) -> bool:
        return f"{name}\0".encode("utf-16-le") in head

    if holds("EncryptedPackage") or holds("EncryptionInfo") or _is_locked_word(head):
        raise PasswordProtected(file=path.name)
    if holds("WordDocument"):
        return Kind.DOC
    if holds("Workbook") or holds("Book"):
        return Kind.XLS
    if path.stat().st_size > _SCAN:
        return Kind.XLS if path.suffix.lower() in (".xls", ".et") else Kind.DOC
    raise UnreadableFile(file=path.name, reason="没有找到文档内容 (no document inside)")


def _is_locked_word(head: bytes) -> bool:
    """Whether an old Word file, whose text begins at a sector of its own, says that it is encrypted."""
    starts = (match[1][0] for match in _OLD_WORD.finditer(head) if match.start() % _SECTOR == 0)
    return bool(next(starts, 0) & _ENCRYPTED)


def _written(head: bytes) -> Kind:
    """Files that are text: what systems export as .xls or .doc is often a page or a list with separators."""
    start = head[:_START].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{\\rtf"):
        return Kind.RTF
    if start.startswith(b"<") and _EXCEL_XML.search(start):
        return Kind.EXCEL_XML
    return Kind.PAGE if start.startswith(b"<") and _PAGE.search(start) else Kind.TEXT
