"""Recording findings (问题登记): from every source into one queue; routed, compared, and accepted at once where no
triage is needed. What the office does to them afterwards is in store.triaging.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import select, tuple_

from rules.duplicates import Resemblance, resembled
from rules.errors import Refusal
from rules.findings import ACCEPTED_AT_ONCE, FindingDraft, FindingState, Sighting
from rules.language import Text
from rules.matching import NameIndex, plain
from rules.offsets import Offset
from rules.policy import Severity
from rules.privacy import without_numbers
from rules.relapse import Closed, relapse_of
from rules.routing import Route, Router
from rules.triage import Reminders
from store.batches import batches
from store.finding_queries import closed_sightings, standing_sightings
from store.inspection_schema import findings
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.places import places
from store.rectifying import open_rectifications, where
from store.rulebook import Rulebook

# Two imports of one file at once: the second finds what the first has written.
_LOCK = 0x00D0BA18

_TRIAGE = Text("待受理问题", "findings to be triaged")
_ALIKE = Text("疑似重复，请核对", "looks like an earlier one: please compare")


class UnusableFinding(Refusal):
    """问题登记不全: a finding lacks what it cannot do without."""

    zh = "问题不能登记：{what}。"
    en = "The finding cannot be recorded: {what_en}."


class _Fresh(NamedTuple):
    """A finding not known yet, with its number and what the rules say of it."""

    number: int
    draft: FindingDraft
    route: Route
    like: Resemblance | None
    relapse: int | None

    @property
    def at_once(self) -> bool:
        """Whether it needs no triage: our own people saw it and its owner is known."""
        return self.draft.source in ACCEPTED_AT_ONCE and self.route.unit is not None


async def record_findings(write: Writing, book: Rulebook, drafts: Sequence[FindingDraft]) -> Sequence[int]:
    """Record findings and return their numbers in the order given; one its source sent before keeps its number.

    Those from rounds, self-checks and daily patrols become duties at once where an owner is known; the office hears of
    the others. UnusableFinding names the first that lacks what it needs; nothing is recorded then.
    """
    await write.one_at_a_time(_LOCK)
    drafts = [_plain(draft) for draft in drafts]
    numbers = await _known(write, drafts)
    fresh = list(_not_in(drafts, numbers))
    rows = await _rows(write, book, fresh)
    numbers |= {_key(one.draft): one.number for one, _ in rows if one.draft.source_key}
    unkeyed = iter([one.number for one, _ in rows if not one.draft.source_key])
    await write.add(findings, [row for _, row in rows])
    events = await write.record_all(_recorded(one, row) for one, row in rows)
    await open_rectifications(write, book, [row for one, row in rows if one.at_once])
    told = [(one, row, event) for (one, row), event in zip(rows, events, strict=True)]
    await _tell_office(write, book, _TRIAGE, "triage", [(row, event) for one, row, event in told if not one.at_once])
    alike = [(row, event) for one, row, event in told if one.at_once and one.like]
    await _tell_office(write, book, _ALIKE, "resembles", alike)
    return [numbers[_key(draft)] if draft.source_key else next(unkeyed) for draft in drafts]


def _plain(draft: FindingDraft) -> FindingDraft:
    """The draft without stray spaces and without anybody's number in its words."""
    missing = [name for name, value in (("类型 (type)", draft.type), ("内容 (text)", draft.text)) if not value.strip()]
    missing += [] if draft.site or draft.place.strip() else ["点位或地点 (site or place)"]
    if missing:
        raise UnusableFinding(what=f"缺少{'、'.join(missing)}", what_en=f"it lacks {', '.join(missing)}")
    return replace(
        draft,
        text=without_numbers(draft.text.strip()),
        place=without_numbers(draft.place.strip()),
        type=draft.type.strip(),
    )


def _key(draft: FindingDraft) -> tuple[str, str]:
    return draft.source.value, draft.source_key or ""


async def _known(write: Writing, drafts: Sequence[FindingDraft]) -> dict[tuple[str, str], int]:
    """The numbers of those whose sources have sent them before."""
    known: dict[tuple[str, str], int] = {}
    for some in batches({_key(draft) for draft in drafts if draft.source_key}):
        query = select(findings.c.source, findings.c.source_key, findings.c.id)
        query = query.where(tuple_(findings.c.source, findings.c.source_key).in_(some))
        known |= {(row.source, row.source_key): row.id for row in await write.connection.execute(query)}
    return known


def _not_in(drafts: Iterable[FindingDraft], known: dict[tuple[str, str], int]) -> Iterator[FindingDraft]:
    """Each new finding once, even where one file holds it twice."""
    met = set(known)
    for draft in drafts:
        if not draft.source_key or _key(draft) not in met:
            yield draft
            met.add(_key(draft))


async def _rows(write: Writing, book: Rulebook, fresh: Sequence[FindingDraft]) -> list[tuple[_Fresh, dict[str, Any]]]:
    if not fresh:
        return []
    known = await places(write.connection)
    for draft in fresh:
        _check(write, draft, known.sites)
    router = Router(known, book.index, book.policy.findings)
    compare = await _Comparison.of(write, book, fresh)
    reminders = Reminders(book.policy, book.calendar)
    rows = []
    for number, draft in zip(await write.reserve(findings, len(fresh)), fresh, strict=True):
        route = router.route(draft, book.calendar.local(draft.found_at).date())
        one = _Fresh(number, draft, route, *compare.judge(number, draft, route))
        rows.append((one, _row(write, book, one, reminders)))
    return rows


def _check(write: Writing, draft: FindingDraft, sites: Iterable[str]) -> None:
    if draft.found_at > write.now:
        raise UnusableFinding(what="发现时间晚于现在", what_en="it was found after now")
    if draft.site and draft.site not in sites:
        near = NameIndex([(plain(site), site) for site in sites]).match(draft.site).offered
        raise UnusableFinding(
            what=f"没有点位“{draft.site}”{near.zh}；未登记的地点请写地点文字",
            what_en=f"there is no site “{draft.site}”{near.en}; write other places in words",
        )


class _Comparison:
    """What new findings are compared with: those still standing, those of the same call, and those closed lately."""

    def __init__(self, book: Rulebook, standing: Iterable[Sighting], closed: Iterable[Closed]) -> None:
        self._book = book
        self._standing: dict[str, list[Sighting]] = {}
        self._closed: dict[str, list[Closed]] = {}
        for sighting in standing:
            self._standing.setdefault(sighting.type, []).append(sighting)
        for one in closed:
            self._closed.setdefault(one.sighting.type, []).append(one)

    @classmethod
    async def of(cls, write: Writing, book: Rulebook, fresh: Sequence[FindingDraft]) -> "_Comparison":
        types, first = {draft.type for draft in fresh}, min(draft.found_at for draft in fresh)
        rules = book.policy.findings
        standing = await standing_sightings(write.connection, types, _before(book, rules.same_within, first))
        closed = await closed_sightings(write.connection, types, _before(book, rules.relapse_within, first))
        return cls(book, standing, closed)

    def judge(self, number: int, draft: FindingDraft, route: Route) -> tuple[Resemblance | None, int | None]:
        """The standing finding it looks the same as, and the closed one it repeats, if any."""
        rules, found_at = self._book.policy.findings, draft.found_at
        new = Sighting(number, found_at, draft.type, draft.text, route.site, draft.place, draft.visit)
        within = found_at - _before(self._book, rules.same_within, found_at)
        standing = self._standing.setdefault(draft.type, [])
        like = resembled(new, standing, within, rules.alike)
        standing.append(new)
        since = _before(self._book, rules.relapse_within, found_at)
        return like, relapse_of(new, self._closed.get(draft.type, ()), since)


async def relapse_for(write: Writing, book: Rulebook, new: Sighting) -> int | None:
    """The closed finding that one repeats, asked anew where its type was corrected."""
    since = _before(book, book.policy.findings.relapse_within, new.found_at)
    return relapse_of(new, await closed_sightings(write.connection, {new.type}, since), since)


def _before(book: Rulebook, offset: Offset, instant: datetime) -> datetime:
    """The beginning of the day that lies so long before."""
    return replace(offset, count=-offset.count).after(instant, book.calendar, time())


def _row(write: Writing, book: Rulebook, one: _Fresh, reminders: Reminders) -> dict[str, Any]:
    draft, rules = one.draft, book.policy.findings
    first_reminder = reminders.first(FindingState.NEW, draft.source, write.now, answered=False)
    return {
        "id": one.number,
        "source": draft.source.value,
        "source_key": draft.source_key,
        "state": FindingState.NEW.value,
        "found_at": draft.found_at,
        "recorded_at": write.now,
        "recorded_by": write.actor.key,
        "finder": draft.finder,
        "method": draft.method,
        "visit_id": draft.visit,
        "item": draft.item,
        "site": one.route.site,
        "area": one.route.area,
        "place": draft.place,
        "type": draft.type,
        "severity": draft.severity.value,
        "text": draft.text,
        "unit": one.route.unit,
        "resembles": one.like and one.like.finding,
        "relapse_of": one.relapse,
        "weight": rules.relapse_weight if one.relapse else 1,
        "remind_at": None if one.at_once else first_reminder,
    }


def _recorded(one: _Fresh, row: dict[str, Any]) -> Happening:
    """The event tells all but the words, which a resident may have written."""
    told = {name: row[name] for name in (
        "source", "source_key", "finder", "method", "item", "site", "area", "type", "severity", "unit", "relapse_of",
    )}  # fmt: skip
    told |= {"found_at": row["found_at"].isoformat(), "visit": row["visit_id"], "routed_by": list(one.route.why)}
    return Happening("finding.recorded", f"finding:{one.number}", told | {"like": one.like and one.like._asdict()})


async def _tell_office(
    write: Writing, book: Rulebook, label: Text, kind: str, rows: Sequence[tuple[dict[str, Any], int]]
) -> None:
    """One notice for all that came together, named by the gravest."""
    if not rows:
        return
    row, event = max(rows, key=lambda one: (one[0]["severity"], -one[0]["id"]))
    like = sum(row["resembles"] is not None for row, _ in rows)
    reason = Text(
        f"共 {len(rows)} 件，其中疑似重复 {like} 件", f"{len(rows)} in all, {like} of them look like earlier ones"
    )
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=person,
                kind=kind,
                label=label,
                severity=max(Severity(row["severity"]), Severity.IMPORTANT),
                title=f"F{row['id']} {where(row)}·{row['type']}",
                reason=reason,
            )
            for person in book.office
        ],
    )
