"""A person acts on one duty (办理): permitted by the lifecycle, then row, event and notices in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from rules.errors import Refusal
from rules.escalation import addressees, ladder_start, put_off
from rules.evidence import Exhibit
from rules.language import Text
from rules.lifecycle import (
    FINISHED,
    Action,
    DutyFacts,
    Need,
    Request,
    Transition,
    permit,
    refusal,
)
from store.duties import clock_of, taken_steps
from store.evidence import attach
from store.facts import facts_of, open_parts
from store.inspection_schema import findings
from store.ledger import Writing
from store.notices import NoticeDraft, add_notices
from store.opening import add_duties, duty_row, is_provisional
from store.rechecking import called_for, draw_rechecker, order_severity, rechecked
from store.rectifying import Rectified, rectified_by
from store.rulebook import Rulebook
from store.schema import duties
from store.signals import signal
from store.withdrawing import withdraw_parts


class NoSuchDuty(Refusal):
    """没有这个责任事项: the number names no duty."""

    zh = "没有编号为 D{duty} 的责任事项。"
    en = "There is no duty D{duty}."


class NoSuchUnit(Refusal):
    """没有这个单位: the roster does not hold the unit that a duty should go to."""

    zh = "名册里没有“{unit}”{near.zh}。"
    en = "“{unit}” is not in the roster{near.en}."


@dataclass(frozen=True, slots=True)
class Given:
    """填报内容: what the person gave with the action. `due` is local; a date counts to its last second."""

    reason: str = ""
    due: date | datetime | None = None
    unit: str = ""
    title: str = ""
    person: str = ""
    files: Sequence[Exhibit] = ()

    @property
    def needs(self) -> frozenset[Need]:
        filled = {
            Need.REASON: self.reason,
            Need.DUE: self.due,
            Need.UNIT: self.unit,
            Need.TITLE: self.title,
            Need.PERSON: self.person,
        }
        return frozenset(need for need, value in filled.items() if value)


async def act(write: Writing, book: Rulebook, duty_id: int, action: Action, given: Given | None = None) -> None:
    """Do one action to one duty as the transaction's actor. NotAllowed says what stands against it."""
    given = given or Given()
    duty = await locked_duty(write, duty_id)
    rectified = await rectified_by(write.connection, duty)
    rule = permit(await _facts(write, duty, rectified), action, write.actor, given.needs)
    changed = _changed(write, book, duty, rule, given) | rechecked(write, book, duty, rule, rectified, given.person)
    changed |= await _clock(write, book, duty, rule, changed)
    part = await _split(write, book, duty, rule, given) if rule.action is Action.SPLIT else None
    await _save(write, book, duty, rule, changed, given, part, rectified)
    if rule.action is Action.WITHDRAW:
        await withdraw_parts(write, book, duty.id, Text(given.reason, given.reason))


async def locked_duty(write: Writing, duty_id: int) -> Row[Any]:
    """A duty's row, which nobody else changes until this transaction ends."""
    duty = (await write.connection.execute(select(duties).where(duties.c.id == duty_id).with_for_update())).first()
    if duty is None:
        raise NoSuchDuty(duty=duty_id)
    return duty


async def _facts(write: Writing, duty: Row[Any], rectified: Rectified | None) -> DutyFacts:
    return facts_of(duty, (await open_parts(write.connection, [duty.id])).get(duty.id, 0), rectified)


def _changed(write: Writing, book: Rulebook, duty: Row[Any], rule: Transition, given: Given) -> dict[str, Any]:
    """The columns the transition changes, but for the ladder's clock."""
    changed: dict[str, Any] = {}
    if rule.target:
        changed["state"] = rule.target.value
    if rule.target in FINISHED:
        changed["finished_at"] = write.now
    if rule.action is Action.REPORT:
        changed |= {"reported_at": write.now, "reported_by": write.actor.key}
    if rule.action is Action.ACCEPT:
        changed |= {"accepted_at": write.now}
    if rule.action is Action.HAND_OVER:
        gone = dict.fromkeys(("leader", "responsible", "accepted_at"))
        changed |= gone | {"unit": _another_unit(book, duty, rule, given)}
    if rule.action is Action.SUSPEND and given.due:
        changed["review_at"] = _review(write, book, duty, rule, given)
    if rule.action in (Action.RESUME, Action.WITHDRAW):
        changed["review_at"] = None
    if rule.action in (Action.EXTEND, Action.RESUME):
        due_at = _future_due(write, book, duty, rule, given)
        changed |= {"due_at": due_at, "provisional": is_provisional(write, book, due_at)}
    if rule.asks:
        asked_due_at = _future_due(write, book, duty, rule, given) if Need.DUE in rule.needs else None
        changed |= {"pending": rule.asks.value, "asked_at": write.now, "asked_due_at": asked_due_at}
    if duty.pending and Request(duty.pending) in rule.answers:
        changed |= {"pending": None, "asked_at": None, "asked_due_at": None}
    return changed


async def _clock(
    write: Writing, book: Rulebook, duty: Row[Any], rule: Transition, changed: dict[str, Any]
) -> dict[str, Any]:
    """Where the duty stands on its ladder after the transition."""
    after = {**duty._mapping, **changed}
    if rule.new_episode:
        ladder_at = ladder_start(after["due_at"], write.now)
        moved = {"episode": duty.episode + 1, "episode_at": write.now, "ladder_at": ladder_at}
        taken: frozenset[str] = frozenset()
    else:
        answered = duty.asked_at and after["asked_at"] is None
        counts_from = ("episode_at", "ladder_at") if answered else ()
        moved = {name: put_off(after[name], duty.asked_at, write.now) for name in counts_from}
        taken = await taken_steps(write.connection, duty.id, duty.episode)
    clock = clock_of({**after, **moved}, taken)
    return moved | {"next_action_at": book.escalation(duty.policy_version).next_look(clock, duty.ladder)}


async def _save(
    write: Writing,
    book: Rulebook,
    duty: Row[Any],
    rule: Transition,
    changed: dict[str, Any],
    given: Given,
    part: int | None,
    rectified: Rectified | None,
) -> None:
    after = {**duty._mapping, **changed}
    event = await write.record(f"duty.{rule.action}", f"duty:{duty.id}", **_told(given, after, part))
    if rectified and rule.action in (Action.REPORT, Action.REDRAW):
        changed["rechecker"] = await draw_rechecker(
            write, book, after, {*rectified.finders, after["reported_by"]}, event
        )
    await write.connection.execute(update(duties).where(duties.c.id == duty.id).values(**changed))
    if rectified and rule.action is Action.HAND_OVER and duty.parent_id is None:
        owned = update(findings).where(findings.c.duty_id == duty.id)
        await write.connection.execute(owned.values(unit=after["unit"]))
    await attach(write, f"duty:{duty.id}", given.files)
    rechecker = changed.get("rechecker")
    reason = _reason(given, rule, after)
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind=rule.action.value,
                label=called_for(rule, rectified, rechecker),
                severity=order_severity(rule, rectified),
                title=duty.title,
                duty_id=duty.id,
                unit=after["unit"],
                due_at=after["due_at"],
                provisional=after["provisional"],
                reason=reason,
            )
            for one in addressees(rule.tells, book.chain_of(after), book.office, rechecker)
        ],
    )
    if rule.action is Action.REPORT:
        await signal(write, event, "duban.duty.reported", f"duty:{duty.id}")


def _reason(given: Given, rule: Transition, after: dict[str, Any]) -> Text | None:
    """The reason as given; each return is a numbered repeat order."""
    if rule.action is Action.RETURN:
        again = after["returns"]
        return Text(f"第 {again} 次返工：{given.reason}", f"repeat order {again}: {given.reason}")
    return Text(given.reason, given.reason) if given.reason else None


def _told(given: Given, after: dict[str, Any], part: int | None) -> dict[str, Any]:
    """What the event tells: what was given, and where the duty stands now."""
    told = {
        "reason": given.reason,
        "asked_due": given.due and str(given.due),
        "title": given.title,
        "part": part,
        "person": given.person,
        "returns": after["returns"],
        "review_at": after["review_at"] and after["review_at"].isoformat(),
    }
    stands = {
        "state": after["state"],
        "unit": after["unit"],
        "episode": after["episode"],
        "due_at": after["due_at"].isoformat(),
    }
    return {name: value for name, value in told.items() if value} | stands


async def _split(write: Writing, book: Rulebook, duty: Row[Any], rule: Transition, given: Given) -> int:
    """分办: a part of the duty for another unit, due no later than the whole."""
    due_at = _due(book, given)
    if due_at is None or due_at > duty.due_at:
        raise refusal(duty.id, rule, Text("分办时限不能晚于本事项。", "a part cannot be due after the whole."))
    unit = unit_named(book, given.unit)
    siblings = await write.connection.scalar(select(func.count()).where(duties.c.parent_id == duty.id))
    row = duty_row(
        write,
        book,
        unit=unit,
        occurrence=f"part:{duty.id}:{int(siblings or 0) + 1}",
        title=given.title,
        due=due_at,
        ladder=duty.ladder,
    )
    (number,) = await add_duties(write, book, [row | {"parent_id": duty.id}])
    return number


def unit_named(book: Rulebook, written: str) -> str:
    """The unit that is meant. NoSuchUnit, with those near to it, for one the roster does not know."""
    match = book.index.match_unit(written)
    if match.found is None:
        raise NoSuchUnit(unit=written, near=match.offered)
    return match.found


def _another_unit(book: Rulebook, duty: Row[Any], rule: Transition, given: Given) -> str:
    unit = unit_named(book, given.unit)
    if unit == duty.unit:
        raise refusal(duty.id, rule, Text("它本来就由这个单位办理。", "this unit has it already."))
    return unit


def _due(book: Rulebook, given: Given) -> datetime | None:
    return book.calendar.end_of(given.due) if given.due else None


def _review(write: Writing, book: Rulebook, duty: Row[Any], rule: Transition, given: Given) -> datetime:
    """复核日: a day begins in the morning, when the office is reminded."""
    last = _future_due(write, book, duty, rule, given)
    whole_day = not isinstance(given.due, datetime)
    return datetime.combine(last.date(), book.policy.day_starts, last.tzinfo) if whole_day else last


def _future_due(write: Writing, book: Rulebook, duty: Row[Any], rule: Transition, given: Given) -> datetime:
    due_at = _due(book, given)
    if due_at is None or due_at <= write.now:
        raise refusal(duty.id, rule, Text("新的时限必须在今后。", "the new time limit must lie ahead."))
    return due_at
