"""检查与整改 as tables of figures, the same for the page and for the spreadsheet: what stands in which column."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.finding_figures import DIMENSION_LABELS, Dimension
from rules.finding_measures import CITY_RATES, COUNT_LABELS, HOTLINE_RATES, Count, Counts, Rate
from rules.findings import SOURCE_LABELS
from rules.inspecting import METHOD_LABELS, Method
from rules.inspection_week import InspectionWeek
from rules.language import Language, Text
from rules.measures import Figure

COLUMNS = (
    Count.FOUND, Count.RELAPSED, Count.DUE, Count.SOLVED_IN_TIME, Count.LATE, Count.RETURNED, Count.CLOSED,
)  # fmt: skip
HEADING = Text("五、检查与整改", "5. Inspection and rectification")
NOTHING = Text(
    "本周没有检查、没有发现问题，也没有到期的整改。", "No inspection, no finding and no rectification due this week."
)
MEANING = Text(
    "发现、退回、销号按发生在本周的计；应结案是时限在本周的整改，其中按时申报并销号的为按期结案，否则为逾期；到时限时在等复查的，"
    "计在复查的那一周。正在进行的暗访不在其内：它的问题不标检查方式，它的频次在完成后才计。",
    "Found, returned and closed: in this week. Due: rectifications whose time limit fell in it; closed in time where "
    "reported done by then and closed, else late; one that waits for its re-check then counts in the week of that. An "
    "unannounced round under way is not told: its findings stand without a method, its slot counts when it is done.",
)
_BY = Text("按{by}", "by {by}")
_TOTAL = Text("合计", "total")
_OTHER_METHOD = Text("未注明（自查、群众反映等）", "none (self-checks, residents and others)")
_RATE_COLUMNS = (
    Text("比率", "rate"), Text("数值", "value"), Text("分子", "part"), Text("分母", "whole"), Text("算法", "meaning"),
)  # fmt: skip
_CITY = Text("数字城管口径", "as digital city management counts")
_HOTLINE = Text("12345 口径", "as 12345 counts")
_SLOTS = Text("督查频次", "cadences")
_SLOT_COLUMNS = (Text("频次", "cadence"), Text("应做", "asked for"), Text("已做", "done"), Text("缺次", "short"))


class FigureTable(NamedTuple):
    """数字表: each row is what it is about, and its cells; a figure can be followed to what it was counted from."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Figure, ...], ...]
    total: bool = False


def inspection_tables(week: InspectionWeek, language: Language) -> Iterator[FigureTable]:
    """Findings by unit, area, type, method and source; the two families of rates; the slots."""
    findings = [by for by, keys in week.found.items() if keys]
    for by in findings:
        yield _by(week, by, language)
    if findings:
        total = week.total(week.found[Dimension.UNIT])
        yield _rates(_CITY, CITY_RATES, total, language)
        yield _rates(_HOTLINE, HOTLINE_RATES, total, language)
    if week.slots:
        rows = [(one.label.said_in(language), one.asked, one.done, one.short) for one in week.slots]
        yield FigureTable(_SLOTS.said_in(language), _said(_SLOT_COLUMNS, language), tuple(rows))


def _by(week: InspectionWeek, by: Dimension, language: Language) -> FigureTable:
    keys, label = week.found[by], DIMENSION_LABELS[by]
    rows = [_row(_name(by, key).said_in(language), counts) for key, counts in keys.items()]
    rows.append(_row(_TOTAL.said_in(language), week.total(keys)))
    columns = _said((label, *(COUNT_LABELS[count] for count in COLUMNS)), language)
    heading = _BY.said_in(language).format(by=label.said_in(language))
    return FigureTable(heading, columns, tuple(rows), total=True)


def _row(name: str, counts: Counts) -> tuple[str | Figure, ...]:
    return name, *(counts.get(count, Figure()) for count in COLUMNS)


def _name(by: Dimension, key: str) -> Text:
    if by is Dimension.METHOD:
        return METHOD_LABELS[Method(key)] if key in list(Method) else _OTHER_METHOD
    sources = {source.value: label for source, label in SOURCE_LABELS.items()}
    return sources[key] if by is Dimension.SOURCE else Text(key, key)


def _rates(heading: Text, rates: Sequence[Rate], counts: Counts, language: Language) -> FigureTable:
    rows = []
    for rate in rates:
        value = rate.of(counts)
        part, whole = (counts.get(count, Figure()) for count in (rate.part, rate.whole))
        shown = "—" if value is None else f"{value:.1%}"
        rows.append((rate.label.said_in(language), shown, part, whole, rate.meaning.said_in(language)))
    return FigureTable(heading.said_in(language), _said(_RATE_COLUMNS, language), tuple(rows))


def _said(columns: Sequence[Text], language: Language) -> tuple[str, ...]:
    return tuple(column.said_in(language) for column in columns)
