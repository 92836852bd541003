"""When something is due (完成时限): reads Chinese deadline phrases into typed readings, and asks where in doubt.

The way of a phrase: normal.py (one spelling) → tokens.py (words and numbers, vocabulary in words.py) → grammar.py
(which rule reads what: spans, cadences, limits, remarks) → lookalikes.py (what is no deadline). timeline.py settles
the year. docs/deadlines.md shows the conventions with examples.
"""

import re
from dataclasses import dataclass
from datetime import date

from rules.deadlines.grammar import read_line
from rules.deadlines.line import Draft, Line
from rules.deadlines.normal import Normal, normalise
from rules.deadlines.timeline import Timeline
from rules.reading import Deadline, DeadlineKind, Question

CONTEXT = 80
"""How many characters of the context either side may settle what the phrase leaves open."""

NAMES_A_DATE = re.compile("[年月]")


@dataclass(frozen=True, slots=True)
class Reading:
    """读数: every deadline of a phrase in its order, and every doubt about them."""

    readings: tuple[Deadline, ...]
    questions: tuple[Question, ...]


def read_deadlines(text: str, on: date | None, context: str | None = None, year: int | None = None) -> Reading:
    """Reads the phrase; the context settles only what it leaves open.

    `on` is the reference date, local, from which 明年, 下月 and 即日 count; `year` the plan's year, else that of
    `on`. Without either, what lacks a year is read without a due date and asked about. A phrase that sets no
    deadline gives one reading of kind none; an empty one gives none at all.
    """
    normal = normalise(text)
    if not normal.text:
        return Reading((), ())
    around, label = _around(normal.text, normalise(context).text if context else "")
    timeline = Timeline(on, year or (on.year if on else None))
    _recall_context(around[0], timeline)
    line = Line(normal.text, timeline, around, label)
    drafts = read_line(line)
    if not drafts:
        return Reading((Deadline(text=text.strip(), kind=DeadlineKind.NONE),), ())
    readings = tuple(_deadline(draft, normal) for draft in drafts)
    return Reading(readings, tuple(dict.fromkeys(question for draft in drafts for question in draft.doubts)))


def _around(text: str, context: str) -> tuple[tuple[str, str], str]:
    """The context before and behind the phrase; where it does not hold the phrase, it is a label before it."""
    place = context.find(text)
    if place >= 0:
        end = place + len(text)
        return (context[max(0, place - CONTEXT) : place], context[end : end + CONTEXT]), ""
    label = context[-CONTEXT:]
    return (label + ":" if label else "", ""), label


def _recall_context(before: str, timeline: Timeline) -> None:
    """The year and month of the last dated deadline in the context before the phrase."""
    if NAMES_A_DATE.search(before):
        earlier = Timeline(timeline.on, timeline.plan_year)
        read_line(Line(before, earlier))
        timeline.said_year, timeline.said = earlier.said_year, earlier.said


def _deadline(draft: Draft, normal: Normal) -> Deadline:
    return Deadline(
        text=normal.verbatim(draft.begin, draft.end),
        kind=draft.kind,
        start=draft.start,
        due=draft.due,
        rrule=draft.rrule,
        trigger=draft.trigger,
        offset=draft.offset,
        sure=not draft.doubts,
    )
