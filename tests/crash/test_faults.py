"""Processes killed at random instants while the vendors have a bad day: the short form of `tests.harness.faults`."""

from pathlib import Path

import pytest

from channels.outcome import Outcome, Receipt
from tests.harness.faults import bad_days


def test_nothing_is_lost_and_nothing_is_claimed(tmp_path: Path) -> None:
    """Every notice has one true outcome, and only what was in flight at a kill or had no answer goes out again."""
    found = bad_days(range(1, 6), tmp_path, rounds=1)
    assert found.broken == []
    assert found.counts["kills"] > 0
    assert found.counts["attempts: in flight at a kill"] > 0
    assert found.counts["arrived marked 重发"] > 0


def test_the_harness_sees_what_was_never_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that says accepted, whatever happens, is found out."""

    async def says_so(*_: object, **__: object) -> Receipt:
        return Receipt(Outcome.ACCEPTED, 0)

    monkeypatch.setattr("tasks.delivering.send", says_so)
    found = bad_days([1], tmp_path, rounds=1)
    assert any("taken 0 times" in one for one in found.broken)


def test_the_harness_sees_copies_without_a_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that forgot what may have gone out before is found out."""

    async def sure(*_: object) -> frozenset[int]:
        return frozenset()

    monkeypatch.setattr("store.outbox._unsure", sure)
    found = bad_days([1], tmp_path, rounds=1)
    assert any("without 重发" in one for one in found.broken)
