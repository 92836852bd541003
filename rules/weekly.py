"""From the ledger of a week to its bulletin (编制通报): pure, so the same events give the same bulletin at any time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rules.bulletin import Bulletin, ClosedDuty, OverdueDuty, SealMark, Week
from rules.counting import Tally, columns, in_time
from rules.errors import Refusal
from rules.finding_figures import Period
from rules.history import Change, History, LedgerEvent, Standing
from rules.inspection_week import InspectionLedger, compose_inspection
from rules.lifecycle import Action, is_overdue
from rules.policy import UNLIMITED, Budget
from rules.roster import Rung
from rules.roster_index import RosterIndex
from rules.worktime import WorkCalendar

_DAY, _MOMENT = timedelta(days=1), timedelta(microseconds=1)


class WeekNotBegun(Refusal):
    """这一周还没有开始: a bulletin was asked for a week that lies ahead."""

    zh = "{week} 这一周（{monday} 起）还没有开始，没有可通报的内容。请指定已经开始的一周里的任意一天。"
    en = "Week {week} (from {monday}) has not begun, so there is nothing to tell. Name a day of a week that has."


class WeekBeforeOffice(Refusal):
    """那时还没有台账: a bulletin was asked for a week that ended before the ledger begins."""

    zh = "{week} 这一周（{monday} 起）还没有台账，没有可通报的内容；台账从 {since} 开始。"
    en = "Week {week} (from {monday}) ended before the ledger begins, on {since}: there is nothing to tell."


@dataclass(frozen=True, slots=True)
class WeekLedger:
    """一周台账: what a bulletin rests on, as the ledger stood at `as_of` (local).

    `events` are about duties and table rows, in order, up to `last_event`; those from `first_event` on are the week's.
    `messages` are the week's delivered messages: the event of each, and the unit of whoever got it (None: of none).
    `held` are the notices held for the next week: the event of each, and the unit. `roster`, `calendar` and
    `budget` are as they stood then.
    """

    week: Week
    as_of: datetime
    first_event: int
    last_event: int
    events: Sequence[LedgerEvent]
    messages: Sequence[tuple[int, str | None]]
    seal: SealMark | None
    roster: RosterIndex
    calendar: WorkCalendar
    held: Sequence[tuple[int, str]] = ()
    budget: Budget = UNLIMITED
    inspection: InspectionLedger = field(default_factory=InspectionLedger)


def as_of(week: Week, now: datetime, calendar: WorkCalendar) -> datetime:
    """数据截止: the end of the week, or now in a running one, on the office's clock. WeekNotBegun for one ahead."""
    if now <= week.begins(calendar.zone):
        raise WeekNotBegun(week=week.name, monday=week.monday)
    return min(calendar.local(now), week.ends(calendar.zone))


def compose_bulletin(ledger: WeekLedger) -> Bulletin:
    """督查通报 of a week."""
    history, tally = History(), Tally()
    before = [event for event in ledger.events if event.number < ledger.first_event]
    for event in before:
        history.take(event)
    tally.begin_with(history.in_hand())
    changes = [change for event in ledger.events[len(before) :] if (change := history.take(event))]
    tally.add_changes(changes)
    tally.end_with(history.in_hand(), ledger.as_of)
    others = tally.add_messages(ledger.messages)
    tally.add_held(ledger.held)
    return Bulletin(
        week=ledger.week,
        as_of=ledger.as_of,
        first_event=ledger.first_event,
        last_event=ledger.last_event,
        seal=ledger.seal,
        measures=columns(changes),
        units=tally.units(history.rows_of_units()),
        others=others,
        overdue=tuple(_overdue(ledger, history)),
        closed=tuple(_closed(ledger, history, changes)),
        budget=ledger.budget,
        inspection=compose_inspection(
            ledger.inspection, Period(ledger.week.begins(ledger.calendar.zone), ledger.as_of)
        ),
    )


def _overdue(ledger: WeekLedger, history: History) -> Iterator[OverdueDuty]:
    """The longest overdue first."""
    local = ledger.calendar.local
    late = [duty for duty in history.in_hand() if is_overdue(duty.state, duty.due_at, ledger.as_of)]
    last_day = (ledger.as_of - _MOMENT).date()
    days = {due: _workdays(ledger.calendar, due, last_day) for due in {local(duty.due_at).date() for duty in late}}
    for duty in sorted(late, key=lambda duty: (duty.due_at, duty.duty)):
        due_at = local(duty.due_at)
        yield OverdueDuty(
            duty=duty.duty,
            item_no=history.item_no(duty.obligation),
            task=duty.title,
            unit=duty.unit,
            leader=_leader(ledger.roster, duty),
            due_at=due_at,
            days=days[due_at.date()],
            last_step=duty.last_step,
            last_step_at=duty.last_step_at and local(duty.last_step_at),
            awaits=duty.pending,
        )


def _closed(ledger: WeekLedger, history: History, changes: Sequence[Change]) -> Iterator[ClosedDuty]:
    """In the order they were closed."""
    local = ledger.calendar.local
    for change in changes:
        if change.rule and change.rule.action is Action.CLOSE:
            duty = change.after
            yield ClosedDuty(
                duty=duty.duty,
                item_no=history.item_no(duty.obligation),
                task=duty.title,
                unit=duty.unit,
                due_at=local(duty.due_at),
                reported_at=duty.reported_at and local(duty.reported_at),
                closed_at=local(change.event.at),
                in_time=in_time(duty),
                event=change.event.number,
            )


def _leader(roster: RosterIndex, duty: Standing) -> str:
    """责任领导 of a duty by name; empty where its chain has none."""
    key = roster.chain_of(duty.unit, duty.leader, duty.responsible).get(Rung.LEADER)
    return roster.roster.people[key].name if key else ""


def _workdays(calendar: WorkCalendar, after: date, until: date) -> int:
    """The working days after one day up to another, that one included."""
    return sum(calendar.is_workday(after + number * _DAY) for number in range(1, (until - after).days + 1))
