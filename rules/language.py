"""Text in the two languages Duban speaks: Chinese first, English complete."""

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """语言: the language of a message, a document or a command's output."""

    ZH = "zh"
    EN = "en"


class Text(NamedTuple):
    """双语文本: one sentence in both languages."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        return self.en if language is Language.EN else self.zh
