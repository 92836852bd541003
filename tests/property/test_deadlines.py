"""Laws of the deadline grammar that hold for any text."""

import unicodedata
from datetime import date
from time import process_time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules.deadlines import Reading, read_deadlines
from rules.deadlines.normal import normalise
from rules.reading import DeadlineKind
from rules.recurrence import check

WORDS = (
    "每每个逢隔按逐自从至到前后内底末初中起止开始截至即日次年明年今年下月本周上旬中旬下旬上半年季度第"
    "一二三四五六七八九十两半年月日号天周旬时点分个工作日小时星期次期轮不少于至少以上为期之日起以来期间"
    "年底月底春节国庆十一检查通报验收测评会议召开前长期坚持常态定期待定立行立改提前最迟不超过20xx年全年年内"
)
PIECES = [
    *WORDS, "2026", "12月", "31日", "2.30", "2026-02-30", "18:00", "、", "，", "。", "；", "—", "～", "（", "）",
    "“", "”", " ", "\n", "１２", "①", "%", "/", "月底前", "个工作日内", "每月", "不少于", "之日起", "国检前",
    "周一", "第3周", "前三季度", "十五五末", "端午", "清明", "元旦",
    "双月", "单周", "双休日", "正月", "农历八月", "逢五逢十", "霜降", "第一个工作日", "左右", "个半月", "终了后",
    "周一至周五", "季末", "旬末", "最后10天", "3·15", "2·30", "T+5日", "T-3个工作日", "任期内", "提前到", "延长至",
    "已于", "印发", "首月", "末月",
]  # fmt: skip

phrases = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
texts = st.text(max_size=120)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def meaning(reading: Reading) -> list[tuple[object, ...]]:
    """What was read, without the words it was read from."""
    return [(each.kind, each.start, each.due, each.rrule, each.offset, each.sure) for each in reading.readings]


@settings(max_examples=1000)
@given(phrases | texts, st.none() | days, st.none() | phrases)
@example("正月一2026", None, None)
@example("自霜降20262026至“十五五”末", None, None)
@example("逐单周度一轮", None, None)
def test_any_text_is_read(text: str, on: date | None, context: str | None) -> None:
    """No text crashes the grammar, and whatever has words gives at least one reading."""
    reading = read_deadlines(text, on, context)
    assert bool(reading.readings) == bool(normalise(text).text)


@settings(max_examples=500)
@given(phrases, days)
def test_reading_is_deterministic(text: str, on: date) -> None:
    """The same phrase on the same day always reads the same."""
    assert read_deadlines(text, on) == read_deadlines(text, on)


@settings(max_examples=500)
@given(phrases, days)
def test_spelling_changes_no_reading(text: str, on: date) -> None:
    """Full-width forms, and a text already put into its one spelling, read like the original."""
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    plain = normalise(text).text
    expected = meaning(read_deadlines(text, on))
    assert meaning(read_deadlines(wide, on)) == expected
    assert meaning(read_deadlines(plain, on)) == expected


@settings(max_examples=500)
@given(phrases, days)
def test_spaces_and_dashes_change_no_reading(text: str, on: date) -> None:
    """A space that parts no two digits, and the kind of dash, mean nothing."""
    spaced = "".join(char if char.isdigit() else f" {char}　" for char in text.replace(" ", "").replace("\n", ""))
    expected = meaning(read_deadlines(text.replace(" ", "").replace("\n", ""), on))
    assert meaning(read_deadlines(spaced, on)) == expected
    assert meaning(read_deadlines(text.replace("—", "~"), on)) == meaning(read_deadlines(text.replace("～", "－"), on))


@settings(max_examples=500)
@given(phrases, days)
def test_readings_are_whole(text: str, on: date) -> None:
    """A kind comes with what it needs; a due date may lie before its start only where the clerk is asked."""
    for each in read_deadlines(text, on).readings:
        if each.kind in (DeadlineKind.BY, DeadlineKind.WINDOW):
            assert each.due or each.start or not each.sure
        if each.kind is DeadlineKind.RELATIVE:
            assert each.offset
        if each.kind is DeadlineKind.RECURRING:
            assert each.rrule or not each.sure
        if each.start and each.due and each.sure:
            assert each.start <= date(each.due.year, each.due.month, each.due.day)


@settings(max_examples=500)
@given(phrases, days)
def test_rules_can_be_followed(text: str, on: date) -> None:
    """Every sure rule is one that duties can be opened by."""
    for each in read_deadlines(text, on).readings:
        if each.rrule and each.sure:
            check(each.rrule)


def test_time_grows_with_length_only() -> None:
    """Long hostile cells take bounded time: no pattern backtracks without end."""
    for piece in ("每", "一", "12", "、1", "-1", "自起后内", "检查", "按", "1月、", "1日", "周一、", "至到", "从1月起"):
        text = piece * (20_000 // len(piece))
        begin = process_time()
        read_deadlines(text, date(2026, 3, 2))
        assert process_time() - begin < 4, piece


def test_normal_text_is_normal() -> None:
    """The one spelling of every character is its own spelling."""
    for code in range(0x30000):
        char = chr(code)
        if unicodedata.category(char) not in ("Cs", "Cn"):
            once = normalise(f"甲{char}乙").text
            assert normalise(once).text == once, hex(code)
