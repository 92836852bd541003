"""The embedded Prefect (内嵌 Prefect): its server and one worker as our children, on loopback, in their own folder."""

import asyncio
import logging
import os
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx

from duban.children import child
from duban.prefect_api import PrefectServer
from duban.prefect_setup import POOL, set_up
from duban.submit import embedded_api, submit_to
from rules.errors import Refusal
from rules.language import Text
from settings import Settings

log = logging.getLogger("duban")

Say = Callable[[Text], None]

SERVER, WORKER, DEPLOYMENT = Text("服务", "server"), Text("工作进程", "worker"), Text("部署", "deployment")

START_SERVER = ["duban.prefect_server", "--no-prompt", "server", "start"]
# Two runs at a time: more would only wait for Prefect's SQLite.
WORK = ["--pool", POOL, "--type", "process", "--name", POOL, "--limit", "2"]
START_WORKER = ["prefect", "--no-prompt", "worker", "start", *WORK]
DEPLOY_ALL = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file"]
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0
START_WITHIN_S = 90.0


class PrefectStopped(Refusal):
    """Prefect 停了: a part of the embedded Prefect ended or did not come up."""

    zh = "Prefect 的{part.zh}停了或没有启动，详见 {log}。"
    en = "Prefect's {part.en} ended or did not come up; see {log}."


def environment(settings: Settings) -> dict[str, str]:
    """What the embedded Prefect runs under: our settings made absolute, nothing of another Prefect's, no telemetry."""
    home = settings.home.resolve()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    ours = settings.model_copy(update={"home": home}).model_dump(mode="json")
    return inherited | {f"DUBAN_{name.upper()}": str(value) for name, value in ours.items()} | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), inherited.get("PATH", os.defpath)]),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": embedded_api(settings),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # In memory they would be forgotten when the server is killed, and the slots they hold never given back.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "duban",
        "PREFECT_LOGGING_COLORS": "false",
    }  # fmt: skip


def deployments_file() -> Path:
    """prefect.yaml: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).parent
    inside = package / "prefect.yaml"
    return inside if inside.exists() else package.parent / "prefect.yaml"


async def keep_prefect(settings: Settings, say: Say) -> None:
    """Run the embedded Prefect until cancelled; when a part of it stops, start it anew after growing pauses."""
    pause = FIRST_PAUSE_S / 2
    while True:
        began = time.monotonic()
        try:
            await _run(settings, say)
        except (Refusal, httpx.HTTPError, OSError) as why:
            log.warning("Prefect: %s", why)
            pause = FIRST_PAUSE_S if time.monotonic() - began > LONGEST_PAUSE_S else min(2 * pause, LONGEST_PAUSE_S)
            told = why.text if isinstance(why, Refusal) else Text(str(why), str(why))
            say(
                Text(
                    f"{told.zh}办理和投递照常，{pause:g} 秒后重启它。",
                    f"{told.en} Work and delivery go on; it is restarted in {pause:g} s.",
                )
            )
        await asyncio.sleep(pause)


async def _run(settings: Settings, say: Say) -> None:
    """Server, then worker and deployments side by side, and a cycle for what was missed; PrefectStopped at the end."""
    home = settings.home.resolve()
    logs, folder, env, url = home / "logs", home / "prefect", environment(settings), embedded_api(settings)
    for path in (logs, folder):
        path.mkdir(parents=True, exist_ok=True)

    def prefect(part: Text, *module: str) -> AbstractAsyncContextManager[Process]:
        return child(f"prefect-{part.en}", [sys.executable, "-m", *module], env, logs, folder)

    async with prefect(SERVER, *START_SERVER) as server:
        await _until_up(server, url, logs)
        await asyncio.to_thread(set_up, url)
        async with prefect(WORKER, *START_WORKER) as worker:
            async with prefect(DEPLOYMENT, *DEPLOY_ALL, str(deployments_file())) as deployment:
                if await deployment.wait() != 0:
                    raise _stopped(DEPLOYMENT, logs)
            await asyncio.to_thread(submit_to, url, "supervise", {"cause": "duban up"})
            page = url.removesuffix("/api")
            say(Text(f"Prefect 已就绪：{page}", f"Prefect is ready: {page}"))
            raise _stopped(await _first_to_end({SERVER: server, WORKER: worker}), logs)


async def _until_up(process: Process, url: str, logs: Path) -> None:
    give_up = time.monotonic() + START_WITHIN_S
    with PrefectServer(url) as server:
        while not await asyncio.to_thread(server.answers):
            if process.returncode is not None or time.monotonic() > give_up:
                raise _stopped(SERVER, logs)
            await asyncio.sleep(0.2)


async def _first_to_end(children: Mapping[Text, Process]) -> Text:
    waits = {asyncio.create_task(process.wait()): part for part, process in children.items()}
    try:
        ended, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        return waits[ended.pop()]
    finally:
        for wait in waits:
            wait.cancel()


def _stopped(part: Text, logs: Path) -> PrefectStopped:
    return PrefectStopped(part=part, log=logs / f"prefect-{part.en}.log")
