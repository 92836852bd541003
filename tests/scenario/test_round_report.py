"""A round's report: refused while it is under way, then what it asked, drew and found."""

from datetime import date
from pathlib import Path

import pytest

from rules.inspecting import Level, Method
from rules.places import Assignment, Part, Site, StandardItem
from rules.round_report import RoundNotFinished
from tasks.round_reporting import write_round
from tests.harness.office import OfficeHarness


def test_a_round_is_reported_when_it_is_done(office: OfficeHarness, tmp_path: Path) -> None:
    """暗访 under way tells only what is missing; done, its report has results, sampling and findings, and stays."""
    office.on("2026-03-02").registers(
        *(Site(name, "农贸市场") for name in ("东门市场", "西门市场")),
        *(Assignment(f"site:{name}", Part.UNIT, "市城管局", date(2026, 1, 1)) for name in ("东门市场", "西门市场")),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营", level=Level.WEEKLY),
    )
    number = office.starts("暗访", method=Method.UNANNOUNCED) or 0
    office.answers("东门市场", "M1", "fail", "占道", number=number)
    writing = (office.office, number, tmp_path / "out", office.now, office.actor("督查员甲"))
    with pytest.raises(RoundNotFinished, match="还差 1 个点位：西门市场"):
        office._run(write_round(*writing))
    assert not (tmp_path / "out").exists()
    office.answers("西门市场", "M1", "pass", number=number)
    files = office._run(write_round(*writing))
    text = files[0].read_text(encoding="utf-8")
    assert "暗访，周检查表" in text and "走访点位 2 个" in text and "总体 2 个点位" in text
    assert "| 市城管局 | 1 | 1 | 0 |" in text and "| F1 | 东门市场 | 占道经营 | 市城管局 |" in text
    before = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in office._run(write_round(*writing))] == before
    office.ignores_news()
