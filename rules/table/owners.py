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
Places = dict[str, Source]
"""By field, where the first of its units stands."""


def units_of(record: Record, setting: Setting) -> tuple[UnitReading, Places]:
    """Units of the row's own cells; else, or where they only help, of the nearest heading; else of the title."""
    own, places = _own_units(record, setting.phrases)
    if own.lead:
        return own, places
    headed, source = _headed_units(record, setting)
    if not headed.lead:
        return (own, places) if record.has(*UNITS) else (headed, _places(headed, source))
    support = tuple(name for name in _once((*own.support, *headed.support)) if name not in headed.lead)
    assessors = _once((*own.assessors, *headed.assessors))
    reading = UnitReading(headed.lead, support, assessors, own.groups or headed.groups, own.questions)
    return reading, _places(headed, source) | places


def _places(reading: UnitReading, source: Source | None) -> Places:
    """The one place of all that was read there."""
    parts = {Field.LEAD: reading.lead, Field.SUPPORT: reading.support, Field.ASSESSOR: reading.assessors}
    return {field.value: source for field, names in parts.items() if names and source}


def _headed_units(record: Record, setting: Setting) -> tuple[UnitReading, Source | None]:
    headings = [(cell, heading_units(cell.text)) for cell in record.cells.get(Field.CATEGORY, ())]
    headings = [(cell, section_units(cell.text)) for cell in record.section] + headings
    for heading, text in reversed(headings):
        if text:
            return setting.phrases.units(text), heading.source
    if setting.title_units:
        return setting.phrases.units(setting.title_units.text), setting.title_units.source
    return setting.phrases.units(spoken_units(record.text(Field.TASK))), None


def _own_units(record: Record, phrases: Phrases) -> tuple[UnitReading, Places]:
    """牵头 beside 责任单位: the one leads, the others support; 配合 and 考核 columns are what they are called."""
    found: dict[Field, list[str]] = {field: [] for field in UNITS}
    places: Places = {}
    groups: list[str] = []
    questions: list[Question] = []
    cells = record.cells.get(Field.LEAD, [])
    leading = [cell for cell in cells if "牵头" in cell.label or "主办" in cell.label]
    parts = [(cell, Field.SUPPORT if leading and cell not in leading else Field.LEAD) for cell in cells]
    parts += [(cell, field) for field in UNITS[1:] for cell in record.cells.get(field, ())]
    for cell, part in parts:
        read = phrases.units(cell.text, cell.label)
        behind = Field.SUPPORT if part is Field.LEAD else part
        for field, names in ((part, read.lead), (behind, read.support), (Field.ASSESSOR, read.assessors)):
            if names:
                found[field] += names
                places.setdefault(str(field), cell.source)
        groups += read.groups
        if read.questions:
            questions += [replace(question, field=str(part), source=cell.source) for question in read.questions]
    lead, support, assessors = found.values()
    helping = _once(name for name in support if name not in lead)
    return UnitReading(_once(lead), helping, _once(assessors), _once(groups), tuple(questions)), places


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
