"""The burden budget (负担预算): which messages of a week go out, and which wait to be one digest next week. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from rules.bulletin import Week
from rules.policy import Policy, Severity
from rules.worktime import WorkCalendar


class Wish(NamedTuple):
    """想发的一条消息: a digest for a person of a unit; `since` is when its oldest notice was written."""

    recipient: str
    unit: str
    severity: Severity
    since: datetime


def over_budget(wishes: Sequence[Wish], used: Mapping[str, int], limit: int, begins: datetime) -> tuple[Wish, ...]:
    """The messages that must wait, `used` being what each unit has had since the week began. The gravest go first.

    What is urgent always goes, and so does what has waited since a week before: nothing is put off twice.
    """
    spent = Counter(used)
    held = []
    for wish in sorted(wishes, key=lambda wish: (-wish.severity, wish.since, wish.recipient)):
        may_wait = wish.severity < Severity.URGENT and wish.since >= begins
        if may_wait and spent[wish.unit] >= limit:
            held.append(wish)
        else:
            spent[wish.unit] += 1
    return tuple(held)


def next_week_begins(week: Week, policy: Policy, calendar: WorkCalendar) -> datetime:
    """When what was held goes out: the first day worked of the following week, when quiet hours end."""
    day = week.monday + timedelta(days=7)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, policy.quiet.ends, calendar.zone)
