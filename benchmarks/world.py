"""An office of any size to measure on: units with their people, duties in progress, some of them due for a step."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from settings import Settings
from store.schema import instant_text
from tasks.office import prepare

AREAS = ("东城", "西城", "南城", "北城", "新城", "老城", "山城", "江城", "海城", "古城")
OFFICES = ("教育局", "城管局", "卫健局", "住建局", "民政局", "交通局", "环保局", "文旅局", "商务局", "水利局")
UNITS = tuple(f"{area}区{office}" for area in AREAS for office in OFFICES)
LEADER = "分管副市长"
NOW = datetime(2026, 3, 18, 1, 30, tzinfo=UTC)  # a Wednesday morning in Shanghai
EARLIER = NOW - timedelta(days=1)
WARM_UP = 50
EVENT = 1_000_000
TAKEN = ("reminder_3", "reminder_1", "overdue")


async def build(home: Path, duties: int = 0, due: int = 0) -> Settings:
    """An office whose cycle at NOW has `due` of `duties` open duties to take the blue order for.

    WARM_UP more are due a day earlier, so that both contenders can be measured at work and not at their first step.
    """
    settings = Settings(home=home, _env_file=None)
    await prepare(settings, NOW - timedelta(days=30))
    with closing(sqlite3.connect(home / "duban.db")) as connection:
        with connection:
            _organisation(connection)
            if duties:
                _event(connection)
                _duties(connection, duties, due, NOW)
                _duties(connection, WARM_UP, WARM_UP, EARLIER, first=duties + 1)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return settings


def fresh(pristine: Settings) -> Settings:
    """A copy of a built office to work on; the one made before is gone."""
    home = pristine.home.with_name("run")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(pristine.home, home)
    return pristine.model_copy(update={"home": home})


def floor_database(pristine: Settings) -> sqlite3.Connection:
    """A copy for the hand-written contender: the same database, as safe against a power cut."""
    connection = sqlite3.connect(fresh(pristine).home / "duban.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _organisation(connection: sqlite3.Connection) -> None:
    people: list[tuple[str, str | None, str | None]] = [(LEADER, None, None)]
    for unit in UNITS:
        people += [(f"{unit}科员", unit, f"{unit}局长"), (f"{unit}局长", unit, LEADER)]
    connection.executemany(
        "INSERT INTO people (key, name, title, unit, superior, roles, contacts) VALUES (?, ?, '', ?, ?, '[]', '[]')",
        [(key, key, unit, superior) for key, unit, superior in people],
    )
    connection.executemany(
        "INSERT INTO units (key, kind, aliases, responsible, head, leader) VALUES (?, '局', '[]', ?, ?, ?)",
        [(unit, f"{unit}科员", f"{unit}局长", LEADER) for unit in UNITS],
    )


def _event(connection: sqlite3.Connection) -> None:
    """The one that the steps already taken are said to come from."""
    connection.execute(
        "INSERT INTO events (id, at, actor, kind, subject, data) VALUES (?, ?, 'system', 'bench', 'bench', '{}')",
        (EVENT, instant_text(EARLIER)),
    )


def _duties(connection: sqlite3.Connection, count: int, due: int, now: datetime, first: int = 1) -> None:
    """The due ones were missed two working days before `now`; the others end in two months."""
    early, late = instant_text(now - timedelta(days=2, hours=9.5)), instant_text(now + timedelta(days=60))
    soon, later = instant_text(now - timedelta(minutes=30)), instant_text(now + timedelta(days=55))
    opened = instant_text(now - timedelta(days=20))
    last_due = first + due - 1
    connection.executemany(
        "INSERT INTO duties (id, occurrence, unit, title, state, episode, opened_at, episode_at, due_at, provisional,"
        " ladder, policy_version, ladder_at, next_action_at)"
        " VALUES (?, ?, ?, ?, 'accepted', 1, ?, ?, ?, 0, 'standard', 1, ?, ?)",
        (
            (number, str(number), UNITS[number % len(UNITS)], f"整治第 {number} 处背街小巷", opened, opened,
             early if number <= last_due else late, early if number <= last_due else late,
             soon if number <= last_due else later)
            for number in range(first, first + count)
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO steps (duty_id, episode, step, planned_at, taken_at, told, event_id) VALUES (?, 1, ?, ?, ?, 1, ?)",
        ((number, step, opened, opened, EVENT) for number in range(first, first + due) for step in TAKEN),
    )
