"""Domain events on their way to Prefect."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from settings import Settings
from store.ledger import writing
from store.signals import signal, waiting_signals
from tasks.office import Office, open_office, prepare
from tasks.signalling import relay_signals
from tests.harness.running import Up, free_port, until

# A busy machine takes its time to start what is started here.
pytestmark = pytest.mark.timeout(300)

NOW = datetime.now(UTC)


async def _waiting(office: Office) -> list[str]:
    async with office.store.reading() as connection:
        return [row.subject for row in await waiting_signals(connection, 10)]


async def test_what_is_raised_while_the_server_is_down_is_sent_later(prefect: Up, tmp_path: Path) -> None:
    """A server that is down costs no event: it waits, arrives, and a reported duty still starts delivery."""
    nobody, settings = f"http://127.0.0.1:{free_port()}/api", Settings(home=tmp_path / "home", _env_file=None)
    await prepare(settings, NOW)
    async with open_office(settings) as office:
        async with writing(office.store, NOW) as write:
            await signal(write, await write.record("duty.report", "duty:99"), "duban.duty.reported", "duty:99")
        assert await relay_signals.fn(office, nobody, NOW) is None
        assert await _waiting(office) == ["duty:99"]
        assert await relay_signals.fn(office, prefect.api_url, NOW) == 1
        assert await _waiting(office) == []
    run = until(lambda: prefect.caused("deliver", "duban.duty.99"), 60, "a run caused by the late event")
    assert _answer(prefect, prefect.ended(run["id"]))["state_type"] == "COMPLETED"


def _answer(prefect: Up, run: dict[str, Any]) -> dict[str, Any]:
    """The run that did what an event asked for: itself, or the one that was under way, for which it was cancelled."""
    if run["state_type"] != "CANCELLED":
        return run
    # One that is only starting has no start time yet, and keeps others out all the same.
    taken_up = [other for other in prefect.runs("deliver") if other["state_type"] not in {"SCHEDULED", "CANCELLED"}]
    under_way = [
        other for other in taken_up if not other["end_time"] or other["end_time"] >= run["expected_start_time"]
    ]
    assert under_way, "cancelled though no other delivery was under way"
    return dict(prefect.ended(under_way[0]["id"]))
