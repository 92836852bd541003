"""The people of the demo (演示中的人): how the sample's units answer, day by day, so that every kind of end is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from rules.lifecycle import Action, Actor, DutyState
from rules.roster import Role
from store.acting import Given, act
from store.rulebook import Rulebook
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
    verifiers = (*book.people_with(Role.SUPERVISOR), *book.people_with(Role.OFFICE))
    done = 0
    async with office.store.reading() as connection:
        rows = (await connection.execute(select(duties).where(duties.c.state.in_(_ACTIVE)).order_by(duties.c.id))).all()
    for row in rows:
        opened, due = (book.calendar.local(at).date() for at in (row.opened_at, row.due_at))
        action = _action(habits[row.unit], DutyState(row.state), opened, due, now.date(), first=row.episode == 1)
        if action is None:
            continue
        own = next(iter(book.chain_of(row._mapping).values()))
        actor = _verifier(book, verifiers, row) if row.state == DutyState.REPORTED else Actor(own, row.unit)
        async with office.deciding(now, actor) as (write, decided):
            await act(write, decided, row.id, action, Given(reason="现场仍有问题" if action is Action.RETURN else ""))
        done += 1
    return done


def _verifier(book: Rulebook, verifiers: Sequence[str], duty: Row[Any]) -> Actor:
    """Whom the lot fell on, else someone who may check: neither of the unit nor the one who reported it."""
    if duty.rechecker:
        drawn = book.roster.people[duty.rechecker]
        return Actor(drawn.key, drawn.unit, drawn.roles)
    people = [book.roster.people[verifiers[(duty.id + turn) % len(verifiers)]] for turn in range(len(verifiers))]
    free = next(person for person in people if person.unit != duty.unit and person.key != duty.reported_by)
    return Actor(free.key, free.unit, free.roles)


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
