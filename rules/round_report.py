"""One round's report (检查报告): what it asked, where it went, what it found. store.round_reporting fills it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from rules.errors import Refusal
from rules.visits import Verdict


class RoundNotFinished(Refusal):
    """本轮未完成: its report waits for its last answer, and so does what an unannounced one conceals."""

    zh = "第 {round} 轮检查还没有完成，不能出报告（暗访完成前也不公开）。还差 {count} 个点位：{missing}"
    en = "Round {round} is not finished, so there is no report (an unannounced one stays concealed). Missing: {missing}"


class ItemResult(NamedTuple):
    """一项结果: one checklist item at one site, with the unit that answers for the site."""

    site: str
    unit: str
    team: str
    item: str
    verdict: Verdict
    text: str


class Found(NamedTuple):
    """本轮问题, and the state of its duty today, in both languages."""

    number: int
    site: str
    type: str
    unit: str
    stands: Any


@dataclass(frozen=True, slots=True)
class RoundReport:
    """检查报告: `told` is what the round was drawn from; `as_of` the instant its findings stand at."""

    number: int
    method: str
    told: Mapping[str, Any]
    finished_at: datetime
    as_of: datetime
    results: tuple[ItemResult, ...]
    found: tuple[Found, ...]
    photos: int

    @property
    def sites(self) -> int:
        return len({one.site for one in self.results})

    def counted(self, key: Callable[[ItemResult], str]) -> Mapping[str, Counter[Verdict]]:
        """Verdicts by item, unit or site."""
        found: dict[str, Counter[Verdict]] = {}
        for one in self.results:
            found.setdefault(key(one), Counter())[one.verdict] += 1
        return dict(sorted(found.items()))
