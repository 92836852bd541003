"""When a message is tried again (重试), and when it is given up."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.retry import PAUSES, retry_at

ENDED = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


def pause(outcome: str, attempts: int = 1, unclear: bool = False, hint_s: float | None = None) -> timedelta | None:
    again = retry_at(outcome, attempts, unclear, ENDED, hint_s)
    return again and again - ENDED


@pytest.mark.parametrize("outcome", ["accepted", "rejected"])
def test_an_answer_is_final(outcome: str) -> None:
    """What the vendor took or refused is not sent again, whatever it says about retrying."""
    assert pause(outcome) is None
    assert pause(outcome, hint_s=5) is None


def test_pauses_grow_and_end() -> None:
    """An outage of the vendor is outlasted by pauses that grow; after the last the message is a dead letter."""
    pauses = [pause("unreachable", attempts) for attempts in range(1, len(PAUSES) + 2)]
    assert pauses[:-1] == sorted(PAUSES)
    assert len(set(PAUSES)) == len(PAUSES)
    assert pauses[-1] is None


def test_all_attempts_together_outlast_a_night() -> None:
    """A server that is down from evening to morning costs no message."""
    assert sum(PAUSES, timedelta(0)) > timedelta(hours=12)


def test_an_unclear_outcome_is_tried_once_more() -> None:
    """It may have arrived: one resend, marked as such, and no third copy."""
    assert pause("unknown") == PAUSES[0]
    assert pause("unknown", attempts=2, unclear=True) is None
    assert pause("unreachable", attempts=2, unclear=True) == PAUSES[1]


@pytest.mark.parametrize(
    ("hint_s", "waits"),
    [
        (600.0, timedelta(minutes=10)),  # DingTalk refuses for ten minutes: obeyed
        (1.0, PAUSES[0]),  # a hint of a second must not use up every attempt in ten
        (0.0, PAUSES[0]),
        (None, PAUSES[0]),
    ],
)
def test_a_vendors_hint_lengthens_a_pause_and_never_shortens_it(hint_s: float | None, waits: timedelta) -> None:
    """Throttling obeys Retry-After without racing towards the dead letters."""
    assert pause("throttled", hint_s=hint_s) == waits
