"""Laws of the cycle that hold for any table, any rhythm of sweeping and whatever people do in between."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, func, select

from rules.drafting import draft
from rules.errors import Refusal
from rules.escalation import Clock, Escalation
from rules.lifecycle import FINISHED, Action, Actor, DutyFacts, DutyState, Request, open_to
from rules.offsets import Offset
from rules.policy import Anchor, StepKind, default_policy
from rules.reading import TableRow, TaskTable
from rules.roster_index import RosterIndex
from rules.worktime import WorkCalendar
from settings import Settings
from store.acting import Given, act
from store.auditing import breaches
from store.directory import replace_roster
from store.duties import TAKEN, clock_of, taken_by
from store.ledger import writing
from store.opening import open_due
from store.publishing import SourceFile, publish
from store.schema import duties, events, notices, steps
from store.sweeping import sweep_batch
from tasks.office import Office, open_office, prepare
from tests.harness.office import row, small_roster

T = TypeVar("T")

START = datetime(2026, 9, 14, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # 中秋 and 国庆 lie ahead
ROSTER = small_roster()
# An example takes a tenth of a second on a database: few of them, and none of the hundreds that shrinking tries.
bounded = settings(
    max_examples=7,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

# Pure: one duty's ladder.

ESCALATION = Escalation(default_policy(), WorkCalendar())
instants = st.integers(0, 24 * 120).map(lambda hours: START + timedelta(hours=hours))
clocks = st.builds(
    lambda state, since, due, ladder: (Clock(state, since, max(since, due), reported_at=since), ladder),
    st.sampled_from(DutyState),
    instants,
    instants,
    st.sampled_from(["standard", "routine"]),
)


def swept(clock: Clock, ladder: str, times: Sequence[datetime]) -> list[tuple[str, datetime, bool]]:
    """Every step of a duty swept at these instants."""
    taken: list[tuple[str, datetime, bool]] = []
    for now in times:
        now_clock = clock._replace(taken=frozenset(key for key, _, _ in taken))
        decision = ESCALATION.decide(now_clock, ladder, now)
        taken += [(step.key, step.planned_at, step.told) for step in decision.steps]
    return taken


@given(clocks, st.lists(instants, min_size=1, max_size=12))
def test_any_rhythm_of_sweeping_ends_in_the_same_steps(found: tuple[Clock, str], times: list[datetime]) -> None:
    """Daily, weekly or at any instants: the same steps with the same planned instants, none of them twice."""
    in_time = sorted(times)
    often, once = swept(*found, in_time), swept(*found, in_time[-1:])
    assert [step[:2] for step in often] == [step[:2] for step in once]
    assert len({key for key, _, _ in often}) == len(often)


@given(clocks, instants)
def test_sweeping_twice_equals_once(found: tuple[Clock, str], now: datetime) -> None:
    """The second pass at the same instant finds nothing."""
    assert swept(*found, [now, now]) == swept(*found, [now])


@given(clocks, st.lists(instants, min_size=1, max_size=12))
def test_only_reminders_are_ever_left_untold(found: tuple[Clock, str], times: list[datetime]) -> None:
    """Whatever the outage, a rung of accountability is said; of reminders due together at most the last is."""
    kinds = {step.key: step.kind for steps_ in default_policy().ladders.values() for step in steps_}
    for key, _, told in swept(*found, sorted(times)):
        assert told or kinds[key] is StepKind.REMINDER


@given(clocks, instants)
def test_the_next_look_is_never_late(found: tuple[Clock, str], now: datetime) -> None:
    """Between now and the next look nothing falls due, and at it something does."""
    decision = ESCALATION.decide(found[0], found[1], now)
    after = found[0]._replace(taken=frozenset(step.key for step in decision.steps))
    assert ESCALATION.next_look(after, found[1]) == decision.next_action_at
    if decision.next_action_at:
        assert decision.next_action_at > now
        assert ESCALATION.decide(after, found[1], decision.next_action_at).steps
        just_before = decision.next_action_at - timedelta(seconds=1)
        assert not ESCALATION.decide(after, found[1], just_before).steps


PAUSING = Escalation(default_policy().model_copy(update={"pause_on_accept": Offset.parse("P5WD")}), WorkCalendar())


@given(clocks, instants)
def test_a_forgotten_acceptance_wakes_up_again(found: tuple[Clock, str], accepted_at: datetime) -> None:
    """Whenever it was accepted: in the pause nothing its time limit brings, in the end every step it would have had."""
    clock, ladder = found[0]._replace(accepted_at=accepted_at), found[1]
    far = START + timedelta(days=400)
    held, free = (engine.decide(clock, ladder, far).steps for engine in (PAUSING, ESCALATION))
    assert {step.key for step in free} == {step.key for step in held}
    resumes_at = Offset.parse("P5WD").after(accepted_at, WorkCalendar(), default_policy().day_starts)
    moved = {step.key: step.planned_at for step in held if step.step.anchor is Anchor.DUE}
    assert all(at >= resumes_at for at in moved.values())
    assert all(moved.get(step.key, step.planned_at) >= step.planned_at for step in free)


# The whole spine on a database.


@dataclass
class Engine:
    """An office's store without delivery, opened on a copy of a prepared one."""

    office: Office
    run: Callable[[Coroutine[Any, Any, Any]], Any]
    now: datetime = START

    def publishes(self, rows: Sequence[TableRow]) -> None:
        self.run(self._publish(rows))

    async def _publish(self, rows: Sequence[TableRow]) -> None:
        async with self.office.deciding(self.now) as (write, book):
            drafted = draft(TaskTable("表", 2026, tuple(rows)), RosterIndex(ROSTER), {}, self.now.date())
            assert not drafted.questions
            await publish(write, book, "表", drafted, SourceFile("表.xlsx", ""), {})

    def sweeps(self) -> int:
        """One cycle without delivery; how many steps it took."""
        return int(self.run(self._sweep()))

    async def _sweep(self) -> int:
        async with self.office.deciding(self.now) as (write, book):
            await open_due(write, book)
        async with self.office.deciding(self.now) as (write, book):
            _, taken = await sweep_batch(write, book)
        return taken.total()

    def does(self, actor: Actor, action: Action, duty: int, given: Given) -> None:
        self.run(self._act(actor, action, duty, given))

    async def _act(self, actor: Actor, action: Action, duty: int, given: Given) -> None:
        async with self.office.deciding(self.now, actor) as (write, book):
            await act(write, book, duty, action, given)

    def rows(self, *columns: Any) -> list[Row[Any]]:
        return list(self.run(self._rows(*columns)))

    async def _rows(self, *columns: Any) -> Sequence[Row[Any]]:
        async with self.office.store.reading() as connection:
            return (await connection.execute(select(*columns))).all()

    def missed(self) -> list[str]:
        """Steps and openings the audit misses; delivery and inspection are not its matter here."""
        found = [one for one in self.run(self._breaches()) if one.promise == 3]
        return [f"{one.subject}: {one.message.zh}" for one in found if not one.subject.startswith("cadence:")]

    async def _breaches(self) -> Any:
        async with self.office.store.reading() as connection:
            return await breaches(connection, await self.office.rulebook(), self.now)

    async def looks(self) -> dict[int, datetime | None]:
        """When each duty should be looked at next, computed from its facts."""
        book = await self.office.rulebook()
        async with self.office.store.reading() as connection:
            rows = (await connection.execute(select(duties, TAKEN))).all()
        return {
            row.id: book.escalation(row.policy_version).next_look(
                clock_of(row._mapping, taken_by(row._mapping)), row.ladder
            )
            for row in rows
        }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with a roster, to be copied for every example."""
    home = tmp_path_factory.mktemp("prepared")

    async def set_up() -> None:
        await prepare(Settings(home=home, _env_file=None), START)
        async with open_office(Settings(home=home, _env_file=None)) as office, writing(office.store, START) as write:
            await replace_roster(write, ROSTER)

    asyncio.run(set_up())
    return home


@pytest.fixture
def engines(prepared: Path) -> Iterator[Callable[[], Engine]]:
    """Makes fresh engines; all are closed when the test ends."""
    opened = []
    with asyncio.Runner() as runner, TemporaryDirectory() as folder:

        def fresh() -> Engine:
            home = Path(folder) / str(len(opened))
            shutil.copytree(prepared, home)
            opening = open_office(Settings(home=home, _env_file=None))
            opened.append(opening)
            return Engine(runner.run(opening.__aenter__()), runner.run)

        yield fresh
        for opening in opened:
            runner.run(opening.__aexit__(None, None, None))


units = st.sampled_from(["市城管局", "市教育局", ("市城管局", "市教育局")])
days = st.integers(0, 50).map(lambda n: f"{START + timedelta(days=n):%Y-%m-%d}")
rules = st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;X-COUNT=2", "FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY"])
once = st.builds(lambda lead, due: {"lead": lead, "due": due}, units, days)
recurring = st.builds(lambda lead, every: {"lead": lead, "every": every}, units, rules)


def table(found: Sequence[dict[str, Any]]) -> list[TableRow]:
    return [row(f"第{number}项任务", **one) for number, one in enumerate(found, 1)]


gaps = st.lists(st.integers(1, 7 * 24), min_size=1, max_size=6)


@bounded
@given(found=st.lists(once, min_size=1, max_size=4), hours=gaps)
def test_sweeping_daily_or_at_random_writes_the_same_steps(
    engines: Callable[[], Engine], found: list[dict[str, Any]], hours: list[int]
) -> None:
    """Two offices with one table, swept in different rhythms: the same steps stand in both databases."""
    ends = START + timedelta(hours=sum(hours))
    daily, now_and_then = engines(), engines()
    for engine in (daily, now_and_then):
        engine.publishes(table(found))
    for gap in hours:
        now_and_then.now += timedelta(hours=gap)
        now_and_then.sweeps()
    while daily.now < ends:
        daily.now = min(daily.now + timedelta(days=1), ends)
        daily.sweeps()
    columns = (steps.c.duty_id, steps.c.episode, steps.c.step, steps.c.planned_at)
    assert set(daily.rows(*columns)) == set(now_and_then.rows(*columns))
    assert daily.missed() == now_and_then.missed() == []


@bounded
@given(found=st.lists(once | recurring, min_size=1, max_size=4), hours=gaps)
def test_a_cycle_repeated_changes_nothing(
    engines: Callable[[], Engine], found: list[dict[str, Any]], hours: list[int]
) -> None:
    """Publishing, opening and sweeping again at the same instant: not one row, event or notice more."""
    engine = engines()
    engine.publishes(table(found))
    for gap in hours:
        engine.now += timedelta(hours=gap)
        engine.sweeps()
        before = [engine.rows(one) for one in (duties, events, steps, notices)]
        assert engine.sweeps() == 0
        assert [engine.rows(one) for one in (duties, events, steps, notices)] == before


@bounded
@given(found=st.lists(once | recurring, min_size=1, max_size=4), hours=gaps)
def test_every_duty_has_someone_accountable(
    engines: Callable[[], Engine], found: list[dict[str, Any]], hours: list[int]
) -> None:
    """Every step reaches somebody, and every event of a step that is told has its notices."""
    engine = engines()
    engine.publishes(table(found))
    engine.now += timedelta(hours=sum(hours))
    engine.sweeps()
    told = engine.rows(events.c.id, events.c.data, events.c.kind)
    assert all(event.data["to"] for event in told if event.kind == "duty.step")
    with_notice = {n.event_id for n in engine.rows(notices.c.event_id)}
    assert {s.event_id for s in engine.rows(steps.c.event_id, steps.c.told) if s.told} <= with_notice


# Whatever people do.

PEOPLE = [
    Actor(key, person.unit, person.roles)
    for key, person in ROSTER.people.items()
    if key in ("城管员", "教育员", "创建办主任", "督查员甲")
]
moves = st.tuples(
    st.integers(0, 6 * 24),  # hours that go by first
    st.none()
    | st.tuples(st.integers(1, 4), st.integers(0, 999), st.integers(-2, 40), st.sampled_from(sorted(ROSTER.units))),
)


def attempt(engine: Engine, number: int, choice: int, ahead: int, unit: str) -> None:
    """Somebody does one of the things the duty allows now, with a date that may be unfit."""
    found = {duty.id: duty for duty in engine.rows(duties)}
    if number not in found:
        return
    duty = found[number]
    parts = sum(one.parent_id == number and one.state not in FINISHED for one in found.values())
    pending = Request(duty.pending) if duty.pending else None
    facts = DutyFacts(number, duty.unit, DutyState(duty.state), pending, duty.reported_by, parts)
    possible = [(actor, rule.action) for actor in PEOPLE for rule in open_to(facts, actor)]
    if possible:
        actor, action = possible[choice % len(possible)]
        with suppress(Refusal):
            engine.does(
                actor, action, number, Given("理由", (engine.now + timedelta(days=ahead)).date(), unit, "一部分")
            )


def check_every_row(engine: Engine) -> None:
    """What must be true of any duty at any time."""
    looks = engine.run(engine.looks())
    unfinished_parts: dict[int | None, int] = {}
    found = engine.rows(duties)
    for duty in found:
        if duty.state not in FINISHED:
            unfinished_parts[duty.parent_id] = unfinished_parts.get(duty.parent_id, 0) + 1
    for duty in found:
        where = f"D{duty.id} {duty.state}"
        assert duty.next_action_at == looks[duty.id], where
        assert (duty.finished_at is not None) is (duty.state in FINISHED), where
        assert (duty.pending is None) is (duty.asked_at is None), where
        assert duty.pending is None or duty.state in ("open", "accepted"), where
        assert duty.state != "reported" or (duty.reported_by and duty.reported_at), where
        assert duty.state not in ("reported", "closed", "withdrawn") or duty.id not in unfinished_parts, where
        assert duty.opened_at <= duty.episode_at <= duty.ladder_at, where
        assert duty.ladder_at >= duty.due_at or duty.state in FINISHED, where


@settings(bounded, max_examples=16)
@given(st.lists(moves, min_size=4, max_size=14))
def test_no_sequence_of_actions_leaves_an_impossible_row(
    engines: Callable[[], Engine], found: list[tuple[int, Any]]
) -> None:
    """People do whatever the lifecycle allows, in between the cycle runs or not: every row stays possible."""
    engine = engines()
    engine.publishes(table([{"lead": ("市城管局", "市教育局"), "due": "2026-09-30"}]))
    for hours, move in found:
        engine.now += timedelta(hours=hours)
        if move is None:
            engine.sweeps()
            assert all(d.next_action_at is None or d.next_action_at > engine.now for d in engine.rows(duties))
        else:
            attempt(engine, *move)
        check_every_row(engine)
    engine.sweeps()
    check_silence_after_the_end(engine)


def check_silence_after_the_end(engine: Engine) -> None:
    """A closed or withdrawn duty is silent: no step after it, and no notice but of what ended it."""
    ended = {d.id: d.finished_at for d in engine.rows(duties) if d.finished_at}
    late = [s for s in engine.rows(steps) if s.duty_id in ended and s.taken_at > ended[s.duty_id]]
    assert late == []
    late_notices = [n for n in engine.rows(notices) if n.duty_id in ended and n.created_at > ended[n.duty_id]]
    assert late_notices == []
    repeated = engine.rows(steps.c.duty_id, steps.c.episode, steps.c.step, func.count().over())
    assert len({tuple(one[:3]) for one in repeated}) == len(repeated)
