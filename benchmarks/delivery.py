"""Delivery (claim, send, settle) over a loopback webhook, beside clients that only post over connections kept alive."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from benchmarks.measure import Figures, Job, Tick, in_turn, milliseconds
from benchmarks.sink import sink
from benchmarks.world import NOW, UNITS, build, fresh
from channels.wire import LANES_PER_SERVER
from rules.policy import UNLIMITED, default_policy
from settings import Settings
from store.ledger import writing
from store.rulebook import adopt_policy
from store.schema import instant_text
from store.setup import StoredChannel, save_channel
from tasks.delivering import bundle, send_waiting
from tasks.office import open_office

PEOPLE = tuple(f"{unit}{post}" for unit in UNITS for post in ("科员", "局长"))
WAVE = timedelta(minutes=1)
"""Between the notices of one person, so that each becomes a message of its own."""


async def measure(folder: Path, rounds: int, tick: Tick, *, messages: int) -> Figures:
    """So many messages to two hundred people; memory before the first and after the last of all rounds."""
    waves = messages // len(PEOPLE)
    pristine = await build(folder / "pristine")
    with sink() as url:
        await _set_up(pristine, url, waves)
        count = waves * len(PEOPLE)
        async with ours(pristine, waves) as job:
            await job()  # whatever is loaded once is loaded by now
        before = memory_mb()
        makers = (lambda: ours(pristine, waves), lambda: one_by_one(url, count), lambda: side_by_side(url, count))
        ours_spent, bare, many = await in_turn(makers, rounds, tick)
        after = memory_mb()
    speeds = {"messages_per_s": ours_spent, "bare_per_s": bare, "many_connections_per_s": many}
    return (
        {
            "ratio_to_floor": round(ours_spent.elapsed_s / bare.elapsed_s, 2),
            "ratio_to_many_connections": round(ours_spent.elapsed_s / many.elapsed_s, 2),
        }
        | {name: round(count / spent.elapsed_s) for name, spent in speeds.items()}
        | {"ours_cpu_ms": milliseconds(ours_spent.cpu_s), "many_connections_cpu_ms": milliseconds(many.cpu_s)}
        | {"memory_before_mb": before, "memory_after_mb": after}
    )


def memory_mb() -> float:
    """What this process holds now (RSS)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * 4096 / 2**20, 1)


@asynccontextmanager
async def ours(pristine: Settings, waves: int) -> AsyncIterator[Job]:
    async with open_office(fresh(pristine)) as office:

        async def job() -> None:
            sent = await send_waiting.fn(office, lambda: NOW + waves * WAVE)
            assert sent == {"accepted": waves * len(PEOPLE)}, sent

        yield job


@asynccontextmanager
async def one_by_one(url: str, messages: int) -> AsyncIterator[Job]:
    """The bare client: the standard library's, posting one message after the other over one connection kept alive."""
    server = urlsplit(url)
    with closing(HTTPConnection(server.hostname or "", server.port)) as connection:

        async def job() -> None:
            for number in range(messages):
                body = json.dumps(_bare(number)).encode()
                connection.request("POST", server.path, body, {"Content-Type": "application/json"})
                connection.getresponse().read()

        yield job


@asynccontextmanager
async def side_by_side(url: str, messages: int) -> AsyncIterator[Job]:
    """Duban's own HTTP library, posting over as many connections as Duban does."""
    async with aiohttp.ClientSession() as session:
        numbers = iter(range(messages))

        async def lane() -> None:
            for number in numbers:
                async with session.post(url, json=_bare(number)) as answer:
                    await answer.read()

        async def job() -> None:
            await asyncio.gather(*(lane() for _ in range(LANES_PER_SERVER)))

        yield job


def _bare(number: int) -> dict[str, str]:
    return {"number": f"M{number}"} | dict.fromkeys(("title", "text", "markdown"), _told(number))


async def _set_up(pristine: Settings, url: str, waves: int) -> None:
    """A webhook as channel, people reached by it, and in every wave a notice for each, made into a message."""
    async with open_office(pristine) as office:
        async with writing(office.store, NOW) as write:
            await save_channel(write, StoredChannel("sink", "webhook", {}, {"url": url}), office.key)
            await adopt_policy(write, default_policy().model_copy(update={"budget": UNLIMITED}))
        with closing(sqlite3.connect(pristine.home / "duban.db")) as connection, connection:
            _notices(connection, waves)
        for wave in range(waves):
            await bundle.fn(office, NOW + wave * WAVE)


def _notices(connection: sqlite3.Connection, waves: int) -> None:
    contacts = [(json.dumps([{"channel": "sink", "target": person}]), person) for person in PEOPLE]
    connection.executemany("UPDATE people SET contacts = ? WHERE key = ?", contacts)
    (event,) = connection.execute("SELECT max(id) FROM events").fetchone()
    connection.executemany(
        "INSERT INTO notices (event_id, recipient, kind, severity, created_at, release_at, data)"
        " VALUES (?, ?, 'opened', 2, ?, ?, ?)",
        (
            (event, person, instant_text(NOW), instant_text(NOW + wave * WAVE), _notice(wave, person))
            for wave in range(waves)
            for person in PEOPLE
        ),
    )


def _notice(wave: int, unit: str) -> str:
    told = {"label": ["新任务", "new duty"], "title": _told(wave), "unit": unit, "due_at": None}
    return json.dumps(told | {"provisional": False, "reason": None})


def _told(number: int) -> str:
    return f"整治第 {number} 处背街小巷，清理乱堆乱放"
