"""Working time (工作时间): which days are worked, and how working days and hours are counted. No clock is read here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import chinese_calendar  # type: ignore[import-untyped]

from rules.errors import Refusal

_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


class UnusableHours(Refusal, ValueError):
    zh = "工作时段有误：{hours}。请至少给一段，每段先始后终，各段依次排列、互不相接，例如 08:30-12:00、14:00-17:30。"
    en = (
        "These working hours cannot be used: {hours}. Give at least one span, each beginning before it ends, "
        "in order and apart from each other, such as 08:30-12:00, 14:00-17:30."
    )


@lru_cache(maxsize=8192)
def _national(day: date) -> bool | None:
    """The State Council's calendar (国务院放假安排): worked or not, None where it is not yet published."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """工作日历: the national calendar under the office's own year table.

    `overrides` is that table: days with True for worked (上班), False for rest (放假). `hours` are the daily working
    spans in local time.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)
    hours: tuple[tuple[time, time], ...] = ((time(8, 30), time(12)), (time(14), time(17, 30)))

    def __post_init__(self) -> None:
        edges = [edge for span in self.hours for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            spans = "、".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in self.hours)
            raise UnusableHours(hours=spans or "（空）")

    def with_overrides(self, days: Mapping[date, bool]) -> "WorkCalendar":
        """This calendar with the office's year table laid over it."""
        return replace(self, overrides={**self.overrides, **days})

    def is_workday(self, day: date) -> bool:
        """工作日: by the office's table, else the national calendar, else (not yet published) Monday to Friday."""
        worked = self.overrides.get(day)
        if worked is None:
            worked = _national(day)
        return day.weekday() < 5 if worked is None else worked

    def knows(self, day: date) -> bool:
        """Whether a published calendar says if this day is worked."""
        return day in self.overrides or _national(day) is not None or self._has_notice_of(day.year)

    def _has_notice_of(self, year: int) -> bool:
        """A table naming both 元旦 and 国庆 was copied from that year's notice, so its other days are ordinary ones."""
        return date(year, 1, 1) in self.overrides and date(year, 10, 1) in self.overrides

    def provisional(self, *days: date) -> bool:
        """暂定: whether a count between these days rests on a calendar not yet published; pass both ends."""
        return not all(self.knows(day) for day in days)

    def shift(self, day: date, workdays: int) -> date:
        """The day so many working days later (earlier if negative), the day itself not counted; 0 changes nothing."""
        step = _DAY if workdays > 0 else -_DAY
        left = abs(workdays)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def add_hours(self, instant: datetime, hours: float) -> datetime:
        """The local instant so many working hours (工作时) later, or earlier if negative; 0 changes nothing."""
        if not hours:
            return self.local(instant)
        left = timedelta(hours=abs(hours))
        spans = self._spans(instant, 1 if hours > 0 else -1)
        begin, end = next(spans)
        while end - begin < left:
            left -= end - begin
            begin, end = next(spans)
        return self.local(begin + left if hours > 0 else end - left)

    def _spans(self, instant: datetime, step: int) -> Iterator[tuple[datetime, datetime]]:
        """What is left of each working span after the instant (before it, for step -1), in UTC."""
        day = self.local(instant).date()
        while True:
            for span in self.hours[::step] if self.is_workday(day) else ():
                begin, end = (datetime.combine(day, edge, self.zone).astimezone(UTC) for edge in span)
                begin, end = (max(begin, instant), end) if step > 0 else (begin, min(end, instant))
                if begin < end:
                    yield begin, end
            day += timedelta(days=step)

    def local(self, instant: datetime) -> datetime:
        """The same instant on the office's clock. ValueError for a naive one: it names no instant."""
        if instant.tzinfo is None:
            raise ValueError(f"{instant} has no time zone")
        return instant.astimezone(self.zone)

    def end_of(self, due: date | datetime) -> datetime:
        """截止时刻: the last instant that still counts: 23:59:59 of a date, a naive datetime as said on the clock."""
        if not isinstance(due, datetime):
            return datetime.combine(due, _LAST_SECOND, self.zone)
        return due.replace(tzinfo=self.zone) if due.tzinfo is None else self.local(due)
