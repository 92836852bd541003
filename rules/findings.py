"""Findings (问题): what was found wrong, by whom, and what has become of it in the queue. Only types live here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from rules.language import Text
from rules.policy import Severity


class Source(StrEnum):
    """问题来源: a round, a unit's own check, the daily feed, residents in their several ways."""

    ROUND = "round"
    SELF_CHECK = "self_check"
    DAILY = "daily"
    SNAPSHOT = "snapshot"
    BOX = "box"
    HOTLINE = "hotline"
    DIGITAL = "digital"


SOURCE_LABELS: Mapping[Source, Text] = {
    Source.ROUND: Text("督查检查", "inspection round"),
    Source.SELF_CHECK: Text("单位自查", "self-check"),
    Source.DAILY: Text("日常巡查", "daily feed"),
    Source.SNAPSHOT: Text("市民随手拍", "residents' snapshots"),
    Source.BOX: Text("意见箱", "suggestion box"),
    Source.HOTLINE: Text("12345 热线", "12345 hotline"),
    Source.DIGITAL: Text("数字城管", "digital city management"),
}

FROM_RESIDENTS = frozenset({Source.SNAPSHOT, Source.BOX, Source.HOTLINE})
"""Sources that are owed an answer (反馈)."""

ACCEPTED_AT_ONCE = frozenset({Source.ROUND, Source.SELF_CHECK, Source.DAILY})
"""Sources whose findings need no triage where their owner is known: people of the house saw it themselves."""

SEVERITY_LABELS: Mapping[Severity, Text] = {
    Severity.ROUTINE: Text("一般", "routine"),
    Severity.IMPORTANT: Text("重要", "important"),
    Severity.URGENT: Text("立行立改", "at once"),
}


class FindingState(StrEnum):
    """问题状态: where a finding stands in the queue; once accepted, its rectification duty tells the rest."""

    NEW = "new"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REFUSED = "refused"


STATE_LABELS: Mapping[FindingState, Text] = {
    FindingState.NEW: Text("待受理", "to be triaged"),
    FindingState.ACCEPTED: Text("已立案", "accepted"),
    FindingState.MERGED: Text("已并案", "merged"),
    FindingState.REFUSED: Text("不予立案", "not accepted"),
}


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """问题（拟）: what a form, a person or a feed tells of one problem.

    `site` is a site's key, or None where only `place` says in words where it is. `type` is the finding type that the
    policy sets limits by. `source_key` is how the source knows it (a row of a form, a case number): the same again
    changes nothing. `finder` is the person who found it, `method` that of their round.
    """

    source: Source
    found_at: datetime
    text: str
    type: str
    severity: Severity = Severity.IMPORTANT
    site: str | None = None
    place: str = ""
    item: str | None = None
    unit: str | None = None
    finder: str | None = None
    method: str | None = None
    visit: int | None = None
    source_key: str | None = None


class Sighting(NamedTuple):
    """问题要素: what tells two findings of one problem; `finding` is its number."""

    finding: int
    found_at: datetime
    type: str
    text: str
    site: str | None = None
    place: str = ""
    visit: int | None = None
