"""The header (表头): which column holds which field, by the names offices give them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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
    PERIOD = "period"
    """A column named after a period (一季度), whose cells say what is due in it."""
    OTHER = "other"


_UNIT = r"(单位|部门|科室|股室|处室|站所|机构|主体)"
_MONTH = r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
# In the order in which they are tried: the first pattern found in a heading decides.
_NAMES: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern, re.IGNORECASE))
    for field, pattern in (
        (
            Field.PERIOD,
            rf"^(20\d\d年?)?(第?[一二三四1-4]季度?|[上下]半年|{_MONTH}([-—–~至到]{_MONTH})?月份?)"
            r"(底|末)?前?(阶段|工作|进度|目标|任务|计划|节点|安排|要求)*$",
        ),
        (Field.CATEGORY, r"(类别|分类|类型|领域)$"),
        (Field.NUMBER, r"^(序号?|编号|号|项目?编?号|(指标|任务|项目|条目|工作)(编|序)?号|№|no\.?)$"),
        (Field.LEAD, rf"(被|受)(考核|考评|检查|督查|检|评).{{0,2}}{_UNIT}|^(考核|考评|测评|检查)对象$"),
        (
            Field.DEADLINE,
            r"^(工作|推进|完成|实施|时间|时序|序时|计划)?进度(安排|要求|计划|目标|节点)?$|(计划|拟|要求)完成",
        ),
        (Field.STANDARD, r"(评分|扣分|计分|考核|考评|赋分)(标准|细则)"),
        (
            Field.OTHER,
            r"备注|说明|分值|得分|权重|分数|满分|自评|评分|扣分|(完成|进展|落实|整改|推进)情况|考核结果|检查结果",
        ),
        (
            Field.OTHER,
            r"电话|联系方式|手机|签字|签名|签收|签章|依据|来源|是否|状态|资金|投资|金额|(发现|交办|检查|督查|印发|更新|登记)(时间|日期)",
        ),
        (Field.ASSESSOR, rf"(考核|考评|验收|督查|督导|督办|评分|监督|检查|审核|审查)(责任|负责)?({_UNIT}|领导)"),
        (Field.LEADER, r"领导|(分管|包联|包保|包抓|挂点|挂联).{0,3}(市长|区长|县长|镇长|主任|书记|人)"),
        (Field.LEAD, rf"(责任|牵头|承办|负责){_UNIT}((及|和|、|与)(责任人|负责人|联系人)|责任人)"),
        (Field.RESPONSIBLE, r"责任人|联系人|联络员|经办人|负责人|承办人|专管员|牵头人"),
        (Field.SUPPORT, rf"(配合|协办|协助|协同|参与|参加|会办|支持).{{0,2}}{_UNIT}?$"),
        (
            Field.LEAD,
            rf"(牵头|主办|责任|承办|负责|实施|落实|主责|主管|主体|申报|执行|承担|整改|完成|建设|涉及|所属|分工|主抓).{{0,3}}{_UNIT}"
            rf"|^({_UNIT}(名称)?|责任|牵头|主办|承办|负责|责任分工|分工|任务分工|职责分工|责任(街道|社区|乡镇|镇街))$",
        ),
        (Field.DEADLINE, r"时限|时间|期限|限期|日期|节点|频次|频率|周期|阶段性?(目标|任务|安排)|时段"),
        (
            Field.METHOD,
            r"(测评|考核|评价|考评|检查|评估|督查|验收|审核|评审|评定|采集).{0,2}(方法|方式|办法|形式|途径)|^(方法|方式)$",
        ),
        (Field.TASK, r"任务|内容|措施|事项|举措|做法|要点|重点工作|工作项目|职责"),
        (Field.STANDARD, r"标准|要求|目标|细则|成果|指标值|成效"),
        (Field.CATEGORY, r"项目|指标|类别|分类|类型|领域|板块|方面|环节|问题|点位|地点|路段|区域"),
    )
)
_LONGEST_HEADING = 20
_BARE = re.compile(r"^(单位|部门|科室|领导|人员|姓名|时间|内容|名称|标准|方法)$")
_BRACKET = re.compile(r"[（(【\[].*?[)）】\]]")
_BLANKS = re.compile(r"[\s:：/*＊]+")
_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Header:
    """表头: its first and last row, and the name and field of each column."""

    top: int
    bottom: int
    fields: Mapping[int, Field]
    names: Sequence[str]

    def columns(self, field: Field) -> tuple[int, ...]:
        return tuple(column for column, found in self.fields.items() if found is field)

    def has(self, *fields: Field) -> bool:
        return any(found in fields for found in self.fields.values())


@lru_cache(maxsize=8192)
def field_of(heading: str) -> Field | None:
    """The field a heading names, or None where it names none."""
    if len(heading) > 3 * _LONGEST_HEADING:
        return None
    plain = plain_heading(heading)
    if not plain or len(plain) > _LONGEST_HEADING or re.search(r"[，。；,;]", plain):
        return None
    return next((field for field, pattern in _NAMES if pattern.search(plain)), None)


def plain_heading(heading: str) -> str:
    """A heading in one spelling, its brackets left out unless they are all it says."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", heading))
    return _BRACKET.sub("", text) or text.strip("()[]【】")


def headers_in(grid: Grid) -> Iterator[Header]:
    """Every header of a grid in its order: the first one may be looked for, later ones must be plain to see.

    A header that is only repeated, as where a table crosses a page, is none of its own.
    """
    first = _best(grid)
    if first is None:
        return
    yield first
    last = _plain_names(first)
    for row in range(first.bottom + 1, grid.height):
        if _may_be_header(grid.rows[row]):
            header = _header_at(grid, row)
            if header and _named(header) >= 3 and header.bottom < grid.height - 1 and _plain_names(header) != last:
                last = _plain_names(header)
                yield header


def _plain_names(header: Header) -> list[str]:
    return [plain_heading(name) for name in header.names]


def _best(grid: Grid) -> Header | None:
    """The first row that names the most fields; a line of group names above it belongs to it."""
    best: Header | None = None
    for row in range(min(_SEARCHED, grid.height)):
        header = _header_at(grid, row)
        if header and (best is None or (row <= best.bottom + 2 and _worth(header) > _worth(best))):
            best = header
    return best


def _may_be_header(cells: Sequence[str]) -> bool:
    first = next(filter(None, cells), "")
    if not first or first.isdigit() or len(first) > _LONGEST_HEADING or field_of(first) is None:
        return False
    filled = [cell for cell in cells if cell]
    return len(filled) > 2 and all(field_of(cell) for cell in filled[:3]) and all(len(cell) < 30 for cell in filled)


def _worth(header: Header) -> tuple[int, int]:
    return len(set(header.fields.values()) - {Field.OTHER}), len(header.fields)


def _named(header: Header) -> int:
    return len({header.fields[column] for column in header.fields if header.names[column]})


def _header_at(grid: Grid, row: int) -> Header | None:
    cells = grid.filled[row]
    if len({cell for cell in cells if cell}) < 2 or not _names_fields(cells):
        return None
    top = min(grid.anchor(row, column).row for column in range(grid.width))
    bottom = _bottom(grid, row)
    names = [_name(grid, top, bottom, column) for column in range(grid.width)]
    fields = {column: field for column, name in enumerate(names) if (field := field_of(name))}
    header = Header(top, bottom, with_task(fields), names)
    partners = (
        Field.LEAD,
        Field.DEADLINE,
        Field.SUPPORT,
        Field.NUMBER,
        Field.STANDARD,
        Field.METHOD,
        Field.RESPONSIBLE,
    )
    return header if header.has(Field.TASK) and header.has(*partners, Field.LEADER, Field.PERIOD) else None


def _names_fields(cells: Sequence[str]) -> bool:
    """Most cells of a header are short names; a row of data now and then holds a word that is also a heading."""
    filled = {cell for cell in cells if cell}
    named = sum(field_of(cell) is not None for cell in filled)
    return named >= 2 and 2 * named >= len(filled) and not any(re.search(r"[。；]", cell) for cell in filled)


def _bottom(grid: Grid, row: int) -> int:
    """The last row of a header: as far as its merged cells reach, or one more where the next row only names fields."""
    reach = max(grid.span(row, column).bottom for column in range(grid.width))
    if reach > row:
        return min(reach, row + 2, grid.height - 1)
    following = grid.rows[row + 1] if row + 1 < grid.height else ()
    below = [cell for cell in following if cell]
    gaps = sum(not cell for cell in grid.rows[row])
    if gaps and len(below) > 1 and all(len(cell) < 10 and field_of(cell) for cell in below):
        return row + 1
    return row


def _name(grid: Grid, top: int, bottom: int, column: int) -> str:
    """The lowest name over a column that says something; a bare one (单位) is read with the group above it."""
    names = list(dict.fromkeys(grid.filled[row][column] for row in range(top, bottom + 1) if grid.filled[row][column]))
    if not names:
        return ""
    if len(names) > 1 and _BARE.match(plain_heading(names[-1])):
        joined = plain_heading(names[-2]) + plain_heading(names[-1])
        return joined if field_of(joined) else names[-1]
    return next((name for name in reversed(names) if field_of(name)), names[-1])


def with_task(fields: dict[int, Field]) -> dict[int, Field]:
    """Where no column is called a task, the last of the category columns or the first of the standards is it."""
    if Field.TASK not in fields.values():
        categories = [column for column, field in fields.items() if field is Field.CATEGORY]
        standards = [column for column, field in fields.items() if field is Field.STANDARD]
        stand_in = categories[-1:] or standards[:1]
        return fields | dict.fromkeys(stand_in, Field.TASK)
    return fields
