"""What every command shares: settings and clock read once, who is acting, how things are said."""

import asyncio
import json
import signal
import unicodedata
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from duban.errors import BadDay, WrongUsage
from rules.errors import Refusal
from rules.instants import ahead_of_time
from rules.language import Language, Text

if TYPE_CHECKING:
    from rules.lifecycle import Actor
    from settings import Settings
    from tasks.office import Office

T = TypeVar("T")

NowOption = Annotated[
    str | None, typer.Option("--now", help="按此时刻办理（默认现在），如 2026-03-02T09:30 · act as of this instant")
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个 JSON · print one JSON document and nothing else")]
AsOption = Annotated[
    str | None,
    typer.Option(
        "--as", envvar="DUBAN_AS", help="办理人（名册中的姓名或职务） · who acts, by name or title in the roster"
    ),
]
FilesOption = Annotated[
    list[Path] | None,
    typer.Option("--file", help="佐证材料，可多次 · evidence: photo, pdf, docx, xlsx, mp4; may be given several times"),
]
FileArgument = Annotated[Path, typer.Argument(help="文件 · the file")]


APPLIED = Text("已照此执行。", "Applied.")
NOT_APPLIED = Text("以上只是影响，没有改动；加 --apply 执行。", "Nothing was changed; add --apply to do it.")


class BadInstant(WrongUsage):
    """时刻不明: an instant or date given on the command line cannot be read."""

    zh = "“{given}”不是可用的日期或时刻，请写成 2026-03-02 或 2026-03-02T09:30，年份在 1949 至 2200 之间。"
    en = "“{given}” is no usable date or time; write 2026-03-02 or 2026-03-02T09:30, in a year from 1949 to 2200."


_YEARS = range(1949, 2201)


@dataclass(frozen=True, slots=True)
class Session:
    """一次命令: the office and the instant of one command."""

    office: "Office"
    now: datetime
    clock: Callable[[], datetime]

    @property
    def language(self) -> Language:
        return self.office.settings.language

    def say(self, text: Text) -> None:
        typer.echo(text.said_in(self.language))

    async def unit(self, written: str | None) -> str | None:
        """The unit's name as the roster has it; as written where it is not there, such as one that has left it."""
        book = await self.office.rulebook()
        return (book.index.match_unit(written).found or written) if written else None

    async def check_unit(self, key: str | None) -> None:
        """NoSuchUnit for a name that is not in the roster: that nothing was found for it says nothing."""
        from store.acting import NoSuchUnit

        book = await self.office.rulebook()
        if key and key not in book.roster.units:
            raise NoSuchUnit(unit=key, near=book.index.match_unit(key).offered)

    async def actor(self, written: str | None) -> "Actor":
        """The person acting; where nobody is named, the only person of the office (创建办), if there is just one."""
        from tasks.actors import actor_in

        return actor_in(await self.office.rulebook(), written)

    async def actor_of_office(self, written: str | None) -> "Actor":
        """The same, refused where it is nobody of the office: what binds everyone is the office's to set."""
        from tasks.actors import office_in

        return office_in(await self.office.rulebook(), written)

    async def setting_up(self, written: str | None) -> "Actor":
        """Who sets Duban up: someone of the office, or the command line itself while there is no roster yet."""
        from rules.lifecycle import Actor
        from tasks.actors import office_in

        book = await self.office.rulebook()
        return office_in(book, written) if written or book.office else Actor("cli")


class NoOfficeHere(Refusal):
    """还没有督办的数据: the folder holds no database, and the command is not one that begins an office."""

    zh = (
        "这里还没有督办的数据：{home}。数据在别处的，请把 DUBAN_HOME 设为那个文件夹；"
        "新开始的，请先运行 duban roster template 名册.xlsx，填好后 duban roster import 名册.xlsx。"
    )
    en = (
        "There is no data of Duban here yet: {home}. If it lies elsewhere, set DUBAN_HOME to that folder; "
        "to begin, run duban roster template FILE.xlsx, fill it in, then duban roster import FILE.xlsx."
    )


@asynccontextmanager
async def session(now: str | None = None, *, begins: bool = False) -> AsyncIterator[Session]:
    """Open the office of the present settings, prepared, at the instant given or now.

    NoOfficeHere where there is none yet, unless the command is one that `begins` an office.
    """
    from settings import Settings
    from tasks.office import open_office, prepare

    settings = Settings()
    instant = acting_at(now, settings)
    if not begins and settings.is_new:
        raise NoOfficeHere(home=settings.home.resolve())
    await prepare(settings, instant)
    async with open_office(settings) as office:
        yield Session(office, instant, (lambda: instant) if now else (lambda: datetime.now(settings.zone)))


def acting_at(given: str | None, settings: "Settings") -> datetime:
    """The instant a command acts at: as given, with a word where that has not come yet; else the clock's."""
    clock = datetime.now(settings.zone)
    if given is None:
        return clock
    instant = instant_of(given, settings.zone)
    if words := ahead_of_time(instant, clock):
        typer.echo(words.said_in(settings.language), err=True)
    return instant


def instant_of(given: str, zone: Any) -> datetime:
    """An instant as written on the command line, local where it names no zone."""
    try:
        instant = datetime.fromisoformat(unicodedata.normalize("NFKC", given))
    except ValueError:
        raise BadInstant(given=given) from None
    if instant.year not in _YEARS:
        raise BadInstant(given=given)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def day_of(given: str) -> date:
    """A day as written on the command line."""
    try:
        day = date.fromisoformat(unicodedata.normalize("NFKC", given))
    except ValueError:
        raise BadDay(given=given) from None
    if day.year not in _YEARS:
        raise BadDay(given=given)
    return day


def say(text: Text) -> None:
    """Say something where no office is open."""
    from settings import Settings

    typer.echo(text.said_in(Settings().language))


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do a command's work. Ended by SIGTERM it leaves as on Ctrl-C: what it copied into a temporary folder is removed.

    Exits with 143 then, as a shell does for a program that SIGTERM has ended.
    """

    async def ends_on_request() -> T:
        if mine := asyncio.current_task():
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, mine.cancel)
        return await work

    try:
        return asyncio.run(ends_on_request())
    except asyncio.CancelledError:
        raise typer.Exit(128 + signal.SIGTERM) from None


def print_json(value: Any) -> None:
    """One JSON document; instants in ISO 8601 with the offset of the office's zone."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_told))


def _told(value: Any) -> str:
    from settings import Settings

    return value.astimezone(Settings().zone).isoformat() if isinstance(value, datetime) else str(value)
