"""How alike two texts are (文字相近): by the pairs of neighbouring characters they share. No word list, no model."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from rules.matching import plain


def likeness(one: str, other: str) -> float:
    """0 for nothing in common to 1 for the same but for width, capitals and spaces (Dice's measure over bigrams)."""
    first, second = _pairs(one), _pairs(other)
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else float(plain(one) == plain(other))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> Counter[str]:
    kept = [character for character in plain(text) if character.isalnum()]
    return Counter(map("".join, pairwise(kept)))
