"""Channels (渠道) as the office set them up; their secrets are encrypted with a key that lies beside the database."""

import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import case, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from store.ledger import Writing
from store.schema import events
from store.setup_schema import channels


class SecretsLost(Refusal):
    """密钥不符: the channel's secrets were encrypted with another key."""

    zh = "渠道“{name}”的密钥打不开：{path} 不是当初加密用的钥匙文件。请放回原来的文件，或重新添加该渠道。"
    en = (
        "The secrets of channel “{name}” cannot be read: {path} is not the key file they were encrypted with. "
        "Put the old one back, or add the channel again."
    )


@dataclass(frozen=True, slots=True)
class StoredChannel:
    """渠道设置: its kind, its plain settings and its secrets in clear."""

    name: str
    kind: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]


class KeyFile:
    """钥匙文件: made on first use, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fernet(self) -> Fernet:
        return Fernet(self.secret())

    def secret(self) -> bytes:
        """The key itself: 32 random bytes in base64."""
        if not self.path.exists():
            self._make()
        return self.path.read_bytes()

    def _make(self) -> None:
        """Whole or not at all, and never over a key that another process made meanwhile."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
        with suppress(FileExistsError):
            os.link(draft, self.path)
        draft.unlink()


async def save_channel(write: Writing, channel: StoredChannel, key: KeyFile) -> None:
    """Add a channel, or replace the one of that name; the ledger hears of it without its secrets."""
    await write.connection.execute(delete(channels).where(channels.c.name == channel.name))
    sealed = key.fernet().encrypt(json.dumps(dict(channel.secrets)).encode()) if channel.secrets else None
    await write.add(
        channels,
        [
            {
                "name": channel.name,
                "kind": channel.kind,
                "settings": dict(channel.settings),
                "secrets": sealed,
                "added_at": write.now,
            }
        ],
    )
    await write.record("channel.saved", f"channel:{channel.name}", kind=channel.kind, settings=dict(channel.settings))


async def remove_channel(write: Writing, name: str) -> bool:
    """Remove a channel; False where there is none of that name."""
    gone = await write.connection.execute(delete(channels).where(channels.c.name == name))
    if gone.rowcount:
        await write.record("channel.removed", f"channel:{name}")
    return bool(gone.rowcount)


@dataclass(frozen=True, slots=True)
class Trial:
    """试发: how the last one on a channel ended, and when one was last accepted."""

    at: datetime
    outcome: str
    worked_at: datetime | None


async def record_trial(write: Writing, name: str, outcome: str, vendor_code: str | None, detail: str) -> None:
    """Record how a trial message on a channel ended; `outcome` is a word of channels.outcome."""
    told = {"outcome": outcome, "vendor_code": vendor_code, "detail": detail}
    await write.record("channel.tested", f"channel:{name}", **told)


async def last_trials(connection: AsyncConnection, names: Collection[str]) -> dict[str, Trial]:
    """The last trial of each of these channels that has been tried."""
    subjects = {f"channel:{name}": name for name in names}
    tried = (
        select(func.max(events.c.id).label("last"), func.max(case((_ACCEPTED, events.c.at))).label("worked_at"))
        .where(events.c.subject.in_(subjects), events.c.kind == "channel.tested")
        .group_by(events.c.subject)
        .subquery()
    )
    rows = await connection.execute(select(events, tried.c.worked_at).join(tried, tried.c.last == events.c.id))
    return {subjects[row.subject]: Trial(row.at, row.data["outcome"], row.worked_at) for row in rows}


_ACCEPTED = events.c.data["outcome"].as_string() == "accepted"


async def stored_channels(connection: AsyncConnection, key: KeyFile) -> dict[str, StoredChannel]:
    """All channels by name, secrets in clear: for sending, never for showing."""
    rows = await connection.execute(select(channels).order_by(channels.c.name))
    return {row.name: StoredChannel(row.name, row.kind, row.settings, _opened(row, key)) for row in rows}


def _opened(row: Any, key: KeyFile) -> Mapping[str, str]:
    if row.secrets is None:
        return {}
    try:
        secrets: Mapping[str, str] = json.loads(key.fernet().decrypt(row.secrets))
    except InvalidToken:
        raise SecretsLost(name=row.name, path=key.path) from None
    return secrets
