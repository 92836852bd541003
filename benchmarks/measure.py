"""Timing pairs of jobs in turn, and telling the result."""

import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

Job = Callable[[], Awaitable[Any]]
Maker = Callable[[], AbstractAsyncContextManager[Job]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One measurement: medians of both jobs in seconds, and the ratio of the medians."""

    ours_s: float
    floor_s: float

    @property
    def ratio(self) -> float:
        return self.ours_s / self.floor_s

    def as_json(self) -> dict[str, float]:
        return {
            "ratio_to_floor": round(self.ratio, 2),
            "ours_ms": round(self.ours_s * 1000, 2),
            "floor_ms": round(self.floor_s * 1000, 2),
        }


async def paired(ours: Maker, floor: Maker, rounds: int = 5) -> Pair:
    """Both jobs in turn, `rounds` times each after one unmeasured round; each gets a fresh set-up from its maker."""
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for round_ in range(rounds + 1):
        for name, make in (("ours", ours), ("floor", floor)):
            async with make() as job:
                began = time.perf_counter()
                await job()
                if round_:
                    times[name].append(time.perf_counter() - began)
    return Pair(statistics.median(times["ours"]), statistics.median(times["floor"]))
