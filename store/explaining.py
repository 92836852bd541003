"""Why (依据): everything the ledger knows of a notice, a message or a duty, in order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.schema import deliveries, duties, events, messages, notices, obligations


async def notice(connection: AsyncConnection, number: int) -> Row[Any] | None:
    """A notice with the event it tells of."""
    query = select(
        notices,
        events.c.kind.label("event_kind"),
        events.c.at,
        events.c.actor,
        events.c.subject,
        events.c.data.label("event_data"),
    ).join(events, events.c.id == notices.c.event_id)
    return (await connection.execute(query.where(notices.c.id == number))).first()


async def holds(connection: AsyncConnection, number: int) -> Sequence[Row[Any]]:
    """The events that held a notice back because its unit's budget was used up."""
    query = select(events).where(events.c.subject == f"notice:{number}", events.c.kind == "notice.held")
    return (await connection.execute(query.order_by(events.c.id))).all()


async def message(connection: AsyncConnection, number: int) -> Row[Any] | None:
    """A message: its first part stands for it."""
    return (await connection.execute(select(messages).where(messages.c.id == number))).first()


async def attempts(connection: AsyncConnection, number: int) -> Sequence[Row[Any]]:
    """Every attempt at the parts of a message, in order."""
    query = select(deliveries, messages.c.part, messages.c.parts).join(
        messages, messages.c.id == deliveries.c.message_id
    )
    ordered = query.where(messages.c.number == number).order_by(messages.c.part, deliveries.c.attempt)
    return (await connection.execute(ordered)).all()


async def sent_instead(connection: AsyncConnection, number: int) -> Sequence[int]:
    """改投: the messages that took the place of this one, or of its parts."""
    parts = select(messages.c.id).where(messages.c.number == number)
    query = select(messages.c.id).where(messages.c.replaces.in_(parts)).order_by(messages.c.id)
    return (await connection.scalars(query)).all()


async def first_sent(connection: AsyncConnection, number: int) -> int:
    """The message that this one, or one before it, took the place of; itself where it took nobody's."""
    at: int | None = number
    while at is not None:
        query = select(messages.c.number, messages.c.replaces).where(messages.c.id == at)
        row = (await connection.execute(query)).one()
        number, at = row.number, row.replaces
    return number


async def notices_in(connection: AsyncConnection, message_id: int) -> Sequence[int]:
    """The notices that a message carries."""
    query = select(notices.c.id).where(notices.c.message_id == message_id).order_by(notices.c.id)
    return (await connection.scalars(query)).all()


async def acceptances(connection: AsyncConnection, message_id: int) -> Sequence[Row[Any]]:
    """签收: the duties a message tells of, each with when its unit accepted it (None: not yet)."""
    told = select(notices.c.duty_id).where(notices.c.message_id == message_id)
    query = select(duties.c.id, duties.c.accepted_at).where(duties.c.id.in_(told)).order_by(duties.c.id)
    return (await connection.execute(query)).all()


async def duty(connection: AsyncConnection, number: int) -> Row[Any] | None:
    """A duty with the table row it comes from."""
    query = select(duties, obligations.c.item_no, obligations.c.content, obligations.c.plan)
    query = query.join(obligations, obligations.c.id == duties.c.obligation_id, isouter=True)
    return (await connection.execute(query.where(duties.c.id == number))).first()


async def history(connection: AsyncConnection, subject: str) -> Sequence[Row[Any]]:
    """The events about a subject, such as "duty:12", first to last."""
    return (await connection.execute(select(events).where(events.c.subject == subject).order_by(events.c.id))).all()
