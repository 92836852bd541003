"""What the columns of a list of cases are called (案件清单的表头), by hotlines, apps and city management systems."""

from collections.abc import Mapping
from enum import StrEnum

from rules.matching import plain


class CaseField(StrEnum):
    """案件栏目: what a column of a list of cases holds."""

    NUMBER = "number"
    FOUND_AT = "found_at"
    SITE = "site"
    PLACE = "place"
    TYPE = "type"
    TEXT = "text"
    SEVERITY = "severity"
    UNIT = "unit"


_WORDS: Mapping[CaseField, str] = {
    CaseField.NUMBER: "案件编号 案件号 工单编号 工单号 受理编号 受理号 案卷号 任务号 问题编号 诉求编号 流水号 编号",
    CaseField.FOUND_AT: "上报时间 受理时间 来电时间 反映时间 发现时间 诉求时间 登记时间 创建时间 提交时间 时间 日期",
    CaseField.SITE: "点位 点位名称",
    CaseField.PLACE: "地点 位置 地址 事发地点 事发地址 问题地点 问题位置 案发地址 详细地址 发生地点 位置描述",
    CaseField.TYPE: "类型 类别 问题类型 问题类别 诉求类型 诉求类别 案件类型 事项类别 小类 小类名称",
    CaseField.TEXT: "内容 描述 问题描述 诉求内容 反映内容 案件描述 问题内容 主要内容 来电内容 意见内容 工单内容",
    CaseField.SEVERITY: "紧急程度 严重程度 等级 轻重 缓急",
    CaseField.UNIT: "责任单位 承办单位 处置单位 处置部门 主责部门 责任部门 权属单位",
}
_BY_WORD = {plain(word): field for field, words in _WORDS.items() for word in words.split()}


def field_of(heading: str) -> CaseField | None:
    """What a column so headed holds; None for one that is not read (names, telephone numbers, whatever else)."""
    return _BY_WORD.get(plain(heading).rstrip(":").strip("*"))


def header_words(field: CaseField) -> str:
    """The headings known for a field, for a message."""
    return "、".join(_WORDS[field].split())
