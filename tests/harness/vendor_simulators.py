"""Loopback servers that behave as the vendors' public documentation says: addresses, signatures, sizes and limits.

Each keeps what it was sent and what it took. `answers` holds answers to give instead, in turn.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, TypeVar

from aiohttp import web

from channels.forms import fill
from channels.kinds import ChannelConfig

T = TypeVar("T")

KEY, TOKEN, SECRET = "wecom-key-5f3a9c", "d1ngt0ken77aa31", "SEC9b1deb4d3b7d4bad"
CORP_ID, CORP_SECRET, ACCESS_TOKEN = "ww-corp-1", "corp-secret-8d21", "access-token-c0ffee"


@dataclass
class Canned:
    """An answer given instead of the vendor's usual one."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        return web.Response(text=text, status=self.status, headers=self.headers, content_type="application/json")


@dataclass
class Seen:
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


class Vendors:
    """All vendors on one port; `minute` counts what each robot took since it was last emptied."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.taken: list[Seen] = []
        self.answers: deque[Canned] = deque()
        self.minute: dict[str, int] = {}
        self.tokens_issued = 0
        self.valid_token = ACCESS_TOKEN
        self.endpoint = ""
        self.runner: web.AppRunner | None = None

    def callers(self) -> set[Any]:
        """The addresses that hold a connection now."""
        server = self.runner and self.runner.server
        held = [handler.transport for handler in server.connections] if server else []
        return {transport.get_extra_info("peername") for transport in held if transport}

    async def handle(self, request: web.Request) -> web.Response:
        seen = Seen(request.path, dict(request.query), dict(request.headers), await request.read())
        self.seen.append(seen)
        if self.answers and request.path != "/cgi-bin/gettoken":
            return self.answers.popleft().response()
        return self.say(seen).response()

    def say(self, seen: Seen) -> Canned:
        """The vendor's usual answer; what it takes is kept."""
        said = _PATHS.get(seen.path, _other)(self, seen)
        if said.status == 200 and not (said.body.get("errcode") or said.body.get("code")):
            self.taken.append(seen)
        return said

    def has_room(self, robot: str, most: int) -> bool:
        self.minute[robot] = self.minute.get(robot, 0) + 1
        return self.minute[robot] <= most


def _wecom_robot(vendors: Vendors, seen: Seen) -> Canned:
    if seen.query.get("key") != KEY:
        return Canned({"errcode": 93000, "errmsg": "invalid webhook url, hint: [1], from ip: 10.0.0.1"})
    kind = seen.json["msgtype"]
    most = {"text": 2048, "markdown": 4096}[kind]
    if len(seen.json[kind]["content"].encode()) > most:
        return Canned({"errcode": 40058, "errmsg": f"{kind}.content exceed max length {most}"})
    if not vendors.has_room(KEY, 20):
        return Canned({"errcode": 45009, "errmsg": "api freq out of limit"})
    return Canned({"errcode": 0, "errmsg": "ok"})


def _wecom_token(vendors: Vendors, seen: Seen) -> Canned:
    if seen.query.get("corpsecret") != CORP_SECRET:
        return Canned({"errcode": 40001, "errmsg": "invalid credential"})
    vendors.tokens_issued += 1
    return Canned({"errcode": 0, "errmsg": "ok", "access_token": vendors.valid_token, "expires_in": 7200})


def _wecom_app(vendors: Vendors, seen: Seen) -> Canned:
    if seen.query.get("access_token") != vendors.valid_token:
        return Canned({"errcode": 42001, "errmsg": "access_token expired"})
    if len(seen.json["markdown"]["content"].encode()) > 2048:
        return Canned({"errcode": 45002, "errmsg": "content size out of limit"})
    if seen.json["touser"] == "nobody":
        return Canned({"errcode": 81013, "errmsg": "user & party & tag all invalid"})
    left_out = "LeftOut" if seen.json["touser"].lower() == "leftout" else ""
    return Canned({"errcode": 0, "errmsg": "ok", "invaliduser": left_out, "msgid": "m1"})


def _dingtalk(vendors: Vendors, seen: Seen) -> Canned:
    if seen.query.get("access_token") != TOKEN:
        return Canned({"errcode": 300005, "errmsg": "token is not exist"})
    stamp = seen.query.get("timestamp", "0")
    expected = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    is_recent = abs(time.time() * 1000 - int(stamp)) < 3_600_000
    if not is_recent or seen.query.get("sign") != base64.b64encode(expected).decode():
        return Canned({"errcode": 310000, "errmsg": "sign not match, more: [https://example.org]"})
    if len(seen.raw) > 20_000:
        return Canned({"errcode": 460101, "errmsg": "message too long, exceed 20000 bytes"})
    if not vendors.has_room(TOKEN, 20):
        return Canned({"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"})
    return Canned({"errcode": 0, "errmsg": "ok"})


def _feishu(vendors: Vendors, seen: Seen) -> Canned:
    stamp = str(seen.json.get("timestamp", "0"))
    expected = hmac.new(f"{stamp}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    is_recent = abs(time.time() - int(stamp)) < 3600
    if not is_recent or seen.json.get("sign") != base64.b64encode(expected).decode():
        return Canned({"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"})
    if len(seen.raw) > 20 * 1024:
        return Canned({"code": 9499, "msg": "Bad Request", "data": {}}, 400)
    if not vendors.has_room("feishu", 100):
        return Canned({"code": 9499, "msg": "too many request", "data": {}}, 400)
    return Canned({"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"})


def _ntfy(vendors: Vendors, seen: Seen) -> Canned:
    if len(seen.json["message"].encode()) > 4096:
        return Canned({"code": 41301, "http": 413, "error": "message too large"}, 413)
    return Canned({"id": "hwQ2YpKdmg", "event": "message", "topic": seen.json["topic"]})


def _sms(vendors: Vendors, seen: Seen) -> Canned:
    return Canned({"result": {"status": 0}, "code": 0})


def _hook(vendors: Vendors, seen: Seen) -> Canned:
    return Canned({"ok": True})


def _other(vendors: Vendors, seen: Seen) -> Canned:
    return Canned({"error": "no such path"}, 404)


_PATHS: dict[str, Callable[[Vendors, Seen], Canned]] = {
    "/cgi-bin/webhook/send": _wecom_robot,
    "/cgi-bin/gettoken": _wecom_token,
    "/cgi-bin/message/send": _wecom_app,
    "/robot/send": _dingtalk,
    f"/open-apis/bot/v2/hook/{TOKEN}": _feishu,
    "/": _ntfy,
    "/sms": _sms,
    "/hook": _hook,
}


@asynccontextmanager
async def vendors_up(vendors: Vendors | None = None) -> AsyncIterator[Vendors]:
    vendors = vendors or Vendors()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", vendors.handle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    vendors.endpoint = f"http://{host}:{port}"
    vendors.runner = runner
    try:
        yield vendors
    finally:
        await runner.cleanup()


def filled_in(endpoint: str) -> dict[str, ChannelConfig]:
    """A channel of each HTTP kind, as an office would fill it in, with the vendors at `endpoint`."""
    settings = {
        "wecom_robot": {"key": KEY},
        "wecom_app": {"corp_id": CORP_ID, "secret": CORP_SECRET, "agent_id": "1000002"},
        "dingtalk_robot": {"token": TOKEN, "secret": SECRET},
        "feishu_robot": {"token": TOKEN, "secret": SECRET},
        "webhook": {"url": "http://elsewhere.invalid/hook?room=office-7d1f", "secret": SECRET},
        "ntfy": {"topic": "duban", "token": "tk_ntfy55e2"},
        "sms": {"url": "http://elsewhere.invalid/sms", "secret": SECRET, "headers": "X-Key={secret}"},
    }
    return {kind: fill(kind, values, endpoint) for kind, values in settings.items()}


@contextmanager
def in_a_thread(serving: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """Servers for a test without an event loop of its own: they run in a thread until the end of the block."""
    loop, over, up = asyncio.new_event_loop(), asyncio.Event(), Future[T]()

    async def serve() -> None:
        async with serving as server:
            up.set_result(server)
            await over.wait()

    thread = Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield up.result(timeout=10)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


@asynccontextmanager
async def bare_server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """A server that does as `talk` says on every connection; for answers no web framework would give."""

    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(conversation, "127.0.0.1", 0)
    try:
        yield "http://{}:{}".format(*server.sockets[0].getsockname()[:2])
    finally:
        server.close()
