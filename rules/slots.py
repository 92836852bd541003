"""Slots (频次时段): each time a cadence asks for something, and until when. One not done is a shortfall (缺次)."""

from datetime import date, datetime, time, timedelta
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
