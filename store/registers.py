"""What a register (名册) that is imported again changes: which entries came, went, or are different."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from store.ledger import Happening

T = TypeVar("T")


def changes(
    kind: str, old: Mapping[str, T], new: Mapping[str, T], told: Callable[[T], dict[str, object]]
) -> list[Happening]:
    """An event for each entry that came, went or changed, with what is told of it."""
    happenings = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) == new.get(key):
            continue
        what = "retired" if key not in new else "added" if key not in old else "changed"
        happenings.append(Happening(f"{kind}.{what}", f"{kind}:{key}", told(new[key] if key in new else old[key])))
    return happenings
