"""One cycle (escalate, record, notify with digests) beside hand-written SQL that leaves the same rows."""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime, time, timedelta
from pathlib import Path

from benchmarks.measure import Figures, Job, Tick, paired
from benchmarks.world import EARLIER, NOW, build, floor_database, fresh
from rules.worktime import WorkCalendar
from settings import Settings
from store.schema import instant_text
from tasks.delivering import bundle
from tasks.office import open_office
from tasks.supervising import take_steps

FLOOR = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n")
PREPARE = """
CREATE TABLE floor_days (day TEXT PRIMARY KEY, ordinal INTEGER) WITHOUT ROWID;
CREATE TABLE floor_mornings (ordinal INTEGER PRIMARY KEY, planned_at TEXT);
CREATE TABLE floor_ladder (
  step TEXT PRIMARY KEY, zh TEXT, en TEXT, kind TEXT, "offset" TEXT, days INTEGER, rung INTEGER, severity INTEGER,
  reason_zh TEXT GENERATED ALWAYS AS ('逾期满 ' || days || ' 个工作日，未申报办结') STORED,
  reason_en TEXT GENERATED ALWAYS AS (days || ' working days overdue, not reported done') STORED
);
"""
LADDER = (
    ("blue", "蓝色督办单", "blue supervision order", "order", "P2WD", 2, 2, 2),
    ("yellow", "黄色督办单", "yellow supervision order", "order", "P5WD", 5, 3, 2),
    ("red", "红色督办单", "red supervision order", "order", "P10WD", 10, 4, 3),
)


async def measure(folder: Path, rounds: int, tick: Tick, *, duties: int, due: int) -> Figures:
    """A cycle with `due` of `duties` to act on."""
    pristine = await build(folder / "pristine", duties, due)
    return (await paired(lambda: ours(pristine, due), lambda: floor(pristine, due), rounds, tick)).figures()


@asynccontextmanager
async def ours(pristine: Settings, due: int) -> AsyncIterator[Job]:
    async with open_office(fresh(pristine)) as office:

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
async def floor(pristine: Settings, due: int) -> AsyncIterator[Job]:
    with closing(floor_database(pristine)) as connection:
        _prepare(connection)

        def cycle(now: datetime) -> int:
            values, before = {"now": instant_text(now)}, _steps(connection)
            for statement in FLOOR:
                connection.execute(statement, values if ":now" in statement else {})
            return _steps(connection) - before

        async def job() -> None:
            assert cycle(NOW) == due

        cycle(EARLIER)
        yield job


def _steps(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM steps WHERE step = 'blue'").fetchone()[0])


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
