"""The grammar's driver (语法): tries the rules at each token, drops look-alikes, and joins what belongs together.

To read a new kind of phrase, write a rule (a function of the line that returns drafts and moves the cursor, or
None) and name below the token it begins with.
"""

from collections.abc import Callable

from rules.deadlines import doubts
from rules.deadlines.cadences import read_cadence, read_each_holiday, read_regularly
from rules.deadlines.limits import read_limit, read_nth_day, read_same_day
from rules.deadlines.line import Draft, Line
from rules.deadlines.lookalikes import is_lookalike, told_as_done
from rules.deadlines.lunar import read_lunar
from rules.deadlines.remarks import (
    read_at_once,
    read_awaited,
    read_event,
    read_impossible_month,
    read_left_open,
    read_new_year,
    read_pace,
    read_standing,
    read_term,
    read_unknown_event,
    read_week_of_term,
)
from rules.deadlines.spans import read_span
from rules.deadlines.words import Kind
from rules.reading import DeadlineKind

Rule = Callable[[Line], list[Draft] | None]

DATES = (
    Kind.MASKED_YEAR, Kind.DATE, Kind.YEAR_MONTH, Kind.MONTH_DAY, Kind.CLOCK, Kind.FESTIVAL, Kind.PLAN,
    Kind.SHIFT, Kind.NEXT, Kind.QUARTERS, Kind.HALF, Kind.MONTH_PART, Kind.WEEK, Kind.WEEKDAYS, Kind.PART,
    Kind.DAYPART, Kind.FROM, Kind.DASH, Kind.NOW, Kind.AS_OF,
)  # fmt: skip

RULES: dict[Kind, tuple[Rule, ...]] = dict.fromkeys(DATES, (read_span,)) | {
    Kind.NUMBER: (read_cadence, read_limit, read_span, read_impossible_month),
    Kind.BARE: (read_cadence, read_week_of_term, read_limit, read_span),
    Kind.NTH: (read_week_of_term, read_nth_day, read_span),
    Kind.YEAR_PART: (read_cadence, read_span),
    Kind.NEXT: (read_cadence, read_span),
    Kind.EACH: (read_each_holiday, read_cadence),
    Kind.WEEKDAYS: (read_cadence, read_span),
    Kind.ALTERNATE: (read_cadence,),
    Kind.MINIMUM: (read_cadence,),
    Kind.BY_EACH: (read_cadence,),
    Kind.UNIT: (read_cadence,),
    Kind.ROUTINE: (read_cadence,),
    Kind.REGULARLY: (read_regularly,),
    Kind.SAME_DAY: (read_same_day,),
    Kind.LUNAR: (read_lunar,),
    Kind.ENDING: (read_cadence,),
    Kind.EVENT: (read_event,),
    Kind.BEFORE: (read_unknown_event,),
    Kind.TERM: (read_term,),
    Kind.PACE: (read_pace,),
    Kind.STANDING: (read_standing,),
    Kind.AT_ONCE: (read_at_once,),
    Kind.OPEN_DATE: (read_left_open,),
    Kind.AWAITED: (read_awaited,),
    Kind.NEW_YEAR: (read_new_year,),
}


def read_line(line: Line) -> list[Draft]:
    """Every deadline of the line, in its order."""
    found: list[Draft] = []
    while not line.sees(Kind.END):
        drafts = _read_here(line)
        found += drafts
    return _settled(line.text, found)


def _read_here(line: Line) -> list[Draft]:
    begin, said = line.at, line.timeline.memory()
    for rule in RULES.get(line.peek().kind, ()):
        drafts = rule(line)
        if drafts is not None and line.at > begin:
            kept = [draft for draft in drafts if not is_lookalike(line, draft)]
            if not kept:
                line.timeline.recall(said)
            for draft in kept:
                if told_as_done(line, draft):
                    draft.doubts.append(doubts.done_already())
            return kept
        line.at = begin
        line.timeline.recall(said)
    line.timeline.aside = line.sees(Kind.OPEN) or (line.timeline.aside and not line.sees(Kind.CLOSE))
    line.at = begin + 1
    return []


def _settled(text: str, found: list[Draft]) -> list[Draft]:
    """Cadences in a row become one, 从2019年起 starts the cadence behind it, a bare doubt yields to a date."""
    joined: list[Draft] = []
    paced = any(draft.rrule for draft in found)
    bound = any(draft.kind is not DeadlineKind.NONE for draft in found)
    for draft in found:
        if (paced and draft.kind is DeadlineKind.RECURRING and not draft.rrule) or (
            bound and draft.kind is DeadlineKind.NONE
        ):
            continue
        previous = joined[-1] if joined else None
        if previous and draft.kind is DeadlineKind.RECURRING and _joins(text, previous, draft):
            _join(previous, draft)
        else:
            joined.append(draft)
    return joined


def _joins(text: str, previous: Draft, draft: Draft) -> bool:
    if "。" in text[previous.end : draft.begin]:
        return False
    opens = previous.kind is DeadlineKind.WINDOW and previous.due is None
    return opens or (previous.kind is DeadlineKind.RECURRING and bool(previous.rrule and draft.rrule))


def _join(previous: Draft, draft: Draft) -> None:
    rules = dict.fromkeys(_rules(previous) + _rules(draft))
    previous.kind, previous.rrule, previous.end = DeadlineKind.RECURRING, " + ".join(rules) or None, draft.end
    previous.trigger = previous.trigger or draft.trigger
    previous.offset = previous.offset or draft.offset
    previous.doubts += draft.doubts


def _rules(draft: Draft) -> list[str]:
    return draft.rrule.split(" + ") if draft.rrule else []
