"""What became of one sending (送达结果). Not here: what follows from it; that is the delivery step's decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.language import Text


class Outcome(StrEnum):
    """送达结果: what the other side said, or what its silence allows us to say.

    ACCEPTED 已接收: the vendor's own code says so.
    REJECTED 被拒绝: refused for good; the same message would be refused again.
    THROTTLED 被限流: not taken now; come back after `Receipt.retry_after_s`.
    UNREACHABLE 未连通: nothing arrived, or the service says itself that it is out of order; try again later.
    UNKNOWN 未知: sent, and no answer; it may have arrived.
    """

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


OUTCOME_LABELS: Mapping[Outcome, Text] = {
    Outcome.ACCEPTED: Text("已接收", "accepted"),
    Outcome.REJECTED: Text("被拒绝", "rejected"),
    Outcome.THROTTLED: Text("被限流", "throttled"),
    Outcome.UNREACHABLE: Text("未连通", "unreachable"),
    Outcome.UNKNOWN: Text("结果不明", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: the outcome of one sending to one target.

    `vendor_code` is the vendor's own code (HTTP or SMTP status where it has none), None where nothing answered.
    `retry_after_s` is in seconds and only set when throttled. `detail` is a sentence in Chinese without secrets.
    """

    outcome: Outcome
    vendor_code: int | str | None = None
    retry_after_s: float | None = None
    detail: str = ""
