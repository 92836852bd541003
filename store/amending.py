"""What a revision of the table means for open duties (修订对在办事项的影响): new dates, new units, or withdrawal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, String, cast, select, update

from rules.escalation import addressees, ladder_start
from rules.language import Text
from rules.obligation import Obligation
from rules.policy import Severity
from rules.revision import Change
from rules.roster import Rung
from store.batches import batches
from store.duties import clock_of
from store.ledger import Writing
from store.notices import NoticeDraft, add_notices
from store.obligations import by_ids
from store.opening import LOOK_AHEAD, is_provisional, occurrences_of
from store.rulebook import Rulebook
from store.schema import duties
from store.withdrawing import withdraw

_AMENDED = Text("任务调整", "duty amended")
_REVISED = Text("任务分解表已修订。", "The task table was revised.")

Due = date | datetime


async def withdraw_duties_of(write: Writing, book: Rulebook, obligations: Sequence[int]) -> None:
    """Withdraw every unfinished duty of obligations that the revision dropped."""
    await _withdraw(write, book, await _unfinished(write, obligations))


async def amend_duties(write: Writing, book: Rulebook, changes: Sequence[Change]) -> None:
    """Bring the unfinished duties of changed obligations in line with their new words."""
    old_words = {change.old.id: dict(change.old.content) for change in changes}
    obligations = await by_ids(write.connection, old_words)
    unfinished = await _unfinished(write, old_words)
    gone: list[Row[Any]] = []
    for number, group in groupby(unfinished, key=lambda duty: int(duty.obligation_id)):
        new, owed = obligations[number], list(group)
        was, now = (_dues(book, words, owed, write.now) for words in (replace(new, content=old_words[number]), new))
        for duty in owed:
            due = now.get(duty.occurrence)
            if duty.lead not in new.lead or (due is None and duty.occurrence in was):
                gone.append(duty)
            else:
                await _bring_in_line(write, book, new, duty, due if due != was.get(duty.occurrence) else None)
    await _withdraw(write, book, gone)


async def _unfinished(write: Writing, obligations: Iterable[int]) -> Sequence[Row[Any]]:
    """The unfinished duties of these obligations, those of one side by side."""
    found: list[Row[Any]] = []
    for some in batches(obligations):
        query = select(duties).where(duties.c.obligation_id.in_(some), duties.c.finished_at.is_(None))
        query = query.order_by(duties.c.obligation_id, duties.c.id)
        found += await write.connection.execute(query.with_for_update())
    return found


def _dues(book: Rulebook, words: Obligation, owed: Sequence[Row[Any]], now: datetime) -> Mapping[str, Due]:
    """When each occurrence is due by these words, as far as any of these duties could be meant."""
    days = [book.calendar.local(at).date() for duty in owed for at in (duty.opened_at, duty.due_at)]
    days.append(book.calendar.local(now).date())
    found = occurrences_of(book, words.deadlines, words.year, min(days) - LOOK_AHEAD, max(days) + LOOK_AHEAD)
    return {one.key: one.due for one in found}


async def _withdraw(write: Writing, book: Rulebook, gone: Sequence[Row[Any]]) -> None:
    """Withdraw, and give the occurrences free: a later revision may ask the same of the same unit again."""
    await withdraw(write, book, gone, _REVISED)
    for some in batches(duty.id for duty in gone):
        freed = update(duties).where(duties.c.id.in_(some))
        await write.connection.execute(freed.values(occurrence=duties.c.occurrence + "~" + cast(duties.c.id, String)))


async def _bring_in_line(
    write: Writing, book: Rulebook, obligation: Obligation, duty: Row[Any], due: Due | None
) -> None:
    """Give a duty its new words, and a new time limit only where the table's has changed: an extension stays."""
    changed: dict[str, Any] = {"title": obligation.task}
    if duty.unit == duty.lead:
        changed |= {"leader": obligation.leader, "responsible": obligation.responsible}
    if due and (due_at := book.calendar.end_of(due)) != duty.due_at:
        changed |= _new_time_limit(write, book, duty, due_at)
    altered = {name: value for name, value in changed.items() if getattr(duty, name) != value}
    if not altered:
        return
    await write.connection.execute(update(duties).where(duties.c.id == duty.id).values(**altered))
    event = await write.record(
        "duty.amended", f"duty:{duty.id}", was=_told(duty._mapping, altered), now=_told(altered, altered)
    )
    await _tell(write, book, {**duty._mapping, **altered}, event)


def _new_time_limit(write: Writing, book: Rulebook, duty: Row[Any], due_at: datetime) -> dict[str, Any]:
    """A new time limit starts the ladder afresh, as an extension would."""
    ladder_at = ladder_start(due_at, write.now)
    moved = {**duty._mapping, "episode_at": write.now, "ladder_at": ladder_at}
    clock = clock_of(moved, frozenset())
    return {
        "due_at": due_at,
        "ladder_at": ladder_at,
        "episode": duty.episode + 1,
        "episode_at": write.now,
        "provisional": is_provisional(write, book, due_at),
        "next_action_at": book.escalation(duty.policy_version).next_look(clock, duty.ladder),
    }


def _told(values: Mapping[Any, Any], names: Iterable[str]) -> dict[str, Any]:
    shown = {name: values[name] for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in shown.items()}


async def _tell(write: Writing, book: Rulebook, duty: Mapping[Any, Any], event: int) -> None:
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind="amended",
                label=_AMENDED,
                severity=Severity.IMPORTANT,
                title=duty["title"],
                duty_id=duty["id"],
                unit=duty["unit"],
                due_at=duty["due_at"],
                provisional=duty["provisional"],
                reason=_REVISED,
            )
            for one in addressees((Rung.RESPONSIBLE,), book.chain_of(duty), book.office)
        ],
    )
