"""Serving the pages (开网页) by uvicorn, beside whatever else runs. What they show is in web/."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import uvicorn

from web.app import make_app
from web.site import Site

if TYPE_CHECKING:
    from tasks.office import Office


class Server(uvicorn.Server):
    """uvicorn, stopped by us and not by signals of its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def site_of(office: "Office", clock: Callable[[], datetime]) -> Site:
    """The pages of an office."""
    return Site(office.store, office.calendar, office.links, office.settings.language, clock)


async def serve(office: "Office", clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Serve the pages until `stop` is set. Nothing is written about who asked for what: the link is in the address."""
    settings = office.settings
    config = uvicorn.Config(
        make_app(site_of(office, clock)), host=settings.web_host, port=settings.web_port, log_config=None,
        access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=5,
    )  # fmt: skip
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopped], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    server.should_exit = True
    await serving
