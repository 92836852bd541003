"""Writing a roster file (名册): the empty template offices fill in, and any roster in the same form."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from documents.form_writer import write_form, write_template
from documents.roster_layout import GROUPS, PEOPLE, ROLE_WORDS, ROSTER, UNITS
from rules.roster import Person, Roster, Unit, UnitGroup

OWN_COLUMNS = ("email", "sms")
"""Channels whose addresses have a column of their own."""


def write_roster_template(path: Path) -> None:
    """名册模板: empty but for grey example rows, with comments, drop-downs and a page that explains it."""
    write_template(ROSTER, path)


def write_roster(roster: Roster, path: Path) -> None:
    """名册: the roster in the form of the template; reading the file gives the same roster again."""
    rows = {
        UNITS.name: [_unit_row(unit) for unit in roster.units.values()],
        PEOPLE.name: [_person_row(person) for person in roster.people.values()],
        GROUPS.name: [_group_row(group) for group in roster.groups.values()],
    }
    write_form(ROSTER, path, rows)


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
