"""Progress on long work (进度): a bar on stderr, so that what a command prints stays clean."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Protocol

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rules.headway import Headway

PATIENCE_S = 1.0
"""Work that is done sooner shows no bar."""


class Advance(Protocol):
    """Say which stage begins; the one before is done."""

    def __call__(self, stage: str) -> None: ...


@contextmanager
def stages(count: int) -> Iterator[Advance]:
    """A bar over so many stages; gone when the work is done, and not shown where nobody watches."""
    console = Console(stderr=True)
    with Progress(*_columns(), console=console, transient=True, disable=not console.is_terminal) as bar:
        shown = bar.add_task("", total=count)
        begun = False

        def advance(stage: str) -> None:
            nonlocal begun
            bar.update(shown, description=stage, advance=1 if begun else 0)
            begun = True

        yield advance


@contextmanager
def watched() -> Iterator[Headway]:
    """A bar over the stages of work that counts its headway, shown on a terminal once the work takes its time."""
    headway = Headway()
    console = Console(stderr=True)
    if not console.is_terminal:
        yield headway
        return
    bar = _Bar(headway, console)
    later = Timer(PATIENCE_S, bar.start)
    later.start()
    try:
        yield headway
    finally:
        later.cancel()
        later.join()
        if bar.live.is_started:
            bar.stop()


class _Bar(Progress):
    """Looks at the headway whenever it is drawn."""

    def __init__(self, headway: Headway, console: Console) -> None:
        self._headway = headway
        super().__init__(*_columns(), console=console, transient=True)
        self.add_task("", total=None)

    def get_renderables(self) -> Iterator[RenderableType]:
        at = self._headway
        for shown in self.tasks:
            shown.description, shown.completed, shown.total = " ".join(at.stage), at.done, at.total or None
        yield from super().get_renderables()


def _columns() -> tuple[TextColumn, BarColumn, MofNCompleteColumn, TimeElapsedColumn]:
    return TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
