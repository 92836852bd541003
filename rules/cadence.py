"""Cadences (频次): from the deadlines read in one row to its occurrences, each with a stable key. Opens no duty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil

from rules.reading import Deadline, DeadlineKind
from rules.recurrence import Period, Rule

Due = date | datetime
Phase = tuple[date, Due]
"""阶段: the first day and the last instant within which a recurrence runs."""
Cadence = tuple[str, Phase]
_ALWAYS: Phase = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """一次: one time an obligation falls due, in local dates. `opens` None means at publication.

    `key` names the same occurrence whenever it is computed: "once", "2026-03-06", "2026-W10", "2026-03", "2026-Q1",
    "2026-H1", "2026"; "#2" is the second of several in one period, "2:" comes before the row's second rule.
    """

    key: str
    opens: date | None
    due: Due


class Frequency(StrEnum):
    """频次: how often a row answers; a policy chooses the ladder by it."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    STANDING = "standing"


_AT_LEAST_DAYS = {
    Frequency.YEARLY: 360,
    Frequency.HALF_YEARLY: 180,
    Frequency.QUARTERLY: 90,
    Frequency.MONTHLY: 28,
    Frequency.WEEKLY: 2,
    Frequency.DAILY: 0,
}

_rule = lru_cache(maxsize=1024)(Rule.parse)


@lru_cache(maxsize=4096)
def occurrences(
    deadlines: tuple[Deadline, ...], *, since: date, until: date, year: int, standing_rule: str
) -> tuple[Occurrence, ...]:
    """The occurrences of one row that open by `until` and are not past at `since`; one-offs also where they are past.

    `year` is the plan year (计划年度): open windows end with it, longer intervals are counted from it. A row that
    recurs and has one window recurs within that window. A reading without a date (RELATIVE, EVENT, NONE) gives
    nothing. UnusableRule for a rule that cannot be followed.
    """
    stated = _stated(deadlines)
    window = _only_window(deadlines) if stated else None
    cadences = _cadences(stated, window, year) if stated else _standing(deadlines, standing_rule)
    once = _one_offs(deadlines, year, without=window)
    repeated = (
        item
        for place, (rule, phase) in enumerate(cadences, 1)
        for item in _repeated(rule, place, since, until, year, phase)
    )
    return (*(item for item in once if item.opens is None or item.opens <= until), *repeated)


def frequency(deadlines: Sequence[Deadline]) -> Frequency:
    """The shortest cadence of a row; STANDING where it only says 长期, ONCE where nothing recurs."""
    stated = _stated(deadlines)
    if not stated:
        return Frequency.STANDING if _stands(deadlines) else Frequency.ONCE
    shortest = min(_rule(rule).days_apart for deadline in stated for rule in _split(deadline.rrule))
    return next(name for name, days in _AT_LEAST_DAYS.items() if shortest >= days)


def _stated(deadlines: Sequence[Deadline]) -> list[Deadline]:
    return [deadline for deadline in deadlines if deadline.kind is DeadlineKind.RECURRING and deadline.rrule]


def _stands(deadlines: Sequence[Deadline]) -> bool:
    return any(deadline.kind is DeadlineKind.STANDING for deadline in deadlines)


def _split(rules: str | None) -> list[str]:
    return (rules or "").split(" + ")


def _only_window(deadlines: Sequence[Deadline]) -> Deadline | None:
    windows = [deadline for deadline in deadlines if deadline.kind is DeadlineKind.WINDOW]
    return windows[0] if len(windows) == 1 else None


def _cadences(stated: Sequence[Deadline], window: Deadline | None, year: int) -> list[Cadence]:
    """Each stated rule with its bounds: its own start and due (自2018年起每季度), else the row's window."""
    row_phase = (window.start or date.min, _end(window, year)) if window else _ALWAYS
    found: dict[Cadence, None] = {}
    for deadline in stated:
        own = (deadline.start or date.min, deadline.due or date.max) if deadline.start or deadline.due else None
        found |= {(rule, own or row_phase): None for rule in _split(deadline.rrule)}
    return list(found)


def _standing(deadlines: Sequence[Deadline], standing_rule: str) -> list[Cadence]:
    """A standing duty answers at the policy's cadence, but only where the row states none of its own."""
    return [(rule, _ALWAYS) for rule in _split(standing_rule)] if _stands(deadlines) else []


def _end(window: Deadline, year: int) -> Due:
    return window.due or date(max(year, window.start.year if window.start else year), 12, 31)


def _one_offs(deadlines: Sequence[Deadline], year: int, *, without: Deadline | None) -> Iterator[Occurrence]:
    spans: list[tuple[date | None, Due]] = []
    for deadline in deadlines:
        if deadline.kind is DeadlineKind.BY and deadline.due:
            spans.append((None, deadline.due))
        elif deadline.kind is DeadlineKind.WINDOW and deadline is not without and (deadline.start or deadline.due):
            spans.append((deadline.start, _end(deadline, year)))
    for place, (opens, due) in enumerate(spans, 1):
        yield Occurrence("once" if len(spans) == 1 else f"once#{place}", opens, due)


@lru_cache(maxsize=4096)
def _repeated(text: str, place: int, since: date, until: date, year: int, phase: Phase) -> tuple[Occurrence, ...]:
    rule = _rule(text)
    prefix = "" if place == 1 else f"{place}:"
    return tuple(
        Occurrence(prefix + key, opens, due)
        for period in rule.periods(since, until, year)
        for key, opens, due in _within(phase, rule, period)
        if opens <= until and _day(due) >= since
    )


def _within(phase: Phase, rule: Rule, period: Period) -> Iterator[tuple[str, date, Due]]:
    """A period's occurrences as far as the phase leaves room; a due day the rule doesn't name moves to its end."""
    first, end = phase
    for key, opens, due in _in_period(rule, period):
        late = _last_instant(due) > _last_instant(end)
        if late and rule.names_days:
            continue
        opens, due = max(opens, first), end if late else due
        if opens <= _day(due):
            yield key, opens, due


def _in_period(rule: Rule, period: Period) -> Iterator[tuple[str, date, Due]]:
    days, clocks = rule.due_days(period), rule.clocks or (None,)
    opens = period.first
    for day in days:
        for clock in clocks:
            key = period.key if len(days) == 1 else day.isoformat()
            key += f"T{clock:%H:%M}" if clock and len(clocks) > 1 else ""
            due = datetime.combine(day, clock) if clock else day
            times = ceil(rule.count / (len(days) * len(clocks)))
            for nth in range(1, times + 1):
                yield key if times == 1 else f"{key}#{nth}", opens, due
        opens = day + timedelta(days=1)


def _day(due: Due) -> date:
    return due.date() if isinstance(due, datetime) else due


def _last_instant(due: Due) -> datetime:
    return due if isinstance(due, datetime) else datetime.combine(due, time.max)
