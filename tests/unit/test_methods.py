"""The notation 1)3)材料审核;2)问卷调查: each method goes to the items numbered before it."""

import pytest

from rules.methods import read_methods

MATERIAL, SURVEY, VISIT = "材料审核", "问卷调查", "实地考察"


@pytest.mark.parametrize(
    ("text", "of_item"),
    [
        ("1)3)材料审核;2)问卷调查", {"1": [MATERIAL], "2": [SURVEY], "3": [MATERIAL]}),
        ("1）材料审核；2）材料审核、问卷调查", {"1": [MATERIAL], "2": [MATERIAL, SURVEY]}),
        ("1)、3)材料审核；2)问卷调查", {"1": [MATERIAL], "2": [SURVEY], "3": [MATERIAL]}),
        ("1-3)材料审核，4)实地考察", {"1": [MATERIAL], "2": [MATERIAL], "3": [MATERIAL], "4": [VISIT]}),
        ("1)～3)材料审核", {"1": [MATERIAL], "2": [MATERIAL], "3": [MATERIAL]}),
        ("①②材料审核③实地考察", {"1": [MATERIAL], "2": [MATERIAL], "3": [VISIT]}),
        ("（1）（3）材料审核", {"1": [MATERIAL], "3": [MATERIAL]}),
        ("1、材料审核\n2、问卷调查", {"1": [MATERIAL], "2": [SURVEY]}),
        ("1.材料审核 2.问卷调查", {"1": [MATERIAL], "2": [SURVEY]}),
        ("第1、3项材料审核，第2项问卷调查", {"1": [MATERIAL], "2": [SURVEY], "3": [MATERIAL]}),
        ("材料审核（1、3）；问卷调查（2）", {"1": [MATERIAL], "2": [SURVEY], "3": [MATERIAL]}),
    ],
)
def test_methods_go_to_the_items_they_number(text: str, of_item: dict[str, list[str]]) -> None:
    """Whatever the brackets, marks and spans, each item gets its methods in order."""
    methods = read_methods(text)
    assert {item: list(found) for item, found in methods.of_item.items()} == of_item
    assert methods.common == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("材料审核", (MATERIAL,)),
        ("材料审核、实地考察。", (MATERIAL, VISIT)),
        ("现场抽查连续10户单位", ("现场抽查连续10户单位",)),
        ("", ()),
    ],
)
def test_methods_without_numbers_hold_for_every_item(text: str, names: tuple[str, ...]) -> None:
    """A cell without item numbers says how every item is checked."""
    methods = read_methods(text)
    assert methods.names == methods.common == methods.for_item("7") == names
    assert not methods.of_item


def test_unnumbered_methods_hold_where_no_number_says_otherwise() -> None:
    """A method before the first number is for the items no number names."""
    methods = read_methods("材料审核;2)问卷调查")
    assert methods.for_item("1") == (MATERIAL,)
    assert methods.for_item("2") == (SURVEY,)
    assert methods.names == (MATERIAL, SURVEY)


def test_an_endless_span_is_no_span() -> None:
    """A slip of the pen such as 9-1) or 1-99) fills in nothing."""
    assert set(read_methods("9-1)材料审核").of_item) == {"9", "1"}
    assert set(read_methods("1-99)材料审核").of_item) == {"1", "99"}
