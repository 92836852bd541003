"""What a revision of the table means for open duties (修订对在办事项的影响): new dates, new units, or withdrawal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from rules.escalation import Clock, addressees, ladder_start
from rules.language import Text
from rules.lifecycle import FINISHED, DutyState
from rules.obligation import Obligation
from rules.policy import Severity
from rules.roster import Rung
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.obligations import by_ids
from store.opening import occurrences_of
from store.rulebook import Rulebook
from store.schema import duties

_AMENDED = Text("任务调整", "duty amended")
_WITHDRAWN = Text("任务撤销", "duty withdrawn")
_REVISED = Text("任务分解表已修订。", "The task table was revised.")


async def withdraw_duties_of(write: Writing, book: Rulebook, obligations: Sequence[int]) -> None:
    """Withdraw every unfinished duty of obligations that the revision dropped."""
    await _withdraw(write, book, await _unfinished(write, obligations))


async def amend_duties(write: Writing, book: Rulebook, obligations: Sequence[int]) -> None:
    """Bring the unfinished duties of changed obligations in line with their new words."""
    gone: list[Row[Any]] = []
    kept: list[tuple[Row[Any], date | datetime]] = []
    of = await by_ids(write.connection, obligations)
    for duty in await _unfinished(write, obligations):
        due = _due_now(book, of[duty.obligation_id], duty, write.now)
        if due is None:
            gone.append(duty)
        else:
            kept.append((duty, due))
    await _withdraw(write, book, gone)
    for duty, due in kept:
        await _bring_in_line(write, book, of[duty.obligation_id], duty, due)


async def _unfinished(write: Writing, obligations: Iterable[int]) -> Sequence[Row[Any]]:
    query = select(duties).where(
        duties.c.obligation_id.in_(list(obligations)),
        duties.c.parent_id.is_(None),
        duties.c.state.not_in([state.value for state in FINISHED]),
    )
    return (await write.connection.execute(query.order_by(duties.c.id))).all()


def _due_now(book: Rulebook, obligation: Obligation, duty: Row[Any], now: datetime) -> date | datetime | None:
    """When the duty is due by the new words, or None where they no longer ask this of this unit."""
    if duty.unit not in obligation.lead:
        return None
    since, until = book.calendar.local(duty.opened_at).date(), book.calendar.local(now).date()
    found = {one.key: one.due for one in occurrences_of(book, obligation, since, until)}
    return found.get(duty.occurrence)


async def _withdraw(write: Writing, book: Rulebook, gone: Sequence[Row[Any]]) -> None:
    if not gone:
        return
    change = update(duties).where(duties.c.id.in_([duty.id for duty in gone]))
    await write.connection.execute(
        change.values(state=DutyState.WITHDRAWN.value, finished_at=write.now, next_action_at=None, pending=None)
    )
    events = await write.record_all(
        Happening("duty.withdraw", f"duty:{duty.id}", {"reason": _REVISED.zh}) for duty in gone
    )
    await _tell(
        write,
        book,
        "withdraw",
        _WITHDRAWN,
        [(duty._mapping, event) for duty, event in zip(gone, events, strict=True)],
    )


async def _bring_in_line(
    write: Writing, book: Rulebook, obligation: Obligation, duty: Row[Any], due: date | datetime
) -> None:
    due_at = book.calendar.end_of(due)
    changed: dict[str, Any] = {
        "title": obligation.task,
        "leader": obligation.leader,
        "responsible": obligation.responsible,
    }
    if due_at != duty.due_at:
        changed |= _new_time_limit(write, book, duty, due_at)
    altered = {name: value for name, value in changed.items() if getattr(duty, name) != value}
    if not altered:
        return
    await write.connection.execute(update(duties).where(duties.c.id == duty.id).values(**altered))
    event = await write.record(
        "duty.amended", f"duty:{duty.id}", was=_told(duty._mapping, altered), now=_told(altered, altered)
    )
    await _tell(write, book, "amended", _AMENDED, [({**duty._mapping, **altered}, event)])


def _new_time_limit(write: Writing, book: Rulebook, duty: Row[Any], due_at: datetime) -> dict[str, Any]:
    """A new time limit starts the ladder afresh, as an extension would."""
    ladder_at = ladder_start(due_at, write.now)
    clock = Clock(DutyState(duty.state), write.now, ladder_at, frozenset(), duty.reported_at, duty.asked_at)
    return {
        "due_at": due_at,
        "ladder_at": ladder_at,
        "episode": duty.episode + 1,
        "episode_at": write.now,
        "provisional": book.calendar.provisional(book.calendar.local(write.now).date(), due_at.date()),
        "next_action_at": book.escalation(duty.policy_version).next_look(clock, duty.ladder),
    }


def _told(values: Mapping[Any, Any], names: Iterable[str]) -> dict[str, Any]:
    shown = {name: values[name] for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in shown.items()}


async def _tell(
    write: Writing, book: Rulebook, kind: str, label: Text, told: Sequence[tuple[Mapping[Any, Any], int]]
) -> None:
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind=kind,
                label=label,
                severity=Severity.IMPORTANT,
                title=duty["title"],
                duty_id=duty["id"],
                unit=duty["unit"],
                due_at=duty["due_at"],
                reason=_REVISED,
            )
            for duty, event in told
            for one in addressees((Rung.RESPONSIBLE,), book.chain_of(duty), book.office)
        ],
    )
