"""Offsets (时限): a signed count of one unit, such as three working days, written as a small ISO 8601 duration."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from rules.errors import Refusal
from rules.worktime import WorkCalendar

_WRITTEN = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>[0-9]{1,4})(?P<day_unit>WD|D|W|M)|T(?P<hours>[0-9]{1,4})(?P<hour_unit>WH|H|M))"
)


class MalformedOffset(Refusal, ValueError):
    zh = (
        "看不懂时限“{text}”。可写：P3WD（3个工作日）、P7D（7天）、P2W（2周）、P2M（2个月）、PT24H（24小时）、"
        "PT8WH（8个工作时）、PT30M（30分钟），数字至多四位；前面加“-”表示提前。"
    )
    en = (
        'The offset "{text}" cannot be read. Write P3WD (3 working days), P7D (days), P2W (weeks), P2M (months), '
        "PT24H (hours), PT8WH (working hours) or PT30M (minutes), at most four digits; a leading - means before."
    )


class OffsetUnit(StrEnum):
    """时限单位: WD and WH count only working time (工作日、工作时)."""

    WD = "WD"
    D = "D"
    W = "W"
    M = "M"
    H = "H"
    WH = "WH"
    MIN = "MIN"


_EXACT = {OffsetUnit.H: timedelta(hours=1), OffsetUnit.MIN: timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class Offset:
    """时限: `count` units after an anchor, before it if negative."""

    count: int
    unit: OffsetUnit

    @classmethod
    def parse(cls, text: str) -> "Offset":
        """Read "P3WD", "-P3WD", "P7D", "P2W", "P2M", "PT24H", "PT8WH", "PT30M". MalformedOffset for anything else."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise MalformedOffset(text=text)
        count = int(found["days"] or found["hours"])
        unit = found["day_unit"] or {"M": "MIN"}.get(found["hour_unit"], found["hour_unit"])
        return cls(-count if found["sign"] else count, OffsetUnit(unit))

    def __str__(self) -> str:
        sign, size = "-" if self.count < 0 else "", abs(self.count)
        match self.unit:
            case OffsetUnit.MIN:
                return f"{sign}PT{size}M"
            case OffsetUnit.H | OffsetUnit.WH:
                return f"{sign}PT{size}{self.unit}"
        return f"{sign}P{size}{self.unit}"

    def after(self, anchor: datetime, calendar: WorkCalendar, at: time) -> datetime:
        """The local instant this offset names, counted from an aware anchor.

        Zero is the anchor itself. Units of a day or longer end on that local day at the clock time `at`; hours and
        minutes are exact; a month that is too short ends on its last day.
        """
        if not self.count:
            return calendar.local(anchor)
        if self.unit in _EXACT:
            return calendar.local(anchor.astimezone(UTC) + self.count * _EXACT[self.unit])
        if self.unit is OffsetUnit.WH:
            return calendar.add_hours(anchor, self.count)
        return datetime.combine(self._day_after(calendar.local(anchor).date(), calendar), at, calendar.zone)

    def _day_after(self, day: date, calendar: WorkCalendar) -> date:
        match self.unit:
            case OffsetUnit.WD:
                return calendar.shift(day, self.count)
            case OffsetUnit.M:
                return _add_months(day, self.count)
        return day + timedelta(days=self.count * (7 if self.unit is OffsetUnit.W else 1))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
