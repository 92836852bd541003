"""A database of any size to measure on: units with their people, duties in progress, some of them due for a step."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from settings import Settings
from store.schema import instant_text
from tasks.office import prepare

UNITS = 100
NOW = datetime(2026, 3, 18, 1, 30, tzinfo=UTC)  # a Wednesday morning in Shanghai
EARLIER = NOW - timedelta(days=1)
WARM_UP = 50
TAKEN = ("reminder_3", "reminder_1", "overdue")


async def build(home: Path, duties: int, due: int) -> Settings:
    """An office whose cycle at NOW has `due` of `duties` open duties to take the blue order for.

    WARM_UP more are due a day earlier, so that both contenders can be measured at work and not at their first step.
    """
    settings = Settings(home=home, _env_file=None)
    await prepare(settings, NOW - timedelta(days=30))
    connection = sqlite3.connect(home / "duban.db")
    try:
        with connection:
            _organisation(connection)
            _duties(connection, duties, due, NOW)
            _duties(connection, WARM_UP, WARM_UP, EARLIER, first=duties + 1)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return settings


def _organisation(connection: sqlite3.Connection) -> None:
    people = [("领导", "", None, "[]")]
    for number in range(UNITS):
        people += [
            (f"员{number}", f"单位{number}", f"长{number}", "[]"),
            (f"长{number}", f"单位{number}", "领导", "[]"),
        ]
    connection.executemany(
        "INSERT INTO people (key, name, title, unit, superior, roles, contacts) VALUES (?, ?, '', ?, ?, '[]', ?)",
        [(key, key, unit, superior, contacts) for key, unit, superior, contacts in people],
    )
    connection.executemany(
        "INSERT INTO units (key, kind, aliases, responsible, head, leader) VALUES (?, '局', '[]', ?, ?, '领导')",
        [(f"单位{number}", f"员{number}", f"长{number}") for number in range(UNITS)],
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
            (number, str(number), f"单位{number % UNITS}", f"整治第 {number} 处背街小巷", opened, opened,
             early if number <= last_due else late, early if number <= last_due else late,
             soon if number <= last_due else later)
            for number in range(first, first + count)
        ),
    )  # fmt: skip
    connection.execute(
        "INSERT OR IGNORE INTO events (id, at, actor, kind, subject, data) VALUES (1000000, ?, 'system', 'bench', 'bench', ?)",
        (opened, json.dumps({})),
    )
    connection.executemany(
        "INSERT INTO steps (duty_id, episode, step, planned_at, taken_at, told, event_id)"
        " VALUES (?, 1, ?, ?, ?, 1, 1000000)",
        ((number, step, opened, opened) for number in range(first, first + due) for step in TAKEN),
    )
