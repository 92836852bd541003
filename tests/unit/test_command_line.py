"""The command line under clumsy hands: one clear message in both languages, exit 1 or 2, never a traceback."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from duban.main import run


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Duban = Callable[..., Said]


@pytest.fixture
def duban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Duban:
    """The command, in an empty folder with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))

    def types(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["duban", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            run()
        return Said(int(ended.value.code or 0), *capsys.readouterr())

    return types


def refused(said: Said, *, naming: str) -> None:
    """One refusal, Chinese then English, on stderr alone; it names what is wrong."""
    assert said.code == 1, said
    assert naming in said.err
    zh, en = said.err.strip().split("\n")[0], said.err.strip().split("\n")[-1]
    assert any("一" <= sign <= "鿿" for sign in zh)
    assert en.isascii() or naming in en
    assert not said.out


@pytest.mark.parametrize("home", ["/dev/null/home", "file"])
def test_a_home_that_cannot_be_is_named(duban: Duban, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    """A wrong DUBAN_HOME is the first thing a new operator gets wrong."""
    Path("file").touch()
    monkeypatch.setenv("DUBAN_HOME", home)
    refused(duban("duty", "list"), naming=home)


def test_a_file_that_is_no_database_is_left_alone(duban: Duban, tmp_path: Path) -> None:
    """Something else called duban.db is refused as it is, and not overwritten."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "duban.db").write_text("notes" * 999)
    refused(duban("duty", "list"), naming="not a database")
    assert (tmp_path / "home" / "duban.db").read_text() == "notes" * 999


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUBAN_TIMEZONE", "Mars/Base"),
        ("DUBAN_LANGUAGE", "fr"),
        ("DUBAN_LEASE_S", "-1"),
        ("DUBAN_DATABASE_URL", "postgresql://office:hunter2@db/duban"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(
    duban: Duban, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The variable is named; its value, which may hold a password, is not shown."""
    monkeypatch.setenv(name, value)
    said = duban("duty", "list")
    refused(said, naming=name)
    assert "hunter2" not in said.err


def test_a_database_out_of_reach_is_said_to_be(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is down is no bug of ours, and its password stays with us."""
    monkeypatch.setenv("DUBAN_DATABASE_URL", "postgresql+asyncpg://office:hunter2@127.0.0.1:1/duban")
    said = duban("duty", "list")
    refused(said, naming="DUBAN_DATABASE_URL")
    assert "hunter2" not in said.err


@pytest.mark.parametrize("now", ["明天", "2026-02-30", "0001-01-01", "9999-12-31T23:59"])
def test_an_instant_nobody_means_is_refused(duban: Duban, now: str) -> None:
    """Neither words nor the ends of time are taken for an instant."""
    refused(duban("supervise", "--now", now), naming=now)


def test_a_backup_to_nowhere_is_refused(duban: Duban) -> None:
    """A folder that is not there is named, and nothing is left beside it."""
    refused(duban("backup", "nowhere/duban.tar.gz"), naming="nowhere")
