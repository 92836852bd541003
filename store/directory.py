"""The organisation in the database: the roster (名册), and the office's own year table (工作日历)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.roster import Contact, Person, Role, Roster, Unit, UnitGroup
from store.ledger import Writing
from store.registers import changes
from store.schema import calendar_days, people, unit_groups, units


async def roster(connection: AsyncConnection) -> Roster:
    """Everyone and every unit that has not been retired."""
    unit_rows = await connection.execute(select(units).where(units.c.retired_at.is_(None)))
    person_rows = await connection.execute(select(people).where(people.c.retired_at.is_(None)))
    group_rows = await connection.execute(select(unit_groups))
    return Roster(
        units={
            row.key: Unit(row.key, row.kind, tuple(row.aliases), row.responsible, row.head, row.leader)
            for row in unit_rows
        },
        people={
            row.key: Person(
                row.key,
                row.name,
                row.title,
                row.unit,
                row.superior,
                frozenset(Role(role) for role in row.roles),
                tuple(Contact(**contact) for contact in row.contacts),
            )
            for row in person_rows
        },
        groups={row.name: UnitGroup(row.name, tuple(row.members), tuple(row.aliases)) for row in group_rows},
    )


async def replace_roster(write: Writing, new: Roster) -> tuple[str, ...]:
    """Make the roster what the file says; whoever left it is retired, never deleted. Returns what changed."""
    old = await roster(write.connection)
    happenings = [
        *changes("unit", old.units, new.units, _unit_row),
        *changes("person", old.people, new.people, _person_told),
        *changes("group", old.groups, new.groups, _group_row),
    ]
    if not happenings:
        return ()
    await write.record_all(happenings)
    for table, keyed in ((units, new.units), (people, new.people)):
        gone = update(table).where(table.c.retired_at.is_(None), table.c.key.not_in(keyed))
        await write.connection.execute(gone.values(retired_at=write.now))
        await write.connection.execute(delete(table).where(table.c.key.in_(keyed)))
    await write.connection.execute(delete(unit_groups))
    await write.add(units, [_unit_row(unit) for unit in new.units.values()])
    await write.add(people, [_person_row(person) for person in new.people.values()])
    await write.add(unit_groups, [_group_row(group) for group in new.groups.values()])
    return tuple(happening.subject for happening in happenings)


async def year_table(connection: AsyncConnection) -> dict[date, bool]:
    """The days on which the office's own calendar overrules the national one."""
    rows = await connection.execute(select(calendar_days.c.day, calendar_days.c.working))
    return {row.day: row.working for row in rows}


async def new_days(connection: AsyncConnection, days: Mapping[date, tuple[bool, str]]) -> dict[date, tuple[bool, str]]:
    """Those of the days that are not set just so already."""
    rows = await connection.execute(select(calendar_days).where(calendar_days.c.day.in_(days)))
    known = {row.day: (row.working, row.name) for row in rows}
    return {day: set_to for day, set_to in days.items() if known.get(day) != set_to}


async def replace_year_table(write: Writing, days: Mapping[date, tuple[bool, str]]) -> None:
    """Set days worked or rested, with the name of the occasion; days not named stay as they are."""
    await write.connection.execute(delete(calendar_days).where(calendar_days.c.day.in_(days)))
    await write.add(
        calendar_days, [{"day": day, "working": working, "name": name} for day, (working, name) in days.items()]
    )
    told = {day.isoformat(): [working, name] for day, (working, name) in sorted(days.items())}
    await write.record("calendar.set", "calendar", days=told)


def _unit_row(unit: Unit) -> dict[str, object]:
    return {
        "key": unit.name,
        "kind": unit.kind,
        "aliases": list(unit.aliases),
        "retired_at": None,
        "responsible": unit.responsible,
        "head": unit.head,
        "leader": unit.leader,
    }


def _group_row(group: UnitGroup) -> dict[str, object]:
    return {"name": group.name, "members": list(group.members), "aliases": list(group.aliases)}


def _person_row(person: Person) -> dict[str, object]:
    contacts = [asdict(contact) for contact in person.contacts]
    return asdict(person) | {"roles": sorted(person.roles), "contacts": contacts, "retired_at": None}


def _person_told(person: Person) -> dict[str, object]:
    """A person as the ledger tells of them: without the addresses of their contacts (promise 8)."""
    return _person_row(person) | {"contacts": [contact.channel for contact in person.contacts]}
