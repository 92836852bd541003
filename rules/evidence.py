"""Evidence (佐证材料): what is known of a file, and who may see it. Its bytes are no matter of the rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from rules.lifecycle import Actor
from rules.roster import Role

_SEES_ALL = frozenset({Role.OFFICE, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Exhibit:
    """佐证材料: a file known by the SHA-256 of what is kept of it. `taken_at` and `taken_where` only where the policy
    keeps them.
    """

    sha256: str
    media_type: str
    size: int
    name: str
    taken_at: datetime | None = None
    taken_where: str | None = None


def may_see(actor: Actor, units: Collection[str], people: Collection[str]) -> bool:
    """Whether a person may see a file shown for something of these units, and to these people (who added it, who
    re-checks it): promise 8.
    """
    return bool(actor.roles & _SEES_ALL) or actor.unit in units or actor.key in people
