"""What every kind of channel must be able to do with a message: word it, measure it, carry it to one target."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from channels.kinds import Form
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.rendering import PLAIN, full_text
from channels.wire import Answer, Request, Wire

F = TypeVar("F", bound=Form)


@dataclass(slots=True)
class Errand(Generic[F]):
    """一次送达: all a carrier needs for one sending; the receipt is put in when it is back."""

    form: F = field(repr=False)
    target: str = field(repr=False)
    message: Outgoing
    wire: Wire
    timeout_s: float
    receipt: Receipt | None = None


class Carrier(ABC, Generic[F]):
    """承运: how one kind of channel takes a message."""

    native: ClassVar[str | None] = None
    """The schema of the Apprise plugin it is built on; None where Apprise has none."""
    most_bytes: ClassVar[int | None] = None
    """What `size` must not exceed; None where there is no limit worth splitting for."""

    def arguments(self, form: F) -> dict[str, Any]:
        """What the native plugin is made with."""
        return {}

    def refuses(self, form: F, target: str) -> str | None:
        """Why this target can't be reached on this kind at all (a sentence), None where it can."""
        return None

    def text(self, form: F, target: str, message: Outgoing) -> str:
        return full_text(message, PLAIN)

    def limit(self, form: F, target: str) -> int | None:
        return self.most_bytes

    def size(self, text: str, target: str, message: Outgoing) -> int:
        """What counts against `limit` when the message goes out with this text; bytes, unless a carrier says else."""
        return len(text.encode())

    @abstractmethod
    async def carry(self, errand: Errand[F], text: str) -> Receipt:
        """Send once. Never raises for what the other side does or leaves undone."""


class HttpCarrier(Carrier[F]):
    """One request, one answer."""

    @abstractmethod
    def request(self, errand: Errand[F], text: str) -> Request: ...

    @abstractmethod
    def read(self, form: F, answer: Answer, now: float) -> Receipt:
        """The answer's meaning; `now` in seconds since 1970 is only for Retry-After dates."""

    async def carry(self, errand: Errand[F], text: str) -> Receipt:
        answer = await errand.wire.exchange(self.request(errand, text), errand.timeout_s)
        if isinstance(answer, Receipt):
            return answer
        receipt = self.read(errand.form, answer, errand.wire.wall_clock())
        if receipt.outcome is Outcome.ACCEPTED:
            errand.wire.trust(answer)
        return receipt


def robot_target(target: str) -> str | None:
    """Why a group robot can't mention this target: it would break out of the mark it is put into."""
    return None if re.fullmatch(r"@?[\w.+-]{0,64}", target) else "要提醒的人须是一个账号、手机号或 @all"
