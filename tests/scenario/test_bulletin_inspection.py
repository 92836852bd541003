"""检查与整改 in the week's bulletin: what it tells, what it conceals, where each figure comes from; in dates."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from duban.report import app
from rules.inspecting import Cadence, Method
from rules.language import Text
from rules.places import Assignment, Part, Site, StandardItem
from tests.harness.office import OfficeHarness
from tests.scenario.test_bulletin import writes

SITES = ("东门市场", "西门市场")


@pytest.fixture
def office(office: OfficeHarness) -> OfficeHarness:
    """Two markets, and an unannounced round a week."""
    secret = Cadence(
        key="secret", label=Text("每周暗访", "secret round"), rule="FREQ=WEEKLY", method=Method.UNANNOUNCED
    )
    office.adopts(lambda policy: {"cadences": (secret,)})
    office.on("2026-03-02", "08:50").registers(
        *(Site(name, "农贸市场") for name in SITES),
        *(Assignment(f"site:{name}", Part.UNIT, "市城管局", date(2026, 1, 1)) for name in SITES),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营"),
    )
    office.inspects()
    office.answers("东门市场", "M1", "fail", "门口占道")
    return office


def section(office: OfficeHarness, folder: Path) -> str:
    """检查与整改 of the first week of March."""
    text = writes(office, "2026-03-04", folder)["督查通报-2026-W10.md"].decode()
    return text[text.index("检查与整改") : text.rindex("\n## ")]


def test_a_round_under_way_is_not_told(office: OfficeHarness, tmp_path: Path) -> None:
    """暗访 with a site still to go: its finding counts for its unit, and nothing says how it was found."""
    office.on("2026-03-06", "17:00")
    told = section(office, tmp_path)
    assert "市城管局" in told and "占道经营" in told
    assert "| 暗访 |" not in told and "每周暗访" not in told and "西门市场" not in told
    office.cycle()
    office.ignores_news()


def test_a_round_that_is_done_is_told_with_its_slot(office: OfficeHarness, tmp_path: Path) -> None:
    """The last answer reveals it: the method stands beside the others, the week's slot is counted as done."""
    office.answers("西门市场", "M1", "pass")
    office.on("2026-03-09", "08:00")
    told = section(office, tmp_path)
    assert "| 暗访 | 1 |" in told
    assert "| 每周暗访 | 1 | 1 | 0 |" in told
    office.cycle()
    office.ignores_news()


def test_a_week_that_nobody_inspected_is_short_for_good(office: OfficeHarness, tmp_path: Path) -> None:
    """The flow did not run in the week of 9 March: the bulletin counts it, the audit says so until it has run, and
    neither that week's bulletin nor a later one changes when it is opened late.
    """
    office.answers("西门市场", "M1", "pass")
    office.does("城管员", "report")
    office.until("2026-03-17").ignores_news()
    written = writes(office, "2026-03-11", tmp_path / "first")
    assert "| 每周暗访 | 1 | 0 | 1 |" in written["督查通报-2026-W11.md"].decode()
    (missed,) = office.uninspected()
    assert "cadence:secret: 1 个检查时段（2026-W11）" in missed
    office.inspects()
    assert office.uninspected() == []
    office.on("2026-03-23", "08:00")
    assert writes(office, "2026-03-11", tmp_path / "again") == written
    assert "每周暗访" not in writes(office, "2026-03-17", tmp_path / "next")["督查通报-2026-W12.md"].decode()
    office.cycle()
    office.ignores_news()


def test_every_figure_leads_to_its_events_and_the_files_stay(office: OfficeHarness, tmp_path: Path) -> None:
    """Promise 7 for this section too: figures in the spreadsheet are links, and all files are the same again later."""
    office.answers("西门市场", "M1", "pass")
    office.on("2026-03-09", "08:00")
    first = writes(office, "2026-03-04", tmp_path / "first")
    book = load_workbook(tmp_path / "first" / "督查通报-2026-W10.xlsx")
    links = [cell for line in book["检查与整改"].iter_rows() for cell in line if cell.hyperlink]
    assert links
    for cell in links:
        target = cell.hyperlink.location
        assert target and target.startswith("'出处'!A")
        assert book["出处"][target.partition("!")[2]].value
    office.does("城管员", "report")
    office.on("2026-03-20")
    assert writes(office, "2026-03-04", tmp_path / "later") == first
    office.cycle()
    office.ignores_news()


def test_the_rounds_report_from_the_command_line(
    office: OfficeHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`duban report round 1`: refused to a unit, and while a site is missing; then four files."""
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))

    def types(*words: str) -> object:
        asked = ["round", "1", "--out", str(tmp_path / "out"), "--now", "2026-03-06T17:00", *words]
        return CliRunner().invoke(app, asked)

    assert "NotASupervisor" in repr(types("--as", "城管员").exception)  # type: ignore[attr-defined]
    assert "西门市场" in str(types("--as", "督查员甲").exception)  # type: ignore[attr-defined]
    office.answers("西门市场", "M1", "pass")
    lines = types("--as", "督查员甲").output.splitlines()  # type: ignore[attr-defined]
    assert [Path(line).suffix for line in lines] == [".md", ".docx", ".pdf", ".xlsx"]
    office.cycle()
    office.ignores_news()
