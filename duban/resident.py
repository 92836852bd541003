"""Prompt delivery (常驻投递): the steps of the deliver flow in a loop, so that a notice leaves as soon as it may."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from channels.plugins import load_plugins
from channels.wire import keep_alive
from store.outbox import any_notice_waits, waiting_channels
from tasks.delivering import bundle, drain
from tasks.heart import beat_heart
from tasks.office import Office
from tasks.signalling import relay_signals

log = logging.getLogger("duban")

Clock = Callable[[], datetime]

BEAT_EVERY = timedelta(minutes=1)
RELAY_EVERY_S, SERVER_AWAY_S = 0.5, 5.0
REST_S, LONGEST_REST_S = 1.0, 30.0

PATIENCE_S = 5.0
"""How long messages being sent may take to get their answer once we are to stop; what has none by then is unsure."""


async def resident(office: Office, clock: Clock, stop: asyncio.Event, api_url: str | None = None) -> None:
    """Deliver promptly, and pass domain events on to the Prefect server at `api_url`, until `stop` is set.

    Looks every `poll_s` of the settings. A failure is logged and the work tried again, with growing pauses.
    """
    await asyncio.to_thread(load_plugins)
    courier = Courier(office, clock)

    async def deliver() -> float:
        await courier.look()
        return office.settings.poll_s

    async def relay() -> float:
        taken = await relay_signals.fn(office, api_url, clock())
        return SERVER_AWAY_S if taken is None else RELAY_EVERY_S

    async with keep_alive():
        await asyncio.gather(repeat(deliver, stop), repeat(relay, stop))
        await courier.finish()


class Courier:
    """投递员: bundles what waits and has one sender for each channel, so that a slow channel holds up no other."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self._office = office
        self._clock = clock
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._may_go_on = True
        self._beats_at: datetime | None = None

    async def look(self) -> None:
        """Bundle the notices that may go out now, and send for every channel that is not being sent for already."""
        async with self._office.store.reading() as connection:
            notices = await any_notice_waits(connection, self._clock())
            names = await waiting_channels(connection, self._clock())
        if notices:
            await bundle.fn(self._office, self._clock())
            async with self._office.store.reading() as connection:
                names = await waiting_channels(connection, self._clock())
        self._sending = {name: task for name, task in self._sending.items() if not task.done()}
        for name in names:
            if name not in self._sending:
                self._sending[name] = asyncio.create_task(self._send(name))
        await self._beat()

    async def _beat(self) -> None:
        """Now and then, having looked without trouble, say so."""
        now = self._clock()
        if self._beats_at is None or now >= self._beats_at:
            await beat_heart.fn(self._office, now, "delivery")
            self._beats_at = now + BEAT_EVERY

    async def _send(self, name: str) -> None:
        try:
            await drain(self._office, self._clock, name, lambda: self._may_go_on)
        except Exception:
            log.exception("渠道“%s”出错，%g 秒后再试 · this channel failed, next try then", name, REST_S)
            await asyncio.sleep(REST_S)

    async def finish(self) -> None:
        """Claim no more, wait for what is being sent, but not for ever: what is cut off goes out after its lease."""
        self._may_go_on = False
        if self._sending:
            await asyncio.wait(self._sending.values(), timeout=PATIENCE_S)
        for task in self._sending.values():
            task.cancel()
        await asyncio.gather(*self._sending.values(), return_exceptions=True)


async def repeat(work: Callable[[], Awaitable[float]], stop: asyncio.Event) -> None:
    """Do the work until `stop` is set, resting for the seconds it returns; after failures for longer and longer."""
    failures = 0
    while not stop.is_set():
        try:
            rest, failures = await work(), 0
        except Exception:
            rest = min(REST_S * 2**failures, LONGEST_REST_S)
            failures = min(failures + 1, 10)
            log.exception("出错，%g 秒后再试 · failed, next try in %g s", rest, rest)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), rest)
