"""Places and their people as a newer list says (点位名册导入): what left it is retired, never deleted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, update

from rules.handover import Handover, hand_over
from rules.places import Area, Assignment, Places, Site, StandardItem
from store.inspection_schema import areas, assignments, sites, standards
from store.ledger import Happening, Writing
from store.places import places
from store.registers import changes

_LOCK = 0x00D0BA91
"""Two imports at once would both end the same assignments and begin them twice."""

_SEAT = ("place", "part", "holder", "since")
Entry = TypeVar("Entry", Area, Site, StandardItem)


async def replace_places(write: Writing, new: Places, today: date) -> Counter[str]:
    """Make the places what a list says that holds from today on; the same list again changes nothing.

    Returns how often each kind of event was recorded, such as "site.added".
    """
    await write.one_at_a_time(_LOCK)
    old = await places(write.connection)
    old_items, new_items = _by_code(old), _by_code(new)
    handover = hand_over(old.assignments, new.assignments, today)
    happenings = [
        *changes("area", old.areas, new.areas, _told),
        *changes("site", old.sites, new.sites, _told),
        *changes("standard", old_items, new_items, _told),
        *_changed_hands(handover),
    ]
    await write.record_all(happenings)
    await _replace(write, areas, old.areas, new.areas)
    await _replace(write, sites, old.sites, new.sites)
    await _replace(write, standards, old_items, new_items)
    await _take_over(write, handover)
    return Counter(happening.kind for happening in happenings)


def _by_code(known: Places) -> Mapping[str, StandardItem]:
    return {f"{item.site_type}/{item.code}": item for item in known.standards}


def _told(entry: Area | Site | StandardItem) -> dict[str, object]:
    return asdict(entry)


def _changed_hands(handover: Handover) -> Iterable[Happening]:
    """交接: who holds a part from today, who held it until yesterday, who was named and replaced on one day."""
    for what, some in (("ended", handover.ended), ("dropped", handover.dropped), ("begun", handover.begun)):
        for one in some:
            told = {
                "part": one.part,
                "holder": one.holder,
                "since": one.since.isoformat(),
                "until": one.until and one.until.isoformat(),
            }
            yield Happening(f"assignment.{what}", one.place, told)


async def _replace(write: Writing, table: Table, old: Mapping[str, Entry], new: Mapping[str, Entry]) -> None:
    """Retire the rows that left; write those that are new, different, or back again."""
    gone = [entry for key, entry in old.items() if key not in new]
    fresh = [entry for key, entry in new.items() if old.get(key) != entry]
    names = tuple(column.name for column in table.primary_key)
    await _each(write, update(table).where(_named(table, names)).values(retired_at=write.now), _keys(gone, names))
    await _each(write, delete(table).where(_named(table, names)), _keys(fresh, names))
    await write.add(table, [asdict(entry) for entry in fresh])


async def _take_over(write: Writing, handover: Handover) -> None:
    this = _named(assignments, _SEAT)
    ends = [{**key, "last": one.until} for one, key in zip(handover.ended, _keys(handover.ended, _SEAT), strict=True)]
    await _each(write, update(assignments).where(this).values(until=bindparam("last")), ends)
    await _each(write, delete(assignments).where(this), _keys(handover.dropped, _SEAT))
    await write.add(assignments, [asdict(one) for one in handover.begun])


async def _each(write: Writing, statement: Any, keys: list[dict[str, Any]]) -> None:
    if keys:
        await write.connection.execute(statement, keys)


def _named(table: Table, names: Iterable[str]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(f"the_{name}") for name in names))


def _keys(entries: Iterable[Area | Site | StandardItem | Assignment], names: Iterable[str]) -> list[dict[str, Any]]:
    return [{f"the_{name}": getattr(entry, name) for name in names} for entry in entries]
