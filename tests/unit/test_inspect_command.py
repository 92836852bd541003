"""`duban inspect …`: what a supervisor types, and what they read."""

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from duban import inspect
from rules.places import Assignment, Part, Site, StandardItem
from tasks.planning import NotASupervisor
from tests.harness.office import OfficeHarness

duban = typer.Typer()
duban.add_typer(inspect.app, name="inspect")


@pytest.fixture
def home(office: OfficeHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with three markets, on Monday 2 March 2026."""
    office.on("2026-03-02").registers(
        *(Site(f"{name}市场", "农贸市场") for name in ("东门", "西门", "南门")),
        *(Assignment(f"site:{name}市场", Part.UNIT, "市城管局", date(2026, 1, 1)) for name in ("东门", "西门", "南门")),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营"),
    )
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    return tmp_path


def types(*words: str, now: str = "2026-03-02T09:00") -> Result:
    return CliRunner().invoke(duban, ["inspect", *words, "--now", now], catch_exceptions=True)


def test_alone_it_opens_what_is_due(home: Path) -> None:
    """The week's round, once; asked again it says that none is due."""
    assert types().output == "已开启第 1 轮检查。\n"
    assert "没有到期" in types().output
    assert json.loads(types("--json").output) == {"rounds": []}


def test_a_round_by_hand_says_how_it_was_drawn(home: Path) -> None:
    """The sampling statement is complete: population, strata, seed, confidence, who goes where."""
    said = types(
        "open", "节前专项", "--method", "unannounced", "--confidence", "0.95", "--seed", "公开种子", "--as", "督查员甲"
    ).output
    assert said.startswith("第 1 轮 节前专项（暗访，周检查表）")
    assert "总体 3 个点位，按责任单位和点位类型分 1 层，等距抽取 3 个" in said
    assert "种子 公开种子" in said and "SHA-256" in said
    assert "置信度 95.0%，允许误差 ±10.0%" in said
    assert "市城管局·农贸市场：3 抽 3" in said
    assert types("open", "节前专项", "--as", "督查员甲").output == "今天已有同名的一轮。\n"
    assert isinstance(types("show", "1", "--as", "城管员").exception, NotASupervisor)


def test_results_typed_in_end_the_round(home: Path) -> None:
    """Item by item; a failure says its finding's number, the last answer that the round is done."""
    types()
    for name in ("东门", "西门"):
        types("record", "1", f"{name}市场", "M1", "pass", "--as", "督查员甲")
    said = types("record", "1", "南门市场", "M1", "fail", "--text", "门口占道", "--as", "督查员甲").output
    assert said == "第 1 轮：登记 1 项，新问题 F1，本轮完成。\n"


def test_slots_count_what_is_short(home: Path) -> None:
    """A week later: one asked for and short, one running; the JSON says the same."""
    types()
    types(now="2026-03-09T09:00")
    said = types("slots", "--from", "2026-03-02", now="2026-03-09T10:00").output.splitlines()
    assert said == [
        "每周检查（检查，weekly）：应 2 次，已 0 次，进行中 1 次，缺 1 次",
        "  缺 2026-W10（03-08 23:59 止）",
    ]
    rows = json.loads(types("slots", "--from", "2026-03-02", "--json", now="2026-03-09T10:00").output)
    assert [(row["key"], row["short"]) for row in rows] == [("2026-W10", True), ("2026-W11", False)]


def test_shortfalls_are_counted_whether_or_not_anything_ran(home: Path) -> None:
    """Nothing ran since the office began on Monday 5 January: the same weeks are short before a first run and after."""
    asked = ("slots", "--from", "2026-01-01")
    before = types(*asked, now="2026-03-09T10:00").output
    assert before.startswith("每周检查（检查，weekly）：应 9 次，已 0 次，进行中 1 次，缺 8 次\n  缺 2026-W02")
    types(now="2026-03-09T10:00")
    assert types(*asked, now="2026-03-09T10:00").output == before
    assert "应 8 次，已 0 次，进行中 0 次" in types(*asked, "--to", "2026-03-08", now="2026-03-09T10:00").output


def test_nothing_asked_for_is_said(home: Path) -> None:
    """A time before the office began asks for nothing; days the wrong way round are refused."""
    said = types("slots", "--from", "2025-12-01", "--to", "2025-12-07").output
    assert said == "这段时间没有督查频次的要求。\n"
    assert isinstance(types("slots", "--from", "2026-03-02", "--to", "2026-03-01").exception, inspect.NoTimeAtAll)
