"""The sheets of a places file (点位名册) as they are meant: names found in the roster, every problem at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rules.inspecting import LEVEL_LABELS, Level
from rules.language import Text
from rules.matching import Match, NameIndex, listed, plain
from rules.place_problems import Line, PlaceNotes, PlaceProblem, PlaceSheet, Written, lines
from rules.places import Area, Assignment, Part, Places, Site, StandardItem
from rules.policy import Severity
from rules.roster import Role
from rules.roster_index import RosterIndex

LEVEL_WORDS: Mapping[str, Level] = {label.zh: level for level, label in LEVEL_LABELS.items()}
SEVERITY_WORDS: Mapping[str, Severity] = {
    "一般": Severity.ROUTINE,
    "重要": Severity.IMPORTANT,
    "紧急": Severity.URGENT,
}
_AREAS, _UNITS, _PEOPLE = (
    Text("网格表", "areas"),
    Text("名册的单位", "roster's units"),
    Text("名册的人员", "roster's people"),
)
_INSPECTS = frozenset({Role.SUPERVISOR, Role.OFFICE})

Meant = TypeVar("Meant")


@dataclass(frozen=True, slots=True)
class Register:
    """点位名册: the places with who holds them from one day on; not to be used while there are `problems`."""

    places: Places
    problems: Sequence[PlaceProblem]
    warnings: Sequence[PlaceProblem]


def read_register(written: Written, index: RosterIndex, today: date) -> Register:
    """点位名册 as its rows are meant, with everyone in it answering from today on."""
    notes = PlaceNotes()
    reading = _Reading(written, index, today, notes)
    areas = {area.key: area for area in map(reading.area, lines(written, PlaceSheet.AREA))}
    sites = {site.key: site for site in map(reading.site, lines(written, PlaceSheet.SITE))}
    standards = [reading.standard(line) for line in lines(written, PlaceSheet.STANDARD)]
    for line, way in _circles(areas, lines(written, PlaceSheet.AREA)):
        notes.circle(line, way)
    places = Places(areas, sites, standards, tuple(dict.fromkeys(reading.assignments)))
    return Register(places, notes.problems, notes.warnings)


class _Reading:
    """One reading of a file: each row becomes what it means."""

    def __init__(self, written: Written, index: RosterIndex, today: date, notes: PlaceNotes) -> None:
        self.assignments: list[Assignment] = []
        self._index = index
        self._today = today
        self._notes = notes
        self._areas = _names(line["name"] for line in lines(written, PlaceSheet.AREA))
        self._types = _names(line["site_type"] for line in lines(written, PlaceSheet.STANDARD))
        self._met: set[tuple[str, ...]] = set()

    def area(self, line: Line) -> Area:
        key = self._known_by(line, "name")
        self._assign(line, f"area:{key}")
        return Area(key, line["kind"], self._found(line, "parent", line["parent"], self._areas.match, _AREAS))

    def site(self, line: Line) -> Site:
        key = self._known_by(line, "name")
        self._assign(line, f"site:{key}")
        area = self._found(line, "area", line["area"], self._areas.match, _AREAS)
        return Site(key, self._type_of(line), area, line["address"])

    def standard(self, line: Line) -> StandardItem:
        site_type = self._known_by(line, "site_type", "code")
        return StandardItem(
            site_type=self._types.match(site_type).found or site_type,
            code=line["code"],
            text=self._filled(line, "text"),
            finding_type=self._filled(line, "finding_type"),
            severity=self._word(line, "severity", SEVERITY_WORDS, Severity.IMPORTANT),
            level=self._word(line, "level", LEVEL_WORDS, Level.WEEKLY),
            indicator=line["indicator"] or None,
        )

    def _filled(self, line: Line, field: str) -> str:
        if not line[field]:
            self._notes.empty(line, field)
        return line[field]

    def _known_by(self, line: Line, *fields: str) -> str:
        """The first of the cells a row is known by; a second row of the same name is a problem."""
        names = [self._filled(line, field) for field in fields]
        if all(names) and not self._is_first(line.sheet, *names):
            self._notes.repeated(line, fields[-1], " ".join(names))
        return names[0]

    def _is_first(self, *names: str) -> bool:
        known = tuple(map(plain, names))
        is_first = known not in self._met
        self._met.add(known)
        return is_first

    def _type_of(self, line: Line) -> str:
        """The site's type as its standard spells it. Without a standard nothing is looked at there: worth a word."""
        written = self._filled(line, "type")
        match = self._types.match(written)
        if written and not match.found and self._is_first("type", written):
            self._notes.no_standard(line, match)
        return match.found or written

    def _word(self, line: Line, field: str, words: Mapping[str, Meant], default: Meant) -> Meant:
        """What one of a few words means; an empty cell means the default."""
        if line[field] and line[field] not in words:
            self._notes.unusable(line, field, list(words))
        return words.get(line[field], default)

    def _assign(self, line: Line, place: str) -> None:
        """Who holds which part from today on."""
        for part in Part:
            if part in line.cells:
                several = listed(line.cells[part]) if part is Part.SUPERVISOR else [line[part]]
                holders = (self._holder(line, part, written) for written in several)
                self.assignments += [Assignment(place, part, one, self._today) for one in holders if one]

    def _holder(self, line: Line, part: Part, written: str) -> str | None:
        if part in (Part.UNIT, Part.SECTOR):
            return self._found(line, part, written, self._index.match_unit, _UNITS)
        # The place's own unit tells people of one name apart.
        unit = self._index.match_unit(line[Part.UNIT]).found
        person = self._found(line, part, written, lambda name: self._index.match_person(name, unit), _PEOPLE)
        if part is Part.SUPERVISOR and person and not self._index.roster.people[person].roles & _INSPECTS:
            self._notes.no_supervisor(line, part, person)
        return person

    def _found(self, line: Line, field: str, written: str, look: Callable[[str], Match], among: Text) -> str | None:
        """The key of what a cell names, or of one of the names in it; nothing where it is empty."""
        match = look(written) if written else Match(None)
        if written and match.found is None:
            self._notes.unknown(line, field, written, match, among)
        return match.found


def _names(names: Iterable[str]) -> NameIndex:
    """Each name once: rows that repeat it, spaced otherwise, are told of where they stand."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(plain(name), name)
    return NameIndex(first.items())


def _circles(areas: Mapping[str, Area], known: Iterable[Line]) -> Iterator[tuple[Line, Sequence[str]]]:
    """Areas that lie within themselves, each circle once."""
    told: set[str] = set()
    for line in known:
        way = [line["name"]]
        while (above := areas[way[-1]].parent) and above in areas and above not in way:
            way.append(above)
        if above == way[0] and above not in told:
            told.update(way)
            yield line, [*way, above]
