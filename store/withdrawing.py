"""Withdrawing duties that nobody owes any more (撤销), and with each the parts split off it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select, update

from rules.escalation import addressees
from rules.language import Text
from rules.lifecycle import DutyState
from rules.policy import Severity
from rules.roster import Rung
from store.batches import batches
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.rulebook import Rulebook
from store.schema import duties

_WITHDRAWN = Text("任务撤销", "duty withdrawn")


async def withdraw(write: Writing, book: Rulebook, gone: Sequence[Row[Any]], why: Text) -> None:
    """Withdraw these duties and their unfinished parts, each with its event and its notice."""
    while gone:
        await _withdraw(write, book, gone, why)
        gone = await _parts_of(write, [duty.id for duty in gone])


async def withdraw_parts(write: Writing, book: Rulebook, duty: int, why: Text) -> None:
    """Withdraw what was split off a duty (分办) that itself has just been withdrawn."""
    await withdraw(write, book, await _parts_of(write, [duty]), why)


async def _parts_of(write: Writing, whole: Iterable[int]) -> Sequence[Row[Any]]:
    parts: list[Row[Any]] = []
    for some in batches(whole):
        query = select(duties).where(duties.c.parent_id.in_(some), duties.c.finished_at.is_(None)).order_by(duties.c.id)
        parts += await write.connection.execute(query.with_for_update())
    return parts


async def _withdraw(write: Writing, book: Rulebook, gone: Sequence[Row[Any]], why: Text) -> None:
    for some in batches(duty.id for duty in gone):
        await write.connection.execute(
            update(duties)
            .where(duties.c.id.in_(some))
            .values(
                state=DutyState.WITHDRAWN.value,
                finished_at=write.now,
                next_action_at=None,
                pending=None,
                asked_at=None,
                asked_due_at=None,
            )
        )
    events = await write.record_all(Happening("duty.withdraw", f"duty:{duty.id}", {"reason": why.zh}) for duty in gone)
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind="withdraw",
                label=_WITHDRAWN,
                severity=Severity.IMPORTANT,
                title=duty.title,
                duty_id=duty.id,
                unit=duty.unit,
                due_at=duty.due_at,
                provisional=duty.provisional,
                reason=why,
            )
            for duty, event in zip(gone, events, strict=True)
            for one in addressees((Rung.RESPONSIBLE,), book.chain_of(duty._mapping), book.office)
        ],
    )
