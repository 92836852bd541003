"""The ladder (升级规则): which steps are due for a duty at an instant, and when to look at it again.

Pure: facts and now in, a decision out. Writing steps and notices is the store's work.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from rules.lifecycle import DutyState
from rules.policy import Anchor, Policy, Step, StepKind
from rules.roster import Chain, Recipient, Rung
from rules.worktime import WorkCalendar


class Clock(NamedTuple):
    """A duty's position on its ladder (升级计时). All instants are aware.

    `ladder_at` is the instant overdue counts from: the due date, or the start of the episode where that is later. It
    and `episode_at` are put off by the time the office took to answer a request. `taken` are the keys of the steps
    this episode has had. `asked_at` is set while a request waits for the office; the unit's steps rest meanwhile.
    `review_at` is when a suspended duty is to be looked at again.
    `accepted_at` is when the unit accepted the duty: if the policy has it so, the ladder pauses, and then goes on.
    """

    state: DutyState
    episode_at: datetime
    ladder_at: datetime
    taken: frozenset[str] = frozenset()
    reported_at: datetime | None = None
    asked_at: datetime | None = None
    review_at: datetime | None = None
    accepted_at: datetime | None = None


class DueStep(NamedTuple):
    """到期的一步: a step with the instant it fell due; `told` is False for a reminder that a later step made stale.

    `key` is unique within the episode (promise 1).
    """

    step: Step
    key: str
    planned_at: datetime
    told: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """裁定: the steps due now, in order, and the next instant at which this duty needs a look (None: never)."""

    steps: tuple[DueStep, ...]
    next_action_at: datetime | None


class _Planned(NamedTuple):
    at: datetime
    step: Step
    key: str


class _Pause(NamedTuple):
    """签收后的缓办期: until when the ladder rests, and what it counts from then.

    It goes on where it was: the rungs keep their distance and do not come in a heap.
    """

    until: datetime
    ladder_at: datetime


class Escalation:
    """Decides by one policy version and one calendar."""

    def __init__(self, policy: Policy, calendar: WorkCalendar) -> None:
        self._policy = policy
        self._calendar = calendar
        self._instant = lru_cache(maxsize=4096)(self._compute_instant)
        self._decision = lru_cache(maxsize=4096)(self._compute_decision)
        self._look = lru_cache(maxsize=4096)(self._compute_look)

    def decide(self, clock: Clock, ladder: str, now: datetime) -> Decision:
        """What is due for a duty at `now` and was not taken yet, oldest first (promises 1 and 3).

        Duties of one table share their instants, so most decisions of a cycle were made for another duty already.
        """
        return self._decision(clock, ladder, now)

    def _compute_decision(self, clock: Clock, ladder: str, now: datetime) -> Decision:
        plan = sorted(self._plan(clock, ladder), key=lambda planned: planned.at)
        due = [planned for planned in plan if planned.at <= now]
        ahead = plan[len(due)].at if len(due) < len(plan) else None
        return Decision(_collapse(due), ahead)

    def next_look(self, clock: Clock, ladder: str) -> datetime | None:
        """The instant of the first step not taken yet; one that is past counts, so that nothing missed is forgotten."""
        return self._look(clock, ladder)

    def _compute_look(self, clock: Clock, ladder: str) -> datetime | None:
        return min((planned.at for planned in self._plan(clock, ladder)), default=None)

    def _plan(self, clock: Clock, ladder: str) -> Iterator[_Planned]:
        """The steps still to come in this episode that apply in the duty's present state, with their instants."""
        asked = clock.asked_at is not None
        pause = self._pause(clock)
        for step in self._policy.ladders[ladder]:
            key, anchor = _key(step, clock), _anchor(step.anchor, clock)
            applies = clock.state in step.states and (step.anchor is Anchor.ASKED) is asked
            if not applies or anchor is None or key in clock.taken:
                continue
            at = self._instant(anchor, step)
            # Before the episode nobody could act on it. A report or a request may be older and still waits.
            if at >= clock.episode_at or anchor < clock.episode_at:
                if pause and step.anchor is Anchor.DUE:
                    at = max(pause.until, self._instant(pause.ladder_at, step))
                yield _Planned(at, step, key)

    def _pause(self, clock: Clock) -> _Pause | None:
        """The pause that accepting the duty brings, if the policy has one."""
        pause = self._policy.pause_on_accept
        if pause is None or clock.accepted_at is None:
            return None
        until = pause.after(clock.accepted_at, self._calendar, self._policy.day_starts)
        return _Pause(until, put_off(clock.ladder_at, clock.accepted_at, until))

    def _compute_instant(self, anchor: datetime, step: Step) -> datetime:
        return step.offset.after(anchor, self._calendar, self._policy.day_starts)


def _anchor(anchor: Anchor, clock: Clock) -> datetime | None:
    match anchor:
        case Anchor.OPENED:
            return clock.episode_at
        case Anchor.DUE:
            return clock.ladder_at
        case Anchor.REPORTED:
            return clock.reported_at
        case Anchor.ASKED:
            return clock.asked_at
        case Anchor.REVIEW:
            return clock.review_at


def _key(step: Step, clock: Clock) -> str:
    """A step comes once an episode, but for one that answers a request: a unit may ask again after a refusal."""
    if step.anchor is Anchor.ASKED and clock.asked_at:
        return f"{step.key}@{clock.asked_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return step.key


def _collapse(due: list[_Planned]) -> tuple[DueStep, ...]:
    """Stale reminders collapse: a reminder is told only where it is the last thing due."""
    last = len(due) - 1
    return tuple(
        DueStep(step, key, at, told=step.kind is not StepKind.REMINDER or index == last)
        for index, (at, step, key) in enumerate(due)
    )


def ladder_start(due_at: datetime, episode_began: datetime) -> datetime:
    """Nobody is escalated for time before they were told: the ladder counts from the later of the two."""
    return max(due_at, episode_began)


def put_off(instant: datetime, asked_at: datetime, answered_at: datetime) -> datetime:
    """The clock while waiting for the office is the office's: a count that ran from `instant` loses none of that time.

    One that was to begin later loses nothing, so that a time limit still ahead stays where it is.
    """
    return instant + max(timedelta(0), answered_at - max(asked_at, instant))


class Addressee(NamedTuple):
    """A person a step is for; `stands_in_for` names the vacant rung they answer for."""

    person: str
    rung: Recipient
    stands_in_for: Rung | None = None


def addressees(
    to: Sequence[Recipient], chain: Chain, office: tuple[str, ...], rechecker: str | None = None
) -> tuple[Addressee, ...]:
    """The people meant by rungs of a chain, "office" or "rechecker"; for a vacant rung the next above answers, else
    the office, as it does where nobody was drawn to re-check.
    """
    found: dict[str, Addressee] = {}
    for wanted in to:
        if wanted == "rechecker" and rechecker:
            found.setdefault(rechecker, Addressee(rechecker, wanted))
        elif isinstance(wanted, str):
            found.update({person: Addressee(person, "office") for person in office if person not in found})
        else:
            for one in _on_rung(wanted, chain, office):
                found.setdefault(one.person, one)
    return tuple(found.values())


_UPWARDS = tuple(Rung)


def _on_rung(wanted: Rung, chain: Mapping[Rung, str], office: tuple[str, ...]) -> tuple[Addressee, ...]:
    for rung in _UPWARDS:
        if rung >= wanted and rung in chain:
            return (Addressee(chain[rung], rung, None if rung == wanted else wanted),)
    return tuple(Addressee(person, "office", wanted) for person in office)
