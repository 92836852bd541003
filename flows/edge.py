"""The edge (边界): where a flow run meets the clock, the settings and Prefect. The steps it takes are in tasks/."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

from prefect import Task
from prefect.artifacts import acreate_markdown_artifact
from prefect.context import FlowRunContext
from prefect.logging import get_run_logger
from prefect.runtime import deployment, flow_run
from prefect.settings import get_current_settings
from pydantic import Field

from rules.instants import ahead_of_time
from settings import Settings
from tasks.office import Office, open_office, prepare

P = ParamSpec("P")
R = TypeVar("R")


def shown(title: str, description: str, **limits: Any) -> Any:
    """How a parameter is shown on Prefect's form; Prefect would put its own name over a Field's plain title."""
    return Field(json_schema_extra={"title": title, "description": description}, **limits)


Now = Annotated[
    datetime | None,
    shown("办理时刻", "按此时刻办理，空着即计划时刻；时区可省 · act as of this instant; empty: as scheduled"),
]
Cause = Annotated[
    str, shown("起因", "触发本次运行的事件，如 duban.table.3 · what started this run, such as an event's resource")
]


def instant(now: datetime | None, office: Office) -> datetime:
    """办理时刻: as given, else the run's scheduled start, else (outside of any run) the wall clock."""
    if now:
        return _aware(now, office)
    # Prefect's own datetime class loses the time zone in arithmetic.
    return datetime.fromtimestamp(flow_run.scheduled_start_time.timestamp(), office.settings.zone)


def clock(now: datetime | None, office: Office) -> Callable[[], datetime]:
    """A clock that stands still where an instant was given, else the wall clock, whatever the run was scheduled for.

    For sending: a lease counted from the scheduled start of a late run would be over before the message has left.
    """
    if now:
        still = _aware(now, office)
        return lambda: still
    return lambda: datetime.now(office.settings.zone)


def _aware(now: datetime, office: Office) -> datetime:
    """As given; the log has a word where a person filled into a deployment's form what has not come yet."""
    zone = office.settings.zone
    given = now if now.tzinfo else now.replace(tzinfo=zone)
    if deployment.id and (words := ahead_of_time(given, datetime.now(zone))):
        run_log().warning(words.said_in(office.settings.language))
    return given


async def step(taken: Task[P, Coroutine[Any, Any, R]], *args: P.args, **kwargs: P.kwargs) -> R:
    """Take a step: as a task of the present run, or plainly where there is no run (`flow.fn` without a server)."""
    return await (taken if FlowRunContext.get() else taken.fn)(*args, **kwargs)


def run_log() -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
    """The log of the present run, shown on its page; outside of a run, Duban's own."""
    return get_run_logger() if FlowRunContext.get() else logging.getLogger("duban")


async def show(key: str, markdown: str) -> None:
    """Show a document with the present run on Prefect's page; outside of a run, nothing happens."""
    if FlowRunContext.get():
        await acreate_markdown_artifact(markdown, key)


def api_url() -> str | None:
    """The address of the Prefect server this run belongs to; None outside of one."""
    return get_current_settings().api.url


_prepared: set[tuple[Path, str]] = set()


@asynccontextmanager
async def office_here() -> AsyncIterator[Office]:
    """The office of the present settings; its database is prepared when this process first opens it."""
    settings = Settings()
    if (settings.home, settings.url) not in _prepared:
        await prepare(settings, datetime.now(settings.zone))
        _prepared.add((settings.home, settings.url))
    async with open_office(settings) as office:
        yield office
