"""`duban site …`: what the office types, and what it reads."""

import json
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from documents.place_file import write_places_template
from duban import site
from tasks.actors import OfficeOnly
from tests.harness.office import OfficeHarness

duban = typer.Typer()
duban.add_typer(site.app, name="site")


@pytest.fixture
def filled(office: OfficeHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The form of an office with one market, filled in."""
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    path = tmp_path / "点位.xlsx"
    write_places_template(path)
    book = load_workbook(path)
    book["网格"].append(("城东", "片区", "", "城管局", "督查员甲"))
    book["点位"].append(("建设路市场", "农贸市场", "城东", "建设路 1 号", "", "", "分管副市长"))
    book.save(path)
    return path


def types(*words: str | Path, day: str = "2026-03-02") -> Result:
    return CliRunner().invoke(duban, ["site", *map(str, words), "--now", f"{day}T09:00"], catch_exceptions=True)


def test_from_the_form_to_the_matrix(filled: Path, tmp_path: Path) -> None:
    """Imported with what changed and what is worth a word; the same again changes nothing; out as matrix and form."""
    said = types("import", filled).output
    assert "提示 点位!B4：“农贸市场”没有检查标准" in said
    assert "1 个网格，1 个点位，0 个检查项；新增 2，变更 0，停用 0；责任人上任 3，卸任 0。" in said
    assert types("export", tmp_path / "out.xlsx").exit_code == 0
    assert (
        "新增 0，变更 0，停用 0；责任人上任 0，卸任 0。"
        in types("import", tmp_path / "out.xlsx", day="2026-03-09").output
    )

    assert "建设路市场（农贸市场） 城东 建设路 1 号  责任单位：市城管局" in types("list").output
    assert json.loads(types("list", "--json").output)[0]["units"] == ["市城管局"]
    assert "空缺 1 处：行业主管单位 1。" in types("matrix").output
    found = json.loads(types("matrix", "--json", "--on", "2026-03-01").output)
    assert found["vacancies"] == {"unit": 2, "sector": 1, "leader": 1, "supervisor": 2}
    assert found["rows"][1]["seats"]["unit"] == {"holders": [], "via": None, "left": []}
    types("matrix", "--out", tmp_path / "矩阵.xlsx")
    assert load_workbook(tmp_path / "矩阵.xlsx").worksheets[0]["D5"].value == "空缺"


def test_only_the_office_imports(filled: Path) -> None:
    """Who answers for a place is the office's to set."""
    assert isinstance(types("import", filled, "--as", "城管员").exception, OfficeOnly)
    assert "还没有登记" in types("matrix").output
