"""A point on the calendar as said (时点), and the days it covers. Which year is meant is settled in timeline.py."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rules.deadlines.festivals import festival

MONTH_PARTS = {
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中旬": (11, 20),
    "中下旬": (11, 31),
    "下旬": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
    "初": (1, 10),
    "中": (11, 20),
    "内": (1, 31),
    "底": (31, 31),
    "末": (31, 31),
    "终": (31, 31),
}
"""First and last day of a part of a month; 31 stands for the last day there is."""

YEAR_PARTS = {
    "初": (1, 3),
    "中": (6, 6),
    "底": (12, 12),
    "末": (12, 12),
    "终": (12, 12),
    "尾": (12, 12),
    "内": (1, 12),
    "年": (1, 12),
}
"""First and last month of a part of a year."""

THIRDS = MONTH_PARTS.keys() - YEAR_PARTS.keys()
VAGUE_PARTS = {"初", "中"}


class ImpossibleDate(ValueError):
    """不存在的日期: such as 2月30日; `last` is the last day its month has."""

    def __init__(self, last: date) -> None:
        super().__init__(last.isoformat())
        self.last = last


@dataclass(slots=True)
class Point:
    """时点: what the text says of a date; None where it leaves a field open.

    `bare` is a number still without its unit, as 9 in 9-12月. `span` holds days already settled (本周五, 十四五).
    `nth` is the third working day or the last Friday of its month. `day` may be out of range: it is what the text
    says. `masked` is a year left blank (20xx年), `adverb` one told from the reference date (今年), `following` the unit
    that counts from the clause before (次年, 次月). `recurs` is an end of which every period has one (季末, 旬末).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarters: tuple[int, int] | None = None
    part: str | None = None
    feast: str | None = None
    span: tuple[date, date] | None = None
    clock: tuple[int, int] | None = None
    nth: tuple[int, str] | None = None
    bare: int | None = None
    masked: bool = False
    adverb: bool = False
    following: str = ""
    recurs: bool = False

    @property
    def has_year(self) -> bool:
        return self.year is not None or self.masked or self.following == "年"

    @property
    def names_days(self) -> bool:
        """Whether it settles on days of the calendar, and not only on an hour or a number without its unit."""
        return any((self.has_year, self.month, self.day, self.quarters, self.part, self.feast, self.span))

    @property
    def lone_month(self) -> bool:
        return self.month is not None and self.day is None and self.part is None and self.nth is None

    @property
    def names_shift(self) -> bool:
        """今天, 本周, 周五: days told from the reference date, which in prose are mere adverbs."""
        return self.span is not None and (self.span[1] - self.span[0]).days < 7

    @property
    def lone_year(self) -> bool:
        return self.has_year and not any((self.month, self.day, self.quarters, self.part, self.feast, self.span))

    @property
    def whole_period(self) -> bool:
        """Whether 前 behind it leaves open if its beginning or its end is meant: 8月前, 2021年前, 三季度前."""
        whole = self.month is not None or self.quarters is not None or self.has_year
        return whole and not (self.day or self.part or self.feast or self.nth)

    @property
    def needs_month(self) -> bool:
        """Whether a day or a third of a month is named without its month: 15日, 中旬."""
        return self.month is None and (self.day is not None or (self.part or "") in THIRDS) and not self.span

    @property
    def is_period(self) -> bool:
        """Whether the words name a stretch of time rather than its last day: 上半年, 第三季度, 全年, 本周."""
        if self.span:
            return self.span[0] != self.span[1]
        return (self.quarters is not None and self.part is None) or (self.part == "年" and self.month is None)

    def days(self, year: int) -> tuple[date, date] | None:
        """First and last day covered, in that year; None where the lunar table does not reach.

        Raises ImpossibleDate for a day its month does not have.
        """
        if self.span:
            return self.span
        if self.feast:
            day = festival(self.feast, year)
            return (day, day) if day else None
        if self.month:
            return self._days_of_month(year, self.month)
        first, last = 1, 12
        if self.quarters:
            first, last = self.quarters[0] * 3 - 2, self.quarters[1] * 3
            first = last if self.part in {"底", "末"} else first
        elif self.part:
            first, last = YEAR_PARTS[self.part]
        begin = month_end(year, first) if self.part in {"底", "末", "终", "尾"} else date(year, first, 1)
        return begin, month_end(year, last)

    def _days_of_month(self, year: int, month: int) -> tuple[date, date]:
        end = month_end(year, month)
        if self.nth:
            return _nth_days(end, *self.nth)
        if self.day is not None:
            if not 1 <= self.day <= end.day:
                raise ImpossibleDate(end)
            return end.replace(day=self.day), end.replace(day=self.day)
        first, last = MONTH_PARTS[self.part] if self.part else (1, 31)
        return end.replace(day=min(first, end.day)), end.replace(day=min(last, end.day))


def _nth_days(end: date, nth: int, unit: str) -> tuple[date, date]:
    """第一个工作日, 最后一个周五, 第二周 (its seven days) of the month that ends on that day."""
    days = [end.replace(day=day) for day in range(1, end.day + 1)]
    if unit == "周":
        first = (nth - 1) * 7 if nth > 0 else end.day + nth * 7
        days = days[max(first, 0) : first + 7]
        nth = 0
    elif unit == "工作日":
        days = [day for day in days if day.weekday() < 5]
    else:
        days = [day for day in days if day.weekday() == "一二三四五六日天".index(unit[-1]) % 7]
    if not days or not -len(days) <= nth <= len(days):
        raise ImpossibleDate(end)
    return (days[0], days[-1]) if nth == 0 else (days[nth - (nth > 0)],) * 2


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
