"""Named crash points: breaking a transaction there with an exception, or the whole process with a real kill -9."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from store import crashpoints

# A server that has imported everything once and forks a clean child for each kill.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.harness.office", "tests.harness.crash", "tests.harness.warm"])


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


def dies(point: str, work: Callable[..., Coroutine[Any, Any, object]], *args: object, passes: int = 0) -> bool:
    """Run the work in a process of its own, killed when it has passed the point so many times and reaches it again.

    Returns False where the work ended before.
    """
    process = PROCESSES.Process(target=_live_until, args=(point, passes, work, args))
    process.start()
    process.join(timeout=60)
    assert process.exitcode in (0, -signal.SIGKILL), f"exit code {process.exitcode}"
    return process.exitcode != 0


def _live_until(
    point: str, passes: int, work: Callable[..., Coroutine[Any, Any, object]], args: tuple[object, ...]
) -> None:
    left = passes

    def at_point(name: str) -> None:
        nonlocal left
        if name == point:
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    crashpoints.watch(at_point)
    asyncio.run(work(*args))
