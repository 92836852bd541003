"""How a message reads: light markdown, each vendor's writing, and parts that fit."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.carriers import CARRIERS
from channels.errors import TooLong
from channels.forms import fill
from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.rendering import DINGTALK, FEISHU, PLAIN, WECOM, as_html, body_in, full_text
from channels.splitting import split
from rules.language import Language
from rules.markup import escape, parse, plain

BODY = "# 本周\n- **催办** D1 清理占道经营\n  某某局；时限 2026-12-04\n> 依据第三条\n\n见[附件](https://duban.example.org/f)"
WECOM_ROBOT = fill("wecom_robot", {"key": "k"})
LIMITED = [
    WECOM_ROBOT,
    fill("wecom_app", {"corp_id": "c", "secret": "s", "agent_id": 1}),
    fill("dingtalk_robot", {"token": "t"}),
    fill("feishu_robot", {"token": "t"}),
    fill("ntfy", {"topic": "t"}),
]


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        (
            PLAIN,
            "本周\n· 催办 D1 清理占道经营\n　某某局；时限 2026-12-04\n依据第三条\n\n见附件 https://duban.example.org/f",
        ),
        (
            WECOM,
            "### 本周\n- **催办** D1 清理占道经营\n　某某局；时限 2026-12-04\n> 依据第三条\n\n"
            "见[附件](https://duban.example.org/f)",
        ),
        (
            FEISHU,
            "**本周**\n- **催办** D1 清理占道经营\n　某某局；时限 2026-12-04\n依据第三条\n\n"
            "见[附件](https://duban.example.org/f)",
        ),
    ],
)
def test_each_vendor_gets_its_own_writing(dialect: object, expected: str) -> None:
    """Feishu has no headings, plain text no marks; DingTalk breaks a line only after two spaces."""
    assert body_in(Outgoing("N1", "T", BODY), dialect) == expected  # type: ignore[arg-type]
    assert "催办** D1 清理占道经营  \n" in body_in(Outgoing("N1", "T", BODY), DINGTALK)


def test_html_has_every_part_and_no_foreign_markup() -> None:
    """A mail shows the body as structured text, and markup in it as characters."""
    page = as_html(Outgoing("N1", "<b>标题</b>", BODY + "\n<img src=x>", link="https://duban.example.org/?a=1&b=2"))
    for part in ("<h3>本周</h3>", "<b>催办</b>", '<a href="https://duban.example.org/f">附件</a>', "&lt;img src=x&gt;"):
        assert part in page
    assert "<img" not in page and "<b>标题" not in page
    assert 'href="https://duban.example.org/?a=1&amp;b=2"' in page


@given(st.text(alphabet="ab*[]()\\#>- \n<@督办。https://x", max_size=60))
def test_escaped_words_come_back_as_they_were(words: str) -> None:
    """Whatever a unit writes is shown as written, and never becomes bold, a link, a heading or a quote."""
    line = "说：" + escape(" ".join(words.split()))
    assert plain(line) == "说：" + " ".join(words.split())
    assert all(span.link is None and not span.is_bold for one in parse(line) for span in one.spans)


@pytest.mark.parametrize("words", ["# 标题", "- 项", "> 引用", "**粗**", "[文](https://x.example)", "* 项"])
def test_escaped_words_at_a_line_start_are_no_block(words: str) -> None:
    """A task that begins with a dash is still a paragraph."""
    (line,) = parse(escape(words))
    assert line.shape == "paragraph"
    assert plain(escape(words)) == words


def test_only_web_links_are_links() -> None:
    """No script, no file, no mail address hides behind a word."""
    for link in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"):
        (line,) = parse(f"[点我]({link})")
        assert all(span.link is None for span in line.spans)


def test_a_message_that_fits_is_not_split() -> None:
    """No (1/1): numbering is for parts."""
    message = Outgoing("N1", "催办", BODY)
    assert split(WECOM_ROBOT, "", message) == (message,)
    assert "1/1" not in full_text(message, WECOM)


def test_english_is_complete() -> None:
    """A reader without Chinese finds what the heading, footer and link say."""
    text = full_text(
        Outgoing("N1", "Reminder", "x", link="https://duban.example.org", is_resend=True, language=Language.EN), PLAIN
    )
    assert "Resent" in text and "no. N1" in text and "Open https://" in text


lines = st.text(alphabet='督办清理，。；ab*[]<"\\ 😀', max_size=400)


@settings(max_examples=60)
@given(st.sampled_from(LIMITED), st.lists(lines, max_size=40), st.sampled_from(["", "zhangsan"]))
def test_parts_fit_and_lose_nothing(channel: ChannelConfig, texts: list[str], target: str) -> None:
    """Every part fits even as a resend, parts are numbered, and together they say all words in order."""
    message = Outgoing("DB-20261123-0042", "【督办】催办等 40 项", "\n".join(f"- {escape(text)}" for text in texts))
    carrier = CARRIERS[channel.kind]
    target = target or ("zhangsan" if channel.kind == "wecom_app" else "")
    parts = split(channel, target, message)
    limit = carrier.limit(channel, target)
    assert limit is not None
    for part in (replace(part, is_resend=True) for part in parts):
        assert carrier.size(carrier.text(channel, target, part), target, part) <= limit
    assert [(part.part, part.parts) for part in parts] == [(i + 1, len(parts)) for i in range(len(parts))]
    assert len({part.part_number for part in parts}) == len(parts)
    assert _words("".join(part.body for part in parts)) == _words(message.body)


def _words(body: str) -> str:
    """All words without marks: a line that had to be cut keeps its words, not its bullet."""
    return "".join(ch for ch in plain(body) if ch not in "-\\ \n")


def test_parts_end_at_line_ends() -> None:
    """Nobody reads half a duty at the end of one message and the rest in the next."""
    rows = [f"- **催办** D{i} 清理第{i}处占道经营" for i in range(300)]
    parts = split(WECOM_ROBOT, "", Outgoing("N1", "催办", "\n".join(rows)))
    assert len(parts) > 1
    assert [row for part in parts for row in part.body.split("\n")] == rows


def test_one_endless_line_is_cut_behind_a_sentence() -> None:
    """A cell pasted whole into a title still arrives, cut where a reader would pause."""
    parts = split(WECOM_ROBOT, "", Outgoing("N1", "催办", "清理占道经营，恢复原状。" * 400))
    assert len(parts) > 1
    assert all(part.body.endswith(("。", "，")) for part in parts)


def test_a_title_that_leaves_no_room_is_refused() -> None:
    """A message that can't be cut to fit says so, with the limit."""
    with pytest.raises(TooLong) as refused:
        split(WECOM_ROBOT, "", Outgoing("N1", "题" * 2000, "正文"))
    assert "4096" in str(refused.value) and "N1" in str(refused.value)
