"""Inspection rounds (检查轮次): opened once per kind and period, drawn by lot, dealt to those who go."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from rules.escalation import addressees
from rules.inspecting import Method
from rules.inspection import share_out
from rules.language import Text
from rules.lifecycle import ACTIVE
from rules.places import Part, Places, StandardItem
from rules.policy import Severity
from rules.roster import Role, Rung
from rules.rounds import OFFICE_TEAM, RoundPlan, checklists, deal, population, split
from rules.sampling import Sample, draw
from store.finding_queries import closed_since
from store.inspection_schema import rounds, visits
from store.ledger import Writing
from store.notices import NoticeDraft, add_notices
from store.rulebook import Rulebook
from store.schema import duties, events

_LOOK = Text("请检查", "please inspect")
_TO_COME = Text("检查预告", "inspection announced")
_IMPOSSIBLE = Text("检查无法开启", "a round cannot be opened")
LATELY = timedelta(days=90)
"""How long after a finding was closed its site may be drawn for a second look."""

# Two runs at once: the second finds the round that the first has opened.
_LOCK = 0x00D0BA1A


class NothingToInspect(Refusal):
    """没有可查的点位: no site with a checklist lies within the scope."""

    zh = "这次检查的范围里没有可查的点位：{why}。"
    en = "There is nothing to inspect within this scope: {why_en}."


async def open_round(write: Writing, book: Rulebook, known: Places, plan: RoundPlan) -> int | None:
    """Draw and open a round. None where one of its kind and period is there; NothingToInspect where no site is.

    An unannounced round is told only to those who go.
    """
    if await _is_there(write, plan):
        return None
    on = book.calendar.local(write.now).date()
    lists = checklists(known, plan.asked.level, plan.asked.scope.indicator)
    sample = await _drawn(write, known, plan, lists, on)
    teams = _teams(write, book, known, plan, sample, on)
    facts = _facts(plan, sample, teams)
    frozen = {type_: [_item(item) for item in items] for type_, items in lists.items()}
    (number,) = await write.add_numbered(rounds, [_row(write, plan, {**facts, "items": frozen})])
    await write.add_numbered(visits, [
        {"round_id": number, "site": site, "team": team, "row_key": f"R{number}-{place}",
         "data": {"type": known.sites[site].type, "answers": {}}}
        for place, (team, site) in enumerate(((team, site) for team, own in teams.items() for site in own), start=1)
    ])  # fmt: skip
    event = await write.record("round.opened", f"round:{number}", round_kind=plan.kind, period=plan.period, **facts)
    await _tell(write, book, known, plan, number, event, teams, on)
    return number


async def ask_for_a_look(write: Writing, book: Rulebook, plan: RoundPlan) -> int | None:
    """The round of an office without sites: supervisors look at what is open in each unit. None where it is there."""
    if await _is_there(write, plan):
        return None
    today = book.calendar.local(write.now).date()
    open_now = await _open_by_unit(write.connection, write.now)
    shares = share_out([row.unit for row in open_now], book.people_with(Role.SUPERVISOR), today.isocalendar().week)
    (number,) = await write.add_numbered(rounds, [_row(write, plan, {})])
    event = await write.record(
        "round.opened", f"round:{number}", round_kind=plan.kind, period=plan.period,
        shares={supervisor: list(units) for supervisor, units in shares.items()},
    )  # fmt: skip
    by_unit = {row.unit: row for row in open_now}
    await add_notices(write, book, [
        NoticeDraft(event_id=event, recipient=supervisor, kind="inspect", label=_LOOK, severity=Severity.ROUTINE,
                    title=unit, unit=unit, reason=_what_is_open(by_unit[unit]))
        for supervisor, units in shares.items() for unit in units
    ])  # fmt: skip
    return number


async def tell_office(write: Writing, book: Rulebook, plan: RoundPlan, why: Text) -> None:
    """A round that a cadence asks for could not be opened."""
    event = await write.record("round.impossible", f"slot:{plan.kind}/{plan.period}", why=list(why))
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event, person, "round_impossible", _IMPOSSIBLE, Severity.IMPORTANT, plan.asked.label.zh, reason=why
            )
            for person in book.office
        ],
    )


async def _is_there(write: Writing, plan: RoundPlan) -> bool:
    await write.one_at_a_time(_LOCK)
    query = select(rounds.c.id).where(rounds.c.kind == plan.kind, rounds.c.period == plan.period)
    return await write.connection.scalar(query) is not None


async def _drawn(
    write: Writing, known: Places, plan: RoundPlan, lists: Mapping[str, Sequence[StandardItem]], on: date
) -> Sample:
    everyone = population(known, plan.asked.scope, lists, on)
    if not everyone:
        raise _nothing(known, plan, lists)
    # Nobody chooses which event was the last one: the seed is fixed by then, and anyone can redo the draw with it.
    last = await write.connection.scalar(select(func.coalesce(func.max(events.c.id), 0)))
    seed = plan.seed or f"{plan.kind}/{plan.period}/{last}"
    closed = await closed_since(write.connection, write.now - LATELY) if plan.asked.revisited else ()
    return draw(everyone, plan.asked.size, seed, closed, plan.asked.revisited)


def _nothing(known: Places, plan: RoundPlan, lists: Mapping[str, Sequence[StandardItem]]) -> NothingToInspect:
    area, types = plan.asked.scope.area, {site.type for site in known.sites.values()}
    if not known.sites:
        return NothingToInspect(
            why="还没有登记点位，请先 duban site import", why_en="no sites: duban site import first"
        )
    if not lists:
        return NothingToInspect(why="没有这一层次、这项指标的检查标准", why_en="no standard has such items")
    if area and area not in known.areas:
        there = "、".join(known.areas)
        return NothingToInspect(why=f"没有“{area}”，有：{there}", why_en=f"there is no “{area}”, but: {there}")
    there = "、".join(sorted(types & set(lists)))
    return NothingToInspect(
        why=f"没有点位符合；有检查标准的类型：{there or '—'}",
        why_en=f"no site fits; types with a standard: {there or '—'}",
    )


def _teams(
    write: Writing, book: Rulebook, known: Places, plan: RoundPlan, sample: Sample, on: date
) -> Mapping[str, Sequence[str]]:
    if plan.asked.teams:
        return split(sample.drawn, known, plan.asked.teams)
    people = [book.roster.people[key] for key in book.people_with(Role.SUPERVISOR)]
    return deal(sample.drawn, known, people, on, book.calendar.local(write.now).toordinal())


def _facts(plan: RoundPlan, sample: Sample, teams: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the round was drawn from, and how: enough to redo the draw (promise 10)."""
    return {
        "label": list(plan.asked.label),
        "method": plan.asked.method.value,
        "level": plan.asked.level.value,
        "scope": plan.asked.scope.model_dump(exclude_none=True),
        "size": plan.asked.size.model_dump(exclude_none=True),
        "seed": sample.seed,
        "population": sample.population,
        "strata": [list(stratum) for stratum in sample.strata],
        "revisited": list(sample.revisited),
        "teams": {team: list(sites) for team, sites in teams.items()},
    }


def _item(item: StandardItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "text": item.text,
        "finding_type": item.finding_type,
        "severity": item.severity.value,
        "indicator": item.indicator,
    }


def _row(write: Writing, plan: RoundPlan, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": plan.kind,
        "period": plan.period,
        "opened_at": write.now,
        "opened_by": write.actor.key,
        "method": plan.asked.method.value,
        "ends_at": plan.ends_at,
        "data": data,
    }


async def _tell(
    write: Writing,
    book: Rulebook,
    known: Places,
    plan: RoundPlan,
    number: int,
    event: int,
    teams: Mapping[str, Sequence[str]],
    on: date,
) -> None:
    """Whoever goes hears of it; the units do where the round is announced."""
    until = f"{book.calendar.local(plan.ends_at):%m-%d %H:%M}" if plan.ends_at else "—"
    drafts = [
        NoticeDraft(
            event_id=event,
            recipient=person,
            kind="inspect",
            label=_LOOK,
            severity=Severity.ROUTINE,
            title=f"第 {number} 轮 {plan.asked.label.zh}：{len(sites)} 个点位",
            due_at=plan.ends_at,
            reason=Text(f"{team}，{until} 前完成", f"{team}, by {until}"),
        )
        for team, sites in teams.items()
        for person in _members(book, team, list(teams))
    ]
    if plan.asked.method is Method.ANNOUNCED:
        units = sorted({unit for own in teams.values() for site in own for unit in known.holders(site, Part.UNIT, on)})
        drafts += [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind="inspection_announced",
                label=_TO_COME,
                severity=Severity.ROUTINE,
                title=plan.asked.label.zh,
                unit=unit,
                due_at=plan.ends_at,
            )
            for unit in units
            for one in addressees((Rung.RESPONSIBLE,), book.chain_of(_as_duty(unit)), book.office)
        ]
    await add_notices(write, book, drafts)


def _members(book: Rulebook, team: str, teams: list[str]) -> Sequence[str]:
    """A team is one supervisor, the office, or one of several that the supervisors are dealt to in turn."""
    if team in book.roster.people:
        return (team,)
    if team == OFFICE_TEAM:
        return book.office
    people = book.people_with(Role.SUPERVISOR)
    return people[teams.index(team) :: len(teams)] or book.office


def _as_duty(unit: str) -> Mapping[str, str | None]:
    return {"unit": unit, "leader": None, "responsible": None}


async def _open_by_unit(connection: AsyncConnection, now: datetime) -> Sequence[Row[Any]]:
    """Units that have active duties, with how many there are and how many of them are overdue."""
    late = func.sum(case((duties.c.due_at < now, 1), else_=0))
    query = select(duties.c.unit, func.count().label("active"), late.label("late"))
    query = query.where(duties.c.state.in_([state.value for state in ACTIVE]))
    return (await connection.execute(query.group_by(duties.c.unit).order_by(duties.c.unit))).all()


def _what_is_open(row: Row[Any]) -> Text:
    return Text(f"在办 {row.active} 项，其中逾期 {row.late} 项", f"{row.active} open, {row.late} of them overdue")
