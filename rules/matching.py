"""Finding what a written name means among known names: exactly, or as near misses to choose from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.language import Text

SEPARATORS = re.compile(r"[、，,；;\n]")
"""What stands between several names in one cell of a form."""
BRACKETED = re.compile(r"\(([^()]*)\)")
LIKENESS = 0.5
"""The least share of common characters at which a name is offered as a near miss."""
SHORT_FORM = 0.9
"""The likeness of a short form (市城管局) to its full name (市城市管理局), whatever their lengths."""
SPREAD = 0.2
"""How far below the best near miss another one may lie and still be offered."""
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Match:
    """匹配: the key of what was meant, or None with the `near` keys to choose from, the nearest first."""

    found: str | None
    near: tuple[str, ...] = ()

    @property
    def offered(self) -> Text:
        """The near keys in brackets, to follow the name that was not found; nothing where there are none."""
        if not self.near:
            return Text("", "")
        return Text(f"（相近的有：{'、'.join(self.near)}）", f" (near: {', '.join(self.near)})")


def plain(written: str) -> str:
    """One spelling for full and half width, capitals and stray spaces."""
    return "".join(unicodedata.normalize("NFKC", written).casefold().split())


def listed(written: str) -> tuple[str, ...]:
    """The names in one cell of a form, in order."""
    return tuple(part.strip() for part in SEPARATORS.split(written) if part.strip())


def spellings(name: str) -> Iterator[str]:
    """The spellings of a name: whole, without its brackets, and the second names (加挂牌子) inside them."""
    whole = plain(name)
    yield whole
    yield BRACKETED.sub("", whole)
    yield from BRACKETED.findall(whole)


class NameIndex:
    """名称索引: known names in layers, the surest layer first; built once, asked for every row of a table."""

    def __init__(self, *layers: Iterable[tuple[str, str]], derived: Iterable[tuple[str, str]] = ()) -> None:
        """A layer pairs spellings with the key they stand for; `derived` ones are found but never offered."""
        declared = [_by_spelling(layer) for layer in layers]
        known = [(spelling, keys) for layer in declared for spelling, keys in layer.items()]
        self._layers = [*declared, _by_spelling(derived)]
        self._known = known
        self._match = lru_cache(maxsize=4096)(self._compute_match)

    def named(self, written: str) -> tuple[str, ...]:
        """The keys that carry this name: one, none, or several where the name is not enough to tell."""
        whole = plain(written)
        for spelling in dict.fromkeys((whole, BRACKETED.sub("", whole))):
            for layer in self._layers:
                if keys := layer.get(spelling):
                    return keys
        return ()

    def match(self, written: str) -> Match:
        """What is meant by a name. Of several that carry it none is taken: all are offered."""
        return self._match(written)

    def _compute_match(self, written: str) -> Match:
        keys = self.named(written)
        return Match(keys[0]) if len(keys) == 1 else Match(None, keys or _near(self._known, plain(written)))


def _by_spelling(layer: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    keys: dict[str, dict[str, None]] = {}
    for spelling, key in layer:
        if spelling:
            keys.setdefault(spelling, {})[key] = None
    return {spelling: tuple(found) for spelling, found in keys.items()}


def _near(known: list[tuple[str, tuple[str, ...]]], wanted: str) -> tuple[str, ...]:
    """The keys whose names look like the wanted one, the likest first."""
    scores: dict[str, float] = {}
    for spelling, keys in known:
        score = _likeness(wanted, spelling)
        for key in keys:
            scores[key] = max(score, scores.get(key, 0.0))
    least = max(LIKENESS, max(scores.values(), default=0.0) - SPREAD)
    offered = sorted((key for key in scores if scores[key] >= least), key=lambda key: (-scores[key], key))
    return tuple(offered[:MOST_OFFERED])


def _likeness(one: str, other: str) -> float:
    shared = 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))
    short, long = sorted((one, other), key=len)
    return max(shared, SHORT_FORM) if len(short) > 1 and _shortens(short, long) else shared


def _shortens(short: str, long: str) -> bool:
    """Whether the short name leaves out characters of the long one and keeps the rest in order."""
    rest = iter(long)
    return all(character in rest for character in short)
