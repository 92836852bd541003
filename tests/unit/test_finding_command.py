"""Findings and evidence from the command line: a list of cases in, a photo shown to those it is for."""

import hashlib
import io
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from documents.cases import read_cases
from documents.form_errors import CellsRefused
from duban.main import run
from rules.findings import Source
from tests.harness.office import OfficeHarness

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 3, 10, tzinfo=SHANGHAI)
CASES = """某市12345工单导出,,,,,,
工单编号,受理时间,事发地点,诉求类型,诉求内容,紧急程度,联系电话
20260302001,2026/3/2 8:05,建设路市场东门,占道经营,门口占道经营堵路,,13800000001
,2026年3月2日9时30分,人民路,噪声,夜间施工,紧急,13800000002
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small office, and the command line in its folder."""
    OfficeHarness(tmp_path / "home").close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def duban(*words: str | Path) -> int:
    """Type a command; its exit code. Showing takes no instant."""
    instant = [] if words[1] == "show" else ["--now", NOW.isoformat()]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["duban", *map(str, words), *instant])
        run()
    return int(ended.value.code or 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_list_of_cases_is_read(tmp_path: Path, encoding: str) -> None:
    """The header found below a title, times as people write them, nobody's number among what is read."""
    (tmp_path / "工单.csv").write_text(CASES, encoding=encoding)
    first, second = read_cases(tmp_path / "工单.csv", Source.HOTLINE, NOW, SHANGHAI)
    assert (first.source_key, first.place, first.type, first.severity) == (
        "20260302001",
        "建设路市场东门",
        "占道经营",
        2,
    )
    assert (f"{second.found_at:%m-%d %H:%M}", second.severity) == ("03-02 09:30", 3)
    assert second.source_key and second.source_key.startswith("words:")
    assert "1380000" not in f"{first}{second}"


def test_a_case_list_with_faults_is_refused_whole(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every problem at once, each with its cell; nothing is recorded."""
    faulty = CASES + "13812345678,2026-13-01,,占道,,特别急,\n"
    (tmp_path / "工单.csv").write_text(faulty, encoding="utf-8")
    assert duban("finding", "import", "工单.csv", "--source", "hotline") == 1
    said = capsys.readouterr().err
    for cell in ("A5", "B5", "C5", "E5", "F5"):
        assert f"工单.csv!{cell}" in said
    duban("finding", "list", "--json")
    assert json.loads(capsys.readouterr().out) == []


def test_two_cases_of_one_number_are_asked_about(tmp_path: Path) -> None:
    """A second complaint under a number was once dropped as known: both lines are named. The same twice counts once."""
    same = CASES + CASES.splitlines()[-2] + "\n"
    (tmp_path / "工单.csv").write_text(same, encoding="utf-8")
    assert len(read_cases(tmp_path / "工单.csv", Source.HOTLINE, NOW, SHANGHAI)) == 2
    (tmp_path / "工单.csv").write_text(same.replace("占道经营", "乱停车", 1), encoding="utf-8")
    with pytest.raises(CellsRefused, match="A5：案件编号与第 3 行相同而内容不同"):
        read_cases(tmp_path / "工单.csv", Source.HOTLINE, NOW, SHANGHAI)


def test_a_file_without_a_header_says_what_it_needs(tmp_path: Path) -> None:
    """The words that would do are named."""
    (tmp_path / "表.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(CellsRefused, match="找不到表头"):
        read_cases(tmp_path / "表.csv", Source.BOX, NOW, SHANGHAI)


def test_from_a_case_to_its_closing(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Imported twice, accepted, reported with a photo; the photo is shown to the unit and not to another."""
    (tmp_path / "工单.csv").write_text(CASES, encoding="gb18030")
    for fresh in (2, 0):
        assert duban("finding", "import", "工单.csv", "--source", "hotline") == 0
        assert f"新登记 {fresh} 件" in capsys.readouterr().out
    assert duban("finding", "accept", "1", "--unit", "城管局") == 0
    assert "F1  已立案 → D1 待签收，时限 03-06" in capsys.readouterr().out.replace("2026-", "")
    Image.new("RGB", (9, 9), "red").save("后.jpg")
    Path("坏.jpg").write_bytes(b"MZ")
    assert duban("duty", "report", "1", "--file", "后.jpg", "--file", "坏.jpg", "--as", "城管员") == 1
    assert "“坏.jpg”不能作为佐证材料" in capsys.readouterr().err
    assert duban("duty", "report", "1", "--file", "后.jpg", "--as", "城管员") == 0
    (kept,) = [path for path in (home / "evidence").rglob("*") if path.is_file()]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == kept.name
    capsys.readouterr()
    assert duban("evidence", "show", kept.name, "--as", "城管局长", "--out", "材料/三月") == 0
    assert Image.open(io.BytesIO(Path(f"材料/三月/{kept.name[:12]}.jpg").read_bytes())).size == (9, 9)
    assert "后.jpg" in capsys.readouterr().out
    for stranger, which in (("教育员", kept.name), ("城管局长", "0" * 64)):
        assert duban("evidence", "show", which, "--as", stranger) == 1
        assert re.search("没有您可以查看的材料", capsys.readouterr().err)
    assert duban("finding", "answer", "1", "--text", "已清理") == 0
    assert duban("finding", "answer", "1", "--satisfied") == 0
    capsys.readouterr()
    assert duban("finding", "show", "1", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [event["kind"] for event in shown["events"]] == [
        "finding.recorded", "finding.accepted", "finding.answered", "finding.rated",
    ]  # fmt: skip
    assert shown["satisfied"] is True


def test_people_of_a_unit_record_only_their_own_checks(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """自查 is theirs and becomes their duty; another source is not theirs to write."""
    told = ("finding", "record", "--type", "乱堆放", "--text", "楼道杂物", "--place", "局大院", "--as", "城管员")
    assert duban(*told, "--source", "hotline") == 1
    assert "只能登记本单位自查" in capsys.readouterr().err
    assert duban(*told, "--source", "self_check", "--unit", "城官局") == 1
    assert "相近的有：市城管局" in capsys.readouterr().err
    assert duban(*told, "--source", "self_check", "--unit", "教育局", "--json") == 0
    recorded = json.loads(capsys.readouterr().out)
    assert (recorded["id"], recorded["unit"], recorded["duty_state"]) == (1, "市城管局", "open")
