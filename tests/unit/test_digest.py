"""One digest instead of forty messages (汇总): what it says, in which order, in which language."""

from datetime import UTC, datetime
from typing import Any

from rules.digest import Digest, NoticeFacts, compose
from rules.language import Language, Text
from rules.policy import Severity
from rules.worktime import WorkCalendar

WRITTEN = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
DUE = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)


def notice(number: int = 1, **facts: Any) -> NoticeFacts:
    usual: dict[str, Any] = {
        "recipient": "城管员",
        "label": Text("逾期催办", "overdue: urged"),
        "severity": Severity.IMPORTANT,
        "created_at": WRITTEN,
        "title": "清理背街小巷",
        "duty": number,
        "unit": "市城管局",
        "due_at": DUE,
    }
    return NoticeFacts(id=number, **{**usual, **facts})


def digest(*notices: NoticeFacts, language: Language = Language.ZH) -> Digest:
    return compose("城管员", notices, language, WorkCalendar())


def test_one_notice_is_said_in_full() -> None:
    """What, which duty, whose, until when in local time, and the notice's number to ask about."""
    only = digest(notice())
    assert only.subject == "【督办】逾期催办：清理背街小巷"
    assert only.body.splitlines() == ["- **逾期催办** D1 清理背街小巷", "  市城管局；时限 2026-09-30 23:59 (N1)"]


def test_many_notices_become_one_message_that_counts_them() -> None:
    """Forty items are one message; its subject leads with the gravest and says how many there are."""
    many = digest(*(notice(n) for n in range(1, 40)), notice(40, severity=Severity.URGENT, title="整治校门口"))
    assert many.subject == "【督办】逾期催办：整治校门口等 40 项"
    assert many.notices == tuple(range(1, 41))
    assert many.severity is Severity.URGENT
    assert many.body.count("- **") == 40


def test_the_gravest_comes_first_then_what_is_due_first() -> None:
    """A leader reads the top of the list."""
    later = datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)
    body = digest(
        notice(1, severity=Severity.ROUTINE),
        notice(2, due_at=later),
        notice(3),
        notice(4, severity=Severity.URGENT, due_at=later),
    ).body
    numbers = [line.split(" ")[2] for line in body.splitlines() if line.startswith("- ")]
    assert numbers == ["D4", "D3", "D2", "D1"]


def test_every_notice_is_carried_by_exactly_one_line() -> None:
    """Nothing that was put into a message is missing from its words (promise 2)."""
    body = digest(*(notice(n, duty=None, unit=None, due_at=None) for n in range(1, 6))).body
    assert [body.count(f"(N{n})") for n in range(1, 6)] == [1] * 5


def test_the_reason_is_said() -> None:
    """A stand-in reads why it comes to them."""
    body = digest(notice(reason=Text("分管领导空缺，由您代为督办", "you stand in"))).body
    assert "分管领导空缺，由您代为督办" in body


def test_a_provisional_time_limit_says_so() -> None:
    """Beyond the published holidays a deadline rests on a guess, and whoever reads it knows (暂定)."""
    assert "时限 2026-09-30 23:59（暂定，放假安排未公布）" in digest(notice(provisional=True)).body
    assert "provisional" in digest(notice(provisional=True), language=Language.EN).body
    assert "暂定" not in digest(notice()).body


def test_english_is_complete() -> None:
    """In English no Chinese is left but the office's own words."""
    only = digest(notice(reason=Text("名册有变", "the roster changed")), language=Language.EN)
    assert only.subject == "[Duban] overdue: urged: 清理背街小巷"
    assert "due 2026-09-30 23:59; the roster changed" in only.body


def test_a_long_title_does_not_burst_the_subject() -> None:
    """The subject stays short, the body has all of it."""
    title = "清理" * 40
    long = digest(notice(title=title))
    assert len(long.subject) < 40
    assert title in long.body


def test_the_same_notices_make_the_same_message() -> None:
    """Whatever order the database hands them over in."""
    notices = [notice(n, severity=Severity(n % 3 + 1)) for n in range(1, 10)]
    assert digest(*notices).body == digest(*reversed(notices)).body
