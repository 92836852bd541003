"""Relapse (回潮): a problem that comes back to the same place within the policy's window after it was closed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from rules.findings import Sighting
from rules.matching import plain


class Closed(NamedTuple):
    """已销号的问题: what it was, and when its rectification was closed."""

    sighting: Sighting
    closed_at: datetime


def relapse_of(new: Sighting, closed: Iterable[Closed], since: datetime) -> int | None:
    """The finding that has come back: of the same site (or the same place in words) and type, closed since `since`
    and before the new one was found. The last of several.
    """
    same = [
        one
        for one in closed
        if one.sighting.type == new.type
        and since <= one.closed_at < new.found_at
        and _place(one.sighting)
        and _place(one.sighting) == _place(new)
    ]
    return max(same, key=lambda one: one.closed_at).sighting.finding if same else None


def _place(sighting: Sighting) -> str:
    return f"site:{sighting.site}" if sighting.site else plain(sighting.place)
