"""Plain text (.txt, .csv, what was pasted) as paragraphs and grids: the encoding, and tables that were typed."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from documents.errors import TooLarge, UnknownEncoding, UnreadableFile
from rules.grid import Grid, Merge, Paragraph
from rules.table.fields import field_of

MAX_BYTES = 32 << 20
MAX_COLUMNS = 256
_BORDER = re.compile(r"[\s\-=+|:：—─━│┃┄┈┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├-╋═-╬]+")
_BARS = re.compile(r"[|│┃║]")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
"""How Markdown breaks a line inside a cell."""
_GAP = re.compile(r"\t+| {2,}|　+")
_LABELLED = re.compile(r"[^:：]{2,8}[:：]\s*\S")
"""责任单位：…, told in the line itself: such lines are no rows."""
_SEPARATORS = ",\t;，|"


def open_csv(path: Path) -> tuple[Grid, ...]:
    """A table with separators; line breaks inside quoted cells are kept. The separator is the most used one."""
    text = decoded(path)
    sample = text[:65536]
    separator = max(_SEPARATORS, key=lambda mark: (sample.split("\n", 1)[0].count(mark), sample.count(mark)))
    return (_separated(text, separator, path),)


def _separated(text: str, separator: str, path: Path) -> Grid:
    csv.field_size_limit(MAX_BYTES)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as why:
        raise UnreadableFile(file=path.name, reason=why) from why
    width = max(map(len, rows), default=0)
    if width > MAX_COLUMNS:
        raise TooLarge(file=path.name, place="列数 (columns)", size=width, limit=MAX_COLUMNS)
    return Grid(rows)


def open_text(path: Path) -> tuple[Grid | Paragraph, ...]:
    """Running text: paragraphs by line, and typed tables (boxes, bars, tabs, wide gaps) as grids.

    A list with separators under a name of text (序号，任务，责任单位) is the table its first line says.
    """
    text = decoded(path)
    separator = next((mark for mark in ",，;；" if _heads_columns(text.lstrip().split("\n", 1)[0], mark)), None)
    return (_separated(text.lstrip(), separator, path),) if separator else tuple(blocks_of(text))


def _heads_columns(line: str, separator: str) -> bool:
    names = line.split(separator)
    return len(names) > 2 and len(names) <= MAX_COLUMNS and all(field_of(name.strip(' "')) for name in names)


def decoded(path: Path) -> str:
    """The text in UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030; one kind of line break."""
    if path.stat().st_size > MAX_BYTES:
        size = f"{path.stat().st_size >> 20} MB"
        raise TooLarge(file=path.name, place="文件 (file)", size=size, limit=f"{MAX_BYTES >> 20} MB")
    data = path.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as why:
            line = data.count(b"\n", 0, why.start) + 1
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
        line = text.count("\n", 0, text.index("\0")) + 1
    raise UnknownEncoding(file=path.name, line=line)


def blocks_of(text: str) -> Iterator[Grid | Paragraph]:
    """The paragraphs and typed tables of a text, numbered by its lines that say something."""
    lines = [line.strip("\n\ufeff") for line in text.split("\n") if line.strip("\ufeff\u3000 \t")]
    numbered = list(enumerate(lines, start=1))
    for barred, group in groupby(numbered, key=lambda one: _is_barred(one[1])):
        part = list(group)
        if barred and len(part) > 1:
            yield _boxed(part)
        else:
            yield from _spaced(part)


def _is_barred(line: str) -> bool:
    return len(_BARS.findall(line)) > 1 or (len(line.strip()) > 2 and _is_border(line))


def _is_border(line: str) -> bool:
    return _BORDER.fullmatch(line) is not None


def _boxed(lines: Sequence[tuple[int, str]]) -> Grid:
    """A table drawn with bars. Where rules part the rows, the lines between two of them are one row."""
    ruled = sum(_is_border(line) for _, line in lines) > 3
    rows: list[list[str]] = []
    numbers: list[int] = []
    fresh = True
    for number, line in lines:
        if _is_border(line):
            fresh = True
            continue
        cells = [_BREAK.sub("\n", cell).strip(" 　\t") for cell in _BARS.split(line.strip().strip("|│┃║"))]
        if fresh or not ruled or len(cells) != len(rows[-1]):
            rows.append(cells)
            numbers.append(number)
        else:
            rows[-1] = [f"{above}{cell}" for above, cell in zip(rows[-1], cells, strict=True)]
        fresh = False
    width = max(map(len, rows), default=0)
    merges = tuple(
        Merge(place, len(row) - 1, place, width - 1) for place, row in enumerate(rows) if 0 < len(row) < width
    )
    return Grid(rows, merges, lines=tuple(numbers))


def _spaced(lines: Sequence[tuple[int, str]]) -> Iterator[Grid | Paragraph]:
    """Tables whose cells are parted by tabs or wide gaps: three lines on end with the same number of cells."""
    split = [(number, line, [cell.strip() for cell in _cells(line)]) for number, line in lines]
    for width, group in groupby(split, key=lambda one: len(one[2])):
        part = list(group)
        several = (width > 2 and len(part) > 1) or (width == 2 and len(part) > 2)
        if several and not all(any(map(_LABELLED.match, cells[1:])) for _, _, cells in part):
            yield Grid([cells for _, _, cells in part], lines=tuple(number for number, _, _ in part))
        else:
            yield from (Paragraph(_plain(line), number) for number, line, _ in part)


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line.strip() else _GAP.split(line.strip(" 　"))


def _plain(line: str) -> str:
    return unicodedata.normalize("NFC", line).strip(" 　\t")
