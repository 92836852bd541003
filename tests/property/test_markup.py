"""The words of a body are the same whether shown or only told."""

from hypothesis import example, given
from hypothesis import strategies as st

from rules.markup import escape, parse, plain

BODIES = st.lists(st.sampled_from(["#", "-", "*", "**", "[", "]", "(http://a)", "\\", ">", " ", "  ", "甲", "\n"])).map(
    "".join
)


@given(BODIES)
@example("# 甲 \n- **甲\\*乙** [去看](http://a)\n> 丙\n  丁")
def test_the_words_alone_are_those_that_are_shown(body: str) -> None:
    """What a text message says is what a page shows, without the marks, for whatever stands in a body."""
    assert plain(body) == "\n".join("".join(span.text for span in line.spans) for line in parse(body))


@given(st.text(alphabet="#-*[]()>\\ 甲\t"))
def test_escaped_words_come_out_as_they_went_in(text: str) -> None:
    """Somebody's words are never read as markdown, wherever in a line they stand."""
    assert plain("甲" + escape(text)) == ("甲" + text).rstrip()
