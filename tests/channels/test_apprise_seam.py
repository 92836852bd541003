"""The seam to Apprise: native plugins underneath, Duban's outcome on top, nothing of Apprise's own habits."""

import asyncio

from apprise import Apprise
from apprise.manager_plugins import NotificationManager

from channels.carrier import Errand
from channels.carriers import CARRIERS
from channels.forms import KINDS
from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.plugins import in_hand, load_plugins, plugin_for, schema_of
from channels.wire import keep_alive
from tests.harness.vendor_simulators import Canned, Vendors

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


async def test_apprises_own_habits_are_off(http_channels: dict[str, ChannelConfig]) -> None:
    """Apprise neither waits between messages nor follows a redirect, repeats, or calls a failure optional."""
    for channel in http_channels.values():
        plugin = plugin_for(channel)
        assert plugin.request_rate_per_sec == 0
        assert plugin.redirects is False
        assert plugin.service_retry == 0
        assert plugin.optional is False


async def test_apprise_itself_reports_what_the_vendor_said(
    vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """Loaded into Apprise as any service, a channel reports a refusal inside an HTTP 200 as a failure."""
    channel = http_channels["wecom_robot"]
    apprise = Apprise()
    apprise.add(plugin_for(channel))
    async with keep_alive() as wire:
        token = in_hand.set(Errand(channel, "", MESSAGE, wire, 5))
        assert await apprise.async_notify(body="x") is True
        vendors.answers.append(Canned({"errcode": 45009, "errmsg": "api freq out of limit"}))
        assert await apprise.async_notify(body="x") is False
        in_hand.reset(token)


async def test_nothing_leaves_without_an_errand(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """Neither door of a plugin falls back to native sending, which believes any HTTP 200."""
    for channel in http_channels.values():
        apprise = Apprise()
        apprise.add(plugin_for(channel))
        assert await apprise.async_notify(body="x", title="y") is False
        assert await asyncio.to_thread(apprise.notify, body="x", title="y") is False
    assert vendors.seen == []
