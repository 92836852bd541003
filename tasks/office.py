"""One office's workplace (办公环境): its database, calendar and folders, opened once and handed to every step."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from rules.lifecycle import SYSTEM, Actor
from rules.policy import default_policy
from rules.worktime import WorkCalendar
from settings import Settings
from store.database import Store, open_store
from store.ledger import Writing, writing
from store.links import Links
from store.rulebook import Rulebook, adopt_policy, rulebook
from store.setup import KeyFile


@dataclass(frozen=True, slots=True)
class Office:
    """办公环境: what a step needs beside its arguments."""

    settings: Settings
    store: Store
    calendar: WorkCalendar

    @property
    def key(self) -> KeyFile:
        """The key that the channels' secrets are encrypted with."""
        return KeyFile(self.settings.home / "channel.key")

    @property
    def links(self) -> Links:
        """The signed links that messages carry to the pages."""
        key, valid = KeyFile(self.settings.home / "link.key"), timedelta(days=self.settings.link_days)
        return Links(self.settings.web_url, key, valid)

    @asynccontextmanager
    async def deciding(self, now: datetime, actor: Actor = SYSTEM) -> AsyncIterator[tuple[Writing, Rulebook]]:
        """One write transaction together with the policies, calendar and roster as they stand in it."""
        async with writing(self.store, now, actor) as write:
            yield write, await rulebook(write.connection, self.calendar)

    async def rulebook(self) -> Rulebook:
        """Policies, calendar and roster as they stand now."""
        async with self.store.reading() as connection:
            return await rulebook(connection, self.calendar)


@asynccontextmanager
async def open_office(settings: Settings) -> AsyncIterator[Office]:
    """Open the office of these settings; its database must have been prepared."""
    _settle()
    store = open_store(settings.url)
    try:
        yield Office(settings, store, WorkCalendar(settings.zone))
    finally:
        await store.close()


@cache
def _settle() -> None:
    """Keep the collector from going through everything again and again while a batch grows.

    What is loaded by now stays for good, and a batch of a hundred thousand rows has no cycles to look for.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


async def prepare(settings: Settings, now: datetime) -> None:
    """Make the folders, migrate the database, and adopt the default policy where none was adopted yet."""
    settings.home.mkdir(parents=True, exist_ok=True)
    async with open_office(settings) as office:
        await office.store.migrate()
        async with writing(office.store, now) as write:
            if not (await rulebook(write.connection, office.calendar)).policies:
                await adopt_policy(write, default_policy())
