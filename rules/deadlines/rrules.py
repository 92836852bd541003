"""Recurrence rules (周期规则) in RFC 5545's words, with X-COUNT and X-MIN-COUNT for so many times in a period."""

import re
from dataclasses import dataclass, field

PACES: dict[str, tuple[str, int]] = {
    "年": ("YEARLY", 1),
    "学年": ("YEARLY", 1),
    "半年": ("MONTHLY", 6),
    "学期": ("MONTHLY", 6),
    "季度": ("MONTHLY", 3),
    "季": ("MONTHLY", 3),
    "双月": ("MONTHLY", 1),
    "月": ("MONTHLY", 1),
    "单月": ("MONTHLY", 1),
    "半月": ("MONTHLY", 1),
    "旬": ("MONTHLY", 1),
    "双周": ("WEEKLY", 2),
    "单周": ("WEEKLY", 2),
    "周": ("WEEKLY", 1),
    "工作日": ("WEEKLY", 1),
    "日": ("DAILY", 1),
    "天": ("DAILY", 1),
    "晚": ("DAILY", 1),
    "小时": ("HOURLY", 1),
}
TIMES_A_MONTH = {"半月": 2, "旬": 3}
ALTERNATE_MONTHS = {"单月": "1,3,5,7,9,11", "双月": "2,4,6,8,10,12"}
WORKING_DAYS = "MO,TU,WE,TH,FR"
DAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
QUARTER_MONTHS = {1: "1,4,7,10", 2: "2,5,8,11", 3: "3,6,9,12", -1: "3,6,9,12"}
ORDER = ("INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYHOUR", "BYMINUTE", "X-COUNT", "X-MIN-COUNT")


@dataclass(slots=True)
class Rule:
    """周期规则: `unit` is the period as said (月, 季度), `parts` what RFC 5545 calls the rule's parts."""

    freq: str
    unit: str
    parts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ";".join([f"FREQ={self.freq}", *(f"{name}={self.parts[name]}" for name in ORDER if name in self.parts)])


def pace(unit: str, number: int = 1) -> Rule:
    """The rule of 每N个unit; no month or day is written into it that the text does not give."""
    unit = _plain(unit)
    freq, step = PACES[unit]
    rule = Rule(freq, unit)
    if freq == "MONTHLY" and step * number % 12 == 0:
        rule.freq, step, number = "YEARLY", 1, step * number // 12
    if step * number > 1:
        rule.parts["INTERVAL"] = str(step * number)
    if unit in TIMES_A_MONTH:
        rule.parts["X-COUNT"] = str(TIMES_A_MONTH[unit])
    if unit in ALTERNATE_MONTHS:
        rule.parts["BYMONTH"] = ALTERNATE_MONTHS[unit]
    if unit == "工作日":
        rule.parts["BYDAY"] = WORKING_DAYS
    return rule


def days_of_week(words: str) -> str:
    """周一、三、五 as MO,WE,FR; 周一至周五 as all five; 周末 and 双休日 as SA,SU."""
    if words == "双休日":
        return "SA,SU"
    chosen: list[str] = []
    for first, last in re.findall("([一二三四五六日天末])(?:[至到-](?:周|星期|礼拜)?([一二三四五六日天]))?", words):
        if first == "末":
            chosen += ["SA", "SU"]
        elif last:
            week = list(dict.fromkeys(DAYS.values()))
            chosen += week[week.index(DAYS[first]) : week.index(DAYS[last]) + 1]
        else:
            chosen.append(DAYS[first])
    return ",".join(dict.fromkeys(chosen))


def _plain(unit: str) -> str:
    unit = unit.removeprefix("个").removesuffix("份")
    unit = unit.replace("半个月", "半月").replace("星期", "周").replace("礼拜", "周")
    return unit.removesuffix("度") if unit != "季度" else unit
