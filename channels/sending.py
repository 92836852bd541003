"""Sending one message to one target, once, and saying truthfully what became of it."""

import logging
from typing import Any

from channels.carrier import Errand
from channels.carriers import CARRIERS
from channels.kinds import ChannelConfig
from channels.masking import guard_logs
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.plugins import in_hand, plugin_for
from channels.wire import keep_alive, kept_wire

DEFAULT_TIMEOUT_S = 10.0

_log = logging.getLogger(__name__)
guard_logs(__name__, "apprise", "aiohttp.client", "aiohttp.internal", "asyncio", "urllib3", "urllib3.connectionpool")


async def send(
    channel: ChannelConfig, target: str, message: Outgoing, *, timeout_s: float = DEFAULT_TIMEOUT_S
) -> Receipt:
    """送出一条消息: one attempt through Apprise; never raises for what the other side does.

    A message longer than its channel takes is rejected unsent: `channels.splitting.split` belongs before storing.
    Inside `channels.wire.keep_alive()` connections are shared; without it each call opens its own. It takes at most
    `timeout_s` to get a place at a busy server and as much again to send; wecom_app needs that twice, for its token.
    """
    carrier = CARRIERS[channel.kind]
    if refusal := carrier.refuses(channel, target):
        return Receipt(Outcome.REJECTED, "bad_target", detail=refusal)
    text, limit = carrier.text(channel, target, message), carrier.limit(channel, target)
    if limit is not None and carrier.size(text, target, message) > limit:
        return Receipt(Outcome.REJECTED, "too_long", detail=f"消息超过该渠道的上限（{limit} 字节），没有发出")
    if wire := kept_wire():
        return await _through_apprise(Errand(channel, target, message, wire, timeout_s), text)
    async with keep_alive() as wire:
        return await _through_apprise(Errand(channel, target, message, wire, timeout_s), text)


async def _through_apprise(errand: Errand[Any], text: str) -> Receipt:
    token = in_hand.set(errand)
    try:
        await plugin_for(errand.form).async_notify(body=text, title=errand.message.heading)
    except Exception:
        # A fault of ours once sending has begun must not read as "not sent".
        _log.exception("sending message %s failed on our side", errand.message.part_number)
    finally:
        in_hand.reset(token)
    return errand.receipt or Receipt(Outcome.UNKNOWN, detail="发送途中程序出错，是否送达不明；请看日志")
