"""What is handed to a channel (待发消息), and the lines around its body that every recipient sees."""

from dataclasses import dataclass, replace

from rules.language import Language, Text
from rules.policy import Severity


@dataclass(frozen=True, slots=True)
class Outgoing:
    """待发消息: one message, or one part of it, for one target.

    `number` is the message number (编号) the recipient sees; a resend carries the same one. `body` is light markdown
    (see rules.markup). `link` opens the duty. `part` counts from 1 to `parts`.
    """

    number: str
    title: str
    body: str
    severity: Severity = Severity.ROUTINE
    link: str | None = None
    is_resend: bool = False
    part: int = 1
    parts: int = 1
    language: Language = Language.ZH

    @property
    def part_number(self) -> str:
        """编号 of this part: unique among the parts of one message."""
        return self.number if self.parts == 1 else f"{self.number}-{self.part}"

    @property
    def heading(self) -> str:
        """标题行: the title with the marks that belong to it, on one line."""
        marks = [_RESENT.said_in(self.language)] if self.is_resend else []
        marks += [_URGENT.said_in(self.language)] if self.severity is Severity.URGENT else []
        count = f" ({self.part}/{self.parts})" if self.parts > 1 else ""
        return "".join(marks) + " ".join(self.title.split()) + count

    @property
    def footer(self) -> str:
        """页脚: the number, and that it was sent before."""
        template = _FOOTER_RESENT if self.is_resend else _FOOTER
        return template.said_in(self.language).format(number=self.part_number)

    @property
    def link_text(self) -> str:
        return _OPEN.said_in(self.language)

    def with_body(self, body: str) -> "Outgoing":
        return replace(self, body=body)


_RESENT = Text("【重发】", "[Resent 重发] ")
_URGENT = Text("【紧急】", "[Urgent] ")
_OPEN = Text("查看详情", "Open")
_FOOTER = Text("督办编号 {number}", "Duban 督办 no. {number}")
_FOOTER_RESENT = Text(
    "督办编号 {number}（重发，此前一次是否送达不明）",
    "Duban 督办 no. {number} (resent 重发: it is unknown whether the first one arrived)",
)
