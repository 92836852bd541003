"""What a section heading or title says for all that stands below it (标题里的单位与时限)."""

import re
from functools import lru_cache

from rules.table.brackets import bracketed
from rules.table.dated import is_time
from rules.table.fields import Field, field_of
from rules.table.labels import labelled
from rules.table.unit_words import are_authorities, closes_name

_MARK = re.compile(r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十]+[)）]|\d{1,2}\s*[、.．])\s*")
_COUNTED = re.compile(r"\s*[（(【\[][^（()）]*[\d一二两三四五六七八九十]+\s*[处项个条件类家分][^（()）]*[)）】\]]\s*$")
_TASKS_OF = re.compile(
    r"(?:主要|工作)?(?:职责|任务|责任)(?:任务|清单|分工)?$|(?:牵头|主办|负责|承担|承办|落实)的?(?:(?:重点|主要|整改|工作)*(?:任务|事项|工作|职责|项目|问题)(?:清单)?)?\s*[:：]?$"
)
_LONGEST = 200
"""Characters in a heading; a longer text is none."""
_YEAR = re.compile(r"\s*20\d\d\s*年?度?\s*")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]")


@lru_cache(maxsize=8192)
def heading_units(text: str) -> str:
    """The units in the bracket or label of a title or section heading (通用项目（各责任单位）)."""
    found = labelled(text)
    if found.units:
        return found.units
    asides = (match for match in _BRACKETS.finditer(text) if not closes_name(text, match.start()))
    return next((units for one in asides if (units := bracketed(one[1])[0])), "")


@lru_cache(maxsize=8192)
def section_units(text: str) -> str:
    """The units of a section heading, which may be nothing but authorities' names (一、区城管局（5项）)."""
    if len(text) > _LONGEST:
        return heading_units(text)
    plain = _COUNTED.sub("", _MARK.sub("", text, count=1)).strip().rstrip(":：")
    plain = _TASKS_OF.sub("", plain)
    return plain if are_authorities(plain) else heading_units(text)


@lru_cache(maxsize=8192)
def section_time(text: str) -> str:
    """The time a section heading sets for all below it: it is a period (第一季度), or names one beside its words."""
    if field_of(text) is Field.PERIOD:
        return text
    if len(text) > _LONGEST:
        return ""
    found = labelled(text)
    if Field.DEADLINE in found.fields:
        return found.fields[Field.DEADLINE]
    return next((time for one in _BRACKETS.findall(text) if (time := _bracketed_time(one))), "")


def _bracketed_time(inside: str) -> str:
    """The time in a bracket, alone or beside units."""
    if _YEAR.fullmatch(inside):  # the plan's own
        return ""
    return inside if is_time(inside) else bracketed(inside)[1]
