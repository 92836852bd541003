"""通用 JSON 接口: any system that takes one signed JSON object per message and answers with an HTTP status."""

import hashlib
import hmac
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import orjson

from channels.carrier import Errand, HttpCarrier
from channels.kinds import Webhook
from channels.message import Outgoing
from channels.outcome import Receipt
from channels.verdicts import from_status
from channels.wire import Answer, Request
from rules.markup import plain

SIGNATURE_HEADER = "X-Duban-Signature"


class WebhookCarrier(HttpCarrier[Webhook]):
    """The text is the body without markdown; the JSON has the markdown too."""

    native = "json"

    def arguments(self, form: Webhook) -> dict[str, Any]:
        return {"host": urlsplit(moved(form.url.get_secret_value(), form.endpoint)).hostname}

    def text(self, form: Webhook, target: str, message: Outgoing) -> str:
        return plain(message.body)

    def request(self, errand: Errand[Webhook], text: str) -> Request:
        form, message = errand.form, errand.message
        said = {
            "number": message.part_number,
            "resend": message.is_resend,
            "title": message.heading,
            "text": text,
            "markdown": message.body,
            "severity": message.severity.name.lower(),
            "link": message.link,
            "target": errand.target,
            "part": message.part,
            "parts": message.parts,
            "sent_at": datetime.fromtimestamp(errand.wire.wall_clock(), UTC).isoformat(timespec="seconds"),
        }
        body = orjson.dumps(said)
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.part_number}
        if form.secret:
            headers[SIGNATURE_HEADER] = signature(form.secret.get_secret_value(), body)
        return Request(moved(form.url.get_secret_value(), form.endpoint), body, headers)

    def read(self, form: Webhook, answer: Answer, now: float) -> Receipt:
        return from_status(answer, now)


def signature(secret: str, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256 of the body's bytes in hex; the body says when it was sent."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@lru_cache(maxsize=64)
def moved(url: str, endpoint: str | None) -> str:
    """The address with another server in front of the same path."""
    if endpoint is None:
        return url
    server = urlsplit(endpoint)
    return urlunsplit(urlsplit(url)._replace(scheme=server.scheme, netloc=server.netloc))
