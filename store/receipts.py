"""What a message's page stands on (回执): its notices and duties as they stand now, and that it has been opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.lifecycle import DutyFacts
from store.explaining import first_sent
from store.facts import facts_of, open_parts
from store.ledger import Writing
from store.links import NoSuchLink, Ticket
from store.rectifying import rectified_by
from store.schema import duties, events, messages, notices, obligations


@dataclass(frozen=True, slots=True)
class Standing:
    """责任事项的现状: its row with the table row it comes from, and what the lifecycle needs to know.

    `seen` is the number of the last event in which somebody acted on it.
    """

    row: Row[Any]
    facts: DutyFacts
    seen: int


async def message_of(connection: AsyncConnection, ticket: Ticket) -> Row[Any]:
    """The message a link was signed for; NoSuchLink where there is none of that number for that person."""
    query = select(messages).where(messages.c.id == ticket.message, messages.c.recipient == ticket.recipient)
    row = (await connection.execute(query)).first()
    if row is None or row.part != 1:
        raise NoSuchLink
    return row


async def notices_told(connection: AsyncConnection, number: int) -> Sequence[Row[Any]]:
    """The notices of a message, or of the one whose place it took, gravest first."""
    query = select(notices).where(notices.c.message_id == await first_sent(connection, number))
    return (await connection.execute(query.order_by(notices.c.severity.desc(), notices.c.id))).all()


async def standings(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Standing]:
    """How duties stand now, by number."""
    query = (
        select(duties, obligations.c.item_no, obligations.c.content, obligations.c.plan)
        .join(obligations, obligations.c.id == duties.c.obligation_id, isouter=True)
        .where(duties.c.id.in_(ids))
    )
    rows = (await connection.execute(query)).all()
    parts, seen = await open_parts(connection, ids), await last_acts(connection, ids)
    return {
        row.id: Standing(row, facts_of(row, parts.get(row.id, 0), await rectified_by(connection, row)), seen[row.id])
        for row in rows
    }


async def last_acts(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, int]:
    """The number of the last thing done to each of these duties. A step of the ladder, or a draw, changes nothing."""
    subjects = {f"duty:{number}": number for number in ids}
    query = select(events.c.subject, func.max(events.c.id)).where(
        events.c.subject.in_(subjects), events.c.kind.like("duty.%"), events.c.kind != "duty.step"
    )
    return {subjects[subject]: last for subject, last in await connection.execute(query.group_by(events.c.subject))}


async def was_just_done(connection: AsyncConnection, duty: int, kind: str, actor: str) -> bool:
    """Whether the last thing anybody did to a duty is just this, by this person: a second click of the same button."""
    last = (await last_acts(connection, [duty]))[duty]
    row = (await connection.execute(select(events.c.kind, events.c.actor).where(events.c.id == last))).one()
    return (row.kind, row.actor) == (kind, actor)


async def mark_opened(write: Writing, number: int) -> bool:
    """Record once that a message's recipient opened its link; False where that is known already."""
    first = update(messages).where(messages.c.id == number, messages.c.opened_at.is_(None))
    opened = await write.connection.execute(first.values(opened_at=write.now))
    if opened.rowcount:
        await write.record("message.opened", f"message:{number}")
    return bool(opened.rowcount)
