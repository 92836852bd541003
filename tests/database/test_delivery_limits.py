"""Limits, rests and fallbacks hold across passes, against a robot on loopback that counts what it gets."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from channels.forms import fill
from rules.roster import Contact
from store.outbox import Claimed, claim
from store.schema import deliveries, events, messages
from tasks.delivering import drain
from tests.harness.office import OfficeHarness


class Robot:
    """A WeCom robot on loopback: answers every post with `answer`, keeps what it got."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
        robot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                robot.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                body = json.dumps(robot.answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def robot() -> Iterator[Robot]:
    made = Robot()
    yield made
    made.server.shutdown()
    made.server.server_close()


def set_up_robot(office: OfficeHarness, robot: Robot, *people: str) -> None:
    """Give people this robot as their first channel."""
    office.adds_channel("群", fill("wecom_robot", {"key": "k-1"}, robot.endpoint))
    office.reaches({person: [Contact("群", "@all")] for person in people})


def tell(office: OfficeHarness, person: str, count: int) -> None:
    """So many urgent notices to a person, each made into a message of its own."""
    for number in range(count):
        office.tells(f"第 {number} 件", person)
        office.bundles()


def send(office: OfficeHarness) -> dict[str, int]:
    return dict(office.delivers())


def test_a_robot_takes_twenty_a_minute_whoever_asks(office: OfficeHarness, robot: Robot) -> None:
    """The 21st message of a minute waits for the next, across passes and processes: the limit lives in the database."""
    office.on("2026-03-04", "10:00")
    set_up_robot(office, robot, "城管员")
    tell(office, "城管员", 25)
    assert send(office) == {"accepted": 20}
    assert send(office) == {}
    office.on("2026-03-04", "10:01")
    assert send(office) == {"accepted": 5}
    assert len(robot.got) == 25


def test_a_vendor_that_asks_for_rest_gets_it(office: OfficeHarness, robot: Robot) -> None:
    """45009 inside a 200 is no success: the message waits as long as the vendor's limit lasts, then goes out once."""
    office.on("2026-03-04", "10:00")
    set_up_robot(office, robot, "城管员")
    robot.answer = {"errcode": 45009, "errmsg": "api freq out of limit"}
    tell(office, "城管员", 1)
    assert send(office) == {"throttled": 1}
    robot.answer = {"errcode": 0, "errmsg": "ok"}
    tell(office, "城管员", 1)
    assert send(office) == {}, "the whole robot rests, not only the message that was refused"
    office.on("2026-03-04", "10:02")
    assert send(office) == {"accepted": 2}


def test_a_refused_message_goes_to_the_office(office: OfficeHarness, robot: Robot) -> None:
    """A robot that refuses for good leaves no one uninformed: the office gets the message, and an event says so."""
    office.on("2026-03-04", "10:00")
    set_up_robot(office, robot, "城管员")
    robot.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    tell(office, "城管员", 1)
    send(office)
    assert send(office) == {"accepted": 1}
    first, second = office.rows(select(messages).order_by(messages.c.id))
    assert (first.outcome, second.recipient, second.replaces) == ("rejected", "创建办主任", first.id)
    assert "城管员 没有收到消息 M1" in second.body
    (rerouted,) = office.rows(select(events).where(events.c.kind == "message.rerouted"))
    assert rerouted.data["by"] == second.id
    assert office.breaches() == []


def test_every_attempt_says_what_was_answered(office: OfficeHarness, robot: Robot) -> None:
    """The attempt keeps the vendor's own code, never more than it said."""
    office.on("2026-03-04", "10:00")
    set_up_robot(office, robot, "城管员")
    robot.answer = {"errcode": 40058, "errmsg": "invalid request"}
    tell(office, "城管员", 1)
    send(office)
    attempt = office.rows(select(deliveries).order_by(deliveries.c.message_id))[0]
    assert (attempt.outcome, attempt.vendor_code) == ("rejected", "40058")


def test_who_is_to_stop_finishes_what_is_under_way(office: OfficeHarness, robot: Robot) -> None:
    """Told to stop with much still waiting: what was begun is recorded, the rest was never touched, nothing is 重发."""
    office.on("2026-03-04", "10:00")
    office.adds_channel("接口", fill("webhook", {"url": f"{robot.endpoint}/hook"}))
    office.reaches({"城管员": [Contact("接口", "x")]})
    tell(office, "城管员", 40)
    sent = office._run(drain(office.office, lambda: office.now, "接口", may_go_on=lambda: not robot.got))
    assert sent == {"accepted": len(robot.got)}
    assert 0 < len(robot.got) < 40
    assert office.rows(select(deliveries).where(deliveries.c.outcome.is_(None))) == []
    assert office.delivers() == {"accepted": 40 - sent["accepted"]}
    assert not [message for message in robot.got if message["resend"]]


def test_a_channel_that_fails_holds_up_no_other(
    office: OfficeHarness, robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours at one channel is told, after the others have sent theirs."""
    office.on("2026-03-04", "10:00")
    set_up_robot(office, robot, "城管员")
    tell(office, "城管员", 1)
    tell(office, "教育员", 1)

    async def claims(write: Any, channel: str, *rest: Any) -> list[Claimed]:
        if channel == "inbox":
            raise OSError("disk full")
        return await claim(write, channel, *rest)

    monkeypatch.setattr("tasks.delivering.claim", claims)
    with pytest.raises(OSError, match="disk full"):
        send(office)
    assert len(robot.got) == 1
    assert office.rows(select(messages.c.outcome).where(messages.c.channel == "群")) == [("accepted",)]
