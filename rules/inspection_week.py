"""Inspection and rectification in a bulletin (检查与整改): a week's findings told apart five ways, and its slots.

What a finding is counted as is rules.finding_figures'; only what a week shows of it lives here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.finding_figures import Dimension, FindingTally, Period
from rules.finding_measures import Count, Counts
from rules.history import LedgerEvent
from rules.inspecting import Cadence, Method
from rules.language import Text
from rules.measures import Figure, Reference
from rules.slots import Owed

SHOWN_BY = (Dimension.UNIT, Dimension.AREA, Dimension.TYPE, Dimension.METHOD, Dimension.SOURCE)


@dataclass(frozen=True, slots=True)
class InspectionLedger:
    """What the section rests on: events of findings and slots, and the cadences known, as the ledger stood then.

    `owed` are the slots that policies asked for in the period, opened or not. `concealed` are the visits of
    unannounced rounds that were not done then.
    """

    findings: Sequence[LedgerEvent] = ()
    slots: Sequence[LedgerEvent] = ()
    owed: Sequence[Owed] = ()
    cadences: Mapping[str, Cadence] = field(default_factory=dict)
    concealed: frozenset[int] = frozenset()
    answer_due: Callable[[datetime], datetime] = lambda at: at


@dataclass(frozen=True, slots=True)
class SlotFigures:
    """频次: what one cadence asked for in the period: done in time, or short (缺次), be it made up for later."""

    label: Text
    done: Figure
    short: Figure

    @property
    def asked(self) -> Figure:
        return Figure.together((self.done, self.short))


@dataclass(frozen=True, slots=True)
class InspectionWeek:
    """检查与整改: counts by dimension and key, and slots by cadence; both empty where there was nothing."""

    found: Mapping[Dimension, Mapping[str, Counts]] = field(default_factory=dict)
    slots: tuple[SlotFigures, ...] = ()

    def __bool__(self) -> bool:
        return any(self.found.values()) or bool(self.slots)

    def total(self, keys: Mapping[str, Counts]) -> Counts:
        """合计 of one dimension."""
        return {count: Figure.together(own.get(count, Figure()) for own in keys.values()) for count in Count}


def compose_inspection(ledger: InspectionLedger, period: Period) -> InspectionWeek:
    """检查与整改 of a period; a dimension that all findings share no key of says nothing and stays."""
    found = {
        by: FindingTally(period, by, ledger.answer_due, concealed=ledger.concealed).count(ledger.findings)
        for by in SHOWN_BY
    }
    return InspectionWeek(found, tuple(_slots(ledger, period)))


def _slots(ledger: InspectionLedger, period: Period) -> Iterator[SlotFigures]:
    done = {event.subject: event.at for event in ledger.slots if event.kind == "slot.done"}
    opened = {event.subject for event in ledger.slots if event.kind == "slot.opened"}
    counted: dict[str, tuple[list[Reference], list[Reference]]] = {}
    for event in ledger.slots:
        cadence = event.subject.removeprefix("slot:").partition("/")[0]
        ends, done_at = datetime.fromisoformat(event.data.get("ends_at", event.at.isoformat())), done.get(event.subject)
        told_at = _told_at(event.at, ends, done_at, _is_unannounced(ledger.cadences.get(cadence)))
        if event.kind == "slot.opened" and told_at and period.holds(told_at):
            in_time, short = counted.setdefault(cadence, ([], []))
            (in_time if done_at and done_at <= ends else short).append(Reference(event.number))
    for one in ledger.owed:
        # No inspect flow ran in its time: it was asked for by nothing but the policy.
        if f"slot:{one.slot.cadence}/{one.slot.key}" not in opened and period.holds(one.slot.ends_at):
            counted.setdefault(one.slot.cadence, ([], []))[1].append(Reference(one.event))
    for cadence, (in_time, short) in sorted(counted.items()):
        known = ledger.cadences.get(cadence)
        label = known.label if known else Text(cadence, cadence)
        yield SlotFigures(label, Figure(tuple(in_time)), Figure(tuple(short)))


def _told_at(opened: datetime, ends: datetime, done: datetime | None, unannounced: bool) -> datetime | None:
    """When a slot is counted: at its end, whenever it was put on record.

    One of an unannounced round counts when the round is done, so that nothing is told of one under way (暗访); where
    it was opened after its end, there is no such round.
    """
    if unannounced and opened <= ends:
        return max(ends, done) if done else None
    return ends


def _is_unannounced(cadence: Cadence | None) -> bool:
    return cadence is not None and cadence.method is Method.UNANNOUNCED
