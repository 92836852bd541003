"""The burden budget of a unit and week (负担预算): what exceeds it waits for the next week or is put to the office.

Nothing is dropped: a notice that is held has an event that says so, and goes out with the next week's first digest.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select, update

from rules.budget import Wish, next_week_begins, over_budget
from rules.bulletin import Week
from rules.digest import NoticeFacts
from rules.language import Text
from rules.lifecycle import Action
from rules.policy import Severity, StepKind
from rules.roster import Role
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.opening import OPENED
from store.rectifying import RECTIFY
from store.rulebook import Rulebook
from store.schema import duties, events, messages, notices

_LABEL = Text("负担预算已用完", "burden budget used up")
_MESSAGES = Text(
    "本周已发 {used} 条消息，预算 {limit} 条；不紧急的并入下周第一条汇总（{until:%m-%d %H:%M}）",
    "{used} messages this week, {limit} in the budget; what is not urgent waits for next week's ({until:%m-%d %H:%M})",
)
_REPORTS = Text(
    "本周已要求报送 {used} 次，预算 {limit} 次；请创建办统筹，能合并的合并",
    "{used} reports asked for this week, {limit} in the budget; the office is asked to merge what it can",
)


async def within_budget(
    write: Writing, book: Rulebook, waiting: Sequence[NoticeFacts]
) -> tuple[Sequence[NoticeFacts], bool]:
    """What may go out now of the notices that wait, by recipient; and whether the office has been told something."""
    week = Week.of(book.calendar.local(write.now).date())
    told = await _ask_office_about_reports(write, book, week, waiting)
    limit = book.policy.budget.messages
    wishes = _wishes(book, waiting)
    if limit is None or not wishes:
        return waiting, told
    begins = week.begins(book.calendar.zone)
    used = await _messages_used(write, book, {wish.unit for wish in wishes}, begins)
    held = over_budget(wishes, used, limit, begins)
    if not held:
        return waiting, told
    until = next_week_begins(week, book.policy, book.calendar)
    await _hold(write, week, waiting, {wish.recipient: wish.unit for wish in held}, until)
    over = {
        wish.unit: _said(_MESSAGES, used=max(used.get(wish.unit, 0), limit), limit=limit, until=until) for wish in held
    }
    told |= await _tell_office(write, book, week, "budget.messages", over)
    waits = {wish.recipient for wish in held}
    return [notice for notice in waiting if notice.recipient not in waits], told


def _wishes(book: Rulebook, waiting: Sequence[NoticeFacts]) -> list[Wish]:
    """One digest for each person of a unit that has a budget: the office gives itself none."""
    return [
        Wish(recipient, unit, max(one.severity for one in own), min(one.created_at for one in own))
        for recipient, group in groupby(waiting, key=lambda notice: notice.recipient)
        if (unit := _unit_of(book, recipient)) and (own := list(group))
    ]


def _unit_of(book: Rulebook, recipient: str) -> str | None:
    person = book.roster.people.get(recipient)
    return person.unit if person and Role.OFFICE not in person.roles else None


async def _messages_used(write: Writing, book: Rulebook, units: Collection[str], begins: datetime) -> Mapping[str, int]:
    """How many messages each unit's people have been sent since an instant; one sent instead of another is no more."""
    unit_of = {key: person.unit for key, person in book.roster.people.items() if person.unit in units}
    query = select(messages.c.recipient, func.count()).where(
        messages.c.recipient.in_(unit_of),
        messages.c.created_at >= begins,
        messages.c.part == 1,
        messages.c.replaces.is_(None),
    )
    used: dict[str, int] = {}
    for recipient, count in await write.connection.execute(query.group_by(messages.c.recipient)):
        unit = unit_of[recipient] or ""
        used[unit] = used.get(unit, 0) + int(count)
    return used


async def _hold(
    write: Writing, week: Week, waiting: Sequence[NoticeFacts], held: Mapping[str, str], until: datetime
) -> None:
    """Move the release of every notice of these people, each with its event."""
    kept = [notice for notice in waiting if notice.recipient in held]
    change = update(notices).where(notices.c.id.in_([notice.id for notice in kept]))
    await write.connection.execute(change.values(release_at=until))
    await write.record_all(
        Happening(
            "notice.held",
            f"notice:{notice.id}",
            {"unit": held[notice.recipient], "week": week.name, "until": until.isoformat()},
        )
        for notice in kept
    )


async def _ask_office_about_reports(write: Writing, book: Rulebook, week: Week, waiting: Sequence[NoticeFacts]) -> bool:
    """报送: duties opened, returned, explanations required. They stand; who sets the work hears that it is much."""
    limit, kinds = book.policy.budget.reports, _asking(book)
    units = {notice.unit for notice in waiting if notice.unit and notice.kind in kinds}
    if limit is None or not units:
        return False
    asked = (
        select(duties.c.unit, func.count(notices.c.event_id.distinct()))
        .join(notices, notices.c.duty_id == duties.c.id)
        .where(
            duties.c.unit.in_(units),
            notices.c.kind.in_(kinds),
            notices.c.created_at >= week.begins(book.calendar.zone),
        )
    )
    found = {unit: int(count) for unit, count in await write.connection.execute(asked.group_by(duties.c.unit))}
    over = {unit: _said(_REPORTS, used=used, limit=limit) for unit, used in found.items() if used > limit}
    return await _tell_office(write, book, week, "budget.reports", over)


def _asking(book: Rulebook) -> frozenset[str]:
    """The kinds of notices that ask a unit to report, as the bulletin counts them."""
    ladders = [ladder for policy in book.policies.values() for ladder in policy.ladders.values()]
    explain = {step.key for ladder in ladders for step in ladder if step.kind is StepKind.EXPLANATION}
    return frozenset({OPENED, RECTIFY, Action.RETURN.value} | explain)


async def _tell_office(write: Writing, book: Rulebook, week: Week, kind: str, over: Mapping[str, Text]) -> bool:
    """Tell the office of each unit once a week; False where it knows of all."""
    subjects = {f"budget:{week.name}:{unit}": unit for unit in over}
    known = select(events.c.subject).where(events.c.subject.in_(subjects), events.c.kind == kind)
    told = set(await write.connection.scalars(known))
    new = [(subject, unit) for subject, unit in subjects.items() if subject not in told]
    numbers = await write.record_all(
        Happening(kind, subject, {"unit": unit, "week": week.name, "said": list(over[unit])}) for subject, unit in new
    )
    drafts = [
        NoticeDraft(
            event_id=number,
            recipient=person,
            kind=kind,
            label=_LABEL,
            severity=Severity.IMPORTANT,
            title=unit,
            unit=unit,
            reason=over[unit],
        )
        for number, (_, unit) in zip(numbers, new, strict=True)
        for person in book.office
    ]
    await add_notices(write, book, drafts)
    return bool(drafts)


def _said(template: Text, **facts: object) -> Text:
    return Text(template.zh.format(**facts), template.en.format(**facts))
