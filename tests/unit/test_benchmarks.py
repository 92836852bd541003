"""The benchmarks stay honest and alive: both contenders leave the same rows, and the report keeps its keys."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks import __main__ as command
from benchmarks import cycle, delivery, importing, phrases, suite
from benchmarks.measure import Job
from benchmarks.suite import SUITE, Benchmark, compare_sizes
from benchmarks.world import build
from settings import Settings

Contender = Callable[[], AbstractAsyncContextManager[Job]]

STEPS_TAKEN = {
    "events": "kind, subject",
    "steps": "*",
    "notices": "event_id, duty_id, recipient, kind, severity, release_at, message_id",
    "messages": "id, recipient, channel, target, severity",
    "duties": "id, next_action_at",
}
PUBLISHED = {
    "obligations": "*",
    "obligation_units": "*",
    "duties": "*",
    "events": "id, kind, subject",
    "notices": "event_id, duty_id, recipient, release_at",
}


async def _left_by(contender: Contender, pristine: Settings, tables: Mapping[str, str]) -> dict[str, Sequence[Any]]:
    async with contender() as job:
        await job()
        with closing(sqlite3.connect(pristine.home.with_name("run") / "duban.db")) as connection:
            return {
                table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
                for table, columns in tables.items()
            }


async def test_the_cycle_by_hand_takes_the_same_steps(tmp_path: Path) -> None:
    """A ratio means nothing unless the hand-written cycle decides and tells what Duban decides and tells."""
    pristine = await build(tmp_path / "pristine", duties=200, due=20)
    ours = await _left_by(lambda: cycle.ours(pristine, 20), pristine, STEPS_TAKEN)
    assert await _left_by(lambda: cycle.floor(pristine, 20), pristine, STEPS_TAKEN) == ours
    assert len(ours["messages"]) > 20


async def test_the_import_by_hand_leaves_the_same_rows(tmp_path: Path) -> None:
    """The bulk insert is a floor only while it inserts what publishing the same table inserts."""
    table, pristine = tmp_path / "table.xlsx", await build(tmp_path / "pristine")
    importing.write_table(table, 50)
    ours = await _left_by(lambda: importing.ours(pristine, table), pristine, PUBLISHED)
    assert await _left_by(lambda: importing.floor(pristine, table), pristine, PUBLISHED) == ours
    assert len(ours["duties"]) == 50


async def test_a_run_alone_tells_its_time_and_its_memory(tmp_path: Path) -> None:
    """What the process of a large import reports is what its two figures are made of."""
    table, pristine = tmp_path / "table.xlsx", await build(tmp_path / "pristine")
    importing.write_table(table, 20)
    told = await importing.run_alone("ours", pristine.home, table)
    assert told.spent.cpu_s > 0 and told.peak_mb > 10


async def test_every_message_reaches_the_sink(tmp_path: Path) -> None:
    """The delivery benchmark checks by itself that all it measures was accepted; it runs at its smallest."""
    figures = await delivery.measure(tmp_path, 1, lambda: None, messages=200)
    assert figures["ratio_to_floor"] > 0


def test_the_report_keeps_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who watches the speed reads one JSON document by these names."""
    cycles = {"cycle_10k_1k", "cycle_100k_1k", "cycle_1m_1k"}
    latencies = {"event_latency", "finding_latency"}
    assert set(SUITE) == cycles | latencies | {"import_10k", "import_100k", "phrases", "delivery"}

    async def small(folder: Path, rounds: int, tick: Callable[[], None]) -> dict[str, float]:
        return await cycle.measure(folder, rounds, tick, duties=200, due=20)

    monkeypatch.setattr(suite, "SUITE", {**SUITE, "cycle_10k_1k": Benchmark(small, 1)})
    report = CliRunner().invoke(command.app, ["cycle_10k_1k", "--json", "--rounds", "1"])
    found = json.loads(report.stdout)
    assert list(found) == ["cycle_10k_1k"]
    assert found["cycle_10k_1k"]["ratio_to_floor"] > 0


async def test_phrases_are_read_at_the_demanded_pace(tmp_path: Path) -> None:
    """Ten thousand phrases a second are asked for; a tenth of that on a busy machine would be another grammar."""
    figures = await phrases.measure(tmp_path, 1, lambda: None, phrases=500)
    assert figures["repeated_per_s"] > figures["anew_per_s"] > 1_000


def test_growth_is_told_beside_the_small_cycle() -> None:
    """That a cycle costs what is due and not what is open shows as the ratio of the large to the small one."""
    found = {"cycle_10k_1k": {"ours_cpu_ms": 80.0}, "cycle_1m_1k": {"ours_cpu_ms": 100.0}}
    compare_sizes(found)
    assert found["cycle_1m_1k"]["ratio_to_10k_1k"] == 1.25
