"""Deadline phrases read in a second on one core: each anew, and as a table reads them, remembering repeated ones."""

import statistics
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.measure import Figures, Tick, spent_on
from rules.deadlines import read_deadlines
from rules.table.phrases import Phrases
from tests.unit.deadline_examples import ON, SECTIONS, Example

EXAMPLES = [example for section in SECTIONS for example in section.examples]


async def measure(folder: Path, rounds: int, tick: Tick, *, phrases: int) -> Figures:
    """The phrases of docs/deadlines.md, over and over. There is no floor: the demand is so many a second."""
    asked = list(islice(cycle(EXAMPLES), phrases))
    table = Phrases.of(ON, ON.year)
    anew, repeated = [], []
    for _ in range(rounds + 1):
        anew.append(await _per_second(lambda one: read_deadlines(one.text, one.on, one.context), asked))
        repeated.append(await _per_second(lambda one: table.deadlines(one.text, one.context or ""), asked))
        tick()
    return {"anew_per_s": statistics.median(anew[1:]), "repeated_per_s": statistics.median(repeated[1:])}


async def _per_second(read: Callable[[Example], object], asked: Sequence[Example]) -> float:
    async def job() -> None:
        for one in asked:
            read(one)

    return round(len(asked) / (await spent_on(job)).cpu_s)
