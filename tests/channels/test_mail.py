"""E-mail through a real SMTP server: one letter, one recipient, every answer read."""

import email
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from channels.forms import fill
from channels.kinds import ChannelConfig
from channels.message import Outgoing
from channels.outcome import Outcome
from channels.sending import send

MESSAGE = Outgoing("DB-11", "催办", "- **催办** 清理<占道>经营", link="https://duban.example.org/d/1")
REFUSALS = {
    "nobody": "550 5.1.1 no such user",
    "grey": "451 4.7.1 greylisted, try later",
    "full": "452 4.2.2 mailbox full",
    "gone": "421 4.3.2 closing down",
}


class Postmaster:
    """Takes letters, except those for the names in REFUSALS, and those whose text he is told to refuse."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.data_answer = "250 OK queued"
        self.hangs_up = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := REFUSALS.get(address.partition("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hangs_up:
            cast(Any, server).transport.abort()
        if self.data_answer.startswith("250"):
            self.letters.append(envelope)
        return self.data_answer


@pytest.fixture
def postmaster() -> Postmaster:
    return Postmaster()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def office(postmaster: Postmaster) -> Iterator[ChannelConfig]:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword) -> AuthResult:
        return AuthResult(success=login.password == b"right-password", handled=False)

    controller = Controller(
        postmaster, hostname="127.0.0.1", port=free_port(), authenticator=check, auth_require_tls=False
    )
    controller.start()
    settings = {"sender": "duban@example.org", "user": "duban", "password": "right-password"}
    try:
        yield fill("email", settings, f"smtp://127.0.0.1:{controller.port}")
    finally:
        controller.stop()


async def test_a_letter_arrives_readable(office: ChannelConfig, postmaster: Postmaster) -> None:
    """Plain text and HTML, one recipient, and a Message-ID that a resend repeats."""
    for is_resend in (False, True):
        receipt = await send(office, "zhangsan@example.org", Outgoing(**(_facts() | {"is_resend": is_resend})))
        assert (receipt.outcome, receipt.vendor_code) == (Outcome.ACCEPTED, 250)
    first, second = (
        cast(EmailMessage, email.message_from_bytes(e.content, policy=default)) for e in postmaster.letters
    )
    assert [envelope.rcpt_tos for envelope in postmaster.letters] == [["zhangsan@example.org"]] * 2
    assert first["Message-ID"] == second["Message-ID"] == "<DB-11@example.org>"
    assert "重发" in second["Subject"] and "重发" not in first["Subject"]
    plain, rich = (first.get_body((kind,)) for kind in ("plain", "html"))
    assert plain and rich
    assert "清理<占道>经营" in plain.get_content() and "DB-11" in plain.get_content()
    assert "清理&lt;占道&gt;经营" in rich.get_content() and "https://duban.example.org/d/1" in rich.get_content()


def _facts() -> dict[str, Any]:
    return {"number": MESSAGE.number, "title": MESSAGE.title, "body": MESSAGE.body, "link": MESSAGE.link}


@pytest.mark.parametrize(
    ("target", "outcome", "code"),
    [
        ("nobody@example.org", Outcome.REJECTED, 550),
        ("grey@example.org", Outcome.THROTTLED, 451),
        ("full@example.org", Outcome.THROTTLED, 452),
        ("gone@example.org", Outcome.THROTTLED, 421),
        ("a@example.org, b@example.org", Outcome.REJECTED, "bad_target"),
        ("a@example.org\nBcc: b@example.org", Outcome.REJECTED, "bad_target"),
        ("张三", Outcome.REJECTED, "bad_target"),
    ],
)
async def test_a_refused_recipient(
    target: str, outcome: Outcome, code: object, office: ChannelConfig, postmaster: Postmaster
) -> None:
    """4xx comes back later, 5xx never, and no address smuggles in a second one."""
    receipt = await send(office, target, MESSAGE)
    assert (receipt.outcome, receipt.vendor_code) == (outcome, code)
    assert (receipt.retry_after_s is not None) == (outcome is Outcome.THROTTLED)
    assert postmaster.letters == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("554 5.7.1 spam", Outcome.REJECTED), ("451 4.3.0 disk", Outcome.THROTTLED), ("250 OK", Outcome.ACCEPTED)],
)
async def test_the_answer_to_the_text_decides(
    answer: str, outcome: Outcome, office: ChannelConfig, postmaster: Postmaster
) -> None:
    """A recipient that was fine is not yet a letter that was taken."""
    postmaster.data_answer = answer
    assert (await send(office, "zhangsan@example.org", MESSAGE)).outcome is outcome


async def test_a_server_that_dies_over_the_text_leaves_it_unknown(
    office: ChannelConfig, postmaster: Postmaster
) -> None:
    """The letter may have been taken before the line went dead."""
    postmaster.hangs_up = True
    assert (await send(office, "zhangsan@example.org", MESSAGE)).outcome is Outcome.UNKNOWN


async def test_a_wrong_password_is_a_refusal(office: ChannelConfig, postmaster: Postmaster) -> None:
    """No retry mends a password, and the answer does not repeat it."""
    wrong = office.model_copy(update={"password": type(office.password)("wrong-password")})  # type: ignore[union-attr]
    receipt = await send(wrong, "zhangsan@example.org", MESSAGE)
    assert (receipt.outcome, receipt.vendor_code) == (Outcome.REJECTED, 535)
    assert "wrong-password" not in repr(receipt) + repr(wrong)


async def test_encryption_that_was_asked_for_is_never_left_out(office: ChannelConfig, postmaster: Postmaster) -> None:
    """A server without STARTTLS gets neither the password nor the letter."""
    strict = office.model_copy(update={"security": "starttls"})
    receipt = await send(strict, "zhangsan@example.org", MESSAGE)
    assert receipt.outcome in (Outcome.UNREACHABLE, Outcome.REJECTED)
    assert postmaster.letters == []
