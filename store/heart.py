"""The heartbeat in the database (报平安): when each part of the engine last came through."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.heart import Pulse, pulses
from store.ledger import Writing
from store.schema import policies
from store.setup_schema import heartbeats


async def beat(write: Writing, name: str) -> None:
    """This part came through at this instant; an outside watchdog reads when that was last."""
    await write.connection.execute(delete(heartbeats).where(heartbeats.c.name == name))
    await write.add(heartbeats, [{"name": name, "beat_at": write.now}])


async def pulses_at(connection: AsyncConnection, now: datetime) -> tuple[Pulse, ...]:
    """Every part's pulse at an instant; the first policy was adopted when the office was set up."""
    beats = {row.name: row.beat_at for row in await connection.execute(select(heartbeats))}
    return pulses(beats, await connection.scalar(select(func.min(policies.c.adopted_at))), now)
