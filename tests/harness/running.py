"""A `duban up` as a user starts it, and patience with a deadline for what it does on its own time."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from duban.main import run

T = TypeVar("T")

COMMAND = [sys.executable, "-c", "from duban.main import run; run()"]
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def until(seen: Callable[[], T | None], within_s: float, what: str) -> T:
    """Look again and again until there is something to see; the test fails once the time is over."""
    give_up = time.monotonic() + within_s
    while True:
        if found := seen():
            return found
        assert time.monotonic() < give_up, f"not within {within_s} s: {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, port: int, web_port: int = 0) -> dict[str, str]:
    """A user's environment with nothing of this machine's Duban or Prefect in it; 0: no pages."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "PREFECT_"))}
    return clean | {"DUBAN_HOME": str(home), "DUBAN_PREFECT_PORT": str(port), "DUBAN_WEB_PORT": str(web_port)}


def duban(home: Path, port: int, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """One command of Duban's, to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(home, port),
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def types(*words: str | Path) -> int:
    """Type a command; its exit code."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["duban", *map(str, words)])
        run()
    return int(ended.value.code or 0)


class Up:
    """One running `duban up`."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home, self.port, self.web_port = home, free_port(), free_port()
        self.api_url = f"http://127.0.0.1:{self.port}/api"
        self._output = home / "up.out"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [*COMMAND, "up"], env=environment(home, self.port, self.web_port),
                cwd=home, stdout=output, stderr=output,
            )  # fmt: skip

    def said(self) -> str:
        return self._output.read_text(encoding="utf-8")

    def has_said(self, words: str, within_s: float = 60) -> None:
        """Wait for words on its screen; the test fails at once where it has ended, or has told of a failure instead."""

        def seen() -> bool:
            said = self.said()
            assert words in said or (self.process.poll() is None and "停了" not in said), said
            return words in said

        until(seen, within_s, f"“{words}” in: {self.said()}")

    def ask(self, path: str, body: Any = None) -> Any:
        """Prefect's HTTP API: POST with a body, else GET."""
        with httpx.Client(base_url=self.api_url, trust_env=False, timeout=30) as client:
            answer = client.get(path) if body is None else client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def runs(self, flow: str, **state: Any) -> list[Any]:
        """The runs of a flow, newest first."""
        asked = {"flows": {"name": {"any_": [flow]}}, "flow_runs": state, "sort": "START_TIME_DESC"}
        return list(self.ask("/flow_runs/filter", asked))

    def caused(self, flow: str, cause: str) -> Any:
        """The run of a flow that an event has started, or None."""
        return next((run for run in self.runs(flow) if run["parameters"].get("cause") == cause), None)

    def ended(self, run: str, within_s: float = 120) -> Any:
        """A run once it has come to its end."""

        def seen() -> Any:
            found = self.ask(f"/flow_runs/{run}")
            return found if found["state_type"] in ENDED else None

        return until(seen, within_s, f"the end of run {run}")

    def processes(self) -> list[int]:
        """Every living process of this `up`, children of its children too."""
        mark = f"DUBAN_HOME={self.home}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def stop(self, within_s: float = 20) -> int:
        """Ctrl-C; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(within_s)

    def kill(self) -> None:
        """Leave nothing behind, whatever happened."""
        for pid in self.processes():
            if pid != os.getpid():
                with suppress(ProcessLookupError):  # one that ends by itself meanwhile
                    os.kill(pid, signal.SIGKILL)
        self.process.wait()
