"""The step that beats the heart (报平安): in the database and, for a watchdog on this machine, in a file."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from rules.heart import Pulse
from store.heart import beat, pulses_at
from store.ledger import writing
from tasks.office import Office

FILE = "heartbeat"


@task(name="报平安 beat the heart", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def beat_heart(office: Office, now: datetime, name: str) -> None:
    """Say that a part of the engine came through at `now`: audit, cycle or delivery."""
    async with writing(office.store, now) as write:
        await beat(write, name)
    async with office.store.reading() as connection:
        told = await pulses_at(connection, now)
    _write(office.settings.home / FILE, told)


def _write(file: Path, told: Sequence[Pulse]) -> None:
    """The last beat of each part as JSON; a reader never finds half of it."""
    beats = {one.name: one.beat_at.isoformat() if one.beat_at else None for one in told}
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(json.dumps(beats) + "\n", encoding="utf-8")
    draft.replace(file)
