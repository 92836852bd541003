"""The last step (定责): from names and their parts to lead, support and assessors, with every doubt about them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.reading import Question
from rules.units import doubts
from rules.units.names import is_group, is_left_open, is_nobody, is_superior
from rules.units.outcome import Outcome
from rules.units.tokens import Name
from rules.units.words import CLASS_NOUNS, Part

_LIKE_A_NAME = re.compile("(?=.*[一-鿿A-Za-z])(?!.*(?:[0-9]{5}|[年月日时分%的了被把谁《》]|长期|常态))[^0-9].{1,23}$")
_MATTER = re.compile(
    "(?:方案|计划|[表册]|清单|台账|办法|通知|意见|制度|体系|标准|任务|工作|情况|总结|报告|管理|建设|整治|治理|安全|卫生|环境|秩序|措施"
    "|机制|责任|问题|目标|要求|活动|行动|工程|项目|宣传|教育|培训|检查|督查|考核|指标|内容|氛围|领导|落实|推进|整改)$"
)
"""What is done, not who does it; no question is asked about it where it stands alone."""
_SURELY_A_NAME = 10
_PERHAPS_A_NAME = 6


@dataclass(frozen=True, slots=True)
class UnitReading:
    """读数: who leads (牵头、责任), who supports (配合), who assesses (考核), as written, in the order of the text.

    `groups` are those among them that stand for several units; `questions` is every doubt.
    """

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    assessors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def settle(outcome: Outcome, header: Part | None, first_leads: bool, star: str) -> UnitReading:
    """Gives every name its place.

    `header` is the part the column's header gives where the text gives none, `first_leads` whether the first name
    leads by a convention of the table, `star` a mark some names carry.
    """
    asked = [] if header is Part.NOBODY else _about_persons(outcome)
    asked += _about_words(outcome)
    names = _accepted(outcome, asked)
    _settle_helpers(outcome, names, asked)
    if header in (Part.ASSESSOR, Part.SUPPORT):
        _under_header(names, header, asked)
    if first_leads and names and not any(name.part is Part.LEAD for name in names):
        names[0].part = Part.LEAD
    if star and len(names) > 1:
        asked.append(doubts.marked(star))
    if len({_texts(leads) for leads in outcome.led_by if leads}) > 1:
        asked.append(doubts.several_lead(_texts(name for leads in outcome.led_by for name in leads)))
    return _reading(names, asked)


def _reading(names: list[Name], asked: list[Question]) -> UnitReading:
    """Where somebody leads expressly the other responsible ones support; else they lead together."""
    led = any(name.part is Part.LEAD for name in names)
    alone = all(name.part in (Part.ASSESSOR, Part.OVERSEER, Part.PARTNER) for name in names)
    placed: dict[Part, list[Name]] = {part: [] for part in Part}
    for name in names:
        placed[_place(name.part, led, alone)].append(name)
    lead, assessors = _texts(placed[Part.LEAD]), _texts(placed[Part.ASSESSOR])
    leading = set(lead)
    if contrary := _texts(name for name in placed[Part.SUPPORT] if name.part is Part.SUPPORT and name.text in leading):
        asked.append(doubts.leads_and_supports(contrary))
    support = tuple(unit for unit in _texts(placed[Part.SUPPORT]) if unit not in leading)
    grouped = {name.text for name in names if is_group(name.plain)}
    groups = tuple(unit for unit in (*lead, *support, *assessors) if unit in grouped)
    return UnitReading(lead, support, assessors, groups, tuple(dict.fromkeys(asked)))


def _place(part: Part | None, led: bool, alone: bool) -> Part:
    """Whether a unit with this part leads, supports or assesses."""
    if part is None or part is Part.DUTY:
        return Part.SUPPORT if led else Part.LEAD
    if part is Part.OVERSEER:
        return Part.LEAD if alone else Part.ASSESSOR
    if part is Part.PARTNER:
        return Part.LEAD if alone else Part.SUPPORT
    return part


def _texts(names: Iterable[Name]) -> tuple[str, ...]:
    """The names once each, told apart without regard to full and half width."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.plain, name.text)
    return tuple(first.values())


def _about_persons(outcome: Outcome) -> list[Question]:
    persons = (person for clause in outcome.seen for person in clause.persons)
    return [doubts.person_for_unit(person.text) for person in persons if not person.beside]


def _about_words(outcome: Outcome) -> list[Question]:
    unread = (words for clause in outcome.seen for words in clause.unread)
    return [(doubts.run_together if words.several else doubts.not_understood)(words.text) for words in unread]


def _accepted(outcome: Outcome, asked: list[Question]) -> list[Name]:
    """The names that are units. One without a known ending is taken where a label or its neighbours vouch for it."""
    vouched = outcome.labelled or any(name.closed for name in outcome.names)
    lone = len(outcome.names) == 1 and not outcome.labelled
    accepted = []
    for name in outcome.names:
        if is_nobody(name.plain) or (lone and name.plain in CLASS_NOUNS):
            continue
        if is_left_open(name.plain):
            asked.append(doubts.not_given(name.text))
            continue
        sure = name.closed or (vouched and len(name.plain) <= _SURELY_A_NAME and _LIKE_A_NAME.match(name.plain))
        if sure or _may_be_meant(name, outcome.labelled):
            accepted.append(name)
        if is_superior(name.plain):
            asked.append(doubts.superior(name.text))
        if not sure and (outcome.labelled or name in accepted[-1:]):
            asked.append(doubts.unknown_name(name.text))
    return accepted


def _may_be_meant(name: Name, labelled: bool) -> bool:
    """Whether words without a known ending may name a unit after all."""
    likely = labelled or bool(name.part) or (len(name.plain) <= _PERHAPS_A_NAME and not _MATTER.search(name.plain))
    return likely and bool(_LIKE_A_NAME.match(name.plain))


def _settle_helpers(outcome: Outcome, names: list[Name], asked: list[Question]) -> None:
    """A配合B: the other party supports. A lone 配合X做好 makes X the lead, since the writer is the one who helps."""
    helping = {id(name) for name in outcome.prefixed}
    others = [name for name in names if id(name) not in helping]
    led = outcome.labelled or any(name.part is Part.LEAD for name in others)
    if helping and not others and not outcome.labelled:
        for name in outcome.prefixed:
            name.part = Part.DUTY
    elif helping and not led:
        asked.append(doubts.who_helps(_texts(others), _texts(outcome.prefixed)))
    for helpers, helped in outcome.helping:
        if not led and helped[0].closed:
            _turn_round(helpers, helped)
            names += helped
            asked.append(doubts.who_helps(_texts(helpers), _texts(helped)))


def _turn_round(helpers: list[Name], helped: list[Name]) -> None:
    for name in helpers:
        name.part = Part.DUTY
    for name in helped:
        name.part = Part.SUPPORT


def _under_header(names: list[Name], header: Part, asked: list[Question]) -> None:
    """In a column of supporting or assessing units a name is one of them, unless the cell expressly says it leads."""
    for name in names:
        if name.part in (None, Part.DUTY):
            name.part = header
    if any(name.part is Part.LEAD for name in names):
        asked.append(doubts.column_and_text())
