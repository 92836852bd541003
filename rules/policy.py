"""The office's policy (督办规则): ladders, quiet hours, cadences. A duty keeps the version it was opened under."""

from datetime import time
from enum import IntEnum, StrEnum
from fnmatch import fnmatchcase
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
from rules.inspecting import WEEKLY, Cadence
from rules.language import Text
from rules.lifecycle import DutyState
from rules.offsets import Offset
from rules.recurrence import check
from rules.roster import Recipient, Rung

STANDARD_LADDER = "standard"
"""The ladder of every cadence that `ladder_of` does not name."""
RECTIFICATION_LADDER, RELAPSE_LADDER = "rectification", "relapse"
"""The ladders of findings to be rectified, and of those that came back (回潮)."""

OffsetText = Annotated[
    Offset,
    BeforeValidator(lambda value: Offset.parse(value) if isinstance(value, str) else value),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["-P3WD", "P2WD", "PT8WH"]}),
]


# A set has another order in each process; the ledger and a policy file have one.
States = Annotated[
    frozenset[DutyState], PlainSerializer(lambda states: [one.value for one in DutyState if one in states])
]


def _followable(rules: str) -> str:
    check(rules)
    return rules


def _forwards(offset: Offset) -> Offset:
    if offset.count <= 0:
        raise ValueError("签收后的缓办期应大于零，例如 P5WD · the pause must be longer than nothing, such as P5WD")
    return offset


class Severity(IntEnum):
    """轻重: decides the order in a digest and whether quiet hours hold a notice back."""

    ROUTINE = 1
    IMPORTANT = 2
    URGENT = 3


class Anchor(StrEnum):
    """起算点: what a step counts from. OPENED is the start of the episode: opening, return, hand-over. REVIEW is the
    day a suspended duty is to be looked at again.
    """

    OPENED = "opened"
    DUE = "due"
    REPORTED = "reported"
    ASKED = "asked"
    REVIEW = "review"


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

    `to` names rungs of the duty's chain, "office", or "rechecker". A PROPOSAL (约谈、问责) goes to the office: people
    authorise it.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    kind: StepKind
    anchor: Anchor = Anchor.DUE
    offset: OffsetText
    to: tuple[Recipient, ...]
    states: States = frozenset({DutyState.OPEN, DutyState.ACCEPTED})
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


class Limit(_Model):
    """整改时限: how long the rectification of a finding may take. `type` is a pattern over finding types (占道*, or *
    for any); `severity` None stands for any.
    """

    type: str = "*"
    severity: Severity | None = None
    offset: OffsetText

    def covers(self, type_: str, severity: Severity) -> bool:
        return fnmatchcase(type_, self.type) and self.severity in (None, severity)


class Owner(_Model):
    """归口单位: the unit that findings of a type go to where nobody is registered for the place."""

    type: str
    unit: str


class FindingRules(_Model):
    """问题与整改规则: how findings are triaged, limited, compared and answered.

    The first of `limits` that covers a finding sets its time limit. Two reports of one type and place no further apart
    than `same_within` are proposed as the same where their wordings are at least `alike` (0 to 1). A finding within
    `relapse_within` after the same one was closed is a relapse and counts `relapse_weight` times. Whoever reported is
    answered within `answer_within`; the office is reminded when that, or `triage_within`, has passed and then every
    `remind_every`.
    """

    limits: tuple[Limit, ...] = (
        Limit(severity=Severity.URGENT, offset=Offset.parse("PT2WH")),
        Limit(severity=Severity.IMPORTANT, offset=Offset.parse("P3D")),
        Limit(offset=Offset.parse("P7D")),
    )
    owners: tuple[Owner, ...] = ()
    same_within: OffsetText = Offset.parse("P7D")
    alike: float = Field(default=0.4, gt=0, le=1)
    relapse_within: OffsetText = Offset.parse("P90D")
    relapse_weight: int = Field(default=2, ge=1, le=10)
    triage_within: OffsetText = Offset.parse("P1WD")
    answer_within: OffsetText = Offset.parse("P5WD")
    remind_every: OffsetText = Offset.parse("P2WD")

    @field_validator("limits")
    @classmethod
    def _one_for_all(cls, limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
        """A finding without a limit could not become a duty."""
        if not any(limit.type == "*" and limit.severity is None for limit in limits):
            raise ValueError("整改时限缺少兜底的一条（type 为 *，不写 severity） · no limit covers every finding")
        if any(limit.offset.count < 1 for limit in limits):
            raise ValueError("整改时限必须在今后 · a limit must lie ahead")
        return limits

    @field_validator("same_within", "relapse_within", "triage_within", "answer_within", "remind_every")
    @classmethod
    def _ahead(cls, offset: Offset) -> Offset:
        if offset.count < 1:
            raise ValueError("须大于零 · must be above zero")
        return offset

    def limit_of(self, type_: str, severity: Severity) -> Offset:
        return next(limit.offset for limit in self.limits if limit.covers(type_, severity))

    def owner_of(self, type_: str) -> str | None:
        return next((owner.unit for owner in self.owners if fnmatchcase(type_, owner.type)), None)


class EvidenceRules(_Model):
    """佐证材料规则: sizes in MB, and whether the time and place inside a photo are kept (默认不留)."""

    photo_mb: int = Field(default=20, ge=1, le=100)
    file_mb: int = Field(default=50, ge=1, le=500)
    keep_time: bool = False
    keep_place: bool = False


class Budget(_Model):
    """负担预算: what a unit may be burdened with in a week (None: without limit).

    Messages beyond it wait for the next week unless they are urgent; reports asked for beyond it are put to the office.
    """

    messages: int | None = Field(default=15, ge=1, le=100_000)
    reports: int | None = Field(default=30, ge=1, le=100_000)


UNLIMITED = Budget(messages=None, reports=None)


class Policy(_Model):
    """督办规则: everything the office may set about how duties are supervised.

    `ladders` maps a name to its steps; `ladder_of` says which one a cadence uses. `day_starts` is the local time at
    which steps counted in days fall due. `standing_rule` is how often a 长期坚持 obligation answers.
    `pause_on_accept` is how long accepting a duty holds back what its time limit brings (None: it holds back nothing).
    """

    ladders: dict[str, tuple[Step, ...]]
    ladder_of: dict[Frequency, str] = {}
    day_starts: time = time(9, 0)
    quiet: QuietHours = QuietHours()
    budget: Budget = Budget()
    standing_rule: Annotated[str, AfterValidator(_followable)] = "FREQ=MONTHLY;INTERVAL=3"
    open_ahead_days: int = Field(default=0, ge=0, le=366)
    findings: FindingRules = FindingRules()
    evidence: EvidenceRules = EvidenceRules()
    pause_on_accept: Annotated[OffsetText, AfterValidator(_forwards)] | None = None
    cadences: tuple[Cadence, ...] = (WEEKLY,)

    @field_validator("cadences")
    @classmethod
    def _each_cadence_once(cls, cadences: tuple[Cadence, ...]) -> tuple[Cadence, ...]:
        """Slots are known by their cadence's key."""
        if len({cadence.key for cadence in cadences}) < len(cadences):
            raise ValueError("有同名的督查频次 · two cadences of one key")
        return cadences

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

    def ladder_for_finding(self, *, relapse: bool) -> str:
        """The ladder of a rectification; the standard one in a policy that was adopted before there were others."""
        wanted = (RELAPSE_LADDER,) if relapse else ()
        return next((name for name in (*wanted, RECTIFICATION_LADDER) if name in self.ladders), STANDARD_LADDER)


_SILENT_SINCE_OPENED = {"anchor": Anchor.OPENED, "states": frozenset({DutyState.OPEN})}


def _step(key: str, zh: str, en: str, kind: StepKind, offset: str, *to: Rung | str, **more: object) -> Step:
    return Step.model_validate({"key": key, "label": Text(zh, en), "kind": kind, "offset": offset, "to": to, **more})


def _reminders(key: str, zh: str, en: str, to: str, offsets: str, **more: object) -> tuple[Step, ...]:
    """The same reminder at several offsets: what is not done at the first is asked for again."""
    return tuple(
        _step(f"{key}_{number}" if number > 1 else key, zh, en, StepKind.REMINDER, offset, to, **more)
        for number, offset in enumerate(offsets.split(), start=1)
    )


def _waiting(offsets: str) -> tuple[Step, ...]:
    """What the office is reminded of while others wait for it: a report, a request, a suspension to be reviewed."""
    return (
        *_reminders("verify", "请核验销号", "verify the report", "rechecker", offsets,
                    anchor=Anchor.REPORTED, states=frozenset({DutyState.REPORTED})),
        *_reminders("answer_request", "请答复申请", "answer the request", "office", "P2WD P5WD P10WD",
                    anchor=Anchor.ASKED),
        *_reminders("review", "请复核挂账", "review the suspension", "office", "P0D P5WD P10WD",
                    anchor=Anchor.REVIEW, states=frozenset({DutyState.SUSPENDED})),
    )  # fmt: skip


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
    *_waiting("P2WD"),
)  # fmt: skip

ROUTINE: tuple[Step, ...] = (
    _step("overdue", "逾期催办", "overdue: urged", StepKind.URGE, "P0D", Rung.RESPONSIBLE),
    _step("blue", "蓝色督办单", "blue supervision order", StepKind.ORDER, "P1WD", Rung.HEAD),
    _step("yellow", "黄色督办单", "yellow supervision order", StepKind.ORDER, "P5WD", Rung.LEADER),
    _step("talk", "建议约谈", "talk proposed", StepKind.PROPOSAL, "P15WD", "office"),
    *_waiting("P2WD"),
)


def _rectification(accept: str, urge: str, blue: str, yellow: str, red: str, talk: str) -> tuple[Step, ...]:
    """整改 is asked for in hours: who is silent, or late, is escalated within days."""
    return (
        _step("accept_reminder", "提醒签收", "reminder to accept", StepKind.REMINDER, accept,
              Rung.RESPONSIBLE, **_SILENT_SINCE_OPENED),
        _step("accept_urge", "催办签收", "urged to accept", StepKind.URGE, urge,
              Rung.HEAD, **_SILENT_SINCE_OPENED),
        _step("reminder_1", "临期提醒", "last reminder", StepKind.REMINDER, "-PT4WH", Rung.RESPONSIBLE),
        _step("overdue", "逾期催办", "overdue: urged", StepKind.URGE, "P0D", Rung.RESPONSIBLE),
        _step("blue", "蓝色督办单", "blue supervision order", StepKind.ORDER, blue, Rung.HEAD),
        _step("yellow", "黄色督办单", "yellow supervision order", StepKind.ORDER, yellow, Rung.LEADER),
        _step("red", "红色督办单", "red supervision order", StepKind.ORDER, red, Rung.MAIN,
              severity=Severity.URGENT),
        _step("talk", "建议约谈", "talk proposed", StepKind.PROPOSAL, talk, "office"),
        *_waiting("P2WD P4WD P7WD"),
    )  # fmt: skip


RECTIFICATION = _rectification("PT4WH", "P2WD", "PT4WH", "P2WD", "P5WD", "P7WD")
RELAPSE = _rectification("PT2WH", "PT4WH", "PT2WH", "P1WD", "P2WD", "P3WD")


@lru_cache(maxsize=1)
def default_policy() -> Policy:
    """The policy an office starts with: working-day ladder, quiet from 20:00 to 08:00 and on rest days."""
    return Policy(
        ladders={
            STANDARD_LADDER: STANDARD,
            "routine": ROUTINE,
            RECTIFICATION_LADDER: RECTIFICATION,
            RELAPSE_LADDER: RELAPSE,
        },
        ladder_of={Frequency.DAILY: "routine", Frequency.WEEKLY: "routine"},
    )
