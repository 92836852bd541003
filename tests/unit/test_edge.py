"""What a flow takes for now, and where it hands itself over."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prefect.runtime import deployment, flow_run

from duban.submit import NoServer, submit
from flows.edge import clock, instant, office_here
from flows.supervise import supervise
from tests.harness.running import free_port

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DUBAN_DATABASE_URL", raising=False)


def _scheduled(monkeypatch: pytest.MonkeyPatch, ago: timedelta) -> datetime:
    """Have Prefect say, in its own datetime class, that the present run was to start so long ago."""
    planned: datetime = flow_run.scheduled_start_time - ago
    monkeypatch.setitem(flow_run.FIELDS, "scheduled_start_time", lambda: planned)
    return planned


async def test_a_scheduled_run_acts_as_of_its_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    """However late a run starts, now is when it was to start; and it stays an instant when counted with."""
    planned = _scheduled(monkeypatch, timedelta(days=3))
    async with office_here() as office:
        at = instant(None, office)
    assert at == planned
    assert (at - timedelta(hours=1)).tzinfo == SHANGHAI


async def test_an_instant_without_a_zone_is_the_offices() -> None:
    """A time typed into the form is the office's local time."""
    async with office_here() as office:
        assert instant(datetime(2026, 3, 2, 9, 2), office) == datetime(2026, 3, 2, 9, 2, tzinfo=SHANGHAI)  # noqa: DTZ001


@pytest.mark.parametrize("takes", [instant, clock])
async def test_a_form_that_acts_ahead_of_time_is_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, takes: Any
) -> None:
    """A mistyped year on Prefect's page opens and escalates what cannot be taken back; a demo moves on in silence."""
    ahead = datetime.now(SHANGHAI) + timedelta(days=365)
    async with office_here() as office:
        takes(ahead, office)
        assert not caplog.messages
        monkeypatch.setitem(deployment.FIELDS, "id", lambda: "a deployment's")
        takes(ahead, office)
        assert "duban rehearse" in caplog.messages[0]


async def test_sending_goes_by_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A late run of delivery must not count its leases from the past; only a given instant stands still."""
    planned = _scheduled(monkeypatch, timedelta(days=3))
    given = datetime(2026, 3, 2, 9, 2, tzinfo=SHANGHAI)
    async with office_here() as office:
        assert clock(None, office)() > planned + timedelta(days=2)
        assert clock(given, office)() == given


async def test_a_flow_runs_without_a_server() -> None:
    """The body of a flow is the same whether Prefect runs it or the command line does."""
    assert await supervise.fn(now=datetime(2026, 3, 2, 9, 2, tzinfo=SHANGHAI)) == {"opened": 0, "findings_waiting": 0}


def test_handing_over_to_nobody_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--submit` without a running server is refused with the way out."""
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    with pytest.raises(NoServer, match="duban up"):
        submit("supervise", {})
