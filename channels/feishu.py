"""飞书群机器人: a card with mentions, signed; refusals come inside an HTTP 200 or 400."""

import base64
import hashlib
import hmac
import json
from typing import Any

from channels.carrier import Errand, HttpCarrier, robot_target
from channels.kinds import FeishuRobot
from channels.message import Outgoing
from channels.outcome import Receipt
from channels.rendering import FEISHU, full_text
from channels.verdicts import (
    ACCEPTED,
    Codes,
    by_code,
    is_too_fast,
    rejected,
    throttled,
    without_code,
)
from channels.wire import Answer, Request
from rules.policy import Severity

VENDOR = "飞书"

CODES: Codes = {
    0: ACCEPTED,
    9499: rejected("请求格式不对；说明为 too many request 时按限流处理"),
    11232: throttled("平台限流，多在整点和半点"),
    99991400: throttled("请求过于频繁"),
    19001: rejected("机器人地址无效"),
    19002: rejected("参数不对"),
    19007: rejected("机器人未启用"),
    19021: rejected("签名不对，或时间戳与对方相差超过一小时"),
    19022: rejected("本机 IP 不在白名单"),
    19024: rejected("缺少自定义关键词"),
}
_TOO_MANY: Codes = {9499: throttled("请求过于频繁", 10)}
_COLOURS = {Severity.ROUTINE: "blue", Severity.IMPORTANT: "yellow", Severity.URGENT: "red"}


class FeishuCarrier(HttpCarrier[FeishuRobot]):
    native = "feishu"
    most_bytes = 20 * 1024 - 200  # The whole request counts; the rest is for timestamp and signature.

    def arguments(self, form: FeishuRobot) -> dict[str, Any]:
        return {"token": form.token.get_secret_value()}

    def text(self, form: FeishuRobot, target: str, message: Outgoing) -> str:
        text = full_text(message, FEISHU, has_heading=False)
        return f"{text}\n<at id={target.removeprefix('@')}></at>" if target else text

    def refuses(self, form: FeishuRobot, target: str) -> str | None:
        return robot_target(target)

    def size(self, text: str, target: str, message: Outgoing) -> int:
        return len(json.dumps(_card(message, text), ensure_ascii=False).encode())

    def request(self, errand: Errand[FeishuRobot], text: str) -> Request:
        form, said = errand.form, _card(errand.message, text)
        if form.secret:
            timestamp = str(int(errand.wire.wall_clock()))
            said |= {"timestamp": timestamp, "sign": sign(form.secret.get_secret_value(), timestamp)}
        headers = {"Content-Type": "application/json; charset=utf-8"}
        body = json.dumps(said, ensure_ascii=False).encode()
        return Request(f"{form.endpoint}/open-apis/bot/v2/hook/{form.token.get_secret_value()}", body, headers)

    def read(self, form: FeishuRobot, answer: Answer, now: float) -> Receipt:
        """`StatusCode` is an older twin of `code`; where they differ, the refusal counts."""
        said = answer.fields()
        codes = [said[name] for name in ("code", "StatusCode") if type(said.get(name)) is int]
        if not codes or (not any(codes) and answer.status != 200):
            return without_code(VENDOR, answer, now)
        code = next(filter(None, codes), 0)
        words = str(said.get("msg") or said.get("StatusMessage") or "")
        return by_code(VENDOR, _TOO_MANY if code == 9499 and is_too_fast(words) else CODES, code, words)


def sign(secret: str, timestamp: str) -> str:
    """签名校验: timestamp (seconds), line feed, secret are the key; nothing is signed with it; in base64."""
    digest = hmac.new(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _card(message: Outgoing, text: str) -> dict[str, Any]:
    return {
        "msg_type": "interactive",
        "card": {
            "config": {"wide_screen_mode": True},
            "header": {
                "title": {"tag": "plain_text", "content": message.heading},
                "template": _COLOURS[message.severity],
            },
            "elements": [{"tag": "markdown", "content": text}],
        },
    }
