"""The heart an outside watchdog reads: over HTTP and as a file."""

import json

from tasks.heart import beat_heart
from tests.harness.office import OfficeHarness
from tests.harness.pages import Phone


def _beats(office: OfficeHarness, *names: str) -> None:
    for name in names:
        office.awaits(beat_heart.fn(office.office, office.now, name))


def test_a_silent_engine_is_noticed(office: OfficeHarness, phone: Phone) -> None:
    """All have beaten: 200. Delivery falls silent for a quarter of an hour: 503, and it is named."""
    _beats(office, "audit", "cycle", "delivery")
    office.on("2026-03-02", "09:45")
    assert phone.opens("/health").status_code == 200
    office.on("2026-03-02", "09:46")
    answer = phone.opens("/health")
    assert answer.status_code == 503
    told = answer.json()
    assert [name for name, beat in told["beats"].items() if not beat["fresh"]] == ["delivery"]
    assert told["beats"]["delivery"]["age_s"] == 16 * 60
    assert told["ok"] is False


def test_what_never_beat_has_its_time_from_the_set_up(office: OfficeHarness, phone: Phone) -> None:
    """A new office is not in alarm before its first audit was due, and is when it did not come."""
    _beats(office, "cycle", "delivery")
    told = phone.opens("/health").json()
    assert told["beats"]["audit"] == {"at": None, "age_s": None, "limit_s": 26 * 3600, "fresh": False}


def test_the_file_says_the_same(office: OfficeHarness) -> None:
    """Each beat writes all of them anew; a part that never beat is named with nothing."""
    _beats(office, "cycle")
    told = json.loads((office.office.settings.home / "heartbeat").read_text("utf-8"))
    assert told == {"audit": None, "cycle": told["cycle"], "delivery": None}
    assert told["cycle"].startswith("2026-03-02T01:30:00")
