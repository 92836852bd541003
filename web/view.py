"""What a message's page shows (页面内容): each duty as it stands now, and what its reader may do to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.language import Language, Text
from rules.lifecycle import STATE_LABELS, Need, Transition, is_overdue, open_to
from rules.policy import Severity
from store.receipts import Standing, notices_told, standings
from store.rulebook import Rulebook
from web.site import Site, Visitor


@dataclass(frozen=True, slots=True)
class Offer:
    """可办理的动作: one button, with the fields it needs; `fields` maps each to whether it must be filled in."""

    action: str
    label: str
    fields: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Told:
    """通知: what was said, and why."""

    number: int
    label: str
    reason: str
    is_urgent: bool
    title: str


@dataclass(frozen=True, slots=True)
class Card:
    """一个责任事项: as it stands now, with the notices about it.

    `main` is the way it usually goes on, `more` what else its reader may do.
    """

    number: int
    title: str
    unit: str
    state: str
    state_key: str
    due: str
    is_overdue: bool
    provisional: bool
    source: str
    seen: int
    told: tuple[Told, ...]
    main: tuple[Offer, ...]
    more: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """消息页: cards of the duties, and the notices that are about none."""

    cards: tuple[Card, ...]
    other: tuple[Told, ...]


async def page_for(site: Site, book: Rulebook, visitor: Visitor, language: Language) -> Page:
    """A message as its recipient reads it now, the gravest first."""
    async with site.store.reading() as connection:
        notices = await notices_told(connection, visitor.message)
        known = await standings(connection, sorted({one.duty_id for one in notices if one.duty_id}))
    about: dict[int | None, list[Told]] = {}
    for notice in notices:
        about.setdefault(notice.duty_id, []).append(_told(notice, language))
    cards = [
        _card(site, book, visitor, known[number], told, language) for number, told in about.items() if number in known
    ]
    return Page(tuple(cards), tuple(about.get(None, ())))


def _told(notice: Any, language: Language) -> Told:
    data = notice.data
    reason = Text(*data["reason"]).said_in(language) if data["reason"] else ""
    label = _titled(Text(*data["label"]), language)
    return Told(notice.id, label, reason, notice.severity == Severity.URGENT, data["title"])


def _card(
    site: Site, book: Rulebook, visitor: Visitor, standing: Standing, told: Sequence[Told], language: Language
) -> Card:
    row, facts = standing.row, standing.facts
    allowed = open_to(facts, visitor.actor)
    return Card(
        number=row.id,
        title=row.title,
        unit=row.unit,
        state=_titled(STATE_LABELS[facts.state], language),
        state_key=facts.state.value,
        due=f"{book.calendar.local(row.due_at):%Y-%m-%d %H:%M}",
        is_overdue=is_overdue(facts.state, row.due_at, site.clock()),
        provisional=row.provisional,
        source=_source(row),
        seen=standing.seen,
        told=tuple(told),
        main=tuple(_offer(rule, language) for rule in allowed if not rule.needs),
        more=tuple(_offer(rule, language) for rule in allowed if rule.needs),
    )


def _source(row: Any) -> str:
    """The table row it comes from: 《表名》1.2.1 任务!A2."""
    place = row.content.get("source") if row.content else None
    return f"《{row.plan}》{row.item_no or ''} {'!'.join(part for part in place if part)}" if place else ""


def _offer(rule: Transition, language: Language) -> Offer:
    return Offer(rule.action.value, _titled(rule.label, language), _fields(rule))


def _titled(label: Text, language: Language) -> str:
    """A label that stands alone begins with a capital where there are any."""
    said = label.said_in(language)
    return said[:1].upper() + said[1:]


def _fields(rule: Transition) -> Mapping[str, bool]:
    return {need.value: need in rule.needs for need in Need if need in rule.needs | rule.takes}
