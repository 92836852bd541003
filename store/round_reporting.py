"""The named query behind one round's report (检查报告)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.findings import STATE_LABELS, FindingState
from rules.lifecycle import STATE_LABELS as DUTY_LABELS
from rules.lifecycle import DutyState
from rules.places import Part
from rules.round_report import Found, ItemResult, RoundNotFinished, RoundReport
from rules.visits import Verdict, Visit
from rules.worktime import WorkCalendar
from store.inspection_schema import evidence_links, findings, visits
from store.places import places
from store.schema import duties
from store.visits import round_of, visits_of


async def round_report(connection: AsyncConnection, calendar: WorkCalendar, number: int, now: datetime) -> RoundReport:
    """One finished round as it stands now. NoSuchRound; RoundNotFinished names the sites still missing."""
    row = await round_of(connection, number)
    known = await visits_of(connection, row)
    if row.finished_at is None:
        missing = [visit.site for visit in known.values() if not visit.is_complete({})]
        raise RoundNotFinished(round=number, count=len(missing), missing="、".join(missing))
    sites, on = await places(connection), calendar.local(row.opened_at).date()
    items = {(type_, one["code"]): one["text"] for type_, own in row.data["items"].items() for one in own}
    units = {visit.site: "、".join(sites.holders(visit.site, Part.UNIT, on)) for visit in known.values()}
    return RoundReport(
        number=number,
        method=row.method,
        told=row.data,
        finished_at=calendar.local(row.finished_at),
        as_of=calendar.local(now),
        results=tuple(_result(visit, code, units, items) for visit in known.values() for code in sorted(visit.answers)),
        found=await _found(connection, number),
        photos=await _photos(connection, number),
    )


def _result(visit: Visit, code: str, units: Mapping[str, str], items: Mapping[tuple[str, str], str]) -> ItemResult:
    said = visit.answers[code]
    item = f"{code} {items.get((visit.type, code), '')}（{visit.type}）"
    return ItemResult(visit.site, units[visit.site] or "—", visit.team, item, Verdict(said["verdict"]), said["text"])


def _of_round(number: int) -> Any:
    return select(visits.c.id).where(visits.c.round_id == number)


async def _found(connection: AsyncConnection, number: int) -> tuple[Found, ...]:
    joined = findings.join(duties, duties.c.id == findings.c.duty_id, isouter=True)
    query = select(findings, duties.c.state.label("duty_state")).select_from(joined)
    rows = await connection.execute(query.where(findings.c.visit_id.in_(_of_round(number))).order_by(findings.c.id))
    return tuple(
        Found(
            row.id, row.site or row.place, row.type, row.unit or "—",
            DUTY_LABELS[DutyState(row.duty_state)] if row.duty_state else STATE_LABELS[FindingState(row.state)],
        )
        for row in rows
    )  # fmt: skip


async def _photos(connection: AsyncConnection, number: int) -> int:
    """Files shown for the round's visits and findings."""
    of_visit = select(literal("visit:") + cast(visits.c.id, String)).where(visits.c.round_id == number)
    of_finding = select(literal("finding:") + cast(findings.c.id, String))
    of_finding = of_finding.where(findings.c.visit_id.in_(_of_round(number)))
    about = or_(evidence_links.c.subject.in_(of_visit), evidence_links.c.subject.in_(of_finding))
    return int(await connection.scalar(select(func.count()).select_from(evidence_links).where(about)) or 0)
