"""The title of a table (表题) and the year of its plan, from the lines above its header."""

import re
from collections.abc import Iterable, Sequence

from rules.grid import Grid
from rules.table.header import Header

_NO_TITLE = re.compile(
    r"\s*(附件|附表|附录|表)\s*[\d一二三四五六七八九十—\-.]*\s*[:：]?\s*$|\s*[（(]?(填报|制表|填表|编制|责任|报送|牵头|主办|承办|配合|协办|成员|分管|包保)?\s*(单位|部门|领导|日期|时间|人)\s*[:：（(]"
    r"|\s*(密级|页码)|\s*[（(][^（()）]*[)）]\s*$|\s*[\d年月日\-./ ]+$"
)
_ATTACHMENT = re.compile(r"^\s*附(件|表)\s*[\d一二三四五六七八九十]*\s*[:：、]?\s*")
_SENTENCE = re.compile(r"[。；;]|[:：]\s*$")
_YEAR = re.compile(r"(20\d\d)\s*(?:年|-\d|—\d)")


def lines_above(grid: Grid, header: Header, start: int = 0) -> list[str]:
    return [cell for row in range(start, header.top) for cell in dict.fromkeys(grid.rows[row]) if cell]


def title_among(lines: Iterable[str]) -> str:
    """The longest line that is neither an attachment's number nor a unit of measurement, as people write titles."""
    lines = [line for line in lines if not _SENTENCE.search(line)]
    titles = [_ATTACHMENT.sub("", line) for text in lines for line in text.split("\n") if not _NO_TITLE.match(line)]
    best = max((title for title in titles if len(title) < 80), key=len, default="")
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", best.strip())


def first_title(lines: Iterable[str]) -> str:
    """Of running text: the first line that could be a title."""
    return next(
        (
            line.strip()
            for line in lines
            if len(line) < 60 and not re.search(r"[。；;]", line) and not _NO_TITLE.match(line)
        ),
        "",
    )


def year_among(lines: Sequence[str]) -> int | None:
    """The plan's year: the one named most often, the first of those that are named equally often."""
    years = [int(year) for line in lines for year in _YEAR.findall(line)]
    return max(years, key=years.count) if years else None
