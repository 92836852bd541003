"""One duty's life (责任事项的办理过程) as a single table: what may be done, from where, by whom, with which effect.

The table feeds the permissions, the command line, the page's buttons and the diagram in docs/lifecycle.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.errors import Refusal
from rules.language import Text
from rules.roster import Recipient, Role, Rung


class DutyState(StrEnum):
    """办理状态: where a duty stands. Overdue (逾期) is none of them: it follows from `due_at` and now."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """办理动作: what a person may do to a duty."""

    ACCEPT = "accept"
    REPORT = "report"
    RETURN = "return"
    CLOSE = "close"
    ASK_EXTENSION = "ask_extension"
    DISPUTE = "dispute"
    ASK_SUSPENSION = "ask_suspension"
    EXTEND = "extend"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    HAND_OVER = "hand_over"
    SPLIT = "split"
    REDRAW = "redraw"
    APPOINT = "appoint"


class Request(StrEnum):
    """待答复的申请: what a unit has asked of the office and not yet been answered."""

    EXTENSION = "extension"
    DISPUTE = "dispute"
    SUSPENSION = "suspension"


class Party(StrEnum):
    """办理方: in which capacity a person acts on a duty."""

    UNIT = "unit"
    OFFICE = "office"
    VERIFIER = "verifier"


class Need(StrEnum):
    """必填项: what an action must be given."""

    REASON = "reason"
    DUE = "due"
    UNIT = "unit"
    TITLE = "title"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Actor:
    """办理人: a person with the unit and the roles they hold; the system acts under SYSTEM."""

    key: str
    unit: str | None = None
    roles: frozenset[Role] = frozenset()


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """What the lifecycle needs to know of a duty. `reporter` is whoever reported it done.

    `by_lot` marks a rectification: only the `rechecker` the lot fell on may verify it, never one of its `finders`.
    """

    id: int
    unit: str
    state: DutyState
    pending: Request | None = None
    reporter: str | None = None
    open_parts: int = 0
    by_lot: bool = False
    rechecker: str | None = None
    finders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Transition:
    """办理规则: `target` None leaves the state as it is; `asks` opens a request, `answers` settles one of those named.

    `needs` must be given; `takes` may be, too.

    `new_episode` starts the ladder afresh (延期、返工、移交、恢复). `tells` names who hears of it: rungs of the
    duty's chain, or the office.
    """

    action: Action
    label: Text
    sources: frozenset[DutyState]
    target: DutyState | None
    by: frozenset[Party]
    needs: frozenset[Need] = frozenset()
    takes: frozenset[Need] = frozenset()
    asks: Request | None = None
    answers: frozenset[Request] = frozenset()
    only_pending: bool = False
    new_episode: bool = False
    tells: tuple[Recipient, ...] = (Rung.RESPONSIBLE,)


def _rule(
    action: Action,
    label: tuple[str, str],
    sources: str,
    target: DutyState | None,
    by: Iterable[Party],
    *,
    needs: Iterable[Need] = (),
    takes: Iterable[Need] = (),
    asks: Request | None = None,
    answers: Iterable[Request] = (),
    only_pending: bool = False,
    new_episode: bool = False,
    tells: tuple[Recipient, ...] = (Rung.RESPONSIBLE,),
) -> Transition:
    states = frozenset(DutyState(name) for name in sources.split())
    return Transition(
        action, Text(*label), states, target, frozenset(by), frozenset(needs), frozenset(takes),
        asks, frozenset(answers), only_pending, new_episode, tells,
    )  # fmt: skip


_UNIT, _OFFICE, _VERIFIER = (Party.UNIT,), (Party.OFFICE,), (Party.VERIFIER,)
_UNIT_OR_OFFICE = (Party.UNIT, Party.OFFICE)

TRANSITIONS: tuple[Transition, ...] = (
    _rule(Action.ACCEPT, ("签收", "accept"), "open", DutyState.ACCEPTED, _UNIT_OR_OFFICE, tells=()),
    _rule(
        Action.REPORT, ("申报办结", "report done"), "open accepted", DutyState.REPORTED, _UNIT_OR_OFFICE,
        takes=(Need.REASON,), answers=Request, tells=("rechecker",),
    ),
    _rule(
        Action.RETURN, ("退回返工", "return"), "reported", DutyState.ACCEPTED, _VERIFIER,
        needs=(Need.REASON,), new_episode=True, tells=(Rung.RESPONSIBLE, Rung.HEAD),
    ),
    _rule(Action.CLOSE, ("核验销号", "close"), "reported", DutyState.CLOSED, _VERIFIER, takes=(Need.REASON,)),
    _rule(
        Action.ASK_EXTENSION, ("申请延期", "ask for an extension"), "open accepted", None, _UNIT_OR_OFFICE,
        needs=(Need.REASON, Need.DUE), asks=Request.EXTENSION, tells=("office",),
    ),
    _rule(
        Action.DISPUTE, ("提出异议", "dispute"), "open accepted", None, _UNIT_OR_OFFICE,
        needs=(Need.REASON,), asks=Request.DISPUTE, tells=("office",),
    ),
    _rule(
        Action.ASK_SUSPENSION, ("申请挂账", "ask for suspension"), "open accepted", None, _UNIT_OR_OFFICE,
        needs=(Need.REASON,), asks=Request.SUSPENSION, tells=("office",),
    ),
    _rule(
        Action.EXTEND, ("准予延期", "extend"), "open accepted", None, _OFFICE,
        needs=(Need.REASON, Need.DUE), answers=(Request.EXTENSION,), new_episode=True,
    ),
    _rule(
        Action.REFUSE, ("不予同意", "refuse the request"), "open accepted", None, _OFFICE,
        needs=(Need.REASON,), answers=Request, only_pending=True,
    ),
    _rule(
        Action.SUSPEND, ("挂账", "suspend"), "open accepted", DutyState.SUSPENDED, _OFFICE,
        needs=(Need.REASON,), takes=(Need.DUE,), answers=Request,
    ),
    _rule(
        Action.RESUME, ("恢复办理", "resume"), "suspended", DutyState.ACCEPTED, _OFFICE,
        needs=(Need.DUE,), new_episode=True,
    ),
    _rule(
        Action.HAND_OVER, ("移交", "hand over"), "open accepted", DutyState.OPEN, _OFFICE,
        needs=(Need.REASON, Need.UNIT), answers=Request, new_episode=True,
    ),
    _rule(
        Action.WITHDRAW, ("撤销", "withdraw"), "open accepted reported suspended", DutyState.WITHDRAWN, _OFFICE,
        needs=(Need.REASON,), answers=Request,
    ),
    _rule(
        Action.SPLIT, ("分办", "split off a part"), "open accepted", None, _UNIT_OR_OFFICE,
        needs=(Need.TITLE, Need.UNIT, Need.DUE),
    ),
    _rule(
        Action.REDRAW, ("重新抽取复查人", "draw another re-checker"), "reported", None, _OFFICE,
        needs=(Need.REASON,), tells=("rechecker",),
    ),
    _rule(
        Action.APPOINT, ("指定复查人", "appoint a re-checker"), "reported", None, _OFFICE,
        needs=(Need.PERSON, Need.REASON), tells=("rechecker",),
    ),
)  # fmt: skip

_BY_ACTION = {rule.action: rule for rule in TRANSITIONS}

STATE_LABELS: dict[DutyState, Text] = {
    DutyState.OPEN: Text("待签收", "open"),
    DutyState.ACCEPTED: Text("办理中", "accepted"),
    DutyState.REPORTED: Text("待核验", "reported"),
    DutyState.SUSPENDED: Text("已挂账", "suspended"),
    DutyState.CLOSED: Text("已销号", "closed"),
    DutyState.WITHDRAWN: Text("已撤销", "withdrawn"),
}
NEED_LABELS: dict[Need, Text] = {
    Need.REASON: Text("理由", "a reason"),
    Need.DUE: Text("时限", "a time limit"),
    Need.UNIT: Text("单位", "a unit"),
    Need.TITLE: Text("标题", "a title"),
    Need.PERSON: Text("复查人", "a person"),
}
PARTY_LABELS: dict[Party, Text] = {
    Party.UNIT: Text("责任单位", "the unit"),
    Party.OFFICE: Text("创建办", "the office"),
    Party.VERIFIER: Text("独立核验人", "an independent verifier"),
}


class NotAllowed(Refusal):
    """办理被拒: the action does not fit the duty's state, the actor, or what it was given."""

    zh = "责任事项 D{duty} 现在不能“{action}”：{why}"
    en = "Duty D{duty} cannot be given “{action_en}” now: {why_en}"


def parties_of(actor: Actor, duty: DutyFacts) -> frozenset[Party]:
    """In which capacities the actor may act on this duty (promise 8: never verify what one's own side reported, nor
    what one found; a rectification is verified by whom the lot fell on and nobody else).
    """
    parties = set()
    if actor.unit == duty.unit:
        parties.add(Party.UNIT)
    if Role.OFFICE in actor.roles:
        parties.add(Party.OFFICE)
    independent = actor.unit != duty.unit and actor.key not in {duty.reporter, *duty.finders}
    chosen = actor.key == duty.rechecker if duty.by_lot else actor.roles & {Role.OFFICE, Role.SUPERVISOR}
    if independent and chosen:
        parties.add(Party.VERIFIER)
    return frozenset(parties)


def permit(duty: DutyFacts, action: Action, actor: Actor, given: frozenset[Need]) -> Transition:
    """The transition this action makes, or NotAllowed with the first reason against it."""
    rule = _BY_ACTION[action]
    reason = _objection(duty, rule, actor, given)
    if reason:
        raise refusal(duty.id, rule, reason)
    return rule


def refusal(duty: int, rule: Transition, why: Text) -> NotAllowed:
    """办理被拒 for a reason."""
    return NotAllowed(duty=duty, action=rule.label.zh, why=why.zh, action_en=rule.label.en, why_en=why.en)


def open_to(duty: DutyFacts, actor: Actor) -> tuple[Transition, ...]:
    """Everything this actor may do to this duty now, for buttons and help."""
    return tuple(rule for rule in TRANSITIONS if _objection(duty, rule, actor, rule.needs) is None)


def _objection(duty: DutyFacts, rule: Transition, actor: Actor, given: frozenset[Need]) -> Text | None:
    if duty.state not in rule.sources:
        now = STATE_LABELS[duty.state]
        return Text(f"它的状态是“{now.zh}”。", f"it is “{now.en}”.")
    if not rule.by & parties_of(actor, duty):
        return _wrong_party(rule, duty)
    if rule.action in (Action.REDRAW, Action.APPOINT) and not duty.by_lot:
        return Text("只有整改事项的复查人由抽签确定。", "only for rectifications is a re-checker drawn.")
    if rule.action is Action.APPOINT and duty.rechecker:
        return Text("已经抽定复查人；确不能到场的，请重新抽取。", "one was drawn; if they cannot do it, draw another.")
    if rule.asks and duty.pending:
        return Text("已有一项申请在等创建办答复。", "a request is already waiting for the office.")
    if rule.only_pending and not duty.pending:
        return Text("没有等待答复的申请。", "no request is waiting for an answer.")
    if rule.action is Action.REPORT and duty.open_parts:
        return Text(f"还有 {duty.open_parts} 项分办未销号。", f"{duty.open_parts} of its parts are still open.")
    missing = rule.needs - given
    if missing:
        labels = [NEED_LABELS[need] for need in Need if need in missing]
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
        return Text(f"还需要填写：{zh}。", f"it needs: {en}.")
    return None


def _wrong_party(rule: Transition, duty: DutyFacts) -> Text:
    if duty.by_lot and Party.VERIFIER in rule.by:
        who_zh, who_en = duty.rechecker or "尚未确定", duty.rechecker or "nobody yet"
        return Text(f"只有抽定的复查人（{who_zh}）可以办理。", f"only the re-checker drawn ({who_en}) may do it.")
    who = sorted(rule.by)
    return Text(
        f"只有{'、'.join(PARTY_LABELS[party].zh for party in who)}可以办理。",
        f"only {' or '.join(PARTY_LABELS[party].en for party in who)} may do it.",
    )


def is_overdue(state: DutyState, due_at: datetime, now: datetime) -> bool:
    """逾期: past its time limit and neither reported, suspended nor finished."""
    return state in ACTIVE and now > due_at


ACTIVE = frozenset({DutyState.OPEN, DutyState.ACCEPTED})
FINISHED = frozenset({DutyState.CLOSED, DutyState.WITHDRAWN})


def diagram() -> str:
    """The lifecycle as a Mermaid state diagram, drawn from the table."""
    lines = ["stateDiagram-v2", "    [*] --> open"]
    lines += [f"    {state} : {label.zh} {label.en}" for state, label in STATE_LABELS.items()]
    for rule in TRANSITIONS:
        for source in DutyState:
            if source in rule.sources:
                lines.append(f"    {source} --> {rule.target or source} : {rule.label.zh}")
    lines += [f"    {state} --> [*]" for state in DutyState if state in FINISHED]
    return "\n".join(lines)
