"""No token, signature or phone number in anything that is printed, logged, raised or shown."""

import asyncio
import logging

import pytest

from channels.forms import fill, masked
from channels.kinds import ChannelConfig
from channels.masking import SecretsFilter, mask
from channels.message import Outgoing
from channels.outcome import Receipt
from channels.plugins import load_plugins, plugin_for
from channels.sending import send
from tests.harness.vendor_simulators import ACCESS_TOKEN, CORP_SECRET, KEY, SECRET, TOKEN, Canned, Vendors

PHONE = "13800138000"
SECRETS = [KEY, TOKEN, SECRET, CORP_SECRET, ACCESS_TOKEN, "tk_ntfy55e2", "room=office-7d1f", PHONE, "m41l-passw0rd"]
MESSAGE = Outgoing("DB-14", "催办", "- 清理占道经营")


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    load_plugins.cache_clear()
    plugin_for.cache_clear()
    for name in ("", "apprise", "aiohttp", "asyncio", "urllib3", "mail.log"):
        caplog.set_level(1, name)
    return caplog


async def test_a_full_run_at_the_lowest_level_says_nothing_secret(
    vendors: Vendors,
    http_channels: dict[str, ChannelConfig],
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Every kind, accepted, refused, echoed back and unanswered, with debugging on."""
    asyncio.get_running_loop().set_debug(True)
    echo = {"errcode": 1, "code": 1, "errmsg": f"bad access_token={TOKEN} for {PHONE}", "msg": f"key={KEY}&sign=abc"}
    mail = fill("email", {"sender": "a@example.org", "user": "u", "password": "m41l-passw0rd"}, "smtp://127.0.0.1:1")
    shown: list[object] = [masked(mail), mail]
    for kind, channel in http_channels.items():
        target = PHONE if kind in ("sms", "wecom_robot", "dingtalk_robot") else "zhangsan"
        for answer in (None, Canned(echo), Canned("", 500), Canned("no json", 200)):
            if answer:
                vendors.answers.append(answer)
            shown.append(await send(channel, target, MESSAGE))
        broken = channel.model_copy(update={"endpoint": "http://127.0.0.1:1"})
        shown += [await send(broken, target, MESSAGE), masked(channel), channel, plugin_for(channel)]
    shown.append(await send(mail, "a@example.org", MESSAGE))
    signatures = [seen.query["sign"] for seen in vendors.seen if "sign" in seen.query]
    signatures += [seen.headers["X-Duban-Signature"] for seen in vendors.seen if "X-Duban-Signature" in seen.headers]
    assert len(signatures) >= 2
    written = everything_logged.text + "".join(capfd.readouterr()) + "".join(map(repr, shown))
    assert "apprise" in everything_logged.text
    assert [secret for secret in SECRETS + signatures if secret in written] == []


async def test_a_fault_of_ours_is_logged_without_secrets(
    vendors: Vendors,
    http_channels: dict[str, ChannelConfig],
    everything_logged: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A traceback helps to mend it; the outcome is unknown, never accepted."""

    async def fail(*args: object, **kwargs: object) -> Receipt:
        raise RuntimeError(f"POST https://x.example/robot/send?access_token={TOKEN}&sign=c2ln for {PHONE}")

    monkeypatch.setattr("channels.wire.Wire.exchange", fail)
    receipt = await send(http_channels["dingtalk_robot"], PHONE, MESSAGE)
    assert receipt.outcome == "unknown"
    assert "RuntimeError" in everything_logged.text
    assert not {TOKEN, PHONE, "c2ln"} & set(everything_logged.text.replace("=", " ").replace("&", " ").split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "https://x/robot/send?access_token=abc123&timestamp=1&sign=a%2Bb%3D",
            "access_token=****&timestamp=1&sign=****",
        ),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/abc-123", "/hook/****"),
        ("{'corpsecret': 'abc123', 'x': 1}", "'corpsecret': '****', 'x': 1"),
        ("Authorization: Bearer abc123", "Bearer ****"),
        ("请联系13800138000。", "请联系138******00。"),
        ("电话+8613800138000", "138******00"),
        ("订单 202611230001138000", "202611230001138000"),
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str, expected: str) -> None:
    """Tokens in addresses, settings and headers, and phone numbers; long numbers of another kind stay."""
    assert expected in mask(text)
    assert "abc123" not in mask(text) and "13800138000" not in mask(text)


def test_known_secrets_are_masked_wherever_they_stand() -> None:
    """A vendor may echo a secret where nothing marks it as one."""
    assert mask("refused: hunter22 and hunter22x", ["hunter22", "hunter22x"]) == "refused: **** and ****"


def test_the_log_filter_masks_arguments_and_tracebacks() -> None:
    """A secret may come as an argument or inside an exception."""
    try:
        raise ValueError("token=abc123")
    except ValueError as error:
        record = logging.LogRecord("x", 10, "f", 1, "to %s", (PHONE,), (ValueError, error, error.__traceback__))
    assert SecretsFilter().filter(record)
    written = logging.Formatter().format(record)
    assert "ValueError" in written
    assert "abc123" not in written and PHONE not in written
