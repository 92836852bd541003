"""What a new policy changes (规则变动), field by field, for people to compare before it is adopted."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from rules.policy import Policy

_LONGEST = 120


class Change(NamedTuple):
    """一处变动: where, what stood there, what will; "—" for nothing."""

    place: str
    was: str
    will_be: str


def changes(old: Policy, new: Policy) -> Iterator[Change]:
    """Every field that differs. Steps and cadences are compared by their key, wherever they stand."""
    return _between("", old.model_dump(mode="json"), new.model_dump(mode="json"))


def _between(place: str, old: Any, new: Any) -> Iterator[Change]:
    was, will_be = _named(old), _named(new)
    if old == new:
        return
    if was is None or will_be is None:
        yield Change(place, _brief(old), _brief(new))
        return
    for name in {**was, **will_be}:
        yield from _between(f"{place}.{name}".lstrip("."), was.get(name), will_be.get(name))
    kept = [[name for name in side if name in other] for side, other in ((was, will_be), (will_be, was))]
    if kept[0] != kept[1] and isinstance(old, list):
        yield Change(place, *("、".join(side) for side in kept))


def _named(value: Any) -> dict[str, Any] | None:
    """The parts of a value by name; None for one that has none."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(one, dict) and "key" in one for one in value):
        return {one["key"]: one for one in value}
    return None


def _brief(value: Any) -> str:
    if value is None:
        return "—"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
