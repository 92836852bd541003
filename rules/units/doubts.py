"""What a careful clerk would ask (待确认) about units: one function per doubt, with the answers offered."""

from rules.language import Text
from rules.reading import Question

_LONGEST_QUOTE = 40


def _ask(field: str, zh: str, en: str, *choices: str) -> Question:
    return Question(field, Text(zh, en), choices)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "…"


def person_for_unit(person: str) -> Question:
    return _ask(
        "lead_units",
        f"“{_short(person)}”像是人，不是单位：由哪个单位负责？",
        f"“{_short(person)}” seems to be a person, not a unit: which unit is meant?",
    )


def unknown_name(name: str) -> Question:
    return _ask(
        "lead_units",
        f"“{_short(name)}”是单位吗？请确认名称。",
        f"Is “{_short(name)}” a unit? Please confirm its name.",
        name,
    )


def not_understood(words: str) -> Question:
    return _ask(
        "lead_units",
        f"“{_short(words)}”没有读懂，单位名称到哪里为止？",
        f"“{_short(words)}” was not understood: where does the unit's name end?",
    )


def run_together(name: str) -> Question:
    return _ask(
        "lead_units",
        f"“{_short(name)}”是一个单位，还是几个单位连写？",
        f"Is “{_short(name)}” one unit, or several written together?",
        name,
    )


def who_helps(leads: tuple[str, ...], helps: tuple[str, ...]) -> Question:
    return _ask(
        "lead_units",
        f"谁牵头、谁配合？暂按{'、'.join(leads)}牵头，{'、'.join(helps)}配合。",
        f"Who leads and who supports? Taken as led by {', '.join(leads)}, supported by {', '.join(helps)}.",
        *leads,
        *helps,
    )


def marked(mark: str) -> Question:
    return _ask(
        "lead_units",
        f"有的单位带有“{mark}”：是指牵头吗？",
        f"Some units carry a “{mark}”: does it mean that they lead?",
    )


def several_lead(leads: tuple[str, ...]) -> Question:
    return _ask(
        "lead_units",
        "不止一处写了牵头：按哪一个为准，还是共同牵头？",
        "More than one clause names a lead: which one counts, or do they lead together?",
        *leads,
    )


def leads_and_supports(units: tuple[str, ...]) -> Question:
    return _ask(
        "support_units",
        f"{'、'.join(units)}既牵头又配合，请确认。",
        f"{', '.join(units)} is named both as lead and as support: which is right?",
        *units,
    )


def column_and_text() -> Question:
    return _ask(
        "support_units",
        "栏目名与单元格里的写法不一致：谁牵头、谁配合？",
        "The column's name and the cell's words disagree: who leads, who supports?",
    )


def not_given(words: str) -> Question:
    return _ask(
        "lead_units",
        f"“{_short(words)}”没有写明单位，请补充。",
        f"“{_short(words)}” does not name the unit: please give it.",
    )


def superior(name: str) -> Question:
    return _ask(
        "lead_units",
        f"“{_short(name)}”在本级之上：是哪个单位，由谁对接？",
        f"“{_short(name)}” stands above the writer: which unit is it, and who deals with it?",
        name,
    )
