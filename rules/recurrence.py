"""Recurrence rules (周期规则): one RFC 5545 rule as an office means it, cut into calendar periods with due days.

Periods follow the calendar, not a start instant: ISO weeks, months, quarters from January. A rule that names no day is
due at the period's end; a day the month doesn't have means the month's end.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from rules.errors import Refusal

_WEEKDAY = r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
_MONTHDAY = r"-?([1-9]|[12][0-9]|3[01])"
_ACCEPTED = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9][0-9]?",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYMONTHDAY": rf"{_MONTHDAY}(,{_MONTHDAY})*",
    "BYDAY": rf"{_WEEKDAY}(,{_WEEKDAY})*",
    "BYSETPOS": r"-?[1-9][0-9]?",
    "BYHOUR": r"([01]?[0-9]|2[0-3])(,([01]?[0-9]|2[0-3]))*",
    "BYMINUTE": r"[0-5]?[0-9]",
    "X-COUNT": r"[1-9][0-9]?",
    "X-MIN-COUNT": r"[1-9][0-9]?",
}


class UnusableRule(Refusal, ValueError):
    zh = "周期规则“{rule}”用不了：不支持“{part}”。请写明每天、每周、每月、每季度、半年或每年，以及具体哪一天。"
    en = (
        'The recurrence rule "{rule}" cannot be used because of "{part}". '
        "Say daily, weekly, monthly, quarterly, half-yearly or yearly, and on which day."
    )


@dataclass(frozen=True, slots=True)
class Period:
    """周期: days `first` to `last`; due days are looked for in `stretches` (the week or months that count)."""

    key: str
    first: date
    last: date
    stretches: tuple[tuple[date, date], ...]


def check(rules: str) -> None:
    """UnusableRule where a rule, or one of several joined by " + ", cannot be followed."""
    for rule in rules.split(" + "):
        Rule.parse(rule)


@dataclass(frozen=True, slots=True)
class Rule:
    """周期规则: how often, on which days, at which clock times, and how many times each (`count`)."""

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    weekdays: tuple[str, ...] = ()
    position: int | None = None
    clocks: tuple[time, ...] = ()
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Read one rule such as "FREQ=WEEKLY;BYDAY=FR" or "FREQ=MONTHLY;X-COUNT=2". UnusableRule for any other part."""
        parts = dict(_part(text, part) for part in text.split(";"))
        if misplaced := _misplaced(parts):
            raise UnusableRule(rule=text, part=misplaced)
        minute = int(parts.get("BYMINUTE", 0))
        return cls(
            freq=parts["FREQ"],
            interval=int(parts.get("INTERVAL", 1)),
            months=tuple(sorted(set(_numbers(parts.get("BYMONTH"))))),
            monthdays=_numbers(parts.get("BYMONTHDAY")),
            weekdays=tuple(parts["BYDAY"].split(",")) if "BYDAY" in parts else (),
            position=int(parts["BYSETPOS"]) if "BYSETPOS" in parts else None,
            clocks=tuple(time(hour, minute) for hour in _numbers(parts.get("BYHOUR"))),
            count=int(parts.get("X-COUNT") or parts.get("X-MIN-COUNT") or 1),
        )

    @property
    def names_days(self) -> bool:
        """Whether the rule says which day; otherwise the period's end is meant."""
        return bool(self.monthdays or self.weekdays)

    @property
    def days_apart(self) -> int:
        """Roughly how many days lie between due days, a month counted as 30."""
        match self.freq:
            case "DAILY":
                return self.interval
            case "WEEKLY":
                return self.interval * 7 // max(len(self.weekdays), 1)
        return (_smallest_gap(self.months) or self._size_in_months) * 30 // max(len(self.monthdays), 1)

    @property
    def _size_in_months(self) -> int:
        return self.interval * (12 if self.freq == "YEARLY" else 1)

    def periods(self, since: date, until: date, year: int) -> Iterator[Period]:
        """The periods that touch since..until; longer intervals are counted from the plan year's first period."""
        if self.freq in ("DAILY", "WEEKLY"):
            return self._day_periods(since, until, year)
        return self._month_periods(since, until, year)

    def due_days(self, period: Period) -> tuple[date, ...]:
        """The due days of one period, in order; none where the rule leaves the period out."""
        days = {day for first, last in period.stretches for day in self._days_within(first, last)}
        return tuple(sorted(day for day in days if not self.months or day.month in self.months))

    def _day_periods(self, since: date, until: date, year: int) -> Iterator[Period]:
        weekly = self.freq == "WEEKLY"
        anchor = date.fromisocalendar(year, 1, 1) if weekly else date(year, 1, 1)
        step = 7 if weekly else 1
        size = self.interval * step
        for index in range((since - anchor).days // size, (until - anchor).days // size + 1):
            first = anchor + timedelta(days=index * size)
            last = first + timedelta(days=size - 1)
            key = "{}-W{:02}".format(*last.isocalendar()) if weekly else last.isoformat()
            yield Period(key, first, last, ((last - timedelta(days=step - 1), last),))

    def _month_periods(self, since: date, until: date, year: int) -> Iterator[Period]:
        size = self._size_in_months
        origin = year * 12
        for index in range((_ordinal(since) - origin) // size, (_ordinal(until) - origin) // size + 1):
            begin = origin + index * size
            end = begin + size - 1
            named = [m for m in range(max(begin, end - 11), end + 1) if m % 12 + 1 in self.months]
            stretches = tuple(_month(ordinal) for ordinal in (named if self.months else [end]))
            yield Period(_month_key(begin, size), _month(begin)[0], _month(end)[1], stretches)

    def _days_within(self, first: date, last: date) -> Iterator[date]:
        if self.weekdays:
            yield from self._weekdays_within(first, last)
        elif self.monthdays:
            for day in self.monthdays:
                yield first.replace(day=min(day, last.day) if day > 0 else max(last.day + 1 + day, 1))
        else:
            yield last

    def _weekdays_within(self, first: date, last: date) -> Iterator[date]:
        freq = "MONTHLY" if self.freq == "YEARLY" else self.freq
        text = f"FREQ={freq};BYDAY={','.join(self.weekdays)}"
        if self.monthdays:
            text += f";BYMONTHDAY={','.join(map(str, self.monthdays))}"
        if self.position:
            text += f";BYSETPOS={self.position}"
        begin, end = datetime.combine(first, time()), datetime.combine(last, time())
        for instant in rrulestr(text, dtstart=begin).between(begin, end, inc=True):
            yield instant.date()


def _part(rule: str, part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    if name not in _ACCEPTED or not re.fullmatch(_ACCEPTED[name], value):
        raise UnusableRule(rule=rule, part=part)
    return name, value


def _misplaced(parts: Mapping[str, str]) -> str | None:
    """The first part that is missing or has no meaning beside the others."""
    freq = parts.get("FREQ")
    by_month = freq == "MONTHLY" or (freq == "YEARLY" and "BYMONTH" in parts)
    conditions = {
        "FREQ": freq is not None,
        "BYMONTHDAY": by_month or "BYMONTHDAY" not in parts,
        "BYDAY": by_month or "BYDAY" not in parts or (freq != "YEARLY" and parts["BYDAY"].replace(",", "").isalpha()),
        "BYSETPOS": "BYSETPOS" not in parts or (by_month and "BYDAY" in parts),
        "BYMINUTE": "BYMINUTE" not in parts or "BYHOUR" in parts,
    }
    return next((part for part, holds in conditions.items() if not holds), None)


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",")) if text else ()


def _smallest_gap(months: Sequence[int]) -> int:
    """Months between the closest two of these calendar months, round the year; 0 for none."""
    following = (*months[1:], *months[:1])
    return min(((later - month - 1) % 12 + 1 for month, later in zip(months, following, strict=True)), default=0)


def _ordinal(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(ordinal: int) -> tuple[date, date]:
    year, month = divmod(ordinal, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _month_key(begin: int, size: int) -> str:
    """ "2026-03", "2026-Q1", "2026-H1", "2026", "2024-2026"; other sizes by their last month."""
    year, month = divmod(begin, 12)
    match size:
        case 3:
            return f"{year}-Q{month // 3 + 1}"
        case 6:
            return f"{year}-H{month // 6 + 1}"
        case 12:
            return f"{year}"
    last_year, last_month = divmod(begin + size - 1, 12)
    return f"{year}-{last_year}" if size % 12 == 0 else f"{last_year}-{last_month + 1:02}"
