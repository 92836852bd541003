"""Stories are strict: what nobody asked about fails them, and so does what the audit would find."""

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from duban.main import app
from tests.harness.office import OfficeHarness


@pytest.fixture
def office(office: OfficeHarness) -> Iterator[OfficeHarness]:
    """An office whose every notice must be asked about, and whose promises are kept when the story ends."""
    yield office
    assert office.breaches() == []
    assert office.unexpected() == []


@pytest.fixture
def explains(office: OfficeHarness, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What `duban explain` says in this office."""
    monkeypatch.setenv("DUBAN_HOME", str(office.office.settings.home))

    def explain(*arguments: str) -> str:
        answer = CliRunner().invoke(app, ["explain", *arguments])
        assert answer.exit_code == 0, answer.output
        return answer.output

    return explain
