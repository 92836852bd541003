"""A canary on demand: one real message on each channel, and when each last worked."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from duban.main import app
from tests.harness.running import free_port


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The inbox, and a webhook where nobody listens."""
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    added = CliRunner().invoke(
        app, ["channel", "add", "webhook", "接口", "--set", f"url=http://127.0.0.1:{free_port()}/x"]
    )
    assert added.exit_code == 0, added.output
    return tmp_path / "home"


def test_all_channels_are_tried_and_the_list_remembers(home: Path) -> None:
    """One works and one does not: exit 1, a row for each, and `channel list` says when which last worked."""
    tried = CliRunner().invoke(app, ["channel", "test", "--all", "--json"])
    assert tried.exit_code == 1
    assert {one["name"]: one["outcome"] for one in json.loads(tried.stdout)} == {
        "inbox": "accepted",
        "接口": "unreachable",
    }
    assert len(list((home / "inbox" / "试发").glob("*.md"))) == 1
    listed = {one["name"]: one for one in json.loads(CliRunner().invoke(app, ["channel", "list", "--json"]).stdout)}
    assert listed["inbox"]["worked_at"] == listed["inbox"]["tried_at"] is not None
    assert (listed["接口"]["outcome"], listed["接口"]["worked_at"]) == ("unreachable", None)
    lines = CliRunner().invoke(app, ["channel", "list"]).stdout.splitlines()
    assert "最近成功" in next(line for line in lines if line.startswith("inbox"))
    assert "从未成功" in next(line for line in lines if line.startswith("接口"))


def test_one_or_all(home: Path) -> None:
    """Neither a name nor --all, or both, is refused in words."""
    for words in ([], ["inbox", "--all"], ["--all", "--to", "城管员"]):
        assert "--all" in str(CliRunner().invoke(app, ["channel", "test", *words]).exception)
    assert CliRunner().invoke(app, ["channel", "test", "inbox", "--json"]).exit_code == 0
