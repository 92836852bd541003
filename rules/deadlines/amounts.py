"""Lengths of time (期限长度): 3个工作日, 半个月, 24小时, 3-5日, as ISO 8601 durations and as the day they end on."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.deadlines.line import Line
from rules.deadlines.numerals import NUMERALS
from rules.deadlines.points import add_months
from rules.deadlines.words import Kind

LONGEST = 1200
"""No office sets a limit of more units than this; a larger number is no length of time."""

DAYS = {"天": 1, "日": 1, "周": 7, "半月": 15, "旬": 10}
MONTHS = {"个月": 1, "个季度": 3, "半年": 6, "年": 12}
CLOCKED = {"小时": "PT{}H", "分钟": "PT{}M", "半小时": "PT30M", "半天": "PT12H"}
UNITS = (*DAYS, *MONTHS, *CLOCKED, "工作日")


@dataclass(frozen=True, slots=True)
class Amount:
    """期限: so many of a unit. 工作日 are counted past weekends; public holidays are the calendar's business."""

    number: int
    unit: str

    @property
    def iso(self) -> str:
        """P3WD for three working days, P2M, P7D, PT24H."""
        if self.unit == "工作日":
            return f"P{self.number}WD"
        if self.unit in CLOCKED:
            return CLOCKED[self.unit].format(self.number)
        if self.unit == "周":
            return f"P{self.number}W"
        if self.unit in MONTHS:
            return f"P{self.number * MONTHS[self.unit]}M"
        return f"P{self.number * DAYS[self.unit]}D"

    def last_day(self, after: date) -> date | None:
        """The last day where the day after `after` is day 1; None for hours that are no whole days (48小时 are two)."""
        if self.unit in CLOCKED:
            days, rest = divmod(self.number, 24)
            return after + timedelta(days=days) if self.unit == "小时" and not rest else None
        if self.unit in MONTHS:
            return add_months(after, self.number * MONTHS[self.unit])
        if self.unit in DAYS:
            return after + timedelta(days=self.number * DAYS[self.unit])
        return _working_days_after(after, self.number)


def take_amount(line: Line) -> Amount | None:
    """3日, 3个工作日, 3-5日 (the longer counts), 两三天, 一月内; the cursor moves only where there is one."""
    begin = line.at
    if line.sees(Kind.BARE) and line.text[line.place] != "第" and line.sees(Kind.DASH, ahead=1):
        line.at += 2
    token = line.take(Kind.NUMBER)
    if token and token.unit == "月" and line.sees(Kind.WITHIN) and line.text[token.start] in NUMERALS:
        return Amount(token.number, "个月")
    if token is None or token.unit not in UNITS or not 1 <= token.number <= LONGEST:
        line.at = begin
        return None
    if line.sees(Kind.DASH) and line.sees_number(token.unit, ahead=1):
        line.at += 1
        return take_amount(line)
    return Amount(token.number, token.unit)


def _working_days_after(day: date, number: int) -> date:
    weeks, rest = divmod(number, 5)
    day += timedelta(weeks=weeks)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
