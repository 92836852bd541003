"""Which row of the old table is which row of the new one (修订比对), and what that makes of a revision."""

from typing import Any

from rules.revision import Change, Entry, compare


def entry(number: int, task: str, key: str | None = None, item_no: str | None = None, **content: Any) -> Entry:
    """A row whose key is its words, unless another is given (as for the second of two rows with the same words)."""
    whole = {"task": task, "lead": ["市城管局"], "deadlines": [], "source": ["任务", f"A{number}"], **content}
    return Entry(number, key or task, item_no or str(number), task, whole)


def changes(found: tuple[Change, ...]) -> dict[int, tuple[str, ...]]:
    return {change.new.id: tuple(sorted(change.fields)) for change in found}


def test_the_same_table_again_is_no_revision() -> None:
    """Publishing twice changes nothing because comparing finds nothing."""
    table = [entry(1, "清理背街小巷"), entry(2, "规范校门口秩序")]
    again = compare(table, table)
    assert again.is_empty
    assert again.unchanged == 2


def test_added_and_dropped_rows_are_told_apart() -> None:
    """A row with other words is another obligation: one is dropped, one added, the rest stays."""
    found = compare(
        [entry(1, "清理背街小巷垃圾"), entry(2, "规范校门口停车秩序")],
        [entry(1, "清理背街小巷垃圾"), entry(3, "更新公益广告牌内容")],
    )
    assert [e.task for e in found.added] == ["更新公益广告牌内容"]
    assert [e.task for e in found.dropped] == ["规范校门口停车秩序"]
    assert (found.unchanged, found.changed, found.moved) == (1, (), ())


def test_reworded_row_stays_the_same_obligation() -> None:
    """A clerk's rewording must not withdraw the duty and open a new one."""
    found = compare([entry(1, "清理背街小巷垃圾和杂物")], [entry(1, "彻底清理背街小巷垃圾和杂物", key="新")])
    assert changes(found.changed) == {1: ("task",)}
    assert not (found.added or found.dropped)


def test_same_number_lets_words_differ_more_but_not_entirely() -> None:
    """With its number kept a row may be half rewritten; a number alone does not make two rows one."""
    half = "清理背街小巷垃圾，治理飞线"
    rewritten = "清理背街小巷垃圾，每周组织一次义务劳动"
    assert changes(compare([entry(1, half, item_no="1.2")], [entry(5, rewritten, item_no="1.2")]).changed)
    renumbered = compare([entry(1, half, item_no="1.2")], [entry(5, rewritten, item_no="7.7")])
    assert renumbered.added
    assert renumbered.dropped
    reused = compare([entry(1, half, item_no="1.2")], [entry(5, "更新公益广告牌", item_no="1.2")])
    assert reused.added
    assert reused.dropped


def test_row_that_only_moved_is_not_a_change() -> None:
    """Renumbering a table decides nothing about its duties."""
    found = compare([entry(1, "清理背街小巷"), entry(2, "规范校门口秩序")],
                    [entry(1, "规范校门口秩序"), entry(2, "清理背街小巷")])  # fmt: skip
    assert len(found.moved) == 2
    assert not (found.changed or found.added or found.dropped)


def test_likest_rows_are_paired_first() -> None:
    """Of two candidates the nearer one is the same row, whatever their order."""
    old = [entry(1, "清理背街小巷垃圾和杂物甲乙"), entry(2, "清理背街小巷垃圾和杂物丙丁")]
    new = [entry(3, "清理背街小巷垃圾和杂物丙丁戊"), entry(4, "清理背街小巷垃圾和杂物甲乙戊")]
    found = compare(old, new)
    assert {(change.old.id, change.new.id) for change in found.changed} == {(2, 3), (1, 4)}


def test_of_two_rows_with_the_same_words_each_unit_keeps_its_own() -> None:
    """Dropping the first of two equally worded rows withdraws that unit's duty, not the other's."""
    old = [
        entry(1, "组织志愿服务", key="组织#1", lead=["市城管局"]),
        entry(2, "组织志愿服务", key="组织#2", lead=["市教育局"]),
    ]
    found = compare(old, [entry(1, "组织志愿服务", key="组织#1", lead=["市教育局"])])
    assert [e.id for e in found.dropped] == [1]
    assert [(before.id, after.row_key) for before, after in found.moved] == [(2, "组织#1")]
    assert not found.changed


def test_the_fields_that_differ_are_named_with_both_values() -> None:
    """The diff a clerk is shown says what was and what will be."""
    found = compare([entry(1, "清理背街小巷")], [entry(1, "清理背街小巷", lead=["市教育局"])])
    (change,) = found.changed
    assert change.fields == {"lead": (["市城管局"], ["市教育局"])}


def test_measured_targets_alone_are_no_change() -> None:
    """Targets are read from the standards: a better reader must not amend a whole table."""
    assert compare([entry(1, "清理", targets=[])], [entry(1, "清理", targets=[["达标", "率", ">=", 1, "%"]])]).is_empty


def test_a_thousand_reworded_rows_find_their_own() -> None:
    """Pairing stays right and quick in a table of many like rows."""
    old = [entry(n, f"第{n:04}社区清理楼道堆物和飞线充电") for n in range(1000)]
    new = [entry(n + 5000, f"第{n:04}社区全面清理楼道堆物和飞线充电", item_no=str(n)) for n in range(1000)]
    found = compare(old, new)
    assert {(change.old.id + 5000) == change.new.id for change in found.changed} == {True}
    assert len(found.changed) == 1000
