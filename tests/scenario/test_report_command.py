"""`duban report week`: what a person types, and what they get."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from duban import report
from duban.errors import BadDay
from rules.weekly import WeekNotBegun
from tests.harness.office import OfficeHarness, row

duban = typer.Typer()
duban.add_typer(report.app, name="report")


@pytest.fixture
def home(office: OfficeHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office with one duty, opened on Monday 2 March 2026."""
    office.on("2026-03-02").publishes(row(due="2026-03-20"))
    office.cycle()
    office.news()
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    return tmp_path


def types(*words: str) -> Result:
    return CliRunner().invoke(duban, ["report", "week", *words], catch_exceptions=True)


def test_it_writes_the_week_and_says_where(home: Path) -> None:
    """All four files are in the folder that was named, made if need be, and their paths are printed one a line."""
    result = types("--on", "2026-03-04", "--out", str(home / "new" / "folder"), "--now", "2026-03-09T08:00")
    assert result.exit_code == 0
    paths = [Path(line) for line in result.output.splitlines()]
    assert [path.name for path in paths] == [f"督查通报-2026-W10.{kind}" for kind in ("md", "docx", "pdf", "xlsx")]
    assert "新立项 1 项" in paths[0].read_text(encoding="utf-8")
    assert sorted(path.name for path in (home / "new" / "folder").iterdir()) == sorted(path.name for path in paths)


def test_json_is_one_document(home: Path) -> None:
    """--json prints the paths as one JSON document and nothing else."""
    result = types("--on", "2026-03-04", "--out", str(home), "--now", "2026-03-09T08:00", "--json")
    assert [Path(path).suffix for path in json.loads(result.output)["files"]] == [".md", ".docx", ".pdf", ".xlsx"]


def test_the_week_is_this_week_where_none_is_named(home: Path) -> None:
    """Without --on the bulletin is that of the week the command is given in."""
    assert "2026-W11" in types("--out", str(home), "--now", "2026-03-13T17:00").output


def test_what_cannot_be_is_refused_with_a_reason(home: Path) -> None:
    """A week ahead and a day that is none are refused; no folder is made and no option is guessed."""
    ahead = types("--on", "2026-03-16", "--out", str(home / "out"), "--now", "2026-03-13T17:00")
    assert isinstance(ahead.exception, WeekNotBegun)
    wrong = types("--on", "3月4日", "--out", str(home / "out"))
    assert isinstance(wrong.exception, BadDay)
    assert types("--on", "2026-03-04").exit_code == 2
    assert not (home / "out").exists()
