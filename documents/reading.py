"""Opening an office file (打开文件): by its content and extension, to the grids and paragraphs inside it."""

from collections.abc import Callable
from pathlib import Path

from documents.convert import open_converted
from documents.errors import EmptyFile, MissingFile, UnknownKind, WrongExtension
from documents.kinds import Kind, kind_of
from documents.text import open_csv, open_text
from documents.word import open_docx
from documents.workbook import open_xls, open_xlsx
from rules.grid import Document, Grid, Paragraph

Blocks = tuple[Grid | Paragraph, ...]

_DIRECT: dict[str, tuple[Kind, Callable[[Path], Blocks]]] = {
    ".xlsx": (Kind.XLSX, open_xlsx),
    ".xlsm": (Kind.XLSX, open_xlsx),
    ".xltx": (Kind.XLSX, open_xlsx),
    ".xls": (Kind.XLS, open_xls),
    ".docx": (Kind.DOCX, open_docx),
    ".docm": (Kind.DOCX, open_docx),
    ".csv": (Kind.TEXT, open_csv),
    ".tsv": (Kind.TEXT, open_csv),
    ".txt": (Kind.TEXT, open_text),
    ".md": (Kind.TEXT, open_text),
}
_CONVERTED: dict[str, tuple[frozenset[Kind], Callable[[Path], Blocks]]] = {
    ".doc": (frozenset({Kind.DOC}), open_docx),
    ".wps": (frozenset({Kind.DOC}), open_docx),
    ".odt": (frozenset({Kind.OPEN_DOCUMENT}), open_docx),
    ".et": (frozenset({Kind.XLS}), open_xlsx),
    ".ods": (frozenset({Kind.OPEN_DOCUMENT}), open_xlsx),
}
# WPS often writes the modern formats under its own old names.
_MODERN: dict[str, Callable[[Path], Blocks]] = {Kind.XLSX: open_xlsx, Kind.DOCX: open_docx}
_OWN_NAMES = frozenset({".wps", ".et"})


def open_document(path: Path) -> Document:
    """The grids and paragraphs of an office file. Raises a Refusal of documents.errors that names file and place."""
    if not path.is_file():
        raise MissingFile(file=path.name)
    if not path.stat().st_size:
        raise EmptyFile(file=path.name)
    return Document(path.name, _blocks(path))


def _blocks(path: Path) -> Blocks:
    suffix = path.suffix.lower()
    if suffix not in _DIRECT and suffix not in _CONVERTED:
        raise UnknownKind(file=path.name)
    found = kind_of(path)
    if suffix in _OWN_NAMES and found in _MODERN:
        return _MODERN[found](path)
    if suffix in _DIRECT:
        wanted, opener = _DIRECT[suffix]
        if found is not wanted:
            raise WrongExtension(file=path.name, found=str(found))
        return opener(path)
    accepted, opener = _CONVERTED[suffix]
    if found not in accepted:
        raise WrongExtension(file=path.name, found=str(found))
    return open_converted(path, opener)
