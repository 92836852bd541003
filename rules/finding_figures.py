"""From the ledger to the figures of findings (问题统计): every event taken forward once, counted under one key."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from rules.finding_measures import Count
from rules.findings import FROM_RESIDENTS, Source
from rules.history import LedgerEvent
from rules.language import Text
from rules.lifecycle import Action
from rules.measures import Figure, Reference

_DEALT_WITH = {
    f"duty.{Action.CLOSE}": (Count.CLOSED, Count.RECHECKED),
    f"duty.{Action.RETURN}": (Count.RETURNED, Count.RECHECKED),
    f"duty.{Action.EXTEND}": (Count.EXTENDED,),
    f"duty.{Action.DISPUTE}": (Count.DISPUTED,),
    f"duty.{Action.HAND_OVER}": (Count.REROUTED,),
    f"duty.{Action.SUSPEND}": (Count.SUSPENDED,),
    "finding.accepted": (Count.ACCEPTED,),
    "finding.refused": (Count.REFUSED,),
    "finding.merged": (Count.MERGED,),
    "finding.handed_over": (Count.REROUTED,),
}
_JUDGES = frozenset({f"duty.{Action.CLOSE}", f"duty.{Action.RETURN}"})
_HANDS_ON = frozenset({f"duty.{Action.HAND_OVER}", "finding.handed_over"})
_MOVES_LIMIT = frozenset({f"duty.{Action.EXTEND}", f"duty.{Action.RESUME}", f"duty.{Action.HAND_OVER}"})
_SOURCES_OF_RESIDENTS = frozenset(source.value for source in FROM_RESIDENTS)
_ENDED = frozenset({f"duty.{Action.WITHDRAW}", "finding.merged"})
_NONE = "—"


class Dimension(StrEnum):
    """统计口径: by what findings are told apart."""

    UNIT = "unit"
    AREA = "area"
    TYPE = "type"
    SOURCE = "source"
    METHOD = "method"
    ROUND = "round"


DIMENSION_LABELS: Mapping[Dimension, Text] = {
    Dimension.UNIT: Text("责任单位", "unit"),
    Dimension.AREA: Text("片区", "area"),
    Dimension.TYPE: Text("类型", "type"),
    Dimension.SOURCE: Text("来源", "source"),
    Dimension.METHOD: Text("检查方式", "announced or not"),
    Dimension.ROUND: Text("轮次", "round"),
}


class Period(NamedTuple):
    """统计期: from an instant up to, not including, another."""

    begins: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(slots=True)
class _Case:
    """One finding as the events taken so far left it. `limit` is the time limit a return does not move.

    `judged_at` is when one that waited for its re-check at its limit was first re-checked after it.
    """

    finding: int
    told: dict[str, Any]
    duty: int | None = None
    accepted_by: int = 0
    limit: datetime | None = None
    reported_at: datetime | None = None
    judged_at: datetime | None = None
    closed: bool = False
    suspended: bool = False
    ended: bool = False
    answer_due: datetime | None = None
    answered_at: datetime | None = None
    recorded_by: int = 0

    @property
    def in_time(self) -> bool:
        return self.closed and self.was_in_time

    @property
    def awaits(self) -> bool:
        """Reported done by its limit and not re-checked since."""
        return not self.closed and self.was_in_time

    @property
    def was_in_time(self) -> bool:
        return self.reported_at is not None and self.limit is not None and self.reported_at <= self.limit


@dataclass
class FindingTally:
    """问题统计: counts by one dimension in one period. `rounds` names the round of a visit.

    Findings of the `concealed` visits (暗访 not done yet) are counted without method and round.
    """

    period: Period
    by: Dimension
    answer_due: Callable[[datetime], datetime]
    rounds: Mapping[int, str] = field(default_factory=dict)
    concealed: frozenset[int] = frozenset()
    _cases: dict[int, _Case] = field(default_factory=dict)
    _by_duty: dict[int, _Case] = field(default_factory=dict)
    _counted: dict[str, dict[Count, list[Reference]]] = field(default_factory=dict)

    def count(self, events: Iterable[LedgerEvent]) -> Mapping[str, Mapping[Count, Figure]]:
        """Every event of findings and their duties up to the period's end, in order; the counts by key."""
        for event in events:
            case = self._case_of(event)
            if case:
                before = self._key(case)
                self._take(case, event)
                # What one unit hands on is counted as that unit's, what another accepts as the other's.
                key = before if event.kind in _HANDS_ON else self._key(case)
                if self.period.holds(event.at):
                    for count in _counts(case, event):
                        self._add(key, count, Reference(event.number, case.duty))
        for case in self._cases.values():
            for count, number in self._standing(case):
                self._add(self._key(case), count, Reference(number, case.duty))
        return {key: _figures(self._counted[key]) for key in sorted(self._counted)}

    def _case_of(self, event: LedgerEvent) -> _Case | None:
        if event.kind == "finding.recorded":
            case = _Case(event.about, dict(event.data), recorded_by=event.number)
            if event.data["source"] in _SOURCES_OF_RESIDENTS:
                case.answer_due = self.answer_due(event.at)
            self._cases[event.about] = case
            return case
        return (self._cases if event.subject.startswith("finding:") else self._by_duty).get(event.about)

    def _take(self, case: _Case, event: LedgerEvent) -> None:
        """The case after an event."""
        told = event.data
        if event.kind == "finding.accepted":
            case.duty, case.accepted_by, case.ended = told["duty"], event.number, False
            self._by_duty[told["duty"]] = case
            case.told |= {name: told[name] for name in ("unit", "type", "severity")}
        if event.kind == "finding.accepted" or event.kind in _MOVES_LIMIT:
            case.limit, case.judged_at = datetime.fromisoformat(told["due_at"]), None
        if event.kind in _HANDS_ON:
            case.told["unit"] = told["unit"]
        if event.kind == f"duty.{Action.REPORT}":
            case.reported_at = event.at
        if event.kind in _JUDGES and case.awaits and case.limit and event.at > case.limit:
            case.judged_at = event.at
        if event.kind == f"duty.{Action.RETURN}":
            case.reported_at = None
        case.closed = case.closed or event.kind == f"duty.{Action.CLOSE}"
        case.ended = case.ended or event.kind in _ENDED
        if event.kind in (f"duty.{Action.SUSPEND}", f"duty.{Action.RESUME}"):
            case.suspended = event.kind == f"duty.{Action.SUSPEND}"
        if event.kind == "finding.answered" and case.answered_at is None:
            case.answered_at = event.at

    def _standing(self, case: _Case) -> Iterator[tuple[Count, int]]:
        """What fell due in the period, or had fallen due and was re-checked in it: each case is due in one period."""
        due_at = case.judged_at or case.limit
        if due_at and self.period.holds(due_at) and not (case.suspended or case.ended or case.awaits):
            yield Count.DUE, case.accepted_by
            yield (Count.SOLVED_IN_TIME if case.in_time else Count.LATE), case.accepted_by
        if case.answer_due and self.period.holds(case.answer_due):
            yield Count.OWED, case.recorded_by
            if case.answered_at and case.answered_at <= case.answer_due:
                yield Count.ANSWERED_IN_TIME, case.recorded_by

    def _key(self, case: _Case) -> str:
        match self.by:
            case Dimension.ROUND | Dimension.METHOD if case.told["visit"] in self.concealed:
                return _NONE
            case Dimension.ROUND:
                return self.rounds.get(case.told["visit"] or 0, _NONE)
            case Dimension.SOURCE:
                return Source(case.told["source"]).value
            case _:
                return case.told.get(self.by.value) or _NONE

    def _add(self, key: str, count: Count, reference: Reference) -> None:
        self._counted.setdefault(key, {}).setdefault(count, []).append(reference)


def _figures(counted: Mapping[Count, list[Reference]]) -> Mapping[Count, Figure]:
    return {count: Figure(tuple(references)) for count, references in counted.items()}


def _counts(case: _Case, event: LedgerEvent) -> Iterator[Count]:
    """What an event of the period is counted as."""
    yield from _DEALT_WITH.get(event.kind, ())
    if event.kind == "finding.recorded":
        yield Count.FOUND
        if case.told["relapse_of"]:
            yield Count.RELAPSED
    if event.kind == "finding.rated":
        for said, asked, yes in (
            ("satisfied", Count.ASKED_SATISFIED, Count.SAID_SATISFIED),
            ("solved", Count.ASKED_SOLVED, Count.SAID_SOLVED),
        ):
            if event.data[said] is not None:
                yield asked
            if event.data[said]:
                yield yes
