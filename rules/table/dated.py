"""Times written into other texts (夹写的时限): before a task (3月：制定方案), or among the units of a bracket."""

import re
from functools import lru_cache

from rules.deadlines import read_deadlines
from rules.reading import DeadlineKind

_DAY = r"\d{1,2}\s*[日号]"
_MONTH = rf"(?:(?:20\d\d\s*年|今年|明年|次年)\s*)?\d{{1,2}}\s*月(?:份|底|初|末|[上中下]旬|\s*{_DAY})?"
_POINT = rf"(?:{_MONTH}|{_DAY}|第?\s*[一二三四1-4]\s*季度|[上下]半年|全年|年[底内初]|\d{{1,2}}(?=\s*[-—–~～至到]))"
_PERIOD = rf"{_POINT}(?:\s*[-—–~～至到/、]+\s*{_POINT})*\s*(?:底|末|期间|之?前|以前)?"
_PREFIX = re.compile(rf"\s*({_PERIOD})\s*[:：]\s*(?=\S)")
_PIECES = re.compile(r"([；;，,。\n]+|(?<![\d年月])[/ 　]+)")
_HINT = re.compile(r"[\d年月日周季旬前底每期常]|即|长效|持续")
_FRAME = re.compile(
    r"^\s*(?:(?:完成|办结|整改|办理)?(?:时限|时间|期限)\s*[:：]\s*)?(?:并|均|须|应|要|请)*(?:于|在|限|力争|确保)?|(?:之?前)?(?:全部|全面|基本|整改|落实|清理|建成|办结|解决)*(?:完成|到位|落实|办结|完毕|建成|解决|达标)?\s*$"
)
_LONGEST = 30


def begins_with_time(text: str) -> bool:
    return _PREFIX.match(text) is not None


def split_time(text: str) -> tuple[str, str]:
    """The time a task begins with and the task; no time where there is none, or where each line has its own."""
    match = _PREFIX.match(text)
    if not match or any(begins_with_time(line) for line in re.split(r"[\n；;]", text)[1:]):
        return "", text
    return match[1], text[match.end() :].strip()


def time_apart(text: str) -> tuple[str, str]:
    """A list of units without the times among its clauses, and those times: 甲局，于6月底前完成."""
    if not _HINT.search(text):
        return text, ""
    pieces = _PIECES.split(text)
    timed = [place for place in range(0, len(pieces), 2) if is_time(pieces[place].strip())]
    if not timed:
        return text, ""
    rest = "".join(
        pieces[place] + (pieces[place + 1] if place + 1 < len(pieces) else "")
        for place in range(0, len(pieces), 2)
        if place not in timed
    )
    return rest.strip(" 　；;，,。\n"), "，".join(pieces[place].strip() for place in timed)


@lru_cache(maxsize=8192)
def is_time(text: str) -> bool:
    """Whether a clause says nothing but when: 9月底前完成, 每周四, 长期坚持."""
    if not text or len(text) > _LONGEST or not _HINT.search(text):
        return False
    readings = [one for one in read_deadlines(text, None).readings if one.kind is not DeadlineKind.NONE]
    said = max((len(one.text) for one in readings), default=0)
    return said > 0 and len(_FRAME.sub("", text)) <= said + 2
