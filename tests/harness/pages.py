"""A person's phone: opens the link of a message and presses what is there, in an office under a moved clock."""

import re
from html import unescape

import httpx
from sqlalchemy import select

from duban.serving import site_of
from store.schema import messages
from tests.harness.office import OfficeHarness
from web.app import make_app

BASE = "https://duban.example/pages"


class Phone:
    """Whatever it asks for is answered at once, by the pages themselves."""

    def __init__(self, office: OfficeHarness) -> None:
        self._office = office
        self._transport = httpx.ASGITransport(make_app(site_of(office.office, lambda: office.now)))

    def asks(self, method: str, path: str, **more: object) -> httpx.Response:
        return self._office.awaits(self._asks(method, path.removeprefix(BASE).removeprefix("/pages"), **more))

    async def _asks(self, method: str, path: str, **more: object) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="https://duban.example") as client:
            return await client.request(method, path, **more)  # type: ignore[arg-type]

    def link_of(self, person: str) -> str:
        """The path of a person's last message."""
        query = select(messages.c.number).where(messages.c.recipient == person).order_by(messages.c.id.desc())
        number = self._office.rows(query)[0].number
        return f"/m/{self._office.office.links.token(number, person, self._office.now)}"

    def opens(self, path: str) -> httpx.Response:
        return self.asks("GET", path)

    def presses(self, link: str, duty: int, action: str, seen: int | None = None, **fields: str) -> httpx.Response:
        """Press a button of the page as it is now, or as it was when the duty's last event was `seen`."""
        shown = self.seen(link, duty) if seen is None else seen
        return self.asks("POST", f"{link}/duties/{duty}/{action}", data={"seen": str(shown), **fields})

    def seen(self, link: str, duty: int) -> int:
        """What the page says it has seen of a duty."""
        page = self.opens(link).text
        article = page[page.index(f'id="d{duty}"') :]
        return int(re.search(r'name="seen" value="(\d+)"', article)[1])  # type: ignore[index]


def buttons(page: str) -> list[str]:
    """The actions a page offers, in order."""
    return re.findall(r'action="[^"]+/duties/\d+/(\w+)\?', page)


def words(page: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
