"""One cycle (escalate, record, notify with digests) beside hand-written SQL doing the same on the same data."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Job, Pair, paired
from benchmarks.world import EARLIER, NOW, build
from rules.worktime import WorkCalendar
from settings import Settings
from store.schema import instant_text
from tasks.delivering import bundle
from tasks.office import open_office
from tasks.supervising import take_steps

PREPARE = """
CREATE TABLE floor_days (day TEXT PRIMARY KEY, ordinal INTEGER) WITHOUT ROWID;
CREATE TABLE floor_mornings (ordinal INTEGER PRIMARY KEY, planned_at TEXT);
CREATE TABLE floor_ladder (
  step TEXT PRIMARY KEY, zh TEXT, en TEXT, kind TEXT, "offset" TEXT, days INTEGER, rung INTEGER, severity INTEGER
);
"""
FLOOR = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LADDER = (
    ("blue", "蓝色督办单", "blue supervision order", "order", "P2WD", 2, 2, 2),
    ("yellow", "黄色督办单", "yellow supervision order", "order", "P5WD", 5, 3, 2),
    ("red", "红色督办单", "red supervision order", "order", "P10WD", 10, 4, 3),
)


async def measure(duties: int, due: int, rounds: int = 5) -> Pair:
    """A cycle with `due` of `duties` to act on: Duban's, and the hand-written one."""
    with TemporaryDirectory(prefix="duban-bench-") as folder:
        pristine = await build(Path(folder) / "pristine", duties, due)
        return await paired(lambda: _ours(pristine, due), lambda: _floor(pristine, due), rounds)


def _fresh(pristine: Settings) -> Settings:
    home = pristine.home.with_name("run")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(pristine.home, home)
    return pristine.model_copy(update={"home": home})


@asynccontextmanager
async def _ours(pristine: Settings, due: int) -> AsyncIterator[Job]:
    async with open_office(_fresh(pristine)) as office:

        async def cycle(now: datetime) -> Counter[str]:
            taken = await take_steps.fn(office, now)
            await bundle.fn(office, now)
            return taken

        async def job() -> None:
            taken = await cycle(NOW)
            assert taken == {"blue": due}, taken

        await cycle(EARLIER)
        yield job


@asynccontextmanager
async def _floor(pristine: Settings, due: int) -> AsyncIterator[Job]:
    connection = sqlite3.connect(_fresh(pristine).home / "duban.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    _prepare(connection)

    def cycle(now: datetime) -> int:
        values = {"now": instant_text(now)}
        before = connection.execute("SELECT count(*) FROM steps WHERE step = 'blue'").fetchone()[0]
        for statement in FLOOR.split(";\n"):
            if statement.strip():
                connection.execute(statement, values if ":" in statement else {})
        return int(connection.execute("SELECT count(*) FROM steps WHERE step = 'blue'").fetchone()[0] - before)

    async def job() -> None:
        assert cycle(NOW) == due

    cycle(EARLIER)
    yield job
    connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    """The floor's calendar and ladder, filled outside the measured time."""
    connection.executescript(PREPARE)
    calendar, ordinal = WorkCalendar(), 0
    days = [NOW.date() + timedelta(days=passed) for passed in range(-120, 240)]
    for day in days:
        ordinal += calendar.is_workday(day)
        connection.execute("INSERT INTO floor_days VALUES (?, ?)", (day.isoformat(), ordinal))
        if calendar.is_workday(day):
            morning = datetime.combine(day, time(9), calendar.zone)
            connection.execute("INSERT INTO floor_mornings VALUES (?, ?)", (ordinal, instant_text(morning)))
    connection.executemany("INSERT INTO floor_ladder VALUES (?, ?, ?, ?, ?, ?, ?, ?)", LADDER)
