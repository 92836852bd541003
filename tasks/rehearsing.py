"""Rehearsal (预演): the same engine on a copy under a moved clock, with nothing sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Row, func, select

from rules.errors import Refusal
from rules.language import Text
from store.copying import copy_to
from store.database import sqlite_url
from store.schema import notices
from tasks.inspecting import open_due_rounds
from tasks.office import Office, open_office
from tasks.supervising import open_duties, remind_of_findings, take_steps

CYCLE_AT = time(9, 5)


class DayGoneBy(Refusal):
    """日期已过: a rehearsal looks ahead."""

    zh = "{until} 已经过去（今天是 {today}），没有可预演的。请写今天或以后的日期。"
    en = "{until} has gone by (today is {today}): there is nothing to rehearse. Name today or a later day."


@dataclass(frozen=True, slots=True)
class Foreseen:
    """预计的通知: who would be told what, when it would leave."""

    at: datetime
    recipient: str
    label: Text
    title: str
    duty: int | None


async def rehearse(office: Office, now: datetime, until: date) -> list[Foreseen]:
    """Every notice that would leave from `now` to the end of a day, if nobody did anything meanwhile. DayGoneBy."""
    if until < (today := office.calendar.local(now).date()):
        raise DayGoneBy(until=until, today=today)
    async with _copy_of(office) as copy:
        async with copy.store.reading() as connection:
            last = await connection.scalar(select(func.coalesce(func.max(notices.c.id), 0)))
        for instant in _mornings(office, now, until):
            await open_duties.fn(copy, instant)
            await take_steps.fn(copy, instant)
            await remind_of_findings.fn(copy, instant)
            await open_due_rounds.fn(copy, instant)
        async with copy.store.reading() as connection:
            rows = await connection.execute(select(notices).where(notices.c.id > last).order_by(notices.c.release_at))
            foreseen = [_foreseen(office, row) for row in rows]
    return [one for one in foreseen if one.at.date() <= until]


@asynccontextmanager
async def _copy_of(office: Office) -> AsyncIterator[Office]:
    with TemporaryDirectory(prefix="duban-rehearsal-") as folder:
        file = Path(folder) / "duban.db"
        await copy_to(office.store, file)
        settings = office.settings.model_copy(update={"home": Path(folder), "database_url": sqlite_url(file)})
        async with open_office(settings) as copy:
            yield replace(copy, calendar=office.calendar)


def _mornings(office: Office, now: datetime, until: date) -> list[datetime]:
    first = office.calendar.local(now)
    days = [first.date() + timedelta(days=passed) for passed in range((until - first.date()).days + 1)]
    mornings = [datetime.combine(day, CYCLE_AT, office.settings.zone) for day in days]
    return [first, *(morning for morning in mornings if morning > first)]


def _foreseen(office: Office, row: Row[Any]) -> Foreseen:
    return Foreseen(
        office.calendar.local(row.release_at), row.recipient, Text(*row.data["label"]), row.data["title"], row.duty_id
    )
