"""Prompt delivery by the resident loop, without Prefect."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from duban import resident as resident_module
from duban.resident import resident
from rules.policy import QuietHours, Severity, default_policy
from rules.roster import Contact
from settings import Settings
from store.ledger import writing
from store.schema import messages
from store.setup import StoredChannel, save_channel
from tasks.office import Office, open_office
from tests.harness.office import OfficeHarness, row, small_roster


@asynccontextmanager
async def _silent_server() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """An address that takes every request and never answers, and the event of somebody having called."""
    called, over = asyncio.Event(), asyncio.Event()

    async def keep_waiting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await over.wait()
        writer.close()

    server = await asyncio.start_server(keep_waiting, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", called
    finally:
        over.set()
        server.close()
        await server.wait_closed()


def _publishes(home: Path, task: str, *leads: str) -> None:
    """A table is published with one task for each unit; nothing is held back, whatever the hour."""
    roster = small_roster()
    roster.people["教育员"] = replace(roster.people["教育员"], contacts=(Contact("慢", "x"),))
    policy = default_policy().model_copy(update={"quiet": QuietHours(pierced_by=Severity.ROUTINE)})
    harness = OfficeHarness(home, roster=roster, policy=policy)
    harness.publishes(*(row(task, lead) for lead in leads), title=task)
    harness.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office in which 教育员 is reached over the channel “慢”, and two units are to be told of a new duty."""
    _publishes(tmp_path / "home", "清运垃圾", "市城管局", "市教育局")
    return tmp_path / "home"


@asynccontextmanager
async def _running(home: Path) -> AsyncIterator[Office]:
    """The office with its resident loop going; leaving stops the loop and waits for its end."""
    settings, stop = Settings(home=home, send_timeout_s=30, _env_file=None), asyncio.Event()
    async with open_office(settings) as office:
        loop = asyncio.create_task(resident(office, lambda: datetime.now(settings.zone), stop))
        try:
            yield office
        finally:
            stop.set()
            await loop


async def _save(home: Path, channel: StoredChannel) -> None:
    async with (
        open_office(Settings(home=home, _env_file=None)) as office,
        writing(office.store, datetime.now(office.settings.zone)) as write,
    ):
        await save_channel(write, channel, office.key)


async def _until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not seen():  # noqa: ASYNC110, files raise no event
            await asyncio.sleep(0.01)


def _told(home: Path, person: str) -> str:
    """All that lies in a person's inbox."""
    return "".join(file.read_text(encoding="utf-8") for file in (home / "inbox" / person).glob("*.md"))


async def test_a_slow_channel_holds_up_nobody_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one channel waits for an answer that does not come, others deliver; stopping does not wait for it."""
    monkeypatch.setattr(resident_module, "PATIENCE_S", 0.05)
    async with _silent_server() as (url, called):
        await _save(home, StoredChannel("慢", "webhook", {}, {"url": url}))
        async with _running(home) as office:
            await called.wait()
            await asyncio.to_thread(_publishes, home, "修补路面", "市城管局")
            await _until(lambda: "修补路面" in _told(home, "城管员"))
            async with office.store.reading() as connection:
                slow = select(messages.c.outcome).where(messages.c.recipient == "教育员")
                assert await connection.scalar(slow) is None


async def test_a_failure_is_survived(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What makes the loop fail is logged, and once it is mended everything that waited leaves."""
    monkeypatch.setattr(resident_module, "REST_S", 0.01)
    await _save(home, StoredChannel("慢", "no such kind", {}, {}))
    async with _running(home):
        await _until(lambda: "failed" in caplog.text)
        assert not _told(home, "城管员")
        await _save(home, StoredChannel("慢", "inbox", {"folder": str(home / "inbox")}, {}))
        await _until(lambda: bool(_told(home, "城管员") and _told(home, "x")))
