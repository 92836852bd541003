"""Slots (频次时段): each time a cadence asks for something, and until when. One not done is a shortfall (缺次)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import NamedTuple

from rules.cadence import occurrences
from rules.inspecting import Cadence, Phase
from rules.reading import Deadline, DeadlineKind
from rules.worktime import WorkCalendar

_ALWAYS = (Phase(),)
_DAY = timedelta(days=1)
_EPOCH = 2000
"""The year whose first day longer intervals are counted from where no phase begins."""


class Slot(NamedTuple):
    """一次: `key` names it whenever it is computed, such as "2026-03-02#3"; instants are local, `ends_at` included."""

    cadence: str
    key: str
    opens_at: datetime
    ends_at: datetime


class Holding(NamedTuple):
    """施行: the cadences of a policy, in force from this day until the next one is; `event` is its adoption's."""

    since: date
    cadences: tuple[Cadence, ...]
    event: int = 0


class Owed(NamedTuple):
    """应检: a slot that a policy asked for, whether or not anybody ever opened it."""

    cadence: Cadence
    slot: Slot
    event: int


def owed(held: Sequence[Holding], calendar: WorkCalendar, since: date, until: date) -> Iterator[Owed]:
    """What is asked for on these days, both included, by the policy in force on the day each slot begins.

    A slot that had begun before any policy held is nobody's shortfall. `held` is in order of time.
    """
    for holding, following in zip_longest(held, held[1:]):
        replaced = following.since if following else date.max
        for cadence in holding.cadences if holding.since <= until else ():
            for slot in slots(cadence, calendar, since, until):
                if holding.since <= slot.opens_at.date() < replaced:
                    yield Owed(cadence, slot, holding.event)


def slots(cadence: Cadence, calendar: WorkCalendar, since: date, until: date) -> tuple[Slot, ...]:
    """The slots of a cadence that run on one of these days, both included, in order."""
    rules = tuple(
        Deadline(cadence.rule, DeadlineKind.RECURRING, start=phase.begins, due=phase.ends, rrule=cadence.rule)
        for phase in cadence.phases or _ALWAYS
    )
    # Longer intervals are counted from one year on, so that the turn of a year cuts none of them short.
    found = occurrences(rules, since=since, until=until, year=_counted_from(cadence, since), standing_rule="")
    made = (
        Slot(cadence.key, one.key, datetime.combine(one.opens, time(), calendar.zone), calendar.end_of(one.due))
        for one in found
        if one.opens
    )
    return tuple(sorted((slot for slot in made if cadence.rest_days or _worked(slot, calendar)), key=_in_order))


def _counted_from(cadence: Cadence, since: date) -> int:
    return min((phase.begins.year for phase in cadence.phases if phase.begins), default=_EPOCH)


def _worked(slot: Slot, calendar: WorkCalendar) -> bool:
    first, last = slot.opens_at.date(), slot.ends_at.date()
    return any(calendar.is_workday(first + days * _DAY) for days in range((last - first).days + 1))


def _in_order(slot: Slot) -> tuple[datetime, datetime, str]:
    return slot.opens_at, slot.ends_at, slot.key
