"""The organisation as it stood at an event of the ledger (当时的名册与日历), retold from what was recorded of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.roster import Person, Role, Roster, Unit
from store.schema import events

_KINDS = tuple(f"{kind}.{what}" for kind in ("unit", "person") for what in ("added", "changed", "retired"))


@dataclass(frozen=True, slots=True)
class Organisation:
    """当时的单位与人员: `unit_of` also knows people who had left by then; `days` is the office's year table."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    unit_of: dict[str, str | None] = field(default_factory=dict)
    days: dict[date, bool] = field(default_factory=dict)

    @property
    def roster(self) -> Roster:
        """名册, without groups and contacts."""
        return Roster(self.units, self.people)

    def take(self, kind: str, told: Mapping[str, Any]) -> None:
        """Go one event forward."""
        if kind == "calendar.set":
            self.days.update({date.fromisoformat(day): worked for day, (worked, _) in told["days"].items()})
        elif kind.startswith("unit."):
            _keep(self.units, kind, _unit(told))
        else:
            _keep(self.people, kind, _person(told))
            self.unit_of[told["key"]] = told["unit"]


async def organisation_at(connection: AsyncConnection, end: int) -> Organisation:
    """Units, people and year table after every event numbered below `end`."""
    query = select(events.c.kind, events.c.data).where(events.c.id < end, events.c.kind.in_((*_KINDS, "calendar.set")))
    organisation = Organisation()
    for kind, told in await connection.execute(query.order_by(events.c.id)):
        organisation.take(kind, told)
    return organisation


def _keep(known: dict[str, Any], kind: str, told: Unit | Person) -> None:
    key = told.name if isinstance(told, Unit) else told.key
    if kind.endswith(".retired"):
        known.pop(key, None)
    else:
        known[key] = told


def _unit(told: Mapping[str, Any]) -> Unit:
    return Unit(told["key"], told["kind"], tuple(told["aliases"]), told["responsible"], told["head"], told["leader"])


def _person(told: Mapping[str, Any]) -> Person:
    roles = frozenset(Role(role) for role in told["roles"])
    return Person(told["key"], told["name"], told["title"], told["unit"], told["superior"], roles)
