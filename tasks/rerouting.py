"""When a message cannot be delivered (改投): the person's next channel, then the office, by an event that says so."""

from collections.abc import Collection, Sequence

from channels.outcome import Outcome
from rules.addressing import addresses_of, next_address
from rules.language import Text
from store.ledger import Writing
from store.outbox import Attempt, Claimed, send_instead, tried_for
from store.rulebook import Rulebook
from tasks.office import Office

_UNREACHED = Text(
    "{person} 没有收到消息 {number}（{why}），请创建办转告。",
    "{person} did not get message {number} ({why}); the office is asked to pass it on.",
)
_UNSURE = Text(
    "不能确定 {person} 是否收到消息 {number}（发送两次均无应答），请创建办核实。",
    "It is not known whether {person} got message {number} (sent twice, no answer); the office is asked to check.",
)


async def reroute(
    write: Writing,
    office: Office,
    book: Rulebook,
    channels: Collection[str],
    claimed: Sequence[Claimed],
    attempts: Sequence[Attempt],
) -> None:
    """For each message given up for good: the next address of its recipient, and where there is none, the office.

    What may have arrived is not sent again elsewhere: a person of the office is asked to find out.
    """
    of = {message.id: message for message in claimed}
    for attempt in attempts:
        message = of[attempt.message_id]
        if attempt.retry_at is not None or attempt.outcome == Outcome.ACCEPTED:
            continue
        unsure = attempt.outcome == Outcome.UNKNOWN
        contacts = book.roster.people[message.recipient].contacts if message.recipient in book.roster.people else ()
        tried = await tried_for(write.connection, message.id)
        address = next_address(addresses_of(message.recipient, contacts, channels), tried)
        if address and not unsure:
            await send_instead(write, message, message.recipient, address, message.body)
        elif message.recipient not in book.office:
            await _tell_office(write, office, book, channels, message, attempt)


async def _tell_office(
    write: Writing, office: Office, book: Rulebook, channels: Collection[str], message: Claimed, attempt: Attempt
) -> None:
    template = _UNSURE if attempt.outcome == Outcome.UNKNOWN else _UNREACHED
    said = template.said_in(office.settings.language).format(
        person=message.recipient, number=f"M{message.number}", why=attempt.detail
    )
    for person in book.office[:1]:
        address = addresses_of(person, book.roster.people[person].contacts, channels)[0]
        await send_instead(write, message, person, address, f"{said}\n\n{message.body}")
