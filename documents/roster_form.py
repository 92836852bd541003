"""Writing a roster file (名册): the empty template offices fill in, and any roster in the same form."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.form_layout import Layout
from documents.roster_layout import GUIDE, LAST_ROW, LAYOUTS, ROLE_WORDS
from rules.roster import Person, Roster, Unit, UnitGroup
from rules.roster_problems import Record

OWN_COLUMNS = ("email", "sms")
"""Channels whose addresses have a column of their own."""

CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed instant, so that the same roster gives the same file."""
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Rows = Mapping[Record, Sequence[Sequence[str]]]


def write_roster_template(path: Path) -> None:
    """名册模板: empty but for grey example rows, with comments, drop-downs and a page that explains it."""
    _write(path, {}, with_examples=True)


def write_roster(roster: Roster, path: Path) -> None:
    """名册: the roster in the form of the template; reading the file gives the same roster again."""
    rows = {
        Record.UNIT: [_unit_row(unit) for unit in roster.units.values()],
        Record.PERSON: [_person_row(person) for person in roster.people.values()],
        Record.GROUP: [_group_row(group) for group in roster.groups.values()],
    }
    _write(path, rows, with_examples=False)


def _unit_row(unit: Unit) -> Sequence[str]:
    people = (unit.responsible or "", unit.head or "", unit.leader or "")
    return (unit.name, _joined(unit.aliases), unit.kind, *people)


def _person_row(person: Person) -> Sequence[str]:
    roles = [word for word, role in ROLE_WORDS.items() if role in person.roles]
    addresses = {channel: _addresses(person, channel) for channel in OWN_COLUMNS}
    others = [
        contact.channel if contact.target == person.key else f"{contact.channel}：{contact.target}"
        for contact in person.contacts
        if contact.channel not in OWN_COLUMNS
    ]
    return (
        person.name, person.title, person.unit or "", person.superior or "", "、".join(roles),
        addresses["email"], addresses["sms"], _joined(others),
    )  # fmt: skip


def _group_row(group: UnitGroup) -> Sequence[str]:
    return (group.name, _joined(group.aliases), _joined(group.members))


def _addresses(person: Person, channel: str) -> str:
    return _joined(contact.target for contact in person.contacts if contact.channel == channel)


def _joined(parts: Iterable[str]) -> str:
    return "；".join(parts)


def _write(path: Path, rows: Rows, *, with_examples: bool) -> None:
    with Workbook(path, OPTIONS) as book:
        book.set_properties({"title": "督办名册", "created": CREATED})
        looks = _Looks(book)
        _write_guide(book.add_worksheet("填表说明"), looks)
        for layout in LAYOUTS:
            sheet = book.add_worksheet(layout.name)
            examples = layout.examples if with_examples else ()
            _write_header(sheet, layout, looks)
            _write_rows(sheet, 1, examples, looks.example)
            _write_rows(sheet, 1 + len(examples), rows.get(layout.record, ()), looks.cell)


class _Looks:
    """The few looks of the form. Cells are text for good: nothing typed there becomes a formula."""

    def __init__(self, book: Workbook) -> None:
        text = {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"}
        self.guide = book.add_format({"text_wrap": True, "valign": "top"})
        self.header = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center"})
        self.cell = book.add_format(text)
        self.example = book.add_format({**text, "italic": True, "font_color": "#808080"})


def _write_guide(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 0, 100, looks.guide)
    for row, line in enumerate(GUIDE):
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


def _write_rows(sheet: Worksheet, first: int, rows: Sequence[Sequence[str]], look: Format) -> None:
    for number, row in enumerate(rows, first):
        for place, text in enumerate(row):
            if text:
                sheet.write_string(number, place, text, look)
