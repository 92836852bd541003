"""One `duban up` serves every test of this folder: its server, worker and deployments are what they look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.policy import QuietHours, Severity, default_policy
from tests.harness.office import OfficeHarness
from tests.harness.running import Up


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share the one that is up, so they run in one process, one after another."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("deploy"))


@pytest.fixture(scope="session")
def ups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Up]]:
    """Those started so far, the newest last."""
    started: list[Up] = []
    yield started
    for up in started:
        up.kill()


@pytest.fixture
def up(ups: list[Up], tmp_path_factory: pytest.TempPathFactory) -> Up:
    """A running one; a new one only where a test has stopped the last."""
    if not ups or ups[-1].process.poll() is not None:
        ups.append(Up(tmp_path_factory.mktemp("up") / "home"))
    ups[-1].has_said("督办已启动", within_s=120)
    return ups[-1]


@pytest.fixture
def prefect(up: Up) -> Up:
    """The same, with Prefect ready."""
    up.has_said("Prefect 已就绪", within_s=240)
    return up


@pytest.fixture
def office_up(up: Up) -> Iterator[OfficeHarness]:
    """The office that is up, for people to act in; nothing is held back, whatever the hour the tests run at."""
    policy = default_policy().model_copy(update={"quiet": QuietHours(pierced_by=Severity.ROUTINE)})
    harness = OfficeHarness(up.home, policy=policy)
    yield harness
    harness.close()
