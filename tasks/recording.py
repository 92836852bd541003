"""Recording findings (登记问题): who may record what, with the files that show it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rules.errors import Refusal
from rules.findings import ACCEPTED_AT_ONCE, FindingDraft, Source
from rules.lifecycle import Actor
from rules.roster import Role
from store.acting import unit_named
from store.evidence import attach
from store.finding_queries import newest_finding
from store.findings import record_findings
from tasks.actors import actor_in
from tasks.evidence import take_in
from tasks.office import Office


class NotYoursToRecord(Refusal):
    """不能登记: people of a unit record what their own unit found in its own check."""

    zh = "“{who}”只能登记本单位自查发现的问题（--source self_check）；其他来源由创建办或督查员登记。"
    en = "“{who}” may only record what their own unit found in a self-check; other sources are the office's."


async def record_one(
    office: Office, now: datetime, actor: Actor, draft: FindingDraft, files: Sequence[Path] = ()
) -> int:
    """Record one finding with its files and return its number; its finder is the actor where nobody is named."""
    book = await office.rulebook()
    named = draft.finder and actor_in(book, draft.finder).key
    unit = draft.unit and unit_named(book, draft.unit)
    draft = _allowed(replace(draft, unit=unit, finder=named or _finder(draft.source, actor)), actor)
    exhibits = await take_in(office, files, book.policy.evidence)
    async with office.deciding(now, actor) as (write, book):
        (number,) = await record_findings(write, book, [draft])
        await attach(write, f"finding:{number}", exhibits)
    return number


async def record_cases(office: Office, now: datetime, actor: Actor, drafts: Sequence[FindingDraft]) -> int:
    """Record the cases of a feed, all or none. Returns how many were new."""
    async with office.deciding(now, actor) as (write, book):
        before = await newest_finding(write.connection)
        numbers = await record_findings(write, book, drafts)
    return len({number for number in numbers if number > before})


def _finder(source: Source, actor: Actor) -> str | None:
    """发现人 where nobody is named: whoever records it, unless it came from outside."""
    return actor.key if source in ACCEPTED_AT_ONCE else None


def _allowed(draft: FindingDraft, actor: Actor) -> FindingDraft:
    if actor.roles & {Role.OFFICE, Role.SUPERVISOR}:
        return draft
    if draft.source is not Source.SELF_CHECK or actor.unit is None:
        raise NotYoursToRecord(who=actor.key)
    return replace(draft, unit=actor.unit)
