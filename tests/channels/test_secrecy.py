"""No token, signature or phone number in anything that is printed, logged, raised or shown."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from channels.forms import fill, masked
from channels.kinds import ChannelConfig
from channels.masking import SecretsFilter, mask
from channels.message import Outgoing
from channels.outcome import Receipt
from channels.plugins import load_plugins, plugin_for
from channels.sending import send
from rules.roster import Contact
from tests.harness.office import OfficeHarness
from tests.harness.running import types
from tests.harness.vendor_simulators import (
    ACCESS_TOKEN,
    CORP_SECRET,
    KEY,
    SECRET,
    TOKEN,
    Canned,
    Vendors,
    filled_in,
    in_a_thread,
    vendors_up,
)

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


COMMANDS = (
    ["channel", "list"],
    ["channel", "list", "--json"],
    ["channel", "test", "sms", "--to", PHONE, "--json"],
    ["channel", "test", "dingtalk_robot", "--to", PHONE],
    ["explain", "M1"],
    ["explain", "N1", "--json"],
    ["audit"],
    ["deliver", "--json"],
    ["ledger", "export"],
)
WORST = (
    Canned({"errcode": 1, "code": 1, "errmsg": f"bad access_token={TOKEN} for {PHONE}", "msg": f"key={KEY}&sign=abc"}),
    Canned(f"<html>POST /robot/send?access_token={TOKEN}&sign=abc {SECRET}</html>"),
    Canned("", 500),
    Canned({"errcode": 45009, "code": 11232, "errmsg": f"{PHONE} too fast", "msg": f"secret={SECRET}"}),
)


def test_a_whole_office_at_the_lowest_level_says_nothing_secret(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Delivered by every kind, given up and passed on, explained, audited and exported: the ledger, what is kept of
    every attempt, and all that is printed and logged on the way are clean.
    """
    with in_a_thread(vendors_up()) as vendors:
        office = OfficeHarness(tmp_path / "home", send_timeout_s=1).on("2026-03-04", "10:01")
        _gives_everybody_a_channel(office, vendors)
        for number in range(3):
            vendors.answers.extend(WORST * number)
            office.tells("清理占道经营", *office.roster.people)
            office.delivers()
            office.now += timedelta(minutes=11)
        office.close()
        monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
        for command in COMMANDS:
            types(*command)
    printed = "".join(capfd.readouterr())
    kept = _kept(tmp_path / "home" / "duban.db")
    signs = [seen.query["sign"] for seen in vendors.seen if "sign" in seen.query]
    assert signs and "message." in printed and len(kept) > 20
    assert logging.DEBUG in {record.levelno for record in everything_logged.records}
    written = "".join([printed, everything_logged.text, *kept])
    assert [secret for secret in SECRETS + signs if secret in written] == []
    stored = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("duban.db*"))
    assert [secret for secret in SECRETS if secret != PHONE and secret.encode() in stored] == []


def _gives_everybody_a_channel(office: OfficeHarness, vendors: Vendors) -> None:
    """One kind each, two for some; whoever is left over has the inbox."""
    forms = filled_in(vendors.endpoint)
    mail = {"sender": "a@example.org", "user": "u", "password": "m41l-passw0rd"}
    forms["email"] = fill("email", mail, "smtp://127.0.0.1:1")
    for kind, form in forms.items():
        office.adds_channel(kind, form)
    targets = {"email": "a@example.org", "ntfy": "duban", "wecom_app": "zhangsan"}
    contacts = [Contact(kind, targets.get(kind, PHONE)) for kind in forms]
    spare = [*contacts[1:], contacts[0]]
    office.reaches({person: pair for person, *pair in zip(office.roster.people, contacts, spare, strict=False)})


def _kept(database: Path) -> list[str]:
    """The ledger, the attempts and what was told of them, as text."""
    with closing(sqlite3.connect(database)) as connection:
        return [
            str(row)
            for table in ("events", "deliveries", "signals")
            for row in connection.execute(f"SELECT * FROM {table}")
        ]


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
