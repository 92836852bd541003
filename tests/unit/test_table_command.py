"""`duban read table`: one JSON document that keeps the contract, or lines a person can check."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from documents.errors import WrongExtension
from duban.errors import BadDay
from duban.main import app


@pytest.fixture
def table(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "任务表"
    for row in (
        ["2026年市容提升任务分解表", None, None, None],
        ["序号", "工作任务", "责任单位", "完成时限"],
        [1, "修补路面", "区住建局牵头，各街道配合", "6月底前"],
        [2, "清理河道", "区水务局", "定期"],
        [3, "报送进展", "区财政局", "每周五前"],
    ):
        sheet.append(row)
    book.save(path := tmp_path / "表.xlsx")
    return path


def test_json_keeps_the_contract(table: Path) -> None:
    """Evaluation and other programs rely on these names."""
    result = CliRunner().invoke(app, ["read", "table", str(table), "--on", "2025-12-01", "--json"])
    said = json.loads(result.stdout)
    assert (said["title"], said["reference_year"], said["questions"]) == ("2026年市容提升任务分解表", 2026, [])
    first, second, _ = said["rows"]
    assert first["item_no"] == "1" and first["source"] == {"sheet": "任务表", "cell": "B3"}
    assert (first["lead_units"], first["support_units"]) == (["区住建局"], ["各街道"])
    assert first["deadlines"][0] | {"text": "", "sure": True} == {
        "text": "", "kind": "by", "start": None, "due": "2026-06-30", "rrule": None, "trigger": None, "offset": None,
        "sure": True,
    }  # fmt: skip
    (question,) = second["questions"]
    assert question["field"] == "deadlines" and question["source"] == {"sheet": "任务表", "cell": "D4"}


def test_a_person_sees_each_value_beside_its_cell(table: Path) -> None:
    """Without --json the table is text: value, cell, and what is to be asked."""
    said = CliRunner().invoke(app, ["read", "table", str(table), "--on", "2025-12-01"]).stdout
    assert "牵头：区住建局  [任务表!C3]" in said and "2026-06-30  [任务表!D3]" in said
    assert "？ D4" in said and "共 3 行，待确认 1 处" in said
    assert "每周五前 → 每周五  [任务表!D5]" in said and "FREQ" not in said


def test_the_year_given_goes_before_the_titles(table: Path) -> None:
    """--year is the office's word."""
    result = CliRunner().invoke(app, ["read", "table", str(table), "--year", "2030", "--json"])
    assert json.loads(result.stdout)["rows"][0]["deadlines"][0]["due"] == "2030-06-30"


def test_a_day_that_is_none_is_refused(table: Path) -> None:
    """A slip in --on is answered with how to write it."""
    result = CliRunner().invoke(app, ["read", "table", str(table), "--on", "明天"])
    assert isinstance(result.exception, BadDay)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    """The refusal of the reader reaches the command's user."""
    path = tmp_path / "图.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert isinstance(CliRunner().invoke(app, ["read", "table", str(path)]).exception, WrongExtension)
