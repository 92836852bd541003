"""What a careful clerk would ask about the deadlines of a row (时限疑问) before it is published."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from rules.language import Text
from rules.reading import Deadline, DeadlineKind
from rules.recurrence import UnusableRule, check
from rules.recurrence_words import in_words

CONFIRMED = "确认"
DROPPED = "删除"
WAIT = "等待触发"


@dataclass(frozen=True, slots=True)
class Doubt:
    """疑问: a doubt about a row's deadlines, settled by new text without a doubt or by an answer in `settled_by`."""

    message: Text
    choices: tuple[str, ...]
    settled_by: tuple[str, ...] = ()


_NO_DEADLINE = Doubt(Text("没有写完成时限。", "No deadline is given."), ("长期坚持",))
_HOW_OFTEN = Doubt(Text("没有写明多久一次。", "It does not say how often."), ("每周", "每月", "每季度"))
_NO_DATES = Doubt(
    Text("这样的周期排不出日期，请换个说法。", "No dates follow from this cadence; say it another way."),
    _HOW_OFTEN.choices,
)
_UNDATED = Doubt(Text("读不出是哪一天，请换个说法。", "The day cannot be told; say it another way."), ())
_WAITS = Doubt(
    Text("时限取决于另一件事，何时发生？", "The deadline depends on another event: when is it?"), (WAIT,), (WAIT,)
)
_WAITS_IN_PART = Doubt(
    Text("有一个时限取决于另一件事，何时发生？", "One deadline depends on another event: when is it?"),
    (WAIT,),
    (WAIT, CONFIRMED),
)
_UNSURE = Doubt(Text("时限这样理解对吗？", "Is the deadline understood rightly?"), (CONFIRMED,), (WAIT, CONFIRMED))


def _vague(said: str) -> Doubt:
    """尽快 says something of the time, and no day."""
    message = Text(f"“{said}”没有写到哪一天，请写明完成时限。", f"“{said}” names no day: by when must it be done?")
    return Doubt(message, _NO_DEADLINE.choices)


def _passed(day: date) -> Doubt:
    message = Text(f"时限 {day} 已经过去。", f"The deadline {day} has already passed.")
    return Doubt(message, (CONFIRMED,), (WAIT, CONFIRMED))


@lru_cache(maxsize=4096)
def doubt_about(deadlines: tuple[Deadline, ...], on: date, in_force: frozenset[date | datetime]) -> Doubt | None:
    """What a careful clerk would ask before publishing these deadlines; first what no confirming can settle."""
    waiting = [one for one in deadlines if one.kind in (DeadlineKind.RELATIVE, DeadlineKind.EVENT)]
    dated = [one for one in deadlines if one.kind is not DeadlineKind.NONE and one not in waiting]
    if not dated:
        said = next((one.text for one in deadlines if one.kind is DeadlineKind.NONE and one.text), "")
        return _WAITS if waiting else _vague(said) if said else _NO_DEADLINE
    recurring = [one.rrule for one in dated if one.kind is DeadlineKind.RECURRING]
    if not all(recurring):
        return _HOW_OFTEN
    if not all(_is_usable(rrule or "") for rrule in recurring):
        return _NO_DATES
    if any(one.kind in (DeadlineKind.BY, DeadlineKind.WINDOW) and not (one.due or one.start) for one in dated):
        return _UNDATED
    if waiting:
        return _WAITS_IN_PART
    if not all(one.sure for one in dated):
        return _UNSURE
    past = [_day(one.due) for one in dated if one.due and one.due not in in_force and _day(one.due) < on]
    return _passed(past[0]) if past else None


def _is_usable(rrule: str) -> bool:
    try:
        check(rrule)
    except UnusableRule:
        return False
    return True


def _day(due: date | datetime) -> date:
    return due.date() if isinstance(due, datetime) else due


def describe(deadline: Deadline) -> str:
    """A deadline as understood, in a few words a clerk can check at a glance."""
    match deadline.kind:
        case DeadlineKind.BY | DeadlineKind.WINDOW:
            return " 至 ".join(str(day) for day in (deadline.start, deadline.due) if day)
        case DeadlineKind.RECURRING:
            return in_words(deadline.rrule) if deadline.rrule else "定期"
        case DeadlineKind.RELATIVE:
            return f"{deadline.trigger or '？'} + {deadline.offset or '？'}"
        case DeadlineKind.STANDING:
            return "长期坚持"
        case _:
            return deadline.trigger or "没有写到哪一天"
