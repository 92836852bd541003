"""How long a part of the engine is believed to live after its last beat."""

from datetime import UTC, datetime, timedelta

from rules.heart import LIMITS, SKEW, pulses

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_each_part_has_its_own_patience() -> None:
    """One that beat exactly its limit ago is fresh; a second later it is not, while the others still are."""
    beats = {name: NOW - limit for name, limit in LIMITS.items()}
    assert all(one.fresh for one in pulses(beats, None, NOW))
    late = pulses(beats | {"delivery": beats["delivery"] - timedelta(seconds=1)}, None, NOW)
    assert [one.name for one in late if not one.fresh] == ["delivery"]


def test_one_that_never_beat_has_its_time_from_the_set_up() -> None:
    """A new office is not in alarm before its first audit is due, and is once it did not come."""
    beats = {"cycle": NOW, "delivery": NOW}
    assert all(one.fresh for one in pulses(beats, NOW - timedelta(hours=26), NOW))
    assert [one.name for one in pulses(beats, NOW - timedelta(hours=27), NOW) if not one.fresh] == ["audit"]
    assert [one.name for one in pulses(beats, None, NOW) if not one.fresh] == ["audit"]


def test_a_beat_from_the_future_is_no_sign_of_life() -> None:
    """A clock once moved ahead must not keep the watchdog quiet until that day comes."""
    beats = dict.fromkeys(LIMITS, NOW)
    assert all(one.fresh for one in pulses(beats | {"delivery": NOW + SKEW}, None, NOW))
    ahead = pulses(beats | {"delivery": NOW + timedelta(hours=3)}, None, NOW)
    assert [one.name for one in ahead if not one.fresh] == ["delivery"]
