"""Re-checking (复查): who may verify a rectification, and the seeded draw that picks one of them."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import NamedTuple

from rules.roster import Role, Roster

_MAY_RECHECK = frozenset({Role.OFFICE, Role.SUPERVISOR})


class Draw(NamedTuple):
    """抽签: `seed` names the duty, its episode and the ledger event that called for it; `drawn` None: nobody may."""

    seed: str
    candidates: tuple[str, ...]
    drawn: str | None


def independent(roster: Roster, person: str, unit: str, excluded: Collection[str]) -> bool:
    """Whether a person of the roster is neither of the unit nor among the excluded: who found it, who reported it done,
    who was drawn before and could not.
    """
    return person in roster.people and roster.people[person].unit != unit and person not in excluded


def candidates(roster: Roster, unit: str, excluded: Collection[str]) -> tuple[str, ...]:
    """复查人选: supervisors and people of the office who are independent of a unit and of those excluded."""
    able = (key for key, person in roster.people.items() if person.roles & _MAY_RECHECK)
    return tuple(sorted(key for key in able if independent(roster, key, unit, excluded)))


def draw(among: Iterable[str], duty: int, episode: int, event: int) -> Draw:
    """One of them by lot. Nobody chooses the event's number, and anyone can redo the draw: the least SHA-256 of
    seed and name wins.
    """
    seed = f"D{duty}/{episode}/{event}"
    people = tuple(sorted(among))
    drawn = min(people, key=lambda person: sha256(f"{seed}/{person}".encode()).digest(), default=None)
    return Draw(seed, people, drawn)
