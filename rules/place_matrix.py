"""The matrix of responsibility (责任矩阵): for each area and site who holds what on a day, and what nobody holds."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.places import Area, Part, Places, Site

NEEDED: Mapping[str, frozenset[Part]] = {"area": frozenset({Part.UNIT, Part.SUPERVISOR}), "site": frozenset(Part)}
"""The parts somebody must hold for a place of each kind."""


@dataclass(frozen=True, slots=True)
class Seat:
    """席位: `holders` of one part; `via` is the area they are taken over from; `left` are no longer in the roster."""

    holders: tuple[str, ...] = ()
    via: str | None = None
    left: tuple[str, ...] = ()

    @property
    def is_vacant(self) -> bool:
        return not self.holders


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """矩阵的一行: `depth` counts the areas around the place; a part that is neither needed nor held has no seat."""

    place: Area | Site
    depth: int
    seats: Mapping[Part, Seat]

    @property
    def kind(self) -> str:
        return self.place.type if isinstance(self.place, Site) else self.place.kind


@dataclass(frozen=True, slots=True)
class Matrix:
    """责任矩阵 of one day: each area, and in it its sites."""

    on: date
    rows: Sequence[MatrixRow]

    @property
    def vacancies(self) -> Mapping[Part, int]:
        """空缺: how many places lack somebody, by part; only parts that are lacking."""
        counted = Counter(part for row in self.rows for part, seat in row.seats.items() if seat.is_vacant)
        return {part: counted[part] for part in Part if part in counted}


def matrix(places: Places, on: date, roster: Collection[str] | None = None) -> Matrix:
    """责任矩阵 of a day. Where a roster (units and people) is given, holders who left it leave a vacancy behind."""
    found: Mapping[str, Area | Site] = {
        **{f"area:{key}": area for key, area in places.areas.items()},
        **{f"site:{key}": site for key, site in places.sites.items()},
    }
    paths = sorted((tuple(places.outwards(name)[::-1]), name) for name in found)
    return Matrix(on, [MatrixRow(found[name], len(path) - 1, _seats(places, name, on, roster)) for path, name in paths])


def _seats(places: Places, name: str, on: date, roster: Collection[str] | None) -> Mapping[Part, Seat]:
    needed = NEEDED[name.partition(":")[0]]
    seats = {part: _seat(places, name, part, on, roster) for part in Part}
    return {part: seat for part, seat in seats.items() if part in needed or seat.holders}


def _seat(places: Places, name: str, part: Part, on: date, roster: Collection[str] | None) -> Seat:
    holders, named_for = places.held(name, part, on)
    left = () if roster is None else tuple(one for one in holders if one not in roster)
    via = None if named_for == name else named_for.removeprefix("area:")
    return Seat(tuple(one for one in holders if one not in left), via, left)
