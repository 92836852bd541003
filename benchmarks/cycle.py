"""One cycle (escalate, record, notify with digests) beside hand-written SQL doing the same on the same data."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Job, Pair, paired
from benchmarks.world import EARLIER, NOW, build
from settings import Settings
from store.schema import instant_text
from tasks.delivering import bundle
from tasks.office import open_office
from tasks.supervising import take_steps

FLOOR = """
BEGIN IMMEDIATE;
CREATE TEMP TABLE due AS
  SELECT d.id, d.unit, d.title, d.due_at, u.head, (SELECT max(id) FROM events) + row_number() OVER (ORDER BY d.id) AS event
  FROM duties d JOIN units u ON u.key = d.unit
  WHERE d.next_action_at <= :now AND NOT EXISTS
    (SELECT 1 FROM steps s WHERE s.duty_id = d.id AND s.episode = d.episode AND s.step = 'blue');
INSERT INTO events (id, at, actor, kind, subject, data)
  SELECT event, :now, 'system', 'duty.step', 'duty:' || id,
         json_object('step', 'blue', 'to', head, 'unit', unit, 'due_at', due_at, 'planned_at', :now) FROM due;
INSERT INTO steps (duty_id, episode, step, planned_at, taken_at, told, event_id)
  SELECT id, 1, 'blue', :now, :now, 1, event FROM due;
INSERT INTO messages (recipient, channel, target, severity, subject, body, created_at, next_attempt_at, attempts)
  SELECT head, 'inbox', head, 2, count(*) || ' 项', group_concat('- D' || id || ' ' || title, char(10)), :now, :now, 0
  FROM due GROUP BY head;
INSERT INTO notices (event_id, duty_id, recipient, kind, severity, created_at, release_at, data, message_id)
  SELECT d.event, d.id, d.head, 'blue', 2, :now, :now, json_object('title', d.title, 'unit', d.unit), m.id
  FROM due d JOIN messages m ON m.recipient = d.head;
UPDATE duties SET next_action_at = :next WHERE id IN (SELECT id FROM due);
DROP TABLE due;
COMMIT;
"""


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
