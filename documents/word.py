"""Word documents (.docx) as paragraphs and grids: merged cells by their spans, nested tables after their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from documents.archive import MEGABYTE, Archive
from documents.errors import TooLarge, UnreadableFile
from documents.numbering import Numbering
from rules.grid import Grid, Merge, Paragraph

MAX_XML = 64 * MEGABYTE
"""The text of a document as it is stored; a hundred thousand rows of a table take about this."""
MAX_DEPTH = 8
"""How deep tables may be nested."""
MAX_CELLS = 2_000_000
MAX_SPAN = 256
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}


def open_docx(path: Path) -> tuple[Grid | Paragraph, ...]:
    """The body of a Word document, in its order, as if all changes were accepted; a text box follows its paragraph.

    Headers, footers and notes are not read; macros, pictures and links are never touched.
    """
    try:
        with Archive(path, MAX_XML) as archive:
            main = _linked(archive, "").get("officeDocument", "word/document.xml")
            linked = _linked(archive, main)
            root, numbering, styles = (
                parse_xml(archive.part(name)) if name and archive.has(name) else None
                for name in (main, linked.get("numbering"), linked.get("styles"))
            )
        body = root.find(qn("w:body")) if root is not None else None
        if body is None:
            raise UnreadableFile(file=path.name, reason=main)
        return tuple(_Reader(path.name, Numbering(numbering, styles)).blocks(body, 0))
    except (SyntaxError, ValueError) as why:
        raise UnreadableFile(file=path.name, reason=why) from why


def _linked(archive: Archive, part: str) -> dict[str, str]:
    """The parts that a part (the package itself for "") is linked to, by the kind of their link."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels".lstrip("/")
    if not archive.has(links):
        return {}
    found = {}
    for link in ElementTree.fromstring(archive.part(links)):
        target = link.get("Target", "")
        kind = link.get("Type", "").rpartition("/")[2]
        if link.get("TargetMode") != "External":
            found[kind] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
    return found


class _Reader:
    """Walks one document, counting its paragraphs and tables."""

    def __init__(self, file: str, numbering: Numbering) -> None:
        self._numbering = numbering
        self._file = file
        self._paragraphs = self._tables = self._cells = 0

    def blocks(self, parent: Any, depth: int) -> Iterator[Grid | Paragraph]:
        for element in parent:
            if element.tag == qn("w:p"):
                text = self._text(element)
                if text:
                    self._paragraphs += 1
                    yield Paragraph(text, self._paragraphs)
                for box in _boxes(element):
                    yield from self.blocks(box, self._deeper(depth))
            elif element.tag == qn("w:tbl"):
                yield from self._table(element, depth)
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element, depth)

    def _text(self, paragraph: Any) -> str:
        return (self._numbering.label(paragraph) + "".join(_pieces(paragraph))).strip()

    def _table(self, table: Any, depth: int) -> Iterator[Grid]:
        self._tables += 1
        name = f"表{self._tables}"
        nested: list[Any] = []
        rows: list[list[str]] = []
        merges = _Merges()
        kept = (row for row in _children(table, "w:tr") if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None)
        for number, row in enumerate(kept):
            cells: list[str] = [""] * _before(row)
            for cell in _children(row, "w:tc"):
                width = _span(cell)
                covered = merges.covers(number, len(cells), width, _merge_down(cell))
                cells += ["" if covered else self._cell(cell, nested), *[""] * (width - 1)]
            self._count(len(cells), name)
            rows.append(cells)
        yield Grid(rows, merges.found(), name)
        for inner in nested:
            yield from self._table(inner, self._deeper(depth))

    def _deeper(self, depth: int) -> int:
        if depth + 1 >= MAX_DEPTH:
            raise TooLarge(file=self._file, place="嵌套表格 (nested tables)", size=depth + 2, limit=MAX_DEPTH)
        return depth + 1

    def _cell(self, cell: Any, nested: list[Any]) -> str:
        lines = []
        for element in _inside(cell):
            if element.tag == qn("w:p"):
                lines.append(self._text(element))
            else:
                nested.append(element)
        return "\n".join(line for line in lines if line)

    def _count(self, cells: int, name: str) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise TooLarge(file=self._file, place=f"{name} 单元格 (cells)", size=self._cells, limit=MAX_CELLS)


class _Merges:
    """The merged areas of a table, grown row by row as the cells say whether they go on downwards."""

    def __init__(self) -> None:
        self._open: dict[int, Merge] = {}
        self._closed: list[Merge] = []

    def covers(self, row: int, left: int, width: int, down: str | None) -> bool:
        """Take note of a cell; whether an area from above covers it."""
        above = self._open.pop(left, None)
        if down == "continue" and above:
            self._open[left] = above._replace(bottom=row)
            return True
        if above:
            self._closed.append(above)
        if down or width > 1:
            self._open[left] = Merge(row, left, row, left + width - 1)
        return False

    def found(self) -> tuple[Merge, ...]:
        areas = [*self._closed, *self._open.values()]
        return tuple(one for one in areas if (one.top, one.left) != (one.bottom, one.right))


_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:smartTag", "w:moveTo")))


def _children(parent: Any, name: str) -> Iterator[Any]:
    for element in parent:
        if element.tag == qn(name):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _children(element, name)


def _inside(cell: Any) -> Iterator[Any]:
    for element in cell:
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _inside(element)


def _pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, inserted runs included, text boxes and deletions left out."""
    for element in paragraph:
        if element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in _BREAKS:
            yield _BREAKS[element.tag]
        elif element.tag not in _UNREAD:
            yield from _pieces(element)


_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNREAD = frozenset(
    map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:drawing", "w:pict", "w:object", "w:instrText", "w:rt"))
)
_UNREAD |= {f"{_COMPATIBLE}AlternateContent"}


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; of two stored forms of one box the first."""
    for child in element:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif child.tag not in (f"{_COMPATIBLE}Fallback", qn("w:del"), qn("w:moveFrom")):
            yield from _boxes(child)


def _span(cell: Any) -> int:
    return min(max(_number(cell, "w:tcPr/w:gridSpan"), 1), MAX_SPAN)


def _before(row: Any) -> int:
    return min(_number(row, "w:trPr/w:gridBefore"), MAX_SPAN)


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    value = found.get(qn("w:val")) if found is not None else None
    return int(value) if value and value.isdecimal() and len(value) < 6 else 0


def _merge_down(cell: Any) -> str | None:
    """How a cell takes part in a merge downwards: restart, continue, or not at all."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return None if found is None else (found.get(qn("w:val")) or "continue")
