"""Runs of the deployed flows, started by events and by hand, repeated and killed."""

import os
import signal
import sqlite3

import pytest
from sqlalchemy import func, select

from duban.submit import submit
from store.schema import duties, events, notices
from tests.harness.office import OfficeHarness, row
from tests.harness.running import Up, until


@pytest.fixture(autouse=True)
def its_server(prefect: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect.api_url)


def _duty(office: OfficeHarness, title: str) -> int:
    ((number,),) = office.rows(select(duties.c.id).where(duties.c.title == title))
    return int(number)


def _counts(office: OfficeHarness, duty: int) -> tuple[int, int, int]:
    told = office.rows(select(func.count()).select_from(notices).where(notices.c.duty_id == duty))
    kept = office.rows(select(func.count()).select_from(events).where(events.c.subject == f"duty:{duty}"))
    return len(office.steps(duty)), told[0][0], kept[0][0]


def test_publishing_starts_supervision_and_once_is_enough(prefect: Up, office_up: OfficeHarness) -> None:
    """A published table's event starts a cycle that takes what is due; the same instant again changes nothing."""
    office_up.publishes(row(due="2026-01-09"), title="甲表")
    run = until(lambda: prefect.caused("supervise", "duban.table.1"), 15, "a run caused by the table")
    assert prefect.ended(run["id"])["state_type"] == "COMPLETED"
    before = _counts(office_up, 1)
    assert before[0] >= 3, office_up.steps(1)
    again = submit("supervise", {"now": run["expected_start_time"]})
    assert prefect.ended(again)["state_type"] == "COMPLETED"
    assert _counts(office_up, 1) == before


def test_the_next_run_does_a_killed_ones_work(prefect: Up, office_up: OfficeHarness) -> None:
    """A run killed in the middle is marked as crashed, and the next one takes the steps it left."""
    office_up.publishes(row("整治店外经营", due="2026-01-09"), title="乙表")
    duty = _duty(office_up, "整治店外经营")
    writer = sqlite3.connect(prefect.home / "duban.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    run = until(lambda: prefect.caused("supervise", "duban.table.2"), 15, "a run caused by the table")
    pid = until(lambda: prefect.ask(f"/flow_runs/{run['id']}")["infrastructure_pid"], 30, "its process")
    until(lambda: prefect.ask(f"/flow_runs/{run['id']}")["state_type"] == "RUNNING", 30, "its being under way")
    os.kill(int(pid), signal.SIGKILL)
    assert prefect.ended(run["id"])["state_type"] == "CRASHED"
    writer.execute("ROLLBACK")
    writer.close()
    assert office_up.steps(duty) == []
    assert prefect.ended(submit("supervise", {}))["state_type"] == "COMPLETED"
    assert len(office_up.steps(duty)) >= 3


def test_a_report_starts_delivery(prefect: Up, office_up: OfficeHarness) -> None:
    """A duty reported done starts the flow that delivers what follows from it."""
    office_up.publishes(row("修补破损路面", due="2027-01-09"), title="丙表")
    duty = _duty(office_up, "修补破损路面")
    office_up.does("城管员", "accept", duty)
    office_up.does("城管员", "report", duty)
    run = until(lambda: prefect.caused("deliver", f"duban.duty.{duty}"), 15, "a run caused by the report")
    assert prefect.ended(run["id"])["state_type"] == "COMPLETED"
