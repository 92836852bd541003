"""Domain events for Prefect (信号): an outbox of their own. They start flows sooner; the truth never waits for them."""

from collections.abc import Sequence

from sqlalchemy import Row, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from store.ledger import Writing
from store.schema import signals


async def signal(write: Writing, event_id: int, name: str, subject: str) -> None:
    """Have Prefect told of an event once this transaction is committed and its server is there."""
    await write.add(signals, [{"event_id": event_id, "name": name, "subject": subject, "at": write.now}])


async def waiting_signals(connection: AsyncConnection, limit: int) -> Sequence[Row[tuple[int, str, str, object]]]:
    """Signals that no server has taken yet, oldest first."""
    query = select(signals.c.event_id, signals.c.name, signals.c.subject, signals.c.at)
    return (await connection.execute(query.order_by(signals.c.event_id).limit(limit))).all()


async def forget_signals(write: Writing, taken: Sequence[tuple[int, str]]) -> None:
    """Remove signals that the server has taken."""
    key = tuple_(signals.c.event_id, signals.c.name)
    await write.connection.execute(delete(signals).where(key.in_(list(taken))))
