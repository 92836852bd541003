"""How alike two texts are (文字相近): by the pairs of neighbouring characters they share. No word list, no model."""

from functools import lru_cache
from itertools import pairwise

from rules.matching import plain


def likeness(one: str, other: str) -> float:
    """0 for nothing in common to 1 for the same pairs, whatever the width, capitals, spaces and punctuation (Dice)."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 0.0


def names(short: str, long: str) -> bool:
    """Whether everything one text says is said in the other, as a site's name in the words for a place."""
    said = _pairs(short)
    return bool(said) and said <= _pairs(long)


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    """A text of one character pairs with nothing and stands for itself."""
    kept = [character for character in plain(text) if character.isalnum()]
    return frozenset(map("".join, pairwise(kept)) if len(kept) > 1 else kept)
