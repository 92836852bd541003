"""Vendors' limits held across processes and restarts (限流): what has departed, how long a robot must rest."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from store.ledger import Writing
from store.outbox import may_be_sent
from store.schema import deliveries, messages


async def alone(write: Writing, counted_as: str) -> None:
    """Until this transaction ends, no other one claims for what the vendor counts as the same robot."""
    if write.connection.dialect.name == "postgresql":
        await write.connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(counted_as))))


async def departures(write: Writing, counted_as: str, since: datetime) -> Sequence[datetime]:
    """When messages left for this robot after an instant, oldest first, whatever channel name they went under."""
    query = select(deliveries.c.begun_at).where(deliveries.c.counted_as == counted_as, deliveries.c.begun_at > since)
    return (await write.connection.scalars(query.order_by(deliveries.c.begun_at))).all()


async def rests_until(write: Writing, counted_as: str) -> datetime | None:
    """Until when the vendor has asked this robot to stay away, or None where it may go on."""
    query = select(func.max(deliveries.c.resume_at)).where(deliveries.c.counted_as == counted_as)
    until: datetime | None = await write.connection.scalar(query.where(deliveries.c.resume_at > write.now))
    return until


async def postpone(write: Writing, channel: str, until: datetime) -> None:
    """What waits for a channel and was not claimed waits until an instant; order and attempts stay as they are."""
    waiting = update(messages).where(messages.c.channel == channel, *may_be_sent(write.now))
    await write.connection.execute(waiting.values(next_attempt_at=until))
