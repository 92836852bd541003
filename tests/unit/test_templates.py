"""Templates an office may change: what they may hold, and that nobody loses the number that explains a notice."""

from collections.abc import Mapping

import pytest

from channels.wording import BUILT_IN, SAMPLE, BadTemplate, check_words, worded
from rules.digest import compose
from rules.language import Language
from rules.worktime import WorkCalendar

CALENDAR = WorkCalendar()


def check(**own: str) -> None:
    check_words(own, [], CALENDAR)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("own", [{name: text} for name, text in BUILT_IN.items()] + [BUILT_IN], ids=str)
def test_the_built_in_templates_say_what_the_built_in_words_say(
    own: Mapping[str, str], count: int, language: Language
) -> None:
    """What `template show` prints is a sound place to begin from."""
    notices = SAMPLE[:count]
    assert worded(own, notices, language, CALENDAR) == compose("责任人", notices, language, CALENDAR)


def test_an_office_says_it_its_own_way() -> None:
    """A heading, the gravest first, only what it wants to say, and the numbers."""
    each = "{% for one in notices %}{{ one.title }} {{ one.number }}\n{% endfor %}"
    body = "{{ recipient }}：本周请办 {{ count }} 项\n" + each
    digest = worded({"body": body, "subject": "创建提醒 {{ count }}"}, SAMPLE, Language.ZH, CALENDAR)
    assert digest.subject == "创建提醒 3"
    assert digest.body.splitlines()[:2] == ["责任人：本周请办 3 项", "题目里的 \\*\\*符号\\*\\* N1010"]
    assert digest.notices == (101, 102, 1010)


def test_no_number_may_be_left_out() -> None:
    """N101 within N1010 is not N101; a line without its number, a body without its lines are refused, with the line."""
    for own, line in (
        ({"line": "{{ notice.title }}"}, 1),
        ({"body": "各位好"}, 1),
        ({"body": "好\n{% for one in notices %}{% if one.is_urgent %}{{ one.number }}{% endif %}{% endfor %}"}, 2),
        ({"subject": "{% if count > 9 %}多{% endif %}"}, 1),
    ):
        with pytest.raises(BadTemplate) as refused:
            check(**own)
        assert refused.value.facts["line"] == line


@pytest.mark.parametrize(
    "text",
    [
        "{{ lines * 999999999 }}",
        "{{ '%0999999999d' % 1 }}",
        "{% set a = lines ~ lines %}{{ a }}",
        "{{ lines.upper() }}",
        "{{ ''.__class__.__mro__ }}{{ lines }}",
        "{% for a in notices %}{% for b in notices %}{{ b.number }}{% endfor %}{% endfor %}",
        "{% for a in notices recursive %}{{ a.number }}{% endfor %}",
        "{% include 'x' %}",
        "{% macro m() %}{% endmacro %}{{ lines }}",
        "{{ lines|replace('a', 'b') }}",
        "{{ range }}{{ lines }}",
        "{{ nobody }}{{ lines }}",
        "{% if %}",
        "{{ lines }}" * 5 + "x" * 9000,
        "x" * 20_000,
    ],
)
def test_nothing_that_reaches_out_or_grows(text: str) -> None:
    """Calls, assignments, arithmetic, loops in loops, unknown names and floods are refused in a sentence, at once."""
    with pytest.raises(BadTemplate):
        check(body=text)


def test_the_line_of_a_mistake_is_named() -> None:
    """A name that does not exist in the third line, a tag that does not close in the second."""
    for text, line in (("{{ lines }}\n\n{{ nobody }}", 3), ("{{ lines }}\n{% endfor %}", 2)):
        with pytest.raises(BadTemplate) as refused:
            check(body=text)
        assert refused.value.facts["line"] == line
