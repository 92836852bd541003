"""Laws of rosters: files lose nothing, chains end, names are found, whatever the organisation."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.roster import read_roster
from documents.roster_form import write_roster
from rules.chain import chain_of
from rules.roster import Contact, Person, Role, Roster, Rung, Unit, UnitGroup
from rules.roster_index import RosterIndex
from rules.roster_problems import problems

words = st.text("城管社区科室办局队一二三甲乙丙=+-@'\"<&（） 1.", min_size=1, max_size=6).map(str.strip).filter(bool)
CHANNELS = ("wecom", "inbox", "email", "sms")
"""In the order in which a file gives them back."""


def addresses(channel: str) -> st.SearchStrategy[str]:
    return {"email": st.just("a@example.com"), "sms": st.from_regex(r"1[0-9]{10}", fullmatch=True)}.get(channel, words)


@st.composite
def people(draw: st.DrawFn, units: list[str]) -> dict[str, Person]:
    """People with namesakes, who have a unit; superiors come earlier in the list, so that there is no loop."""
    pairs = draw(st.lists(st.tuples(words, st.sampled_from(units)), min_size=1, max_size=6, unique=True))
    names = [name for name, _ in pairs]
    keys = [name if names.count(name) == 1 else f"{name}（{unit}）" for name, unit in pairs]
    found: dict[str, Person] = {}
    for key, (name, unit) in zip(keys, pairs, strict=True):
        channels = sorted(draw(st.lists(st.sampled_from(CHANNELS), max_size=3)), key=CHANNELS.index)
        found[key] = Person(
            key, name, draw(words | st.just("")), unit, draw(st.none() | st.sampled_from([*found, None])),
            draw(st.frozensets(st.sampled_from(Role))),
            tuple(Contact(channel, draw(addresses(channel))) for channel in channels),
        )  # fmt: skip
    return found


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    names = draw(st.lists(words, min_size=2, max_size=9, unique=True))
    units, groups, aliases = names[: len(names) // 2 or 1], names[-1:], names[len(names) // 2 : -1]
    persons = draw(people(units))
    someone = st.sampled_from([*persons, None])
    return Roster(
        units={
            name: Unit(
                name, draw(words), tuple(aliases[place :: len(units)]), *draw(st.tuples(someone, someone, someone))
            )
            for place, name in enumerate(units)
        },
        people=persons,
        groups={name: UnitGroup(name, tuple(draw(st.lists(st.sampled_from(units), unique=True)))) for name in groups},
    )


@settings(max_examples=60)
@given(rosters().filter(lambda roster: not problems(roster)))
def test_a_roster_written_and_read_is_the_same(roster: Roster) -> None:
    """A roster taken out to Excel and brought back unedited changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster(roster, path)
        assert read_roster(path) == roster


@given(st.dictionaries(words, st.tuples(words, words), min_size=1, max_size=6), words)
def test_a_chain_always_ends_and_names_only_known_people(superiors: dict[str, tuple[str, str]], unit: str) -> None:
    """Whatever loops and gaps a roster has, a chain is finite and no one stands twice above the unit."""
    people = {name: Person(name, name, superior=above) for name, (above, _) in superiors.items()}
    first, (above, head) = next(iter(superiors.items()))
    roster = Roster(units={unit: Unit(unit, responsible=first, head=head, leader=above)}, people=people)
    chain = chain_of(roster, unit)
    leaders = [key for rung, key in chain.items() if rung >= Rung.LEADER]
    assert set(chain.values()) <= people.keys()
    assert len(leaders) == len(set(leaders))


@given(rosters().filter(lambda roster: not problems(roster)))
def test_a_sound_roster_finds_everyone_by_name_and_answers_for_every_unit(roster: Roster) -> None:
    """No unit without someone accountable, and no declared name that leads elsewhere, however it is spaced."""
    index = RosterIndex(roster)
    for name, unit in roster.units.items():
        assert index.chain_of(name)
        for declared in (name, *unit.aliases):
            assert index.match_unit(f" {declared}\u3000").found == name
    for name, group in roster.groups.items():
        assert index.expand_group(name) == group.members
    for key in roster.people:
        assert index.match_person(key).found == key


@given(rosters(), words)
def test_what_is_offered_is_known(roster: Roster, written: str) -> None:
    """A match or a choice is always a key of the roster, and nothing is both found and offered."""
    index = RosterIndex(roster)
    for match, known in ((index.match_unit(written), roster.units), (index.match_person(written), roster.people)):
        assert {match.found, *match.near} - {None} <= set(known)
        assert match.found is None or not match.near
