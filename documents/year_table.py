"""The office's own year table (年度安排) from CSV or a workbook: days worked or rested, with the occasion."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from documents.form_errors import CellProblem, CellsRefused
from documents.reading import open_document
from rules.errors import Refusal
from rules.grid import Grid
from rules.language import Text
from rules.reading import Source

_WORDS = {"班": True, "休": False}


class BadCalendar(CellsRefused):
    """年表有误: some of its days cannot be used."""

    zh = "{file} 有 {count} 处不能用，没有改动。每行应为 日期,班或休,名称，例如 2027-02-07,班,春节调休\n{listed_zh}"
    en = (
        "{file} holds {count} that cannot be used; nothing was changed. "
        "Each line is date,班 or 休,name, such as 2027-02-07,班,春节调休\n{listed_en}"
    )


class NoDays(Refusal):
    """年表为空: the file names no day."""

    zh = "{file} 里没有读到一天的安排，没有改动。每行应为 日期,班或休,名称，例如 2027-02-07,班,春节调休"
    en = "{file} names no day; nothing was changed. Each line is date,班 or 休,name, such as 2027-02-07,班,春节调休"


def read_year_table(file: Path) -> dict[date, tuple[bool, str]]:
    """Days worked (班) or rested (休) with the occasion. BadCalendar names every line that cannot be used."""
    grid = next(iter(open_document(file).grids), Grid(()))
    days: dict[date, tuple[bool, str]] = {}
    problems: list[CellProblem] = []
    for place, cells in enumerate(grid.rows):
        if not any(cells) or (place == 0 and not cells[0][:1].isdecimal()):
            continue
        found = _line(cells, days)
        if isinstance(found, Text):
            problems.append(CellProblem(Source(grid.name or file.name, grid.address(place, 0)), found))
        else:
            days.update([found])
    BadCalendar.where_any(file.name, problems)
    if not days:
        raise NoDays(file=file.name)
    return days


def _line(cells: Sequence[str], known: dict[date, tuple[bool, str]]) -> tuple[date, tuple[bool, str]] | Text:
    """One day, or what is wrong with its line."""
    written = ",".join(cells).rstrip(",")
    word, name = [*cells, "", ""][1:3]
    try:
        day = _day(cells[0])
    except ValueError:
        return Text(f"“{written}”没有可用的日期", f"“{written}” has no date")
    if word not in _WORDS:
        return Text(f"“{written}”应写明班或休", f"“{written}” says neither 班 nor 休")
    if known.get(day, (_WORDS[word], name)) != (_WORDS[word], name):
        return Text(f"“{written}”与前面同一天的安排不同", f"“{written}” differs from an earlier line of the same day")
    return day, (_WORDS[word], name)


def _day(written: str) -> date:
    """A day as people write it, or as Excel writes it anew: 2027-02-07, 2027/2/7."""
    year, month, day = map(int, re.split("[-/.]", written))
    return date(year, month, day)
