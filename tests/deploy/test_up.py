"""`duban up` as a process: prompt, alone on its home, and clean when it ends. The last test stops it."""

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.harness.office import OfficeHarness, row
from tests.harness.running import Up, duban, free_port, until

# A busy machine takes its time to start what is started here.
pytestmark = pytest.mark.timeout(300)

PROMPT_S, LATE_S = 1.0, 30.0


def _reaches_the_inbox(up: Up, office: OfficeHarness, task: str) -> float:
    """Publish a duty; returns the seconds until the person responsible has it in the inbox."""
    office.publishes(row(task, due="2027-03-01"), title=task)
    began = time.monotonic()
    folder = up.home / "inbox" / "城管员"
    until(lambda: any(task in file.read_text("utf-8") for file in folder.glob("*.md")), LATE_S, f"“{task}”")
    return time.monotonic() - began


def test_a_notice_reaches_the_inbox_within_a_second(up: Up, office_up: OfficeHarness) -> None:
    """What happens in the database is in the inbox of whom it concerns within a second.

    Other tests run beside this one, so the quicker ones of five count: what takes longer took the machine's time.
    """
    took = sorted(_reaches_the_inbox(up, office_up, f"清运第{place}处垃圾") for place in range(5))
    assert took[1] < PROMPT_S, took


def test_the_pages_are_open_and_the_heart_beats(up: Up) -> None:
    """A watchdog reads over HTTP and from the file that delivery is alive, whether Prefect is ready or not."""
    with httpx.Client(base_url=f"http://127.0.0.1:{up.web_port}", trust_env=False) as client:
        beats = until(lambda: _beats(client), 60, "a beat of delivery over HTTP")
        assert client.get("/m/nothing").status_code == 404
    assert beats["delivery"]["fresh"] is True
    assert json.loads((up.home / "heartbeat").read_text("utf-8"))["delivery"] is not None


def _beats(client: httpx.Client) -> dict[str, Any] | None:
    try:
        beats: dict[str, Any] = client.get("/health").json()["beats"]
    except httpx.TransportError:
        return None
    return beats if beats["delivery"]["at"] else None


def test_a_second_one_on_the_same_home_is_refused(up: Up) -> None:
    """Two `up` on one home would share a Prefect folder: the second says who holds it."""
    refused = duban(up.home, free_port(), "up")
    assert refused.returncode == 1
    assert str(up.process.pid) in refused.stderr


def test_a_busy_port_is_refused(up: Up, tmp_path: Path) -> None:
    """A port that something else listens on is named, with the way out."""
    up.has_said("Prefect 已就绪", within_s=240)
    refused = duban(tmp_path / "other", up.port, "up")
    assert refused.returncode == 1
    assert "DUBAN_PREFECT_PORT" in refused.stderr


def test_delivery_outlives_the_server(prefect: Up, office_up: OfficeHarness) -> None:
    """When Prefect's server dies, it is said, notices go on reaching people at once, and a new one is started."""
    (server,) = (pid for pid in prefect.processes() if b"server" in _command(pid))
    os.kill(server, signal.SIGKILL)
    prefect.has_said("Prefect 的服务停了", within_s=15)
    _reaches_the_inbox(prefect, office_up, "更换破损井盖")
    until(lambda: [pid for pid in prefect.processes() if b"server" in _command(pid)], 15, "a new server")


def test_ctrl_c_leaves_nothing_running(up: Up) -> None:
    """Ctrl-C ends it within seconds, with exit code 0 and no process left."""
    assert up.stop() == 0
    assert up.processes() == []
    assert "已停止" in up.said()


def _command(pid: int) -> list[bytes]:
    return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
