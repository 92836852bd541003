"""The header (表头): which column holds which field, by the names offices give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.grid import Grid


class Field(StrEnum):
    """栏目: what a column holds."""

    NUMBER = "item_no"
    CATEGORY = "category_path"
    TASK = "task"
    STANDARD = "standards"
    METHOD = "methods"
    LEAD = "lead_units"
    SUPPORT = "support_units"
    ASSESSOR = "assessing_units"
    LEADER = "leader"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadlines"
    OTHER = "other"


# In the order in which they are tried: the first pattern found in a heading decides.
_NAMES: tuple[tuple[Field, str], ...] = (
    (Field.OTHER, r"备注|说明|分值|得分|权重|进度|进展|完成情况|电话|签字|签名|依据|扣分|自评"),
    (Field.NUMBER, r"^(序号|编号|号|序|项目号)$"),
    (Field.ASSESSOR, r"考核(单位|部门)|验收(单位|部门)|督(查|导)(单位|部门|领导)|评分单位"),
    (Field.LEADER, r"领导|分管.{0,3}(市长|区长|县长)|包(联|保)领导"),
    (Field.RESPONSIBLE, r"责任人|联系人|联络员|经办人|负责人"),
    (Field.SUPPORT, r"(配合|协办|协助|协同|参与|参加).{0,2}(单位|部门|科室|股室)?$"),
    (Field.LEAD, r"(牵头|主办|责任|承办|负责|实施|落实|主责|主管|申报).{0,2}(单位|部门|科室|股室|主体)|^单位$|^部门$"),
    (Field.DEADLINE, r"时限|时间|期限|日期|节点|频次|周期"),
    (Field.METHOD, r"(测评|考核|评价|考评|检查|评估).{0,2}(方法|方式|办法)"),
    (Field.STANDARD, r"标准|要求|目标|考核内容"),
    (Field.TASK, r"任务|内容|措施|事项|举措|做法|要点"),
    (Field.CATEGORY, r"项目|指标|类别|分类|类型|领域|板块|方面|环节"),
)
_LONGEST_HEADING = 20


@dataclass(frozen=True, slots=True)
class Header:
    """表头: the last of its rows, and the field of each column."""

    bottom: int
    fields: Mapping[int, Field]
    titles: Sequence[str]

    def columns(self, field: Field) -> tuple[int, ...]:
        return tuple(column for column, found in self.fields.items() if found is field)


def field_of(heading: str) -> Field | None:
    """The field a heading names, or None where it names none."""
    plain = re.sub(r"[\s:：()（）/]+", "", heading)
    if not plain or len(plain) > _LONGEST_HEADING:
        return None
    return next((field for field, pattern in _NAMES if re.search(pattern, plain)), None)


def find_header(grid: Grid, search: int = 30) -> Header | None:
    """The header in the first rows of a grid: the row that names the most fields, a task among them or a unit."""
    best: Header | None = None
    for row in range(min(search, grid.height)):
        header = _header_at(grid, row)
        if header and (best is None or _known(header) > _known(best)):
            best = header
    return best


def _known(header: Header) -> int:
    return len({field for field in header.fields.values() if field is not Field.OTHER})


def _header_at(grid: Grid, row: int) -> Header | None:
    cells = grid.filled[row]
    if len({cell for cell in cells if cell}) < 2:
        return None
    bottom = max(grid.span(row, column).bottom for column in range(grid.width))
    bottom = min(bottom, row + 2)
    titles = [_title(grid, row, bottom, column) for column in range(grid.width)]
    fields = {column: field for column, title in enumerate(titles) if (field := field_of(title))}
    header = Header(bottom, _with_task(fields), titles)
    found = set(header.fields.values())
    if Field.TASK not in found or not found & {Field.LEAD, Field.DEADLINE, Field.SUPPORT, Field.NUMBER}:
        return None
    return header


def _title(grid: Grid, top: int, bottom: int, column: int) -> str:
    """The lowest name over a column that says something; group names above it are not needed."""
    names = [grid.filled[row][column] for row in range(top, bottom + 1)]
    return next((name for name in reversed(names) if field_of(name)), names[0])


def _with_task(fields: dict[int, Field]) -> dict[int, Field]:
    """Where no column is called a task, the last of the category or standard columns is it."""
    if Field.TASK not in fields.values():
        for stand_in in (Field.STANDARD, Field.CATEGORY):
            columns = [column for column, field in fields.items() if field is stand_in]
            if columns:
                return fields | {columns[-1]: Field.TASK}
    return fields
