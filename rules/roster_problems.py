"""What is wrong inside a roster (名册): every problem at once, each with its record and field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.chain import chain_of, superiors
from rules.language import Text
from rules.matching import plain
from rules.roster import Contact, Roster
from rules.roster_index import RosterIndex

ADDRESSES = {"email": re.compile(r"[^@\s]+@[^@\s]+"), "sms": re.compile(r"\+?\d[\d -]{5,18}\d")}


class Record(StrEnum):
    """名册中的记录: the part of a roster a problem lies in."""

    UNIT = "unit"
    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """名册问题: `key` names the record, `field` its attribute, or the channel of the contact in question."""

    record: Record
    key: str
    field: str
    message: Text


def problems(roster: Roster) -> tuple[RosterProblem, ...]:
    """名册问题: all that would leave a duty without the right people, or a notice without a way."""
    checks = (_unknown_people, _unknown_units, _loops, _clashes, _unaccountable, _bad_contacts)
    return tuple(problem for check in checks for problem in check(roster))


def _unknown_people(roster: Roster) -> Iterator[RosterProblem]:
    named = [
        *((Record.UNIT, key, "responsible", unit.responsible) for key, unit in roster.units.items()),
        *((Record.UNIT, key, "head", unit.head) for key, unit in roster.units.items()),
        *((Record.UNIT, key, "leader", unit.leader) for key, unit in roster.units.items()),
        *((Record.PERSON, key, "superior", person.superior) for key, person in roster.people.items()),
    ]
    index = RosterIndex(roster)
    for record, key, field, who in named:
        if who is not None and who not in roster.people:
            near = index.match_person(who).offered
            yield _problem(
                record,
                key,
                field,
                f"人员名单中没有“{who}”{near.zh}，请补录此人或改正姓名",
                f"“{who}” is not among the people{near.en}: add the person or correct the name",
            )


def _unknown_units(roster: Roster) -> Iterator[RosterProblem]:
    named = [
        *((Record.PERSON, key, "unit", person.unit) for key, person in roster.people.items() if person.unit),
        *((Record.GROUP, key, "members", unit) for key, one in roster.groups.items() for unit in one.members),
    ]
    index = RosterIndex(roster)
    for record, key, field, unit in named:
        if unit not in roster.units:
            near = index.match_unit(unit).offered
            yield _problem(
                record,
                key,
                field,
                f"单位名单中没有“{unit}”{near.zh}，请补录该单位或改正名称",
                f"“{unit}” is not among the units{near.en}: add the unit or correct the name",
            )


def _problem(record: Record, key: str, field: str, zh: str, en: str) -> RosterProblem:
    return RosterProblem(record, key, field, Text(zh, en))


def _loops(roster: Roster) -> Iterator[RosterProblem]:
    reported: set[str] = set()
    for key in roster.people:
        line = [key, *superiors(roster, key)]
        if roster.people[line[-1]].superior != key or key in reported:
            continue
        reported.update(line)
        circle = " → ".join((*line, key))
        yield _problem(
            Record.PERSON,
            key,
            "superior",
            f"上下级成环：{circle}，请改正其中一人的上级",
            f"the superiors form a loop: {circle}; correct the superior of one of them",
        )


def _clashes(roster: Roster) -> Iterator[RosterProblem]:
    """One name for two units or groups: a table that uses it could mean either."""
    owners: dict[str, tuple[Record, str]] = {}
    for record, known in ((Record.UNIT, roster.units), (Record.GROUP, roster.groups)):
        for key, one in known.items():
            for field, name in (("name", key), *(("aliases", alias) for alias in one.aliases)):
                owner = owners.setdefault(plain(name), (record, key))
                other = owner[1]
                if owner != (record, key):
                    yield _problem(
                        record,
                        key,
                        field,
                        f"“{name}”同时是“{other}”和“{key}”的名称或简称，请只保留一处",
                        f"“{name}” is a name of both “{other}” and “{key}”: keep it for one of them",
                    )


def _unaccountable(roster: Roster) -> Iterator[RosterProblem]:
    for name in roster.units:
        if not chain_of(roster, name):
            yield _problem(
                Record.UNIT,
                name,
                "head",
                f"“{name}”没有任何责任人，请填写责任人、单位负责人或分管领导",
                f"nobody answers for “{name}”: name a responsible person, a head or a leader in charge",
            )


def _bad_contacts(roster: Roster) -> Iterator[RosterProblem]:
    for key, person in roster.people.items():
        for contact in person.contacts:
            if not _reachable(contact):
                yield _problem(
                    Record.PERSON,
                    key,
                    contact.channel,
                    f"“{key}”的联系方式“{contact.target}”（{contact.channel}）写法不对，请更正",
                    f"the contact “{contact.target}” ({contact.channel}) of “{key}” is malformed: correct it",
                )


def _reachable(contact: Contact) -> bool:
    pattern = ADDRESSES.get(contact.channel)
    return bool(contact.channel and contact.target and (pattern is None or pattern.fullmatch(contact.target)))
