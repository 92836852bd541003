"""Long lists in pieces: a statement takes no more than 32,767 parameters on PostgreSQL."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

SIZE = 10_000


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in their order, SIZE at a time."""
    rest = iter(values)
    while batch := list(islice(rest, SIZE)):
        yield batch
