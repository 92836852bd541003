"""Every answer a vendor may give, and the outcome it must become."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.outcome import Outcome
from channels.sending import send
from tests.harness.vendor_simulators import Canned, Vendors

ACCEPTED, REJECTED, THROTTLED = Outcome.ACCEPTED, Outcome.REJECTED, Outcome.THROTTLED
UNREACHABLE, UNKNOWN = Outcome.UNREACHABLE, Outcome.UNKNOWN
MESSAGE = Outgoing("DB-7", "催办", "- **催办** 清理占道经营")
TARGETS = {"sms": "13800138000", "wecom_app": "zhangsan"}


def said(code: Any, words: str = "", **more: Any) -> dict[str, Any]:
    return {"errcode": code, "errmsg": words, **more}


def feishu(code: Any, words: str = "", **more: Any) -> dict[str, Any]:
    return {"code": code, "msg": words, "data": {}, **more}


HTML = Canned("<html><body>请先登录上网</body></html>")
COMMON = [
    (Canned("", 301, {"Location": "/hook"}), REJECTED, 301, None),
    (Canned("", 302, {"Location": "/hook"}), REJECTED, 302, None),
    (Canned("", 307, {"Location": "/hook"}), REJECTED, 307, None),
    (Canned("", 400), REJECTED, 400, None),
    (Canned("", 401), REJECTED, 401, None),
    (Canned("", 403), REJECTED, 403, None),
    (Canned("", 404), REJECTED, 404, None),
    (Canned("", 408), UNREACHABLE, 408, None),
    (Canned("", 410), REJECTED, 410, None),
    (Canned("", 429), THROTTLED, 429, 60),
    (Canned("", 429, {"Retry-After": "7"}), THROTTLED, 429, 7),
    (
        Canned("", 429, {"Date": "Mon, 23 Nov 2026 01:00:00 GMT", "Retry-After": "Mon, 23 Nov 2026 01:02:30 GMT"}),
        THROTTLED, 429, 150,
    ),
    (Canned("", 429, {"Retry-After": "soon"}), THROTTLED, 429, 60),
    (Canned("", 500), UNREACHABLE, 500, None),
    (Canned("", 502), UNREACHABLE, 502, None),
    (Canned("", 503), UNREACHABLE, 503, None),
    (Canned("", 503, {"Retry-After": "120"}), THROTTLED, 503, 120),
    (Canned("", 504), UNKNOWN, 504, None),
]  # fmt: skip
WECOM = [
    (Canned(said(0, "ok")), ACCEPTED, 0, None),
    (Canned(said(45009, "api freq out of limit")), THROTTLED, 45009, 60),
    (Canned(said(45033, "api concurrent out of limit")), THROTTLED, 45033, 10),
    (Canned(said(93000, "invalid webhook url")), REJECTED, 93000, None),
    (Canned(said(40058, "content exceed max length")), REJECTED, 40058, None),
    (Canned(said(60020, "not allow to access from your ip")), REJECTED, 60020, None),
    (Canned(said(-1, "system busy")), UNREACHABLE, -1, None),
    (Canned(said(987654, "something new")), REJECTED, 987654, None),
    (Canned(said(987654, "request too frequently")), THROTTLED, 987654, 60),
    (Canned(said(0, "ok"), 500), UNREACHABLE, 500, None),
    (Canned(said(45009, "api freq out of limit"), 403), THROTTLED, 45009, 60),
    (Canned({}), REJECTED, None, None),
    (Canned(said("0", "ok")), REJECTED, None, None),
    (Canned(said(None, "ok")), REJECTED, None, None),
    (Canned(said(True, "ok")), REJECTED, None, None),
    (Canned([0]), REJECTED, None, None),
    (HTML, REJECTED, None, None),
]
DINGTALK = [
    (Canned(said(0, "ok")), ACCEPTED, 0, None),
    (Canned(said(130101, "send too fast, exceed 20 times per minute")), THROTTLED, 130101, 600),
    (Canned(said(410100, "发送速度太快而限流")), THROTTLED, 410100, 600),
    (Canned(said(310000, "sign not match")), REJECTED, 310000, None),
    (Canned(said(310000, "keywords not in content")), REJECTED, 310000, None),
    (Canned(said(310000, "ip 10.0.0.1 not in whitelist")), REJECTED, 310000, None),
    (Canned(said(300005, "token is not exist")), REJECTED, 300005, None),
    (Canned(said(400013, "群已被解散")), REJECTED, 400013, None),
    (Canned(said(400102, "机器人已停用")), REJECTED, 400102, None),
    (Canned(said(430104, "不合适的内容")), REJECTED, 430104, None),
    (Canned(said(-1, "系统繁忙")), UNREACHABLE, -1, None),
    (Canned({"status": 1111, "wait": 5, "source": "x5", "punish": "deny"}), THROTTLED, 1111, 5),
    (Canned({"status": 1111, "punish": "deny"}), THROTTLED, 1111, 600),
    (Canned({}), REJECTED, None, None),
    (HTML, REJECTED, None, None),
]
FEISHU = [
    (Canned(feishu(0, "success", StatusCode=0, StatusMessage="success")), ACCEPTED, 0, None),
    (Canned({"StatusCode": 0, "StatusMessage": "success"}), ACCEPTED, 0, None),
    (Canned(feishu(19024, "Key Words Not Found", StatusCode=0)), REJECTED, 19024, None),
    (Canned(feishu(0, "success", StatusCode=19021)), REJECTED, 19021, None),
    (Canned(feishu(19021, "sign match fail")), REJECTED, 19021, None),
    (Canned(feishu(19022, "Ip Not Allowed")), REJECTED, 19022, None),
    (Canned(feishu(19007, "Bot Not Enabled")), REJECTED, 19007, None),
    (Canned(feishu(9499, "Bad Request"), 400), REJECTED, 9499, None),
    (Canned(feishu(9499, "too many request"), 400), THROTTLED, 9499, 10),
    (Canned(feishu(11232, "frequency limited psm[x]")), THROTTLED, 11232, 60),
    (Canned({}), REJECTED, None, None),
    (HTML, REJECTED, None, None),
]
NTFY = [
    (Canned({"id": "abc", "event": "message"}), ACCEPTED, 200, None),
    (Canned({"event": "message"}), REJECTED, None, None),
    (Canned({"code": 42901, "http": 429, "error": "limit reached"}, 429), THROTTLED, 42901, 60),
    (Canned({"code": 40301, "http": 403, "error": "forbidden"}, 403), REJECTED, 40301, None),
    (HTML, REJECTED, None, None),
]
SMS = [
    (Canned({"code": 0}), ACCEPTED, 0, None),
    (Canned({"code": "0"}), ACCEPTED, "0", None),
    (Canned({"code": 17, "msg": "余额不足"}), REJECTED, 17, None),
    (Canned({"msg": "ok"}), REJECTED, None, None),
    (Canned({"code": 0}, 500), UNREACHABLE, 500, None),
    (HTML, REJECTED, None, None),
]
WEBHOOK = [
    (Canned("anything", 200), ACCEPTED, 200, None),
    (Canned("", 202), ACCEPTED, 202, None),
    (Canned("", 204), ACCEPTED, 204, None),
]
TABLE = {
    "wecom_robot": WECOM,
    "wecom_app": WECOM,
    "dingtalk_robot": DINGTALK,
    "feishu_robot": FEISHU,
    "ntfy": NTFY,
    "sms": SMS,
    "webhook": WEBHOOK,
}
CASES = [
    pytest.param(kind, *case, id=f"{kind}-{case[0].status}-{json.dumps(case[0].body, ensure_ascii=False)[:60]}-{i}")
    for kind, cases in TABLE.items()
    for i, case in enumerate([*cases, *COMMON])
]


@pytest.mark.parametrize(("kind", "answer", "outcome", "code", "retry_after_s"), CASES)
async def test_an_answer_becomes_its_outcome(
    kind: str,
    answer: Canned,
    outcome: Outcome,
    code: Any,
    retry_after_s: float | None,
    vendors: Vendors,
    http_channels: dict[str, ChannelConfig],
) -> None:
    """Only the vendor's own word makes a message accepted, and it is sent exactly once whatever the answer."""
    vendors.answers.append(answer)
    receipt = await send(http_channels[kind], TARGETS.get(kind, ""), MESSAGE)
    assert (receipt.outcome, receipt.vendor_code, receipt.retry_after_s) == (outcome, code, retry_after_s)
    assert receipt.detail
    assert sum(seen.path != "/cgi-bin/gettoken" for seen in vendors.seen) == 1


PAGE = Path("docs/channels.md").read_text(encoding="utf-8")
CODE = re.compile(r"^\| (企业微信|钉钉|飞书) \| (-?\d+) \| [^|]+ \| `(\w+)` \| (?:(\d+) s)? *\|$", re.MULTILINE)
WHOSE = {"企业微信": ("wecom_robot", "wecom_app"), "钉钉": ("dingtalk_robot",), "飞书": ("feishu_robot",)}


async def test_every_code_on_the_page_becomes_what_the_page_says(
    vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """The table people read is what happens, row by row."""
    rows = [(kind, *row[1:]) for row in CODE.findall(PAGE) for kind in WHOSE[row[0]]]
    assert len(rows) > 60
    wrong = []
    for kind, code, outcome, pause in rows:
        answer = feishu(int(code)) if kind == "feishu_robot" else said(int(code))
        vendors.answers.extend([Canned(answer)] * 2)  # an expired token is asked for again, once
        receipt = await send(http_channels[kind], TARGETS.get(kind, ""), MESSAGE)
        vendors.answers.clear()
        if (receipt.outcome, receipt.retry_after_s or 0) != (outcome, float(pause or 0)):
            wrong.append((kind, code, receipt))
    assert wrong == []
