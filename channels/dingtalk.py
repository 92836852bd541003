"""钉钉群机器人: markdown with mentions, signed; refusals come inside an HTTP 200."""

import base64
import hashlib
import hmac
import json
import re
from typing import Any
from urllib.parse import urlencode

from channels.carrier import Errand, HttpCarrier, robot_target
from channels.kinds import DingtalkRobot
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.rendering import DINGTALK, full_text
from channels.verdicts import ACCEPTED, LONGEST_PAUSE_S, Codes, by_code, rejected, throttled, unreachable, without_code
from channels.wire import Answer, Request

VENDOR = "钉钉"
# Past its limit DingTalk refuses everything from the robot for ten minutes.
BAN_S = 600.0

CODES: Codes = {
    0: ACCEPTED,
    -1: unreachable("系统繁忙"),
    130101: throttled("发送过快，机器人被暂停十分钟", BAN_S),
    410100: throttled("发送过快，机器人被暂停十分钟", BAN_S),
    310000: rejected("安全校验不通过：关键词、加签或 IP 白名单"),
    40035: rejected("缺少参数"),
    43004: rejected("请求格式不对"),
    300001: rejected("access_token 不存在"),
    300005: rejected("access_token 不存在"),
    400013: rejected("群已解散"),
    400101: rejected("access_token 不存在"),
    400102: rejected("机器人已停用"),
    400105: rejected("不支持的消息类型"),
    400106: rejected("机器人不存在"),
    430101: rejected("含有不安全的外链"),
    430102: rejected("含有不合适的文本"),
    430103: rejected("含有不合适的图片"),
    430104: rejected("含有不合适的内容"),
}


class DingtalkCarrier(HttpCarrier[DingtalkRobot]):
    native = "dingtalk"
    most_bytes = 20_000

    def arguments(self, form: DingtalkRobot) -> dict[str, Any]:
        return {"token": form.token.get_secret_value()}

    def refuses(self, form: DingtalkRobot, target: str) -> str | None:
        return robot_target(target)

    def text(self, form: DingtalkRobot, target: str, message: Outgoing) -> str:
        """DingTalk only notifies somebody whose mark also stands in the text."""
        text = full_text(message, DINGTALK)
        return f"{text}{DINGTALK.newline}@{target.removeprefix('@')}" if target else text

    def size(self, text: str, target: str, message: Outgoing) -> int:
        return len(_body(text, target, message))

    def request(self, errand: Errand[DingtalkRobot], text: str) -> Request:
        form = errand.form
        query = {"access_token": form.token.get_secret_value()}
        if form.secret:
            timestamp = str(round(errand.wire.wall_clock() * 1000))
            query |= {"timestamp": timestamp, "sign": sign(form.secret.get_secret_value(), timestamp)}
        headers = {"Content-Type": "application/json; charset=utf-8"}
        body = _body(text, errand.target, errand.message)
        return Request(f"{form.endpoint}/robot/send?{urlencode(query)}", body, headers)

    def read(self, form: DingtalkRobot, answer: Answer, now: float) -> Receipt:
        said = answer.fields()
        code = said.get("errcode")
        if type(code) is int and (code or answer.status == 200):
            return by_code(VENDOR, CODES, code, str(said.get("errmsg", "")))
        if said.get("punish"):
            # The guard in front of the vendor, without a code: {"punish": "deny", "wait": seconds}.
            pause = said.get("wait")
            seconds = float(min(pause, LONGEST_PAUSE_S)) if isinstance(pause, int | float) and pause > 0 else BAN_S
            return Receipt(Outcome.THROTTLED, said.get("status"), seconds, f"{VENDOR}：被流量防护拦下")
        return without_code(VENDOR, answer, now)


def sign(secret: str, timestamp: str) -> str:
    """加签: base64 of HMAC-SHA256 over timestamp (milliseconds), line feed, secret. Not yet URL-encoded."""
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _body(text: str, target: str, message: Outgoing) -> bytes:
    said = {"msgtype": "markdown", "markdown": {"title": message.heading, "text": text}, "at": _mentioned(target)}
    return json.dumps(said, ensure_ascii=False).encode()


def _mentioned(target: str) -> dict[str, Any]:
    if target == "@all":
        return {"isAtAll": True}
    if not target:
        return {"isAtAll": False}
    who = "atMobiles" if re.fullmatch(r"\+?[\d-]{11,16}", target) else "atUserIds"
    return {"isAtAll": False, who: [target]}
