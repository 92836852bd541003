"""The vendors' limits as arithmetic: when the next message may leave."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from channels.limits import LIMITS, earliest, limits_of

NOON = datetime(2026, 11, 23, 4, 10, tzinfo=UTC)
WECOM, FEISHU = LIMITS["wecom_robot"], LIMITS["feishu_robot"]


def seconds(*offsets: float) -> list[datetime]:
    return [NOON + timedelta(seconds=offset) for offset in offsets]


def test_the_twenty_first_message_waits_for_the_first_to_age() -> None:
    """Twenty a minute for WeCom and DingTalk, counted over any sixty seconds."""
    twenty = seconds(*range(20))
    assert earliest(WECOM, twenty[:19], twenty[19]) == twenty[19]
    assert earliest(WECOM, twenty, NOON + timedelta(seconds=20)) == NOON + timedelta(seconds=60)
    assert earliest(WECOM, twenty, NOON + timedelta(seconds=61)) == NOON + timedelta(seconds=61)


def test_feishu_takes_five_a_second() -> None:
    """The sixth message of a second waits for the next one."""
    assert earliest(FEISHU, seconds(0, 0.1, 0.2, 0.3, 0.4), NOON + timedelta(seconds=0.5)) == NOON + timedelta(
        seconds=1
    )


def test_feishu_is_left_alone_on_the_hour_and_half_hour() -> None:
    """At :00 and :30 everybody's robots report; ours come a little later, and not all at once."""
    for minute in (0, 30):
        busy = NOON.replace(minute=minute, second=20)
        moved = {earliest(FEISHU, [], busy, f"DB-{n}") for n in range(50)}
        assert min(moved) >= busy.replace(minute=minute + 1, second=0)
        assert max(moved) < busy.replace(minute=minute + 1, second=30)
        assert len(moved) > 10
    assert earliest(FEISHU, [], NOON) == NOON


def test_a_kind_without_limits_leaves_at_once() -> None:
    """Our own inbox has no vendor to spare."""
    assert earliest(limits_of("inbox"), seconds(*[0] * 500), NOON) == NOON


@settings(max_examples=50)
@given(
    st.sampled_from([WECOM, FEISHU]),
    st.lists(st.floats(0, 5), min_size=1, max_size=150),
    st.integers(0, 59),
)
def test_no_window_ever_has_more_than_the_vendor_allows(limits: object, gaps: list[float], minute: int) -> None:
    """Whatever the rush, planned departures respect every rate and every busy minute."""
    now = NOON.replace(minute=minute)
    planned: list[datetime] = []
    for number, gap in enumerate(gaps):
        now += timedelta(seconds=gap)
        planned.append(earliest(limits, sorted(planned), now, str(number)))  # type: ignore[arg-type]
    planned.sort()
    for rate in limits.rates:  # type: ignore[attr-defined]
        span = timedelta(seconds=rate.seconds)
        for first, last in zip(planned, planned[rate.messages :], strict=False):
            assert last - first >= span
    assert not {at.minute for at in planned} & limits.busy_minutes  # type: ignore[attr-defined]
