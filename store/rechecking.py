"""Re-checking (复查) of a rectification: who is drawn or appointed, and what a return means for its time limit."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, select

from rules.language import Text
from rules.lifecycle import Action, Transition, refusal
from rules.policy import Severity
from rules.recheck import candidates, draw, independent
from store.ledger import Writing
from store.opening import is_provisional
from store.rectifying import Rectified, limit_of
from store.rulebook import Rulebook
from store.schema import events

DRAWN = "recheck.drawn"

_RECHECK = Text("请复查", "re-check this")
_APPOINT = Text("请指定复查人", "appoint a re-checker")


def rechecked(
    write: Writing, book: Rulebook, duty: Row[Any], rule: Transition, rectified: Rectified | None, person: str
) -> dict[str, Any]:
    """What a return counts, and what it and a new owner mean for a rectification: a new time limit from now."""
    changed: dict[str, Any] = {}
    if rule.action is Action.RETURN:
        changed |= {"returns": duty.returns + 1, "rechecker": None}
    if rectified and rule.action is Action.APPOINT:
        changed["rechecker"] = _appointed(book, duty, rule, rectified, person)
    if rectified and duty.parent_id is None and rule.action in (Action.RETURN, Action.HAND_OVER):
        due_at = limit_of(write, book, duty.policy_version, rectified.type, rectified.severity)
        changed |= {"due_at": due_at, "provisional": is_provisional(write, book, due_at)}
    return changed


def _appointed(book: Rulebook, duty: Row[Any], rule: Transition, rectified: Rectified, written: str) -> str:
    """指定: where the lot had nobody to fall on, anyone of the roster who is independent will do."""
    person = book.index.match_person(written).found
    if person is None or not independent(book.roster, person, duty.unit, {*rectified.finders, duty.reported_by}):
        why = Text(
            "复查人须在名册中，且不是责任单位的人、发现人或申报人。",
            "a re-checker must be in the roster, and neither of the unit nor who found or reported it.",
        )
        raise refusal(duty.id, rule, why)
    return person


async def draw_rechecker(
    write: Writing, book: Rulebook, duty: Mapping[Any, Any], excluded: Collection[str | None], event: int
) -> str | None:
    """抽取复查人 because of an event, among those allowed; who was drawn in this episode before is left out.

    None, where nobody is allowed. The event of the draw tells its seed and all candidates.
    """
    subject = f"duty:{duty['id']}"
    earlier = await write.connection.scalars(
        select(events.c.data).where(events.c.subject == subject, events.c.kind == DRAWN)
    )
    before = {one["drawn"] for one in earlier if one["episode"] == duty["episode"]}
    among = candidates(book.roster, duty["unit"], {person for person in (*excluded, *before) if person})
    lot = draw(among, duty["id"], duty["episode"], event)
    await write.record(
        DRAWN,
        subject,
        drawn=lot.drawn,
        seed=lot.seed,
        candidates=list(lot.candidates),
        episode=duty["episode"],
        because=event,
    )
    return lot.drawn


def called_for(rule: Transition, rectified: Rectified | None, rechecker: str | None) -> Text:
    """What is asked of whoever hears of a report on a rectification, or of being drawn."""
    if rectified is None or "rechecker" not in rule.tells:
        return rule.label
    return _RECHECK if rechecker else _APPOINT


def order_severity(rule: Transition, rectified: Rectified | None) -> Severity:
    """A repeat order, or one handed over, leaves at any hour where it must be rectified at once (立行立改)."""
    if rectified and rule.action in (Action.RETURN, Action.HAND_OVER):
        return max(Severity.IMPORTANT, rectified.severity)
    return Severity.IMPORTANT
