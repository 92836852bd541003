"""One digest instead of forty messages (汇总): notices of one person become one message, gravest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from rules.language import Language, Text
from rules.markup import escape
from rules.policy import Severity
from rules.worktime import WorkCalendar


class NoticeFacts(NamedTuple):
    """通知要素: what one notice says, as it stood when it was written."""

    id: int
    recipient: str
    label: Text
    severity: Severity
    created_at: datetime
    title: str
    duty: int | None = None
    unit: str | None = None
    due_at: datetime | None = None
    provisional: bool = False
    reason: Text | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """消息正文: what one recipient is told. `body` is Markdown."""

    recipient: str
    severity: Severity
    subject: str
    body: str
    notices: tuple[int, ...]


class Saying(NamedTuple):
    """通知用语: one notice in words, ready to stand in a body; what it lacks is empty. `details` is the rest in one."""

    number: str
    duty: str
    label: str
    title: str
    unit: str
    due: str
    reason: str
    details: str
    is_urgent: bool


_SUBJECT = Text("【督办】{first}等 {count} 项", "[Duban] {first} and more: {count} items")
_SUBJECT_ONE = Text("【督办】{first}", "[Duban] {first}")
_HEADING = Text("{label}：{title}", "{label}: {title}")
_DUE = Text("时限 {due}", "due {due}")
_DUE_PROVISIONALLY = Text("时限 {due}（暂定，放假安排未公布）", "due {due} (provisional: holidays not yet published)")
_AND = Text("；", "; ")


def compose(recipient: str, notices: Sequence[NoticeFacts], language: Language, calendar: WorkCalendar) -> Digest:
    """One message from all notices of one recipient, with local times."""
    ordered = gravest_first(notices)
    first = ordered[0]
    template = _SUBJECT if len(ordered) > 1 else _SUBJECT_ONE
    subject = template.said_in(language).format(first=heading(first, language), count=len(ordered))
    body = "\n".join(line for notice in ordered for line in _lines(notice, language, calendar))
    return Digest(recipient, first.severity, subject, body, tuple(notice.id for notice in notices))


def gravest_first(notices: Sequence[NoticeFacts]) -> list[NoticeFacts]:
    """In the order they are told: the gravest first, then what is due first."""
    return sorted(notices, key=lambda n: (-n.severity, n.due_at or n.created_at, n.id))


def heading(first: NoticeFacts, language: Language) -> str:
    """What a message's subject names: its first notice, shortened."""
    return _HEADING.said_in(language).format(label=first.label.said_in(language), title=_shorten(first.title))


def saying(notice: NoticeFacts, language: Language, calendar: WorkCalendar) -> Saying:
    """A notice in words of a language, with local times; other people's words are made safe for a body."""
    unit = escape(notice.unit) if notice.unit and notice.unit != notice.title else ""
    due = _due(notice.due_at, notice.provisional, language, calendar) if notice.due_at else ""
    reason = escape(notice.reason.said_in(language)) if notice.reason else ""
    return Saying(
        f"N{notice.id}",
        f"D{notice.duty}" if notice.duty else "",
        notice.label.said_in(language),
        escape(notice.title),
        unit,
        due,
        reason,
        _AND.said_in(language).join(part for part in (unit, due, reason) if part),
        notice.severity is Severity.URGENT,
    )


def _lines(notice: NoticeFacts, language: Language, calendar: WorkCalendar) -> list[str]:
    said = saying(notice, language, calendar)
    duty = f" {said.duty}" if said.duty else ""
    details = f"{said.details} " if said.details else ""
    return [f"- **{said.label}**{duty} {said.title}", f"  {details}({said.number})"]


@lru_cache(maxsize=4096)
def _due(due_at: datetime, provisional: bool, language: Language, calendar: WorkCalendar) -> str:
    """Duties of one table share their time limits."""
    due = _DUE_PROVISIONALLY if provisional else _DUE
    return due.said_in(language).format(due=f"{calendar.local(due_at):%Y-%m-%d %H:%M}")


def _shorten(title: str, limit: int = 24) -> str:
    return title if len(title) <= limit else title[: limit - 1] + "…"
