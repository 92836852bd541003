"""Why a step comes (事由), in the words its recipient reads: leaders hear what needs them together with the reason."""

from functools import lru_cache

from rules.language import Text
from rules.offsets import OffsetUnit
from rules.policy import Anchor, Step

_UNITS = {
    OffsetUnit.WD: Text("个工作日", "working days"),
    OffsetUnit.D: Text("天", "days"),
    OffsetUnit.W: Text("周", "weeks"),
    OffsetUnit.M: Text("个月", "months"),
    OffsetUnit.H: Text("小时", "hours"),
    OffsetUnit.WH: Text("个工作小时", "working hours"),
    OffsetUnit.MIN: Text("分钟", "minutes"),
}
_AFTER = {
    Anchor.DUE: Text("逾期满 {n}，未申报办结", "{n} overdue, not reported done"),
    Anchor.OPENED: Text("立项满 {n}，未签收", "not accepted for {n}"),
    Anchor.REPORTED: Text("申报办结满 {n}，未核验", "reported done {n} ago, not verified"),
    Anchor.ASKED: Text("申请满 {n}，未答复", "asked {n} ago, not answered"),
    Anchor.REVIEW: Text("过复核日 {n}，仍挂账", "still suspended {n} after the day of review"),
}
_AT_REVIEW = Text("挂账复核日已到", "the day to review the suspension has come")
_AT_DUE = Text("已到时限，未申报办结", "the time limit has come, not reported done")
_BEFORE_DUE = Text("距时限 {n}", "{n} to the time limit")


@lru_cache(maxsize=256)
def reason_of(step: Step) -> Text:
    """What has, or has not, happened for so long that this step comes."""
    count, unit = abs(step.offset.count), _UNITS[step.offset.unit]
    if step.anchor is Anchor.DUE and step.offset.count <= 0:
        template = _BEFORE_DUE if step.offset.count else _AT_DUE
    elif step.anchor is Anchor.REVIEW and not step.offset.count:
        template = _AT_REVIEW
    else:
        template = _AFTER[step.anchor]
    return Text(template.zh.format(n=f"{count} {unit.zh}"), template.en.format(n=f"{count} {unit.en}"))
