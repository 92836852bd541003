"""Timing pairs of jobs in turn: what each costs in processor time and in waiting, and how they compare."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple

Job = Callable[[], Awaitable[Any]]
Maker = Callable[[], AbstractAsyncContextManager[Job]]
Tick = Callable[[], None]
Figures = dict[str, float]


class Spent(NamedTuple):
    """What one run of a job took, in seconds: of this process's processor time, and on the clock on the wall."""

    cpu_s: float
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One measurement: the medians of both jobs."""

    ours: Spent
    floor: Spent

    @property
    def ratio(self) -> float:
        """In processor time: what else the machine does meanwhile counts for neither."""
        return self.ours.cpu_s / self.floor.cpu_s

    def figures(self) -> Figures:
        return {
            "ratio_to_floor": round(self.ratio, 2),
            "elapsed_ratio": round(self.ours.elapsed_s / self.floor.elapsed_s, 2),
            "ours_cpu_ms": milliseconds(self.ours.cpu_s),
            "floor_cpu_ms": milliseconds(self.floor.cpu_s),
            "ours_ms": milliseconds(self.ours.elapsed_s),
            "floor_ms": milliseconds(self.floor.elapsed_s),
        }


async def paired(ours: Maker, floor: Maker, rounds: int, tick: Tick) -> Pair:
    """Both jobs in turn; see `in_turn`."""
    return Pair(*await in_turn((ours, floor), rounds, tick))


async def in_turn(makers: Sequence[Maker], rounds: int, tick: Tick) -> list[Spent]:
    """The medians of jobs run in turn, `rounds` times each after one unmeasured round, each with a fresh set-up."""
    found: list[list[Spent]] = [[] for _ in makers]
    for _ in range(rounds + 1):
        for make, spent in zip(makers, found, strict=True):
            async with make() as job:
                spent.append(await spent_on(job))
        tick()
    return [median(spent[1:]) for spent in found]


async def spent_on(job: Job) -> Spent:
    cpu, elapsed = time.process_time(), time.perf_counter()
    await job()
    return Spent(time.process_time() - cpu, time.perf_counter() - elapsed)


def median(spent: list[Spent]) -> Spent:
    return Spent(*(statistics.median(column) for column in zip(*spent, strict=True)))


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)
