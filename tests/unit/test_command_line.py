"""The command line under clumsy hands: one clear message in both languages, exit 1 or 2, never a traceback."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.exc import OperationalError

from documents.roster_form import write_roster_template
from duban.errors import in_words
from tests.harness.running import COMMAND, types, until


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Duban = Callable[..., Said]


@pytest.fixture
def duban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Duban:
    """The command, in an empty folder with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    return lambda *words: Said(types(*words), *capsys.readouterr())


def refused(said: Said, *, naming: str, code: int = 1) -> None:
    """One refusal, Chinese then English, on stderr alone; it names what is wrong."""
    assert said.code == code, said
    assert naming in said.err
    zh, en = said.err.strip().split("\n")[0], said.err.strip().split("\n")[-1]
    assert any("一" <= sign <= "鿿" for sign in zh)
    assert en.isascii() or naming in en
    assert not said.out


@pytest.mark.parametrize("home", ["/dev/null/home", "file"])
def test_a_home_that_cannot_be_is_named(duban: Duban, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    """A wrong DUBAN_HOME is the first thing a new operator gets wrong."""
    Path("file").touch()
    monkeypatch.setenv("DUBAN_HOME", home)
    refused(duban("duty", "list"), naming=home)


@pytest.mark.parametrize("words", [("roster", "template"), ("site", "template"), ("site", "matrix", "--out")])
def test_a_workbook_that_cannot_be_written_is_named(office: Duban, words: tuple[str, ...]) -> None:
    """A folder mistyped is answered in a sentence, not a trace of the library that writes workbooks."""
    refused(office(*words, "no/such/folder.xlsx"), naming="no/such/folder.xlsx")


@pytest.mark.parametrize(
    "words", [("duty", "list"), ("finding", "list", "--json"), ("audit",), ("supervise",), ("site", "list")]
)
def test_a_folder_without_an_office_stays_empty(duban: Duban, tmp_path: Path, words: tuple[str, ...]) -> None:
    """From another folder a clerk once read an empty office: the folder is named, and none is made."""
    refused(duban(*words), naming=str(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def test_setting_up_a_channel_begins_an_office(duban: Duban, tmp_path: Path) -> None:
    """Who sets Duban up needs no other command before."""
    assert duban("channel", "add", "inbox", "留存", "--set", f"folder={tmp_path / 'kept'}").code == 0
    assert duban("duty", "list").out == "共 0 项在办，其中逾期 0 项。\n"


def test_a_file_that_is_no_database_is_left_alone(duban: Duban, tmp_path: Path) -> None:
    """Something else called duban.db is refused as it is, and not overwritten."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "duban.db").write_text("notes" * 999)
    refused(duban("duty", "list"), naming="duban restore")
    assert (tmp_path / "home" / "duban.db").read_text() == "notes" * 999


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUBAN_TIMEZONE", "Mars/Base"),
        ("DUBAN_LANGUAGE", "fr"),
        ("DUBAN_LEASE_S", "-1"),
        ("DUBAN_DATABASE_URL", "postgresql://office:hunter2@db/duban"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(
    duban: Duban, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The variable is named; its value, which may hold a password, is not shown."""
    monkeypatch.setenv(name, value)
    said = duban("duty", "list")
    refused(said, naming=name)
    assert "hunter2" not in said.err


def test_a_database_out_of_reach_is_said_to_be(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is down is no bug of ours, and its password stays with us."""
    monkeypatch.setenv("DUBAN_DATABASE_URL", "postgresql+asyncpg://office:hunter2@127.0.0.1:1/duban")
    said = duban("duty", "list")
    refused(said, naming="DUBAN_DATABASE_URL")
    assert "hunter2" not in said.err


@pytest.mark.parametrize("now", ["明天", "2026-02-30", "0001-01-01", "9999-12-31T23:59"])
def test_an_instant_nobody_means_is_refused(duban: Duban, now: str) -> None:
    """Neither words nor the ends of time are taken for an instant."""
    refused(duban("supervise", "--now", now), naming=now, code=2)


@pytest.mark.parametrize("day", ["abc", "2026-02-30", "9999-12-31"])
@pytest.mark.parametrize(
    "words", [("rehearse", "--until"), ("report", "week", "--out", ".", "--on"), ("read", "table", "表.xlsx", "--on")]
)
def test_a_day_nobody_means_is_wrong_usage(duban: Duban, words: tuple[str, ...], day: str) -> None:
    """A script tells a mistyped day by its exit code, whichever command it stood in."""
    refused(duban(*words, day), naming=day, code=2)


@pytest.mark.parametrize("until", ["2026-03-01", "2028-03-03", "2200-01-01"])
def test_a_rehearsal_has_its_horizon(office: Duban, until: str) -> None:
    """A day gone by gave an empty list, and one in five hundred years would still be running."""
    refused(office("rehearse", "--until", until, *MONDAY), naming="2028-03-02", code=2)


def test_a_rehearsal_that_is_ended_leaves_no_copy(office: Duban, tmp_path: Path) -> None:
    """The copy holds everyone's contacts: whoever stops the command, and be it an init system, leaves none behind."""
    (rest := tmp_path / "temporary").mkdir()
    rehearsing = subprocess.Popen(
        [*COMMAND, "rehearse", "--until", "2028-03-01", *MONDAY], env={**os.environ, "TMPDIR": str(rest)}
    )
    until(lambda: list(rest.glob("duban-rehearsal-*/duban.db")), 60, "a copy")
    rehearsing.terminate()
    assert rehearsing.wait(20) == 128 + signal.SIGTERM
    assert not list(rest.iterdir())


@pytest.mark.parametrize("words", [("supervise",), ("deliver",), ("audit", "--json"), ("duty", "list")])
def test_acting_ahead_of_time_is_told(office: Duban, words: tuple[str, ...]) -> None:
    """What a mistyped year opens and sends cannot be taken back: whoever means to look ahead learns of rehearsals."""
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M+00:00}"
    assert "duban rehearse" in office(*words, "--now", tomorrow).err
    assert "duban rehearse" not in office(*words).err


def test_a_backup_to_nowhere_is_refused(office: Duban) -> None:
    """A folder that is not there is named, not the file that a backup is first written as."""
    said = office("backup", "nowhere/duban.tar.gz")
    refused(said, naming="nowhere 读写不了：没有这个文件或文件夹")
    assert ".part" not in said.err


@pytest.mark.parametrize("file", ["nowhere.tgz", "."])
def test_a_backup_that_is_not_there_is_not_called_damaged(duban: Duban, file: str) -> None:
    """A mistyped path once sounded as if the only backup were lost."""
    said = duban("restore", file)
    refused(said, naming=f"{file} ")
    assert "损坏" not in said.err and ("没有这个文件" in said.err or "这是文件夹" in said.err)


def test_a_folder_is_no_evidence(office: Duban) -> None:
    """Whoever names a folder by mistake reads that it is one, with its whole path."""
    Path("photos/march").mkdir(parents=True)
    words = ("finding", "record", "--type", "占道经营", "--text", "堵路", "--place", "路口", "--file", "photos/march")
    refused(office(*words), naming="photos/march")


@contextmanager
def _writing(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield sqlite3.connect(file, timeout=0)


@contextmanager
def _read_only(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        yield connection


@contextmanager
def _cut_off(file: Path) -> Iterator[sqlite3.Connection]:
    file.write_bytes(file.read_bytes()[:-5000])
    with closing(sqlite3.connect(file)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("trouble", "way_out"), [(_writing, "请稍后再试"), (_read_only, "写权限"), (_cut_off, "duban restore")]
)
def test_each_trouble_of_the_database_has_its_way_out(
    tmp_path: Path, trouble: Callable[[Path], AbstractContextManager[sqlite3.Connection]], way_out: str
) -> None:
    """Whoever has the database open in another program is not told to restore a backup over it."""
    with closing(sqlite3.connect(file := tmp_path / "duban.db")) as new:
        new.execute("CREATE TABLE notes (told TEXT)")
        new.executemany("INSERT INTO notes VALUES (?)", [("x" * 2000,)] * 20)
        new.commit()
    with trouble(file) as connection, pytest.raises(sqlite3.DatabaseError) as raised:
        connection.execute("UPDATE notes SET told = 'y'")
    told = in_words(OperationalError("UPDATE", None, raised.value))
    assert told and way_out in told.text.zh
    assert ("duban restore" in told.text.zh) == (way_out == "duban restore")


@pytest.mark.parametrize(
    ("words", "naming"),
    [
        (("巡查",), "没有“巡查”这个命令"),
        (("duty", "list", "--nix"), "没有 --nix 这个选项"),
        (("finding", "figures"), "缺少 --since"),
        (("duty", "accept", "D1", "D2"), "多写了 D2"),
        (("duty", "accept", "F1"), "“F1”不是编号"),
        (("inspect", "open", "专项", "--sites", "100001"), "--sites 的值不能用：不能大于 100000"),
        (("inspect", "open", "专项", "--method", "悄悄"), "只能填 'announced'"),
        (("report", "week", "--out", "文件"), "这是文件，不是文件夹"),
        (("inspect", "open", " "), "名称不能空着"),
        (("channel", "add", "webhook", "", "--set", "url=http://127.0.0.1/"), "名称不能空着"),
        (("channel", "add", "webhook", "../../x", "--set", "url=http://127.0.0.1/"), "渠道名用文字、数字"),
    ],
)
def test_wrong_usage_is_said_in_chinese_first(duban: Duban, words: tuple[str, ...], naming: str) -> None:
    """A clerk who mistypes reads what is wrong, and which help to ask, before any English."""
    Path("文件").touch()
    said = duban(*words)
    assert said.code == 2 and not said.out
    zh, en = said.err.strip().split("\n")
    assert naming in zh and "--help" in zh
    assert "--help" in en and not re.search("[一-鿿]", re.sub("['“].*?['”]", "", en.replace("(巡查)", "")))


def test_the_command_alone_shows_what_there_is(duban: Duban) -> None:
    """Asking what Duban can do is no mistake, in Chinese as everything else; and it knows its version."""
    said = duban()
    assert said.code == 0 and "命令 · Commands" in said.out and "duty" in said.out
    assert duban("--version").out.startswith("duban ")


def test_a_folder_that_cannot_be_written_is_no_inbox(duban: Duban) -> None:
    """The built-in inbox, where everything goes in the end, was once replaced by a folder of the kernel's."""
    refused(duban("channel", "add", "inbox", "inbox", "--set", "folder=/proc/x"), naming="/proc/x")
    assert "/proc/x" not in duban("channel", "list").out


PEOPLE = (
    ("人员", ["张三", "科员", "城管科", "李四", None, None, None, "inbox"]),
    ("人员", ["李四", "科长", "城管科", "王五", None, None, None, "inbox"]),
    ("人员", ["王五", "副主任", None, None, "领导", None, None, "inbox"]),
    ("人员", ["赵六", "主任", "创建办", "王五", "创建办", None, None, "inbox"]),
    ("单位", ["城管科", None, "科室", "张三", "李四", "王五"]),
    ("单位", ["创建办", None, "科室", "赵六", "赵六", "王五"]),
)


def roster(*rows: tuple[str, list[str | None]]) -> Path:
    """A roster filled in as a person would: rows added below the template's examples."""
    write_roster_template(path := Path("名册.xlsx"))
    book = openpyxl.load_workbook(path)
    for sheet, row in rows:
        book[sheet].append(row)
    book.save(path)
    return path


def table(*rows: list[str | None], file: str = "任务表.xlsx") -> Path:
    """A task table of the plainest kind: task, unit, leader, deadline."""
    book = openpyxl.Workbook()
    for row in (["2026年任务分解表"], ["工作任务", "责任单位", "责任领导", "完成时限"], *rows):
        book.active.append(row)
    book.save(file)
    return Path(file)


BEYOND = "99999999999999999999"
SWEEP = ["清扫主次干道", "城管科", "王五", "2026年3月底前"]
MONDAY = ("--now", "2026-03-02T09:00")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office that has its roster and one published duty, D1."""
    folder = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("DUBAN_HOME", "home")
        assert types("roster", "import", roster(*PEOPLE)) == 0
        assert types("table", "publish", table(SWEEP), *MONDAY) == 0
    return folder


@pytest.fixture
def office(duban: Duban, begun: Path, tmp_path: Path) -> Duban:
    """The command in an office of its own, just like that one."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return duban


def test_before_there_is_a_roster_the_way_to_one_is_shown(duban: Duban) -> None:
    """The first thing that is missing is the first thing that is said."""
    refused(duban("table", "publish", table(SWEEP)), naming="duban roster template")
    duban("channel", "add", "ntfy", "群", "--set", "topic=x")
    refused(duban("table", "publish", table(SWEEP)), naming="duban roster template")


def test_a_roster_without_an_office_says_where_to_put_it(duban: Duban) -> None:
    """Somebody has to answer requests: the column to fill in is named."""
    refused(duban("roster", "import", roster(*PEOPLE[:3], PEOPLE[4])), naming="角色")


@pytest.mark.parametrize(
    "words",
    [
        ("table", "publish", "任务表.xlsx"),
        ("table", "roll-over", "旧", "新"),
        ("roster", "import", "名册.xlsx"),
        ("channel", "add", "inbox", "另一个"),
        ("policy", "adopt", "规则.json"),
        ("calendar", "import", "年表.csv"),
    ],
)
def test_what_binds_everyone_is_set_by_the_office_alone(office: Duban, words: tuple[str, ...]) -> None:
    """A unit's clerk neither publishes nor changes rules, people or channels; the office is named."""
    office("policy", "show", "规则.json")
    Path("年表.csv").write_text("2027-02-07,班\n", encoding="utf-8")
    refused(office(*words, "--as", "张三"), naming="赵六")


@pytest.mark.parametrize(
    ("change", "naming"),
    [
        ({"ladders": {}}, "standard"),
        ({"ladder_of": {"weekly": "快"}}, "快"),
        ({"standing_rule": "每周"}, "standing_rule"),
        ({"quite": 1}, "quite"),
        ({"budget": {"messages": 10**30}}, "budget.messages"),
    ],
)
def test_a_policy_that_could_not_be_followed_is_not_adopted(
    office: Duban, change: dict[str, object], naming: str
) -> None:
    """A missing ladder once stopped every later publication; what is wrong is named by its place."""
    office("policy", "show", "规则.json")
    path = Path("规则.json")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), encoding="utf-8")
    said = office("policy", "adopt", path, "--apply")
    refused(said, naming=naming)
    assert "pydantic" not in said.err


@pytest.mark.parametrize("written", ["1", "D1", "d1", "Ｄ１", "D001"])
def test_a_number_is_taken_as_it_is_printed(office: Duban, written: str) -> None:
    """Every list and message says D1: whoever copies it is understood."""
    assert "D1 签收" in office("duty", "accept", written, "--as", "张三", *MONDAY).out


@pytest.mark.parametrize(
    "words",
    [
        ("duty", "accept", BEYOND),
        ("duty", "extend", f"D{BEYOND}"),
        ("duty", "accept", "F1"),
        ("duty", "accept", "0"),
        ("finding", "show", BEYOND),
        ("finding", "merge", "F1", "--into", BEYOND),
        ("finding", "answer", BEYOND, "--text", "已答复"),
        ("inspect", "show", BEYOND),
        ("inspect", "forms", BEYOND),
        ("inspect", "record", BEYOND, "甲", "1", "pass"),
        ("inspect", "open", "专项", "--sites", BEYOND),
        ("report", "round", BEYOND, "--out", "."),
        ("table", "publish", "任务表.xlsx", "--year", BEYOND),
    ],
)
def test_a_number_no_database_holds_is_wrong_usage(office: Duban, words: tuple[str, ...]) -> None:
    """A digit too many, or a letter of something else, is answered before anything is opened."""
    assert office(*words).code == 2


def test_showing_an_effect_says_that_nothing_was_done(office: Duban) -> None:
    """Whoever forgets --apply is told."""
    changed_policy(office, day_starts="08:30:00")
    assert "--apply" in office("policy", "adopt", "规则.json").out
    assert "--apply" not in office("policy", "adopt", "规则.json", "--apply").out


def changed_policy(duban: Duban, **change: object) -> None:
    """The policy in force with some fields changed, in 规则.json."""
    duban("policy", "show", "规则.json")
    path = Path("规则.json")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change, ensure_ascii=False), encoding="utf-8")


def test_a_policy_is_compared_field_by_field(office: Duban) -> None:
    """What changes is shown old to new, a step by its key; adopted again it changes nothing, and says so."""
    changed_policy(office, day_starts="08:30:00", cadences=[])
    policy = json.loads(Path("规则.json").read_text("utf-8"))
    policy["ladders"]["standard"][0]["offset"] = "P3WD"
    Path("规则.json").write_text(json.dumps(policy), encoding="utf-8")
    shown = office("policy", "adopt", "规则.json").out.splitlines()
    assert shown[:2] == [
        "ladders.standard.accept_reminder.offset: P2WD → P3WD",
        "day_starts: 09:00:00 → 08:30:00",
    ]
    assert shown[2].startswith("cadences: [") and shown[2].endswith("→ []")
    assert "第 2 版规则已采用" in office("policy", "adopt", "规则.json", "--apply").out
    assert office("policy", "adopt", "规则.json", "--apply").out == "与现行规则相同，没有改动。\n"


def test_a_year_table_laid_down_again_changes_nothing(office: Duban) -> None:
    """The ledger hears of it once."""
    Path("年表.csv").write_text("2027-02-07,班,春节调休\n", encoding="utf-8")
    office("calendar", "import", "年表.csv", "--apply")
    assert office("calendar", "import", "年表.csv", "--apply").out == "与现有的年度安排相同，没有改动。\n"
    assert office("ledger", "export").out.count("calendar.set") == 1


def test_every_fault_of_a_year_table_is_named(office: Duban) -> None:
    """A day that is none, a word that is neither, a day set both ways: all at once, each with its cell."""
    lines = ("日期,班或休,名称", "2027-02-30,休,x", "2027-01-04,放,y", "2027-01-05,休,z", "2027-01-05,班,z")
    Path("年表.csv").write_text("\n".join(lines), encoding="utf-8")
    said = office("calendar", "import", "年表.csv", "--apply")
    refused(said, naming="班")
    assert all(f"年表.csv!{cell}" in said.err for cell in ("A2", "A3", "A5"))


def test_lists_say_what_they_found(office: Duban) -> None:
    """Nothing is silence: a unit nobody knows is refused, a list ends with its count, a time beyond the calendar is
    marked.
    """
    office(
        "table",
        "publish",
        table(["明年的事", "城管科", "王五", "2031年3月底前"], file="明年.xlsx"),
        "--plan",
        "明年",
        *MONDAY,
    )
    listed = office("duty", "list", *MONDAY).out
    assert "2031-03-31 23:59（暂定）  待签收" in listed and listed.endswith("共 2 项在办，其中逾期 0 项。\n")
    assert office("duty", "list", "--unit", "创建办").out == "共 0 项在办，其中逾期 0 项。\n"
    assert office("finding", "list").out == "共 0 件问题。\n"
    for what in ("duty", "finding"):
        refused(office(what, "list", "--unit", "火星"), naming="火星")


def test_json_tells_instants_in_one_way(office: Duban) -> None:
    """ISO 8601 with the office's offset, whatever the database keeps."""
    (duty,) = json.loads(office("duty", "list", "--json").out)
    assert duty["due"].startswith("2026-03-31T23:59:59") and duty["due"].endswith("+08:00")
    told = json.loads(office("explain", "D1", "--json").out)
    assert told["due"] == duty["due"] and {event["at"][-6:] for event in told["events"]} == {"+08:00"}


def test_a_rehearsal_ends_where_it_was_told_to(office: Duban) -> None:
    """Notices that leave on a later day are not of it; a day gone by is refused."""
    foreseen = json.loads(office("rehearse", "--until", "2026-03-31", *MONDAY, "--json").out)
    assert foreseen and max(one["at"] for one in foreseen) < "2026-04-01"
    refused(office("rehearse", "--until", "2026-02-27", *MONDAY), naming="2026-02-27", code=2)


def test_no_bulletin_of_a_time_before_the_office(office: Duban) -> None:
    """A bulletin of 1950 would say that all was well."""
    refused(office("report", "week", "--on", "1950-06-01", "--out", "通报"), naming="1950-W22")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("day", ["2027-02-07", "2027/2/7"])
def test_a_year_table_is_read_as_excel_saves_it(office: Duban, encoding: str, day: str) -> None:
    """Excel rewrites dates and saves in the system's encoding."""
    Path("年表.csv").write_text(f"日期,班或休,名称\n{day},班,春节调休\n", encoding=encoding)
    assert "1 天" in office("calendar", "import", "年表.csv", "--apply").out


@pytest.mark.parametrize("line", ["2027-02-07;班", "2027-02-30,班", "2027-02-07,上班", "2027-02-07"])
def test_a_line_of_the_year_table_that_cannot_be_used_is_named(office: Duban, line: str) -> None:
    """The line and what it should look like; no day of the file is taken."""
    Path("年表.csv").write_text(f"2027-02-06,班,\n{line}\n", encoding="utf-8")
    refused(office("calendar", "import", "年表.csv", "--apply"), naming="2")


@pytest.mark.parametrize("file", ["没有.csv", "空.csv"])
def test_a_year_table_without_a_day_is_refused(office: Duban, file: str) -> None:
    """Nothing imported is no success."""
    Path("空.csv").write_text("日期,班或休,名称\n", encoding="utf-8")
    refused(office("calendar", "import", file, "--apply"), naming=file)


def answers(file: str, *given: str) -> Path:
    """Fill in the column 答复, question by question as they stand; a blank leaves one open."""
    book = openpyxl.load_workbook(file)
    sheet = book.active
    for line, answer in enumerate(given, start=2):
        sheet.cell(line, sheet.max_column).value = answer or None
    book.save(file)
    return Path(file)


def publish(duban: Duban, *rows: list[str | None], **files: Path | str) -> Said:
    options = [word for name, file in files.items() for word in (f"--{name}", file)]
    return duban("table", "publish", table(*rows), *options, *MONDAY)


def test_answers_of_every_round_stay_in_the_list(office: Duban) -> None:
    """A second round asks what is left, about what was answered, and forgets nothing of the first."""
    rows = (["印发手册", "城管科", "王五", "2026年2月30日"], ["整理档案", "综合科", "王五", "6月底前"])
    said = publish(office, *rows, questions="一.xlsx")
    assert said.code == 1 and said.out.count("？ ") == 2

    said = publish(office, *rows, answers=answers("一.xlsx", "2026年4月31日", "创建办"), questions="二.xlsx")
    assert said.code == 1 and said.out.count("？ ") == 1
    assert "理解为：2026-04-30" in said.out

    assert publish(office, *rows, answers=answers("二.xlsx", "确认")).code == 0
    listed = office("duty", "list", *MONDAY).out
    assert "创建办  2026-06-30 23:59  待签收  整理档案" in listed
    assert "城管科  2026-04-30 23:59  待签收  印发手册" in listed


def test_a_confirmed_answer_is_not_the_cell(office: Duban) -> None:
    """确认 once published the cell's date, silently, where another had been answered."""
    row = ["印发手册", "城管科", "王五", "2026年2月30日"]
    publish(office, row, questions="一.xlsx")
    publish(office, row, answers=answers("一.xlsx", "2026年1月底前"), questions="二.xlsx")
    publish(office, row, answers=answers("二.xlsx", "确认"))
    assert "2026-01-31 23:59" in office("duty", "list", *MONDAY).out


def test_an_answer_left_blank_stays_what_it_was(office: Duban) -> None:
    """Whoever fills in half of the second list loses nothing of the first."""
    row = ["印发手册", "城管科", "王五", "2026年2月30日"]
    publish(office, row, questions="一.xlsx")
    publish(office, row, answers=answers("一.xlsx", "2026年4月31日"), questions="二.xlsx")
    assert "2026-04-30" in publish(office, row, answers=answers("二.xlsx", "")).out


def test_answers_to_rows_of_another_table_are_not_passed_over(office: Duban) -> None:
    """The wrong list was once taken without a word."""
    publish(office, ["印发手册", "城管科", "王五", "2026年2月30日"], questions="一.xlsx")
    said = publish(office, ["整理档案", "城管科", "王五", "6月底前"], answers=answers("一.xlsx", "2026年3月1日"))
    assert said.code == 0 and "1 条答复对不上" in said.err and "2026年3月1日" in said.err


def test_a_task_left_out_is_answered_in_the_list(office: Duban) -> None:
    """The row waits for its task, and is published under the words of the answer."""
    rows = (SWEEP, [None, "城管科", "王五", "6月底前"], ["整理档案", "创建办", "王五", "6月底前"])
    assert "Sheet!A4 没有工作任务" in publish(office, *rows, questions="一.xlsx").out
    assert publish(office, *rows, answers=answers("一.xlsx", "印发手册")).code == 0
    assert "印发手册" in office("duty", "list", *MONDAY).out


def test_what_a_row_lacks_is_named_without_a_have(office: Duban) -> None:
    """缺 有测评方法 said the opposite of itself."""
    said = office("table", "coverage", "任务表.xlsx", *MONDAY).out
    assert "有测评方法：0/1" in said and "缺 测评方法" in said


def test_many_questions_do_not_flood_the_screen(office: Duban) -> None:
    """The list holds them all; the screen shows enough to see what it is about."""
    rows = [[f"巡查第{number}号路段", "没有科", "王五", "6月底前"] for number in range(200)]
    said = publish(office, *rows, questions="清单.xlsx")
    assert "180" in said.out and said.out.count("？ ") == 20
    assert openpyxl.load_workbook("清单.xlsx").active.max_row == 201


def test_the_same_table_again_is_said_to_change_nothing(office: Duban) -> None:
    """Publishing twice is harmless, and the clerk is told so."""
    assert "没有发布新版本" in publish(office, SWEEP).out
