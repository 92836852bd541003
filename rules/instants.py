"""At which instants Duban may act on the living data (办理时刻): whenever has been, and hardly later than now."""

from datetime import datetime, timedelta

from rules.errors import Refusal

AHEAD = timedelta(hours=1)
"""How far an instant may lie ahead of the clock, so that two machines' clocks may differ."""


class NotYet(Refusal):
    """时刻未到: an instant that has not come; what would be written at it could not be taken back."""

    zh = (
        "{given:%Y-%m-%d %H:%M} 还没有到（现在 {clock:%Y-%m-%d %H:%M}），真实数据不能按将来的时刻办理，没有改动。"
        "想知道到时会怎样，请用 duban rehearse --until {given:%Y-%m-%d}。"
    )
    en = (
        "{given:%Y-%m-%d %H:%M} has not come yet (it is {clock:%Y-%m-%d %H:%M}); nothing is done ahead of time to the "
        "living data. To see what will happen, use duban rehearse --until {given:%Y-%m-%d}."
    )


def arrived(given: datetime, clock: datetime) -> datetime:
    """The instant given; NotYet where it lies ahead of the clock."""
    if given - clock > AHEAD:
        raise NotYet(given=given, clock=clock.astimezone(given.tzinfo))
    return given
