"""From notices to messages to attempts (发件箱): bundled, leased, tried, and settled only by what really happened."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, bindparam, exists, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from rules.addressing import Address
from rules.digest import Digest, NoticeFacts
from rules.language import Text
from rules.policy import Severity
from store.ledger import Happening, Writing
from store.notices import releases_of
from store.rulebook import Rulebook
from store.schema import deliveries, messages, notices

BATCH = 5000
"""Notices bundled in one transaction."""

_TOLD = (
    notices.c.id,
    notices.c.recipient,
    notices.c.duty_id,
    notices.c.severity,
    notices.c.created_at,
    notices.c.data,
    notices.c.kind,
)

_TO_SEND = (
    messages.c.id,
    messages.c.number,
    messages.c.part,
    messages.c.parts,
    messages.c.recipient,
    messages.c.channel,
    messages.c.target,
    messages.c.severity,
    messages.c.subject,
    messages.c.body,
    messages.c.attempts,
)

ACCEPTED, UNKNOWN, THROTTLED = "accepted", "unknown", "throttled"


@dataclass(frozen=True, slots=True)
class Letter:
    """待发信: a digest with its address, its body cut as the channel needs it."""

    digest: Digest
    address: Address
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """领取的消息: a message (or a part) this process may send until its lease ends.

    `resend` says that it may have gone out before.
    """

    id: int
    number: int
    part: int
    parts: int
    recipient: str
    address: Address
    severity: Severity
    subject: str
    body: str
    attempt: int
    resend: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """一次送达: what became of an attempt; `retry_at` None settles the message for good."""

    message_id: int
    attempt: int
    outcome: str
    ended_at: datetime
    vendor_code: str | None = None
    detail: str = ""
    retry_at: datetime | None = None


async def hold_back(write: Writing, book: Rulebook) -> None:
    """Let what waits in quiet hours (安静时段) wait until they end, however it came to be late (promise 5)."""
    for severity, until in releases_of(write, book).items():
        if until == write.now:
            continue
        for table, waits, at in (
            (notices, notices.c.message_id.is_(None), notices.c.release_at),
            (messages, messages.c.outcome.is_(None), messages.c.next_attempt_at),
        ):
            held = update(table).where(waits, table.c.severity == severity.value, at <= write.now)
            await write.connection.execute(held.values({at: until}))


async def waiting_notices(connection: AsyncConnection, now: datetime, limit: int = BATCH) -> list[NoticeFacts]:
    """Notices that may go out now and are in no message yet, whole recipients together."""
    query = (
        select(*_TOLD)
        .where(notices.c.message_id.is_(None), notices.c.release_at <= now)
        .order_by(notices.c.recipient, notices.c.id)
        .limit(limit)
    )
    return [_facts(*row) for row in await connection.execute(query.with_for_update(skip_locked=True))]


async def last_told(connection: AsyncConnection) -> list[NoticeFacts]:
    """The notices of the last message; none where there is no message yet."""
    last = select(func.max(notices.c.message_id)).scalar_subquery()
    return [_facts(*row) for row in await connection.execute(select(*_TOLD).where(notices.c.message_id == last))]


async def add_messages(write: Writing, letters: Sequence[Letter]) -> None:
    """Put letters on their way: a message for each, in its parts, with its notices tied to the first."""
    parts = [(letter, part, body) for letter in letters for part, body in enumerate(letter.bodies, start=1)]
    ids = await write.reserve(messages, len(parts))
    rows, tied, number = [], [], 0
    for id_, (letter, part, body) in zip(ids, parts, strict=True):
        if part == 1:
            number = id_
            tied += [{"of": notice, "to": number} for notice in letter.digest.notices]
        rows.append({"id": id_, "number": number, "part": part, **_message_row(write, letter, body)})
    await write.add(messages, rows)
    if tied:
        change = update(notices).where(notices.c.id == bindparam("of")).values(message_id=bindparam("to"))
        await write.connection.execute(change, tied)


async def waiting_channels(connection: AsyncConnection, now: datetime) -> Sequence[str]:
    """The channels that have a message to send now."""
    query = select(messages.c.channel).where(*may_be_sent(now)).distinct().order_by(messages.c.channel)
    return (await connection.scalars(query)).all()


async def claim(write: Writing, channel: str, counted_as: str, lease: timedelta, limit: int) -> list[Claimed]:
    """Take messages of a channel under a lease, gravest first, and begin an attempt for each before it is sent.

    `counted_as` is what the vendor counts as one robot.
    """
    query = (
        select(*_TO_SEND)
        .where(messages.c.channel == channel, *may_be_sent(write.now))
        .order_by(messages.c.severity.desc(), messages.c.next_attempt_at, messages.c.id)
        .limit(limit)
    )
    rows = (await write.connection.execute(query.with_for_update(skip_locked=True))).all()
    if not rows:
        return []
    tried = [row.id for row in rows if row.attempts]
    unsure = await _unsure(write.connection, tried) if tried else frozenset()
    await write.connection.execute(
        update(messages)
        .where(messages.c.id.in_([row.id for row in rows]))
        .values(leased_until=write.now + lease, attempts=messages.c.attempts + 1)
    )
    await write.add(
        deliveries,
        [
            {"message_id": row.id, "attempt": row.attempts + 1, "begun_at": write.now, "counted_as": counted_as}
            for row in rows
        ],
    )
    return [_claimed(unsure, row) for row in rows]


async def settle(write: Writing, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Record what became of attempts: receipts on the attempts, the outcome (or the next try) on the messages.

    Returns the attempts that count. One that lost its lease to a later attempt leaves only its receipt, unless it was
    accepted after all.
    """
    settled: set[int] = set()
    for alike in _alike(attempts):
        await write.connection.execute(_receipts(alike))
        settled.update((await write.connection.scalars(_consequences(alike))).all())
    counted = [one for one in attempts if one.message_id in settled]
    await write.record_all(
        Happening(
            f"message.{one.outcome}",
            f"message:{one.message_id}",
            {"attempt": one.attempt, "vendor_code": one.vendor_code, "detail": one.detail},
        )
        for one in counted
        if one.retry_at is None
    )
    return counted


_but_its_message = attrgetter("attempt", "outcome", "ended_at", "vendor_code", "detail", "retry_at")


def _alike(attempts: Sequence[Attempt]) -> Iterable[list[Attempt]]:
    """Attempts that differ in nothing but their message, together: mostly all of them, accepted at the first try."""
    found = defaultdict(list)
    for one in attempts:
        found[_but_its_message(one)].append(one)
    return found.values()


def _receipts(alike: Sequence[Attempt]) -> Update:
    one = alike[0]
    of = [each.message_id for each in alike]
    return (
        update(deliveries)
        .where(deliveries.c.message_id.in_(of), deliveries.c.attempt == one.attempt)
        .values(
            ended_at=one.ended_at,
            outcome=one.outcome,
            vendor_code=one.vendor_code,
            detail=one.detail,
            resume_at=one.retry_at if one.outcome == THROTTLED else None,
        )
    )


def _consequences(alike: Sequence[Attempt]) -> ReturningUpdate[tuple[int]]:
    """The lease ends; with the outcome for good, or the instant of the next try. Tells for which messages it counts.

    Not for one settled already, nor for one that lost its lease to a later attempt, unless it was accepted after all.
    """
    one = alike[0]
    its_own = messages.c.id.in_([each.message_id for each in alike]), messages.c.outcome.is_(None)
    counts = true() if one.outcome == ACCEPTED else messages.c.attempts == one.attempt
    change = update(messages).where(*its_own, counts).values(leased_until=None).returning(messages.c.id)
    if one.retry_at:
        return change.values(next_attempt_at=one.retry_at)
    return change.values(outcome=one.outcome, settled_at=one.ended_at)


async def tried_for(connection: AsyncConnection, message: int) -> list[Address]:
    """The addresses a message and those it takes the place of went to."""
    tried: list[Address] = []
    at: int | None = message
    while at is not None:
        query = select(messages.c.channel, messages.c.target, messages.c.replaces).where(messages.c.id == at)
        row = (await connection.execute(query)).one()
        tried.append(Address(row.channel, row.target))
        at = row.replaces
    return tried


async def send_instead(write: Writing, failed: Claimed, recipient: str, address: Address, body: str) -> int:
    """Put another message in the place of one that failed for good, by an event that says so. Returns its number."""
    (number,) = await write.reserve(messages, 1)
    letter = Letter(Digest(recipient, failed.severity, failed.subject, body, ()), address, (body,))
    row = {"id": number, "number": number, "part": 1, **_message_row(write, letter, body), "replaces": failed.id}
    await write.add(messages, [row])
    told = {"by": number, "recipient": recipient, "channel": address.channel}
    await write.record("message.rerouted", f"message:{failed.id}", **told)
    return number


async def dead_letters(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Dead letters (死信): messages given up for good that no other one has taken the place of, oldest first."""
    later = messages.alias()
    replaced = exists().where(later.c.replaces == messages.c.id)
    query = select(messages).where(messages.c.outcome.is_not(None), messages.c.outcome != ACCEPTED, ~replaced)
    return (await connection.execute(query.order_by(messages.c.id))).all()


async def any_notice_waits(connection: AsyncConnection, now: datetime) -> bool:
    """Whether there is anything to bundle at this instant."""
    waits = select(notices.c.id).where(notices.c.message_id.is_(None), notices.c.release_at <= now).limit(1)
    return await connection.scalar(waits) is not None


def may_be_sent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not settled, its time has come, and no process holds it."""
    free = messages.c.leased_until.is_(None) | (messages.c.leased_until <= now)
    return messages.c.outcome.is_(None), messages.c.next_attempt_at <= now, free


async def _unsure(connection: AsyncConnection, ids: Sequence[int]) -> frozenset[int]:
    """The messages that may have gone out before: an attempt begun and never ended, or ended without an answer."""
    unclear = (deliveries.c.outcome.is_(None)) | (deliveries.c.outcome == UNKNOWN)
    query = select(deliveries.c.message_id).where(deliveries.c.message_id.in_(ids), unclear)
    return frozenset((await connection.scalars(query)).all())


def _message_row(write: Writing, letter: Letter, body: str) -> dict[str, Any]:
    digest, address = letter.digest, letter.address
    return {
        "parts": len(letter.bodies),
        "recipient": digest.recipient,
        "channel": address.channel,
        "target": address.target,
        "severity": digest.severity.value,
        "subject": digest.subject,
        "body": body,
        "created_at": write.now,
        "next_attempt_at": write.now,
        "attempts": 0,
    }


def _facts(
    number: int,
    recipient: str,
    duty: int | None,
    severity: int,
    created_at: datetime,
    data: dict[str, Any],
    kind: str,
) -> NoticeFacts:
    return NoticeFacts(
        id=number,
        recipient=recipient,
        label=Text(*data["label"]),
        severity=Severity(severity),
        created_at=created_at,
        title=data["title"],
        duty=duty,
        unit=data["unit"],
        due_at=datetime.fromisoformat(data["due_at"]) if data["due_at"] else None,
        provisional=data["provisional"],
        reason=Text(*data["reason"]) if data["reason"] else None,
        kind=kind,
    )


def _claimed(resend: frozenset[int], row: Row[Any]) -> Claimed:
    id_, number, part, parts, recipient, channel, target, severity, subject, body, attempts = row
    return Claimed(
        id_,
        number,
        part,
        parts,
        recipient,
        Address(channel, target),
        Severity(severity),
        subject,
        body,
        attempts + 1,
        id_ in resend,
    )
