"""The seam to Apprise: native plugins underneath, Duban's outcome on top, nothing of Apprise's own habits."""

import asyncio

import pytest
from apprise import Apprise
from apprise.manager_plugins import NotificationManager
from vendor_simulators import Canned, Vendors

from channels.carriers import CARRIERS
from channels.forms import KINDS
from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.plugins import door, load_plugins, schema_of
from channels.sending import send

MESSAGE = Outgoing("DB-15", "催办", "- 清理占道经营")


def test_every_kind_has_a_carrier_and_a_registered_plugin() -> None:
    """The allow list is exactly the kinds, each built on its native plugin where Apprise has one."""
    plugins, manager = load_plugins(), NotificationManager()
    assert set(plugins) == set(CARRIERS) == set(KINDS)
    for kind, plugin in plugins.items():
        assert manager[schema_of(kind)] is plugin
        native = CARRIERS[kind].native
        assert native is None or issubclass(plugin, manager[native])
    natives = {kind: CARRIERS[kind].native for kind in ("wecom_robot", "wecom_app", "dingtalk_robot", "feishu_robot")}
    assert natives == {
        "wecom_robot": "wecombot", "wecom_app": "wechat", "dingtalk_robot": "dingtalk", "feishu_robot": "feishu",
    }  # fmt: skip


def test_other_users_of_apprise_keep_their_plugins() -> None:
    """Prefect notifies through Apprise in the same process; its plugins are untouched."""
    load_plugins()
    for native in ("dingtalk", "wecombot", "slack", "mailto"):
        assert NotificationManager()[native].__module__.startswith("apprise.plugins.")
        assert NotificationManager()[native].enabled


async def test_one_channel_behind_each_door(http_channels: dict[str, ChannelConfig]) -> None:
    """A bad one never hides behind a good one, and Apprise neither waits nor redirects nor repeats."""
    for channel in http_channels.values():
        (plugin,) = door(channel).servers
        assert plugin.request_rate_per_sec == 0
        assert plugin.redirects is False
        assert plugin.service_retry == 0
        assert plugin.optional is False


async def test_apprise_reports_what_the_vendor_said(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """Through Apprise itself a refusal inside an HTTP 200 is a failure too."""
    results: list[bool | None] = []

    class Witness(Apprise):  # type: ignore[misc]
        async def async_notify(self, *args: object, **kwargs: object) -> bool | None:
            results.append(await super().async_notify(*args, **kwargs))
            return results[-1]

    door(http_channels["wecom_robot"]).__class__ = Witness
    await send(http_channels["wecom_robot"], "", MESSAGE)
    vendors.answers.append(Canned({"errcode": 45009, "errmsg": "api freq out of limit"}))
    await send(http_channels["wecom_robot"], "", MESSAGE)
    assert results == [True, False]


async def test_nothing_leaves_without_an_errand(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """Neither door of a plugin falls back to native sending, which believes any HTTP 200."""
    for channel in http_channels.values():
        assert await door(channel).async_notify(body="x", title="y") is False
        assert await asyncio.to_thread(door(channel).notify, body="x", title="y") is False
    assert vendors.seen == []


@pytest.mark.parametrize("kind", ["wecom_robot", "dingtalk_robot", "feishu_robot"])
async def test_a_native_plugin_would_have_claimed_success(kind: str) -> None:
    """Why this seam exists; when Apprise learns better, the carriers may become thinner."""
    native = NotificationManager()[CARRIERS[kind].native]
    assert native.send is not load_plugins()[kind].send
