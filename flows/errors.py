"""What flows decline or report as failed."""

from collections.abc import Sequence

from rules.errors import Refusal
from store.auditing import Breach

SHOWN = 20


class PromisesBroken(Refusal):
    """未兑现: the audit found promises broken; the message lists the first of them."""

    zh = "{count} 处未兑现（全部见 duban audit）：\n{listed}"
    en = "{count} promises are broken (duban audit lists them all):\n{listed_en}"

    def __init__(self, broken: Sequence[Breach]) -> None:
        first = broken[:SHOWN]
        super().__init__(
            count=len(broken),
            listed="\n".join(f"承诺 {one.promise} {one.subject} {one.message.zh}" for one in first),
            listed_en="\n".join(f"promise {one.promise} {one.subject} {one.message.en}" for one in first),
        )
