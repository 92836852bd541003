"""Runs of the deployed flows: started by an event, killed, taken up by the next, repeated."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from duban.submit import submit
from store.schema import events, notices
from tests.harness.office import OfficeHarness, row
from tests.harness.running import Up, until

# A busy machine takes its time to start what is started here.
pytestmark = pytest.mark.timeout(300)


@contextmanager
def _nobody_writes(database: Path) -> Iterator[None]:
    """Hold the database's write lock, so that a run which wants to write stands still."""
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        writer.execute("ROLLBACK")
        writer.close()


def _written(office: OfficeHarness) -> list[int]:
    """How many steps, notices and events of the duty there are."""
    told = select(func.count()).where(notices.c.duty_id == 1)
    kept = select(func.count()).where(events.c.subject == "duty:1")
    return [len(office.steps(1)), *(office.rows(query)[0][0] for query in (told, kept))]


def test_a_killed_runs_work_is_done_by_the_next_and_once(
    prefect: Up, office_up: OfficeHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table's event starts a cycle; killed half-way it is marked; the next does its work; the same again nothing."""
    monkeypatch.setenv("PREFECT_API_URL", prefect.api_url)
    prefect.ended(prefect.caused("supervise", "duban up")["id"])
    office_up.publishes(row(due="2026-01-09"))
    with _nobody_writes(prefect.home / "duban.db"):
        killed = until(lambda: prefect.caused("supervise", "duban.table.1"), 60, "a run caused by the table")
        until(lambda: prefect.ask(f"/flow_runs/{killed['id']}")["state_type"] == "RUNNING", 60, "its being under way")
        os.kill(int(prefect.ask(f"/flow_runs/{killed['id']}")["infrastructure_pid"]), signal.SIGKILL)
        assert prefect.ended(killed["id"])["state_type"] == "CRASHED"
    assert office_up.steps(1) == []

    instant = {"now": killed["expected_start_time"]}
    assert prefect.ended(submit("supervise", instant))["state_type"] == "COMPLETED"
    written = _written(office_up)
    assert len(office_up.steps(1)) >= 3
    assert prefect.ended(submit("supervise", instant))["state_type"] == "COMPLETED"
    assert _written(office_up) == written
