"""What a vendor gets to see: its own address under our endpoint, a right signature, mentions, nothing too long."""

import hashlib
import hmac
from dataclasses import replace

import pytest

from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.outcome import Outcome
from channels.sending import send
from channels.splitting import split
from rules.language import Language
from rules.policy import Severity
from tests.harness.vendor_simulators import SECRET, Vendors

MESSAGE = Outgoing(
    "DB-9",
    "催办：占道经营等 2 项",
    "- **催办** D1 清理占道经营\n  某某局；时限 2026-12-04",
    link="https://duban.example.org/d/1",
)
LONG = replace(MESSAGE, body="\n".join(f"- **催办** D{i} 清理第{i}处占道经营和乱堆乱放" for i in range(400)))
TARGETS = {"sms": "13800138000", "wecom_app": "zhangsan"}
EVERY_HTTP_KIND = ["wecom_robot", "wecom_app", "dingtalk_robot", "feishu_robot", "webhook", "ntfy", "sms"]


@pytest.mark.parametrize("kind", EVERY_HTTP_KIND)
async def test_number_title_body_and_link_are_there(
    kind: str, vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """Whatever the channel, the recipient sees which message it is and where it leads."""
    receipt = await send(http_channels[kind], TARGETS.get(kind, ""), MESSAGE)
    assert receipt.outcome is Outcome.ACCEPTED
    shown = vendors.taken[-1].raw.decode()
    for part in ("DB-9", "催办：占道经营等 2 项", "清理占道经营", "2026-12-04", "https://duban.example.org/d/1"):
        assert part in shown
    assert "重发" not in shown


@pytest.mark.parametrize("kind", EVERY_HTTP_KIND)
async def test_a_resend_says_so_under_the_same_number(
    kind: str, vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """Promise 2: a second copy is recognisable as one."""
    for language in Language:
        await send(http_channels[kind], TARGETS.get(kind, ""), replace(MESSAGE, is_resend=True, language=language))
        shown = vendors.taken[-1].raw.decode()
        assert "重发" in shown
        assert "DB-9" in shown


@pytest.mark.parametrize("kind", EVERY_HTTP_KIND)
async def test_every_part_of_a_long_message_is_taken(
    kind: str, vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """The vendors measure in bytes, and refuse what is longer; even marked as a resend each part fits."""
    channel, target = http_channels[kind], TARGETS.get(kind, "")
    parts = split(channel, target, LONG)
    outcomes = {(await send(channel, target, replace(part, is_resend=True))).outcome for part in parts}
    assert outcomes == {Outcome.ACCEPTED}
    shown = [seen.raw.decode() for seen in vendors.taken if seen.path != "/cgi-bin/gettoken"]
    assert len(parts) == 1 or f"({len(parts)}/{len(parts)})" in shown[-1]
    assert kind == "sms" or all(any(f"D{i} " in text for text in shown) for i in range(400))


async def test_too_long_a_message_never_leaves(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """What was not split is refused here, not cut short by the vendor."""
    receipt = await send(http_channels["wecom_robot"], "", LONG)
    assert (receipt.outcome, receipt.vendor_code) == (Outcome.REJECTED, "too_long")
    assert vendors.seen == []


@pytest.mark.parametrize(
    ("target", "kind", "field", "mentioned"),
    [
        ("", "markdown", "", None),
        ("zhangsan", "markdown", "", None),
        ("13800138000", "text", "mentioned_mobile_list", ["13800138000"]),
        ("@all", "text", "mentioned_list", ["@all"]),
    ],
)
async def test_wecom_mentions(
    target: str,
    kind: str,
    field: str,
    mentioned: object,
    vendors: Vendors,
    http_channels: dict[str, ChannelConfig],
) -> None:
    """WeCom's markdown mentions accounts only; phone numbers and everybody need its text message."""
    await send(http_channels["wecom_robot"], target, MESSAGE)
    said = vendors.taken[-1].json
    assert said["msgtype"] == kind
    assert said[kind].get(field) == mentioned
    assert ("<@zhangsan>" in said[kind]["content"]) == (target == "zhangsan")


@pytest.mark.parametrize(
    ("target", "at"),
    [
        ("", {"isAtAll": False}),
        ("13800138000", {"isAtAll": False, "atMobiles": ["13800138000"]}),
        ("user123", {"isAtAll": False, "atUserIds": ["user123"]}),
        ("@all", {"isAtAll": True}),
    ],
)
async def test_dingtalk_mentions(
    target: str, at: object, vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """DingTalk mentions whom `at` names, if the text names him too."""
    await send(http_channels["dingtalk_robot"], target, MESSAGE)
    said = vendors.taken[-1].json
    assert said["at"] == at
    assert said["markdown"]["text"].endswith("@" + target.removeprefix("@")) == bool(target)


async def test_feishu_mentions_in_the_card(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """Feishu mentions by a mark in the card; a target that could break out of the mark is refused."""
    await send(http_channels["feishu_robot"], "ou_18eac85d", MESSAGE)
    assert "<at id=ou_18eac85d></at>" in vendors.taken[-1].json["card"]["elements"][0]["content"]
    receipt = await send(http_channels["feishu_robot"], "x></at><at id=all", MESSAGE)
    assert receipt.outcome is Outcome.REJECTED


async def test_severity_is_shown(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """What is urgent looks urgent where the vendor has a way to show it."""
    urgent = replace(MESSAGE, severity=Severity.URGENT)
    await send(http_channels["feishu_robot"], "", urgent)
    assert vendors.taken[-1].json["card"]["header"]["template"] == "red"
    await send(http_channels["ntfy"], "", urgent)
    assert vendors.taken[-1].json["priority"] == 5
    assert "紧急" in vendors.taken[-1].json["title"]


@pytest.mark.parametrize("kind", ["wecom_robot", "dingtalk_robot", "feishu_robot"])
async def test_words_of_others_cannot_mention_or_link(
    kind: str, vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """A title written by a unit is shown, not obeyed: no mention, no link, no markup."""
    await send(http_channels[kind], "", replace(MESSAGE, title="<@all> [点我](https://evil.example) **x**", body="无"))
    shown = vendors.taken[-1].raw.decode()
    if kind == "feishu_robot":
        assert "evil" not in vendors.taken[-1].json["card"]["elements"][0]["content"]
    else:
        assert "<@all>" not in shown.replace('"title": "<@all>', "")
        assert "](https://evil" not in shown.split('"text"')[-1]


async def test_the_webhook_is_signed_over_its_bytes(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """The receiver can check who sent it and when, and recognise a repetition."""
    await send(http_channels["webhook"], "市城管局", MESSAGE)
    seen = vendors.taken[-1]
    expected = hmac.new(SECRET.encode(), seen.raw, hashlib.sha256).hexdigest()
    assert seen.headers["X-Duban-Signature"] == f"sha256={expected}"
    assert seen.headers["Idempotency-Key"] == "DB-9"
    assert seen.query == {"room": "office-7d1f"}
    assert seen.json["target"] == "市城管局"
    assert seen.json["sent_at"].endswith("+00:00")


async def test_wecom_app_fetches_one_token_and_renews_a_stale_one(
    vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """A token is fetched once; one that WeCom took back is renewed, and the message still goes out once."""
    channel = http_channels["wecom_app"]
    for _ in range(3):
        assert (await send(channel, "zhangsan", MESSAGE)).outcome is Outcome.ACCEPTED
    assert vendors.tokens_issued == 1
    vendors.valid_token = "another-token"
    assert (await send(channel, "zhangsan", MESSAGE)).outcome is Outcome.ACCEPTED
    assert vendors.tokens_issued == 2
    assert sum(seen.path == "/cgi-bin/message/send" for seen in vendors.taken) == 4


@pytest.mark.parametrize(
    ("target", "code"), [("nobody", 81013), ("leftout", 0), ("a|b", "bad_target"), ("", "bad_target")]
)
async def test_wecom_app_must_reach_the_one_it_was_for(
    target: str, code: object, vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """Code 0 with the recipient among the invalid ones is a refusal; one message has one recipient."""
    receipt = await send(http_channels["wecom_app"], target, MESSAGE)
    assert (receipt.outcome, receipt.vendor_code) == (Outcome.REJECTED, code)


async def test_the_limit_of_a_robot_shows(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """The twenty-first message of a minute is throttled, and says when to come back."""
    for kind, pause in (("wecom_robot", 60), ("dingtalk_robot", 600)):
        receipts = [await send(http_channels[kind], "", MESSAGE) for _ in range(21)]
        assert [receipt.outcome for receipt in receipts[:20]] == [Outcome.ACCEPTED] * 20
        assert (receipts[20].outcome, receipts[20].retry_after_s) == (Outcome.THROTTLED, pause)


async def test_an_sms_is_one_and_keeps_its_link(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """A digest is shortened for the phone, never sent as dozens of texts; fields are filled once."""
    await send(http_channels["sms"], "13800138000", replace(LONG, title="见 {secret}"))
    said = vendors.taken[-1].json
    assert len(said["text"]) == 300
    assert said["text"].startswith("【督办】见 {secret}")
    assert said["text"].endswith("https://duban.example.org/d/1 督办编号 DB-9")
    assert vendors.taken[-1].headers["X-Key"] == SECRET
