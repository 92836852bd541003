"""The shipped sample (示例): what is committed is what its sources make, and it holds together."""

import csv
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from documents.place_file import read_places
from documents.reading import open_document
from documents.roster import read_roster
from duban.sample import FOLDER, PLACES, REVISED_TABLE, ROSTER, TABLE
from duban.sample.make import make
from duban.sample.neighbourhood import SINCE, neighbourhood
from duban.sample.organisation import GROUP, organisation
from rules.drafting import draft
from rules.inspecting import Level
from rules.places import Part
from rules.roster import Role, Rung
from rules.roster_index import RosterIndex
from rules.rounds import checklists
from rules.table import read_table

with (FOLDER / "table.csv").open(encoding="utf-8", newline="") as source:
    ROWS = list(csv.DictReader(source))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make(folder)
    return folder


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).active.iter_rows(min_row=3, values_only=True))


@pytest.mark.parametrize("shipped", [TABLE, REVISED_TABLE, ROSTER, PLACES])
def test_the_shipped_workbooks_are_what_their_sources_make(shipped: Path, made: Path) -> None:
    """Every part of every workbook is byte for byte the one made now: no edit by hand goes unnoticed."""
    with ZipFile(shipped) as committed, ZipFile(made / shipped.name) as fresh:
        assert committed.namelist() == fresh.namelist()
        for part in committed.namelist():
            assert committed.read(part) == fresh.read(part), part


def test_the_roster_is_the_organisation() -> None:
    """The demo runs on the people it says it runs on: two supervisors, one of the office, everyone reachable."""
    roster = read_roster(ROSTER)
    assert roster == organisation()
    roles = [role for person in roster.people.values() for role in person.roles]
    assert (roles.count(Role.SUPERVISOR), roles.count(Role.OFFICE)) == (2, 1)
    assert all(person.contacts for person in roster.people.values())


def test_every_site_of_the_sample_has_its_people_and_its_checklist() -> None:
    """A round of the demo goes to every site, by a supervisor, and whatever fails there has an owner."""
    read, warnings = read_places(PLACES, RosterIndex(organisation()), SINCE)
    assert not warnings
    assert read.sites == neighbourhood().sites
    lists = checklists(read, Level.WEEKLY)
    for site in read.sites.values():
        assert lists[site.type]
        assert read.holders(site.key, Part.UNIT, SINCE) and read.holders(site.key, Part.SUPERVISOR, SINCE)


def test_every_unit_of_the_sample_climbs_to_the_leading_group() -> None:
    """The demo can show a duty on every rung above the unit."""
    index = RosterIndex(organisation())
    for unit in index.roster.units:
        chain = index.chain_of(unit)
        assert chain[Rung.HEAD]
        assert chain[Rung.LEADER]
        assert (chain[Rung.MAIN], chain[Rung.GROUP]) == ("金一", GROUP)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["工作任务"][:8])
def test_the_roster_knows_everyone_the_table_names(row: dict[str, str]) -> None:
    """The sample publishes without a question about units or leaders."""
    index = RosterIndex(organisation())
    for written in filter(None, f"{row['牵头单位']}、{row['配合单位']}".split("、")):
        assert index.expand_group(written) or index.match_unit(written).found, written
    assert not row["责任领导"] or index.match_person(row["责任领导"]).found


def test_the_revision_changes_three_rows_drops_one_and_adds_two() -> None:
    """The revision is what the demo says it is, with all later numbers shifted."""
    before = {row[2]: row[1:] for row in filled(rows_of(TABLE))}
    after = {row[2]: row[1:] for row in filled(rows_of(REVISED_TABLE))}
    assert len(before.keys() - after.keys()) == 1
    assert len(after.keys() - before.keys()) == 2
    assert sum(before[task] != after[task] for task in before.keys() & after.keys()) == 3
    assert [row[0] for row in rows_of(REVISED_TABLE)] == list(range(1, len(after) + 1))


def filled(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Rows with their category repeated, which stands only in the first cell of a merged range."""
    category: object = None
    whole = []
    for row in rows:
        category = row[1] or category
        whole.append((row[0], category, *row[2:]))
    return whole


@pytest.mark.parametrize(("table", "rows"), [(TABLE, 41), (REVISED_TABLE, 42)])
def test_the_sample_can_be_published_without_a_question(table: Path, rows: int) -> None:
    """The demo reads its own table as any file is read: every row, every name and every deadline understood."""
    on = date(2026, 3, 2)
    drafted = draft(read_table(open_document(table), year=None, on=on), RosterIndex(read_roster(ROSTER)), {}, on)
    assert [question.question.message.zh for question in drafted.questions] == []
    assert len(drafted.obligations) == rows
