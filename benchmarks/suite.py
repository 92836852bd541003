"""What there is to measure, by the names the report uses."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import cycle, delivery, importing, latency, phrases
from benchmarks.measure import Figures, Tick


class Benchmark(NamedTuple):
    """`measure` takes a folder to work in, how many rounds, and what to call after each."""

    measure: Callable[[Path, int, Tick], Awaitable[Figures]]
    rounds: int


SUITE: Mapping[str, Benchmark] = {
    "cycle_10k_1k": Benchmark(partial(cycle.measure, duties=10_000, due=1_000), 9),
    "cycle_100k_1k": Benchmark(partial(cycle.measure, duties=100_000, due=1_000), 5),
    "cycle_1m_1k": Benchmark(partial(cycle.measure, duties=1_000_000, due=1_000), 3),
    "import_10k": Benchmark(partial(importing.measure, rows=10_000), 3),
    "import_100k": Benchmark(partial(importing.measure_alone, rows=100_000), 1),
    "phrases": Benchmark(partial(phrases.measure, phrases=10_000), 5),
    "delivery": Benchmark(partial(delivery.measure, messages=10_000), 3),
    "event_latency": Benchmark(partial(latency.measure, events=20, happens=latency.notice), 3),
    "finding_latency": Benchmark(partial(latency.measure, events=20, happens=latency.finding), 3),
}


async def run(name: str, rounds: int | None, tick: Tick) -> Figures:
    """Measure one of the suite in a folder that is gone afterwards."""
    measure, usual = SUITE[name]
    with TemporaryDirectory(prefix="duban-bench-") as folder:
        return await measure(Path(folder), rounds or usual, tick)


def compare_sizes(found: Mapping[str, Figures]) -> None:
    """How the cycle grows with what is open and not due: its own time beside that at 10,000."""
    small = found.get("cycle_10k_1k")
    for name in ("cycle_100k_1k", "cycle_1m_1k"):
        if small and name in found:
            found[name]["ratio_to_10k_1k"] = round(found[name]["ours_cpu_ms"] / small["ours_cpu_ms"], 2)
