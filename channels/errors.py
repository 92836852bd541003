"""What this room refuses: a channel filled in wrongly, a message that does not fit."""

from collections.abc import Sequence

from rules.errors import Refusal
from rules.language import Language, Text


class UnknownKind(Refusal):
    zh = "没有“{kind}”这种渠道。可用的有：{known}。"
    en = "There is no channel kind “{kind}”. Known kinds: {known}."


class BadForm(Refusal):
    """`problems` pairs a field's name with what is wrong; no value of a field is repeated in it."""

    zh = "渠道“{kind}”填写有误：{problems}。可填的项有：{fields}（带 * 的必填）。"
    en = "The channel “{kind}” is filled in wrongly: {problems}. Its fields are: {fields} (* must be given)."

    def __init__(self, kind: str, problems: Sequence[tuple[str, Text]], fields: Sequence[str]) -> None:
        self.problems, self.fields = problems, fields
        super().__init__(kind=kind)

    @property
    def text(self) -> Text:
        return Text(
            self.zh.format(**self.facts, fields="、".join(self.fields), problems="；".join(self._said(Language.ZH))),
            self.en.format(**self.facts, fields=", ".join(self.fields), problems="; ".join(self._said(Language.EN))),
        )

    def _said(self, language: Language) -> list[str]:
        said = [(name, reason.said_in(language)) for name, reason in self.problems]
        return [f"{name}: {reason}" if name else reason for name, reason in said]


class TooLong(Refusal):
    zh = "消息编号 {number} 的标题和页脚就占满了渠道“{kind}”的上限（{limit} 字节），放不下正文。请缩短标题或链接。"
    en = (
        "The title and footer of message {number} alone fill the limit of “{kind}” ({limit} bytes). "
        "Shorten its title or link."
    )
