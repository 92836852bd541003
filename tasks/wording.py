"""A digest in the office's own words (消息用语); where those fail, in the built-in ones, by an event that says so."""

import logging
from collections.abc import Mapping, Sequence

from channels.wording import BadTemplate, worded
from rules.digest import Digest, NoticeFacts, compose
from rules.language import Language
from rules.worktime import WorkCalendar
from store.ledger import Writing

log = logging.getLogger("duban")


class Wording:
    """消息用语 of one bundling: remembers which template failed, to say it once."""

    def __init__(self, own: Mapping[str, str], language: Language, calendar: WorkCalendar) -> None:
        self._own = own
        self._language = language
        self._calendar = calendar
        self._failed: dict[str, BadTemplate] = {}

    def digest(self, notices: Sequence[NoticeFacts]) -> Digest:
        """One recipient's notices as one message."""
        try:
            return worded(self._own, notices, self._language, self._calendar)
        except BadTemplate as why:
            self._failed.setdefault(str(why.facts["name"]), why)
            return compose(notices[0].recipient, notices, self._language, self._calendar)

    async def tell(self, write: Writing) -> None:
        """Record what failed; the message itself has gone out in the built-in words."""
        for name, why in self._failed.items():
            log.warning("%s 已改用内置用语 · the built-in words were used", why.text.said_in(self._language))
            await write.record("template.failed", f"template:{name}", why=list(why.text))
