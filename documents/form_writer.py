"""Writing a form that people fill in (填报表): a page of explanation, then its sheets with notes and drop-downs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.form_layout import LAST_ROW, Form, Layout

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed instant, so that the same content gives the same file."""
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Rows = Mapping[str, Sequence[Sequence[str]]]
"""The rows of each sheet, by its name."""


def write_template(form: Form, path: Path) -> None:
    """The form empty but for grey example rows."""
    _write(form, path, {layout.name: layout.examples for layout in form.layouts}, examples=True)


def write_form(form: Form, path: Path, rows: Rows) -> None:
    """The form filled with rows, without examples."""
    _write(form, path, rows, examples=False)


def _write(form: Form, path: Path, rows: Rows, *, examples: bool) -> None:
    with Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": form.title, "created": _CREATED})
        looks = _Looks(book)
        _write_guide(book.add_worksheet("填表说明"), form.guide, looks)
        for layout in form.layouts:
            sheet = book.add_worksheet(layout.name)
            _write_header(sheet, layout, looks)
            _write_rows(sheet, rows[layout.name], looks.example if examples else looks.cell)


class _Looks:
    """The few looks of the form. Cells are text for good: nothing typed there becomes a formula."""

    def __init__(self, book: Workbook) -> None:
        text = {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"}
        self.guide = book.add_format({"text_wrap": True, "valign": "top"})
        self.header = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center"})
        self.cell = book.add_format(text)
        self.example = book.add_format({**text, "italic": True, "font_color": "#808080"})


def _write_guide(sheet: Worksheet, guide: Sequence[str], looks: _Looks) -> None:
    sheet.set_column(0, 0, 100, looks.guide)
    for row, line in enumerate(guide):
        sheet.write_string(row, 0, line)


def _write_header(sheet: Worksheet, layout: Layout, looks: _Looks) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, column.width, looks.cell)
        sheet.write_string(0, place, column.name, looks.header)
        sheet.write_comment(0, place, column.note, {"author": "督办"})
        if column.choices:
            # Several names may stand in one cell, so the drop-down offers and does not forbid.
            sheet.data_validation(1, place, LAST_ROW - 1, place, {
                "validate": "list", "source": column.choices, "show_error": False,
            })  # fmt: skip


def _write_rows(sheet: Worksheet, rows: Sequence[Sequence[str]], look: Format) -> None:
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            if text:
                sheet.write_string(number, place, text, look)
