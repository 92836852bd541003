"""`duban demo`: the whole job on the shipped sample under a moved clock, through the real flows, in its own folder."""

import os
import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from duban.session import run
from rules.errors import Refusal

if TYPE_CHECKING:
    from tasks.office import Office

SAMPLE = Path(__file__).parent / "sample"
FIRST_DAY, LAST_DAY, REVISED_ON = date(2026, 3, 2), date(2026, 3, 31), date(2026, 3, 18)
MARK = "这是演示文件夹 · made by duban demo"


class NotADemoFolder(Refusal):
    """不是演示文件夹: the folder holds something else, which the demo will not touch."""

    zh = "{folder} 里有别的内容，演示不会动它。请用 --home 指定一个空文件夹。"
    en = "{folder} holds other things, which the demo leaves alone. Name an empty folder with --home."


def demo(
    home: Annotated[Path, typer.Option("--home", help="演示用的文件夹 · the demo's own folder")] = Path("duban-demo"),
) -> None:
    """演示：从任务分解表到督办、升级、通报 · The main job end to end on the sample: a month in under a minute."""
    _make_room(home)
    _stay_inside(home)
    run(_demo(home))


def _make_room(home: Path) -> None:
    """An earlier demo makes way for the new one; anything else is left alone."""
    mark = home / "DEMO.txt"
    if home.exists() and any(home.iterdir()):
        if not mark.exists():
            raise NotADemoFolder(folder=home)
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    mark.write_text(MARK + "\n", encoding="utf-8")


def _stay_inside(home: Path) -> None:
    """Settings of this process and of the temporary Prefect server it starts: nothing leaves the folder."""
    os.environ |= {
        "DUBAN_HOME": str(home.resolve()),
        "DUBAN_DATABASE_URL": "",
        "PREFECT_HOME": str(home.resolve() / "prefect"),
        # In memory it has one connection, and nobody to wait for; nothing of it is needed afterwards.
        "PREFECT_API_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:///:memory:",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        # What fails in our flows is raised here; its own services have nothing to tell whoever watches the demo.
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
    }
    os.environ.pop("PREFECT_API_URL", None)


async def _demo(home: Path) -> None:
    from rich.progress import track

    from documents.place_file import read_places
    from documents.roster import read_roster
    from flows.audit import audit
    from flows.intake import intake
    from rules.lifecycle import Actor
    from settings import Settings
    from tasks.intake import import_places, import_roster
    from tasks.office import open_office, prepare

    settings = Settings()
    start = _at(FIRST_DAY, "08:30", settings)
    await prepare(settings, start)
    async with open_office(settings) as office:
        await import_roster.fn(office, read_roster(SAMPLE / "sample_roster.xlsx"), start, Actor("cli"))
        places, _ = read_places(SAMPLE / "sample_places.xlsx", (await office.rulebook()).index, FIRST_DAY)
        await import_places.fn(office, places, start, Actor("cli"))
        published = await intake(file=SAMPLE / "sample_table.xlsx", now=start)
        added, opened = published["added"], published["opened"]
        typer.echo(f"《{published['plan']}》：{added} 项任务，立项 {opened} 项 · {added} tasks, {opened} duties opened")
        for day in track(_days(), description="一个月的督办 · a month of supervision"):
            await _live(office, day, settings)
        end = _at(LAST_DAY, "18:30", settings)
        await audit(now=end)
        await _tell(office, end, home)


def _days() -> list[date]:
    days = [FIRST_DAY + timedelta(days=passed) for passed in range((LAST_DAY - FIRST_DAY).days + 1)]
    return [day for day in days if day.weekday() < 5]


async def _live(office: "Office", day: date, settings: Any) -> None:
    """One day: the morning's cycle and delivery, people at work, the week's round and bulletin."""
    from duban.demo_people import live_a_day
    from duban.demo_rounds import walk_the_rounds
    from flows.audit import audit
    from flows.deliver import deliver
    from flows.inspection import inspect
    from flows.intake import intake
    from flows.report import report
    from flows.supervise import supervise

    morning, noon, evening = (_at(day, clock, settings) for clock in ("09:05", "14:30", "17:00"))
    if day == REVISED_ON:
        await intake(file=SAMPLE / "sample_table_revised.xlsx", now=_at(day, "08:45", settings))
    if day.weekday() == 0:
        await inspect(now=_at(day, "08:50", settings))
    await supervise(now=morning)
    await deliver(now=morning)
    if day.weekday() == 1:
        await walk_the_rounds(office, noon)
    await live_a_day(office, noon)
    if day.weekday() == 4:
        await audit(now=evening)
        await report(on=day, now=evening)


def _at(day: date, clock: str, settings: Any) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), settings.zone)


async def _tell(office: "Office", now: datetime, home: Path) -> None:
    """What a reader would want to see: duties by state, who was told what and why, where the bulletin is."""
    from duban.demo_summary import summary

    for line in await summary(office, now, home):
        typer.echo(line)
