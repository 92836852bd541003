"""Named queries behind the weekly bulletin (督查通报): the ledger as it stood at the end of a week, in a few sets.

Duty rows only say which duties need not be looked at; every fact told comes from events and other rows never changed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Row, Select, String, and_, case, cast, func, literal, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.bulletin import SealMark, Week
from rules.history import OFFICE_ANCHORS, LedgerEvent
from rules.lifecycle import Action
from rules.policy import UNLIMITED, Budget
from rules.roster_index import RosterIndex
from rules.weekly import WeekBeforeOffice, WeekLedger, as_of
from rules.worktime import WorkCalendar
from store.inspection_reporting import inspection_ledger
from store.ledger import Writing
from store.past import organisation_at
from store.schema import duties, events, messages, seals

_FINISHING = (f"duty.{Action.CLOSE}", f"duty.{Action.WITHDRAW}")
_TOLD = (events.c.id, events.c.at, events.c.kind, events.c.subject, events.c.data)
_WEEK = timedelta(days=7)


class Span(NamedTuple):
    """台账区间: the numbers of events from the week's first up to, not including, the first after it."""

    first: int
    end: int


async def week_ledger(connection: AsyncConnection, calendar: WorkCalendar, week: Week, now: datetime) -> WeekLedger:
    """Everything the bulletin of a week rests on, as the ledger stood at its end; `calendar` gives zone and hours.

    WeekNotBegun for a week that lies ahead of `now`, WeekBeforeOffice for one before the first event.
    """
    at = as_of(week, now, calendar)
    first = await connection.scalar(select(events.c.at).order_by(events.c.id).limit(1))
    if first and first >= week.ends(calendar.zone):
        raise WeekBeforeOffice(week=week.name, monday=week.monday, since=calendar.local(first).date())
    begins = week.begins(calendar.zone)
    span = await _span(connection, begins, at, now)
    told = [*await _histories(connection, span), *await _steps(connection, span)]
    organisation = await organisation_at(connection, span.end)
    known = calendar.with_overrides(organisation.days)
    sent = await _messages(connection, span)
    return WeekLedger(
        week=week,
        as_of=at,
        first_event=span.first,
        last_event=span.end - 1,
        events=sorted((LedgerEvent._make(row) for row in told), key=attrgetter("number")),
        messages=[(number, organisation.unit_of.get(recipient)) for number, recipient in sent],
        seal=await _seal_over(connection, span.end - 1),
        roster=RosterIndex(organisation.roster),
        held=await _held(connection, span),
        budget=await _budget(connection, span),
        calendar=known,
        inspection=await inspection_ledger(connection, known, begins, at, span.end),
    )


async def record_bulletin(write: Writing, name: str, last_event: int, files: Mapping[str, str]) -> bool:
    """Record that a bulletin was written, with its files' hashes; False where just these were recorded before."""
    subject = f"bulletin:{name}"
    known = select(events.c.data).where(events.c.subject == subject)
    if any(data["files"] == files for data in await write.connection.scalars(known)):
        return False
    await write.record("bulletin.written", subject, last_event=last_event, files=dict(files))
    return True


async def _span(connection: AsyncConnection, begins: datetime, ends: datetime, now: datetime) -> Span:
    """A week's events by number: it begins with the first event of its time and ends before the first of a later one.

    So an event recorded late, under an instant of a week gone by, counts in the week it was recorded in, and a
    bulletin once written stays as it is.
    """
    newest = int(await connection.scalar(select(func.coalesce(func.max(events.c.id), 0))) or 0)
    first, end = [await _first_since(connection, edge, now) for edge in (begins, ends)]
    return Span(first or newest + 1, end or newest + 1)


async def _first_since(connection: AsyncConnection, edge: datetime, now: datetime) -> int | None:
    """The first event of a time: of the week after it, so that one dated far ahead by a wrong clock ends no week."""
    soon = func.min(case((events.c.at < edge + _WEEK, events.c.id)))
    query = select(func.coalesce(soon, func.min(events.c.id))).where(events.c.at >= edge, events.c.at <= now)
    number: int | None = await connection.scalar(query)
    return number


def _in_play(span: Span) -> Select[Any]:
    """Duties not finished when the week began: unfinished to this day, or finished by an event since."""
    since = select(events.c.subject).where(events.c.id >= span.first, events.c.kind.in_(_FINISHING))
    unfinished = or_(duties.c.finished_at.is_(None), _subject("duty", duties.c.id).in_(since))
    return select(duties.c.id, duties.c.obligation_id).where(unfinished)


async def _histories(connection: AsyncConnection, span: Span) -> Sequence[Row[Any]]:
    """What happened to the duties in play and to their table rows, but for steps; a part is in play with its whole."""
    known = _in_play(span).subquery()
    subjects = union(
        select(_subject("duty", known.c.id)),
        select(_subject("obligation", known.c.obligation_id)).where(known.c.obligation_id.is_not(None)),
    )
    query = select(*_TOLD).where(events.c.subject.in_(subjects), events.c.id < span.end, events.c.kind != "duty.step")
    return (await connection.execute(query)).all()


async def _steps(connection: AsyncConnection, span: Span) -> Sequence[Row[Any]]:
    """The week's steps, and before it the last one of each duty in play that pressed its unit."""
    known = select(_subject("duty", _in_play(span).subquery().c.id))
    pressing = events.c.data["anchor"].as_string().not_in([anchor.value for anchor in OFFICE_ANCHORS])
    earlier = select(func.max(events.c.id)).where(events.c.subject.in_(known), events.c.kind == "duty.step", pressing)
    earlier = earlier.where(events.c.id < span.first).group_by(events.c.subject)
    in_week = and_(events.c.id >= span.first, events.c.id < span.end, events.c.kind == "duty.step")
    return (await connection.execute(select(*_TOLD).where(or_(in_week, events.c.id.in_(earlier))))).all()


async def _messages(connection: AsyncConnection, span: Span) -> Sequence[Row[tuple[int, str]]]:
    """Messages delivered in the week: the event that says so, and the recipient."""
    number = cast(func.substr(events.c.subject, len("message:") + 1), BigInteger)
    query = select(events.c.id, messages.c.recipient).join(messages, messages.c.id == number)
    query = query.where(events.c.id >= span.first, events.c.id < span.end, events.c.kind == "message.accepted")
    return (await connection.execute(query.order_by(events.c.id))).all()


async def _held(connection: AsyncConnection, span: Span) -> Sequence[tuple[int, str]]:
    """Notices held in the week because a unit's budget was used up: the event of each, and the unit."""
    query = select(events.c.id, events.c.data).where(events.c.id >= span.first, events.c.id < span.end)
    rows = await connection.execute(query.where(events.c.kind == "notice.held").order_by(events.c.id))
    return [(row.id, row.data["unit"]) for row in rows]


async def _budget(connection: AsyncConnection, span: Span) -> Budget:
    """The burden budget of the policy in force when the week ended; policies from before there was one have none."""
    query = select(events.c.data).where(events.c.kind == "policy.adopted", events.c.id < span.end)
    told = await connection.scalar(query.order_by(events.c.id.desc()).limit(1))
    budget = told["policy"].get("budget") if told else None
    return Budget.model_validate(budget) if budget else UNLIMITED


def _subject(kind: str, number: Any) -> Any:
    return literal(f"{kind}:") + cast(number, String)


async def _seal_over(connection: AsyncConnection, last_event: int) -> SealMark | None:
    """The first seal that covers an event and all before it."""
    query = select(seals.c.hash, seals.c.last_event).where(seals.c.last_event >= last_event)
    row = (await connection.execute(query.order_by(seals.c.id).limit(1))).first()
    return SealMark(*row) if row else None
