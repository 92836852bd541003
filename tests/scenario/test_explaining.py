"""`duban explain`: a message's whole way, and its receipts."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from rules.roster import Contact, Roster
from store.ledger import writing
from store.schema import messages
from store.setup import StoredChannel, save_channel
from tasks.delivering import bundle, send_waiting
from tests.harness.office import OfficeHarness, row, small_roster
from tests.harness.pages import BASE, Phone


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeHarness]:
    """An office in which 城管员 is reached on paper first, where their name is missing, and then in the inbox."""
    base = small_roster()
    two = replace(base.people["城管员"], contacts=(Contact("纸质", " "), Contact("inbox", "城管员")))
    harness = OfficeHarness(tmp_path / "home", roster=Roster(base.units, {**base.people, two.key: two}), web_url=BASE)
    harness.awaits(_set_up(harness))
    yield harness
    harness.close()


async def _set_up(office: OfficeHarness) -> None:
    async with writing(office.office.store, office.now) as write:
        await save_channel(write, StoredChannel("纸质", "paper", {}, {}), office.office.key)


async def _deliver(office: OfficeHarness) -> None:
    await bundle.fn(office.office, office.now)
    for _ in range(2):
        await send_waiting.fn(office.office, lambda: office.now)


def test_a_rerouted_message_explains_its_whole_way(office: OfficeHarness, explains: Callable[..., str]) -> None:
    """改投: what the first channel refused, what took its place and that it arrived: from notice and messages."""
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.awaits(_deliver(office))
    first, second = office.rows(select(messages).order_by(messages.c.id))
    assert (second.replaces, second.recipient, second.channel) == (first.id, "城管员", "inbox")
    for number in ("N1", f"M{first.number}"):
        lines = explains(number).splitlines()
        refused = next(place for place, line in enumerate(lines) if "第 1 次 2026-03-02 09:30：被拒绝" in line)
        instead = next(
            place for place, line in enumerate(lines) if f"改投消息 M{second.number} → 城管员（渠道 inbox）" in line
        )
        assert refused < instead
        assert "第 1 次 2026-03-02 09:30：已接收" in lines[instead + 1]
        told = json.loads(explains(number, "--json"))
        assert [one["vendor_code"] for one in told["attempts"]] == ["bad_target"]
        assert [(one["channel"], one["outcome"]) for one in told["sent_instead"]] == [("inbox", "accepted")]
        assert (told["delivered_at"], told["sent_instead"][0]["delivered_at"]) == (None, "2026-03-02T09:30:00+08:00")
    assert f"代替 M{first.number}" in explains(f"M{second.number}")
    office.ignores_news()


def test_the_receipts_are_told_in_order(office: OfficeHarness, explains: Callable[..., str]) -> None:
    """Delivered, opened, accepted by the unit: each with its instant once it has happened, and not before."""
    office.on("2026-03-02").publishes(row(due="2026-03-10"))
    office.awaits(_deliver(office))
    phone = Phone(office)
    link = phone.link_of("城管员")
    number = office.rows(select(messages.c.id).order_by(messages.c.id.desc()))[0].id
    assert "D1：单位尚未签收" in explains(f"M{number}")
    assert "已打开" not in explains(f"M{number}")
    office.on("2026-03-02", "10:15")
    phone.asks("POST", f"{link}/opened")
    office.on("2026-03-02", "10:20")
    phone.presses(link, 1, "accept")
    for asked in (f"M{number}", "N1"):
        said = explains(asked)
        assert "2026-03-02 10:15：已打开" in said
        assert "D1：单位已于 2026-03-02 10:20 签收" in said
    told = json.loads(explains(f"M{number}", "--json"))
    assert (told["delivered_at"], told["opened_at"]) == ("2026-03-02T09:30:00+08:00", "2026-03-02T10:15:00+08:00")
    assert told["accepted_at"] == {"D1": "2026-03-02T10:20:00+08:00"}
    office.ignores_news()
