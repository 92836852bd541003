"""Are the promises kept (自查)? Queries for what must not be there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.language import Text
from store.duties import TAKEN, clock_of, taken_by
from store.outbox import dead_letters
from store.rulebook import Rulebook
from store.schema import duties, messages, notices, obligations, steps
from store.slots import uncounted

# How long a cycle may take to come round before what it should have done counts as missed.
GRACE = timedelta(hours=26)
BATCH = 5000


@dataclass(frozen=True, slots=True)
class Breach:
    """未兑现: a promise that is broken, and where."""

    promise: int
    subject: str
    message: Text


async def breaches(connection: AsyncConnection, book: Rulebook, now: datetime) -> list[Breach]:
    """Promises 1 to 3 against the data: every step taken and told, every duty and slot opened, every notice settled."""
    return [
        *await _missed_steps(connection, book, now),
        *await _untold_steps(connection),
        *await _unopened(connection, book, now),
        *await _uninspected(connection, book, now),
        *await _unbundled(connection, now),
        *await _unsent(connection, now),
        *await _dead(connection),
    ]


async def _missed_steps(connection: AsyncConnection, book: Rulebook, now: datetime) -> list[Breach]:
    """Every unfinished duty's ladder recomputed from its facts, not from the `next_action_at` the cycle goes by."""
    found: list[Breach] = []
    after = 0
    unfinished = select(duties, TAKEN).where(duties.c.finished_at.is_(None)).order_by(duties.c.id).limit(BATCH)
    while rows := (await connection.execute(unfinished.where(duties.c.id > after))).all():
        for row in rows:
            clock = clock_of(row._mapping, taken_by(row._mapping))
            for missed in book.escalation(row.policy_version).decide(clock, row.ladder, now - GRACE).steps:
                label, when = missed.step.label, f"{book.calendar.local(missed.planned_at):%Y-%m-%d %H:%M}"
                message = Text(f"{when} 应有的“{label.zh}”没有执行。", f"“{label.en}”, due {when}, was not taken.")
                found.append(Breach(3, f"D{row.id}", message))
        after = rows[-1].id
    return found


async def _untold_steps(connection: AsyncConnection) -> list[Breach]:
    """Steps that should have told someone and have no notice."""
    told = exists().where(notices.c.event_id == steps.c.event_id)
    rows = await connection.execute(select(steps.c.duty_id, steps.c.step).where(steps.c.told, ~told))
    return [
        Breach(2, f"D{row.duty_id}", Text(f"“{row.step}”没有通知任何人。", f"“{row.step}” told nobody."))
        for row in rows
    ]


async def _unopened(connection: AsyncConnection, book: Rulebook, now: datetime) -> list[Breach]:
    last = book.calendar.local(now - GRACE).date()
    rows = await connection.execute(select(obligations.c.id).where(obligations.c.next_opening_on < last))
    message = Text("到期的责任事项没有立项。", "A duty whose time has come was not opened.")
    return [Breach(3, f"obligation:{row.id}", message) for row in rows]


async def _uninspected(connection: AsyncConnection, book: Rulebook, now: datetime) -> list[Breach]:
    """Slots whose time is over and that nothing has counted, a line for each cadence."""
    until = now - GRACE
    missed: dict[str, list[str]] = {}
    for one in await uncounted(connection, book, book.calendar.local(until).date()):
        if one.slot.ends_at < until:
            missed.setdefault(one.slot.cadence, []).append(one.slot.key)
    return [Breach(3, f"cadence:{cadence}", _never_opened(keys)) for cadence, keys in missed.items()]


def _never_opened(keys: list[str]) -> Text:
    first, last = keys[0], keys[-1]
    span = Text(f"{first} 至 {last}", f"{first} to {last}") if len(keys) > 1 else Text(first, first)
    return Text(
        f"{len(keys)} 个检查时段（{span.zh}）没有开启，也没有计入；请运行 duban inspect。",
        f"{len(keys)} slots ({span.en}) were never opened, nor counted: run duban inspect.",
    )


async def _unbundled(connection: AsyncConnection, now: datetime) -> list[Breach]:
    query = select(notices.c.id).where(notices.c.message_id.is_(None), notices.c.release_at < now - GRACE)
    message = Text("通知迟迟没有装入消息。", "The notice is in no message yet.")
    return [Breach(2, f"N{row.id}", message) for row in await connection.execute(query)]


async def _unsent(connection: AsyncConnection, now: datetime) -> list[Breach]:
    late = messages.c.next_attempt_at < now - GRACE
    rows = await connection.execute(select(messages.c.id).where(messages.c.outcome.is_(None), late))
    message = Text("消息迟迟没有结果。", "The message has no outcome yet.")
    return [Breach(2, f"M{row.id}", message) for row in rows]


async def _dead(connection: AsyncConnection) -> list[Breach]:
    return [
        Breach(
            2,
            f"M{row.id}",
            Text(
                f"没有送达 {row.recipient}（渠道 {row.channel}，{row.outcome}，试了 {row.attempts} 次）。",
                f"Not delivered to {row.recipient} (channel {row.channel}, {row.outcome}, {row.attempts} attempts).",
            ),
        )
        for row in await dead_letters(connection)
    ]
