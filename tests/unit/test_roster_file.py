"""Roster files (名册): what an office fills in, read with every problem at once and its cell."""

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from documents.errors import MissingFile, TooLarge, UnreadableFile
from documents.roster import RosterRefused, read_roster
from documents.roster_form import write_roster, write_roster_template
from rules.roster import Contact, Person, Role, Roster, Unit, UnitGroup

Sheets = dict[str, list[Sequence[object]]]

UNIT_HEADER = ("单位名称", "简称", "类别", "责任人", "单位负责人", "分管领导")
PEOPLE_HEADER = ("姓名", "职务", "单位", "上级", "角色", "邮箱", "手机", "消息渠道")
GROUP_HEADER = ("组名", "简称", "成员")


def sheets() -> Sheets:
    return {
        "单位": [
            UNIT_HEADER,
            ("城市管理科", "城管科、创卫办", "科室", "张三", "李四", "副主任"),
            ("向阳社区", "", "社区", "", "张三（向阳社区）", ""),
        ],
        "人员": [
            PEOPLE_HEADER,
            ("张三", "科员", "城管科", "李四", "创建办、督查员", "zhang@example.com", 13800000000, "inbox；wecom：z3"),
            ("张三", "社区书记", "向阳社区", "王五"),
            ("李四", "科长", "城市管理科", "王五"),
            ("王五", "副主任", "", "", "领导"),
        ],
        "单位组": [GROUP_HEADER, ("各单位", "各 有关单位", "城管科，向阳社区")],
    }


def saved(content: Sheets, folder: Path) -> Path:
    book = Workbook()
    del book["Sheet"]
    for name, rows in content.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "名册.xlsx"
    book.save(path)
    return path


def refusal(path: Path) -> tuple[list[str], str]:
    with pytest.raises(RosterRefused) as refused:
        read_roster(path)
    found = refused.value.problems
    return [f"{one.source.sheet}!{one.source.cell}" if one.source else "" for one in found], str(refused.value)


def test_a_filled_in_file_becomes_a_roster(tmp_path: Path) -> None:
    """Short names, titles and 姓名（单位） in the cells all end as keys."""
    assert read_roster(saved(sheets(), tmp_path)) == Roster(
        units={
            "城市管理科": Unit("城市管理科", "科室", ("城管科", "创卫办"), "张三（城市管理科）", "李四", "王五"),
            "向阳社区": Unit("向阳社区", "社区", (), None, "张三（向阳社区）", None),
        },
        people={
            "张三（城市管理科）": Person(
                "张三（城市管理科）", "张三", "科员", "城市管理科", "李四",
                frozenset({Role.OFFICE, Role.SUPERVISOR}),
                (
                    Contact("inbox", "张三（城市管理科）"), Contact("wecom", "z3"),
                    Contact("email", "zhang@example.com"), Contact("sms", "13800000000"),
                ),
            ),
            "张三（向阳社区）": Person("张三（向阳社区）", "张三", "社区书记", "向阳社区", "王五"),
            "李四": Person("李四", "李四", "科长", "城市管理科", "王五"),
            "王五": Person("王五", "王五", "副主任", roles=frozenset({Role.LEADER})),
        },
        groups={"各单位": UnitGroup("各单位", ("城市管理科", "向阳社区"), ("各 有关单位",))},
    )  # fmt: skip


def test_a_title_row_and_another_order_of_columns_do_no_harm(tmp_path: Path) -> None:
    """Offices put a heading above and move columns; blank rows and extra columns mean nothing."""
    moved = sheets()
    moved["单位组"] = [("青禾街道单位组",), (), ("成员", "备注", "简 称", "组名"), (), ("城管科", "无", "", "各科室")]
    groups = read_roster(saved(moved, tmp_path)).groups
    assert groups == {"各科室": UnitGroup("各科室", ("城市管理科",))}


def test_every_problem_of_a_file_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    """One round of corrections is enough."""
    wrong = sheets()
    wrong["单位"] += [
        ("城市管理科",), ("司法所", "创卫办", "", "", "赵六"), ("a、b", "", "", "李四"), ("", "某所"),
    ]  # fmt: skip
    wrong["人员"] += [
        ("钱七", "", "", "孙八", "组长"),
        ("孙八", "", "", "钱七"),
        ("张三",),
        ("周九", "", "", "", "", "@"),
    ]
    wrong["单位组"] += [("各站所", "", "司法所、派出所"), ("各单位",)]
    cells, message = refusal(saved(wrong, tmp_path))
    assert set(cells) == {
        "单位!A4",  # twice the same unit
        "单位!B5",  # a short name of two units
        "单位!E5",  # an unknown head, and so nobody who answers
        "单位!A6",  # a separator within a name
        "单位!A7",  # a row without a name
        "人员!D6",  # a loop
        "人员!E6",  # an unknown role
        "人员!C8",  # a third 张三, without a unit
        "人员!F9",  # a malformed address
        "单位组!C3",  # an unknown member
        "单位组!A4",  # twice the same group
    }
    assert "单位!A4：“城市管理科”重复，第 2 行已有" in message
    assert "钱七 → 孙八 → 钱七" in message


def test_a_name_two_people_share_must_be_made_clear(tmp_path: Path) -> None:
    """张三 as someone's superior could be either of two."""
    unclear = sheets()
    unclear["人员"].append(("赵六", "", "", "张三"))
    cells, message = refusal(saved(unclear, tmp_path))
    assert cells == ["人员!D6"]
    assert "张三（城市管理科）、张三（向阳社区）" in message


def test_missing_sheets_and_columns_are_named_with_what_was_found(tmp_path: Path) -> None:
    """An old or home-made form is told apart from a damaged one."""
    incomplete = sheets()
    del incomplete["单位组"]
    incomplete["科室名单"] = [("科室",)]
    incomplete["单位"][0] = ("单位", "简称", "类别", "责任人", "单位负责人", "主管领导")
    cells, message = refusal(saved(incomplete, tmp_path))
    assert cells == ["单位!A1", ""]
    assert "缺少“单位名称、分管领导”列（现有：单位、简称、类别、责任人、单位负责人、主管领导）" in message
    assert "缺少工作表“单位组”（现有：单位、人员、科室名单）" in message


@pytest.mark.parametrize("sheet", ["单位", "人员"])
def test_an_empty_sheet_is_refused(sheet: str, tmp_path: Path) -> None:
    """A roster without units or people could hold nobody accountable."""
    empty = sheets()
    empty[sheet] = []
    assert f"“{sheet}”" in refusal(saved(empty, tmp_path))[1] or f"{sheet}!A1" in refusal(saved(empty, tmp_path))[0]


def test_a_formula_without_a_result_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    """A leader given by a formula that was never calculated must not silently be nobody."""
    unknown = sheets()
    unknown["单位"][1] = ("城市管理科", "城管科、创卫办", "科室", "", "李四", "=人员!A5")
    cells, message = refusal(saved(unknown, tmp_path))
    assert cells == ["单位!F2"]
    assert "公式没有计算结果" in message


def test_a_merged_cell_counts_for_every_row_it_covers(tmp_path: Path) -> None:
    """Offices merge the leader of neighbouring units into one cell."""
    path = saved(sheets(), tmp_path)
    book = load_workbook(path)
    book["单位"].merge_cells("F2:F3")
    book.save(path)
    assert {unit.leader for unit in read_roster(path).units.values()} == {"王五"}


@pytest.mark.parametrize("content", [b"\xd6\xd0\xce\xc4,gbk", b"PK\x03\x04 torn"])
def test_what_is_no_workbook_is_refused_with_a_reason(content: bytes, tmp_path: Path) -> None:
    """A text file or half a download under the name of a workbook ends in a sentence, not a trace."""
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="名册"):
        read_roster(path)


def test_an_archive_that_is_no_workbook_is_refused_with_a_reason(tmp_path: Path) -> None:
    """A zip of something else opens, but holds no sheets."""
    path = tmp_path / "名册.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("说明.txt", "不是工作簿")
    with pytest.raises(UnreadableFile, match="名册"):
        read_roster(path)


def test_a_sheet_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks without end must not fill the memory of the office's one machine."""
    path = saved(sheets(), tmp_path)
    monkeypatch.setattr("documents.archive.MAX_PART", 1_000)
    with pytest.raises(TooLarge):
        read_roster(path)


def test_a_missing_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    """A slip in the file's name is answered like any other problem."""
    with pytest.raises(MissingFile, match="没有"):
        read_roster(tmp_path / "没有.xlsx")


def test_the_template_explains_itself(tmp_path: Path) -> None:
    """Comments on every header, drop-downs where there is a choice, a page of explanation, two examples a sheet."""
    write_roster_template(tmp_path / "模板.xlsx")
    book = load_workbook(tmp_path / "模板.xlsx")
    assert book.sheetnames == ["填表说明", "单位", "人员", "单位组"]
    for name, header in (("单位", UNIT_HEADER), ("人员", PEOPLE_HEADER), ("单位组", GROUP_HEADER)):
        cells = list(book[name].iter_rows())
        assert tuple(cell.value for cell in cells[0]) == header
        assert all(cell.comment for cell in cells[0])
        assert [str(row[0].value).startswith("示例：") for row in cells[1:]] == [True, True]
    lists = {str(one.sqref) for name in ("单位", "人员") for one in book[name].data_validations.dataValidation}
    assert lists == {f"{column}2:{column}2000" for column in "DEFC"}


def test_examples_left_in_a_filled_template_are_skipped(tmp_path: Path) -> None:
    """Nobody called 示例 ever becomes accountable."""
    write_roster_template(tmp_path / "模板.xlsx")
    book = load_workbook(tmp_path / "模板.xlsx")
    book["单位"].append(("城管科", "", "", "", "李四"))
    book["人员"].append(("李四",))
    book.save(tmp_path / "名册.xlsx")
    roster = read_roster(tmp_path / "名册.xlsx")
    assert (set(roster.units), set(roster.people), roster.groups) == ({"城管科"}, {"李四"}, {})


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A roster handed on to others carries no formula into their Excel, and no link."""
    formula = '=HYPERLINK("http://example.com","x")'
    roster = Roster(people={"李四": Person("李四", "李四", formula)}, units={"科": Unit("科", "@SUM(1)", (), "李四")})
    write_roster(roster, tmp_path / "名册.xlsx")
    cell = load_workbook(tmp_path / "名册.xlsx")["人员"]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix, cell.hyperlink) == ("s", formula, True, None)
    assert read_roster(tmp_path / "名册.xlsx") == roster
