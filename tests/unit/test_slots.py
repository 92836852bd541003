"""Slots of compound cadences (督查频次), told in dates."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from pydantic import ValidationError

from rules.inspecting import Cadence, Level, Phase
from rules.language import Text
from rules.slots import Holding, owed, slots
from rules.worktime import WorkCalendar

CALENDAR = WorkCalendar()
day = date.fromisoformat


def cadence(rule: str, **more: object) -> Cadence:
    return Cadence.model_validate({"key": "x", "label": Text("某检查", "some check"), "rule": rule, **more})


def found(one: Cadence, since: str, until: str) -> list[str]:
    """Slots as "key opens..ends"."""
    return [
        f"{slot.key} {slot.opens_at:%m-%d}..{slot.ends_at:%m-%d}"
        for slot in slots(one, CALENDAR, day(since), day(until))
    ]


def test_four_a_day_and_one_a_week() -> None:
    """4+1: on the Friday of 调休 before 国庆 four patrols and the week's one; each has a key of its own."""
    four_and_one = cadence("FREQ=DAILY;X-COUNT=4 + FREQ=WEEKLY")
    assert found(four_and_one, "2026-03-04", "2026-03-04") == [
        "2:2026-W10 03-02..03-08",
        "2026-03-04#1 03-04..03-04",
        "2026-03-04#2 03-04..03-04",
        "2026-03-04#3 03-04..03-04",
        "2026-03-04#4 03-04..03-04",
    ]


def test_rest_days_ask_for_nothing_and_make_up_days_do() -> None:
    """国庆: no daily patrol from 1 to 7 October; Sunday 20 September and Saturday 10 October are worked for it."""
    daily = found(cadence("FREQ=DAILY"), "2026-09-18", "2026-10-12")
    days = [line.split()[0] for line in daily]
    assert {"2026-09-20", "2026-10-10"} <= set(days)
    assert not {f"2026-10-0{number}" for number in range(1, 8)} & set(days)
    assert len(found(cadence("FREQ=DAILY", rest_days=True), "2026-10-01", "2026-10-07")) == 7


def test_every_ten_days_and_half_monthly_follow_the_calendar() -> None:
    """每旬 ends on the 10th, the 20th and the last day, of February too; 半月 on the 15th and the last."""
    tens = found(cadence("FREQ=MONTHLY;BYMONTHDAY=10,20,-1"), "2026-02-01", "2026-03-01")
    assert tens == [
        "2026-02-10 02-01..02-10", "2026-02-20 02-11..02-20", "2026-02-28 02-21..02-28", "2026-03-10 03-01..03-10",
    ]  # fmt: skip
    halves = found(cadence("FREQ=MONTHLY;BYMONTHDAY=15,-1"), "2026-02-16", "2026-02-20")
    assert halves == ["2026-02-28 02-16..02-28"]


def test_every_three_days_runs_through_the_turn_of_a_year() -> None:
    """No slot is cut short or doubled on New Year: each begins the day after the one before ended."""
    threes = slots(cadence("FREQ=DAILY;INTERVAL=3", rest_days=True), CALENDAR, day("2026-12-20"), day("2027-01-12"))
    assert {(slot.ends_at.date() - slot.opens_at.date()).days for slot in threes} == {2}
    begins = [slot.opens_at.date() for slot in threes]
    assert all((later - earlier).days == 3 for earlier, later in pairwise(begins))


def test_a_campaign_switches_a_cadence_on_and_off() -> None:
    """百日整治 from 20 March to 27 June, and once more in autumn; nothing in between."""
    campaign = cadence(
        "FREQ=WEEKLY",
        phases=(Phase(begins=day("2026-03-20"), ends=day("2026-06-27")), Phase(begins=day("2026-09-01"))),
    )
    assert found(campaign, "2026-03-18", "2026-03-24") == ["2026-W12 03-20..03-22", "2026-W13 03-23..03-29"]
    assert found(campaign, "2026-06-29", "2026-08-30") == []
    assert found(campaign, "2026-06-25", "2026-06-30") == ["2026-W26 06-22..06-27"]
    assert len(found(campaign, "2026-09-07", "2026-09-20")) == 2


def test_a_quarter_of_everything_at_once() -> None:
    """日督查、三日一通报、五日一会商、周专项、旬列单、半月约谈: in a quarter as often as the calendar has such days."""
    rules = {
        "daily": "FREQ=DAILY",
        "bulletin": "FREQ=DAILY;INTERVAL=3",
        "meeting": "FREQ=DAILY;INTERVAL=5",
        "special": "FREQ=WEEKLY",
        "listing": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
        "talk": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    }
    first, last = day("2026-04-01"), day("2026-06-30")
    counts = Counter[str]()
    for key, rule in rules.items():
        own = slots(cadence(rule), CALENDAR, first, last)
        counts[key] = sum(slot.opens_at.date() >= first for slot in own)
        assert len({slot.key for slot in own}) == len(own)
    workdays = sum(
        CALENDAR.is_workday(date.fromordinal(number)) for number in range(first.toordinal(), last.toordinal() + 1)
    )
    assert counts["daily"] == workdays
    assert (counts["listing"], counts["talk"], counts["special"]) == (9, 6, 13)
    assert 28 <= counts["bulletin"] <= 31 and 17 <= counts["meeting"] <= 19


def test_what_is_owed_follows_the_policy_in_force_when_a_slot_begins() -> None:
    """A policy from Wednesday 4 March to Monday 16 March owes the weeks that begin in it, whoever opened any."""
    weekly, daily = cadence("FREQ=WEEKLY"), cadence("FREQ=DAILY")
    held = [Holding(day("2026-03-04"), (weekly,), 1), Holding(day("2026-03-17"), (daily,), 2)]

    def asked(since: str, until: str) -> list[tuple[int, str]]:
        return [(one.event, one.slot.key) for one in owed(held, CALENDAR, day(since), day(until))]

    assert asked("2026-01-01", "2026-03-08") == []  # the week of the 2nd had begun before the policy held
    assert asked("2026-03-09", "2026-03-18") == [(1, "2026-W11"), (1, "2026-W12"), (2, "2026-03-17"), (2, "2026-03-18")]
    assert asked("2026-03-20", "2026-03-20") == [(1, "2026-W12"), (2, "2026-03-20")]


def test_a_policy_replaced_on_the_day_it_was_adopted_owes_nothing() -> None:
    """What the office starts with asks for nothing where it set its own cadences at once."""
    held = [Holding(day("2026-03-02"), (cadence("FREQ=DAILY"),)), Holding(day("2026-03-02"), ())]
    assert list(owed(held, CALENDAR, day("2026-03-01"), day("2026-03-31"))) == []


def test_levels_nest() -> None:
    """周小查、月大查: the monthly check goes through the weekly and daily items too."""
    assert Level.MONTHLY.includes == {Level.DAILY, Level.WEEKLY, Level.MONTHLY}
    assert Level.DAILY.includes == {Level.DAILY}


@pytest.mark.parametrize(
    "wrong", [{"rule": "每天"}, {"rule": "FREQ=HOURLY"}, {"phases": [{"begins": "2026-05-01", "ends": "2026-04-01"}]}]
)
def test_a_cadence_that_cannot_be_followed_is_refused(wrong: dict[str, object]) -> None:
    """A policy with it would never ask for anything: said when it is adopted, not when it fails."""
    with pytest.raises(ValidationError):
        cadence(**{"rule": "FREQ=DAILY", **wrong})  # type: ignore[arg-type]
