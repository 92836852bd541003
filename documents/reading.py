"""Opening an office file (打开文件): by its content and extension, to the grids and paragraphs inside it."""

from collections.abc import Callable
from pathlib import Path

from documents.errors import EmptyFile, MissingFile, UnknownKind
from documents.workbook import open_xls, open_xlsx
from rules.grid import Document, Grid, Paragraph

Blocks = tuple[Grid | Paragraph, ...]

_OPENERS: dict[str, Callable[[Path], Blocks]] = {".xlsx": open_xlsx, ".xlsm": open_xlsx, ".xls": open_xls}


def open_document(path: Path) -> Document:
    """The grids and paragraphs of an office file. Raises a Refusal of documents.errors that names file and place."""
    if not path.is_file():
        raise MissingFile(file=path.name)
    if not path.stat().st_size:
        raise EmptyFile(file=path.name)
    opener = _OPENERS.get(path.suffix.lower())
    if opener is None:
        raise UnknownKind(file=path.name)
    return Document(path.name, opener(path))
