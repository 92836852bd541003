"""The office changes the words of its messages."""

from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select
from typer.testing import CliRunner

from duban.main import app
from store.ledger import writing
from store.schema import events
from store.wording import set_words
from tests.harness.office import OfficeHarness, row


def _template(office: OfficeHarness, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setenv("DUBAN_HOME", str(office.office.settings.home))
    return CliRunner().invoke(app, ["template", *arguments])


def test_its_own_words_are_tried_kept_and_taken_back(
    office: OfficeHarness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Refused where a number is lost, previewed in both languages, used from the next message on, and reset."""
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.cycle()
    file = tmp_path / "行.txt"
    file.write_text("- {{ notice.title }}", "utf-8")
    refused = _template(office, monkeypatch, "set", "line", str(file))
    assert isinstance(refused.exception, Exception)
    assert "第 1 行" in str(refused.exception)
    file.write_text("- 请办：{{ notice.title }}（{{ notice.number }}）", "utf-8")
    shown = _template(office, monkeypatch, "preview", "line", str(file)).output
    assert shown.count("- 请办：清理背街小巷（N1）") == 2
    assert "各渠道拆成几条：inbox 1 条" in shown
    assert _template(office, monkeypatch, "set", "line", str(file)).exit_code == 0
    office.until("2026-03-04")
    assert office.last_message_to("城管员").startswith("- 请办：清理背街小巷")
    _template(office, monkeypatch, "reset", "line")
    office.until("2026-03-06")
    assert office.last_message_to("城管员").startswith("- **到期前提醒** D1")
    kinds = [one.kind for one in office.rows(select(events).where(events.c.subject == "template:line"))]
    assert kinds == ["template.set", "template.reset"]
    office.ignores_news()


def test_a_template_that_fails_while_sending_holds_up_nobody(office: OfficeHarness) -> None:
    """Kept by an older version, or past the checks: the built-in words go out, and an event says so."""

    async def keep() -> None:
        async with writing(office.office.store, office.now) as write:
            await set_words(write, "body", "{{ lines }}{{ gone }}")

    office.awaits(keep())
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.cycle()
    assert office.last_message_to("城管员").startswith("- **新任务** D1 清理背街小巷")
    (event,) = office.rows(select(events).where(events.c.kind == "template.failed"))
    assert "gone" in event.data["why"][0]
    office.ignores_news()
