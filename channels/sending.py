"""Sending one message to one target, once, and saying truthfully what became of it."""

from channels.carrier import Errand
from channels.carriers import CARRIERS
from channels.kinds import ChannelConfig
from channels.masking import guard_logs
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.plugins import door, in_hand
from channels.wire import current_wire

DEFAULT_TIMEOUT_S = 10.0

guard_logs("apprise", "aiohttp.client", "aiohttp.internal", "asyncio", "urllib3", "urllib3.connectionpool")


async def send(
    channel: ChannelConfig, target: str, message: Outgoing, *, timeout_s: float = DEFAULT_TIMEOUT_S
) -> Receipt:
    """送出一条消息: one attempt through Apprise; never raises for what the other side does.

    A message longer than its channel takes is rejected unsent: `channels.splitting.split` belongs before storing.
    Inside `channels.wire.keep_alive()` connections are shared; without it each call opens its own.
    """
    carrier = CARRIERS[channel.kind]
    if refusal := carrier.refuses(channel, target):
        return Receipt(Outcome.REJECTED, "bad_target", detail=refusal)
    limit = carrier.limit(channel, target)
    if limit is not None and carrier.size(channel, target, message) > limit:
        return Receipt(Outcome.REJECTED, "too_long", detail=f"消息超过该渠道的上限（{limit} 字节），没有发出")
    async with current_wire() as wire:
        errand = Errand(channel, target, message, wire, timeout_s)
        token = in_hand.set(errand)
        try:
            await door(channel).async_notify(body=carrier.text(channel, target, message), title=message.heading)
        finally:
            in_hand.reset(token)
    # Apprise swallows what a plugin raises; a fault of ours after sending must not read as "not sent".
    return errand.receipt or Receipt(Outcome.UNKNOWN, detail="发送途中程序出错，是否送达不明；请看日志")
