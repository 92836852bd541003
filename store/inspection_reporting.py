"""Named queries behind 检查与整改 in the bulletin: findings, slots and policies as the ledger stood before an event."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import String, cast, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.history import LedgerEvent
from rules.inspecting import Cadence, Method
from rules.inspection_week import InspectionLedger
from rules.policy import Policy
from rules.triage import Reminders
from rules.worktime import WorkCalendar
from store.finding_figures import finding_events
from store.inspection_schema import rounds, visits
from store.schema import events


async def inspection_ledger(
    connection: AsyncConnection, calendar: WorkCalendar, until: datetime, end: int
) -> InspectionLedger:
    """What 检查与整改 rests on: nothing but events before `until` that are numbered below `end`.

    `calendar` is the office's as it stood then.
    """
    adopted = await _policies(connection, end)
    return InspectionLedger(
        findings=[event for event in await finding_events(connection, until) if event.number < end],
        slots=await _slot_events(connection, until, end),
        cadences=_cadences(adopted),
        concealed=await _concealed(connection, end),
        **({"answer_due": Reminders(adopted[-1], calendar).answer_due} if adopted else {}),
    )


async def _policies(connection: AsyncConnection, end: int) -> Sequence[Policy]:
    """Every policy adopted by then, the oldest first."""
    query = select(events.c.data).where(events.c.kind == "policy.adopted", events.c.id < end).order_by(events.c.id)
    return [Policy.model_validate(data["policy"]) for data in await connection.scalars(query)]


def _cadences(adopted: Sequence[Policy]) -> Mapping[str, Cadence]:
    """Those of earlier policies too: their slots run on."""
    return {cadence.key: cadence for policy in adopted for cadence in policy.cadences}


async def _slot_events(connection: AsyncConnection, until: datetime, end: int) -> Sequence[LedgerEvent]:
    query = select(events.c.id, events.c.at, events.c.kind, events.c.subject, events.c.data)
    query = query.where(events.c.kind.in_(("slot.opened", "slot.done")), events.c.id < end, events.c.at < until)
    return [LedgerEvent._make(row) for row in await connection.execute(query.order_by(events.c.id))]


async def _concealed(connection: AsyncConnection, end: int) -> frozenset[int]:
    """The visits of unannounced rounds that were not finished by then."""
    finished = select(events.c.subject).where(events.c.kind == "round.finished", events.c.id < end)
    query = select(visits.c.id).join(rounds, rounds.c.id == visits.c.round_id)
    query = query.where(rounds.c.method == Method.UNANNOUNCED.value)
    query = query.where((literal("round:") + cast(rounds.c.id, String)).not_in(finished))
    return frozenset(await connection.scalars(query))
