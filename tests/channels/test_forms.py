"""Channels as typed forms: what is refused, what is stored apart, what may be shown."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from channels.errors import BadForm, UnknownKind
from channels.forms import KINDS, at_home, fill, masked, plain_of, secrets_of
from channels.kinds import MAGIC_OPTIONS
from channels.limits import counted_as

FILLED: dict[str, dict[str, Any]] = {
    "wecom_robot": {"key": "693a91f6-7a0c"},
    "wecom_app": {"corp_id": "ww1", "secret": "app-secret-44", "agent_id": "1000002"},
    "dingtalk_robot": {"token": "d1ngt0ken", "secret": "SEC000aa"},
    "feishu_robot": {"token": "feishu-token", "secret": "feishu-secret"},
    "email": {"host": "smtp.example.org", "sender": "a@example.org", "user": "a", "password": "pass word"},
    "webhook": {"url": "https://oa.example.org/hook/t0ken?room=1", "secret": "hook-secret"},
    "ntfy": {"topic": "duban", "token": "tk_1"},
    "sms": {"url": "https://sms.example.org/send", "secret": "sms-secret", "fields": "mobile={phone}, text={text}"},
    "inbox": {"folder": "/srv/inbox"},
    "paper": {"folder": "/srv/paper"},
}


def test_every_kind_of_the_contract_is_there() -> None:
    """The ten kinds of DESIGN section 6, each filled in from plain text."""
    assert set(FILLED) == set(KINDS)
    for kind, settings in FILLED.items():
        assert fill(kind, settings).kind == kind


@pytest.mark.parametrize("kind", FILLED)
def test_stored_in_two_halves_and_back(kind: str) -> None:
    """What is encrypted and what is not make the same channel again, and only one half has secrets."""
    channel = fill(kind, FILLED[kind])
    plain, secrets = plain_of(channel), secrets_of(channel)
    assert fill(kind, plain | secrets) == channel
    assert {name for name in FILLED[kind] if isinstance(getattr(channel, name), SecretStr)} == set(secrets)
    for secret in secrets.values():
        assert secret not in str(plain) + str(masked(channel)) + repr(channel) + str(channel)


def test_the_masked_form_still_tells_which_one_it_is() -> None:
    """The office can tell two channels apart without seeing a secret."""
    assert masked(fill("webhook", FILLED["webhook"]))["url"] == "https://oa.example.org/****"
    assert masked(fill("wecom_robot", {"key": "693a91f6-7a0c-4d1b-a994"}))["key"] == "****994"
    assert masked(fill("dingtalk_robot", {"token": "short"}))["token"] == "****"


@pytest.mark.parametrize(
    ("kind", "settings", "endpoint", "field", "reason"),
    [
        ("wecom_robot", {}, None, "key", "没有填"),
        ("wecom_robot", {"key": "k", "token": "S3CR3T"}, None, "token", "没有这一项"),
        (
            "wecom_robot",
            {"key": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=S3CR3T"},
            None,
            "key",
            "凭据本身",
        ),
        ("wecom_robot", {"key": "S3CR3T, json://evil"}, None, "key", "凭据本身"),
        ("wecom_robot", {"key": "k"}, "http://10.0.0.1/path", "endpoint", "协议://主机:端口"),
        ("wecom_robot", {"key": "k"}, "http://10.0.0.1?verify=no", "endpoint", "协议://主机:端口"),
        ("wecom_robot", {"key": "k"}, "http://user:S3CR3T@10.0.0.1", "endpoint", "用户名和密码"),
        ("wecom_robot", {"key": "k"}, "file:///etc/passwd", "endpoint", "地址"),
        ("wecom_app", {"corp_id": "c", "secret": "s", "agent_id": "S3CR3T"}, None, "agent_id", "整数"),
        ("webhook", {"url": "json://10.0.0.1/x"}, None, "url", "地址"),
        ("webhook", {"url": "http://a.example/x, http://b.example/y"}, None, "url", "地址"),
        ("webhook", {"url": "http://10.0.0.1:99999/x"}, None, "url", "地址"),
        ("webhook", {"url": "http://10.0.0.1/x?+X-Header=1"}, None, "url", "不能带"),
        ("email", {"host": "h", "sender": "a@example.org, b@example.org"}, None, "sender", "邮箱"),
        ("email", {"host": "h", "sender": "a@example.org", "user": "a"}, None, "", "要么都"),
        ("email", {"host": "h", "sender": "a@example.org", "security": "ssl"}, None, "security", "之一"),
        ("email", {"sender": "a@example.org"}, "http://h", "", "smtp"),
        ("ntfy", {"topic": "a/b"}, None, "topic", "不允许"),
        ("inbox", {"folder": "/srv"}, "http://10.0.0.1", "endpoint", "没有这一项"),
    ],
)
def test_a_wrong_form_says_which_field_and_why(
    kind: str, settings: dict[str, str], endpoint: str | None, field: str, reason: str
) -> None:
    """The refusal names the field, gives the reason in both languages, and repeats no value."""
    with pytest.raises(BadForm) as refused:
        fill(kind, settings, endpoint)
    (problem,) = refused.value.problems
    assert problem[0] == field
    assert reason in problem[1].zh
    assert problem[1].en.isascii() and problem[1].en
    assert "S3CR3T" not in str(refused.value) + repr(refused.value) + refused.value.text.en


@pytest.mark.parametrize("option", sorted(MAGIC_OPTIONS))
def test_apprises_magic_is_refused(option: str) -> None:
    """`?optional=yes` would make a failure a success, `?redirect=yes` a login page one."""
    with pytest.raises(BadForm) as refused:
        fill("webhook", {"url": f"https://oa.example.org/hook?x=1&{option}=yes"})
    assert option in str(refused.value)


@pytest.mark.parametrize("kind", ["json", "mailto", "slack", "", "wecom_robot?x", "WECOM_ROBOT"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    """Apprise knows two hundred services; Duban's list is the ten kinds and nothing else."""
    with pytest.raises(UnknownKind) as refused:
        fill(kind, {})
    assert "wecom_robot" in str(refused.value)


def test_a_mail_endpoint_stands_for_host_port_and_security() -> None:
    """The endpoint option works for mail as for the other kinds."""
    settings = {"sender": "a@example.org"}
    assert plain_of(fill("email", settings, "smtp://10.0.0.1:2525")) == {
        "host": "10.0.0.1", "port": 2525, "security": "none", "sender": "a@example.org",
    }  # fmt: skip
    assert plain_of(fill("email", settings, "smtps://10.0.0.1"))["port"] == 465
    assert plain_of(fill("email", settings | {"host": "h"}))["port"] == 587


def test_a_folder_is_one_in_the_offices_home() -> None:
    """Without a folder an inbox lies in DUBAN_HOME; an absolute one stays where it was put."""
    home = Path("/srv/duban")
    assert plain_of(at_home(fill("inbox", {}), home)) == {"folder": "/srv/duban/inbox"}
    assert plain_of(at_home(fill("paper", {"folder": "/mnt/slips"}), home)) == {"folder": "/mnt/slips"}
    robot = fill("wecom_robot", {"key": "k"})
    assert at_home(robot, home) == robot


def test_one_robot_under_two_names_counts_once() -> None:
    """The vendor limits the robot, however often the office has written it down."""
    one = fill("dingtalk_robot", {"token": "t1", "secret": "old"})
    renewed = fill("dingtalk_robot", {"token": "t1", "secret": "new"})
    other = fill("dingtalk_robot", {"token": "t2", "secret": "old"})
    assert counted_as(one) == counted_as(renewed) != counted_as(other)
    assert "t1" not in counted_as(one).split(":")[1]
    for kind, settings in FILLED.items():
        assert counted_as(fill(kind, settings)).startswith(f"{kind}:")
