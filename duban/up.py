"""`duban up`: everything embedded on one machine until Ctrl-C: prompt delivery and the pages here, Prefect beside."""

import asyncio
import fcntl
import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rules.errors import Refusal
from rules.language import Text

if TYPE_CHECKING:
    from settings import Settings


class AlreadyUp(Refusal):
    """已在运行: another `duban up` works on the same home."""

    zh = "{home} 已有 duban up 在运行（进程 {pid}）。请先停掉它，或用 DUBAN_HOME 另指一个文件夹。"
    en = "A duban up is running on {home} already (process {pid}). Stop it first, or name another DUBAN_HOME."


class PortBusy(Refusal):
    """端口被占: something else listens where Prefect's page, or our own, should be."""

    zh = "端口 {port} 已被占用。请停掉占用它的程序，或用 {setting} 另指一个端口。"
    en = "Port {port} is taken. Stop what uses it, or name another with {setting}."


def up() -> None:
    """启动全部：数据库、Prefect 与时间表、常驻投递、网页，直到 Ctrl-C · Run everything embedded until Ctrl-C."""
    from settings import Settings

    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    with only_one(settings.home):
        refuse_busy(settings.prefect_port, "DUBAN_PREFECT_PORT")
        refuse_busy(settings.web_port, "DUBAN_WEB_PORT", settings.web_host)
        asyncio.run(_up(settings))


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the home for this process; AlreadyUp where another one holds it. A killed process holds nothing."""
    with (home / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise AlreadyUp(home=home, pid=lock.read().strip() or "?") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def refuse_busy(port: int, setting: str, host: str = "127.0.0.1") -> None:
    """PortBusy where the port cannot be listened on; `setting` names it. 0 is free: nothing is to listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as why:
            raise PortBusy(port=port, setting=setting) from why


async def _up(settings: "Settings") -> None:
    from duban.embedded import keep_prefect

    _keep_log(settings.home / "logs")
    stop = stop_at_signal()
    prefect = asyncio.create_task(keep_prefect(settings, say))
    work = asyncio.create_task(_work(settings, stop))
    await asyncio.wait([prefect, work], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    if prefect.done():
        prefect.result()
    prefect.cancel()
    await asyncio.wait([prefect, work])
    work.result()
    say(Text("已停止。", "Stopped."))


async def _work(settings: "Settings", stop: asyncio.Event) -> None:
    """Our own part: migrate, then deliver promptly and serve the pages until `stop`."""
    # These imports take seconds, in which Prefect's server can be starting; loaded later, they would hold up delivery.
    for part in ("duban.resident", "duban.serving"):
        await asyncio.to_thread(import_module, part)
    from duban.resident import resident
    from duban.serving import serve
    from duban.submit import embedded_api
    from tasks.office import open_office, prepare

    def clock() -> datetime:
        return datetime.now(settings.zone)

    await prepare(settings, clock())
    async with open_office(settings) as office:
        say(
            Text(
                f"督办已启动：{settings.home.resolve()}，通知随到随发；Prefect 正在启动。按 Ctrl-C 停止。",
                "Duban is up, notices leave at once; Prefect is starting. Ctrl-C stops.",
            )
        )
        async with asyncio.TaskGroup() as parts:
            parts.create_task(resident(office, clock, stop, embedded_api(settings)))
            if settings.web_port:
                parts.create_task(serve(office, clock, stop))


def stop_at_signal() -> asyncio.Event:
    """An event set by the first Ctrl-C or SIGTERM; the second ends us and our children at once.

    Handled signals are back to their default in children, even where we were started with SIGINT ignored.
    """
    from duban.children import kill_children

    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def asked() -> None:
        if stop.is_set():
            kill_children()
            os._exit(1)
        say(Text("正在停止…再按一次 Ctrl-C 立即结束。", "Stopping… Ctrl-C again ends at once."))
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked)
    return stop


def say(text: Text) -> None:
    typer.echo(f"{text.zh} · {text.en}")


def _keep_log(folder: Path) -> None:
    """Our own log beside Prefect's; what needs an eye also goes to stderr."""
    folder.mkdir(parents=True, exist_ok=True)
    to_file = logging.FileHandler(folder / "duban.log", encoding="utf-8")
    to_screen = logging.StreamHandler()
    to_screen.setLevel(logging.ERROR)
    log = logging.getLogger("duban")
    log.setLevel(logging.INFO)
    log.propagate = False
    for handler in (to_file, to_screen):
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
