"""A places file (点位名册) in and out: the template, places in the form of it, and a filled file as places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from documents.form_errors import CellProblem, CellsRefused
from documents.form_sheets import Entry, read_entries
from documents.form_writer import write_form, write_template
from documents.place_layout import PLACES, SHEETS
from rules.language import Text
from rules.place_problems import PlaceProblem, PlaceSheet
from rules.place_register import LEVEL_WORDS, SEVERITY_WORDS, read_register
from rules.places import Area, Part, Places, Site, StandardItem
from rules.roster_index import RosterIndex

_LEVELS = {level: word for word, level in LEVEL_WORDS.items()}
_SEVERITIES = {severity: word for word, severity in SEVERITY_WORDS.items()}

Entries = Mapping[PlaceSheet, Sequence[Entry]]


class PlacesRefused(CellsRefused):
    """点位名册不能导入."""

    zh = "点位名册“{file}”不能导入，有 {count} 处要改正：\n{listed_zh}"
    en = "The places in “{file}” cannot be imported; {count} to correct:\n{listed_en}"


def read_places(path: Path, index: RosterIndex, today: date) -> tuple[Places, Sequence[CellProblem]]:
    """点位名册 as it holds from today on, with what is worth a warning.

    Raises `PlacesRefused` with every problem at once, each with its sheet and cell, or one of `documents.errors`.
    """
    rows = read_entries(path, PLACES.layouts, PlacesRefused)
    entries = {sheet: rows[layout.name] for sheet, layout in SHEETS.items()}
    if not entries[PlaceSheet.SITE]:
        raise PlacesRefused(path.name, [_no_sites()])
    register = read_register({sheet: [entry.cells for entry in some] for sheet, some in entries.items()}, index, today)
    PlacesRefused.where_any(path.name, _in_cells(entries, register.problems))
    return register.places, _in_cells(entries, register.warnings)


def write_places_template(path: Path) -> None:
    """点位名册模板: empty but for grey example rows, with comments, drop-downs and a page that explains it."""
    write_template(PLACES, path)


def write_places(places: Places, on: date, path: Path) -> None:
    """点位名册 of a day: reading the file gives the same places and the holders of that day."""
    named = _Named(places, on)
    written = {
        PlaceSheet.AREA: [named.area(area) for area in places.areas.values()],
        PlaceSheet.SITE: [named.site(site) for site in places.sites.values()],
        PlaceSheet.STANDARD: [_item(one) for one in sorted(places.standards, key=lambda it: (it.site_type, it.code))],
    }
    write_form(PLACES, path, {SHEETS[sheet].name: rows for sheet, rows in written.items()})


def _no_sites() -> CellProblem:
    return CellProblem(None, Text(
        "工作表“点位”没有任何内容，请按点位名册模板填写",
        "the sheet “点位” is empty: fill it in as in the template of places",
    ))  # fmt: skip


def _in_cells(entries: Entries, problems: Iterable[PlaceProblem]) -> list[CellProblem]:
    return [entries[one.line.sheet][one.line.row].problem(one.field, one.message) for one in problems]


class _Named:
    """The rows of areas and sites, with who was named for the place itself on a day."""

    def __init__(self, places: Places, on: date) -> None:
        self._places = places
        self._on = on

    def area(self, area: Area) -> Sequence[str]:
        holders = (self._holders(f"area:{area.key}", part) for part in (Part.UNIT, Part.SUPERVISOR))
        return (area.key, area.kind, area.parent or "", *holders)

    def site(self, site: Site) -> Sequence[str]:
        holders = (self._holders(f"site:{site.key}", part) for part in (Part.UNIT, Part.SECTOR, Part.LEADER))
        return (site.key, site.type, site.area or "", site.address, *holders)

    def _holders(self, place: str, part: Part) -> str:
        holders, named_for = self._places.held(place, part, self._on)
        return "；".join(holders) if named_for == place else ""


def _item(item: StandardItem) -> Sequence[str]:
    severity, level = _SEVERITIES[item.severity], _LEVELS[item.level]
    return (item.site_type, item.code, level, item.text, item.finding_type, severity, item.indicator or "")
