"""Laws of the bulletin, whatever people do: its books balance, week after week."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from rules import measures
from rules.bulletin import Bulletin, UnitFigures
from rules.lifecycle import FINISHED, TRANSITIONS, Action, DutyState
from rules.measures import Measure
from tests.unit.ledger_stories import TARGETS, Story, at, due

UNITS = ("甲局", "乙局", "丙街道")
WEEKS = ("03-02", "03-09", "03-16", "03-23")
BEGINS = at("03-01 00:00")
COMING = (measures.BEFORE, measures.OPENED, measures.RECEIVED)
GOING = (measures.HANDED_OVER, measures.IN_TIME, measures.LATE, measures.WITHDRAWN)


class Move(NamedTuple):
    """One thing that may happen: some hours later, to one of the duties, one of the actions open to it."""

    hours: int
    duty: int
    choice: int
    unit: str


moves = st.lists(
    st.builds(Move, st.integers(0, 30), st.integers(1, 6), st.integers(0, 99), st.sampled_from(UNITS)), max_size=30
)


def happened(chosen: Sequence[Move]) -> Story:
    """A month in which duties open and people do to them what their state allows."""
    story, states, now = Story().row(), dict[int, DutyState](), BEGINS
    for move in chosen:
        now += timedelta(hours=move.hours)
        when = f"{now:%m-%d %H:%M:%S}"
        if move.duty not in states:
            story.opened(when, move.duty, move.unit, until=f"03-{1 + move.choice % 28:02d}")
            states[move.duty] = DutyState.OPEN
        elif states[move.duty] not in FINISHED:
            allowed = [rule.action for rule in TRANSITIONS if states[move.duty] in rule.sources]
            action = allowed[move.choice % len(allowed)]
            told = {"unit": move.unit} if action is Action.HAND_OVER else {}
            told |= {"due_at": due("03-25")} if action in (Action.EXTEND, Action.RESUME) else {}
            story.does(when, action, move.duty, **told, part=None, title="")
            states[move.duty] = TARGETS[action] or states[move.duty]
    return story


def books(figures: UnitFigures) -> tuple[int, int]:
    def add_up(columns: Sequence[Measure]) -> int:
        return sum(figures.of(column).value for column in columns)

    return add_up(COMING) - add_up(GOING), figures.of(measures.IN_HAND).value


@given(moves)
def test_the_books_of_every_unit_balance(chosen: list[Move]) -> None:
    """What was in hand, plus what came, less what went, is what is in hand at the end."""
    story = happened(chosen)
    for week in map(story.week, WEEKS):
        for figures in (*week.units, week.total):
            came_to, in_hand = books(figures)
            assert came_to == in_hand


@given(moves)
def test_each_week_begins_with_what_the_last_one_left(chosen: list[Move]) -> None:
    """The duties in hand at a week's end are those in hand at the next one's start, unit by unit."""
    weeks = [happened(chosen).week(on) for on in WEEKS]
    for last, following in pairwise(weeks):
        assert in_hand(last, measures.IN_HAND) == in_hand(following, measures.BEFORE)


def in_hand(week: Bulletin, measure: Measure) -> set[tuple[str, int | None]]:
    return {(unit.unit, reference.duty) for unit in week.units for reference in unit.of(measure).counted}


@given(moves)
def test_every_event_counts_in_one_week_only(chosen: list[Move]) -> None:
    """Whatever is counted as having happened in a week happened in it, and in no other."""
    story = happened(chosen)
    standing = {
        measures.BEFORE,
        measures.IN_HAND,
        measures.WAITING,
        measures.SUSPENDED,
        measures.OVERDUE,
        measures.UNANSWERED,
    }
    for week in map(story.week, WEEKS):
        for measure in set(measures.MEASURES) - standing:
            for event in week.total.of(measure).events:
                assert week.first_event <= event <= week.last_event
