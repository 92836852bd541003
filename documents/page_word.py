"""A page as a Word document (版面→docx), in the type of official papers: 小标宋 title, 黑体 headings, 仿宋 text.

The fonts' names are written, not the fonts: offices have them (GB/T 9704-2012, sizes 二号, 三号).
"""

from collections.abc import Iterable
from datetime import UTC
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from documents.page import Block, Grid, Page, printable
from rules.markup import Line, Shape, parse

TITLE_FONT, HEADING_FONT, TEXT_FONT, LATIN_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312", "Times New Roman"
_TITLE, _TEXT, _SMALL = Pt(22), Pt(16), Pt(9)
_LINE = Pt(28)
_WIDTH, _HEIGHT = Mm(210), Mm(297)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_LONGEST_CELL = 2000
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_page_word(page: Page, path: Path) -> None:
    """Write the page as docx; the same page gives the same bytes."""
    word = Document()
    _set_up(word, page)
    _paragraph(word, Line(Shape.HEADING, parse(page.title)[0].spans), TITLE_FONT, _TITLE, WD_ALIGN_PARAGRAPH.CENTER)
    for block in page.blocks:
        _add(word, block)
    content = BytesIO()
    word.save(content)
    path.write_bytes(_undated(content.getvalue()))


def _set_up(word: Word, page: Page) -> None:
    created = page.created.astimezone(UTC).replace(tzinfo=None)
    about = word.core_properties
    about.title, about.author, about.last_modified_by, about.comments = page.title, "督办", "督办", ""
    about.created = about.modified = created
    _lay_out(word, wide=False)
    _number_pages(word)


def _lay_out(word: Word, *, wide: bool) -> None:
    """The last section's paper, upright or on its side."""
    section = word.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_HEIGHT, _WIDTH) if wide else (_WIDTH, _HEIGHT)
    section.top_margin, section.bottom_margin = (_RIGHT, _RIGHT) if wide else (_TOP, _BOTTOM)
    section.left_margin, section.right_margin = _LEFT, _RIGHT


def _number_pages(word: Word) -> None:
    """— 1 — at the foot of every page; later sections take the first one's."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in ("— ", None, " —"):
        run = paragraph.add_run(words or "")
        _set_font(run, TEXT_FONT, Pt(14))
        if words is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            run._r.addnext(field)


def _add(word: Word, block: Block) -> None:
    if isinstance(block, Grid):
        _add_grid(word, block)
    else:
        _add_lines(word, block)


def _add_lines(word: Word, lines: str) -> None:
    for line in parse(lines):
        heading = line.shape is Shape.HEADING
        _paragraph(word, line, HEADING_FONT if heading else TEXT_FONT, _TEXT, WD_ALIGN_PARAGRAPH.JUSTIFY)


def _paragraph(word: Word, line: Line, font: str, size: Pt, alignment: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after = (_LINE, Pt(0)) if size == _TEXT else (None, Pt(14))
    if alignment is not WD_ALIGN_PARAGRAPH.CENTER:
        form.first_line_indent = 2 * size
    form.keep_with_next = line.shape is Shape.HEADING
    _fill(paragraph, line, font, size)


def _fill(paragraph: Paragraph, line: Line, font: str, size: Pt) -> None:
    for span in line.spans:
        run = paragraph.add_run(printable(span.text))
        run.bold = span.is_bold or None
        _set_font(run, font, size)


def _set_font(run: Run, font: str, size: Pt) -> None:
    """Chinese and Latin letters have fonts of their own."""
    run.font.name, run.font.size = LATIN_FONT, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _add_grid(word: Word, grid: Grid) -> None:
    if grid.wide:
        word.add_section(WD_SECTION.NEW_PAGE)
        _lay_out(word, wide=True)
    _add_lines(word, grid.heading)
    table = word.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
    head = table.add_row()
    _fill_row(head, grid.columns, HEADING_FONT)
    _repeat(head)
    for number, cells in enumerate(grid.rows, start=1):
        last = grid.total and number == len(grid.rows)
        _fill_row(table.add_row(), cells, HEADING_FONT if last else TEXT_FONT)
    _fit(table, grid, (_HEIGHT if grid.wide else _WIDTH) - _LEFT - _RIGHT)
    if grid.wide:
        word.add_section(WD_SECTION.NEW_PAGE)
        _lay_out(word, wide=False)


def _fill_row(row: _Row, cells: Iterable[str | int], font: str) -> None:
    for cell, value in zip(row.cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if isinstance(value, int) else WD_ALIGN_PARAGRAPH.LEFT
        _set_font(paragraph.add_run(printable(str(value))[:_LONGEST_CELL]), font, _SMALL)


def _repeat(row: _Row) -> None:
    """The heading stands again at the top of each page that the table reaches."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _fit(table: Table, grid: Grid, width: int) -> None:
    """Each cell is told its width: not every program goes by the columns'."""
    table.autofit = False
    table._tblPr.append(_edges())
    for place, share in enumerate(grid.shares):
        table.columns[place].width = int(width * share)
        for cell in table.columns[place].cells:
            cell.width = int(width * share)


def _edges() -> BaseOxmlElement:
    """Half of Word's own space at both sides of a cell."""
    edges: BaseOxmlElement = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "54")
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    return edges


def _undated(content: bytes) -> bytes:
    """The same files in the package without the instant they were packed at."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(packed, "w", ZIP_DEFLATED) as again:
        for name in package.namelist():
            again.writestr(ZipInfo(name, _EPOCH), package.read(name), ZIP_DEFLATED)
    return packed.getvalue()
