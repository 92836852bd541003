"""企业微信: the group robot and the application message to one person; refusals come inside an HTTP 200."""

import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from channels.carrier import Carrier, Errand, HttpCarrier, robot_target
from channels.kinds import WecomApp, WecomRobot
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.rendering import PLAIN, WECOM, full_text
from channels.verdicts import ACCEPTED, Codes, by_code, rejected, throttled, unreachable, without_code
from channels.wire import Answer, Request

VENDOR = "企业微信"

CODES: Codes = {
    0: ACCEPTED,
    -1: unreachable("系统繁忙"),
    45009: throttled("接口调用超过频率上限"),
    45033: throttled("接口并发超过上限", 10),
    93000: rejected("机器人地址 (key) 无效，或机器人已移出群"),
    40001: rejected("应用 Secret 不对"),
    40003: rejected("成员账号无效"),
    40008: rejected("不支持的消息类型"),
    40013: rejected("企业 ID 不对"),
    40014: rejected("access_token 无效"),
    40056: rejected("应用 AgentId 不对"),
    40058: rejected("参数不合规范"),
    41001: rejected("缺少 access_token"),
    42001: rejected("access_token 已过期"),
    44004: rejected("内容为空"),
    45002: rejected("内容超长"),
    48002: rejected("应用没有这个接口的权限"),
    60020: rejected("本机 IP 不在企业可信 IP 里"),
    81013: rejected("收件人都无效或不在应用可见范围"),
    82001: rejected("收件人都无效"),
    301002: rejected("无权操作这个应用"),
}
_STALE_TOKEN = {40014, 41001, 42001}
_TEXT_BYTES, _MARKDOWN_BYTES = 2048, 4096
_JSON = {"Content-Type": "application/json; charset=utf-8"}


class WecomRobotCarrier(HttpCarrier[WecomRobot]):
    """Markdown can mention by account only; a phone number or everybody needs a plain text message."""

    native = "wecombot"

    def arguments(self, form: WecomRobot) -> dict[str, Any]:
        return {"key": form.key.get_secret_value()}

    def refuses(self, form: WecomRobot, target: str) -> str | None:
        return robot_target(target)

    def limit(self, form: WecomRobot, target: str) -> int:
        return _TEXT_BYTES if _needs_text(target) else _MARKDOWN_BYTES

    def text(self, form: WecomRobot, target: str, message: Outgoing) -> str:
        if _needs_text(target):
            return full_text(message, PLAIN)
        text = full_text(message, WECOM)
        return f"{text}\n<@{target}>" if target else text

    def request(self, errand: Errand[WecomRobot], text: str) -> Request:
        query = urlencode({"key": errand.form.key.get_secret_value()})
        body = json.dumps(_robot_message(errand.target, text), ensure_ascii=False).encode()
        return Request(f"{errand.form.endpoint}/cgi-bin/webhook/send?{query}", body, _JSON)

    def read(self, form: WecomRobot, answer: Answer, now: float) -> Receipt:
        return read_answer(answer, now)


def _needs_text(target: str) -> bool:
    return target == "@all" or bool(re.fullmatch(r"\+?\d{11,15}", target))


def _robot_message(target: str, text: str) -> dict[str, Any]:
    if not _needs_text(target):
        return {"msgtype": "markdown", "markdown": {"content": text}}
    mentioned = "mentioned_list" if target == "@all" else "mentioned_mobile_list"
    return {"msgtype": "text", "text": {"content": text, mentioned: [target]}}


def read_answer(answer: Answer, now: float) -> Receipt:
    said = answer.fields()
    code = said.get("errcode")
    if type(code) is int and (code or answer.status == 200):
        return by_code(VENDOR, CODES, code, str(said.get("errmsg", "")))
    return without_code(VENDOR, answer, now)


@dataclass(frozen=True, slots=True)
class _AccessToken:
    value: str
    good_until: float


# Access tokens live two hours and WeCom limits how often one may be fetched. Instants are monotonic seconds.
_tokens: dict[WecomApp, _AccessToken] = {}
_SAFETY_S = 300.0


class WecomAppCarrier(Carrier[WecomApp]):
    """One person per message. An access token that went stale is a refusal, so renewing it once repeats nothing."""

    native = "wechat"
    most_bytes = _TEXT_BYTES

    def arguments(self, form: WecomApp) -> dict[str, Any]:
        return {"corpid": form.corp_id, "corpsecret": form.secret.get_secret_value(), "agentid": form.agent_id}

    def refuses(self, form: WecomApp, target: str) -> str | None:
        if target == "@all" or re.fullmatch(r"[A-Za-z0-9][\w.@-]{0,63}", target, re.ASCII):
            return None
        return "收件人须是一个成员账号 (userid)"

    def text(self, form: WecomApp, target: str, message: Outgoing) -> str:
        return full_text(message, WECOM)

    async def carry(self, errand: Errand[WecomApp], text: str) -> Receipt:
        receipt = await self._carry_once(errand, text)
        if receipt.vendor_code in _STALE_TOKEN:
            _tokens.pop(errand.form, None)
            receipt = await self._carry_once(errand, text)
        return receipt

    async def _carry_once(self, errand: Errand[WecomApp], text: str) -> Receipt:
        token = await _access_token(errand)
        if isinstance(token, Receipt):
            return token
        answer = await errand.wire.exchange(_app_message(errand, token, text), errand.timeout_s)
        return answer if isinstance(answer, Receipt) else _read_app(answer, errand)


def _app_message(errand: Errand[WecomApp], token: str, text: str) -> Request:
    form = errand.form
    said = {
        "touser": errand.target,
        "msgtype": "markdown",
        "agentid": form.agent_id,
        "markdown": {"content": text},
        "enable_duplicate_check": 0,
    }
    query = urlencode({"access_token": token})
    body = json.dumps(said, ensure_ascii=False).encode()
    return Request(f"{form.endpoint}/cgi-bin/message/send?{query}", body, _JSON)


def _read_app(answer: Answer, errand: Errand[WecomApp]) -> Receipt:
    """Code 0 also comes when the recipient was left out: then he stands among the invalid ones."""
    receipt = read_answer(answer, errand.wire.wall_clock())
    said = answer.fields()
    left_out = "|".join(str(said.get(name) or "") for name in ("invaliduser", "unlicenseduser"))
    if receipt.outcome is Outcome.ACCEPTED and errand.target.lower() in left_out.lower().split("|"):
        return Receipt(Outcome.REJECTED, receipt.vendor_code, detail=f"{VENDOR}：收件人无效或不在应用可见范围")
    return receipt


async def _access_token(errand: Errand[WecomApp]) -> str | Receipt:
    async with errand.wire.locks[errand.form]:
        known = _tokens.get(errand.form)
        if known and known.good_until > time.monotonic():
            return known.value
        return await _fetch_token(errand)


async def _fetch_token(errand: Errand[WecomApp]) -> str | Receipt:
    """Nothing has been sent yet, so silence here means unreachable."""
    form = errand.form
    query = urlencode({"corpid": form.corp_id, "corpsecret": form.secret.get_secret_value()})
    request = Request(f"{form.endpoint}/cgi-bin/gettoken?{query}", method="GET")
    answer = await errand.wire.exchange(request, errand.timeout_s)
    if isinstance(answer, Receipt):
        return Receipt(Outcome.UNREACHABLE, detail=f"{VENDOR}：取 access_token 时没有应答，消息没有发出")
    receipt = read_answer(answer, errand.wire.wall_clock())
    if receipt.outcome is not Outcome.ACCEPTED:
        return receipt
    said = answer.fields()
    token, lifetime = said.get("access_token"), said.get("expires_in")
    if not isinstance(token, str):
        return without_code(VENDOR, answer, errand.wire.wall_clock())
    good_for = max(lifetime - _SAFETY_S, 0) if isinstance(lifetime, int) else 0
    _tokens[form] = _AccessToken(token, time.monotonic() + good_for)
    return token
