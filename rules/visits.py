"""Visits (点位检查): what was found at each site by each item of its checklist, and when a round is complete."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from rules.language import Text


class Verdict(StrEnum):
    """检查结果."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "na"


VERDICT_LABELS: Mapping[Verdict, Text] = {
    Verdict.PASS: Text("合格", "pass"),
    Verdict.FAIL: Text("不合格", "fail"),
    Verdict.NOT_APPLICABLE: Text("不适用", "not applicable"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """填报结果: one item at one site. `row_key` names the visit; `cells` says where each field was written."""

    row_key: str
    site: str
    code: str
    verdict: Verdict
    text: str = ""
    visited_at: datetime | None = None
    cells: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> str:
        """Where a field was written; what was typed in is told by its site."""
        return self.cells.get(name, self.site)

    @property
    def kept(self) -> dict[str, str]:
        """As it is kept with the visit."""
        return {"verdict": self.verdict.value, "text": self.text}


class Visit(NamedTuple):
    """点位检查: a site of a round with the codes on its checklist, and the answers given so far by code."""

    id: int
    row_key: str
    site: str
    team: str
    type: str
    codes: frozenset[str]
    answers: Mapping[str, Mapping[str, Any]]

    def is_complete(self, fresh: Mapping[str, Any]) -> bool:
        return self.codes <= self.answers.keys() | fresh.keys()


class Problem(NamedTuple):
    """填报问题: what is wrong with an answer, and where it stands."""

    where: str
    message: Text


def problems(
    answers: Iterable[Answer], visits: Mapping[str, Visit], raised: Mapping[str, int], now: datetime
) -> Iterator[Problem]:
    """Everything that stands against taking these answers. `raised` are findings by "row key/code"."""
    met: dict[tuple[str, str], str] = {}
    for one in answers:
        if one.visited_at and one.visited_at > now:
            yield Problem(one.at("visited_at"), Text("检查时间晚于现在", "the visit lies ahead of now"))
        if found := _problem(one, visits.get(one.row_key), raised, met):
            name, message = found
            yield Problem(one.at(name), message)
        met.setdefault((one.row_key, one.code), one.at("verdict"))


def _problem(
    one: Answer, visit: Visit | None, raised: Mapping[str, int], met: Mapping[tuple[str, str], str]
) -> tuple[str, Text] | None:
    """The field that is wrong, and what is wrong with it."""
    if visit is None:
        return "row_key", Text(
            f"行标识“{one.row_key}”不属于本轮，请用本轮导出的表填写",
            f"the row key “{one.row_key}” is not of this round: fill in the form exported for it",
        )
    if visit.site != one.site or one.code not in visit.codes:
        return "code" if visit.site == one.site else "site", Text(
            f"点位“{one.site}”、检查项“{one.code}”与行标识不符，请勿改动这几列",
            f"site “{one.site}” and item “{one.code}” do not belong to this row key: leave these columns as they were",
        )
    if (one.row_key, one.code) in met:
        first = met[one.row_key, one.code]
        return "verdict", Text(f"与 {first} 重复，只能填一次", f"there twice, first in {first}: answer it once")
    if one.verdict is Verdict.FAIL and not one.text.strip():
        return "text", Text("不合格须写明问题", "say what is wrong where it fails")
    finding = raised.get(f"{one.row_key}/{one.code}")
    if finding and one.verdict is not Verdict.FAIL:
        return "verdict", Text(
            f"已登记为问题 F{finding}，不能再改为“{VERDICT_LABELS[one.verdict].zh}”；误报请由创建办对 F{finding} 处理",
            f"it was recorded as finding F{finding} and cannot become a pass; the office decides about F{finding}",
        )
    return None


def changed(answers: Iterable[Answer], visits: Mapping[str, Visit]) -> dict[str, list[Answer]]:
    """The answers that say something new, by visit."""
    found: dict[str, list[Answer]] = {}
    for one in answers:
        if visits[one.row_key].answers.get(one.code) != one.kept:
            found.setdefault(one.row_key, []).append(one)
    return found
