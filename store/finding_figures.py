"""Named queries behind the figures of findings (问题统计): their events and those of their duties, from the ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.history import LedgerEvent
from store.inspection_schema import findings, rounds, visits
from store.schema import events


async def finding_events(connection: AsyncConnection, until: datetime) -> Sequence[LedgerEvent]:
    """Everything that happened to findings and their rectifications before an instant, in the ledger's order."""
    of_duty = select(literal("duty:") + cast(findings.c.duty_id, String)).where(findings.c.duty_id.is_not(None))
    query = select(events.c.id, events.c.at, events.c.kind, events.c.subject, events.c.data)
    about = or_(events.c.subject.in_(of_duty), events.c.kind.startswith("finding."))
    rows = await connection.execute(
        query.where(about, events.c.kind != "duty.step", events.c.at < until).order_by(events.c.id)
    )
    return [LedgerEvent._make(row) for row in rows]


async def rounds_of_visits(connection: AsyncConnection) -> dict[int, str]:
    """The round of every visit, as kind and period."""
    query = select(visits.c.id, rounds.c.kind, rounds.c.period).join(rounds, rounds.c.id == visits.c.round_id)
    return {row.id: f"{row.kind} {row.period}" for row in await connection.execute(query)}
