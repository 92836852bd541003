"""Progress of long work: counted by the work itself, shown on a terminal, and only where it takes its time."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from duban import progress
from duban.progress import watched
from rules.grid import Document, Grid
from rules.headway import Headway
from rules.language import Text
from rules.table import read_table

GRID = Grid([["序号", "工作任务", "责任单位", "完成时限"], ["1", "修补路面", "区住建局", "6月底前"], ["", "", "", ""]])


class Screen(io.StringIO):
    """A terminal that keeps what was drawn on it."""

    def isatty(self) -> bool:
        return True


class AtOnce:
    """A timer whose time has come."""

    def __init__(self, interval: float, function: Callable[[], None]) -> None:
        self.start = function

    def cancel(self) -> None:
        pass

    def join(self) -> None:
        pass


def drawn(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO) -> str:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", stderr)
    with watched() as headway:
        headway.enter(Text("读表", "reading"), 3)
        list(headway.over("甲乙"))
    return stderr.getvalue()


def test_long_work_shows_its_stage_and_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a hundred thousand rows sees what is being done and how far it has come."""
    monkeypatch.setattr(progress, "Timer", AtOnce)
    said = drawn(monkeypatch, Screen())
    assert "读表 reading" in said and "2/3" in said


def test_work_that_is_soon_done_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar that flashes by only disturbs."""
    assert drawn(monkeypatch, Screen()) == ""


def test_nothing_is_drawn_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file or another program gets no control characters."""
    monkeypatch.setattr(progress, "Timer", AtOnce)
    assert drawn(monkeypatch, io.StringIO()) == ""


def test_reading_counts_its_rows() -> None:
    """The bar moves with the rows of the file, not only when all are read."""
    headway = Headway()
    read_table(Document("表.xlsx", (GRID,)), year=2026, on=date(2026, 1, 1), headway=headway)
    assert (headway.stage.en, headway.done, headway.total) == ("reading", 1, 3)
