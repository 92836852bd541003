"""Tables that lost their lines (一格一行): a run of headings, then one cell a line, set up as a grid again."""

import re
from collections.abc import Sequence
from itertools import takewhile

from rules.grid import Grid, Paragraph
from rules.table.fields import Field, field_of
from rules.table.lines import is_page_number
from rules.table.unit_words import looks_like_units

_TITLE = re.compile(r"\d|(表|方案|清单|计划)$")
_SHORTEST = 3
_LONGEST_NAME = 12


def linear_table(paragraphs: Sequence[Paragraph]) -> Grid | None:
    """The grid such a text stood in, or None. Where every row is numbered the numbers part the rows."""
    paragraphs = [one for one in paragraphs if not is_page_number(one.text)]
    begin = next((place for place in range(len(paragraphs)) if len(_headings(paragraphs[place:])) >= _SHORTEST), None)
    if begin is None:
        return None
    names = _headings(paragraphs[begin:])
    fields = {field_of(name) for name in names}
    if Field.TASK not in fields or not fields & {Field.LEAD, Field.DEADLINE}:
        return None
    rest = paragraphs[begin + len(names) :]
    groups = _numbered(rest) if field_of(names[0]) is Field.NUMBER else _counted(rest, len(names))
    rows = [_fitted([one.text for one in group], names) for group in groups]
    if not rows:
        return None
    lines = (paragraphs[begin].number, *(group[0].number for group in groups))
    return Grid([list(names), *rows], lines=lines)


def _headings(paragraphs: Sequence[Paragraph]) -> list[str]:
    texts = (one.text for one in paragraphs)
    found = list(takewhile(_is_name, texts))
    return found if len(set(found)) == len(found) else []


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not _TITLE.search(text) and field_of(text) is not None


def _numbered(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Rows that begin with a line that is nothing but the next number."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        number = paragraph.text.rstrip("、.． ")
        if number.isdecimal() and int(number) in (1, len(groups) + 1):
            groups.append([paragraph])
        elif groups:
            groups[-1].append(paragraph)
    return groups


def _counted(paragraphs: Sequence[Paragraph], width: int) -> list[list[Paragraph]]:
    whole = len(paragraphs) - len(paragraphs) % width
    return [list(paragraphs[place : place + width]) for place in range(0, whole, width)]


def _fitted(cells: list[str], names: Sequence[str]) -> list[str]:
    """A row at the width of its header: too many lines belong to the task, units are told by their look."""
    width = len(names)
    if len(cells) <= width:
        return cells + [""] * (width - len(cells))
    task = next(place for place, name in enumerate(names) if field_of(name) is Field.TASK)
    behind = width - task - 1
    head, tail = cells[:task], cells[len(cells) - behind :] if behind else []
    middle = cells[task : len(cells) - behind]
    while len(middle) > 1 and looks_like_units(middle[-1]) and tail and looks_like_units(tail[0]):
        tail[0] = f"{middle.pop()}\n{tail[0]}"
    return [*head, "\n".join(middle), *tail]
