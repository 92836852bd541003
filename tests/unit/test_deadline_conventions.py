"""The deadline grammar reads each example of the conventions as a careful clerk would."""

from datetime import date

import pytest
from deadline_examples import EXAMPLES, Example, said
from make_deadline_page import PAGE, page

from rules.deadlines import read_deadlines
from rules.reading import DeadlineKind


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_example_reads_as_the_convention_says(example: Example) -> None:
    """Each convention holds: what is due, when, how often, and whether the clerk is asked."""
    reading = read_deadlines(example.text, example.on, example.context)
    assert tuple(map(said, reading.readings)) == example.reads


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_doubts_and_questions_go_together(example: Example) -> None:
    """A reading that is not sure comes with a question that says why, and a sure one with none."""
    reading = read_deadlines(example.text, example.on, example.context)
    assert bool(reading.questions) == any(not deadline.sure for deadline in reading.readings)
    assert all(question.message.zh and question.message.en for question in reading.questions)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_text_is_the_words_of_the_source(example: Example) -> None:
    """A reading quotes the source as it stands, so that a person finds it again in the cell."""
    reading = read_deadlines(example.text, example.on, example.context)
    assert all(deadline.text in example.text for deadline in reading.readings)


def test_page_shows_these_examples() -> None:
    """docs/deadlines.md is written anew whenever an example changes (python tests/unit/make_deadline_page.py)."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_plan_year_differs_from_the_reference_year() -> None:
    """A plan for next year, published in December, dates its months in the plan's year."""
    reading = read_deadlines("6月底前", date(2026, 12, 20), year=2027)
    assert said(reading.readings[0]) == "by 2027-06-30"


def test_this_year_of_a_plan_for_next_year_is_asked() -> None:
    """今年 in a plan for another year than the reference date's may mean either: never settled in silence."""
    assert not read_deadlines("今年6月底前", date(2026, 12, 20), year=2027).readings[0].sure


def test_without_any_year_the_clerk_is_asked() -> None:
    """With neither a reference date nor a plan year no due date is made up."""
    reading = read_deadlines("6月底前", None)
    assert reading.readings[0].due is None
    assert not reading.readings[0].sure


def test_a_year_in_the_text_needs_no_reference_date() -> None:
    """A full date reads the same without a reference date."""
    assert said(read_deadlines("2027年6月底前", None).readings[0]) == "by 2027-06-30"


def test_empty_text_has_no_reading() -> None:
    """An empty cell is no deadline and raises no question."""
    assert read_deadlines(" 　\n", date(2026, 3, 2)).readings == ()


def test_beyond_the_lunar_table_the_clerk_is_asked() -> None:
    """A lunar feast of a year the table does not hold is never made up."""
    reading = read_deadlines("2050年中秋节前", date(2026, 3, 2)).readings[0]
    assert (reading.kind, reading.due, reading.sure) == (DeadlineKind.BY, None, False)
