"""The laws of the house: arrows between rooms, one place that reads the clock, one that commits."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

HOUSE = Path(__file__).parents[2]
ROOMS = ("rules", "store", "documents", "channels", "tasks", "flows", "web", "duban")

# Where the time of day may be read: the command line, the edge of the flows, and the wire, which stamps signatures.
READS_THE_CLOCK = ("duban/", "flows/edge.py")
MEASURES_TIME = (*READS_THE_CLOCK, "channels/wire.py", "channels/wecom.py")
# The seam, migrating, and filling a fresh copy of the whole database.
COMMITS = ("store/ledger.py", "store/database.py", "store/copying.py")
READS_SETTINGS = ("duban/", "flows/edge.py")
# Watches real processes and gives up after a while.
WATCHES = ("tests/harness/running.py",)

CLOCK_CALLS = {"now", "today", "utcnow"}
PREFECTS_WORDS = {"Task", "Flow", "State", "Run"}


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms or ROOMS:
        for path in sorted((HOUSE / room).rglob("*.py")):
            yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text("utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every call as (what it is called on, its name), such as ("datetime", "now")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr


def elsewhere(path: str, *allowed: str) -> bool:
    return not path.startswith(allowed)


def test_arrows_point_one_way(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The contracts of pyproject.toml hold: layers, independent rooms, pure rules, no Prefect below tasks."""
    # It would set up logging, and with it silence our own log for the tests that come after.
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)
    broken = lint_imports(config_filename=str(HOUSE / "pyproject.toml"), cache_dir=None)
    assert broken == 0, capsys.readouterr().out


def test_every_room_is_under_contract() -> None:
    """A new package must take its place in the layers before it can be used."""
    packages = {path.parent.name for path in HOUSE.glob("*/__init__.py")} - {"benchmarks"}
    assert packages == set(ROOMS)


def test_the_clock_is_read_only_at_the_edge() -> None:
    """`now` is an argument everywhere else, so that months can pass in a test and a late run acts for its instant."""
    found = [
        f"{path}: {owner}.{name}()"
        for path, tree in modules()
        for owner, name in calls(tree)
        if name in CLOCK_CALLS and owner.split(".")[-1] in ("datetime", "date") and elsewhere(path, *READS_THE_CLOCK)
    ]
    assert found == []


def test_seconds_are_measured_only_where_it_is_documented() -> None:
    """time.time and time.monotonic belong to the wire and to processes, never to a decision."""
    found = [
        f"{path}: {ast.unparse(node)}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "time"
        and node.attr in ("time", "monotonic", "perf_counter", "time_ns")
        and elsewhere(path, *MEASURES_TIME)
    ]
    assert found == []


def test_only_the_seam_opens_and_ends_transactions() -> None:
    """One seam writes: rows, events and notices are committed together or not at all."""
    found = [
        f"{path}: {owner}.{name}()"
        for path, tree in modules()
        for owner, name in calls(tree)
        if name in ("commit", "begin", "rollback", "begin_nested") and elsewhere(path, *COMMITS)
    ]
    assert found == []


def test_settings_are_made_only_at_the_edge() -> None:
    """Everything else is handed what it needs."""
    found = [
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Settings"
        and elsewhere(path, *READS_SETTINGS)
    ]
    assert found == []


def test_no_class_takes_a_name_of_prefects() -> None:
    """Task, Flow, State and Run are Prefect's words; a duty is no task here."""
    found = [
        f"{path}: {node.name}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in PREFECTS_WORDS
    ]
    assert found == []


def test_every_module_says_what_lives_in_it() -> None:
    """A docstring on each module, so that the next person knows which room a line belongs in."""
    assert [path for path, tree in modules() if not ast.get_docstring(tree)] == []


def test_no_module_holds_two_ideas() -> None:
    """A module that passes 400 lines usually does."""
    sizes = {path: len((HOUSE / path).read_text("utf-8").splitlines()) for path, _ in modules()}
    assert {path: size for path, size in sizes.items() if size > 400} == {}


def test_tests_are_no_package() -> None:
    """No __init__.py below tests/: file names are unique instead."""
    assert list((HOUSE / "tests").rglob("__init__.py")) == []
    names = [path.name for path in (HOUSE / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))


def test_no_test_sleeps_or_is_skipped() -> None:
    """A test that waits is slow or flaky, and one that is skipped protects nothing."""
    found = [
        f"{path}: {owner}.{name}"
        for path, tree in modules("tests")
        for owner, name in calls(tree)
        if ((owner, name) == ("time", "sleep") and elsewhere(path, *WATCHES))
        or (owner in ("pytest", "pytest.mark") and name in {"skip", "skipif", "xfail"})
    ]
    assert found == []
