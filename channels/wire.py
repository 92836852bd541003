"""The network under the carriers: one request, one answer, over connections kept alive; silence becomes a receipt.

No redirect is followed, nothing is sent twice, no environment proxy is used. What an answer means is the carriers'.
"""

import asyncio
import json
import select
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast
from weakref import WeakSet

import aiohttp
from yarl import URL

from channels.outcome import Outcome, Receipt

# Requests to one server at a time: enough to keep it busy, and a slow one holds up nobody else's.
LANES_PER_SERVER = 16
_MOST_READ = 64 * 1024
# Shorter than servers keep idle connections: one closed under a request cannot be told from a lost answer.
_IDLE_S = 2.0


@dataclass(frozen=True, slots=True)
class Request:
    """一次请求. Its parts carry secrets, so none is shown."""

    url: str = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    method: str = "POST"

    @property
    def server(self) -> str:
        return self.url.split("/", 3)[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """对方的应答."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    line: object = field(default=None, repr=False)
    """The connection it came over."""

    def fields(self) -> dict[str, Any]:
        """The JSON object in the body; empty where there is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


STUCK = Receipt(Outcome.UNREACHABLE, detail="发往同一服务器的消息都在等应答，这一条没有发出")


class _CleanConnector(aiohttp.TCPConnector):
    """Uses a kept connection again only where nothing can come over it that would be read as another's answer.

    That is where the last answer was a yes, and nothing has come unasked since. Proxies say 408 that way, or just
    close; a service that says no may say yes a moment later. aiohttp looks when a connection goes back to its pool and
    not when it is taken out again (its issue 13656).
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.trusted: WeakSet[object] = WeakSet()

    async def _get(self, *args: Any) -> Any:
        while (kept := await super()._get(*args)) and not self._is_clean(kept.protocol):
            kept.close()
        return kept

    def _is_clean(self, protocol: Any) -> bool:
        is_trusted = protocol in self.trusted
        self.trusted.discard(protocol)
        return is_trusted and _is_silent(protocol)


class _Response(aiohttp.ClientResponse):
    """An answer that knows its connection also after that has gone back to the pool."""

    line: object = None

    async def start(self, connection: Any) -> aiohttp.ClientResponse:
        self.line = connection.protocol
        return await super().start(connection)


def _is_silent(protocol: Any) -> bool:
    """Nothing of the other side's has been read ahead, and nothing lies in the socket."""
    try:
        has_come = select.select([protocol.transport.get_extra_info("socket")], [], [], 0)[0]
    except ValueError:  # more open files than select can tell of
        return False
    return not has_come and not protocol.should_close


class Wire:
    """连接: the sessions of one event loop, shared by everything sent inside `keep_alive`.

    `wall_clock` (seconds since 1970) only stamps signatures and mails: the vendor compares it with its own clock.
    """

    def __init__(
        self, session: aiohttp.ClientSession, connector: _CleanConnector, wall_clock: Callable[[], float]
    ) -> None:
        self._session, self._connector = session, connector
        self.wall_clock = wall_clock
        self.loop = asyncio.get_running_loop()
        self._lanes: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(LANES_PER_SERVER))
        self.locks: dict[object, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def enter(self, server: str, patience_s: float) -> asyncio.Semaphore | None:
        """A place among those under way to one server, to be released; None where none comes free in time."""
        lane = self._lanes[server]
        if not lane.locked():
            await lane.acquire()
            return lane
        try:
            async with asyncio.timeout(patience_s):
                await lane.acquire()
        except TimeoutError:
            return None
        return lane

    def trust(self, answer: Answer) -> None:
        """The answer was a yes: its connection may carry another request."""
        self._connector.trusted.add(answer.line)

    async def exchange(self, request: Request, timeout_s: float) -> Answer | Receipt:
        """The answer, or a receipt that says why there is none.

        `timeout_s` bounds the wait for a place, and then once more the request itself.
        """
        lane = await self.enter(request.server, timeout_s)
        if lane is None:
            return STUCK
        try:
            return await self._ask(request, timeout_s)
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            return _silence(failure)
        finally:
            lane.release()

    async def _ask(self, request: Request, timeout_s: float) -> Answer:
        async with self._session.request(
            request.method,
            URL(request.url, encoded=True),
            data=request.body,
            headers=request.headers,
            allow_redirects=False,
            timeout=_limits(timeout_s),
        ) as response:
            body, line = await _read(response), cast(_Response, response).line
            return Answer(response.status, response.headers, body, line)


@lru_cache(maxsize=16)
def _limits(timeout_s: float) -> aiohttp.ClientTimeout:
    """A request that is not connected after half its time is given up then, so that a time-out of the whole always
    means: sent, and no answer.
    """
    return aiohttp.ClientTimeout(total=timeout_s, connect=timeout_s / 2)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _MOST_READ:
            response.close()
            break
    return bytes(body[:_MOST_READ])


def _silence(failure: Exception) -> Receipt:
    """Before the connection stood nothing can have arrived; after it, nobody knows."""
    match failure:
        case aiohttp.ConnectionTimeoutError():
            return Receipt(Outcome.UNREACHABLE, detail="连接超时，消息没有发出")
        case aiohttp.ClientConnectorDNSError():
            return Receipt(Outcome.UNREACHABLE, detail="找不到主机，消息没有发出")
        case aiohttp.ClientSSLError():
            return Receipt(Outcome.UNREACHABLE, detail="对方的证书不可信或加密连接失败，消息没有发出")
        case aiohttp.ClientConnectorError():
            return Receipt(Outcome.UNREACHABLE, detail="连接被拒绝或网络不通，消息没有发出")
        case TimeoutError():
            return Receipt(Outcome.UNKNOWN, detail="已发出，限时内没有应答，是否送达不明")
        case _:
            return Receipt(Outcome.UNKNOWN, detail="已发出，连接在应答之前断开，是否送达不明")


_kept: ContextVar[Wire | None] = ContextVar("duban_wire", default=None)


@asynccontextmanager
async def keep_alive(wall_clock: Callable[[], float] = time.time) -> AsyncIterator[Wire]:
    """Everything sent inside shares its connections: open it once around a batch or a resident loop."""
    connector = _CleanConnector(limit=0, keepalive_timeout=_IDLE_S)
    async with aiohttp.ClientSession(
        connector=connector,
        response_class=_Response,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": "Duban", "Accept-Encoding": "identity"},
    ) as session:
        wire = Wire(session, connector, wall_clock)
        token = _kept.set(wire)
        try:
            yield wire
        finally:
            _kept.reset(token)


def kept_wire() -> Wire | None:
    """The wire kept alive around this call, None where there is none for this event loop."""
    kept = _kept.get()
    return kept if kept and kept.loop is asyncio.get_running_loop() else None
