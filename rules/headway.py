"""How far a long piece of work has come (进度), for whoever wants to show it. Nothing is shown here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rules.language import Text

T = TypeVar("T")
_BEFORE = Text("", "")


@dataclass(slots=True)
class Headway:
    """进度: the stage, and how much of it is done; a `total` of 0 is one that nobody knows.

    The work counts and calls nobody; who shows it looks from time to time, from another thread if need be.
    """

    stage: Text = _BEFORE
    done: int = 0
    total: int = 0

    def enter(self, stage: Text, total: int = 0) -> None:
        self.stage, self.done, self.total = stage, 0, total

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """The things one by one, each counted once it is done with."""
        for thing in things:
            yield thing
            self.done += 1


UNSEEN = Headway()
"""Where nobody looks."""
