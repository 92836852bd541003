"""The last step (定责): from names and their parts to lead, support and assessors, with every doubt a clerk would ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.reading import Question
from rules.units import doubts
from rules.units.names import is_group, is_writer
from rules.units.outcome import Outcome
from rules.units.tokens import Name
from rules.units.words import Part

_NO_NAME = re.compile("(?:暂?无|没有|空|略)(?:单位|部门|配合单位|牵头单位)?$|[-—/\\\\]+$")
_NOT_GIVEN = re.compile("待定|待明确|待确定|另行|同上|同前|详?见(?:附|上|下|表)|[xX×某]+(?:局|委|办|单位|部门)$|未定|未明确")
_LIKE_A_NAME = re.compile("(?=.*[一-鿿A-Za-z])(?!.*(?:[0-9]{5}|[年月日时分%的了被把《》]|长期|常态))[^0-9].{1,23}$")
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


def settle(outcome: Outcome, header: Part | None, first_leads: bool) -> UnitReading:
    """Gives every name its place; `header` is the part the column's header gives where the text gives none."""
    asked = _asked_while_reading(outcome)
    names = _accepted(outcome, asked)
    _settle_helpers(outcome, names, asked)
    if header is Part.ASSESSOR or header is Part.SUPPORT:
        _under_header(names, header, asked)
    if first_leads and names and not any(name.part is Part.LEAD for name in names):
        names[0].part = Part.LEAD
    if len({tuple(name.text for name in leads) for leads in outcome.led_by if leads}) > 1:
        asked.append(doubts.several_lead(_texts(name for leads in outcome.led_by for name in leads)))
    return _reading(names, asked)


def _reading(names: list[Name], asked: list[Question]) -> UnitReading:
    """Where somebody leads expressly the other responsible ones support; else they lead together."""
    led = any(name.part is Part.LEAD for name in names)
    doers = (None, Part.DUTY)
    alone = not any(name.part in (*doers, Part.LEAD, Part.SUPPORT) for name in names)
    lead = _texts(n for n in names if n.part is Part.LEAD or (not led and n.part in doers) or (alone and n.part is Part.OVERSEER))
    support = _texts(n for n in names if n.part is Part.SUPPORT or (led and n.part in doers))
    assessors = _texts(n for n in names if n.part is Part.ASSESSOR or (not alone and n.part is Part.OVERSEER))
    both = tuple(unit for unit in support if unit in lead)
    if any(n.text in both and n.part is Part.SUPPORT for n in names):
        asked.append(doubts.leads_and_supports(both))
    support = tuple(unit for unit in support if unit not in both)
    grouped = {name.text for name in names if is_group(name.plain)}
    groups = tuple(unit for unit in (*lead, *support, *assessors) if unit in grouped)
    return UnitReading(lead, support, assessors, groups, tuple(dict.fromkeys(asked)))


def _texts(names: Iterable[Name]) -> tuple[str, ...]:
    """The names once each, told apart without regard to full and half width."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.plain, name.text)
    return tuple(first.values())


def _asked_while_reading(outcome: Outcome) -> list[Question]:
    asked: list[Question] = []
    for clause in outcome.seen:
        asked += [doubts.person_for_unit(person.text) for person in clause.persons if not person.beside]
        asked += [doubts.run_together(words.text) if words.several else doubts.not_understood(words.text) for words in clause.unread]
    return asked


def _accepted(outcome: Outcome, asked: list[Question]) -> list[Name]:
    """The names that are units. One without a known ending is taken where a label, a joint or its neighbours vouch."""
    vouched = outcome.labelled or any(name.closed for name in outcome.names)
    accepted = []
    for name in outcome.names:
        plain = name.plain
        if _NO_NAME.match(plain) or is_writer(plain):
            continue
        if _NOT_GIVEN.match(plain):
            asked.append(doubts.not_given(name.text))
        elif name.closed:
            accepted.append(name)
        elif _LIKE_A_NAME.match(plain):
            sure = (vouched or name.part) and len(plain) <= _SURELY_A_NAME
            if sure or outcome.labelled or len(plain) <= _PERHAPS_A_NAME:
                accepted.append(name)
                asked += [] if sure else [doubts.unknown_name(name.text)]
        elif outcome.labelled and len(plain) > 1:
            asked.append(doubts.unknown_name(name.text))
    return accepted


def _settle_helpers(outcome: Outcome, names: list[Name], asked: list[Question]) -> None:
    """A配合B: the other party supports. A lone 配合X做好 makes X the lead, since the writer is the one who helps."""
    others = [name for name in names if name not in outcome.prefixed]
    if outcome.prefixed and not others and not outcome.labelled:
        for name in outcome.prefixed:
            name.part = Part.DUTY
    led = outcome.labelled or any(name.part is Part.LEAD for name in others)
    if outcome.prefixed and others and not led:
        asked.append(doubts.who_helps(_texts(others), _texts(outcome.prefixed)))
    for helpers, helped in outcome.helping:
        if led or not helped[0].closed:
            continue
        for name in helpers:
            name.part = Part.DUTY
        for name in helped:
            name.part = Part.SUPPORT
        names += helped
        asked.append(doubts.who_helps(_texts(helpers), _texts(helped)))


def _under_header(names: list[Name], header: Part, asked: list[Question]) -> None:
    """In a column of supporting or assessing units a name is one of them, unless the cell expressly says it leads."""
    for name in names:
        if name.part in (None, Part.DUTY):
            name.part = header
    if any(name.part is Part.LEAD for name in names):
        asked.append(doubts.column_and_text())
