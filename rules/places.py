"""Places and their people (点位、网格与责任人): what is inspected, by which standard, who answers for it on a day.

Only types and look-ups live here; which places a round visits is drawn in rules.sampling.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from rules.inspecting import Level
from rules.language import Text
from rules.policy import Severity


class Part(StrEnum):
    """责任分工: in what a unit or a person answers for a place (属地 + 行业 + 包保)."""

    UNIT = "unit"
    SECTOR = "sector"
    LEADER = "leader"
    SUPERVISOR = "supervisor"


PART_LABELS: Mapping[Part, Text] = {
    Part.UNIT: Text("责任单位", "responsible unit"),
    Part.SECTOR: Text("行业主管单位", "sector unit"),
    Part.LEADER: Text("包保领导", "assigned leader"),
    Part.SUPERVISOR: Text("督查员", "supervisor"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """网格、片区: `parent` is the area around it."""

    key: str
    kind: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """点位: a place that is inspected; `type` (小区、市场、道路…) names its standard."""

    key: str
    type: str
    area: str | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class StandardItem:
    """检查项: one thing that is looked at on sites of a type, and what a failure of it is called."""

    site_type: str
    code: str
    text: str
    finding_type: str
    severity: Severity = Severity.IMPORTANT
    level: Level = Level.WEEKLY
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """责任登记: `holder` (a unit or a person) answers for `place` from one day to another, both included.

    `place` is "site:…" or "area:…"; `until` None means still.
    """

    place: str
    part: Part
    holder: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class Held(NamedTuple):
    """在岗: who answers for a place in one part, and the place they were named for."""

    holders: tuple[str, ...]
    named_for: str


@dataclass(frozen=True)
class Places:
    """点位名册: all areas, sites and standards of one office, with who answered for them when."""

    areas: Mapping[str, Area] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    standards: Sequence[StandardItem] = ()
    assignments: Sequence[Assignment] = ()

    def holders(self, site: str, part: Part, on: date) -> tuple[str, ...]:
        """Who answered in one part for a site on a day; where nobody does, whoever answered for the area around it."""
        return self.answering(f"site:{site}", part, on)

    def answering(self, place: str, part: Part, on: date) -> tuple[str, ...]:
        """The same for "site:…" or "area:…"."""
        return self.held(place, part, on).holders

    def held(self, place: str, part: Part, on: date) -> Held:
        """The same, with the place they were named for: this one, or the area it is taken over from."""
        for around in self.outwards(place):
            found = tuple(one.holder for one in self._assigned.get((around, part), ()) if one.holds_on(on))
            if found:
                return Held(found, around)
        return Held((), place)

    @cached_property
    def _assigned(self) -> Mapping[tuple[str, Part], Sequence[Assignment]]:
        """The assignments of each place and part, as a round asks for hundreds of them."""
        by_place: dict[tuple[str, Part], list[Assignment]] = {}
        for one in self.assignments:
            by_place.setdefault((one.place, one.part), []).append(one)
        return by_place

    def outwards(self, place: str) -> Sequence[str]:
        """The place, the area it lies in, the area around that, and so on; an area met twice ends it."""
        places = [place]
        kind, _, key = place.partition(":")
        known: Mapping[str, Site | Area] = self.sites if kind == "site" else self.areas
        area = _around(known.get(key))
        while area and f"area:{area}" not in places:
            places.append(f"area:{area}")
            area = _around(self.areas.get(area))
        return places


def _around(place: Site | Area | None) -> str | None:
    return place.area if isinstance(place, Site) else place.parent if place else None
