"""What is said when nobody answers: what cannot have arrived is unreachable, what may have is unknown."""

import asyncio
import gc
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from channels.forms import fill
from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.sending import send
from channels.wire import LANES_PER_SERVER, keep_alive
from tests.harness.vendor_simulators import Vendors, bare_server

MESSAGE = Outgoing("DB-8", "提醒", "- 报送整改情况")
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def sent_to(address: str, timeout_s: float = 5) -> Receipt:
    return await send(fill("webhook", {"url": f"{address}/hook", "secret": "s3cret"}), "", MESSAGE, timeout_s=timeout_s)


async def read_request(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    await reader.readexactly(length)


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)


async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(-1)


async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    await writer.drain()


async def talk_nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"220 smtp.example.org ESMTP\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize("talk", [hang_up, say_nothing, break_off, talk_nonsense])
async def test_sent_without_an_answer_is_unknown_and_not_repeated(talk: Talk) -> None:
    """A lost answer says nothing about arrival, and must not lead to a second copy."""
    connections = 0

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await talk(reader, writer)

    async with bare_server(counted) as address:
        receipt = await sent_to(address, timeout_s=0.3)
    assert receipt.outcome is Outcome.UNKNOWN
    assert receipt.vendor_code is None
    assert connections == 1


async def test_an_answer_nobody_asked_for_is_nobodys_answer() -> None:
    """A proxy that says something more after its answer: the next message does not take that for its own."""
    answered, has_said = asyncio.Event(), asyncio.Event()
    connections = 0

    async def accept_then_complain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        with suppress(asyncio.IncompleteReadError):
            while True:
                await read_request(reader)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                await answered.wait()
                writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
                has_said.set()

    async with bare_server(accept_then_complain) as address, keep_alive():
        first = await sent_to(address)
        answered.set()
        await has_said.wait()
        second = await sent_to(address)
    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.ACCEPTED)
    assert connections == 2


@pytest.mark.parametrize("no", [b"403 Forbidden", b"500 Internal Server Error", b"429 Too Many Requests"])
async def test_a_late_yes_after_a_no_is_nobodys_answer(no: bytes) -> None:
    """A service that takes its refusal back while the next message is on its way: that one was not accepted by it."""
    connections = 0

    async def refuse_then_take_it_back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        with suppress(asyncio.IncompleteReadError):
            await read_request(reader)
            writer.write(b"HTTP/1.1 " + no + b"\r\nContent-Length: 0\r\n\r\n")
            await read_request(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with bare_server(refuse_then_take_it_back) as address, keep_alive():
        receipts = [await sent_to(address) for _ in range(2)]
    assert Outcome.ACCEPTED not in {receipt.outcome for receipt in receipts}
    assert connections == 2


async def test_a_connection_that_said_yes_is_used_again() -> None:
    """Ten thousand messages need no ten thousand connections."""
    connections = 0

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        with suppress(asyncio.IncompleteReadError):
            while True:
                await read_request(reader)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with bare_server(accept) as address, keep_alive():
        receipts = [await sent_to(address) for _ in range(3)]
    assert {receipt.outcome for receipt in receipts} == {Outcome.ACCEPTED}
    assert connections == 1


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def test_a_refused_connection_is_unreachable() -> None:
    """Nothing can have arrived where nobody listens."""
    receipt = await sent_to(f"http://127.0.0.1:{closed_port()}")
    assert receipt.outcome is Outcome.UNREACHABLE


async def test_an_unknown_host_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to nothing is nobody who could have received."""

    async def no_such_name(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", no_such_name)
    receipt = await sent_to("http://hooks.example.invalid")
    assert receipt.outcome is Outcome.UNREACHABLE
    assert "主机" in receipt.detail


async def test_a_connection_that_never_stands_is_unreachable() -> None:
    """A time-out while connecting is not one while waiting for an answer."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        receipt = await sent_to(f"http://127.0.0.1:{address[1]}", timeout_s=0.3)
        for one in waiting:
            one.close()
    assert receipt.outcome is Outcome.UNREACHABLE


async def test_a_server_without_the_encryption_it_should_have_is_unreachable(vendors: Vendors) -> None:
    """A failed handshake comes before anything is sent."""
    receipt = await sent_to(vendors.endpoint.replace("http://", "https://"))
    assert receipt.outcome is Outcome.UNREACHABLE


async def test_silence_before_the_message_itself_is_unreachable() -> None:
    """When WeCom's access token can't be had, the message was never sent."""
    settings = {"corp_id": "ww1", "secret": "never-answered-1", "agent_id": "1"}
    async with bare_server(hang_up_on_get) as address:
        receipt = await send(fill("wecom_app", settings, address), "zhangsan", MESSAGE)
    assert receipt.outcome is Outcome.UNREACHABLE


async def hang_up_on_get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def test_an_endless_answer_is_read_no_further_than_needed() -> None:
    """A receiver that never stops talking must not fill our memory."""
    written = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while written < 50_000_000:
                writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
                await writer.drain()
                written += 0x10000
        except ConnectionError:
            pass

    async with bare_server(endless) as address:
        receipt = await sent_to(address)
    assert receipt.outcome is Outcome.ACCEPTED
    assert written < 20_000_000


async def test_one_slow_endpoint_delays_nobody_else(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """Fifty messages stuck at one server leave the way of the others free."""
    async with bare_server(say_nothing) as stuck, keep_alive():
        slow = [asyncio.create_task(sent_to(stuck, timeout_s=30)) for _ in range(50)]
        quick = await asyncio.gather(*(send(http_channels["webhook"], "", MESSAGE) for _ in range(50)))
        assert {receipt.outcome for receipt in quick} == {Outcome.ACCEPTED}
        assert not any(task.done() for task in slow)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)


async def test_what_waits_behind_a_stuck_server_is_not_called_sent() -> None:
    """Only those that got a place went out; the others say so, in bounded time, and may simply be tried again."""
    async with bare_server(say_nothing) as stuck, keep_alive():
        receipts = await asyncio.gather(*(sent_to(stuck, timeout_s=0.2) for _ in range(LANES_PER_SERVER * 3)))
    outcomes = [receipt.outcome for receipt in receipts]
    assert outcomes.count(Outcome.UNKNOWN) >= LANES_PER_SERVER
    assert outcomes.count(Outcome.UNREACHABLE) >= 1
    assert set(outcomes) == {Outcome.UNKNOWN, Outcome.UNREACHABLE}


async def test_connections_are_kept_and_closed(vendors: Vendors, http_channels: dict[str, ChannelConfig]) -> None:
    """A batch shares its connections and leaves none behind."""
    async with keep_alive() as wire:
        for _ in range(5):
            await send(http_channels["webhook"], "", MESSAGE)
        connector = wire._session.connector
        assert connector is not None
        assert sum(map(len, connector._conns.values())) == 1
    assert connector.closed
    gc.collect()


async def test_mixed_sends_at_once_each_get_their_own_outcome(
    vendors: Vendors, http_channels: dict[str, ChannelConfig]
) -> None:
    """Six hundred sends of all kinds under way together, good and bad, and no receipt goes astray."""
    good = {"webhook": "", "ntfy": "", "sms": "13800138000", "wecom_app": "zhangsan", "dingtalk_robot": "zs"}
    bad = {
        "wecom_robot": fill("wecom_robot", {"key": "wrong"}, vendors.endpoint),
        "feishu_robot": fill("feishu_robot", {"token": "d1ngt0ken77aa31", "secret": "wrong"}, vendors.endpoint),
        "webhook": fill("webhook", {"url": f"{vendors.endpoint}/nowhere"}),
        "email": fill("email", {"sender": "duban@example.org"}, f"smtp://127.0.0.1:{closed_port()}"),
    }
    codes = {"wecom_robot": 93000, "feishu_robot": 19021, "webhook": 404, "email": None}
    vendors.has_room = lambda robot, most: True  # type: ignore[method-assign]
    async with keep_alive():
        jobs = [send(http_channels[kind], target, MESSAGE) for kind, target in good.items() for _ in range(60)]
        jobs += [
            send(bad[kind], "a@example.org" if kind == "email" else "", MESSAGE) for kind in codes for _ in range(75)
        ]
        receipts = await asyncio.gather(*jobs)
    assert [receipt.outcome for receipt in receipts[:300]] == [Outcome.ACCEPTED] * 300
    assert [receipt.vendor_code for receipt in receipts[300:]] == [code for code in codes.values() for _ in range(75)]
    assert vendors.tokens_issued == 1
