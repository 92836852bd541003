"""One round's report (检查报告), read and written to files."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from documents.page import Page
from documents.page_markdown import page_markdown
from documents.page_pdf import write_page_pdf
from documents.page_word import write_page_word
from documents.page_xlsx import write_page_xlsx
from documents.round_report import round_page
from rules.lifecycle import Actor
from store.round_reporting import round_report
from tasks.office import Office
from tasks.planning import check_supervisor


async def write_round(office: Office, number: int, out: Path, now: datetime, actor: Actor) -> tuple[Path, ...]:
    """Markdown, docx, pdf and xlsx; all of them appear or none. NoSuchRound, RoundNotFinished, NotASupervisor."""
    check_supervisor(actor)
    async with office.store.reading() as connection:
        report = await round_report(connection, office.calendar, number, now)
    return _write_files(round_page(report, office.settings.language), number, out)


def _write_files(page: Page, number: int, out: Path) -> tuple[Path, ...]:
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix=".") as folder:
        drafts = [Path(folder, f"检查报告-第{number}轮.{kind}") for kind in ("md", "docx", "pdf", "xlsx")]
        text, word, pdf, book = drafts
        text.write_text(page_markdown(page), encoding="utf-8")
        write_page_word(page, word)
        write_page_pdf(page, pdf)
        write_page_xlsx(page, book)
        return tuple(draft.replace(out / draft.name) for draft in drafts)
