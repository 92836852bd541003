"""Whose a row is (责任单位的认定): its own cells say, else the heading over it, the title, or the sentence itself."""

from collections.abc import Iterable
from dataclasses import replace

from rules.reading import Question, Source
from rules.table.fields import Field
from rules.table.headings import heading_units, section_units
from rules.table.phrases import Phrases
from rules.table.records import Record
from rules.table.setting import Setting
from rules.table.spoken import spoken_units
from rules.units import UnitReading

UNITS = (Field.LEAD, Field.SUPPORT, Field.ASSESSOR)
_NOBODY = UnitReading()


def units_of(record: Record, setting: Setting) -> tuple[UnitReading, Source | None]:
    """Units of the row's own cells; else, or where they only help, of the nearest heading; else of the title."""
    own = _own_units(record, setting.phrases) if record.has(*UNITS) else _NOBODY
    if own.lead:
        return own, None
    headed, source = _headed_units(record, setting)
    if not headed.lead:
        return (own, None) if record.has(*UNITS) else (headed, source)
    support = tuple(name for name in _once((*own.support, *headed.support)) if name not in headed.lead)
    assessors = _once((*own.assessors, *headed.assessors))
    return UnitReading(headed.lead, support, assessors, own.groups or headed.groups, own.questions), source


def _headed_units(record: Record, setting: Setting) -> tuple[UnitReading, Source | None]:
    headings = [(cell, heading_units(cell.text)) for cell in record.cells.get(Field.CATEGORY, ())]
    headings = [(cell, section_units(cell.text)) for cell in record.section] + headings
    for heading, text in reversed(headings):
        if text:
            return setting.phrases.units(text), heading.source
    if setting.title_units:
        return setting.phrases.units(setting.title_units.text), setting.title_units.source
    return setting.phrases.units(spoken_units(record.text(Field.TASK))), None


def _own_units(record: Record, phrases: Phrases) -> UnitReading:
    """牵头 beside 责任单位: the one leads, the others support; 配合 and 考核 columns are what they are called."""
    lead: list[str] = []
    support: list[str] = []
    assessors: list[str] = []
    groups: list[str] = []
    questions: list[Question] = []
    cells = record.cells.get(Field.LEAD, [])
    leading = [cell for cell in cells if "牵头" in cell.label or "主办" in cell.label]
    parts = [(cell, support if leading and cell not in leading else lead) for cell in cells]
    parts += [(cell, support) for cell in record.cells.get(Field.SUPPORT, ())]
    parts += [(cell, assessors) for cell in record.cells.get(Field.ASSESSOR, ())]
    for cell, part in parts:
        read = phrases.units(cell.text, cell.label)
        field = "lead_units" if part is lead else "support_units" if part is support else "assessing_units"
        part.extend(read.lead)
        (support if part is lead else part).extend(read.support)
        (part if part is assessors else assessors).extend(read.assessors)
        groups.extend(read.groups)
        questions.extend(replace(question, field=field, source=cell.source) for question in read.questions)
    helping = [name for name in support if name not in lead]
    return UnitReading(_once(lead), _once(helping), _once(assessors), _once(groups), tuple(questions))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
