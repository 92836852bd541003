"""A whole office under a moved clock: real database, real ladder, real inbox files, no Prefect, no waiting.

Anything a test does not expect fails it: a message nobody asked about, an error in the log.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Select, select

from channels.forms import plain_of, secrets_of
from channels.kinds import ChannelConfig
from rules.drafting import draft
from rules.findings import FindingDraft, Source
from rules.inspecting import WEEKLY, Inspection
from rules.language import Text
from rules.lifecycle import Action, Actor
from rules.places import Area, Assignment, Places, Site, StandardItem
from rules.policy import Policy, Severity
from rules.reading import Deadline, DeadlineKind, TableRow, TaskTable
from rules.reading import Source as Cell
from rules.roster import Contact, Person, Role, Roster, Unit
from rules.roster_index import RosterIndex
from rules.visits import Answer, Verdict
from settings import Settings
from store.acting import Given, act
from store.directory import replace_roster
from store.finding_queries import finding
from store.findings import record_findings
from store.inspection_schema import areas, assignments, sites, standards
from store.ledger import writing
from store.notices import NoticeDraft, add_notices
from store.obligations import time_limits
from store.outbox import any_notice_waits
from store.places import places
from store.publishing import Published, SourceFile, publish
from store.rulebook import adopt_policy
from store.schema import duties, messages, notices, steps
from store.setup import StoredChannel, save_channel
from store.triaging import (
    accept_finding,
    answer_finding,
    hand_over_finding,
    merge_finding,
    note_rating,
    refuse_finding,
)
from tasks.auditing import check_promises
from tasks.delivering import bundle, send_waiting
from tasks.inspecting import open_due_rounds, start_round
from tasks.intake import import_places
from tasks.office import Office, open_office, prepare
from tasks.planning import plan_of
from tasks.supervising import open_duties, remind_of_findings, take_steps
from tasks.visiting import Taken, take_answer, take_forms, write_forms

T = TypeVar("T")
Registered = Site | Area | Assignment | StandardItem

MORNING = time(9, 30)


def small_roster() -> Roster:
    """Two units under one leader, an office, two supervisors: enough for most stories."""
    people = [
        Person("城管员", "城管员", "科员", "市城管局", superior="城管局长"),
        Person("城管局长", "城管局长", "局长", "市城管局", superior="分管副市长"),
        Person("教育员", "教育员", "科员", "市教育局", superior="教育局长"),
        Person("教育局长", "教育局长", "局长", "市教育局", superior="分管副市长"),
        Person("分管副市长", "分管副市长", "副市长", superior="市长"),
        Person("市长", "市长", "市长", superior="组长"),
        Person("组长", "组长", "领导小组组长"),
        Person("创建办主任", "创建办主任", "主任", "创建办", roles=frozenset({Role.OFFICE})),
        Person("督查员甲", "督查员甲", "督查员", "督查组", roles=frozenset({Role.SUPERVISOR})),
        Person("督查员乙", "督查员乙", "督查员", "督查组", roles=frozenset({Role.SUPERVISOR})),
    ]
    units = [
        Unit("市城管局", "局", ("城管局",), "城管员", "城管局长", "分管副市长"),
        Unit("市教育局", "局", ("教育局",), "教育员", "教育局长", "分管副市长"),
        Unit("创建办", "办", (), "创建办主任", "创建办主任"),
        Unit("督查组", "组", (), "督查员甲", "督查员甲"),
    ]
    kept = [Person(p.key, p.name, p.title, p.unit, p.superior, p.roles, (Contact("inbox", p.key),)) for p in people]
    return Roster({unit.name: unit for unit in units}, {person.key: person for person in kept})


def row(
    task: str = "清理背街小巷",
    lead: str | tuple[str, ...] = "市城管局",
    due: str | None = None,
    *,
    item_no: str = "1.2.1",
    every: str | None = None,
    start: str | None = None,
    leader: str | None = None,
) -> TableRow:
    """A table row as a reader would return it: due on a date, or recurring by an RFC 5545 rule."""
    units = (lead,) if isinstance(lead, str) else lead
    if every:
        deadline = Deadline(every, DeadlineKind.RECURRING, rrule=every)
    else:
        first, last = start and date.fromisoformat(start), date.fromisoformat(due or "2026-12-31")
        deadline = Deadline(str(last), DeadlineKind.WINDOW if first else DeadlineKind.BY, start=first, due=last)
    return TableRow(item_no, task, Cell("任务", "A2"), lead_units=units, leader=leader, deadlines=(deadline,))


@dataclass
class Inbox:
    """What one person has been told, in order; reading it with `expects` ticks it off."""

    person: str
    told: list[dict[str, Any]]
    expected: set[int]

    def expects(self, label: str, about: str | None = None, times: int | None = None) -> None:
        """At least one notice (or exactly `times`) with this label, about this title."""
        found = [n for n in self.told if n["label"] == label and (about is None or about in n["title"])]
        seen = [(n["label"], n["title"]) for n in self.told]
        assert found, f"{self.person} was not told “{label}”, only {seen}"
        assert times is None or len(found) == times, f"{self.person}: {len(found)} × “{label}”, not {times}: {seen}"
        self.expected.update(n["id"] for n in found)

    def is_empty(self) -> None:
        assert not self.told, f"{self.person} was told {[(n['label'], n['title']) for n in self.told]}"


class OfficeHarness:
    """One office; `on` sets the clock, `passes` lets time go by with a cycle every morning."""

    def __init__(
        self, home: Path, url: str = "", roster: Roster | None = None, policy: Policy | None = None, **settings: Any
    ) -> None:
        self._settings = Settings(home=home, database_url=url, _env_file=None, **settings)
        self._runner = asyncio.Runner()
        self._expected: set[int] = set()
        self.roster = roster or small_roster()
        self.now = datetime(2026, 1, 5, 9, 30, tzinfo=self._settings.zone)
        self._opening = open_office(self._settings)
        self._run(prepare(self._settings, self.now))
        self.office: Office = self._run(self._opening.__aenter__())
        self._run(self._set_up(policy))

    async def _set_up(self, policy: Policy | None) -> None:
        async with writing(self.office.store, self.now) as write:
            await replace_roster(write, self.roster)
            if policy:
                await adopt_policy(write, policy)

    def close(self) -> None:
        self._run(self._opening.__aexit__(None, None, None))
        self._runner.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def awaits(self, work: Coroutine[Any, Any, T]) -> T:
        """Whatever else a test wants done, in the loop this office lives in."""
        return self._run(work)

    # -- time

    def on(self, day: str, at: str = "09:30") -> "OfficeHarness":
        """Set the clock to a local day and time; nothing runs."""
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), self._settings.zone)
        assert moment >= self.now or moment.date() == self.now.date(), "the clock only moves forward"
        self.now = moment
        return self

    def cycle(self) -> Counter[str]:
        """One pass of everything at this instant: open, take steps, bundle, send."""
        return self._run(self._cycle())

    async def _cycle(self) -> Counter[str]:
        opened = await open_duties.fn(self.office, self.now)
        taken = await take_steps.fn(self.office, self.now)
        await remind_of_findings.fn(self.office, self.now)
        async with self.office.store.reading() as connection:
            waits = await any_notice_waits(connection, self.now)
        if waits:
            await bundle.fn(self.office, self.now)
        sent = await send_waiting.fn(self.office, lambda: self.now)
        assert sent.total() == sent["accepted"], f"the inbox refused: {sent}"
        return taken + Counter(opened=opened)

    def bundles(self) -> int:
        """Make up messages without sending them."""
        return self._run(bundle.fn(self.office, self.now))

    def delivers(self) -> Counter[str]:
        """Bundle and send what may go out now, whatever becomes of it; the attempts by outcome."""
        self.bundles()
        return self._run(send_waiting.fn(self.office, lambda: self.now))

    def passes(self, days: int = 0, weeks: int = 0, every: int = 1) -> "OfficeHarness":
        """Let days go by, with a cycle each morning (or each `every` days)."""
        for passed in range(1, days + 7 * weeks + 1):
            self.now = datetime.combine(self.now.date() + timedelta(days=1), MORNING, self._settings.zone)
            if passed % every == 0:
                self.cycle()
        return self

    def until(self, day: str, every: int = 1) -> "OfficeHarness":
        """Let the days up to this one go by, with a cycle on the last at least."""
        self.passes(days=(date.fromisoformat(day) - self.now.date()).days - 1, every=every)
        return self.passes(days=1)

    # -- people

    def publishes(self, *rows: TableRow, year: int | None = None, title: str = "任务分解表") -> Published:
        """The office publishes a table that raises no question."""
        return self._run(self._publish(TaskTable(title, year or self.now.year, rows)))

    async def _publish(self, table: TaskTable) -> Published:
        async with self.office.store.reading() as connection:
            in_force = await time_limits(connection, table.title)
        drafted = draft(table, RosterIndex(self.roster), {}, self.now.date(), in_force)
        assert not drafted.questions, [question.question.message.zh for question in drafted.questions]
        async with self.office.deciding(self.now, self.actor("创建办主任")) as (write, book):
            return await publish(write, book, table.title, drafted, SourceFile("table.xlsx", "0" * 64), {})

    def appoints(self, roster: Roster) -> None:
        """The roster changes: people come and go."""
        self.roster = roster
        self._run(self._set_up(None))

    def adopts(self, change: Callable[[Policy], dict[str, Any]]) -> None:
        """The office changes its policy for duties opened from now on."""
        policy = self._run(self.office.rulebook()).policy
        self._run(self._set_up(policy.model_copy(update=change(policy))))

    def begins_inspecting(self, day: str, at: str = "08:50") -> "OfficeHarness":
        """The weekly inspection an office starts with is asked for from this day on, and nothing before."""
        self.adopts(lambda policy: {"cadences": ()})
        self.on(day, at).adopts(lambda policy: {"cadences": (WEEKLY,)})
        return self

    def adds_channel(self, name: str, form: ChannelConfig) -> None:
        """The office sets up a channel."""
        self._run(self._add_channel(StoredChannel(name, form.kind, plain_of(form), secrets_of(form))))

    async def _add_channel(self, channel: StoredChannel) -> None:
        async with writing(self.office.store, self.now) as write:
            await save_channel(write, channel, self.office.key)

    def reaches(self, contacts: Mapping[str, Sequence[Contact]]) -> None:
        """These people are reached by these contacts from now on."""
        moved = {key: replace(self.roster.people[key], contacts=tuple(given)) for key, given in contacts.items()}
        self.appoints(replace(self.roster, people={**self.roster.people, **moved}))

    def tells(self, title: str, *people: str, severity: Severity = Severity.URGENT) -> None:
        """A notice to each of these people, put into the outbox."""
        self._run(self._tell(title, people, severity))

    async def _tell(self, title: str, people: Sequence[str], severity: Severity) -> None:
        async with self.office.deciding(self.now) as (write, book):
            event = await write.record("test.said", "test:1")
            said = [NoticeDraft(event, person, "test", Text("请看", "look"), severity, title) for person in people]
            await add_notices(write, book, said)

    def actor(self, person: str) -> Actor:
        known = self.roster.people[person]
        return Actor(person, known.unit, known.roles)

    def does(self, who: str, action: Action | str, duty: int = 1, **given: Any) -> None:
        """A person acts on a duty now."""
        self._run(self._act(who, Action(action), duty, Given(**given)))

    async def _act(self, person: str, action: Action, duty: int, given: Given) -> None:
        async with self.office.deciding(self.now, self.actor(person)) as (write, book):
            await act(write, book, duty, action, given)

    # -- findings

    def registers(self, *places: Registered) -> None:
        """Sites, areas, what is looked at there, and who answers for them."""
        self._run(self._register(places))

    async def _register(self, registered: tuple[Registered, ...]) -> None:
        async with writing(self.office.store, self.now) as write:
            for place in registered:
                table = {Site: sites, Area: areas, Assignment: assignments, StandardItem: standards}[type(place)]
                await write.add(table, [asdict(place)])

    def lists(self, places: Places) -> Counter[str]:
        """The office imports its list of places, as it holds from today on. What changed, by kind."""
        return self._run(import_places.fn(self.office, places, self.now, self.actor("创建办主任")))

    def places(self) -> Places:
        """The places as they stand, with everyone who ever answered for them."""
        return self._run(self._places())

    async def _places(self) -> Places:
        async with self.office.store.reading() as connection:
            return await places(connection)

    def finds(
        self,
        text: str = "门口占道经营",
        source: Source | str = Source.ROUND,
        by: str = "督查员甲",
        type: str = "占道经营",
        **more: Any,
    ) -> int:
        """Somebody records a problem found just now, of site 建设路市场 unless told otherwise. Its number."""
        told = {"severity": Severity.IMPORTANT, "finder": by, "found_at": self.now, **more}
        told |= {} if "place" in more or "site" in more else {"site": "建设路市场"}
        return self.records(FindingDraft(Source(source), text=text, type=type, **told), by=by)[0]

    def records(self, *drafts: FindingDraft, by: str = "创建办主任") -> list[int]:
        return list(self._run(self._record(drafts, by)))

    async def _record(self, drafts: tuple[FindingDraft, ...], by: str) -> Any:
        async with self.office.deciding(self.now, self.actor(by)) as (write, book):
            return await record_findings(write, book, drafts)

    # -- rounds

    def inspects(self) -> list[int]:
        """The rounds that are due are opened; their numbers."""
        return self._run(open_due_rounds.fn(self.office, self.now))

    def starts(
        self, label: str = "专项检查", by: str = "督查员甲", seed: str | None = None, **asked: Any
    ) -> int | None:
        """A supervisor opens a round of their own; its number, None where there is one of that name today."""
        return self._run(self._start(Inspection(label=Text(label, label), **asked), by, seed))

    async def _start(self, asked: Inspection, by: str, seed: str | None) -> int | None:
        plan = plan_of(await self.office.rulebook(), asked, self.now, seed)
        return await start_round.fn(self.office, self.now, plan, self.actor(by))

    def answers(
        self, site: str, code: str, verdict: str, text: str = "", number: int = 1, by: str = "督查员甲"
    ) -> Taken:
        """One result is typed in."""
        answer = Answer("", site, code, Verdict(verdict), text)
        return self._run(take_answer(self.office, self.now, self.actor(by), number, answer))

    def forms(self, number: int, folder: Path, by: str = "督查员甲") -> list[Path]:
        """The forms of a round, one per team."""
        return self._run(write_forms(self.office, number, folder, self.actor(by)))

    def imports(self, *files: Path, by: str = "督查员甲") -> list[Taken]:
        """Filled forms are read back."""
        return self._run(take_forms(self.office, self.now, self.actor(by), files))

    def decides(self, what: str, number: int, *given: Any, by: str = "创建办主任", **more: Any) -> Any:
        """The office accepts, refuses, merges, hands over or answers a finding, or notes what was said of it."""
        return self._run(self._decide(what, number, given, more, by))

    async def _decide(self, what: str, number: int, given: tuple[Any, ...], more: dict[str, Any], by: str) -> Any:
        async with self.office.deciding(self.now, self.actor(by)) as (write, book):
            match what:
                case "answer":
                    return await answer_finding(write, number, *given)
                case "rated":
                    return await note_rating(write, number, *given)
            do = {"accept": accept_finding, "refuse": refuse_finding, "merge": merge_finding,
                  "hand_over": hand_over_finding}[what]  # fmt: skip
            return await do(write, book, number, *given, **more)

    def finding(self, number: int = 1) -> Any:
        return self._run(self._finding(number))

    async def _finding(self, number: int) -> Any:
        async with self.office.store.reading() as connection:
            return await finding(connection, number)

    # -- what is there

    def rows(self, query: Select[Any]) -> list[Any]:
        """Whatever a query finds."""
        return self._run(self._rows(query))

    async def _rows(self, query: Select[Any]) -> list[Any]:
        async with self.office.store.reading() as connection:
            return list(await connection.execute(query))

    def duty(self, number: int = 1) -> Any:
        (found,) = self.rows(select(duties).where(duties.c.id == number))
        return found

    def steps(self, duty: int = 1) -> list[tuple[int, str]]:
        """The steps a duty has had, as (episode, step), in the order they were planned."""
        query = select(steps).where(steps.c.duty_id == duty).order_by(steps.c.episode, steps.c.planned_at)
        return [(step.episode, step.step) for step in self.rows(query)]

    def inbox(self, person: str) -> Inbox:
        """What a person has been told so far, in messages that really left."""
        sent = notices.join(messages, messages.c.id == notices.c.message_id)
        query = select(notices.c.id, notices.c.data).select_from(sent)
        query = query.where(notices.c.recipient == person, messages.c.outcome == "accepted").order_by(notices.c.id)
        told = [{**found.data, "id": found.id, "label": found.data["label"][0]} for found in self.rows(query)]
        return Inbox(person, told, self._expected)

    def last_message_to(self, person: str) -> str:
        """The words of the last message a person was sent."""
        query = select(messages.c.body).where(messages.c.recipient == person).order_by(messages.c.id.desc())
        return str(self.rows(query)[0].body)

    def messages_to(self, person: str) -> int:
        """How many messages a person was sent (a digest is one)."""
        return len(self.rows(select(messages.c.id).where(messages.c.recipient == person)))

    def news(self) -> list[str]:
        """What left since this was last asked, as "03-04 城管员 新任务 D1": when it left, to whom, what, about which.

        Notices that still wait (quiet hours) are not among it.
        """
        query = (
            select(notices, messages.c.created_at.label("left_at"))
            .join(messages, messages.c.id == notices.c.message_id)
            .where(notices.c.id.not_in(self._expected))
            .order_by(messages.c.created_at, notices.c.id)
        )
        left = self.rows(query)
        self._expected.update(n.id for n in left)
        days = [n.left_at.astimezone(self._settings.zone) for n in left]
        return [
            f"{day:%m-%d} {n.recipient} {n.data['label'][0]} D{n.duty_id}" for day, n in zip(days, left, strict=True)
        ]

    def ignores_news(self) -> None:
        """Who was told what so far is not this story's."""
        self._expected.update(n.id for n in self.rows(select(notices.c.id)))

    def unexpected(self) -> list[tuple[str, str, str]]:
        """Notices no test line asked about."""
        found = self.rows(select(notices).order_by(notices.c.id))
        return [(n.recipient, n.data["label"][0], n.data["title"]) for n in found if n.id not in self._expected]

    def breaches(self) -> list[str]:
        """What the audit finds broken now: a step missed, a notice without an outcome.

        Most stories leave inspection out: what it says of slots nobody opened is `uninspected`.
        """
        return [line for line in self._audited() if not line.startswith("cadence:")]

    def uninspected(self) -> list[str]:
        """What the audit finds about slots that were never opened."""
        return [line for line in self._audited() if line.startswith("cadence:")]

    def _audited(self) -> list[str]:
        return [f"{found.subject}: {found.message.zh}" for found in self._run(check_promises.fn(self.office, self.now))]
