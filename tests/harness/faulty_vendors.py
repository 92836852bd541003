"""The vendors on a bad day: simulators whose faults come from a seed, and an account of what they really took."""

import asyncio
import email
import json
import random
import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.policy import default
from enum import StrEnum
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.harness.running import until
from tests.harness.vendor_simulators import TOKEN, Canned, Seen, Vendors, vendors_up

_NUMBER = re.compile(r"督办编号 (M[\d-]+)(（重发)?")
VENDORS = {
    "/cgi-bin/webhook/send": "企微群",
    "/robot/send": "钉钉群",
    f"/open-apis/bot/v2/hook/{TOKEN}": "飞书群",
    "/hook": "接口",
}
BAN = timedelta(minutes=10)


class Fault(StrEnum):
    """故障: what a vendor does with a message instead of taking it and saying so."""

    NONE = "taken"
    LATE = "taken, slowly"
    LOST = "taken, hung up"
    BROKEN_OFF = "taken, half an answer"
    OVERDUE = "taken, never answered"
    DROPPED = "hung up"
    SILENT = "never answered"
    REFUSED = "refused"
    TWICE = "refused, then a stray yes"
    THROTTLED = "throttled"
    BANNED = "banned"
    OVERLOADED = "overloaded"
    LOGIN_PAGE = "login page"


TAKING = frozenset({Fault.NONE, Fault.LATE, Fault.LOST, Fault.BROKEN_OFF, Fault.OVERDUE})
WEIGHTS = dict.fromkeys(Fault, 3) | {
    Fault.NONE: 60,
    Fault.LATE: 20,
    Fault.OVERDUE: 1,
    Fault.SILENT: 1,
    Fault.BANNED: 0,
}
REFUSALS = {
    "企微群": Canned({"errcode": 40058, "errmsg": "invalid parameter"}),
    "钉钉群": Canned({"errcode": 430104, "errmsg": "不合适的内容"}),
    "飞书群": Canned({"code": 19024, "msg": "Key Words Not Found"}),
    "接口": Canned("", 403),
}
THROTTLES = {
    "企微群": Canned({"errcode": 45009, "errmsg": "api freq out of limit"}),
    "钉钉群": Canned({"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}),
    "飞书群": Canned({"code": 11232, "msg": "frequency limited"}),
    "接口": Canned("", 429, {"Retry-After": "90"}),
}
STRAY_YES = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{"errcode":0,"code": 0 }'


@dataclass(frozen=True, slots=True)
class Arrival:
    """到达: one message at one vendor, and whether the vendor took it; `at` is the moved clock's instant."""

    vendor: str
    number: str
    is_resend: bool
    is_taken: bool
    fault: Fault
    at: datetime


@dataclass
class Account:
    """流水: everything that arrived, in order, and the faults still to come, drawn from the seed and the message."""

    seed: int
    now: datetime
    arrivals: list[Arrival] = field(default_factory=list)
    banned_until: datetime | None = None
    _came: threading.Condition = field(default_factory=threading.Condition)

    def receive(self, vendor: str, number: str, is_resend: bool) -> Fault:
        """What happens to this arrival: the same for the same seed, whatever came before it elsewhere."""
        with self._came:
            nth = sum((one.vendor, one.number) == (vendor, number) for one in self.arrivals)
            draw = random.Random(f"{self.seed} {vendor} {number} {nth}")
            (fault,) = draw.choices(list(WEIGHTS), WEIGHTS.values())
            if vendor == "钉钉群" and self.banned_until and self.now < self.banned_until:
                fault = Fault.BANNED
            elif vendor == "钉钉群" and fault is Fault.THROTTLED:
                self.banned_until = self.now + BAN
            self.arrivals.append(Arrival(vendor, number, is_resend, fault in TAKING, fault, self.now))
            self._came.notify_all()
            return fault

    def wait_for(self, arrivals: int, give_up_s: float) -> bool:
        """Until so many have arrived in all, or the time is over; whether they have."""
        with self._came:
            return self._came.wait_for(lambda: len(self.arrivals) >= arrivals, give_up_s)


class FaultyVendors(Vendors):
    """The simulators, asked by the account before they answer."""

    account: Account

    def has_room(self, robot: str, most: int) -> bool:
        """Whether too many came is read from the account: it goes by the moved clock."""
        return True

    async def handle(self, request: web.Request) -> web.StreamResponse:  # type: ignore[override]
        seen = Seen(request.path, dict(request.query), dict(request.headers), await request.read())
        vendor = VENDORS[seen.path]
        number, is_resend = _named(seen.json)
        fault = self.account.receive(vendor, number, is_resend)
        said = self.say(seen) if fault in TAKING else None
        assert said is None or said.body in ({"ok": True},) or 0 in (said.body.get("errcode"), said.body.get("code"))
        match fault:
            case Fault.NONE:
                return cast(Canned, said).response()
            case Fault.LATE:
                await asyncio.sleep(0.01)
                return cast(Canned, said).response()
            case Fault.LOST | Fault.DROPPED:
                return _hang_up(request)
            case Fault.BROKEN_OFF:
                return _write(request, b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", hang_up=True)
            case Fault.OVERDUE | Fault.SILENT:
                return await _wait_for_the_end()
            case Fault.TWICE:
                asyncio.get_running_loop().call_later(0.002, _write, request, STRAY_YES)
                return REFUSALS[vendor].response()
            case Fault.REFUSED:
                return REFUSALS[vendor].response()
            case Fault.THROTTLED | Fault.BANNED:
                return THROTTLES[vendor].response()
            case Fault.OVERLOADED:
                return Canned("", 500).response()
            case Fault.LOGIN_PAGE:
                return Canned("<html>请先登录上网</html>", 200 if vendor != "接口" else 302).response()


async def _wait_for_the_end() -> NoReturn:
    """Say nothing; whoever asked goes away some time, and that ends this."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        cast(Any, request.transport).abort()
    return web.Response()


def _write(request: web.Request, raw: bytes, hang_up: bool = False) -> web.Response:
    """Bytes past the framework; whoever has gone meanwhile gets nothing."""
    if request.transport and not request.transport.is_closing():
        cast(Any, request.transport).write(raw)
        if hang_up:
            request.transport.close()
    return web.Response()


def _named(said: dict[str, Any]) -> tuple[str, bool]:
    """The number of the message a request carries, and whether it says 重发."""
    if "number" in said:
        return str(said["number"]), bool(said["resend"])
    found = _NUMBER.search(json.dumps(said, ensure_ascii=False))
    assert found, said
    return found[1], bool(found[2])


class FaultyPostmaster:
    """A mail server that has the same bad day."""

    account: Account

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        letter = email.message_from_bytes(cast(bytes, envelope.content), policy=default)
        number = str(letter["Message-ID"]).strip("<>").partition("@")[0]
        fault = self.account.receive("邮件", number, "重发" in str(letter["Subject"]))
        match fault:
            case Fault.LATE:
                await asyncio.sleep(0.01)
            case Fault.LOST | Fault.DROPPED | Fault.BROKEN_OFF:
                cast(Any, server).transport.abort()
            case Fault.OVERDUE | Fault.SILENT:
                return await _wait_for_the_end()
            case Fault.REFUSED | Fault.TWICE | Fault.LOGIN_PAGE:
                return "554 5.7.1 refused"
            case Fault.THROTTLED | Fault.OVERLOADED:
                return "451 4.7.1 try later"
        return "250 OK"


class BadDay:
    """All of them; `begin` gives each run an account of its own."""

    def __init__(self) -> None:
        self._vendors = FaultyVendors()
        self._postmaster = FaultyPostmaster()

    def begin(self, account: Account) -> None:
        self._vendors.account = self._postmaster.account = account

    @property
    def endpoint(self) -> str:
        return self._vendors.endpoint

    def hear_all(self) -> None:
        """Wait until what was sent has arrived, be its sender dead: it came before the clock is moved, not after.

        Connections are let in by their order; once ours is the only one, the others have been heard to their end.
        """
        server = urlsplit(self.endpoint)
        with socket.create_connection((server.hostname or "", server.port or 0)) as ours:
            until(lambda: self._vendors.callers() == {ours.getsockname()}, 20, "the end of every other connection")

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        """Running until the end of the block, at `endpoint` and `smtp`."""
        loop = asyncio.get_running_loop()
        mail = await loop.create_server(lambda: SMTP(self._postmaster, hostname="localhost"), "127.0.0.1", 0)
        self.smtp = f"smtp://127.0.0.1:{mail.sockets[0].getsockname()[1]}"
        async with vendors_up(self._vendors):
            yield
        mail.close()
