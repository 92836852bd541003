"""What prefect.yaml makes of the flows on a real Prefect server."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.harness.running import Up, until

# A busy machine takes its time to start what is started here.
pytestmark = pytest.mark.timeout(300)

FLOWS = ("audit", "deliver", "inspect", "intake", "report", "supervise")
TIMES = {
    "supervise": {"00:10", "09:02", "14:02"},
    "inspect": {"08:40"},
    "report": {"16:30", "08:20"},
    "audit": {"02:20"},
}


def test_every_flow_is_deployed(prefect: Up) -> None:
    """prefect.yaml deploys all six flows to the pool, one run at a time."""
    found = prefect.ask("/deployments/filter", {})
    assert sorted(one["entrypoint"].split(".")[-1] for one in found) == list(FLOWS)
    assert {one["work_pool_name"] for one in found} == {"duban"}
    assert {one["global_concurrency_limit"]["limit"] for one in found} == {1}


def test_forms_are_titled_in_chinese(prefect: Up) -> None:
    """Every parameter of every flow has a Chinese title and a description in both languages on the page's form."""
    for deployment in prefect.ask("/deployments/filter", {}):
        for name, field in deployment["parameter_openapi_schema"]["properties"].items():
            assert any("一" <= letter <= "鿿" for letter in field["title"]), (deployment["entrypoint"], name)
            assert " · " in field["description"], (deployment["entrypoint"], name)
        assert "。" in deployment["description"], deployment["entrypoint"]


@pytest.mark.parametrize("flow", TIMES)
def test_a_schedule_yields_runs(prefect: Up, flow: str) -> None:
    """A deployed cron really makes scheduled runs, at its times on the office's clock and at no other."""

    def planned() -> set[str]:
        # A run that an event asked for may stand there before the scheduler's own; those are no part of the cron.
        runs = prefect.runs(flow, state={"type": {"any_": ["SCHEDULED"]}})
        times = [datetime.fromisoformat(run["expected_start_time"]) for run in runs if run["auto_scheduled"]]
        return {f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}" for at in times}

    until(lambda: planned() >= TIMES[flow], 120, f"a scheduled run of {flow} at each of {sorted(TIMES[flow])}")
    assert planned() == TIMES[flow]
