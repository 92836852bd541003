"""What every decision stands on (规则与名册): policies by version, the work calendar, the roster, in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.chain import chain_of
from rules.escalation import Escalation
from rules.inspecting import Cadence
from rules.policy import Policy
from rules.roster import Chain, Role, Roster
from rules.roster_index import RosterIndex
from rules.worktime import WorkCalendar
from store.directory import roster, year_table
from store.ledger import Writing
from store.schema import policies


@dataclass(frozen=True)
class Rulebook:
    """`current` is the policy version that new duties are opened under."""

    policies: dict[int, Policy]
    calendar: WorkCalendar
    roster: Roster

    @property
    def current(self) -> int:
        return max(self.policies)

    @property
    def policy(self) -> Policy:
        return self.policies[self.current]

    @property
    def cadences(self) -> Mapping[str, Cadence]:
        """Every cadence by its key, those of earlier policies too: their slots run on."""
        return {one.key: one for version in sorted(self.policies) for one in self.policies[version].cadences}

    @cached_property
    def index(self) -> RosterIndex:
        """The roster's names, ready to be matched; built when first asked for."""
        return RosterIndex(self.roster)

    @cached_property
    def office(self) -> tuple[str, ...]:
        return self.people_with(Role.OFFICE)

    @cached_property
    def _escalations(self) -> dict[int, Escalation]:
        return {version: Escalation(policy, self.calendar) for version, policy in self.policies.items()}

    @cached_property
    def _chains(self) -> dict[tuple[str, str | None, str | None], Chain]:
        return {}

    def people_with(self, role: Role) -> tuple[str, ...]:
        return tuple(sorted(key for key, person in self.roster.people.items() if role in person.roles))

    def escalation(self, policy_version: int) -> Escalation:
        return self._escalations[policy_version]

    def chain_of(self, duty: Mapping[Any, Any]) -> Chain:
        """责任链 of a duty's row, looked up once per unit and people named in its table (their keys)."""
        key = (duty["unit"], duty["leader"], duty["responsible"])
        if key not in self._chains:
            self._chains[key] = chain_of(self.roster, *key)
        return self._chains[key]


async def rulebook(connection: AsyncConnection, calendar: WorkCalendar) -> Rulebook:
    """Read policies, calendar and roster. `calendar` gives zone and hours; the office's year table is laid over it."""
    rows = await connection.execute(select(policies.c.version, policies.c.data))
    adopted = {row.version: Policy.model_validate(row.data) for row in rows}
    days = await year_table(connection)
    return Rulebook(adopted, calendar.with_overrides(days), await roster(connection))


async def adopt_policy(write: Writing, policy: Policy) -> int:
    """Make this the policy for duties opened from now on; the same again changes nothing. Returns its version."""
    latest = await write.connection.execute(
        select(policies.c.version, policies.c.data).order_by(policies.c.version.desc()).limit(1)
    )
    last = latest.first()
    if last and Policy.model_validate(last.data) == policy:
        return int(last.version)
    data = policy.model_dump(mode="json")
    version = int(await write.connection.scalar(select(func.coalesce(func.max(policies.c.version), 0))) or 0) + 1
    await write.add(policies, [{"version": version, "adopted_at": write.now, "data": data}])
    await write.record("policy.adopted", f"policy:{version}", policy=data)
    return version
