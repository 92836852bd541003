"""What a bulletin counts (统计指标): its measures, and figures that are nothing but what they were counted from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from rules.language import Text


class Reference(NamedTuple):
    """出处: one thing that was counted: the number of its ledger event, and of the duty it is about, if any."""

    event: int
    duty: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """数字: no number of its own, only what it was counted from (promise 7)."""

    counted: tuple[Reference, ...] = ()

    @property
    def value(self) -> int:
        return len(self.counted)

    @property
    def events(self) -> tuple[int, ...]:
        return tuple(reference.event for reference in self.counted)

    @classmethod
    def together(cls, figures: Iterable["Figure"]) -> "Figure":
        """The sum of figures, counted from everything they were counted from."""
        counted = (reference for figure in figures for reference in figure.counted)
        return cls(tuple(sorted(counted, key=attrgetter("event"))))


class Group(StrEnum):
    """指标类别: the kinds of measures, in the order they are shown."""

    DUTIES = "duties"
    REQUESTS = "requests"
    STEPS = "steps"
    OFFICE = "office"
    BURDEN = "burden"


GROUP_LABELS: Mapping[Group, Text] = {
    Group.DUTIES: Text("在办与办结", "duties"),
    Group.REQUESTS: Text("申请与答复", "requests"),
    Group.STEPS: Text("督办措施", "steps"),
    Group.OFFICE: Text("提醒创建办", "to the office"),
    Group.BURDEN: Text("基层负担", "burden"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """统计指标: `meaning` says how it is counted; `key` tells steps of one label apart from other measures."""

    group: Group
    key: str
    label: Text
    meaning: Text | None = None


def _measure(group: Group, key: str, zh: str, en: str, meaning: tuple[str, str] | None = None) -> Measure:
    return Measure(group, key, Text(zh, en), Text(*meaning) if meaning else None)


BEFORE = _measure(Group.DUTIES, "before", "期初在办", "in hand at start")
OPENED = _measure(Group.DUTIES, "opened", "新立项", "opened")
RECEIVED = _measure(Group.DUTIES, "received", "移交转入", "taken over")
HANDED_OVER = _measure(Group.DUTIES, "handed_over", "移交转出", "handed over")
REPORTED = _measure(Group.DUTIES, "reported", "申报办结", "reported done")
RETURNED = _measure(Group.DUTIES, "returned", "退回返工", "returned")
IN_TIME = _measure(
    Group.DUTIES, "in_time", "按时销号", "closed in time",
    ("核验销号时，最后一次申报不晚于完成时限", "closed, and last reported done no later than its time limit"),
)  # fmt: skip
LATE = _measure(
    Group.DUTIES, "late", "逾期销号", "closed late",
    ("核验销号时，最后一次申报晚于完成时限", "closed, and last reported done after its time limit"),
)  # fmt: skip
WITHDRAWN = _measure(Group.DUTIES, "withdrawn", "撤销", "withdrawn")
IN_HAND = _measure(
    Group.DUTIES, "in_hand", "期末在办", "in hand at end",
    (
        "＝期初在办＋新立项＋移交转入－移交转出－销号－撤销",
        "= in hand at start + opened + taken over − handed over − closed − withdrawn",
    ),
)  # fmt: skip
WAITING = _measure(
    Group.DUTIES, "waiting", "待核验", "awaiting verification",
    ("期末在办中已申报、尚未核验的", "of those in hand at end: reported done, not yet verified"),
)  # fmt: skip
SUSPENDED = _measure(
    Group.DUTIES, "suspended", "已挂账", "suspended",
    ("期末在办中经同意挂账、暂不督办的", "of those in hand at end: suspended with the office's consent"),
)  # fmt: skip
OVERDUE = _measure(
    Group.DUTIES, "overdue", "逾期未办结", "overdue",
    (
        "期末在办中已过完成时限，且未申报、未挂账的",
        "of those in hand at end: past the time limit, neither reported done nor suspended",
    ),
)  # fmt: skip
UNANSWERED = _measure(
    Group.DUTIES, "unanswered", "申请待答复", "requests unanswered",
    ("期末在办中有申请在等创建办答复的", "of those in hand at end: a request is waiting for the office"),
)  # fmt: skip
EXTENSION_ASKED = _measure(Group.REQUESTS, "extension_asked", "申请延期", "extensions asked")
EXTENDED = _measure(
    Group.REQUESTS, "extended", "准予延期", "extended",
    ("含创建办主动给予的", "those the office gave unasked included"),
)  # fmt: skip
SUSPENSION_ASKED = _measure(Group.REQUESTS, "suspension_asked", "申请挂账", "suspensions asked")
SUSPENSION_GRANTED = _measure(
    Group.REQUESTS, "suspension_granted", "同意挂账", "suspensions granted",
    ("含创建办主动给予的", "those the office gave unasked included"),
)  # fmt: skip
DISPUTED = _measure(Group.REQUESTS, "disputed", "提出异议", "disputes raised")
UPHELD = _measure(
    Group.REQUESTS, "upheld", "异议成立", "disputes upheld",
    ("异议后移交或撤销的", "disputed duties that were handed over or withdrawn"),
)  # fmt: skip
REFUSED = _measure(Group.REQUESTS, "refused", "不予同意", "requests refused")
MESSAGES = _measure(
    Group.BURDEN, "messages", "收到消息", "messages received",
    (
        "送达本单位人员的消息条数，一次汇总算一条",
        "messages delivered to people of the unit; a digest is one message",
    ),
)  # fmt: skip
ASKED_TO_REPORT = _measure(
    Group.BURDEN, "asked_to_report", "要求报送", "reports asked for",
    (
        "要求单位申报或说明的次数：新立项、退回返工、说明情况各算一次",
        "times the unit was asked to report: each duty opened, each return, each explanation required",
    ),
)  # fmt: skip
HELD = _measure(
    Group.BURDEN, "held", "并入下周", "held for next week",
    (
        "超出消息预算而并入下周汇总的通知",
        "notices beyond the budget of messages, held for the next week's digest",
    ),
)  # fmt: skip

MEASURES = (
    BEFORE, OPENED, RECEIVED, HANDED_OVER, REPORTED, RETURNED, IN_TIME, LATE, WITHDRAWN,
    IN_HAND, WAITING, SUSPENDED, OVERDUE, UNANSWERED,
    EXTENSION_ASKED, EXTENDED, SUSPENSION_ASKED, SUSPENSION_GRANTED, DISPUTED, UPHELD, REFUSED,
    MESSAGES, ASKED_TO_REPORT, HELD,
)  # fmt: skip
"""Every measure but the ladder's steps, which the week itself names."""
