"""The queue of findings (问题受理): what the office may do to one in each of its states, and when it is reminded."""

from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import NamedTuple

from rules.errors import Refusal
from rules.findings import FROM_RESIDENTS, STATE_LABELS, FindingState, Source
from rules.language import Text
from rules.lifecycle import Actor
from rules.policy import FindingRules, Policy
from rules.roster import Role
from rules.worktime import WorkCalendar


class Triage(StrEnum):
    """受理动作: what the office does to a finding."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    MERGE = "merge"
    HAND_OVER = "hand_over"
    ANSWER = "answer"


class _Rule(NamedTuple):
    label: Text
    sources: frozenset[FindingState]


_NEW, _TAKEN = FindingState.NEW, frozenset({FindingState.NEW, FindingState.ACCEPTED})
_RULES: Mapping[Triage, _Rule] = {
    Triage.ACCEPT: _Rule(Text("立案", "accept"), frozenset({_NEW, FindingState.REFUSED})),
    Triage.REFUSE: _Rule(Text("不予立案", "refuse"), frozenset({_NEW})),
    Triage.MERGE: _Rule(Text("并案", "merge"), _TAKEN),
    Triage.HAND_OVER: _Rule(Text("移交", "hand over"), _TAKEN),
    Triage.ANSWER: _Rule(Text("答复", "answer"), frozenset(FindingState)),
}


class FindingNotAllowed(Refusal):
    """问题办理被拒: the action does not fit the finding's state or the actor."""

    zh = "问题 F{finding} 现在不能“{action}”：{why}"
    en = "Finding F{finding} cannot be given “{action_en}” now: {why_en}"


def refused(finding: int, action: Triage, why: Text) -> FindingNotAllowed:
    label = _RULES[action].label
    return FindingNotAllowed(finding=finding, action=label.zh, why=why.zh, action_en=label.en, why_en=why.en)


def permit_triage(finding: int, state: FindingState, action: Triage, actor: Actor) -> None:
    """FindingNotAllowed unless someone of the office does what the state allows."""
    if Role.OFFICE not in actor.roles:
        raise refused(finding, action, Text("只有创建办可以办理。", "only the office may do it."))
    if state not in _RULES[action].sources:
        label = STATE_LABELS[state]
        raise refused(finding, action, Text(f"它的状态是“{label.zh}”。", f"it is “{label.en}”."))


class Reminders:
    """提醒时点: when the office is reminded of a finding, by one policy and calendar."""

    def __init__(self, policy: Policy, calendar: WorkCalendar) -> None:
        self._rules: FindingRules = policy.findings
        self._calendar = calendar
        self._at: time = policy.day_starts

    def first(self, state: FindingState, source: Source, recorded_at: datetime, answered: bool) -> datetime | None:
        """To triage it, while it waits for that; then to answer whoever reported it. None where nothing is owed."""
        if state is FindingState.NEW:
            return self._rules.triage_within.after(recorded_at, self._calendar, self._at)
        return self.answer_due(recorded_at) if source in FROM_RESIDENTS and not answered else None

    def answer_due(self, recorded_at: datetime) -> datetime:
        """答复期限 of what a resident reported."""
        return self._rules.answer_within.after(recorded_at, self._calendar, self._at)

    def again(self, now: datetime) -> datetime:
        return self._rules.remind_every.after(now, self._calendar, self._at)
