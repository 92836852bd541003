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

# The same work by hand: the ladder as a table, working days by the ordinal of a calendar table, a vacant rung answered
# by the next above, the event with the facts that led to it, one digest a person.
PREPARE = """
CREATE TABLE floor_days (day TEXT PRIMARY KEY, ordinal INTEGER) WITHOUT ROWID;
CREATE TABLE floor_mornings (ordinal INTEGER PRIMARY KEY, planned_at TEXT);
CREATE TABLE floor_ladder (step TEXT PRIMARY KEY, label TEXT, offset INTEGER, rung INTEGER, severity INTEGER);
"""
FLOOR = """
BEGIN IMMEDIATE;
CREATE TEMP TABLE due AS
  SELECT row_number() OVER (ORDER BY p.planned_at, d.id) AS n, d.id, d.episode, d.unit, d.title, d.state,
    d.due_at,    l.step, l.label, l.offset, l.severity, p.planned_at,
    CASE l.rung WHEN 1 THEN coalesce(u.responsible, u.head, u.leader) WHEN 2 THEN coalesce(u.head, u.leader)
      ELSE u.leader END AS recipient
  FROM duties d JOIN units u ON u.key = d.unit JOIN floor_ladder l
  JOIN floor_days due_day ON due_day.day = date(d.ladder_at, '+8 hours')
  JOIN floor_mornings p ON p.ordinal = due_day.ordinal + l.offset
  WHERE d.next_action_at <= :now AND d.state IN ('open', 'accepted') AND d.asked_at IS NULL
    AND p.planned_at <= :now AND p.planned_at >= d.episode_at
    AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.duty_id = d.id AND s.episode = d.episode AND s.step = l.step);
INSERT INTO events (id, at, actor, kind, subject, data)
  SELECT (SELECT max(id) FROM events) + n, :now, 'system', 'duty.step', 'duty:' || id,
    json_object('step', step, 'kind', 'order', 'label', label, 'told', 1, 'to', json_array(recipient),
      'offset', offset, 'anchor', 'due', 'planned_at', planned_at, 'policy', 1, 'ladder', 'standard', 'state', state,
      'episode', episode, 'due_at', due_at, 'unit', unit)
  FROM due;
INSERT INTO steps (duty_id, episode, step, planned_at, taken_at, told, event_id)
  SELECT id, episode, step, planned_at, :now, 1, (SELECT max(id) FROM events) - (SELECT count(*) FROM due) + n FROM due;
INSERT INTO messages
  (id, number, part, parts, recipient, channel, target, severity, subject, body, created_at, next_attempt_at, attempts)
  SELECT (SELECT coalesce(max(id), 0) FROM messages) + row_number() OVER (ORDER BY recipient),
    (SELECT coalesce(max(id), 0) FROM messages) + row_number() OVER (ORDER BY recipient), 1, 1, recipient, 'inbox', recipient, max(severity), '【督办】' || label || '：' || title || '等 ' || count(*) || ' 项',
    group_concat('- **' || label || '** D' || id || ' ' || title || char(10) || '  ' || unit || '；时限 ' || due_at,
      char(10)), :now, :now, 0
  FROM due GROUP BY recipient;
INSERT INTO notices (event_id, duty_id, recipient, kind, severity, created_at, release_at, data, message_id)
  SELECT (SELECT max(id) FROM events) - (SELECT count(*) FROM due) + n, d.id, d.recipient, step, d.severity, :now, :now,
    json_object('label', label, 'title', title, 'unit', unit, 'due_at', due_at), m.id
  FROM due d JOIN messages m ON m.recipient = d.recipient AND m.created_at = :now;
UPDATE duties SET next_action_at = :next WHERE id IN (SELECT id FROM due);
DROP TABLE due;
COMMIT;
"""
LADDER = (("blue", "蓝色督办单", 2, 2, 2), ("yellow", "黄色督办单", 5, 3, 2), ("red", "红色督办单", 10, 4, 3))


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
        values = {"now": instant_text(now), "next": instant_text(now + timedelta(days=3))}
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
    connection.executemany("INSERT INTO floor_ladder VALUES (?, ?, ?, ?, ?)", LADDER)
