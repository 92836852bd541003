"""One round's report as a page (检查报告): what was asked and drawn, results by item, unit and site, what was found."""

from collections.abc import Iterator, Mapping

from documents.page import Block, Grid, Page
from rules.inspecting import LEVEL_LABELS, METHOD_LABELS, Level, Method
from rules.language import Language, Text
from rules.round_report import RoundReport
from rules.sampling_statement import sampling_statement
from rules.visits import VERDICT_LABELS, Verdict

_TITLE = Text("检查报告　第 {number} 轮 {label}", "Inspection report, round {number}: {label}")
_ASKED = Text(
    "{method}，{level}检查表；{finished} 完成。走访点位 {sites} 个，照片等材料 {photos} 份，发现问题 {found} 件。",
    "{method}, {level} checklist; finished {finished}. {sites} sites visited, {photos} photos and files, "
    "{found} findings.",
)
_DRAWN = Text("抽样说明", "How it was drawn")
_BY = {
    "item": Text("按检查项", "By item"),
    "unit": Text("按责任单位", "By unit"),
    "site": Text("按点位", "By site"),
}
_FOUND = Text("问题与现状（截至 {at}）", "Findings and where they stand ({at})")
_NONE = Text("本轮没有发现问题。", "Nothing was found wrong.")
_FOUND_COLUMNS = (
    Text("编号", "finding"), Text("点位", "site"), Text("类型", "type"), Text("责任单位", "unit"),
    Text("现状", "stands"),
)  # fmt: skip


def round_page(report: RoundReport, language: Language) -> Page:
    """检查报告 as it is read and printed; the same report gives the same page."""
    label = Text(*report.told["label"]).said_in(language)
    title = _TITLE.said_in(language).format(number=report.number, label=label)
    return Page(title, tuple(_blocks(report, language)), report.as_of, language)


def _blocks(report: RoundReport, language: Language) -> Iterator[Block]:
    yield _ASKED.said_in(language).format(
        method=METHOD_LABELS[Method(report.method)].said_in(language),
        level=LEVEL_LABELS[Level(report.told["level"])].said_in(language),
        finished=f"{report.finished_at:%Y-%m-%d %H:%M}",
        sites=report.sites, photos=report.photos, found=len(report.found),
    )  # fmt: skip
    yield f"## {_DRAWN.said_in(language)}"
    yield "\n".join(f"- {line.said_in(language)}" for line in sampling_statement(report.told, report.sites))
    yield from result_grids(report, language)


def result_grids(report: RoundReport, language: Language) -> Iterator[Block]:
    """Passes and failures three ways, then the findings."""
    for name, label in _BY.items():
        counted = report.counted(lambda one, name=name: getattr(one, name))  # type: ignore[misc]
        columns = (label.said_in(language), *(VERDICT_LABELS[verdict].said_in(language) for verdict in Verdict))
        yield Grid(f"## {label.said_in(language)}", columns, tuple(_rows(counted)))
    heading = f"## {_FOUND.said_in(language).format(at=f'{report.as_of:%Y-%m-%d %H:%M}')}"
    if not report.found:
        yield heading
        yield _NONE.said_in(language)
        return
    rows = [(f"F{one.number}", one.site, one.type, one.unit, one.stands.said_in(language)) for one in report.found]
    yield Grid(heading, tuple(column.said_in(language) for column in _FOUND_COLUMNS), tuple(rows))


def _rows(counted: Mapping[str, Mapping[Verdict, int]]) -> Iterator[tuple[str | int, ...]]:
    for key, verdicts in counted.items():
        yield key, *(verdicts.get(verdict, 0) for verdict in Verdict)
