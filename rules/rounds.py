"""Inspection rounds (检查轮次): what one is asked to look at, which sites that covers, and who goes where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from rules.inspecting import Cadence, Inspection, Level, Scope
from rules.places import Part, Places, StandardItem
from rules.roster import Person
from rules.sampling import Candidate
from rules.slots import Slot

SPECIAL = "special"
"""The kind of rounds that no cadence asks for."""
OFFICE_TEAM = "创建办"
"""Who goes where there is no supervisor."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """一轮检查: named by `kind` and `period`; `ends_at` is the last instant it may take. Without a seed one is made."""

    kind: str
    period: str
    asked: Inspection
    ends_at: datetime | None = None
    seed: str | None = None

    @classmethod
    def of(cls, cadence: Cadence, slot: Slot) -> "RoundPlan":
        """What a cadence asks for in one of its slots."""
        return cls(cadence.key, slot.key, cadence, slot.ends_at)


def checklists(places: Places, level: Level, indicator: str | None = None) -> Mapping[str, tuple[StandardItem, ...]]:
    """检查表 of each site type: the items of this level and those below, of one indicator where it is named."""
    found: dict[str, list[StandardItem]] = {}
    for item in places.standards:
        if item.level in level.includes and indicator in (None, item.indicator):
            found.setdefault(item.site_type, []).append(item)
    return {type_: tuple(sorted(items, key=lambda item: item.code)) for type_, items in found.items()}


def population(places: Places, scope: Scope, types: Iterable[str], on: date) -> list[Candidate]:
    """总体: the sites within a scope whose type has a checklist, each with the unit answering for it that day."""
    wanted = set(types) if scope.site_type is None else {scope.site_type} & set(types)
    within = _within(places, scope.area) if scope.area else None
    found = []
    for site in places.sites.values():
        units = [unit for part in (Part.UNIT, Part.SECTOR) for unit in places.holders(site.key, part, on)]
        in_area = within is None or site.area in within
        if site.type in wanted and in_area and scope.unit in (None, *units):
            found.append(Candidate(units[0] if units else "", site.type, site.key))
    return found


def deal(
    sites: Sequence[str], places: Places, supervisors: Sequence[Person], on: date, turn: int
) -> Mapping[str, tuple[str, ...]]:
    """Each site to one supervisor: the area's own, else any, never one of the unit that answers for it; evenly.

    `turn` deals another way round, so that nobody looks at the same sites again and again.
    """
    start = turn % len(supervisors) if supervisors else 0
    order = [*supervisors[start:], *supervisors[:start]]
    dealt: dict[str, list[str]] = {person.key: [] for person in order}
    for site in sites:
        units = places.holders(site, Part.UNIT, on)
        able = [person.key for person in order if person.unit not in units]
        own = [key for key in places.holders(site, Part.SUPERVISOR, on) if key in able]
        team = min(own or able, key=lambda key: len(dealt[key]), default=OFFICE_TEAM)
        dealt.setdefault(team, []).append(site)
    return {team: tuple(own) for team, own in dealt.items() if own}


def split(sites: Sequence[str], places: Places, teams: int) -> Mapping[str, tuple[str, ...]]:
    """Sites to so many teams of equal size, neighbours together (分组)."""
    ordered = sorted(sites, key=lambda site: (places.sites[site].area or "", site))
    edges = [len(ordered) * number // teams for number in range(teams + 1)]
    parts = [tuple(ordered[first:last]) for first, last in pairwise(edges)]
    return {f"第{number}组": part for number, part in enumerate(parts, start=1) if part}


def _within(places: Places, area: str) -> set[str]:
    """An area and all that lie in it."""
    found, fresh = {area}, {area}
    while fresh:
        fresh = {key for key, one in places.areas.items() if one.parent in fresh} - found
        found |= fresh
    return found
