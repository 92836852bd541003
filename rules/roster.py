"""The organisation (单位、人员、分管关系): who belongs where. Only its types live here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Literal

from rules.language import Text


class Rung(IntEnum):
    """层级: one level of a chain of accountability, from the person who does it to the leading group."""

    RESPONSIBLE = 1
    HEAD = 2
    LEADER = 3
    MAIN = 4
    GROUP = 5


RUNG_LABELS: Mapping[Rung, Text] = {
    Rung.RESPONSIBLE: Text("责任人", "responsible person"),
    Rung.HEAD: Text("单位负责人", "head of the unit"),
    Rung.LEADER: Text("分管领导", "leader in charge"),
    Rung.MAIN: Text("主要领导", "main leader"),
    Rung.GROUP: Text("领导小组", "leading group"),
}

Recipient = Rung | Literal["office", "rechecker"]
"""通知对象: a rung of a duty's chain, the office itself (创建办), or whom the lot fell on to re-check (复查人)."""


class Role(StrEnum):
    """角色: what a person may do beyond answering for their own unit."""

    OFFICE = "office"
    SUPERVISOR = "supervisor"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Contact:
    """联系方式: a channel's name and the person's address on it."""

    channel: str
    target: str


@dataclass(frozen=True, slots=True)
class Person:
    """人员: `superior` is the key of the person in charge of this one."""

    key: str
    name: str
    title: str = ""
    unit: str | None = None
    superior: str | None = None
    roles: frozenset[Role] = frozenset()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: `responsible`, `head` and `leader` are keys of people (责任人、单位负责人、分管领导)."""

    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    responsible: str | None = None
    head: str | None = None
    leader: str | None = None


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """成员单位组: units named together in a table, such as 各社区; `members` are unit names."""

    name: str
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


Chain = Mapping[Rung, str]
"""责任链: the person key on each rung that is filled."""


@dataclass(frozen=True, slots=True)
class Roster:
    """名册: all units, people and groups of one office, by unit name, person key and group name."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, UnitGroup] = field(default_factory=dict)
