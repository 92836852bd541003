"""The inspect flow as Prefect's page starts it: whatever is due, or one round as the form describes it."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.inspection import inspect
from rules.inspecting import Method
from rules.places import Assignment, Part, Site, StandardItem
from store.inspection_schema import rounds, visits
from tasks.planning import NotASupervisor
from tests.harness.office import OfficeHarness


@pytest.fixture
def office(office: OfficeHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OfficeHarness:
    """Three sites, on Monday 2 March 2026."""
    office.on("2026-03-02", "08:40").registers(
        *(Site(f"{name}市场", "农贸市场") for name in ("东门", "西门")),
        Site("实验小学", "学校"),
        Assignment("site:东门市场", Part.UNIT, "市城管局", date(2026, 1, 1)),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营"),
        StandardItem("学校", "S1", "校门口秩序良好", "交通秩序"),
    )
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    return office


def run(office: OfficeHarness, **given: object) -> list[int]:
    return asyncio.run(inspect.fn(now=office.now, **given))


def test_by_schedule_it_opens_what_is_due(office: OfficeHarness) -> None:
    """No field filled in: the week's round, and nothing more when the run comes late or twice."""
    assert run(office) == [1]
    assert run(office) == []
    office.cycle()
    office.ignores_news()


def test_a_supervisor_fills_in_the_form(office: OfficeHarness) -> None:
    """A name, a type of site, how many, how: one concealed round of just these, opened by who asked for it."""
    number = run(
        office, label="市场暗访", method=Method.UNANNOUNCED, site_type="农贸市场", sites=1, teams=1, by="督查员乙"
    )
    (row,) = office.rows(select(rounds))
    assert (number, row.opened_by, row.method, row.data["population"]) == ([1], "督查员乙", "unannounced", 2)
    assert [visit.team for visit in office.rows(select(visits))] == ["第1组"]
    assert run(office, label="市场暗访", by="督查员乙") == []  # of that name there is one today
    office.cycle()
    assert {line.split()[1] for line in office.news()} <= {"督查员甲", "督查员乙"}


def test_not_everyone_may_start_one(office: OfficeHarness) -> None:
    """The page has one sign-in for all: whoever is named must be a supervisor or of the office."""
    with pytest.raises(NotASupervisor):
        run(office, label="越权检查", by="城管员")
