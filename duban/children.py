"""Child processes of `duban up`: each in a group of its own, its output in a log, ended with us whatever happens."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

PATIENCE_S = 5.0
"""How long a child may take to end once asked to."""

_groups: set[int] = set()


@asynccontextmanager
async def child(
    name: str, command: Sequence[str], env: Mapping[str, str], logs: Path, folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a child; at the end it is asked to stop and, if it does not, made to, with everything it started.

    Its output goes to `<name>.log`; what an earlier one said is kept beside it.
    """
    log = logs / f"{name}.log"
    if log.exists():
        log.replace(logs / f"{name}.1.log")
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *_tied_to_us(command), env=env, cwd=folder, start_new_session=True,
            stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    _groups.add(process.pid)
    try:
        yield process
    finally:
        await _end(process)
        _groups.discard(process.pid)


async def _end(process: asyncio.subprocess.Process) -> None:
    try:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), PATIENCE_S)
    except TimeoutError:
        pass
    finally:
        _kill(process.pid)
    await process.wait()


def kill_children() -> None:
    """End every child and whatever it started, at once."""
    for group in _groups:
        _kill(group)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _tied_to_us(command: Sequence[str]) -> list[str]:
    """Have the kernel end the child should we be killed ourselves; where that cannot be arranged, the command alone."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else [*command]
