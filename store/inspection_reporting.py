"""Named queries behind 检查与整改 in the bulletin: findings, slots and policies as the ledger stood before an event."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, cast, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.history import LedgerEvent
from rules.inspecting import Cadence, Method
from rules.inspection_week import InspectionLedger
from rules.policy import Policy
from rules.slots import Holding, owed
from rules.triage import Reminders
from rules.worktime import WorkCalendar
from store.finding_figures import finding_events
from store.inspection_schema import rounds, visits
from store.schema import events


class _Adopted(NamedTuple):
    """A policy with the event of its adoption."""

    event: int
    at: datetime
    policy: Policy


async def inspection_ledger(
    connection: AsyncConnection, calendar: WorkCalendar, since: datetime, until: datetime, end: int
) -> InspectionLedger:
    """What 检查与整改 of a period rests on: nothing but events before `until` that are numbered below `end`.

    `calendar` is the office's as it stood then.
    """
    adopted = await _policies(connection, end)
    held = [Holding(calendar.local(one.at).date(), one.policy.cadences, one.event) for one in adopted]
    days = [calendar.local(at).date() for at in (since, until)]
    return InspectionLedger(
        findings=[event for event in await finding_events(connection, until) if event.number < end],
        slots=await _slot_events(connection, until, end),
        owed=tuple(owed(held, calendar, *days)),
        cadences=_cadences(adopted),
        concealed=await _concealed(connection, end),
        **({"answer_due": Reminders(adopted[-1].policy, calendar).answer_due} if adopted else {}),
    )


async def _policies(connection: AsyncConnection, end: int) -> Sequence[_Adopted]:
    """Every policy adopted by then, the oldest first."""
    query = select(events.c.id, events.c.at, events.c.data).where(events.c.kind == "policy.adopted", events.c.id < end)
    rows = await connection.execute(query.order_by(events.c.id))
    return [_Adopted(row.id, row.at, Policy.model_validate(row.data["policy"])) for row in rows]


def _cadences(adopted: Sequence[_Adopted]) -> Mapping[str, Cadence]:
    """Those of earlier policies too: their slots run on."""
    return {cadence.key: cadence for one in adopted for cadence in one.policy.cadences}


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
