"""Progress on long work (进度): a bar on stderr, so that what a command prints stays clean."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Advance(Protocol):
    """Say which stage begins; the one before is done."""

    def __call__(self, stage: str) -> None: ...


@contextmanager
def stages(count: int) -> Iterator[Advance]:
    """A bar over so many stages; gone when the work is done, and not shown where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        shown = bar.add_task("", total=count)
        begun = False

        def advance(stage: str) -> None:
            nonlocal begun
            bar.update(shown, description=stage, advance=1 if begun else 0)
            begun = True

        yield advance
