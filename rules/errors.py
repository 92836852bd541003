"""Refusals: everything Duban declines to do, with the reason and the way out. Other rooms subclass them."""

from typing import ClassVar

from rules.language import Text


class Refusal(Exception):
    """拒绝: what was asked cannot be done; the message says what, where, and what to do.

    A subclass gives its sentence in both languages as templates over the keyword arguments.
    """

    zh: ClassVar[str] = "不能办理。"
    en: ClassVar[str] = "This cannot be done."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text.zh)

    @property
    def text(self) -> Text:
        return Text(self.zh.format(**self.facts), self.en.format(**self.facts))
