"""What is counted of findings (问题指标), and the rates kept from it; a figure is what it was counted from (promise 7).

Digital city management (数字城管, GB/T 30428) and the hotlines count differently, so their rates stand apart: the
former by cases that fell due in the period (应结案，不含缓办的挂账件), the latter by what the people who reported said
when they were asked (回访). The formulas are this system's own, as said with each; they quote no standard.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from rules.language import Text
from rules.measures import Figure


class Count(StrEnum):
    """问题计数: what a ledger event, or a case falling due, is counted as."""

    FOUND = "found"
    RELAPSED = "relapsed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    MERGED = "merged"
    DUE = "due"
    SOLVED_IN_TIME = "solved_in_time"
    LATE = "late"
    CLOSED = "closed"
    RECHECKED = "rechecked"
    RETURNED = "returned"
    EXTENDED = "extended"
    DISPUTED = "disputed"
    REROUTED = "rerouted"
    SUSPENDED = "suspended"
    OWED = "owed"
    ANSWERED_IN_TIME = "answered_in_time"
    ASKED_SOLVED = "asked_solved"
    SAID_SOLVED = "said_solved"
    ASKED_SATISFIED = "asked_satisfied"
    SAID_SATISFIED = "said_satisfied"


COUNT_LABELS: Mapping[Count, Text] = {
    Count.FOUND: Text("发现", "found"),
    Count.RELAPSED: Text("其中回潮", "of them relapsed"),
    Count.ACCEPTED: Text("立案", "accepted"),
    Count.REFUSED: Text("不予立案", "refused"),
    Count.MERGED: Text("并案", "merged"),
    Count.DUE: Text("应结案", "due"),
    Count.SOLVED_IN_TIME: Text("按期结案", "closed in time"),
    Count.LATE: Text("逾期", "late"),
    Count.CLOSED: Text("销号", "closed"),
    Count.RECHECKED: Text("复查", "re-checked"),
    Count.RETURNED: Text("返工", "returned"),
    Count.EXTENDED: Text("准予延期", "extended"),
    Count.DISPUTED: Text("提出异议", "disputed"),
    Count.REROUTED: Text("移交", "handed over"),
    Count.SUSPENDED: Text("挂账", "suspended"),
    Count.OWED: Text("应答复", "answers due"),
    Count.ANSWERED_IN_TIME: Text("按期答复", "answered in time"),
    Count.ASKED_SOLVED: Text("回访问到是否解决", "asked if solved"),
    Count.SAID_SOLVED: Text("回访称已解决", "said it was solved"),
    Count.ASKED_SATISFIED: Text("回访问到是否满意", "asked if satisfied"),
    Count.SAID_SATISFIED: Text("回访称满意", "said they were satisfied"),
}

Counts = Mapping[Count, Figure]


class Rate(NamedTuple):
    """比率: one count over another; `meaning` says how, and whose way of counting it is."""

    key: str
    label: Text
    part: Count
    whole: Count
    meaning: Text

    def of(self, counts: Counts) -> float | None:
        """Between 0 and 1; None where there is nothing to count from."""
        part, whole = (counts.get(count, Figure()).value for count in (self.part, self.whole))
        return part / whole if whole else None


def _share(key: str, zh: str, en: str, part: Count) -> Rate:
    meaning = Text("期内件次 / 期内立案数", "in the period, over findings accepted in it")
    return Rate(key, Text(zh, en), part, Count.ACCEPTED, meaning)


RATES: tuple[Rate, ...] = (
    Rate(
        "in_time", Text("按期结案率", "closed in time"), Count.SOLVED_IN_TIME, Count.DUE,
        Text("数字城管口径：时限在期内的立案件中按期结案的；挂账件不计；返工不另给时间",
             "digital city management: of cases due in it, without those suspended; a return gives no more time"),
    ),
    Rate(
        "returned", Text("返工率", "returned"), Count.RETURNED, Count.RECHECKED,
        Text("数字城管口径：复查未通过退回的次数 / 复查次数", "digital city management: returns over re-checks"),
    ),
    Rate(
        "relapsed", Text("回潮率", "relapsed"), Count.RELAPSED, Count.FOUND,
        Text("期内发现的问题中，规则窗口内销号后又发生的", "of those found, the ones that came back within the window"),
    ),
    _share("extended", "延期占比", "extended", Count.EXTENDED),
    _share("disputed", "异议占比", "disputed", Count.DISPUTED),
    _share("rerouted", "移交占比", "handed over", Count.REROUTED),
    _share("suspended", "挂账占比", "suspended", Count.SUSPENDED),
    Rate(
        "responded", Text("响应率", "responded"), Count.ANSWERED_IN_TIME, Count.OWED,
        Text("12345：答复期限在期内的反映件中，按期答复的", "12345: of answers due in the period, those given in time"),
    ),
    Rate(
        "solved", Text("解决率", "solved"), Count.SAID_SOLVED, Count.ASKED_SOLVED,
        Text("12345：回访问到的人中，称已解决的", "12345: of those asked, who said that it was solved"),
    ),
    Rate(
        "satisfied", Text("满意率", "satisfied"), Count.SAID_SATISFIED, Count.ASKED_SATISFIED,
        Text("12345：回访问到的人中，称满意的", "12345: of those asked, who said they were satisfied"),
    ),
)  # fmt: skip

_OF_HOTLINES = frozenset({"responded", "solved", "satisfied"})
CITY_RATES = tuple(rate for rate in RATES if rate.key not in _OF_HOTLINES)
"""数字城管口径: counted from the ledger alone."""
HOTLINE_RATES = tuple(rate for rate in RATES if rate.key in _OF_HOTLINES)
"""12345 口径: counted from answers given in time, and from what people said of them."""
