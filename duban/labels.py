"""What the ledger's words are called on the screen (显示用语). Labels of states, steps and rungs live in rules/."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rules.language import Text
from rules.lifecycle import SYSTEM, TRANSITIONS

if TYPE_CHECKING:
    from rules.policy import Policy

_EVENTS = {
    "duty.opened": Text("立项", "opened"),
    "duty.amended": Text("随修订变更", "amended by a revision"),
    "duty.rescheduled": Text("重算时点", "rescheduled"),
    "round.opened": Text("开启检查", "round opened"),
    "recheck.drawn": Text("抽取复查人", "re-checker drawn"),
    "evidence.added": Text("收存材料", "evidence kept"),
    "finding.recorded": Text("登记问题", "finding recorded"),
    "finding.accepted": Text("立案", "accepted"),
    "finding.refused": Text("不予立案", "refused"),
    "finding.merged": Text("并案", "merged"),
    "finding.handed_over": Text("移交", "handed over"),
    "finding.answered": Text("答复", "answered"),
    "finding.rated": Text("评价", "rated"),
    "finding.reminded": Text("提醒创建办", "office reminded"),
    "message.opened": Text("打开消息", "message opened"),
    "budget.messages": Text("消息预算用完", "budget of messages used up"),
    "budget.reports": Text("报送预算用完", "budget of reports used up"),
} | {f"duty.{rule.action}": rule.label for rule in TRANSITIONS}
_COLLAPSED = Text("（并入后一步，未另发）", " (collapsed into a later step)")
_NO_OUTCOME = Text("未有结果", "no outcome")


def label_of(kind: str, data: Mapping[str, Any]) -> Text:
    """What happened, by an event's kind; a ladder step has its own name, and says where nobody was told of it."""
    if kind != "duty.step":
        return _EVENTS.get(kind, Text(kind, kind))
    zh, en = data["label"]
    return Text(zh, en) if data["told"] else Text(zh + _COLLAPSED.zh, en + _COLLAPSED.en)


def actor_label(actor: str) -> Text:
    return Text("系统", "system") if actor == SYSTEM.key else Text(actor, actor)


def outcome_labels() -> Mapping[str, Text]:
    """The name of each way a sending may end."""
    from channels.outcome import OUTCOME_LABELS

    return {outcome.value: label for outcome, label in OUTCOME_LABELS.items()}


def outcome_label(outcome: str | None) -> Text:
    """How a sending ended; it has not yet where there is none."""
    return outcome_labels()[outcome] if outcome else _NO_OUTCOME


def step_labels(policies: "Iterable[Policy]") -> Mapping[str, Text]:
    """The name of each step of these policies' ladders."""
    return {step.key: step.label for policy in policies for ladder in policy.ladders.values() for step in ladder}


def counted(counts: Mapping[str, int], labels: Mapping[str, Text]) -> Text:
    """Counts by kind, each under its name."""
    named = [(labels.get(kind, Text(kind, kind)), count) for kind, count in sorted(counts.items())]
    zh = "，".join(f"{label.zh} {count}" for label, count in named)
    return Text(zh or "—", ", ".join(f"{label.en} {count}" for label, count in named) or "—")
