"""Named crash points: breaking a transaction there with an exception, or the whole process with a real kill."""

from collections.abc import Iterator
from contextlib import contextmanager

from store import crashpoints


class Broken(Exception):
    """What a test throws into the middle of a transaction."""


@contextmanager
def breaking(point: str) -> Iterator[None]:
    """Throw Broken whenever this point is passed."""

    def at_point(name: str) -> None:
        if name == point:
            raise Broken(name)

    crashpoints.watch(at_point)
    try:
        yield
    finally:
        crashpoints.watch(lambda _: None)
