"""Signed links (签名链接): a message's address on the pages, which opens for its recipient until it expires.

The signature stands for signing in: whoever holds the link acts as its recipient. So it ends, and no log repeats it.
"""

import hashlib
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from itsdangerous import BadSignature, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from rules.errors import Refusal
from store.setup import KeyFile

LONGEST_NUMBER = 10**12 - 1
"""Stands for a message's number while a link is measured, before there is one."""


class NoSuchLink(Refusal):
    """链接无效: it was not signed here, or names nothing that is there. The two are not told apart."""

    zh = "这个链接无效。请从收到的消息里重新打开；还是不行，请联系创建办。"
    en = "This link is not valid. Open it from the message you received again, or ask the office."


class LinkExpired(Refusal):
    """链接过期: its days are over."""

    zh = "这个链接已过期。请打开较近的一条消息，或联系创建办。"
    en = "This link has expired. Open a more recent message, or ask the office."


@dataclass(frozen=True, slots=True)
class Ticket:
    """链接所载: the message and the person it was sent to. A number alone could be given anew after a restore."""

    message: int
    recipient: str


class Links:
    """Makes and reads the links of one office. Without an address (`base`) there are none to be made."""

    def __init__(self, base: str, key: KeyFile, valid: timedelta) -> None:
        self._base = base
        self._key = key
        self._valid = valid

    @property
    def path(self) -> str:
        """The path under which the outside world sees the pages, without a slash at its end."""
        return urlsplit(self._base).path

    def link(self, message: int, recipient: str, now: datetime) -> str | None:
        """The address that opens a message; its length follows from the recipient and the digits of the number."""
        return f"{self._base}/m/{self.token(message, recipient, now)}" if self._base else None

    def token(self, message: int, recipient: str, now: datetime) -> str:
        told = f"{message}.{int((now + self._valid).timestamp())}.{recipient}"
        return self._signer.sign(base64_encode(told)).decode()

    def read(self, token: str, now: datetime) -> Ticket:
        """What a token stands for; NoSuchLink where it is not ours, LinkExpired where it was."""
        try:
            message, ends, recipient = base64_decode(self._signer.unsign(token)).decode().split(".", 2)
        except (BadSignature, NotBase64, UnicodeError, ValueError):
            raise NoSuchLink from None
        if now.timestamp() > int(ends):
            raise LinkExpired
        return Ticket(int(message), recipient)

    @cached_property
    def _signer(self) -> Signer:
        """Read once: a batch of messages is signed with the same key."""
        return Signer(self._key.secret(), salt="duban.message", key_derivation="hmac", digest_method=hashlib.sha256)
