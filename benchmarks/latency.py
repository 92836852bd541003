"""From a commit by another process to the file in the inbox, `duban up` running; beside a polling reader."""

import asyncio
import random
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from benchmarks.measure import Figures, Tick, milliseconds
from benchmarks.reader import reading
from benchmarks.world import UNITS, build
from rules.findings import FindingDraft, Source
from rules.language import Text
from rules.policy import UNLIMITED, QuietHours, Severity, default_policy
from settings import Settings
from store.findings import record_findings
from store.ledger import writing
from store.notices import NoticeDraft, add_notices
from store.rulebook import adopt_policy
from tasks.office import Office, open_office
from tests.harness.running import Up

READY = "Prefect 已就绪"
UP_WITHIN_S, SEEN_WITHIN_S = 180.0, 10.0
LOOK_EVERY_S = 0.001


Happens = Callable[[Office, int], tuple[str, Awaitable[None]]]
"""What is measured, as the how-manieth: who will be told of it, and doing it."""


async def measure(folder: Path, rounds: int, tick: Tick, *, events: int, happens: Happens) -> Figures:
    """So many events a round, one after the other, each at a random moment of the pollers' pauses."""
    ours: list[float] = []
    floor: list[float] = []
    settings = await build(folder / "home")
    await _set_up(settings)
    up = Up(settings.home)
    try:
        up.has_said(READY, UP_WITHIN_S)
        tick()
        with reading(folder / "floor", settings.poll_s) as database:
            async with open_office(settings) as office:
                for number in range(rounds * events):
                    name, done = happens(office, number)
                    inbox, seen = settings.home / "inbox" / name, database.parent / name
                    ours.append(await _seconds(done, inbox))
                    floor.append(await _seconds(_insert(database, name), seen))
                    if number % events == events - 1:
                        tick()
        up.stop()
    finally:
        up.kill()
    return _figures(ours, floor)


async def _set_up(settings: Settings) -> None:
    """An office whose notices are held back at no hour and by no budget."""
    now = datetime.now(settings.zone)
    quiet = QuietHours(pierced_by=Severity.ROUTINE)
    always = default_policy().model_copy(update={"quiet": quiet, "budget": UNLIMITED})
    async with open_office(settings) as office, writing(office.store, now) as write:
        await adopt_policy(write, always)


async def _seconds(commit: Awaitable[None], folder: Path) -> float:
    """From the end of the commit until there is a message in the folder."""
    await asyncio.sleep(random.uniform(0.05, 0.25))
    await commit
    return _wait_for_message(folder)


def _wait_for_message(folder: Path) -> float:
    began = time.perf_counter()
    while not any(folder.glob("*.md")):
        assert time.perf_counter() - began < SEEN_WITHIN_S, folder
        time.sleep(LOOK_EVERY_S)
    return time.perf_counter() - began


def notice(office: Office, number: int) -> tuple[str, Awaitable[None]]:
    """A notice by itself."""
    return f"人员{number}", _tell(office, f"人员{number}")


def finding(office: Office, number: int) -> tuple[str, Awaitable[None]]:
    """A finding of an inspector, which becomes a rectification duty with its notice."""
    unit = UNITS[number % len(UNITS)]
    return f"{unit}科员", _find(office, unit)


async def _find(office: Office, unit: str) -> None:
    now = datetime.now(office.settings.zone)
    draft = FindingDraft(Source.ROUND, now, "门口占道经营", "占道经营", place=f"{unit}门前", unit=unit)
    async with office.deciding(now) as (write, book):
        await record_findings(write, book, [draft])


async def _tell(office: Office, recipient: str) -> None:
    async with office.deciding(datetime.now(office.settings.zone)) as (write, book):
        event = await write.record("bench", "bench")
        said = Text("新任务", "new duty")
        draft = NoticeDraft(event, recipient, "opened", said, Severity.IMPORTANT, "整治背街小巷")
        await add_notices(write, book, [draft])


async def _insert(database: Path, recipient: str) -> None:
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("INSERT INTO notices (recipient) VALUES (?)", (recipient,))


def _figures(ours: list[float], floor: list[float]) -> Figures:
    middle, floor_middle = statistics.median(ours), statistics.median(floor)
    return {
        "ratio_to_floor": round(middle / floor_middle, 2),
        "p50_ms": milliseconds(middle),
        "p95_ms": milliseconds(_p95(ours)),
        "floor_p50_ms": milliseconds(floor_middle),
        "floor_p95_ms": milliseconds(_p95(floor)),
    }


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
