"""The office's policy (督办规则): ladders, quiet hours, cadences. A duty keeps the version it was opened under."""

from datetime import time
from enum import IntEnum, StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from rules.cadence import Frequency
from rules.language import Text
from rules.lifecycle import DutyState
from rules.offsets import Offset
from rules.recurrence import check
from rules.roster import Recipient, Rung

STANDARD_LADDER = "standard"
"""The ladder of every cadence that `ladder_of` does not name."""

OffsetText = Annotated[
    Offset,
    BeforeValidator(lambda value: Offset.parse(value) if isinstance(value, str) else value),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["-P3WD", "P2WD", "PT8WH"]}),
]


def _followable(rules: str) -> str:
    check(rules)
    return rules


class Severity(IntEnum):
    """轻重: decides the order in a digest and whether quiet hours hold a notice back."""

    ROUTINE = 1
    IMPORTANT = 2
    URGENT = 3


class Anchor(StrEnum):
    """起算点: what a step counts from. OPENED is the start of the episode: opening, return, hand-over."""

    OPENED = "opened"
    DUE = "due"
    REPORTED = "reported"
    ASKED = "asked"


class StepKind(StrEnum):
    """步的种类: a reminder may collapse into a later one; every other kind is owed and never skipped in silence."""

    REMINDER = "reminder"
    URGE = "urge"
    ORDER = "order"
    EXPLANATION = "explanation"
    PROPOSAL = "proposal"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Model):
    """升级规则的一步: when it is due, in which states, whom it addresses.

    `to` names rungs of the duty's chain, or "office". A PROPOSAL (约谈、问责) goes to the office: people authorise it.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    kind: StepKind
    anchor: Anchor = Anchor.DUE
    offset: OffsetText
    to: tuple[Recipient, ...]
    states: frozenset[DutyState] = frozenset({DutyState.OPEN, DutyState.ACCEPTED})
    severity: Severity = Severity.IMPORTANT

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The rule in plain values, as the ledger keeps it with each step taken."""
        return {
            "step": self.key,
            "kind": self.kind.value,
            "label": list(self.label),
            "offset": str(self.offset),
            "anchor": self.anchor.value,
        }


class QuietHours(_Model):
    """安静时段: local hours in which nothing below `pierced_by` goes out; rest days count as quiet throughout."""

    begins: time = time(20, 0)
    ends: time = time(8, 0)
    rest_days: bool = True
    pierced_by: Severity = Severity.URGENT


class Policy(_Model):
    """督办规则: everything the office may set about how duties are supervised.

    `ladders` maps a name to its steps; `ladder_of` says which one a cadence uses. `day_starts` is the local time at
    which steps counted in days fall due. `standing_rule` is how often a 长期坚持 obligation answers.
    """

    ladders: dict[str, tuple[Step, ...]]
    ladder_of: dict[Frequency, str] = {}
    day_starts: time = time(9, 0)
    quiet: QuietHours = QuietHours()
    standing_rule: Annotated[str, AfterValidator(_followable)] = "FREQ=MONTHLY;INTERVAL=3"
    open_ahead_days: int = Field(default=0, ge=0, le=366)

    @field_validator("ladders")
    @classmethod
    def _each_step_once(cls, ladders: dict[str, tuple[Step, ...]]) -> dict[str, tuple[Step, ...]]:
        """A step is taken once an episode by its key: a second of that name would never be."""
        for name, steps in ladders.items():
            keys = [step.key for step in steps]
            if len(set(keys)) < len(keys):
                raise ValueError(f"升级规则“{name}”里有同名的步 · ladder “{name}” holds two steps of one key")
        return ladders

    @model_validator(mode="after")
    def _ladders_are_there(self) -> Self:
        """A duty opened under a ladder that is not there could not be supervised at all."""
        for name in (STANDARD_LADDER, *self.ladder_of.values()):
            if name not in self.ladders:
                raise ValueError(f"缺少升级规则“{name}” · there is no ladder “{name}”")
        return self

    def ladder_for(self, frequency: Frequency) -> str:
        return self.ladder_of.get(frequency, STANDARD_LADDER)


_SILENT_SINCE_OPENED = {"anchor": Anchor.OPENED, "states": frozenset({DutyState.OPEN})}
_WAITING_FOR_OFFICE = {"to": ("office",), "kind": StepKind.REMINDER, "offset": "P2WD"}
_ANSWER_REQUEST = Step(
    key="answer_request",
    label=Text("请答复申请", "answer the request"),
    anchor=Anchor.ASKED,
    **_WAITING_FOR_OFFICE,
)
_VERIFY = Step(
    key="verify", label=Text("请核验销号", "verify the report"), anchor=Anchor.REPORTED,
    states=frozenset({DutyState.REPORTED}), **_WAITING_FOR_OFFICE,
)  # fmt: skip


def _step(key: str, zh: str, en: str, kind: StepKind, offset: str, *to: Rung | str, **more: object) -> Step:
    return Step.model_validate({"key": key, "label": Text(zh, en), "kind": kind, "offset": offset, "to": to, **more})


STANDARD: tuple[Step, ...] = (
    _step("accept_reminder", "提醒签收", "reminder to accept", StepKind.REMINDER, "P2WD",
          Rung.RESPONSIBLE, **_SILENT_SINCE_OPENED),
    _step("accept_urge", "催办签收", "urged to accept", StepKind.URGE, "P5WD",
          Rung.HEAD, **_SILENT_SINCE_OPENED),
    _step("accept_order", "逾期未签收", "not accepted", StepKind.ORDER, "P10WD",
          Rung.LEADER, **_SILENT_SINCE_OPENED),
    _step("reminder_3", "到期前提醒", "reminder", StepKind.REMINDER, "-P3WD",
          Rung.RESPONSIBLE, severity=Severity.ROUTINE),
    _step("reminder_1", "临期提醒", "last reminder", StepKind.REMINDER, "-P1WD", Rung.RESPONSIBLE),
    _step("overdue", "逾期催办", "overdue: urged", StepKind.URGE, "P0D", Rung.RESPONSIBLE),
    _step("blue", "蓝色督办单", "blue supervision order", StepKind.ORDER, "P2WD", Rung.HEAD),
    _step("yellow", "黄色督办单", "yellow supervision order", StepKind.ORDER, "P5WD", Rung.LEADER),
    _step("red", "红色督办单", "red supervision order", StepKind.ORDER, "P10WD", Rung.MAIN,
          severity=Severity.URGENT),
    _step("explain", "说明情况", "explanation required", StepKind.EXPLANATION, "P13WD", Rung.HEAD, Rung.GROUP),
    _step("talk", "建议约谈", "talk proposed", StepKind.PROPOSAL, "P15WD", "office"),
    _step("sanction", "建议问责", "accountability proposed", StepKind.PROPOSAL, "P20WD", "office"),
    _VERIFY,
    _ANSWER_REQUEST,
)  # fmt: skip

ROUTINE: tuple[Step, ...] = (
    _step("overdue", "逾期催办", "overdue: urged", StepKind.URGE, "P0D", Rung.RESPONSIBLE),
    _step("blue", "蓝色督办单", "blue supervision order", StepKind.ORDER, "P1WD", Rung.HEAD),
    _step("yellow", "黄色督办单", "yellow supervision order", StepKind.ORDER, "P5WD", Rung.LEADER),
    _step("talk", "建议约谈", "talk proposed", StepKind.PROPOSAL, "P15WD", "office"),
    _VERIFY,
    _ANSWER_REQUEST,
)


@lru_cache(maxsize=1)
def default_policy() -> Policy:
    """The policy an office starts with: working-day ladder, quiet from 20:00 to 08:00 and on rest days."""
    return Policy(
        ladders={"standard": STANDARD, "routine": ROUTINE},
        ladder_of={Frequency.DAILY: "routine", Frequency.WEEKLY: "routine"},
    )
