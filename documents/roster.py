"""Reading a roster file (名册): xlsx in, `Roster` out, or every problem at once with its cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from documents.form_errors import CellProblem, CellsRefused
from documents.form_sheets import Entry, read_entries
from documents.roster_layout import LAYOUTS
from documents.roster_records import bad_cells, group_of, person_of, unit_of
from rules.language import Text
from rules.roster import Roster
from rules.roster_index import RosterIndex
from rules.roster_problems import Record, problems

Entries = Mapping[Record, Sequence[Entry]]
Keyed = Mapping[Record, Mapping[str, Entry]]


class RosterRefused(CellsRefused):
    """名册不能导入."""

    zh = "名册“{file}”不能导入，有 {count} 处要改正：\n{listed_zh}"
    en = "The roster “{file}” cannot be imported; {count} to correct:\n{listed_en}"


def read_roster(path: Path) -> Roster:
    """名册: the organisation as a filled-in template describes it.

    Raises `RosterRefused` with every problem at once, each with its sheet and cell; nothing is half-read. A file that
    is no sound workbook is refused with one of `documents.errors`.
    """
    rows = read_entries(path, LAYOUTS, RosterRefused)
    entries = {layout.record: rows[layout.name] for layout in LAYOUTS}
    keyed = _keyed(entries)
    roster = _resolved(_as_written(keyed))
    RosterRefused.where_any(path.name, [
        *_unfilled(entries),
        *(problem for rows in entries.values() for entry in rows for problem in bad_cells(entry)),
        *_repeated(entries, keyed),
        *_nameless_namesakes(entries[Record.PERSON]),
        *(keyed[one.record][one.key].problem(one.field, one.message) for one in problems(roster)),
    ])  # fmt: skip
    return roster


def _keyed(entries: Entries) -> Keyed:
    """Entries by key; namesakes are told apart by their unit."""
    units = _first_of_each((entry.name, entry) for entry in entries[Record.UNIT])
    index = RosterIndex(Roster(units={name: unit_of(entry) for name, entry in units.items()}))
    count = Counter(entry.name for entry in entries[Record.PERSON])
    people = _first_of_each((_person_key(entry, count, index), entry) for entry in entries[Record.PERSON])
    groups = _first_of_each((entry.name, entry) for entry in entries[Record.GROUP])
    return {Record.UNIT: units, Record.PERSON: people, Record.GROUP: groups}


def _first_of_each(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, Entry]:
    kept: dict[str, Entry] = {}
    for key, entry in pairs:
        if entry.name:
            kept.setdefault(key, entry)
    return kept


def _person_key(entry: Entry, count: Mapping[str, int], units: RosterIndex) -> str:
    unit = entry.cells["unit"]
    if count[entry.name] == 1 or not unit:
        return entry.name
    return f"{entry.name}（{units.match_unit(unit).found or unit}）"


def _as_written(keyed: Keyed) -> Roster:
    return Roster(
        units={key: unit_of(entry) for key, entry in keyed[Record.UNIT].items()},
        people={key: person_of(key, entry) for key, entry in keyed[Record.PERSON].items()},
        groups={key: group_of(entry) for key, entry in keyed[Record.GROUP].items()},
    )


def _resolved(written: Roster) -> Roster:
    """The roster with the key of each unit and person in place of the name a cell gives them."""
    units = RosterIndex(written)

    def unit(named: str) -> str:
        return units.match_unit(named).found or named

    people = {key: replace(one, unit=one.unit and unit(one.unit)) for key, one in written.people.items()}
    placed = RosterIndex(replace(written, people=people))

    def person(named: str | None, of: str | None) -> str | None:
        return named and (placed.match_person(named, of).found or named)

    return Roster(
        units={
            key: replace(
                one,
                responsible=person(one.responsible, key),
                head=person(one.head, key),
                leader=person(one.leader, key),
            )
            for key, one in written.units.items()
        },
        people={key: replace(one, superior=person(one.superior, one.unit)) for key, one in people.items()},
        groups={key: replace(one, members=tuple(map(unit, one.members)))
                for key, one in written.groups.items()},
    )  # fmt: skip


def _unfilled(entries: Entries) -> Iterator[CellProblem]:
    for layout in LAYOUTS:
        if not entries[layout.record] and layout.record is not Record.GROUP:
            yield CellProblem(None, Text(
                f"工作表“{layout.name}”没有任何内容，请按名册模板填写",
                f"the sheet “{layout.name}” is empty: fill it in as in the roster template",
            ))  # fmt: skip


def _repeated(entries: Entries, keyed: Keyed) -> Iterator[CellProblem]:
    """Rows that name again what an earlier row described."""
    for record, rows in entries.items():
        kept = {id(entry) for entry in keyed[record].values()}
        for entry in rows:
            if entry.name and id(entry) not in kept:
                first = next(one for one in rows if one.name == entry.name)
                yield entry.problem("name", Text(
                    f"“{entry.name}”重复，第 {first.row} 行已有，请合并或删除一行",
                    f"“{entry.name}” is there twice, first in row {first.row}: merge the rows or delete one",
                ))  # fmt: skip


def _nameless_namesakes(people: Sequence[Entry]) -> Iterator[CellProblem]:
    count = Counter(entry.name for entry in people)
    for entry in people:
        if count[entry.name] > 1 and entry.name and not entry.cells["unit"]:
            yield entry.problem("unit", Text(
                f"有 {count[entry.name]} 人名为“{entry.name}”，请填写单位以便区分",
                f"{count[entry.name]} people are called “{entry.name}”: name their units to tell them apart",
            ))  # fmt: skip
