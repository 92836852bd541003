"""Named queries about findings (问题): the queue, one with its story, and what the rules compare new ones with."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from rules.findings import FindingState, Sighting
from rules.lifecycle import DutyState
from rules.relapse import Closed
from store.inspection_schema import findings
from store.ledger import Writing
from store.schema import duties

_STANDING = (FindingState.NEW.value, FindingState.ACCEPTED.value)
_TOLD = (
    findings.c.id,
    findings.c.found_at,
    findings.c.type,
    findings.c.text,
    findings.c.site,
    findings.c.place,
    findings.c.visit_id,
)
_WITH_DUTY = findings.join(duties, duties.c.id == findings.c.duty_id, isouter=True)


class NoSuchFinding(Refusal):
    """没有这个问题: the number names no finding."""

    zh = "没有编号为 F{finding} 的问题。"
    en = "There is no finding F{finding}."


def _listed() -> Select[Any]:
    """A finding with where its rectification stands."""
    duty = (duties.c.state.label("duty_state"), duties.c.due_at, duties.c.returns, duties.c.rechecker)
    return select(findings, *duty).select_from(_WITH_DUTY)


async def finding(connection: AsyncConnection, number: int) -> Row[Any]:
    """One finding with where its rectification stands. NoSuchFinding for a number that names none."""
    row = (await connection.execute(_listed().where(findings.c.id == number))).first()
    if row is None:
        raise NoSuchFinding(finding=number)
    return row


async def newest_finding(connection: AsyncConnection) -> int:
    """The number of the finding recorded last; 0 before the first."""
    return int(await connection.scalar(select(func.coalesce(func.max(findings.c.id), 0))) or 0)


async def locked_finding(write: Writing, number: int) -> Row[Any]:
    """One finding, held until the transaction ends."""
    row = (await write.connection.execute(select(findings).where(findings.c.id == number).with_for_update())).first()
    if row is None:
        raise NoSuchFinding(finding=number)
    return row


async def listing(
    connection: AsyncConnection, state: FindingState | None = None, unit: str | None = None
) -> Sequence[Row[Any]]:
    """The queue: what is not finished or not answered yet, or all in one state; of every unit or of one."""
    unfinished = findings.c.state.in_(_STANDING) & duties.c.finished_at.is_(None)
    unsettled = or_(unfinished, findings.c.remind_at.is_not(None))
    query = _listed().where(findings.c.state == state.value if state else unsettled)
    if unit:
        query = query.where(findings.c.unit == unit)
    return (await connection.execute(query.order_by(findings.c.id))).all()


async def any_finding_waits(connection: AsyncConnection, now: datetime) -> bool:
    """Whether the office must be reminded of a finding now."""
    return await connection.scalar(select(findings.c.id).where(findings.c.remind_at <= now).limit(1)) is not None


async def merged_into(connection: AsyncConnection, number: int) -> Sequence[int]:
    """The findings that were merged into this one."""
    query = select(findings.c.id).where(findings.c.duplicate_of == number).order_by(findings.c.id)
    return (await connection.scalars(query)).all()


async def concerned(connection: AsyncConnection, number: int) -> tuple[set[str], set[str]]:
    """The units and people of a finding: its owner, and who re-checks it (or the one it was merged into)."""
    whole = findings.alias()
    query = (
        select(findings.c.unit, findings.c.finder, duties.c.unit.label("duty_unit"), duties.c.rechecker)
        .select_from(findings)
        .join(whole, or_(whole.c.id == findings.c.duplicate_of, whole.c.id == findings.c.id))
        .join(duties, duties.c.id == whole.c.duty_id, isouter=True)
    )
    rows = (await connection.execute(query.where(findings.c.id == number))).all()
    units = {unit for row in rows for unit in (row.unit, row.duty_unit) if unit}
    return units, {person for row in rows for person in (row.finder, row.rechecker) if person}


async def standing_sightings(connection: AsyncConnection, types: Collection[str], since: datetime) -> list[Sighting]:
    """Findings of these types found since then that are still in the queue or being rectified."""
    query = select(*_TOLD).select_from(_WITH_DUTY)
    open_ = findings.c.state.in_(_STANDING) & duties.c.finished_at.is_(None)
    rows = await connection.execute(query.where(open_, findings.c.type.in_(types), findings.c.found_at >= since))
    return [Sighting._make(row) for row in rows]


async def closed_sightings(connection: AsyncConnection, types: Collection[str], since: datetime) -> list[Closed]:
    """Findings of these types whose rectification was closed since then."""
    query = select(*_TOLD, duties.c.finished_at).select_from(_WITH_DUTY)
    closed = (duties.c.state == DutyState.CLOSED.value, duties.c.finished_at >= since)
    rows = await connection.execute(query.where(*closed, findings.c.type.in_(types)))
    return [Closed(Sighting._make(row[:-1]), row[-1]) for row in rows]


async def closed_since(connection: AsyncConnection, since: datetime) -> Sequence[str]:
    """Sites with findings closed since then, for re-visiting a sample of them (回访)."""
    query = select(findings.c.site).select_from(_WITH_DUTY).distinct().order_by(findings.c.site)
    closed = (duties.c.state == DutyState.CLOSED.value, duties.c.finished_at >= since)
    return (await connection.scalars(query.where(*closed, findings.c.site.is_not(None)))).all()
