"""Cells of a workbook that show a day only as its month (2024年11月), as their number format tells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from documents.sheet_scan import column_of
from rules.grid import Place

_BUILT_IN = frozenset({17, 27, 36, 50, 52, 55, 57})
"""Number formats that need no definition and show year and month in the Chinese edition."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def month_styles(styles: bytes) -> frozenset[int]:
    """The cell styles of a workbook under which a date shows year and month, and no day."""
    try:
        root = ElementTree.fromstring(styles)
    except ElementTree.ParseError:
        return frozenset()
    own = {int(one.get("numFmtId") or 0): one.get("formatCode") or "" for one in root.iter() if _is(one, "numFmt")}
    lists = (one for one in root.iter() if _is(one, "cellXfs"))
    return styles_of_months(own, [int(style.get("numFmtId") or 0) for one in lists for style in one])


def styles_of_months(own: Mapping[int, str], styles: Sequence[int]) -> frozenset[int]:
    """Which styles show year and month only, each given by its number format; `own` are those the workbook defines."""
    months = {number for number, code in own.items() if _shows_month(code)} | (_BUILT_IN - own.keys())
    return frozenset(place for place, number in enumerate(styles) if number in months)


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.endswith("}" + name)


def _shows_month(code: str) -> bool:
    letters = _QUOTED.sub("", code).lower().split(";")[0]
    return "y" in letters and "m" in letters and not set(letters) & set("dhs")


def month_cells(xml: bytes, styles: frozenset[int]) -> Iterator[Place]:
    """The cells of a sheet that bear one of these styles."""
    if not styles:
        return
    numbers = "|".join(map(str, sorted(styles)))
    cell = re.compile(rf'<c\s+r="([A-Z]{{1,3}})(\d{{1,7}})"\s+s="(?:{numbers})"'.encode())
    for letters, row in cell.findall(xml):
        yield Place(int(row) - 1, column_of(letters))
