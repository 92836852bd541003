"""电子邮件: one recipient per delivery, each SMTP step's answer read, the Message-ID made from the message number."""

import asyncio
import re
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

import aiosmtplib

from channels.carrier import Carrier, Errand
from channels.kinds import MAILBOX, Email
from channels.masking import mask
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.rendering import PLAIN, as_html, full_text
from channels.wire import STUCK

# RFC 5321 4.5.4.1 asks for patience after a temporary refusal; greylisting usually lifts after five minutes.
TEMPORARY_PAUSE_S = 300.0
_UNSAFE = re.compile(r"[^\w.\-]+", re.ASCII)


class MailCarrier(Carrier[Email]):
    native = "mailto"

    def arguments(self, form: Email) -> dict[str, Any]:
        return {"host": form.host, "from_addr": form.sender, "targets": [form.sender]}

    def refuses(self, form: Email, target: str) -> str | None:
        return None if MAILBOX.fullmatch(target) else "收件人不是一个邮箱地址"

    def text(self, form: Email, target: str, message: Outgoing) -> str:
        return full_text(message, PLAIN, has_heading=False)

    async def carry(self, errand: Errand[Email], text: str) -> Receipt:
        form = errand.form
        client = aiosmtplib.SMTP(
            hostname=form.host,
            port=form.port,
            use_tls=form.security == "tls",
            start_tls=form.security == "starttls",
            timeout=errand.timeout_s,
        )
        lane = await errand.wire.enter(f"{form.host}:{form.port}", errand.timeout_s)
        if lane is None:
            return STUCK
        try:
            return await _deliver(client, errand, _letter(errand, text))
        finally:
            await _part(client)
            lane.release()


async def _deliver(client: aiosmtplib.SMTP, errand: Errand[Email], letter: EmailMessage) -> Receipt:
    """Step by step; only once the letter's text is on its way can silence mean that it arrived."""
    is_under_way = False
    try:
        async with asyncio.timeout(errand.timeout_s):
            await _announce(client, errand)
            is_under_way = True
            answer = await client.data(letter.as_bytes())
    except aiosmtplib.SMTPResponseException as refusal:
        return by_smtp_code(refusal.code, refusal.message)
    except (aiosmtplib.SMTPException, ssl.SSLError, TimeoutError, OSError):
        if is_under_way:
            return Receipt(Outcome.UNKNOWN, detail="邮件已交出，服务器没有应答，是否送达不明")
        return Receipt(Outcome.UNREACHABLE, detail="邮件服务器连不上或中途断开，邮件没有交出")
    return by_smtp_code(answer.code, answer.message)


async def _announce(client: aiosmtplib.SMTP, errand: Errand[Email]) -> None:
    form = errand.form
    await client.connect()
    if form.user and form.password:
        await client.login(form.user, form.password.get_secret_value())
    await client.mail(form.sender)
    await client.rcpt(errand.target)


async def _part(client: aiosmtplib.SMTP) -> None:
    """The outcome is known: a server that is slow to say goodbye is not waited for."""
    with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
        await client.quit(timeout=1)
    client.close()


def by_smtp_code(code: int, said: str) -> Receipt:
    """2xx taken; 4xx not now; 5xx never."""
    if 200 <= code < 300:
        return Receipt(Outcome.ACCEPTED, code, detail="邮件服务器已接收")
    words = mask(" ".join(said.split()))[:120]
    if 400 <= code < 500:
        return Receipt(Outcome.THROTTLED, code, TEMPORARY_PAUSE_S, f"邮件服务器暂不接收（{code} {words}）")
    if code >= 500:
        return Receipt(Outcome.REJECTED, code, detail=f"邮件服务器拒绝（{code} {words}）")
    return Receipt(Outcome.UNREACHABLE, None, detail="邮件服务器的应答不合规范，邮件没有交出")


def _letter(errand: Errand[Email], text: str) -> EmailMessage:
    message, form = errand.message, errand.form
    letter = EmailMessage()
    letter["Subject"] = message.heading
    letter["From"] = formataddr(("督办", form.sender))
    letter["To"] = errand.target
    letter["Date"] = format_datetime(datetime.fromtimestamp(errand.wire.wall_clock(), UTC))
    letter["Message-ID"] = f"<{_UNSAFE.sub('-', message.part_number)}@{form.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text + "\n", cte="base64")
    letter.add_alternative(as_html(message), subtype="html", cte="base64")
    return letter
