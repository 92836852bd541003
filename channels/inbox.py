"""本机收件箱: one folder per recipient, one Markdown file per message; needs no account anywhere."""

import asyncio
import hashlib
import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from channels.carrier import Carrier, Errand
from channels.kinds import ChannelConfig, Inbox, Paper
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.rendering import FILE, full_text
from rules.system_words import system_words

_UNSAFE = re.compile(r"[^\w.\-()（）]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST_NAME = 60


class InboxCarrier(Carrier[Inbox]):
    """A resend carries the same number, so it replaces the file and never adds one."""

    def refuses(self, form: Inbox, target: str) -> str | None:
        return None if target.strip() else "收件人为空，收件箱不知道放进哪个文件夹"

    def text(self, form: Inbox, target: str, message: Outgoing) -> str:
        return full_text(message, FILE)

    async def carry(self, errand: Errand[Inbox], text: str) -> Receipt:
        name = safe_name(errand.message.part_number) + ".md"
        path = errand.form.folder / safe_name(errand.target) / name
        return await put_in_place(path, text + "\n", "已放入收件箱")


async def put_in_place(path: Path, text: str, done: str) -> Receipt:
    """A receipt for writing one file whole or not at all, in a thread."""
    try:
        await asyncio.to_thread(_write, path, text)
    except OSError as failure:
        return Receipt(
            Outcome.UNREACHABLE, failure.errno, detail=f"文件写不进去（{system_words(failure).zh}）：{path.parent}"
        )
    return Receipt(Outcome.ACCEPTED, detail=done)


def take_folder(form: ChannelConfig) -> None:
    """Make the folder of a channel that writes files, and try it. Raises OSError where nothing can be written there."""
    if isinstance(form, Inbox | Paper):
        form.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=form.folder):
            pass


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{id(text)}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def safe_name(name: str) -> str:
    """A file name for any text: readable, never a path, never hidden, and different for different texts."""
    readable = _UNSAFE.sub("_", name).strip("._")[:_LONGEST_NAME]
    if name and readable == name and not _RESERVED.fullmatch(name):
        return name
    return f"{readable or '_'}-{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:8]}"
