"""What an answer means where a vendor has no code of its own, and how vendors' codes are written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from channels.masking import mask
from channels.outcome import Outcome, Receipt
from channels.wire import Answer

DEFAULT_PAUSE_S = 60.0
LONGEST_PAUSE_S = 86_400.0
_TOO_FAST = re.compile(r"too (?:many|fast)|frequen|freq out|rate ?limit|限流|频率|太快", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """一个厂商代码的含义: its outcome, what it says in a few words, and when to come back (throttled only)."""

    outcome: Outcome
    meaning: str
    retry_after_s: float | None = None


Codes = Mapping[int, Verdict]
ACCEPTED = Verdict(Outcome.ACCEPTED, "已接收")


def rejected(meaning: str) -> Verdict:
    return Verdict(Outcome.REJECTED, meaning)


def throttled(meaning: str, retry_after_s: float = DEFAULT_PAUSE_S) -> Verdict:
    return Verdict(Outcome.THROTTLED, meaning, retry_after_s)


def unreachable(meaning: str) -> Verdict:
    return Verdict(Outcome.UNREACHABLE, meaning)


def by_code(vendor: str, codes: Codes, code: int, said: str) -> Receipt:
    """The receipt for a vendor's own code; one not listed is a refusal, unless its words say "too fast"."""
    verdict = codes.get(code) or (throttled("发送过快") if is_too_fast(said) else rejected("未列明的错误"))
    words = f"（{mask(said)[:120]}）" if said and verdict.outcome is not Outcome.ACCEPTED else ""
    return Receipt(verdict.outcome, code, verdict.retry_after_s, f"{vendor}：{verdict.meaning}{words}")


def is_too_fast(said: str) -> bool:
    return bool(_TOO_FAST.search(said))


def without_code(vendor: str, answer: Answer, now: float) -> Receipt:
    """A vendor that always gives a code and gave none: its HTTP status where that is an error, else a refusal."""
    if answer.status != 200:
        by_status = from_status(answer, now)
        if by_status.outcome is not Outcome.ACCEPTED:
            return by_status
    detail = f"{vendor}：应答里没有厂商代码，不能当作送达；请核对接口地址，是否被网关或登录页拦截"
    return Receipt(Outcome.REJECTED, detail=detail)


def from_status(answer: Answer, now: float) -> Receipt:
    """HTTP's own verdict; `now` is in seconds since 1970.

    5xx is the service's own word that it took nothing, so it counts as unreachable and is tried again; 504 alone says
    that something behind the gateway may have taken it.
    """
    status = answer.status
    if 200 <= status < 300:
        return Receipt(Outcome.ACCEPTED, status, detail="对方已接收")
    if 300 <= status < 400:
        return Receipt(Outcome.REJECTED, status, detail=f"对方要求转向别处（HTTP {status}），督办不跟随；请核对地址")
    pause = retry_after(answer, now)
    if status in (425, 429) or (status == 503 and pause is not None):
        return Receipt(Outcome.THROTTLED, status, pause or DEFAULT_PAUSE_S, f"对方限流（HTTP {status}）")
    if status == 504:
        return Receipt(Outcome.UNKNOWN, status, detail="对方网关超时（HTTP 504），是否送达不明")
    if status == 408 or status >= 500:
        return Receipt(Outcome.UNREACHABLE, status, detail=f"对方服务异常（HTTP {status}），没有接收")
    return Receipt(Outcome.REJECTED, status, detail=f"对方拒绝（HTTP {status}）")


def retry_after(answer: Answer, now: float) -> float | None:
    """Retry-After in seconds, given in seconds or as an HTTP date; a date counts from the answer's own Date."""
    value = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d+", value):
        seconds = float(value)
    else:
        until = _instant(value)
        if until is None:
            return None
        seconds = until - (_instant(answer.headers.get("Date", "")) or now)
    return min(max(seconds, 1.0), LONGEST_PAUSE_S)


def _instant(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
