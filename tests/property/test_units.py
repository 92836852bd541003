"""Laws of reading units, targets and methods that hold for any text, and for any names a table may hold."""

import re
from time import process_time

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.methods import read_methods
from rules.spelling import spell
from rules.targets import read_targets
from rules.units import UnitReading, read_units

WORDS = """
    牵头 配合 协助 协办 主办 负责 按职责分工负责 分别负责 会同 联合 协同 密切 由 请 要 应 和 及 与 等 等部门 等有关部门
    的 各 全体 有关 单位 部门 责任单位 牵头单位： 配合单位： 责任人： 考核单位： 完成时限： 张三 副局长 负责人 市 县 区
    公安 教育 住建 局 委 办 科 街道 社区 镇 政府 督查 组织 加强 开展 落实 整治 环境 需要 责任落实 1. 2、 ① 第3项
    6月底前 85% 不少于 3次 每20米 建设 共计 无 / — 、 ， ； 。 ： （ ） 【 】 《 》 | ★
"""
PIECES = (*WORDS.split(), " ", "\n")
BUREAUS = """
    教育 民政 司法 财政 审计 统计 水利 商务 信访 应急管理 市场监管 文化和旅游 人力资源和社会保障 住房和城乡建设
"""
OTHERS = """
    市委宣传部 区文明办 市残疾人联合会 县城管执法大队 市公安局交警支队 县人民医院 市第一中学 东湖社区 和平街道
    各街道 各县（市、区） 各有关部门 市直各单位 全体成员单位 市水务局（市排水中心）
"""
NAMES = (*(level + bureau + "局" for level in "市县区" for bureau in BUREAUS.split()), *OTHERS.split())

phrases = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
texts = st.text(max_size=120)
lists = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)


def plain(reading: UnitReading) -> tuple[tuple[str, ...], ...]:
    """The names read, in one spelling."""
    sides = (reading.lead, reading.support, reading.assessors)
    return tuple(tuple("".join(spell(name).text.split()) for name in side) for side in sides)


@settings(max_examples=1000)
@given(phrases | texts, st.none() | phrases, st.sampled_from([None, "责任单位", "配合单位", "考核单位", "责任人"]))
def test_any_text_is_read(text: str, context: str | None, label: str | None) -> None:
    """No text crashes the reader, no name is empty, and nobody both leads and supports."""
    reading = read_units(text, context, label)
    assert all((*reading.lead, *reading.support, *reading.assessors))
    assert not set(reading.lead) & set(reading.support)
    assert set(reading.groups) <= {*reading.lead, *reading.support, *reading.assessors}


@settings(max_examples=500)
@given(phrases)
def test_names_are_words_of_the_text(text: str) -> None:
    """No name is made up: without gaps, each stands in the text as written."""
    reading = read_units(text)
    whole = "".join(spell(text).source.split())
    assert all("".join(name.split()) in whole for name in (*reading.lead, *reading.support, *reading.assessors))


@settings(max_examples=500)
@given(phrases)
def test_spelling_changes_no_reading(text: str) -> None:
    """Full-width forms, and a text already put into its one spelling, read like the original."""
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert plain(read_units(wide)) == plain(read_units(text)) == plain(read_units(spell(text).text))
    assert read_units(text) == read_units(text)


@settings(max_examples=500)
@given(phrases)
def test_spaces_around_marks_change_no_reading(text: str) -> None:
    """Clerks type spaces behind commas and around brackets."""
    spaced = re.sub(r"([、，；。：（）【】])", r" \1　", text)
    assert plain(read_units(spaced)) == plain(read_units(text))


@given(lists, st.sampled_from(["、", "，", "；", "\n", "/", " ", "、\n", " 、", "。"]))
def test_a_list_reads_the_same_with_every_separator(names: list[str], separator: str) -> None:
    """Whatever parts the names of a cell, all of them are responsible, and nobody needs to ask."""
    reading = read_units(separator.join(names))
    assert (reading.lead, reading.support, reading.questions) == (tuple(names), (), ())


@given(lists, lists, st.sampled_from(["", "等", "等部门"]))
def test_the_lead_leads_and_the_others_support(first: list[str], second: list[str], others: str) -> None:
    """However a plain phrase says it, those before 牵头 lead, the rest support, and nobody needs to ask."""
    assume(not set(first) & set(second))
    a, b = "、".join(first), "、".join(second) + others
    for text in (
        f"{a}牵头，{b}配合",
        f"（{a}牵头，{b}按职责分工负责）",
        f"牵头单位：{a}；责任单位：{b}",
        f"由{a}牵头，会同{b}开展整治",
        f"加强日常管理，及时整改。（{a}牵头，{b}配合，12月底前完成）",
        f"责任领导：张三 牵头单位：{a} 配合单位：{b}",
    ):
        reading = read_units(text)
        assert (reading.lead, reading.support, reading.questions) == (tuple(first), tuple(second), ()), text


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join), st.integers(1, 2000))
def test_time_is_bounded(piece: str, times: int) -> None:
    """No text, however repetitive, holds the readers for long."""
    text = (piece * times)[:8000]
    start = process_time()
    read_units(text)
    read_targets(text)
    read_methods(text)
    assert process_time() - start < 1


@settings(max_examples=500)
@given(phrases | texts)
def test_targets_and_methods_of_any_text(text: str) -> None:
    """Any text gives targets whose words stand in it, and methods that are each named once."""
    source = spell(text).source
    assert all(target.text in source and target.unit for target in read_targets(text))
    methods = read_methods(text)
    assert len(set(methods.names)) == len(methods.names)
    assert {name for found in methods.of_item.values() for name in found} | set(methods.common) == set(methods.names)
