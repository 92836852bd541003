"""How the office inspects (检查安排): cadences, and what a round looks at. Which sites it draws is rules.sampling's."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from rules.language import Text
from rules.recurrence import check


class Method(StrEnum):
    """检查方式: unannounced rounds (暗访) stay concealed from the units until they are done."""

    ANNOUNCED = "announced"
    UNANNOUNCED = "unannounced"
    SPECIAL = "special"


METHOD_LABELS: Mapping[Method, Text] = {
    Method.ANNOUNCED: Text("明查", "announced"),
    Method.UNANNOUNCED: Text("暗访", "unannounced"),
    Method.SPECIAL: Text("专项检查", "special inspection"),
}


class Level(StrEnum):
    """检查层次: which checklist an item stands on; a monthly check looks at the weekly and daily items too."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"

    @property
    def includes(self) -> "frozenset[Level]":
        """The checklists that a check of this level goes through."""
        order = list(Level)
        return frozenset(order[: order.index(self) + 1])


LEVEL_LABELS: Mapping[Level, Text] = {
    Level.DAILY: Text("日", "daily"),
    Level.WEEKLY: Text("周", "weekly"),
    Level.MONTHLY: Text("月", "monthly"),
}


class Occasion(StrEnum):
    """频次种类: what a cadence asks for; all but rounds are marked done by the office."""

    ROUND = "round"
    BULLETIN = "bulletin"
    MEETING = "meeting"
    LISTING = "listing"
    TALK = "talk"


OCCASION_LABELS: Mapping[Occasion, Text] = {
    Occasion.ROUND: Text("检查", "inspection"),
    Occasion.BULLETIN: Text("通报", "bulletin"),
    Occasion.MEETING: Text("会商", "meeting"),
    Occasion.LISTING: Text("列单", "listing"),
    Occasion.TALK: Text("约谈", "talk"),
}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scope(_Model):
    """检查范围: only sites in this area or one within it, of this type, unit or sector; items of this indicator."""

    area: str | None = None
    site_type: str | None = None
    unit: str | None = None
    indicator: str | None = None


MOST_SITES = 100_000
"""As many as a round may be asked to draw; no register of places is that long."""


class Size(_Model):
    """抽查数量: a number of sites, or as many as a confidence and a margin of error ask for; neither: all of them.

    `confidence` and `margin` are shares: 0.95 and 0.1 let the share of sites at fault be told within ten points either
    way, in nineteen rounds of twenty.
    """

    sites: int | None = Field(default=None, ge=1, le=MOST_SITES)
    confidence: float | None = Field(default=None, ge=0.5, le=0.999)
    margin: float = Field(default=0.1, gt=0, lt=0.5)


class Phase(_Model):
    """阶段: the days a cadence runs within (百日整治), both included; an end left out is open."""

    begins: date | None = None
    ends: date | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.begins and self.ends and self.ends < self.begins:
            raise ValueError("阶段的结束早于开始 · a phase ends before it begins")
        return self


def _followable(rules: str) -> str:
    check(rules)
    return rules


class Inspection(_Model):
    """检查方案: what a round looks at and how. `teams` go in groups; without it each supervisor goes alone.

    `revisited` is the share of its sites that are drawn among those where findings were closed lately (回访).
    """

    label: Text
    method: Method = Method.ANNOUNCED
    level: Level = Level.WEEKLY
    scope: Scope = Scope()
    size: Size = Size()
    teams: int | None = Field(default=None, ge=1, le=50)
    revisited: float = Field(default=0.2, ge=0, le=1)


class Cadence(Inspection):
    """督查频次: how often something is asked for, as a recurrence rule; compound ones are joined by " + ".

    FREQ=DAILY;X-COUNT=4 + FREQ=WEEKLY is 4+1; FREQ=MONTHLY;BYMONTHDAY=10,20,-1 每旬; …BYMONTHDAY=15,-1 半月一次.
    Without `phases` it always runs. A slot in which nobody works falls away unless `rest_days`.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    occasion: Occasion = Occasion.ROUND
    rule: Annotated[str, AfterValidator(_followable)]
    phases: tuple[Phase, ...] = ()
    rest_days: bool = False


WEEKLY = Cadence(key="weekly", label=Text("每周检查", "weekly inspection"), rule="FREQ=WEEKLY")
"""What an office starts with."""
