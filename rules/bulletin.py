"""The weekly bulletin (督查通报): its week, the figures of each unit, its lists. rules.counting fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from rules.inspection import week_of
from rules.inspection_week import InspectionWeek
from rules.language import Text
from rules.lifecycle import Request
from rules.measures import ASKED_TO_REPORT, IN_TIME, LATE, MESSAGES, OVERDUE, Figure, Measure
from rules.policy import UNLIMITED, Budget


@dataclass(frozen=True, slots=True)
class Week:
    """通报周: from Monday 00:00 to Sunday 24:00, local time."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week any of its days lies in."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def name(self) -> str:
        """The ISO week, such as 2026-W10."""
        return week_of(self.monday)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def begins(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.monday, time(), zone)

    def ends(self, zone: tzinfo) -> datetime:
        """The first instant that is no longer in it."""
        return datetime.combine(self.monday + timedelta(days=7), time(), zone)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """单位数字: the figures of one unit, or of all units together where `unit` is empty."""

    unit: str
    figures: Mapping[Measure, Figure] = field(default_factory=dict)

    def of(self, measure: Measure) -> Figure:
        return self.figures.get(measure, Figure())

    @property
    def on_time(self) -> "Rate":
        """按时率: closed in time, of all that were closed this week or are overdue at its end."""
        in_time, late, overdue = (self.of(measure).value for measure in (IN_TIME, LATE, OVERDUE))
        return Rate(in_time, in_time + late + overdue)


class Rate(NamedTuple):
    """比率: a part of a whole; of nothing there is no rate."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part / self.whole:.1%}" if self.whole else "—"


@dataclass(frozen=True, slots=True)
class OverdueDuty:
    """逾期事项: `days` are the working days gone by since its time limit; instants are local.

    `awaits` is the request the office has not answered yet.
    """

    duty: int
    item_no: str
    task: str
    unit: str
    leader: str
    due_at: datetime
    days: int
    last_step: Text | None
    last_step_at: datetime | None
    awaits: Request | None = None


@dataclass(frozen=True, slots=True)
class ClosedDuty:
    """销号事项: closed this week by the ledger event `event`; instants are local."""

    duty: int
    item_no: str
    task: str
    unit: str
    due_at: datetime
    reported_at: datetime | None
    closed_at: datetime
    in_time: bool
    event: int


class SealMark(NamedTuple):
    """封存号: the seal that covers the bulletin's last event."""

    hash: str
    last_event: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """督查通报: one week as the ledger told it up to `as_of` (local), the end of the week or earlier in a running one.

    It rests on the ledger's events up to `last_event`, those from `first_event` on happened in its week. `others` are
    the messages to everyone who belongs to no unit named here: leaders, the office, supervisors.
    """

    week: Week
    as_of: datetime
    first_event: int
    last_event: int
    seal: SealMark | None
    measures: tuple[Measure, ...]
    units: tuple[UnitFigures, ...]
    others: Figure
    overdue: tuple[OverdueDuty, ...]
    closed: tuple[ClosedDuty, ...]
    budget: Budget = UNLIMITED
    inspection: InspectionWeek = field(default_factory=InspectionWeek)

    @property
    def complete(self) -> bool:
        """Whether the week was over."""
        return self.as_of.date() > self.week.sunday

    @property
    def total(self) -> UnitFigures:
        """合计: all units together."""
        sums = {measure: Figure.together(unit.of(measure) for unit in self.units) for measure in self.measures}
        return UnitFigures("", sums)

    @property
    def spent(self) -> tuple[tuple[UnitFigures, tuple[tuple[Measure, int], ...]], ...]:
        """负担预算已用完的单位: those that had as much of something as their budget allows, with what and its limit."""
        limits = ((MESSAGES, self.budget.messages), (ASKED_TO_REPORT, self.budget.reports))
        found = (
            (unit, tuple((one, limit) for one, limit in limits if limit and unit.of(one).value >= limit))
            for unit in self.units
        )
        return tuple((unit, used_up) for unit, used_up in found if used_up)
