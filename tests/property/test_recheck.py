"""Promise 8 over any roster: whoever re-checks is never of the unit, never who reported it, never who found it."""

from hypothesis import given
from hypothesis import strategies as st

from rules.lifecycle import Action, Actor, DutyFacts, DutyState, Need, NotAllowed, permit
from rules.recheck import candidates, draw
from rules.roster import Person, Role, Roster

UNITS = ("甲局", "乙局", "丙办", None)
NAMES = st.sampled_from("赵钱孙李周吴郑王冯陈")
PEOPLE = st.builds(
    Person, NAMES, st.just(""), unit=st.sampled_from(UNITS), roles=st.frozensets(st.sampled_from(list(Role)))
)
ROSTERS = st.lists(PEOPLE, unique_by=lambda person: person.key).map(
    lambda people: Roster(people={person.key: person for person in people})
)


@given(ROSTERS, st.sampled_from(("甲局", "乙局", "丙办")), st.frozensets(NAMES), st.none() | NAMES, st.integers(1, 99))
def test_the_lot_falls_on_an_independent_person_who_alone_may_verify(
    roster: Roster, unit: str, finders: frozenset[str], reporter: str | None, event: int
) -> None:
    """Whatever the roster: the one drawn may close, everybody else is refused, and drawn is never a party to it."""
    lot = draw(candidates(roster, unit, {*finders, *({reporter} if reporter else ())}), 7, 1, event)
    duty = DutyFacts(7, unit, DutyState.REPORTED, None, reporter, 0, True, lot.drawn, finders)
    for key, person in roster.people.items():
        party = person.unit == unit or key == reporter or key in finders
        assert not (party and key in lot.candidates)
        assert may_close(duty, Actor(key, person.unit, person.roles)) is (key == lot.drawn)
    able = any(key not in {*finders, reporter} and person.unit != unit for key, person in staff(roster).items())
    assert (lot.drawn is not None) is able


@given(st.frozensets(NAMES), st.integers(1, 99), st.integers(1, 9), st.integers(1, 999))
def test_the_draw_can_be_redone_by_anyone(people: frozenset[str], duty: int, episode: int, event: int) -> None:
    """The same seed and people give the same lot, in any order; one who is out changes no other's lot."""
    lot = draw(people, duty, episode, event)
    assert draw(sorted(people, reverse=True), duty, episode, event) == lot
    others = people - {lot.candidates[0]} if lot.candidates else people
    if lot.drawn in others:
        assert draw(others, duty, episode, event).drawn == lot.drawn


def test_the_lot_falls_on_everyone_in_turn() -> None:
    """Over a thousand events each of four people is drawn about a quarter of the time: nobody is favoured."""
    drawn = [draw("赵钱孙李", 1, 1, event).drawn for event in range(1000)]
    assert all(200 <= drawn.count(person) <= 300 for person in "赵钱孙李")


def staff(roster: Roster) -> dict[str, Person]:
    return {key: person for key, person in roster.people.items() if person.roles & {Role.OFFICE, Role.SUPERVISOR}}


def may_close(duty: DutyFacts, actor: Actor) -> bool:
    try:
        permit(duty, Action.CLOSE, actor, frozenset(Need))
    except NotAllowed:
        return False
    return True
