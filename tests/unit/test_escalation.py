"""The ladder (升级规则) in dated sentences, over the real holidays of 2026."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.escalation import Addressee, Clock, Decision, Escalation, addressees, ladder_start, put_off
from rules.language import Text
from rules.lifecycle import DutyState
from rules.offsets import Offset
from rules.policy import Anchor, Policy, Step, StepKind, default_policy
from rules.roster import Rung
from rules.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
ESCALATION = Escalation(default_policy(), WorkCalendar())


def at(text: str) -> datetime:
    """A local instant: "2026-09-30" is the end of that day, as a time limit is."""
    moment = datetime.fromisoformat(text if "T" in text else f"{text}T23:59:59")
    return moment.replace(tzinfo=SHANGHAI)


def accepted(due: str, since: str = "2026-01-05T09:30", **more: object) -> Clock:
    """An accepted duty: only its time limit counts."""
    return Clock(DutyState.ACCEPTED, at(since), at(due), **more)  # type: ignore[arg-type]


def plan(clock: Clock, ladder: str = "standard", escalation: Escalation = ESCALATION) -> dict[str, str]:
    """Every step still to come, with its local instant."""
    steps = escalation.decide(clock, ladder, at("2031-12-31")).steps
    return {step.key: f"{step.planned_at.astimezone(SHANGHAI):%m-%d %H:%M}" for step in steps}


def due_on(decision: Decision) -> list[tuple[str, bool]]:
    return [(step.key, step.told) for step in decision.steps]


# Dates


def test_due_on_the_last_day_before_the_national_holiday() -> None:
    """Due on Wednesday 30 September: reminded before 中秋, and the rungs count only days worked after 国庆."""
    assert plan(accepted("2026-09-30")) == {
        "reminder_3": "09-24 09:00",  # 29, 28, then over 中秋 to Thursday the 24th
        "reminder_1": "09-29 09:00",
        "overdue": "09-30 23:59",
        "blue": "10-09 09:00",  # 8 and 9 October
        "yellow": "10-13 09:00",  # 10 (Saturday worked), 12, 13
        "red": "10-20 09:00",
        "explain": "10-23 09:00",
        "talk": "10-27 09:00",
        "sanction": "11-03 09:00",
    }


@pytest.mark.parametrize(
    ("due", "rung", "reaches_on"),
    [
        # The Friday before 国庆 2026 is 中秋 itself: the head hears on Tuesday, the leader only after the holiday.
        ("2026-09-25", "blue", "09-29 09:00"),
        ("2026-09-25", "yellow", "10-09 09:00"),
        ("2026-09-25", "red", "10-15 09:00"),
        # The Friday before 春节: Saturday the 14th is worked, then nothing until Tuesday the 24th.
        ("2026-02-13", "blue", "02-24 09:00"),
        ("2026-02-13", "yellow", "02-27 09:00"),
        ("2026-02-13", "red", "03-05 09:00"),  # Saturday the 28th is worked too
        # An ordinary week: Wednesday to Friday, Thursday to Monday.
        ("2026-03-11", "blue", "03-13 09:00"),
        ("2026-03-12", "blue", "03-16 09:00"),
        # Due on a rest day: the count begins with the next day worked.
        ("2026-10-03", "blue", "10-09 09:00"),
        ("2026-10-03", "reminder_1", "09-30 09:00"),
    ],
)
def test_whom_a_late_duty_reaches_and_when(due: str, rung: str, reaches_on: str) -> None:
    """Rungs come in working days (工作日): holidays and weekends are not held against anyone, make-up days count."""
    assert plan(accepted(due))[rung] == reaches_on


def test_silence_after_opening_climbs_on_its_own_ladder() -> None:
    """Opened on Monday 2 March and never accepted: reminded, urged, reported after 2, 5 and 10 working days."""
    silent = Clock(DutyState.OPEN, at("2026-03-02T09:30"), at("2026-12-31"))
    found = plan(silent)
    assert found["accept_reminder"] == "03-04 09:00"
    assert found["accept_urge"] == "03-09 09:00"
    assert found["accept_order"] == "03-16 09:00"
    assert not {"accept_reminder", "accept_urge", "accept_order"} & plan(accepted("2026-12-31")).keys()


def test_daily_and_weekly_duties_climb_a_shorter_ladder() -> None:
    """A daily duty gets no reminder three days before, and no main leader hears of it."""
    assert list(plan(accepted("2026-03-04"), "routine")) == ["overdue", "blue", "yellow", "talk"]


def test_the_office_is_reminded_to_verify_what_was_reported() -> None:
    """Reported on Friday 6 March: the office is reminded on Tuesday; nothing else comes while it is theirs to do."""
    reported = accepted("2026-03-02", reported_at=at("2026-03-06T16:00"))
    assert plan(reported._replace(state=DutyState.REPORTED)) == {"verify": "03-10 09:00"}


@pytest.mark.parametrize("state", [DutyState.SUSPENDED, DutyState.CLOSED, DutyState.WITHDRAWN])
def test_suspended_and_finished_duties_are_silent(state: DutyState) -> None:
    """挂账、销号、撤销: no step, and no need ever to look again."""
    clock = Clock(state, at("2026-01-05T09:30"), at("2026-02-02"), reported_at=at("2026-02-01"))
    assert ESCALATION.decide(clock, "standard", at("2027-01-01")) == Decision((), None)
    assert ESCALATION.next_look(clock, "standard") is None


# Deciding


def test_a_step_is_due_from_its_instant_on_and_only_once() -> None:
    """Not a second before, then until it is taken; the next look is the step after it."""
    clock = accepted("2026-09-30")
    assert due_on(ESCALATION.decide(clock, "standard", at("2026-09-24T08:59:59"))) == []
    first = ESCALATION.decide(clock, "standard", at("2026-09-24T09:00"))
    assert due_on(first) == [("reminder_3", True)]
    assert first.next_action_at == at("2026-09-29T09:00")
    again = ESCALATION.decide(clock._replace(taken=frozenset({"reminder_3"})), "standard", at("2026-09-24T09:00"))
    assert again == Decision((), at("2026-09-29T09:00"))


def test_stale_reminders_collapse_and_rungs_of_accountability_do_not() -> None:
    """After an outage the reminders are only recorded; every order is taken, in order, and told (promise 3)."""
    decision = ESCALATION.decide(accepted("2026-09-30"), "standard", at("2026-10-14T09:30"))
    assert due_on(decision) == [
        ("reminder_3", False),
        ("reminder_1", False),
        ("overdue", True),
        ("blue", True),
        ("yellow", True),
    ]
    assert decision.next_action_at == at("2026-10-20T09:00")


def test_of_two_missed_reminders_only_the_last_is_told() -> None:
    """Two reminders in one morning are one too many."""
    decision = ESCALATION.decide(accepted("2026-09-30"), "standard", at("2026-09-29T10:00"))
    assert due_on(decision) == [("reminder_3", False), ("reminder_1", True)]


def test_reminders_from_before_the_episode_are_no_news() -> None:
    """Opened the day before it is due: no reminder is sent for a day on which nobody knew of it."""
    late = Clock(DutyState.ACCEPTED, at("2026-09-29T10:00"), at("2026-09-30"))
    assert next(iter(plan(late))) == "overdue"


def test_a_missed_look_is_remembered() -> None:
    """`next_look` names what is past as well, so that a duty cannot be overlooked for having been late once."""
    assert ESCALATION.next_look(accepted("2026-01-30"), "standard") == at("2026-01-27T09:00")


def test_the_look_again_is_the_first_step_not_taken() -> None:
    """What `decide` says to come is what `next_look` finds once the steps are taken."""
    clock = accepted("2026-09-30")
    decision = ESCALATION.decide(clock, "standard", at("2026-10-14T09:30"))
    after = clock._replace(taken=frozenset(step.key for step in decision.steps))
    assert ESCALATION.next_look(after, "standard") == decision.next_action_at


def test_each_anchor_counts_from_its_own_instant() -> None:
    """立项、到期、申报、申请: an hour after each, in a policy made for this."""
    steps = [
        Step(key=anchor.value, label=Text("步", "step"), kind=StepKind.URGE, anchor=anchor,
             offset=Offset.parse("PT1H"), to=(Rung.HEAD,), states=frozenset(DutyState))
        for anchor in Anchor
    ]  # fmt: skip
    escalation = Escalation(Policy(ladders={"standard": tuple(steps)}), WorkCalendar())
    clock = Clock(DutyState.OPEN, at("2026-03-02T08:00"), at("2026-03-03T08:00"), reported_at=at("2026-03-04T08:00"))
    resting = clock._replace(asked_at=at("2026-03-05T08:00"))
    now = at("2026-04-01T00:00")
    assert [(s.key, s.planned_at) for s in escalation.decide(clock, "standard", now).steps] == [
        ("opened", at("2026-03-02T09:00")),
        ("due", at("2026-03-03T09:00")),
        ("reported", at("2026-03-04T09:00")),
    ]
    assert [s.planned_at for s in escalation.decide(resting, "standard", now).steps] == [at("2026-03-05T09:00")]


# Requests


def test_while_a_request_waits_only_the_office_is_reminded() -> None:
    """The unit's steps rest: it has asked and can do nothing but wait."""
    waiting = accepted("2026-03-04", asked_at=at("2026-03-03T15:00"))
    due = ESCALATION.decide(waiting, "standard", at("2026-06-01")).steps
    assert [(s.step.key, s.step.to, s.told) for s in due] == [
        ("answer_request", ("office",), False),
        ("answer_request_2", ("office",), False),
        ("answer_request_3", ("office",), True),
    ]


def test_an_unanswered_request_is_reminded_of_more_than_once() -> None:
    """Asked on Tuesday 3 March: the office hears after 2, 5 and 10 working days."""
    waiting = accepted("2026-06-30", asked_at=at("2026-03-03T15:00"))
    assert list(plan(waiting).values()) == ["03-05 09:00", "03-10 09:00", "03-17 09:00"]


def test_a_suspended_duty_is_looked_at_again_on_its_day() -> None:
    """挂账 with a day of review: silent until then, and reminded of again while the office does nothing."""
    suspended = accepted("2026-03-31")._replace(state=DutyState.SUSPENDED, review_at=at("2026-04-20T09:00"))
    assert plan(suspended) == {
        "review": "04-20 09:00",
        "review_2": "04-27 09:00",
        "review_3": "05-07 09:00",  # over the first days of May
    }


def test_a_second_request_is_reminded_of_again() -> None:
    """Refused once, the unit asks again: the office's first reminder does not silence the second."""
    first = accepted("2026-03-31", asked_at=at("2026-03-03T15:00"))
    (reminded,) = ESCALATION.decide(first, "standard", at("2026-03-05T09:00")).steps
    second = first._replace(asked_at=at("2026-03-10T15:00"), taken=frozenset({reminded.key}))
    assert ESCALATION.next_look(second, "standard") == at("2026-03-12T09:00")
    asked_again = first._replace(taken=frozenset({reminded.key}))
    assert ESCALATION.next_look(asked_again, "standard") == at("2026-03-10T09:00")


def test_a_request_older_than_the_episode_still_waits_for_its_answer() -> None:
    """A new time limit does not settle a dispute: the office is reminded of it even though the episode is younger."""
    disputed = accepted("2026-04-30", since="2026-03-20T10:00", asked_at=at("2026-03-03T15:00"))
    assert ESCALATION.next_look(disputed, "standard") == at("2026-03-05T09:00")


def test_an_answer_in_good_time_leaves_the_time_limit_alone() -> None:
    """Asked and refused in June, due in September: the reminders stay where they were."""
    assert put_off(at("2026-09-30"), at("2026-06-01T10:00"), at("2026-06-09T10:00")) == at("2026-09-30")


@pytest.mark.parametrize(
    ("due", "asked", "refused", "counts_from"),
    [
        # Asked in time, answered late: overdue counts from the answer.
        ("2026-03-04T18:00", "2026-03-03T15:00", "2026-03-09T10:00", "2026-03-09T10:00"),
        # Asked when already late: the days spent waiting are given back.
        ("2026-03-04T18:00", "2026-03-05T18:00", "2026-03-09T18:00", "2026-03-08T18:00"),
    ],
)
def test_time_spent_waiting_for_the_office_is_not_held_against_the_unit(
    due: str, asked: str, refused: str, counts_from: str
) -> None:
    """The ladder is put off by exactly the part of the wait that fell after the time limit."""
    assert put_off(at(due), at(asked), at(refused)) == at(counts_from)


PAUSING = Escalation(default_policy().model_copy(update={"pause_on_accept": Offset.parse("P5WD")}), WorkCalendar())


def test_accepting_holds_the_ladder_for_a_while_and_it_goes_on_where_it_was() -> None:
    """Due Tuesday 10 March, accepted on Friday with blue just taken: five working days of peace, then rung by rung."""
    clock = accepted("2026-03-10", taken=frozenset({"reminder_3", "reminder_1", "overdue", "blue"}))
    clock = clock._replace(accepted_at=at("2026-03-13T10:00"))
    assert plan(clock)["yellow"] == "03-17 09:00"  # a policy that does not say so: accepting stops nothing
    assert plan(clock, escalation=PAUSING) == {
        "yellow": "03-24 09:00",
        "red": "03-31 09:00",
        "explain": "04-03 09:00",
        "talk": "04-08 09:00",  # 清明 is a day of rest
        "sanction": "04-15 09:00",
    }


def test_accepting_long_before_the_time_limit_changes_nothing_after_it() -> None:
    """A pause that has ended by then puts nothing off; a reminder that falls into it waits for its end."""
    clock = accepted("2026-03-31", since="2026-03-02T09:30")._replace(accepted_at=at("2026-03-03T10:00"))
    assert plan(clock, escalation=PAUSING) == plan(clock)
    late = clock._replace(accepted_at=at("2026-03-25T10:00"))
    assert plan(late, escalation=PAUSING)["reminder_3"] == "04-01 09:00"
    told = {step.key: step.told for step in PAUSING.decide(late, "standard", at("2026-04-01T09:00")).steps}
    assert told == {"reminder_3": False, "reminder_1": False, "overdue": True}


def test_accepting_does_not_hold_what_waits_for_the_office() -> None:
    """A report made in the pause is to be verified in good time."""
    clock = Clock(DutyState.REPORTED, at("2026-03-02T09:30"), at("2026-03-10"), reported_at=at("2026-03-12T09:00"))
    accepted_too = clock._replace(accepted_at=at("2026-03-11T09:00"))
    assert plan(accepted_too, escalation=PAUSING) == plan(clock) == {"verify": "03-16 09:00"}


def test_nobody_is_escalated_for_time_before_they_were_told() -> None:
    """A duty opened late counts its rungs from then."""
    assert ladder_start(at("2026-03-04"), at("2026-03-20T10:00")) == at("2026-03-20T10:00")
    assert ladder_start(at("2026-03-31"), at("2026-03-20T10:00")) == at("2026-03-31")


# People

CHAIN = {Rung.RESPONSIBLE: "员", Rung.HEAD: "局长", Rung.LEADER: "副市长", Rung.MAIN: "市长", Rung.GROUP: "组长"}
OFFICE = ("主任", "干事")


def test_each_rung_has_its_own_person() -> None:
    """A full chain: each step reaches exactly the rung it names."""
    for rung, person in CHAIN.items():
        assert addressees((rung,), CHAIN, OFFICE) == (Addressee(person, rung),)


def test_the_next_above_answers_for_a_vacancy() -> None:
    """No head of the unit: the leader in charge gets the blue order, and is told whom they stand in for."""
    vacant = {rung: person for rung, person in CHAIN.items() if rung is not Rung.HEAD}
    assert addressees((Rung.HEAD,), vacant, OFFICE) == (Addressee("副市长", Rung.LEADER, Rung.HEAD),)


def test_the_office_answers_where_nobody_above_is_left() -> None:
    """Nobody on the rung nor above it: the office itself, every one of its people."""
    chain = {Rung.RESPONSIBLE: "员"}
    assert addressees((Rung.HEAD,), chain, OFFICE) == (
        Addressee("主任", "office", Rung.HEAD),
        Addressee("干事", "office", Rung.HEAD),
    )


def test_no_step_goes_down_the_chain() -> None:
    """A vacant leader is never replaced by the head below, who is the one being escalated."""
    chain = {Rung.RESPONSIBLE: "员", Rung.HEAD: "局长"}
    assert {one.person for one in addressees((Rung.LEADER,), chain, OFFICE)} == set(OFFICE)


def test_one_person_on_two_rungs_is_told_once() -> None:
    """A head who is also the responsible person gets one notice, not two."""
    chain = {**CHAIN, Rung.RESPONSIBLE: "局长"}
    assert addressees((Rung.RESPONSIBLE, Rung.HEAD), chain, OFFICE) == (Addressee("局长", Rung.RESPONSIBLE),)


def test_a_vacancy_shows_even_where_the_person_is_meant_anyway() -> None:
    """The group hears in its own right and for a vacant head: one notice, and it names the vacancy (promise 3)."""
    chain = {Rung.GROUP: "组长"}
    assert addressees((Rung.HEAD, Rung.GROUP), chain, OFFICE) == (Addressee("组长", Rung.GROUP, Rung.HEAD),)
