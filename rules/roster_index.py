"""The organisation ready to be asked row by row: units, people and groups by any of their names."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rules.chain import chain_of
from rules.matching import Match, NameIndex, plain, spellings
from rules.roster import Chain, Person, Roster, Unit, UnitGroup


class RosterIndex:
    """名册索引: the names of one roster, indexed once; it answers thousands of times a second."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._units = _index_by_name(roster.units)
        self._groups = _index_by_name(roster.groups)
        self._people = _index_of_people(roster)
        self._staff = _staff(roster)
        self._chain = lru_cache(maxsize=4096)(self._compute_chain)

    def match_unit(self, written: str) -> Match:
        """单位: by its name, a short name (简称), another width or spacing, or a second name in brackets."""
        return Match(written) if written in self.roster.units else self._units.match(written)

    def match_person(self, written: str, unit: str | None = None) -> Match:
        """人员: by name, title or both ("张三（副主任）"); `unit` tells namesakes and like titles apart."""
        if written in self.roster.people:
            return Match(written)
        at_hand = [key for key in self._people.named(written) if key in self._staff.get(unit or "", ())]
        return Match(at_hand[0]) if len(at_hand) == 1 else self._people.match(written)

    def expand_group(self, written: str) -> tuple[str, ...] | None:
        """成员单位组: the units a group's name stands for, or None where it names no group."""
        name = self._groups.match(written).found
        return None if name is None else self.roster.groups[name].members

    def chain_of(self, unit_name: str, leader: str | None = None, responsible: str | None = None) -> Chain:
        """责任链 with the leader (分管领导) and responsible person (责任人) as a table row writes them.

        A name the roster cannot place changes nothing here: `match_person` makes it a question at import.
        """
        return self._chain(unit_name, leader, responsible)

    def _compute_chain(self, unit_name: str, leader: str | None, responsible: str | None) -> Chain:
        leader, responsible = (
            self.match_person(named, unit_name).found if named else None for named in (leader, responsible)
        )
        return chain_of(self.roster, unit_name, leader, responsible)


def _index_by_name(known: Mapping[str, Unit] | Mapping[str, UnitGroup]) -> NameIndex:
    named = [(key, (key, *one.aliases)) for key, one in known.items()]
    return NameIndex(
        ((plain(key), key) for key in known),
        ((plain(alias), key) for key, (_, *aliases) in named for alias in aliases),
        derived=((spelling, key) for key, names in named for name in names for spelling in spellings(name)),
    )


def _index_of_people(roster: Roster) -> NameIndex:
    people = roster.people.items()
    return NameIndex(
        ((plain(key), key) for key in roster.people),
        ((plain(person.name), key) for key, person in people),
        ((plain(person.title), key) for key, person in people),
        derived=((style, key) for key, person in people for style in _styles(person, roster)),
    )


def _styles(person: Person, roster: Roster) -> Iterator[str]:
    """The ways people are written with their title or unit."""
    name, title = plain(person.name), plain(person.title)
    yield from (f"{name}同志", f"{name}{title}", f"{title}{name}", f"{name}({title})")
    unit = roster.units.get(person.unit or "")
    for place in map(plain, (unit.name, *unit.aliases) if unit else ()):
        yield from (f"{name}({place})", f"{place}{name}", f"{place}{title}", f"{place}{title}{name}")


def _staff(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    """The people each unit has to do with: its members and those who answer for it."""
    staff: dict[str, set[str | None]] = {
        unit.name: {unit.responsible, unit.head, unit.leader} for unit in roster.units.values()
    }
    for key, person in roster.people.items():
        if person.unit:
            staff.setdefault(person.unit, set()).add(key)
    return {unit: frozenset(keys) for unit, keys in staff.items()}
