"""Cadences (频次): which occurrences a row gives, when each opens and falls due, and its lasting key."""

from datetime import date, datetime

import pytest

from rules.cadence import Frequency, Occurrence, frequency, occurrences
from rules.reading import Deadline, DeadlineKind
from rules.recurrence import Rule, UnusableRule

QUARTERLY = "FREQ=MONTHLY;INTERVAL=3"


def day(text: str) -> date:
    return date.fromisoformat(text)


def by(due: str) -> Deadline:
    return Deadline("…前", DeadlineKind.BY, due=day(due))


def window(start: str | None, due: str | None) -> Deadline:
    return Deadline("…至…", DeadlineKind.WINDOW, start=day(start) if start else None, due=day(due) if due else None)


def every(rule: str, start: str | None = None) -> Deadline:
    return Deadline("每…", DeadlineKind.RECURRING, start=day(start) if start else None, rrule=rule)


STANDING = Deadline("长期坚持", DeadlineKind.STANDING)


def between(since: str, until: str, *deadlines: Deadline, year: int = 2026) -> tuple[Occurrence, ...]:
    return occurrences(deadlines, since=day(since), until=day(until), year=year, standing_rule=QUARTERLY)


def keys(found: tuple[Occurrence, ...]) -> list[str]:
    return [one.key for one in found]


def spans(found: tuple[Occurrence, ...]) -> list[tuple[str, str, str]]:
    return [(one.key, str(one.opens), str(one.due)) for one in found]


# one-offs


def test_a_single_deadline_is_owed_from_publication() -> None:
    """6月底前完成 is one duty, open at once, whenever the horizon lies."""
    assert between("2026-03-02", "2026-03-02", by("2026-06-30")) == (Occurrence("once", None, day("2026-06-30")),)


def test_a_deadline_already_past_is_still_an_occurrence() -> None:
    """A past due date is the importer's question; here it must not vanish in silence."""
    assert keys(between("2026-11-23", "2026-11-23", by("2026-06-30"))) == ["once"]


def test_milestones_of_one_row_are_numbered_in_the_order_of_the_text() -> None:
    """3月底前…，4月底前…，6月…至7月… are three duties that never share a key."""
    found = between("2026-07-01", "2026-07-01", by("2026-03-31"), by("2026-04-30"), window("2026-06-01", "2026-07-31"))
    assert spans(found) == [
        ("once#1", "None", "2026-03-31"),
        ("once#2", "None", "2026-04-30"),
        ("once#3", "2026-06-01", "2026-07-31"),
    ]


def test_a_milestone_keeps_its_number_while_another_has_not_opened() -> None:
    """The keys of a row do not depend on how far ahead one looks."""
    row = (window("2026-06-01", "2026-07-31"), by("2026-04-30"))
    assert keys(between("2026-03-02", "2026-03-02", *row)) == ["once#2"]
    assert keys(between("2026-06-01", "2026-06-01", *row)) == ["once#1", "once#2"]


def test_a_window_opens_on_its_first_day() -> None:
    """3月至5月 opens no duty in February, opens it on 1 March, and still knows it in April."""
    row = window("2026-03-01", "2026-05-31")
    assert between("2026-02-02", "2026-02-28", row) == ()
    assert spans(between("2026-03-01", "2026-03-01", row)) == [("once", "2026-03-01", "2026-05-31")]
    assert spans(between("2026-04-15", "2026-04-15", row)) == [("once", "2026-03-01", "2026-05-31")]


@pytest.mark.parametrize(("start", "due"), [("2026-04-01", "2026-12-31"), ("2027-01-10", "2027-12-31")])
def test_a_window_without_an_end_ends_with_the_plan_year(start: str, due: str) -> None:
    """从4月份开始 is due on 31 December; one that starts in the next year ends with that year."""
    assert spans(between(start, start, window(start, None))) == [("once", start, due)]


def test_a_deadline_that_names_an_hour_keeps_it() -> None:
    """3月6日18:00前 is due at 18:00, not at the end of the day."""
    due = datetime.fromisoformat("2026-03-06T18:00")
    found = between("2026-03-02", "2026-03-02", Deadline("3月6日18:00前", DeadlineKind.BY, due=due))
    assert found == (Occurrence("once", None, due),)


@pytest.mark.parametrize("kind", [DeadlineKind.RELATIVE, DeadlineKind.EVENT, DeadlineKind.NONE])
def test_what_has_no_date_yet_gives_nothing(kind: DeadlineKind) -> None:
    """国检前 or 收到后3个工作日 opens no duty until somebody says when that is."""
    assert between("2026-01-01", "2026-12-31", Deadline("…", kind, trigger="国检", offset="P3WD")) == ()


def test_an_empty_window_or_an_unread_date_gives_nothing() -> None:
    """A reading without any date is a question, never a duty due on an invented day."""
    assert between("2026-01-01", "2026-12-31", window(None, None), Deadline("…", DeadlineKind.BY)) == ()


# recurring rules


@pytest.mark.parametrize(
    ("rule", "key", "opens", "due"),
    [
        ("FREQ=DAILY", "2026-03-04", "2026-03-04", "2026-03-04"),
        ("FREQ=WEEKLY", "2026-W10", "2026-03-02", "2026-03-08"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-W10", "2026-03-02", "2026-03-06"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-W10", "2026-02-23", "2026-03-08"),
        ("FREQ=MONTHLY", "2026-03", "2026-03-01", "2026-03-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "2026-03", "2026-03-01", "2026-03-25"),
        ("FREQ=MONTHLY;BYDAY=1FR", "2026-03", "2026-03-01", "2026-03-06"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03", "2026-03-01", "2026-03-31"),
        ("FREQ=MONTHLY;INTERVAL=2", "2026-04", "2026-03-01", "2026-04-30"),
        ("FREQ=MONTHLY;INTERVAL=3", "2026-Q1", "2026-01-01", "2026-03-31"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", "2026-Q1", "2026-01-01", "2026-03-25"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "2026-03", "2026-03-01", "2026-03-20"),
        ("FREQ=MONTHLY;INTERVAL=6", "2026-H1", "2026-01-01", "2026-06-30"),
        ("FREQ=MONTHLY;INTERVAL=12", "2026", "2026-01-01", "2026-12-31"),
        ("FREQ=YEARLY", "2026", "2026-01-01", "2026-12-31"),
        ("FREQ=YEARLY;BYMONTH=4", "2026", "2026-01-01", "2026-04-30"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "2026", "2026-01-01", "2026-05-10"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-03", "2026-03-01", "2026-03-13"),
        ("FREQ=YEARLY;INTERVAL=3", "2026-2028", "2026-01-01", "2028-12-31"),
        ("FREQ=YEARLY;INTERVAL=3;BYMONTH=6", "2026-2028", "2026-01-01", "2028-06-30"),
    ],
)
def test_the_occurrence_running_on_4_march_2026(rule: str, key: str, opens: str, due: str) -> None:
    """Without a day named, a duty is due at the end of its calendar period; it opens as the period begins."""
    assert spans(between("2026-03-04", "2026-03-04", every(rule))) == [(key, opens, due)]


@pytest.mark.parametrize(
    ("rule", "dues"),
    [
        ("FREQ=MONTHLY;INTERVAL=3", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTH=1,4,7,10;BYMONTHDAY=10",
            ["2026-01-10", "2026-04-10", "2026-07-10", "2026-10-10"],
        ),
        ("FREQ=MONTHLY;BYMONTH=6,12", ["2026-06-30", "2026-12-31"]),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", ["2026-06-15", "2026-12-15"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2026-06-30", "2026-12-31"]),
    ],
)
def test_all_due_days_of_2026(rule: str, dues: list[str]) -> None:
    """Quarters and half-years are those of the calendar, and named months are the months named."""
    assert [str(one.due) for one in between("2026-01-01", "2026-12-31", every(rule))] == dues


@pytest.mark.parametrize(
    ("year", "month", "due"),
    [(2026, "02", "2026-02-28"), (2028, "02", "2028-02-29"), (2026, "04", "2026-04-30")],
)
def test_a_month_too_short_ends_the_duty_on_its_last_day(year: int, month: str, due: str) -> None:
    """每月31日 means the month's end to a clerk; the standard's rule drops short months altogether."""
    found = between(f"{year}-{month}-01", f"{year}-{month}-20", every("FREQ=MONTHLY;BYMONTHDAY=31"), year=year)
    assert [str(one.due) for one in found] == [due]


def test_the_last_day_of_february() -> None:
    """每年2月底前 is 28 February 2027 and 29 February 2028."""
    found = between("2027-01-01", "2028-01-01", every("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"))
    assert [str(one.due) for one in found] == ["2027-02-28", "2028-02-29"]


def test_several_days_in_a_week_each_have_their_own_key_and_span() -> None:
    """每周一、周五: Monday's duty opens on Monday, Friday's on Tuesday, and both are known by their date."""
    assert spans(between("2026-03-02", "2026-03-06", every("FREQ=WEEKLY;BYDAY=MO,FR"))) == [
        ("2026-03-02", "2026-03-02", "2026-03-02"),
        ("2026-03-06", "2026-03-03", "2026-03-06"),
    ]


def test_a_later_day_of_the_week_opens_when_the_earlier_one_is_past() -> None:
    """On Monday only Monday's duty of 每周一、周五 is there; Friday's would be a second message for nothing."""
    assert keys(between("2026-03-02", "2026-03-02", every("FREQ=WEEKLY;BYDAY=MO,FR"))) == ["2026-03-02"]


def test_every_ten_days_of_a_month() -> None:
    """每旬 is the 10th, the 20th and the month's end, one after the other."""
    assert spans(between("2026-02-01", "2026-02-28", every("FREQ=MONTHLY;BYMONTHDAY=10,20,-1"))) == [
        ("2026-02-10", "2026-02-01", "2026-02-10"),
        ("2026-02-20", "2026-02-11", "2026-02-20"),
        ("2026-02-28", "2026-02-21", "2026-02-28"),
    ]


def test_a_day_counted_back_beyond_the_month_is_its_first() -> None:
    """The 31st day from the end of a February is its first day, as the 31st from the start is its last."""
    found = between("2026-02-01", "2026-02-28", every("FREQ=MONTHLY;BYMONTHDAY=-31"))
    assert [str(one.due) for one in found] == ["2026-02-01"]


def test_two_named_days_that_fall_together_are_one_duty() -> None:
    """每月29日、30日 are the same last day of February, which nobody owes twice."""
    assert keys(between("2026-02-01", "2026-02-28", every("FREQ=MONTHLY;BYMONTHDAY=29,30"))) == ["2026-02"]


def test_working_days_only() -> None:
    """A daily duty of Monday to Friday has none on the weekend of 7 and 8 March 2026."""
    row = every("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR")
    assert keys(between("2026-03-06", "2026-03-09", row)) == ["2026-03-06", "2026-03-09"]


def test_a_season_of_weeks() -> None:
    """Weekly in June to August has no occurrence due in September."""
    found = between("2026-08-17", "2026-09-30", every("FREQ=WEEKLY;BYMONTH=6,7,8"))
    assert [str(one.due) for one in found] == ["2026-08-23", "2026-08-30"]


def test_every_three_days_is_counted_from_new_year() -> None:
    """每三天一期 falls on 3, 6, 9 January, and each opens the day after the last."""
    assert spans(between("2026-01-01", "2026-01-06", every("FREQ=DAILY;INTERVAL=3"))) == [
        ("2026-01-03", "2026-01-01", "2026-01-03"),
        ("2026-01-06", "2026-01-04", "2026-01-06"),
    ]


def test_weeks_belong_to_their_iso_year() -> None:
    """The week of 1 January 2027 is week 53 of 2026, and fortnights go on over the year end."""
    assert keys(between("2027-01-01", "2027-01-04", every("FREQ=WEEKLY"))) == ["2026-W53", "2027-W01"]
    assert spans(between("2027-01-01", "2027-01-01", every("FREQ=WEEKLY;INTERVAL=2"))) == [
        ("2027-W01", "2026-12-28", "2027-01-10")
    ]


def test_periods_before_the_plan_year_are_cut_the_same_way() -> None:
    """A plan for 2026 published in December 2025 already has the running periods right."""
    assert keys(between("2025-12-15", "2025-12-15", every("FREQ=MONTHLY;INTERVAL=3"))) == ["2025-Q4"]
    assert spans(between("2025-12-15", "2025-12-15", every("FREQ=WEEKLY;INTERVAL=2"))) == [
        ("2025-W52", "2025-12-15", "2025-12-28")
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;X-COUNT=2", ["2026-03-04#1", "2026-03-04#2"]),
        ("FREQ=MONTHLY;X-COUNT=2", ["2026-03#1", "2026-03#2"]),
        ("FREQ=YEARLY;X-MIN-COUNT=4", ["2026#1", "2026#2", "2026#3", "2026#4"]),
        ("FREQ=YEARLY;X-MIN-COUNT=1", ["2026"]),
    ],
)
def test_so_many_times_in_a_period(rule: str, expected: list[str]) -> None:
    """每月两次 is two duties, both due at the period's end: no date the text doesn't give is invented."""
    found = between("2026-03-04", "2026-03-04", every(rule))
    assert keys(found) == expected
    assert len({one.due for one in found}) == 1


@pytest.mark.parametrize(("count", "expected"), [(2, 1), (4, 2)])
def test_a_count_is_spread_over_the_days_named(count: int, expected: int) -> None:
    """每周二、周四，每周两次 is once on each, not twice on each."""
    found = between("2026-03-02", "2026-03-08", every(f"FREQ=WEEKLY;BYDAY=TU,TH;X-COUNT={count}"))
    assert [str(one.due) for one in found] == ["2026-03-03"] * expected + ["2026-03-05"] * expected
    assert len(set(keys(found))) == len(found)


def test_clock_times() -> None:
    """每周五17:00 is due at five; two times a day are two duties that open that day."""
    assert between("2026-03-06", "2026-03-06", every("FREQ=WEEKLY;BYDAY=FR;BYHOUR=17")) == (
        Occurrence("2026-W10", day("2026-03-02"), datetime.fromisoformat("2026-03-06T17:00")),
    )
    assert spans(between("2026-03-06", "2026-03-06", every("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=30"))) == [
        ("2026-03-06T09:30", "2026-03-06", "2026-03-06 09:30:00"),
        ("2026-03-06T15:30", "2026-03-06", "2026-03-06 15:30:00"),
    ]


def test_two_cadences_in_one_row_never_share_a_key() -> None:
    """每周巡查、每月汇报, and two monthly rules, keep apart what they owe."""
    assert keys(between("2026-03-04", "2026-03-04", every("FREQ=WEEKLY + FREQ=MONTHLY"))) == [
        "2026-W10",
        "2:2026-03",
    ]
    twice = between("2026-03-04", "2026-03-04", every("FREQ=MONTHLY"), every("FREQ=MONTHLY;BYMONTHDAY=25"))
    assert spans(twice) == [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2:2026-03", "2026-03-01", "2026-03-25"),
    ]


def test_a_cadence_said_twice_is_owed_once() -> None:
    """A row that says 每月 in two cells is one monthly duty."""
    assert keys(between("2026-03-04", "2026-03-04", every("FREQ=MONTHLY"), every("FREQ=MONTHLY"))) == ["2026-03"]


def test_a_final_date_and_a_cadence_are_both_owed() -> None:
    """6月底前完成，每月报进度 is the result once and a report a month."""
    assert keys(between("2026-03-04", "2026-03-04", by("2026-06-30"), every("FREQ=MONTHLY"))) == [
        "once",
        "2026-03",
    ]


def test_an_empty_rule_opens_nothing() -> None:
    """定期 says no cadence: it is a question upstream, and no duty here."""
    assert between("2026-01-01", "2026-12-31", every("")) == ()


def test_the_horizon_takes_what_opens_in_it_and_what_already_runs() -> None:
    """A sweep after three silent weeks finds the weeks opened meanwhile, not the one that ended before."""
    assert keys(between("2026-03-09", "2026-03-23", every("FREQ=WEEKLY;BYDAY=FR"))) == [
        "2026-W11",
        "2026-W12",
        "2026-W13",
    ]
    assert between("2026-03-07", "2026-03-08", every("FREQ=WEEKLY;BYDAY=FR")) == ()  # Friday is past


# phases


def test_a_recurrence_in_one_window_runs_only_within_it() -> None:
    """3月10日至4月20日每周 opens no duty before or after, and the window owes nothing of its own."""
    row = (window("2026-03-10", "2026-04-20"), every("FREQ=WEEKLY"))
    found = spans(between("2026-01-01", "2026-12-31", *row))
    assert found[0] == ("2026-W11", "2026-03-10", "2026-03-15")
    assert found[-1] == ("2026-W17", "2026-04-20", "2026-04-20")
    assert len(found) == 7


def test_a_day_the_rule_names_is_not_moved_into_the_phase() -> None:
    """Fridays within 3月10日至4月20日: the Friday after the phase is not owed early on the Monday it ends."""
    found = between("2026-01-01", "2026-12-31", window("2026-03-10", "2026-04-20"), every("FREQ=WEEKLY;BYDAY=FR"))
    assert [str(one.due) for one in found] == [
        "2026-03-13", "2026-03-20", "2026-03-27", "2026-04-03", "2026-04-10", "2026-04-17",
    ]  # fmt: skip


def test_a_phase_that_ends_at_noon_ends_its_last_duty_then() -> None:
    """What is due at the end of a phase is due when the phase ends, not at midnight."""
    noon = datetime.fromisoformat("2026-03-04T12:00")
    phase = Deadline("至3月4日12时", DeadlineKind.WINDOW, start=day("2026-03-02"), due=noon)
    assert [one.due for one in between("2026-03-04", "2026-03-04", phase, every("FREQ=DAILY"))] == [noon]


def test_an_open_phase_ends_with_the_plan_year() -> None:
    """从4月份开始每月 runs from April to December of the plan year."""
    found = between("2025-01-01", "2027-12-31", window("2026-04-01", None), every("FREQ=MONTHLY"))
    assert keys(found) == [f"2026-{month:02}" for month in range(4, 13)]


def test_a_cadence_with_its_own_start_goes_on_from_there() -> None:
    """自2026年5月起每季度 starts inside a quarter and does not stop at the year's end."""
    found = between("2026-01-01", "2027-01-01", every("FREQ=MONTHLY;INTERVAL=3", start="2026-05-01"))
    assert spans(found)[0] == ("2026-Q2", "2026-05-01", "2026-06-30")
    assert keys(found) == ["2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]


def test_a_cadences_own_start_counts_before_the_rows_window() -> None:
    """A window for the work, and 自5月起每月 for the reports: each follows its own words."""
    row = (window("2026-03-01", "2026-06-30"), every("FREQ=MONTHLY", start="2026-05-01"))
    assert keys(between("2026-01-01", "2026-08-01", *row)) == ["2026-05", "2026-06", "2026-07", "2026-08"]


def test_several_windows_are_milestones_and_bound_nothing() -> None:
    """Two phases beside a cadence are owed themselves; the cadence runs on."""
    row = (window("2026-03-01", "2026-03-31"), window("2026-05-01", "2026-05-31"), every("FREQ=MONTHLY"))
    assert keys(between("2026-06-10", "2026-06-10", *row)) == ["once#1", "once#2", "2026-06"]


# standing duties


def test_a_standing_duty_answers_at_the_policys_cadence() -> None:
    """长期坚持 has no end, so the policy says how often it answers: here each quarter."""
    assert spans(between("2026-03-04", "2026-04-01", STANDING)) == [
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
    ]


def test_a_standing_duty_with_a_cadence_of_its_own_answers_at_that_one_only() -> None:
    """长期坚持，每月检查 must not cost the unit a second report each quarter."""
    assert keys(between("2026-03-04", "2026-03-04", STANDING, every("FREQ=MONTHLY"))) == ["2026-03"]


def test_a_campaign_before_a_standing_duty_does_not_end_it() -> None:
    """4至6月集中整治，长期坚持: the campaign is owed, and what follows stands beyond it."""
    found = between("2026-09-01", "2026-09-01", window("2026-04-01", "2026-06-30"), STANDING)
    assert keys(found) == ["once", "2026-Q3"]


# refusals


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("INTERVAL=2", "FREQ"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"),
        ("FREQ=WEEKLY;BYDAY=1FR", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=5", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=YEARLY;BYDAY=1MO", "BYDAY"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13"),
        ("FREQ=DAILY;BYMINUTE=30", "BYMINUTE"),
        ("FREQ=DAILY;COUNT=3", "COUNT=3"),
        ("FREQ=DAILY;", ""),
        ("每周", "每周"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_not_ignored(rule: str, part: str) -> None:
    """A part that would be silently dropped could cost a deadline, so the refusal names it."""
    with pytest.raises(UnusableRule) as refused:
        Rule.parse(rule)
    assert refused.value.facts == {"rule": rule, "part": part}
    with pytest.raises(UnusableRule):
        between("2026-03-04", "2026-03-04", every(rule))


# frequency


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;X-COUNT=4", Frequency.DAILY),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Frequency.DAILY),
        ("FREQ=WEEKLY", Frequency.WEEKLY),
        ("FREQ=WEEKLY;BYDAY=TU,TH", Frequency.WEEKLY),
        ("FREQ=WEEKLY;INTERVAL=2", Frequency.WEEKLY),
        ("FREQ=MONTHLY;BYMONTHDAY=10,20,-1", Frequency.WEEKLY),
        ("FREQ=MONTHLY", Frequency.MONTHLY),
        ("FREQ=MONTHLY;INTERVAL=2", Frequency.MONTHLY),
        ("FREQ=MONTHLY;BYMONTH=6,7,8,9", Frequency.MONTHLY),
        ("FREQ=MONTHLY;BYMONTH=1,7,2", Frequency.MONTHLY),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", Frequency.QUARTERLY),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", Frequency.QUARTERLY),
        ("FREQ=YEARLY;BYMONTH=6,12", Frequency.HALF_YEARLY),
        ("FREQ=MONTHLY;INTERVAL=6", Frequency.HALF_YEARLY),
        ("FREQ=YEARLY;X-MIN-COUNT=4", Frequency.YEARLY),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", Frequency.YEARLY),
        ("FREQ=YEARLY;INTERVAL=3", Frequency.YEARLY),
        ("FREQ=YEARLY + FREQ=MONTHLY", Frequency.MONTHLY),
    ],
)
def test_the_frequency_of_a_rule(rule: str, expected: Frequency) -> None:
    """The policy picks a ladder by how closely due days really follow each other."""
    assert frequency([every(rule)]) is expected


def test_the_frequency_of_a_row() -> None:
    """The shortest cadence of a row counts; without one it is standing or once."""
    assert frequency([by("2026-06-30"), STANDING, every("FREQ=WEEKLY")]) is Frequency.WEEKLY
    assert frequency([by("2026-06-30"), STANDING]) is Frequency.STANDING
    assert frequency([by("2026-06-30")]) is Frequency.ONCE
    assert frequency([every("")]) is Frequency.ONCE
    assert frequency([]) is Frequency.ONCE
