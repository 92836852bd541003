"""Recurrence rules in a clerk's words (周期的说法): FREQ=WEEKLY;BYDAY=FR is 每周五. Nothing is decided here."""

import re
from collections.abc import Mapping

_MONTHS = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}
_UNITS = {"HOURLY": "小时", "DAILY": "天", "WEEKLY": "周", "MONTHLY": "个月", "YEARLY": "年"}
_WEEKDAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "一二三四五六日", strict=True))
_WORKING_DAYS = "MO,TU,WE,TH,FR"
_NUMERALS = "零一二三四五六七八九十"


def in_words(rules: str) -> str:
    """每周五, 每季度最后一天, 每月至少两次; rules joined by " + " become one list."""
    return "；".join(_rule(dict(part.split("=", 1) for part in rule.split(";"))) for rule in rules.split(" + "))


def _rule(parts: Mapping[str, str]) -> str:
    pace = _pace(parts["FREQ"], int(parts.get("INTERVAL", 1)))
    months = parts["BYMONTH"].split(",") if "BYMONTH" in parts else []
    if months:
        named = "、".join(f"{month}月" for month in months)
        pace = f"每年{named}" if parts["FREQ"] in ("MONTHLY", "YEARLY") else f"{named}{pace}"
    days = _days(parts, weekly=pace == "每周")
    joint = "的" if days and (len(months) > 1 or days.startswith("周")) else ""
    return pace + joint + days + _clock(parts) + _times(parts)


def _pace(freq: str, interval: int) -> str:
    if freq == "MONTHLY" and interval in _MONTHS:
        return _MONTHS[interval]
    return f"每{_UNITS[freq]}" if interval == 1 else f"每{_counted(interval)}{_UNITS[freq]}"


def _days(parts: Mapping[str, str], *, weekly: bool) -> str:
    if days := parts.get("BYMONTHDAY"):
        return "、".join(_day(int(day)) for day in days.split(","))
    if not (days := parts.get("BYDAY", "")):
        return ""
    if place := parts.get("BYSETPOS"):
        return _nth(int(place), "工作日" if days == _WORKING_DAYS else _week(days))
    week = "周一至周五" if days == _WORKING_DAYS else _week(days)
    if weekly:
        return week.removeprefix("周")
    places = _placed(days)
    return "、".join(_nth(int(place), _week(day)) for place, day in places) if all(places[0]) else week


def _placed(days: str) -> list[tuple[str, str]]:
    """Each weekday of a rule with its place in the period, where it has one: -1FR."""
    return [(match[1], match[2]) for match in re.finditer(r"([+-]?\d*)([A-Z]{2})", days)]


def _week(days: str) -> str:
    return "周" + "、".join(_WEEKDAYS[day] for _, day in _placed(days))


def _day(day: int) -> str:
    if day > 0:
        return f"{day}日"
    return "最后一天" if day == -1 else f"倒数第{_counted(-day, ordinal=True)}天"


def _nth(place: int, what: str) -> str:
    if place == -1:
        return f"最后一个{what}"
    return f"{'第' if place > 0 else '倒数第'}{_counted(abs(place), ordinal=True)}个{what}"


def _clock(parts: Mapping[str, str]) -> str:
    hours = parts["BYHOUR"].split(",") if "BYHOUR" in parts else []
    return "、".join(f"{int(hour)}:{int(parts.get('BYMINUTE', 0)):02}" for hour in hours)


def _times(parts: Mapping[str, str]) -> str:
    if least := parts.get("X-MIN-COUNT"):
        return f"至少{_counted(int(least))}次"
    return f"{_counted(int(parts['X-COUNT']))}次" if "X-COUNT" in parts else ""


def _counted(number: int, *, ordinal: bool = False) -> str:
    if number == 2 and not ordinal:
        return "两"
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number)
