"""A page as PDF (版面→PDF), set by Typst with fonts that come along, so that it looks the same on every machine."""

import json
from pathlib import Path
from typing import Any, Literal

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from documents.page import Block, Page, printable
from rules.markup import parse

TEMPLATE = Path(__file__).with_name("page.typ")
TEXT_FONT, HEADING_FONT = "Noto Serif SC", "Noto Sans SC"


def write_page_pdf(page: Page, path: Path) -> None:
    """Write the page as PDF/A-2b (ISO 19005-2), the archive's form; the same page gives the same bytes.

    The archive takes no letter without a shape. Where the fonts lack one (a rare name), the file is a plain PDF with a
    box in its place: a bulletin comes out in any case.
    """
    content = json.dumps(_content(page), ensure_ascii=False)
    try:
        made = _compiled(content, page, ["a-2b"])
    except typst.TypstError:
        made = _compiled(content, page, [])
    path.write_bytes(made)


def _compiled(content: str, page: Page, standards: list[Literal["a-2b"]]) -> bytes:
    return typst.compile(
        TEMPLATE,
        font_paths=[serif_path().parent, sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"page": content},
        pdf_standards=[*standards],
        timestamp=int(page.created.timestamp()),
    )


def _content(page: Page) -> dict[str, Any]:
    return {
        "title": page.title,
        "created": [page.created.year, page.created.month, page.created.day],
        "language": page.language.value,
        "text_font": TEXT_FONT,
        "heading_font": HEADING_FONT,
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, str):
        return {"kind": "lines", "lines": _lines(block)}
    numbers = [all(isinstance(cell, int) for cell in cells) for cells in zip(*block.rows, strict=True)]
    return {
        "kind": "grid",
        "heading": _lines(block.heading),
        "columns": block.columns,
        "rows": [[printable(str(cell)) for cell in row] for row in block.rows],
        "shares": block.shares,
        "numbers": numbers,
        "wide": block.wide,
    }


def _lines(text: str) -> list[dict[str, Any]]:
    return [
        {
            "shape": line.shape.value,
            "spans": [{"text": printable(span.text), "bold": span.is_bold} for span in line.spans],
        }
        for line in parse(text)
    ]
