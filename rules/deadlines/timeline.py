"""Which year and month is meant (年份承前): what the text has said so far, and the plan's year behind it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from rules.deadlines import doubts
from rules.deadlines.festivals import festival
from rules.deadlines.points import ImpossibleDate, Point, month_end, week_of
from rules.reading import Question

FAR = 30
"""Years from the plan's year beyond which a year is rather a slip of the pen."""

BACKWARDS = 6
"""A month so much earlier than the one before it in the text (12月, 1月) lies in the next year."""

LATE_IN_THE_YEAR = 10


class Days(NamedTuple):
    """起止日: the first and last day a point covers, and what is doubtful about them."""

    first: date
    last: date
    questions: tuple[Question, ...] = ()


@dataclass(slots=True)
class Timeline:
    """时间线: an omitted year is inherited from the clause before (`said_year`), and only then from the plan.

    `said` is the last day settled so far in this text. `aside` holds for the first date in a bracket: it tells of a
    step on the way (12月底前完成（6月底前过半）), which does not run on into the next year.
    """

    on: date | None
    plan_year: int | None
    said_year: int | None = None
    said: date | None = None
    masked: int = 0
    aside: bool = False

    def year(self) -> int | None:
        return self.said_year or self.plan_year

    def shifted(self, unit: str, shift: int) -> Point | None:
        """明年, 下月, 本季度 and the like, counted from the reference date; of 旬 only the end of this one."""
        return _shifted(self.on, unit, shift) if self.on else None

    def memory(self) -> tuple[int | None, date | None, int]:
        """What was said so far, to be recalled where a phrase turns out to set no deadline."""
        return self.said_year, self.said, self.masked

    def recall(self, memory: tuple[int | None, date | None, int]) -> None:
        self.said_year, self.said, self.masked = memory

    def settle(self, point: Point, *, listed: bool = False) -> Days | None:
        """The days a point covers; None where its year or its feast cannot be told. What it says is remembered.

        `listed` points follow another in one list (…12月、1月), where running backwards is no doubt.
        """
        if point.span:
            return self._remembered(point, Days(*point.span))
        asked: list[Question] = []
        self._count_on(point)
        year = self._year_of(point, asked, listed)
        self._inherit_month(point, asked)
        if year is None:
            return None
        try:
            days = point.days(year)
        except ImpossibleDate as impossible:
            asked.append(doubts.impossible_date(impossible.last))
            days = impossible.last, impossible.last
        if days is None:
            return None
        if point.feast and point.year is None:
            days = self._feast_ahead(point.feast, days, asked)
        return self._remembered(point, Days(*days, tuple(asked)))

    def _count_on(self, point: Point) -> None:
        """次年 and 次月 count from the clause before, known only now that it is settled."""
        base = self.said or self.on
        if point.following == "年" and (year := self.year()):
            point.year = year + 1
        elif point.following == "月" and base:
            found = _shifted(base, "月", 1)
            point.year, point.month = found.year, found.month

    def _year_of(self, point: Point, asked: list[Question], listed: bool) -> int | None:
        if point.masked:
            self.masked += 1
            if self.masked == 2:
                asked.append(doubts.two_masked_years())
            return self.plan_year
        if point.year is not None:
            self.said_year = point.year
            if point.adverb and not point.following and self.on and self.plan_year != self.on.year:
                asked.append(doubts.whose_year(point.year))
            if self.plan_year and abs(point.year - self.plan_year) > FAR:
                asked.append(doubts.far_year(point.year))
            return point.year
        year = self.year()
        if (
            year
            and self.said
            and point.month
            and self.said.month - point.month >= BACKWARDS
            and not self._on_the_way(point.month)
        ):
            self.said_year = year = self.said.year + 1
            if not listed:
                asked.append(doubts.next_year_wrapped(year, point.month))
        return year

    def _on_the_way(self, month: int) -> bool:
        """Whether a month in a bracket is still ahead in the year of the reference date."""
        return self.aside and self.on is not None and self.on.year == self.year() and month >= self.on.month

    def _feast_ahead(self, feast: str, days: tuple[date, date], asked: list[Question]) -> tuple[date, date]:
        """春节前 said in late autumn is the coming one; else nothing rolls forward on its own. Both are asked."""
        following = festival(feast, days[0].year + 1)
        if self.on is None or self.on <= days[0] or following is None:
            return days
        asked.append(doubts.feast_gone_by(days[0], following))
        return (following, following) if self.on.month >= LATE_IN_THE_YEAR else days

    def _inherit_month(self, point: Point, asked: list[Question]) -> None:
        if not point.needs_month:
            return
        base = self.said or self.on
        point.month = base.month if base else 1
        if self.said is None:
            asked.append(doubts.which_month(point.month))

    def _remembered(self, point: Point, days: Days) -> Days:
        """Later days and months lean on a month or a day, not on a quarter or 全年."""
        self.aside = False
        if point.month or point.span or point.feast:
            self.said = days.last
        return days


def _shifted(base: date, unit: str, shift: int) -> Point:
    if unit == "年":
        return Point(year=base.year + shift)
    if unit == "日":
        day = base + timedelta(days=shift)
        return Point(span=(day, day))
    if unit == "周":
        return Point(span=week_of(base + timedelta(weeks=shift)))
    if unit == "旬":
        end = min((base.day + 9) // 10, 3) * 10
        last = base.replace(day=end) if end < 30 else month_end(base.year, base.month)
        return Point(span=(last, last))
    months = base.year * 12 + base.month - 1 + shift * (3 if unit == "季度" else 1)
    year, month = divmod(months, 12)
    return Point(year=year, quarters=(month // 3 + 1,) * 2) if unit == "季度" else Point(year=year, month=month + 1)
