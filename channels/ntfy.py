"""ntfy 推送: one JSON publication per message, usually to the office's own server."""

import json
from typing import Any

from channels.carrier import Errand, HttpCarrier
from channels.kinds import Ntfy
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.rendering import COMMONMARK, full_text
from channels.verdicts import from_status, without_code
from channels.wire import Answer, Request
from rules.policy import Severity

VENDOR = "ntfy"
_PRIORITIES = {Severity.ROUTINE: 3, Severity.IMPORTANT: 4, Severity.URGENT: 5}


class NtfyCarrier(HttpCarrier[Ntfy]):
    """The server proves that it took a message by giving it an id."""

    native = "ntfy"
    most_bytes = 4096

    def arguments(self, form: Ntfy) -> dict[str, Any]:
        return {"targets": [form.topic], "include_image": False}

    def refuses(self, form: Ntfy, target: str) -> str | None:
        return (
            None if target.replace("_", "").replace("-", "").isalnum() or not target else "主题只能含字母、数字、- 和 _"
        )

    def text(self, form: Ntfy, target: str, message: Outgoing) -> str:
        return full_text(message, COMMONMARK, has_heading=False)

    def request(self, errand: Errand[Ntfy], text: str) -> Request:
        form, message = errand.form, errand.message
        said: dict[str, Any] = {
            "topic": errand.target or form.topic,
            "title": message.heading,
            "message": text,
            "markdown": True,
            "priority": _PRIORITIES[message.severity],
        }
        if message.link:
            said["click"] = message.link
        headers = {"Content-Type": "application/json"}
        if form.token:
            headers["Authorization"] = f"Bearer {form.token.get_secret_value()}"
        return Request(f"{form.endpoint}/", json.dumps(said, ensure_ascii=False).encode(), headers)

    def read(self, form: Ntfy, answer: Answer, now: float) -> Receipt:
        receipt, said = from_status(answer, now), answer.fields()
        if receipt.outcome is Outcome.ACCEPTED and not said.get("id"):
            return without_code(VENDOR, answer, now)
        code = said.get("code")
        if receipt.outcome is not Outcome.ACCEPTED and type(code) is int:
            return Receipt(receipt.outcome, code, receipt.retry_after_s, receipt.detail)
        return receipt
