"""The unit reader reads each example of the conventions as a careful clerk would."""

import pytest
from make_unit_page import PAGE, page
from unit_examples import EXAMPLES, Example, said

from rules.units import read_units


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_example_reads_as_the_convention_says(example: Example) -> None:
    """Each convention holds: who leads, who supports, who assesses, and whether the clerk is asked."""
    assert said(read_units(example.text, example.context, example.label)) == example.reads


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_questions_say_what_and_where(example: Example) -> None:
    """A question speaks both languages and names the field it is about."""
    for question in read_units(example.text, example.context, example.label).questions:
        assert question.field in ("lead_units", "support_units")
        assert question.message.zh and question.message.en


def test_page_shows_these_examples() -> None:
    """docs/units.md is written anew whenever an example changes (python tests/unit/make_unit_page.py)."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("市教育局、各街道", ("各街道",)),
        ("市直各单位牵头，有关部门配合", ("市直各单位", "有关部门")),
        ("全体成员单位", ("全体成员单位",)),
        ("街道、社区", ("街道", "社区")),
        ("16个成员单位、市教育局", ("16个成员单位",)),
        ("市教育局", ()),
    ],
)
def test_groups_are_told_from_units(text: str, groups: tuple[str, ...]) -> None:
    """What the roster has to expand is listed apart, in the order of the text."""
    assert read_units(text).groups == groups


def test_who_is_named_twice_is_listed_once() -> None:
    """A unit repeated in full and half width stays one unit, as first written."""
    assert read_units("各县（区）、市教育局、各县(区)").lead == ("各县（区）", "市教育局")


def test_what_is_understood_is_offered_where_the_roles_are_unclear() -> None:
    """Where it is not plain who leads, the units themselves are the answers offered."""
    (question,) = read_units("市公安局配合市教育局做好").questions
    assert question.choices == ("市公安局", "市教育局")


def test_a_very_long_run_is_quoted_in_short() -> None:
    """A question about a page without any mark quotes its beginning, not the page."""
    (question,) = read_units("市教育局" * 200).questions
    assert len(question.message.zh) < 100
