"""Tasks that begin with their time (3月：制定方案): whether a text does, and what stands beside the colon."""

import re

_DAY = r"\d{1,2}\s*[日号]"
_MONTH = rf"(?:(?:20\d\d\s*年|今年|明年|次年)\s*)?\d{{1,2}}\s*月(?:份|底|初|末|[上中下]旬|\s*{_DAY})?"
_POINT = rf"(?:{_MONTH}|{_DAY}|第?\s*[一二三四1-4]\s*季度|[上下]半年|全年|年[底内初]|\d{{1,2}}(?=\s*[-—–~～至到]))"
_PERIOD = rf"{_POINT}(?:\s*[-—–~～至到/、]+\s*{_POINT})*\s*(?:底|末|期间|之?前|以前)?"
_PREFIX = re.compile(rf"\s*({_PERIOD})\s*[:：]\s*(?=\S)")


def begins_with_time(text: str) -> bool:
    return _PREFIX.match(text) is not None


def split_time(text: str) -> tuple[str, str]:
    """The time a task begins with and the task; no time where there is none, or where each line has its own."""
    match = _PREFIX.match(text)
    if not match or any(begins_with_time(line) for line in re.split(r"[\n；;]", text)[1:]):
        return "", text
    return match[1], text[match.end() :].strip()
