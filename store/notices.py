"""Notices (通知) written in the transaction of what they tell: the outbox that loses nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from rules.language import Text
from rules.policy import Severity
from rules.quiet import release_at
from store.ledger import Writing
from store.rulebook import Rulebook
from store.schema import notices


class NoticeDraft(NamedTuple):
    """通知（拟）: who is told what, because of which event."""

    event_id: int
    recipient: str
    kind: str
    label: Text
    severity: Severity
    title: str
    duty_id: int | None = None
    unit: str | None = None
    due_at: datetime | None = None
    provisional: bool = False
    reason: Text | None = None


async def add_notices(write: Writing, book: Rulebook, drafts: Sequence[NoticeDraft]) -> None:
    """Put notices into the outbox, each held back as the quiet hours of the present policy say."""
    releases = releases_of(write, book)
    await write.add_numbered(
        notices,
        [
            {
                "event_id": draft.event_id,
                "duty_id": draft.duty_id,
                "recipient": draft.recipient,
                "kind": draft.kind,
                "severity": draft.severity.value,
                "created_at": write.now,
                "release_at": releases[draft.severity],
                "data": _data(draft),
            }
            for draft in drafts
        ],
    )


def releases_of(write: Writing, book: Rulebook) -> dict[Severity, datetime]:
    """When a notice of each severity may go out: now, or when the present policy's quiet hours end."""
    return {severity: release_at(write.now, severity, book.policy.quiet, book.calendar) for severity in Severity}


def _data(draft: NoticeDraft) -> dict[str, object]:
    return {
        "label": list(draft.label),
        "title": draft.title,
        "unit": draft.unit,
        "due_at": draft.due_at,
        "provisional": draft.provisional,
        "reason": list(draft.reason) if draft.reason else None,
    }
