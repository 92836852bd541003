"""A published row (任务项) as it is kept: its content in plain values, comparable across versions."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from rules.drafting import ObligationDraft
from rules.reading import Deadline, DeadlineKind


@dataclass(frozen=True, slots=True)
class Obligation:
    """任务项: `content` is what `content_of` made of the row; `lead` are the units that owe its duties."""

    id: int
    row_key: str
    item_no: str | None
    task: str
    year: int
    leader: str | None
    responsible: str | None
    lead: tuple[str, ...]
    content: dict[str, Any]

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return tuple(_deadline(**kept) for kept in self.content["deadlines"])


def content_of(draft: ObligationDraft) -> dict[str, Any]:
    """The fields of a row that count, as JSON values."""
    row = draft.row
    return {
        "task": row.task,
        "category_path": list(row.category_path),
        "standards": list(row.standards),
        "methods": list(row.methods),
        "lead": list(draft.lead),
        "support": list(draft.support),
        "assessors": list(draft.assessors),
        "leader": draft.leader,
        "responsible": draft.responsible,
        "deadlines": [_kept(deadline) for deadline in draft.deadlines],
        "targets": [[t.text, t.subject, t.op, t.value, t.unit] for t in row.targets],
        "source": [row.source.sheet, row.source.cell],
    }


@lru_cache(maxsize=4096)
def _kept(deadline: Deadline) -> dict[str, Any]:
    """Many rows say the same and share what is kept of it; nobody changes it."""
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "start": deadline.start and deadline.start.isoformat(),
        "due": deadline.due and deadline.due.isoformat(),
        "rrule": deadline.rrule,
        "trigger": deadline.trigger,
        "offset": deadline.offset,
    }


@lru_cache(maxsize=4096)
def _deadline(*, kind: str, start: str | None, due: str | None, **words: Any) -> Deadline:
    """Many rows say the same."""
    last: date | datetime | None = None
    if due:
        last = datetime.fromisoformat(due) if "T" in due else date.fromisoformat(due)
    first = date.fromisoformat(start) if start else None
    return Deadline(kind=DeadlineKind(kind), start=first, due=last, **words)
