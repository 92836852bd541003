"""What one row of a roster file says: a unit, a person or a group, names as written. Nothing is looked up."""

import re
from collections.abc import Iterator

from documents.form_errors import CellProblem
from documents.form_sheets import Entry
from documents.roster_layout import ROLE_WORDS
from rules.language import Text
from rules.matching import SEPARATORS, listed
from rules.roster import Contact, Person, Unit, UnitGroup

COLON = re.compile("[:：]")


def unit_of(entry: Entry) -> Unit:
    """单位 as written."""
    cells = entry.cells
    people = (cells[field] or None for field in ("responsible", "head", "leader"))
    return Unit(entry.name, cells["kind"], listed(cells["aliases"]), *people)


def person_of(key: str, entry: Entry) -> Person:
    """人员 as written."""
    cells = entry.cells
    roles = frozenset(ROLE_WORDS[word] for word in listed(cells["roles"]) if word in ROLE_WORDS)
    unit, superior = cells["unit"] or None, cells["superior"] or None
    return Person(key, entry.name, cells["title"], unit, superior, roles, tuple(_contacts(key, entry)))


def group_of(entry: Entry) -> UnitGroup:
    """成员单位组 as written."""
    return UnitGroup(entry.name, listed(entry.cells["members"]), listed(entry.cells["aliases"]))


def bad_cells(entry: Entry) -> Iterator[CellProblem]:
    """What is wrong with a row whatever the rest of the file says."""
    heading = entry.layout.columns[0].name
    if not entry.name:
        yield entry.problem("name", Text(
            f"缺少{heading}，请填写或删除此行", f"{heading} is empty: fill it in or delete the row",
        ))  # fmt: skip
    if SEPARATORS.search(entry.name):
        yield entry.problem("name", Text(
            f"{heading}“{entry.name}”中有顿号、逗号、分号或换行，会被当作多个名称，请改写",
            f"{heading} “{entry.name}” holds a separator and would be read as several names: reword it",
        ))  # fmt: skip
    for word in listed(entry.cells.get("roles", "")):
        if word not in ROLE_WORDS:
            yield entry.problem("roles", Text(
                f"没有“{word}”这种角色，可选：{'、'.join(ROLE_WORDS)}",
                f"there is no role “{word}”; choose from {', '.join(ROLE_WORDS)}",
            ))  # fmt: skip


def _contacts(key: str, entry: Entry) -> Iterator[Contact]:
    """The named channels first, then e-mail, then text message (短信): the order of preference."""
    for written in listed(entry.cells["contacts"]):
        channel, *target = (part.strip() for part in COLON.split(written, maxsplit=1))
        yield Contact(channel, "".join(target) or key)
    for channel in ("email", "sms"):
        yield from (Contact(channel, target) for target in listed(entry.cells[channel]))
