"""Opening an office file (打开文件): by its content and extension, to the grids and paragraphs inside it."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from documents.convert import open_converted
from documents.errors import (
    EmptyFile,
    MissingFile,
    NoPermission,
    NotAFile,
    TooLarge,
    UnknownKind,
    UnreadableFile,
    WrongExtension,
)
from documents.kinds import Kind, kind_of
from documents.text import open_csv, open_text
from documents.web_page import open_page
from documents.word import open_docx
from documents.workbook import open_xls, open_xlsx
from rules.grid import Document, Grid, Paragraph
from rules.headway import UNSEEN, Headway
from rules.language import Text
from rules.system_words import system_words

MAX_TEXT = 100_000
"""Characters in one paragraph or cell; a workbook's cell holds 32,767."""
Blocks = tuple[Grid | Paragraph, ...]
Openers = Mapping[Kind, Callable[[Path], Blocks]]

_as_docx: Callable[[Path], Blocks] = partial(open_converted, instead=".docx", opener=open_docx)
_as_xlsx: Callable[[Path], Blocks] = partial(open_converted, instead=".xlsx", opener=open_xlsx)
_BOOK: Openers = {Kind.XLSX: open_xlsx}
_WORDS: Openers = {Kind.DOCX: open_docx}
_LIST: Openers = {Kind.TEXT: open_csv}
_TEXT: Openers = {Kind.TEXT: open_text, Kind.PAGE: open_page}
_PAGE: Openers = {Kind.PAGE: open_page}
# WPS writes the modern formats under its own old names; systems export pages and lists as .xls and .doc.
_OLD_BOOK: Openers = {**_BOOK, **_LIST, **_PAGE, Kind.XLS: open_xls, Kind.EXCEL_XML: _as_xlsx}
_OLD_WORDS: Openers = {**_WORDS, **_PAGE, Kind.DOC: _as_docx, Kind.RTF: _as_docx}
_OPENERS: Mapping[str, Openers] = {
    ".xlsx": _BOOK,
    ".xlsm": _BOOK,
    ".xltx": _BOOK,
    ".xls": _OLD_BOOK,
    ".et": _OLD_BOOK,
    ".ods": {Kind.OPEN_DOCUMENT: _as_xlsx},
    ".docx": _WORDS,
    ".docm": _WORDS,
    ".doc": _OLD_WORDS,
    ".wps": _OLD_WORDS,
    ".odt": {Kind.OPEN_DOCUMENT: _as_docx},
    ".rtf": {Kind.RTF: _as_docx},
    ".csv": _LIST,
    ".tsv": _LIST,
    ".txt": _TEXT,
    ".md": _TEXT,
    ".html": _PAGE,
    ".htm": _PAGE,
}
_OPENING = Text("打开文件", "opening the file")


def open_document(path: Path, headway: Headway = UNSEEN) -> Document:
    """The grids and paragraphs of an office file. Raises a Refusal of documents.errors that names file and place."""
    headway.enter(_OPENING)
    try:
        if not path.is_file():
            raise NotAFile(file=path.name) if path.exists() else MissingFile(file=path.name)
        if not path.stat().st_size:
            raise EmptyFile(file=path.name)
        blocks = _blocks(path)
    except PermissionError as why:
        raise NoPermission(file=path.name) from why
    except OSError as why:
        raise UnreadableFile(file=path.name, reason=system_words(why).zh) from why
    _check_texts(path.name, blocks)
    return Document(path.name, blocks)


def _blocks(path: Path) -> Blocks:
    openers = _OPENERS.get(path.suffix.lower())
    if openers is None:
        raise UnknownKind(file=path.name)
    found = kind_of(path)
    opener = openers.get(found) if isinstance(found, Kind) else None
    if opener is None:
        raise WrongExtension(file=path.name, found=str(found))
    return opener(path)


def _check_texts(file: str, blocks: Blocks) -> None:
    """Refuse a text without end, as understanding it would take as long. Raises `TooLarge` naming its place."""
    for block in blocks:
        if isinstance(block, Paragraph):
            long = [f"¶{block.number}"] if len(block.text) > MAX_TEXT else []
        else:
            cells = (
                (row, column)
                for row, cells in enumerate(block.rows)
                for column, text in enumerate(cells)
                if len(text) > MAX_TEXT
            )
            long = [f"{block.name or ''} {block.address(*place)}".strip() for place in cells]
        if long:
            raise TooLarge(file=file, place=f"{long[0]} 字数 (characters)", size=f"> {MAX_TEXT}", limit=MAX_TEXT)
