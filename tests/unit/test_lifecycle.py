"""One duty's life (责任事项的办理过程): who may do what from where, held against a table written out by hand."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from rules.lifecycle import (
    FINISHED,
    NEED_LABELS,
    STATE_LABELS,
    SYSTEM,
    TRANSITIONS,
    Action,
    Actor,
    DutyFacts,
    DutyState,
    Need,
    NotAllowed,
    Request,
    Transition,
    diagram,
    is_overdue,
    open_to,
    permit,
)
from rules.roster import Role

EVERYTHING = frozenset(Need)

WORKER = Actor("城管员", "市城管局")
OFFICE = Actor("创建办主任", "创建办", frozenset({Role.OFFICE}))
SUPERVISOR = Actor("督查员甲", "督查组", frozenset({Role.SUPERVISOR}))
LEADER = Actor("分管副市长", None, frozenset({Role.LEADER}))
NEIGHBOUR = Actor("教育员", "市教育局")

# What may be done in each state, by each kind of person, written out from the rules of the house.
WORKS = {"accept", "report", "ask_extension", "dispute", "ask_suspension", "split"}
DECIDES = {"extend", "suspend", "hand_over", "withdraw"}
MAY: dict[DutyState, dict[str, set[str]]] = {
    DutyState.OPEN: {"worker": WORKS, "office": WORKS | DECIDES},
    DutyState.ACCEPTED: {"worker": WORKS - {"accept"}, "office": (WORKS | DECIDES) - {"accept"}},
    DutyState.REPORTED: {"office": {"return", "close", "withdraw"}, "supervisor": {"return", "close"}},
    DutyState.SUSPENDED: {"office": {"resume", "withdraw"}},
    DutyState.CLOSED: {},
    DutyState.WITHDRAWN: {},
}
PEOPLE = {"worker": WORKER, "office": OFFICE, "supervisor": SUPERVISOR, "leader": LEADER, "neighbour": NEIGHBOUR}


def duty(state: DutyState = DutyState.OPEN, **facts: object) -> DutyFacts:
    return DutyFacts(7, "市城管局", state, **facts)  # type: ignore[arg-type]


def allowed(facts: DutyFacts, actor: Actor) -> set[str]:
    return {rule.action.value for rule in open_to(facts, actor)}


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_from_where(state: DutyState, who: str) -> None:
    """Every state and every kind of person, against the table above: nothing more, nothing less."""
    assert allowed(duty(state), PEOPLE[who]) == MAY[state].get(who, set())


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_not_offered_is_refused(state: DutyState, action: Action, who: str) -> None:
    """`permit` and `open_to` agree: a button that is not there cannot be pressed by other means."""
    offered = action.value in allowed(duty(state), PEOPLE[who])
    if offered:
        assert permit(duty(state), action, PEOPLE[who], EVERYTHING).action is action
    else:
        with pytest.raises(NotAllowed):
            permit(duty(state), action, PEOPLE[who], EVERYTHING)


@pytest.mark.parametrize("action", Action)
def test_every_action_has_exactly_one_rule(action: Action) -> None:
    """The table is complete and without twins."""
    assert sum(rule.action is action for rule in TRANSITIONS) == 1


@pytest.mark.parametrize("rule", TRANSITIONS, ids=lambda rule: rule.action)
def test_an_action_is_refused_without_what_it_needs(rule: Transition) -> None:
    """Each need is asked for by name: a return without a reason, an extension without a date."""
    waiting = duty(
        next(iter(rule.sources)),
        pending=Request.DISPUTE if rule.only_pending else None,
        by_lot=rule.action in (Action.REDRAW, Action.APPOINT),
    )
    for need in rule.needs:
        with pytest.raises(NotAllowed, match=f"还需要填写：{NEED_LABELS[need].zh}"):
            permit(waiting, rule.action, OFFICE, EVERYTHING - {need})
    assert permit(waiting, rule.action, OFFICE, rule.needs) is rule


# Promise 8: whoever reports cannot verify.


@pytest.mark.parametrize("action", [Action.CLOSE, Action.RETURN])
def test_the_reporter_cannot_verify_even_with_every_role(action: Action) -> None:
    """An office clerk who entered the report for a unit leaves the verifying to a colleague."""
    reported = duty(DutyState.REPORTED, reporter="创建办主任")
    with pytest.raises(NotAllowed, match="独立核验人"):
        permit(reported, action, OFFICE, EVERYTHING)
    colleague = Actor("创建办干事", "创建办", frozenset({Role.OFFICE}))
    assert permit(reported, action, colleague, EVERYTHING)
    assert permit(reported, action, SUPERVISOR, EVERYTHING)


def test_only_whom_the_lot_fell_on_verifies_a_rectification() -> None:
    """整改: every other supervisor and the whole office are refused by name, and so is the one drawn who found it."""
    drawn = duty(DutyState.REPORTED, by_lot=True, rechecker="督查员甲")
    assert permit(drawn, Action.CLOSE, SUPERVISOR, EVERYTHING)
    with pytest.raises(NotAllowed, match="只有抽定的复查人（督查员甲）可以办理"):
        permit(drawn, Action.CLOSE, OFFICE, EVERYTHING)
    found_it = duty(DutyState.REPORTED, by_lot=True, rechecker="督查员甲", finders=frozenset({"督查员甲"}))
    with pytest.raises(NotAllowed):
        permit(found_it, Action.CLOSE, SUPERVISOR, EVERYTHING)


def test_the_office_appoints_only_where_the_lot_had_nobody() -> None:
    """指定 beside a draw would be a choice: one who cannot come is drawn anew instead."""
    undrawn = duty(DutyState.REPORTED, by_lot=True)
    assert {"redraw", "appoint"} <= allowed(undrawn, OFFICE)
    assert "appoint" not in allowed(duty(DutyState.REPORTED, by_lot=True, rechecker="督查员甲"), OFFICE)
    assert not {"redraw", "appoint"} & (allowed(undrawn, SUPERVISOR) | allowed(undrawn, WORKER))
    assert not {"redraw", "appoint"} & allowed(duty(DutyState.REPORTED), OFFICE)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SUPERVISOR])
def test_nobody_verifies_their_own_unit(role: Role) -> None:
    """A supervisor who belongs to the unit is no independent verifier of it, whoever reported."""
    insider = Actor("借调督查员", "市城管局", frozenset({role}))
    with pytest.raises(NotAllowed, match="独立核验人"):
        permit(duty(DutyState.REPORTED, reporter="城管员"), Action.CLOSE, insider, EVERYTHING)


def test_the_system_itself_may_do_nothing_to_a_duty() -> None:
    """No automatic close, extension or acceptance: people stay the judges."""
    assert [allowed(duty(state), SYSTEM) for state in DutyState] == [set()] * len(DutyState)


# Requests


def test_one_request_at_a_time() -> None:
    """A second request waits until the office has answered the first."""
    waiting = duty(pending=Request.EXTENSION)
    assert not allowed(waiting, WORKER) & {"ask_extension", "dispute", "ask_suspension"}
    with pytest.raises(NotAllowed, match="已有一项申请"):
        permit(waiting, Action.DISPUTE, WORKER, EVERYTHING)


def test_only_a_waiting_request_can_be_refused() -> None:
    """Refusing answers something; out of the blue it would only confuse."""
    with pytest.raises(NotAllowed, match="没有等待答复的申请"):
        permit(duty(), Action.REFUSE, OFFICE, EVERYTHING)
    assert "refuse" in allowed(duty(pending=Request.DISPUTE), OFFICE)
    assert "refuse" not in allowed(duty(pending=Request.DISPUTE), WORKER)


@pytest.mark.parametrize(
    ("action", "settled"),
    [
        (Action.REFUSE, set(Request)),
        (Action.REPORT, set(Request)),
        (Action.SUSPEND, set(Request)),
        (Action.HAND_OVER, set(Request)),
        (Action.WITHDRAW, set(Request)),
        (Action.EXTEND, {Request.EXTENSION}),  # a dispute about the duty itself is not settled by more time
        (Action.ACCEPT, set()),
        (Action.SPLIT, set()),
    ],
)
def test_what_answers_which_request(action: Action, settled: set[Request]) -> None:
    """What settles a request closes it, so that none hangs on for ever and none vanishes unanswered."""
    (rule,) = [rule for rule in TRANSITIONS if rule.action is action]
    assert rule.answers == settled


def test_no_request_outlives_the_states_it_can_be_asked_in() -> None:
    """Leaving open and accepted settles whatever was asked: no finished duty waits for an answer."""
    for rule in TRANSITIONS:
        leaves = rule.target not in (None, DutyState.OPEN, DutyState.ACCEPTED)
        may_have_pending = rule.sources & {DutyState.OPEN, DutyState.ACCEPTED}
        if leaves and may_have_pending:
            assert rule.answers == frozenset(Request), rule.action


# Parts


def test_open_parts_stand_in_the_way_of_reporting() -> None:
    """The whole is not done before its parts are (分办)."""
    with pytest.raises(NotAllowed, match="还有 2 项分办未销号"):
        permit(duty(DutyState.ACCEPTED, open_parts=2), Action.REPORT, WORKER, EVERYTHING)
    assert "split" in allowed(duty(DutyState.ACCEPTED, open_parts=2), WORKER)


# Episodes


def test_which_actions_start_the_ladder_afresh() -> None:
    """An episode ends when a duty is extended, returned or re-routed (promise 1), or taken up again."""
    fresh = {rule.action for rule in TRANSITIONS if rule.new_episode}
    assert fresh == {Action.EXTEND, Action.RETURN, Action.HAND_OVER, Action.RESUME}


def test_every_state_can_be_left_or_is_finished() -> None:
    """No dead end: from every state but the last two something leads on."""
    for state in DutyState:
        ways_out = [rule for rule in TRANSITIONS if state in rule.sources and rule.target not in (None, state)]
        assert bool(ways_out) is (state not in FINISHED), state


def test_a_refusal_names_the_duty_and_the_reason_in_both_languages() -> None:
    """The sentence says which duty, which action, and why not."""
    with pytest.raises(NotAllowed) as caught:
        permit(duty(DutyState.CLOSED), Action.REPORT, WORKER, EVERYTHING)
    assert caught.value.text.zh == "责任事项 D7 现在不能“申报办结”：它的状态是“已销号”。"
    assert caught.value.text.en == "Duty D7 cannot be given “report done” now: it is “closed”."


# Overdue


@pytest.mark.parametrize(
    ("state", "late_by_s", "overdue"),
    [
        (DutyState.OPEN, 0, False),  # the last second still counts
        (DutyState.OPEN, 1, True),
        (DutyState.ACCEPTED, 1, True),
        (DutyState.REPORTED, 1, False),
        (DutyState.SUSPENDED, 1, False),
        (DutyState.CLOSED, 1, False),
        (DutyState.WITHDRAWN, 1, False),
    ],
)
def test_overdue_follows_from_the_time_limit_and_now(state: DutyState, late_by_s: int, overdue: bool) -> None:
    """逾期 is derived, never stored: only what the unit still owes can be overdue."""
    due_at = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)
    assert is_overdue(state, due_at, due_at + timedelta(seconds=late_by_s)) is overdue


# The diagram


def test_the_diagram_contains_every_transition_and_no_other() -> None:
    """The picture in the docs is the table: an arrow from each source of each rule, the ends, every state's name."""
    arrows = set(re.findall(r"^    (\w+) --> (\w+) : (.+)$", diagram(), re.MULTILINE))
    expected = {
        (source.value, (rule.target or source).value, rule.label.zh) for rule in TRANSITIONS for source in rule.sources
    }
    assert arrows == expected
    assert "[*] --> open" in diagram()
    for state, label in STATE_LABELS.items():
        assert f"{state} : {label.zh} {label.en}" in diagram()
        assert (f"{state} --> [*]" in diagram()) is (state in FINISHED)
