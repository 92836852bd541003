"""Recognising rows across versions of a table (修订比对): numbers and words shift, the obligation stays."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from rules.language import Text

# Below this likeness two rows are two obligations; with the same number a lower one will do.
ALIKE = 0.75
ALIKE_WITH_NUMBER = 0.5
# A pair of characters found in more rows than this tells nothing about which row is meant.
TOO_COMMON = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """比对项: one row of either version; `content` holds the fields that count, ready to be compared."""

    id: int
    row_key: str
    item_no: str | None
    task: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """变更: an obligation whose fields differ, each with its old and new value."""

    old: Entry
    new: Entry
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Revision:
    """修订: what a new version adds, changes, drops; `moved` rows differ in nothing but their number or place."""

    added: tuple[Entry, ...]
    changed: tuple[Change, ...]
    dropped: tuple[Entry, ...]
    moved: tuple[tuple[Entry, Entry], ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.dropped or self.moved)


FIELD_LABELS: Mapping[str, Text] = {
    "task": Text("工作任务", "task"),
    "category_path": Text("测评项目", "category"),
    "standards": Text("测评标准", "standards"),
    "methods": Text("测评方法", "methods"),
    "lead": Text("牵头单位", "lead units"),
    "support": Text("配合单位", "support units"),
    "assessors": Text("考核单位", "assessing units"),
    "leader": Text("责任领导", "leader"),
    "responsible": Text("责任人", "responsible person"),
    "deadlines": Text("完成时限", "deadlines"),
}


def compare(old: Sequence[Entry], new: Sequence[Entry]) -> Revision:
    """Pair the rows of two versions, the surest pairs first: alike in all that counts, in their words, nearly so."""
    pairs = _pair(old, new)
    paired_old = {before.id for before, _ in pairs}
    paired_new = {after.id for _, after in pairs}
    changed = [Change(before, after, fields) for before, after in pairs if (fields := _differences(before, after))]
    altered = {change.new.id for change in changed}
    moved = [(b, a) for b, a in pairs if a.id not in altered and _place(a) != _place(b)]
    return Revision(
        added=tuple(entry for entry in new if entry.id not in paired_new),
        changed=tuple(changed),
        dropped=tuple(entry for entry in old if entry.id not in paired_old),
        moved=tuple(moved),
        unchanged=len(pairs) - len(changed) - len(moved),
    )


def _pair(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    pairs: list[tuple[Entry, Entry]] = []
    for pair_rest in (partial(_pair_by, _whole), partial(_pair_by, _words), _pair_alike):
        known_old, known_new = {before.id for before, _ in pairs}, {after.id for _, after in pairs}
        rest_old = [entry for entry in old if entry.id not in known_old]
        if not rest_old:
            break
        pairs += pair_rest(rest_old, [entry for entry in new if entry.id not in known_new])
    return pairs


def _pair_by(
    trait: Callable[[Entry], Hashable], old: Sequence[Entry], new: Sequence[Entry]
) -> list[tuple[Entry, Entry]]:
    """Rows that share a trait, in the order of the table where several do."""
    waiting: dict[Hashable, list[Entry]] = {}
    for entry in reversed(old):
        waiting.setdefault(trait(entry), []).append(entry)
    return [(waiting[found].pop(), entry) for entry in new if waiting.get(found := trait(entry))]


def _whole(entry: Entry) -> bytes:
    """All that counts, in short: of several rows with the same words each finds its own, whichever was removed."""
    said = json.dumps([entry.content.get(name) for name in FIELD_LABELS])
    return hashlib.sha256(said.encode()).digest()


def _words(entry: Entry) -> str:
    return entry.row_key


def _pair_alike(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    neighbours = _Neighbours(old)
    likenesses = sorted(
        (
            (-likeness, before.id, after.id, before, after)
            for after in new
            for before in neighbours.of(after)
            if (likeness := _likeness(before, after))
        ),
        key=lambda found: found[:3],
    )
    pairs: list[tuple[Entry, Entry]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, old_id, new_id, before, after in likenesses:
        if old_id not in taken_old and new_id not in taken_new:
            taken_old.add(old_id)
            taken_new.add(new_id)
            pairs.append((before, after))
    return pairs


class _Neighbours:
    """The few rows that share the most character pairs with a row: only these are worth comparing word by word."""

    def __init__(self, entries: Sequence[Entry], at_most: int = 12) -> None:
        self._at_most = at_most
        self._entries = entries
        self._places: dict[str, list[int]] = {}
        for place, entry in enumerate(entries):
            for pair in _character_pairs(entry.task):
                self._places.setdefault(pair, []).append(place)

    def of(self, entry: Entry) -> list[Entry]:
        shared: Counter[int] = Counter()
        for pair in _character_pairs(entry.task):
            places = self._places.get(pair, ())
            if len(places) <= TOO_COMMON:
                shared.update(places)
        return [self._entries[place] for place, _ in shared.most_common(self._at_most)]


def _character_pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}


def _likeness(before: Entry, after: Entry) -> float:
    """How alike the words are, or 0 where two rows are too unlike to be one."""
    enough = ALIKE_WITH_NUMBER if before.item_no and before.item_no == after.item_no else ALIKE
    matcher = SequenceMatcher(None, before.task, after.task, autojunk=False)
    if matcher.real_quick_ratio() < enough or matcher.quick_ratio() < enough:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= enough else 0.0


def _place(entry: Entry) -> tuple[Any, ...]:
    return entry.row_key, entry.item_no, entry.content.get("source")


def _differences(before: Entry, after: Entry) -> dict[str, tuple[Any, Any]]:
    return {
        name: (before.content.get(name), after.content.get(name))
        for name in FIELD_LABELS
        if before.content.get(name) != after.content.get(name)
    }
