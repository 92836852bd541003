"""Who is responsible (责任单位): reads unit phrases into lead, support and assessing units, and asks where in doubt.

The way of a phrase: spelling.py and gaps.py (one spelling) → labels.py, brackets.py, tokens.py (marks and runs) →
runs.py (names and joints in a run; vocabulary in words.py and joints.py, unseparated names in apart.py) → clauses.py
and outcome.py (parts) → settle.py (who leads). docs/units.md shows the conventions with examples.
"""

import re

from rules.spelling import spell
from rules.units.gaps import close_up
from rules.units.joints import PARTS, find_joints
from rules.units.labels import context_part, find_labels, first_leads, header_part
from rules.units.outcome import Outcome
from rules.units.region import region
from rules.units.settle import UnitReading, settle
from rules.units.tokens import tokenise
from rules.units.words import Part

__all__ = ["UnitReading", "read_units"]

_SENTENCE = re.compile("[,。;!?]")
_STAR = re.compile("[★☆▲△*※#]")
_LONGEST_HEADER = 20


def read_units(text: str, context: str | None = None, label: str | None = None) -> UnitReading:
    """Reads the units of a cell, a bracket, a sentence or a title.

    `label` is the header of the column, `context` the words around the text; both settle only what it leaves open.
    A text without any unit gives an empty reading; names stay as they are written.
    """
    spelt = close_up(spell(text.strip()))
    header = _header(spelt.text, context, label)
    spelt = region(spelt, in_cell=header is not None)
    outcome = Outcome(under_header=header is not None)
    outcome.read(tokenise(spelt, in_cell=header is not None))
    starred = _STAR.search(spelt.text)
    told = first_leads(spelt.text) or first_leads(label or "") or first_leads(context or "")
    return settle(outcome, header, told, starred[0] if starred else "")


def _header(text: str, context: str | None, label: str | None) -> Part | None:
    """The part that the column's header, or the words right around the text, give to its names."""
    if label:
        return header_part(spell(label).text) or Part.DUTY
    if not context:
        return None
    around = spell(context).text
    place = around.find(text) if text else -1
    if place >= 0:
        return _part_in_sentence(around[:place], around[place + len(text) :])
    if len(around) > _LONGEST_HEADER or _SENTENCE.search(around):
        return None
    return context_part(around)


def _part_in_sentence(before: str, behind: str) -> Part | None:
    """牵头单位： before the text, or 配合 behind it."""
    labels = find_labels(before[-40:])
    if labels:
        return labels[-1].part
    joint = next(find_joints(behind[:12]), None)
    return PARTS.get(joint.joint) if joint and joint.start == 0 else None
