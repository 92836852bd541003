"""The steps of intake (导入): a file is read, matched against the roster, and published once no question is open."""

import asyncio
import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from documents.reading import open_document
from rules.drafting import Answers, Draft, OpenQuestion, draft
from rules.errors import Refusal
from rules.headway import UNSEEN, Headway
from rules.lifecycle import Actor
from rules.places import Places
from rules.reading import TaskTable
from rules.revision import Revision
from rules.roster import Roster
from rules.table import read_table
from store.directory import replace_roster
from store.ledger import writing
from store.obligations import time_limits
from store.placing import replace_places
from store.publishing import Published, SourceFile, kept_answers, publish, revise
from tasks.office import Office


class QuestionsOpen(Refusal):
    """还有待确认: a table with open questions is not published; `questions` are all of them."""

    zh = "还有 {count} 个问题待确认，没有发布。"
    en = "{count} questions are open; nothing was published."

    def __init__(self, questions: tuple[OpenQuestion, ...]) -> None:
        self.questions = questions
        super().__init__(count=len(questions))


class NoRows(Refusal):
    """空表: nothing in the file reads as a task."""

    zh = "{file} 里没有读到任何任务行，没有发布。"
    en = "No task row was found in {file}; nothing was published."


@dataclass(frozen=True, slots=True)
class Imported:
    """读入的表: a table as understood, the file it came from, and the plan it belongs to."""

    table: TaskTable
    file: SourceFile
    plan: str


@task(name="读表 read the table", cache_policy=NO_CACHE)
async def read_file(
    office: Office,
    path: Path,
    now: datetime,
    plan: str | None = None,
    year: int | None = None,
    headway: Headway = UNSEEN,
) -> Imported:
    """Read a task table from an office file. `plan` names the series it revises; its title does by default."""
    return await asyncio.to_thread(_read, path, plan, year, office.calendar.local(now), headway)


def _read(path: Path, plan: str | None, year: int | None, now: datetime, headway: Headway) -> Imported:
    table = read_table(open_document(path, headway), year=year, on=now.date(), headway=headway)
    if not table.rows:
        raise NoRows(file=path.name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Imported(table, SourceFile(path.name, digest), plan or table.title or path.stem)


@task(name="拟稿 draft", cache_policy=NO_CACHE)
async def draft_table(
    office: Office, imported: Imported, given: Answers, now: datetime, headway: Headway = UNSEEN
) -> Draft:
    """Match the table against the roster, with the answers given now and before."""
    book = await office.rulebook()
    async with office.store.reading() as connection:
        kept = await kept_answers(connection, imported.plan)
        in_force = await time_limits(connection, imported.plan)
    today = office.calendar.local(now).date()
    return draft(imported.table, book.index, {**kept, **given}, today, in_force, headway)


@task(name="比对 compare", cache_policy=NO_CACHE)
async def compare_table(office: Office, imported: Imported, drafted: Draft) -> Revision:
    """What publishing the draft would change; nothing is written."""
    async with office.store.reading() as connection:
        return await revise(connection, imported.plan, drafted)


@task(name="发布 publish", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def publish_table(
    office: Office,
    imported: Imported,
    drafted: Draft,
    given: Answers,
    now: datetime,
    actor: Actor,
    headway: Headway = UNSEEN,
) -> Published:
    """Publish a draft, all of it or nothing. QuestionsOpen where the office has still to answer."""
    if drafted.questions:
        raise QuestionsOpen(drafted.questions)
    async with office.deciding(now, actor) as (write, book):
        return await publish(write, book, imported.plan, drafted, imported.file, given, headway)


@task(name="导入名册 import the roster", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def import_roster(office: Office, roster: Roster, now: datetime, actor: Actor) -> tuple[str, ...]:
    """Make the roster what the file says. Returns what changed."""
    async with writing(office.store, now, actor) as write:
        return await replace_roster(write, roster)


@task(name="导入点位 import the places", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def import_places(office: Office, places: Places, now: datetime, actor: Actor) -> Counter[str]:
    """Make the places what the file says holds from today on. Returns how often what was changed."""
    async with writing(office.store, now, actor) as write:
        return await replace_places(write, places, office.calendar.local(now).date())
