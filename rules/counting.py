"""What a week's events count as (统计): each is turned into references under the measures and units it belongs to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from rules import measures
from rules.bulletin import UnitFigures
from rules.history import Change, LedgerEvent, Standing
from rules.language import Text
from rules.lifecycle import Action, DutyState, Request, Transition, is_overdue
from rules.measures import Figure, Group, Measure, Reference
from rules.offsets import Offset
from rules.policy import Anchor, StepKind

_ASKED = {
    Request.EXTENSION: measures.EXTENSION_ASKED,
    Request.SUSPENSION: measures.SUSPENSION_ASKED,
    Request.DISPUTE: measures.DISPUTED,
}
_DONE = {
    Action.REPORT: (measures.REPORTED,),
    Action.RETURN: (measures.RETURNED, measures.ASKED_TO_REPORT),
    Action.WITHDRAW: (measures.WITHDRAWN,),
    Action.EXTEND: (measures.EXTENDED,),
    Action.SUSPEND: (measures.SUSPENSION_GRANTED,),
    Action.REFUSE: (measures.REFUSED,),
}
_UPHOLDING = (Action.HAND_OVER, Action.WITHDRAW)
_KINDS, _ANCHORS = list(StepKind), list(Anchor)


class Tally:
    """计数: references gathered by unit and measure."""

    def __init__(self) -> None:
        self._counted: dict[str, dict[Measure, list[Reference]]] = {}

    def begin_with(self, duties: Iterable[Standing]) -> None:
        """Count the duties in hand when the week began."""
        for duty in duties:
            self._add(measures.BEFORE, duty.unit, Reference(duty.opened_by, duty.duty))

    def add_changes(self, changes: Iterable[Change]) -> None:
        """Count what happened in the week."""
        for change in changes:
            for measure, unit in _measured(change):
                self._add(measure, unit, Reference(change.event.number, change.after.duty))

    def end_with(self, duties: Iterable[Standing], at: datetime) -> None:
        """Count how the duties in hand stand at the end."""
        for duty in duties:
            for measure in _stands(duty, at):
                self._add(measure, duty.unit, Reference(duty.set_by, duty.duty))

    def add_messages(self, messages: Iterable[tuple[int, str | None]]) -> Figure:
        """Count messages to units that have a figure already; those to others are given back together."""
        others = []
        for event, unit in messages:
            if unit in self._counted:
                self._add(measures.MESSAGES, unit, Reference(event))
            else:
                others.append(Reference(event))
        return Figure(tuple(others))

    def add_held(self, held: Iterable[tuple[int, str]]) -> None:
        """Count the notices that were held because a unit's budget was used up."""
        for event, unit in held:
            self._add(measures.HELD, unit, Reference(event))

    def units(self, rows: Mapping[str, int]) -> tuple[UnitFigures, ...]:
        """Every unit's figures: in the order of its first row of the table, then by name."""
        last = max(rows.values(), default=0) + 1
        ordered = sorted(self._counted.items(), key=lambda counted: (rows.get(counted[0], last), counted[0]))
        return tuple(
            UnitFigures(unit, {measure: Figure(tuple(found)) for measure, found in by_measure.items()})
            for unit, by_measure in ordered
        )

    def _add(self, measure: Measure, unit: str, reference: Reference) -> None:
        self._counted.setdefault(unit, {}).setdefault(measure, []).append(reference)


def columns(changes: Sequence[Change]) -> tuple[Measure, ...]:
    """Every measure in the order it is shown, the week's steps among them from the mildest to the gravest."""
    taken: dict[Measure, tuple[int, int, int]] = {}
    for change in changes:
        if change.event.is_step and (step := _step(change.event)) not in taken:
            taken[step] = _gravity(change.event)
    steps = sorted(taken, key=lambda step: (taken[step], step.key, step.label))
    every = (*measures.MEASURES, *steps)
    return tuple(measure for group in Group for measure in every if measure.group is group)


def in_time(duty: Standing) -> bool:
    """按时: last reported done no later than its time limit."""
    return duty.reported_at is not None and duty.reported_at <= duty.due_at


def _measured(change: Change) -> Iterator[tuple[Measure, str]]:
    """What an event counts as, and for which unit."""
    if change.before is None:
        yield measures.OPENED, change.unit
        yield measures.ASKED_TO_REPORT, change.unit
    elif change.event.is_step:
        yield _step(change.event), change.unit
        if change.event.data["kind"] == StepKind.EXPLANATION:
            yield measures.ASKED_TO_REPORT, change.unit
    elif change.rule:
        yield from ((measure, change.unit) for measure in _acted(change.before, change.rule))
        if change.after.unit != change.unit:
            yield measures.HANDED_OVER, change.unit
            yield measures.RECEIVED, change.after.unit


def _acted(before: Standing, rule: Transition) -> Iterator[Measure]:
    yield from _DONE.get(rule.action, ())
    if rule.asks:
        yield _ASKED[rule.asks]
    if rule.action is Action.CLOSE:
        yield measures.IN_TIME if in_time(before) else measures.LATE
    if before.pending is Request.DISPUTE and rule.action in _UPHOLDING:
        yield measures.UPHELD


def _stands(duty: Standing, at: datetime) -> Iterator[Measure]:
    yield measures.IN_HAND
    if duty.state is DutyState.REPORTED:
        yield measures.WAITING
    if duty.state is DutyState.SUSPENDED:
        yield measures.SUSPENDED
    if is_overdue(duty.state, duty.due_at, at):
        yield measures.OVERDUE
    if duty.pending:
        yield measures.UNANSWERED


def _step(event: LedgerEvent) -> Measure:
    group = Group.OFFICE if event.presses_office else Group.STEPS
    return Measure(group, event.data["step"], Text(*event.data["label"]))


def _gravity(event: LedgerEvent) -> tuple[int, int, int]:
    told = event.data
    return (
        _KINDS.index(StepKind(told["kind"])),
        _ANCHORS.index(Anchor(told["anchor"])),
        Offset.parse(told["offset"]).count,
    )
