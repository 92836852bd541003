"""短信: any HTTP gateway that takes a few fields and says in its answer whether it took them."""

import json
import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from channels.carrier import Errand, HttpCarrier
from channels.kinds import Sms
from channels.masking import mask
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.verdicts import DEFAULT_PAUSE_S, from_status, without_code
from channels.webhook import moved
from channels.wire import Answer, Request
from rules.markup import plain

VENDOR = "短信网关"


class SmsCarrier(HttpCarrier[Sms]):
    native = "form"

    def arguments(self, form: Sms) -> dict[str, Any]:
        return {"host": urlsplit(moved(form.url.get_secret_value(), form.endpoint)).hostname}

    def refuses(self, form: Sms, target: str) -> str | None:
        return None if re.fullmatch(r"\+?\d{5,15}", target) else "收件人不是一个手机号"

    def text(self, form: Sms, target: str, message: Outgoing) -> str:
        """One text message only: what does not fit is left to the link, never split into dozens."""
        lines = (line.strip() for line in [message.heading, *plain(message.body).split("\n")])
        tail = " ".join(part for part in ["", message.link, message.footer] if part is not None)
        said = form.signature + " ".join(line for line in lines if line)
        room = form.max_chars - len(tail)
        return (said if len(said) <= room else said[: max(room - 1, 0)] + "…") + tail

    def request(self, errand: Errand[Sms], text: str) -> Request:
        form = errand.form
        known = {
            "{phone}": errand.target,
            "{text}": text,
            "{number}": errand.message.part_number,
            "{secret}": form.secret.get_secret_value() if form.secret else "",
        }
        fields = {name: _filled(value, known) for name, value in form.fields}
        headers = {name: _filled(value, known) for name, value in form.headers}
        url = moved(form.url.get_secret_value(), form.endpoint)
        if form.format == "json":
            body = json.dumps(fields, ensure_ascii=False).encode()
            return Request(url, body, {"Content-Type": "application/json; charset=utf-8"} | headers)
        body = urlencode(fields).encode()
        return Request(url, body, {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"} | headers)

    def read(self, form: Sms, answer: Answer, now: float) -> Receipt:
        code = _found(answer.fields(), form.success)
        if code is None:
            return without_code(VENDOR, answer, now)
        if str(code) in form.throttle_values.split("|"):
            return Receipt(Outcome.THROTTLED, code, DEFAULT_PAUSE_S, f"{VENDOR}：限流（{code}）")
        if str(code) not in form.success_values.split("|"):
            return Receipt(Outcome.REJECTED, code, detail=f"{VENDOR}：拒绝（{mask(str(code))[:60]}）")
        by_status = from_status(answer, now)
        if by_status.outcome is not Outcome.ACCEPTED:
            return by_status
        return Receipt(Outcome.ACCEPTED, code, detail=f"{VENDOR}：已接收")


def _filled(template: str, known: dict[str, str]) -> str:
    """Placeholders are replaced in one pass: what a message says is never read as one."""
    return re.sub(r"\{(?:phone|text|number|secret)\}", lambda found: known[found[0]], template)


def _found(said: Any, path: str) -> int | str | None:
    for name in path.split("."):
        said = said.get(name) if isinstance(said, dict) else None
    return said if isinstance(said, int | str) else None
