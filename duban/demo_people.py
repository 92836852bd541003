"""The people of the demo (演示中的人): how the sample's units answer, day by day, so that every kind of end is seen."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from rules.lifecycle import Action, Actor, DutyState
from rules.roster import Chain, Role
from store.acting import Given, act
from store.schema import duties
from tasks.office import Office

_ACTIVE = (DutyState.OPEN, DutyState.ACCEPTED, DutyState.REPORTED)


@dataclass(frozen=True, slots=True)
class Habit:
    """办理习惯: days after opening to accept, days before (or, negative, after) the deadline to report; None: never."""

    accepts_after: int | None
    reports_before: int | None


DILIGENT, LATE, SILENT = Habit(0, 1), Habit(3, -4), Habit(None, None)


def habit_of(place: int) -> Habit:
    """Most units answer in time, one in five late, one in five not at all."""
    return {3: LATE, 4: SILENT}.get(place % 5, DILIGENT)


async def live_a_day(office: Office, now: datetime) -> int:
    """Everyone does what their habit says today; supervisors check what was reported. Returns how many actions."""
    book = await office.rulebook()
    habits = {unit: habit_of(place) for place, unit in enumerate(sorted(book.roster.units))}
    supervisors = book.people_with(Role.SUPERVISOR)
    done = 0
    async with office.store.reading() as connection:
        rows = (await connection.execute(select(duties).where(duties.c.state.in_(_ACTIVE)).order_by(duties.c.id))).all()
    for row in rows:
        opened, due = (book.calendar.local(at).date() for at in (row.opened_at, row.due_at))
        action = _action(habits[row.unit], DutyState(row.state), opened, due, now.date(), first=row.episode == 1)
        if action is None:
            continue
        verifies = row.state == DutyState.REPORTED
        key = supervisors[row.id % len(supervisors)] if verifies else _answers_for(book.chain_of(row._mapping))
        person = book.roster.people[key]
        actor = Actor(key, person.unit if verifies else row.unit, person.roles)
        async with office.deciding(now, actor) as (write, decided):
            await act(write, decided, row.id, action, Given(reason="现场仍有问题" if action is Action.RETURN else ""))
        done += 1
    return done


def _answers_for(chain: Chain) -> str:
    return next(iter(chain.values()))


def _action(habit: Habit, state: DutyState, opened: date, due: date, today: date, first: bool) -> Action | None:
    if state is DutyState.REPORTED:
        # One report in eight does not hold up at its first check.
        return Action.RETURN if first and (opened.toordinal() + due.day) % 8 == 0 else Action.CLOSE
    if habit.accepts_after is None or habit.reports_before is None:
        return None
    if state is DutyState.OPEN and (today - opened).days >= habit.accepts_after:
        return Action.ACCEPT
    if state is DutyState.ACCEPTED and (due - today).days <= habit.reports_before:
        return Action.REPORT
    return None
