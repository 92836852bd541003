"""An office whose messages carry links, and the phone they are opened on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.office import OfficeHarness, row
from tests.harness.pages import BASE, Phone


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeHarness]:
    """Two duties of one unit and one of another, published and told on a Monday."""
    harness = OfficeHarness(tmp_path / "home", web_url=BASE)
    harness.on("2026-03-02").publishes(
        row(due="2026-03-10"),
        row("更新公益广告", due="2026-03-31", item_no="1.2.2"),
        row("校门口秩序", "市教育局", due="2026-03-31", item_no="1.2.3"),
    )
    harness.cycle()
    yield harness
    harness.close()


@pytest.fixture
def phone(office: OfficeHarness) -> Phone:
    return Phone(office)
