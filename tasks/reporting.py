"""The step of reporting (督查通报): a week's bulletin counted, written to files, and recorded once."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from prefect import task
from prefect.cache_policies import NO_CACHE

from documents.bulletin import bulletin_page
from documents.bulletin_xlsx import write_bulletin_xlsx
from documents.page_markdown import page_markdown
from documents.page_pdf import write_page_pdf
from documents.page_word import write_page_word
from rules.bulletin import Bulletin, Week
from rules.language import Language
from rules.weekly import compose_bulletin
from store.ledger import writing
from store.reporting import record_bulletin, week_ledger
from tasks.office import Office


@task(name="编发通报 write the bulletin", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def write_week(office: Office, on: date, out: Path, now: datetime) -> tuple[Path, ...]:
    """Write the bulletin of the week that `on` lies in, as it stood at its end, into the folder `out`.

    The same week gives the same bytes at any later time, and is recorded in the ledger when they are new. Returns the
    files, Markdown first. WeekNotBegun for a week that lies ahead of `now`.
    """
    async with office.store.reading() as connection:
        ledger = await week_ledger(connection, office.calendar, Week.of(on), now)
    bulletin = compose_bulletin(ledger)
    files = write_files(bulletin, out, office.settings.language)
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    async with writing(office.store, now) as write:
        await record_bulletin(write, bulletin.week.name, bulletin.last_event, hashes)
    return files


def write_files(bulletin: Bulletin, out: Path, language: Language) -> tuple[Path, ...]:
    """The bulletin as Markdown, for Word, as PDF and as a spreadsheet; all of them appear, each whole, or none."""
    page = bulletin_page(bulletin, language)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix=".") as folder:
        drafts = [Path(folder, f"督查通报-{bulletin.week.name}.{kind}") for kind in ("md", "docx", "pdf", "xlsx")]
        text, word, pdf, book = drafts
        text.write_text(page_markdown(page), encoding="utf-8")
        write_page_word(page, word)
        write_page_pdf(page, pdf)
        write_bulletin_xlsx(bulletin, book, language)
        return tuple(draft.replace(out / draft.name) for draft in drafts)
