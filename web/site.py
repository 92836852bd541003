"""What every page stands on (网站): the database, the calendar, the links, and the clock it is handed from outside."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from rules.errors import Refusal
from rules.language import Language
from rules.lifecycle import Actor
from rules.worktime import WorkCalendar
from store.database import Store
from store.ledger import Writing, writing
from store.links import Links, Ticket
from store.receipts import message_of
from store.rulebook import Rulebook, rulebook


class NoLongerHere(Refusal):
    """已不在名册: the message's recipient has left, so their link opens nothing any more."""

    zh = "您已不在名册中，这个链接不能再用。请联系创建办。"
    en = "You are no longer in the roster, so this link cannot be used. Please ask the office."


@dataclass(frozen=True, slots=True)
class Site:
    """网站: one office's pages. `language` is spoken where a reader asks for none."""

    store: Store
    calendar: WorkCalendar
    links: Links
    language: Language
    clock: Callable[[], datetime]

    @asynccontextmanager
    async def acting(self, actor: Actor) -> AsyncIterator[tuple[Writing, Rulebook]]:
        """One write transaction as a person, together with policies, calendar and roster as they stand in it."""
        async with writing(self.store, self.clock(), actor) as write:
            yield write, await rulebook(write.connection, self.calendar)


@dataclass(frozen=True, slots=True)
class Visitor:
    """来访者: whoever came by a message's link, as a person of the roster."""

    message: int
    subject: str
    actor: Actor


async def visitor(site: Site, token: str) -> tuple[Visitor, Rulebook]:
    """Who came, and by which message: NoSuchLink, LinkExpired or NoLongerHere where the link opens nothing."""
    ticket: Ticket = site.links.read(token, site.clock())
    async with site.store.reading() as connection:
        message = await message_of(connection, ticket)
        book = await rulebook(connection, site.calendar)
    person = book.roster.people.get(ticket.recipient)
    if person is None:
        raise NoLongerHere
    return Visitor(message.number, message.subject, Actor(person.key, person.unit, person.roles)), book
