"""Duplicates (疑似重复): which earlier finding a new one looks the same as. A proposal: merging is for people."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from rules.findings import Sighting
from rules.likeness import likeness, names

PLACES_ALIKE = 0.6
"""How alike two places in words must be to count as one, where neither is a registered site."""


class Resemblance(NamedTuple):
    """疑似重复: the earlier finding, and how alike the wordings are (0 to 1)."""

    finding: int
    likeness: float


def resembled(new: Sighting, earlier: Iterable[Sighting], within: timedelta, alike: float) -> Resemblance | None:
    """The earlier finding most like the new one: same place and type, near in time, alike in wording.

    Two rows of one visit are never the same: the inspector wrote them down as two.
    """
    scored = [
        Resemblance(one.finding, round(likeness(one.text, new.text), 2))
        for one in earlier
        if one.type == new.type
        and abs(one.found_at - new.found_at) <= within
        and not (new.visit and one.visit == new.visit)
        and same_place(new, one)
    ]
    best = max(scored, key=lambda one: (one.likeness, -one.finding), default=None)
    return best if best and best.likeness >= alike else None


def same_place(one: Sighting, other: Sighting) -> bool:
    """同一地点: the same site; where one is told in words only, words that are alike or name the site."""
    if one.site and other.site:
        return one.site == other.site
    here, there = one.site or one.place, other.site or other.place
    return names(here, there) or names(there, here) or likeness(here, there) >= PLACES_ALIKE
