"""Task lists in running text (无表格的任务清单): items with units in brackets or labels, items of a plan's tasks."""

import re
from collections.abc import Collection, Sequence

from rules.grid import Paragraph
from rules.reading import Source
from rules.table.closing import closing_sentence
from rules.table.fields import Field
from rules.table.headings import section_units
from rules.table.labels import labelled
from rules.table.outline import Item, outline
from rules.table.records import Cell, Record
from rules.table.spoken import is_given, spoken_units

_TASKS = re.compile(
    r"任务|措施|重点|内容|步骤|安排|举措|事项|清单|整改|打算|计划|下一步|下步|抓好|要点|分解|方案|未(落实|完成|整改)"
)
_NO_TASKS = re.compile(
    r"(?<!完成)时间$|指导思想|总体(要求|思路|目标)|目标$|目的|主题|原则|意义|背景|依据|范围|对象|组织(领导|机构)|保障|领导小组|组织架构"
    r"|成效|成绩|经验|做法|体会|回顾|基本情况|现状|问题|不足|差距|亮点|总结|汇报|要求"
)
_REPORTS = re.compile(r"总结|述职|(工作|情况)(汇报|报告)(?!材料)")
_AHEAD = re.compile(r"措施|举措|安排|整改|打算|计划|下一步|下步|今后|方案|清单")
"""In a report on what was done, the sections that say what is still to be done."""
_STAGE = re.compile(r"[^，。:：（(]{2,12}阶段\s*[（(:：][^）)。]*\d\s*月")
_WHEN = re.compile(r"[\d日月周天底末旬年度](?:之)?[前内]|每[年月周季日旬天]")
_DONE = re.compile(r"已(?:经|全部)?(?:整改|完成|办结|解决|销号|落实)|(?:整改|完成|办结|销号)(?:完毕|到位)的|销号情况")
_RESOLUTIONS = re.compile(r"纪要|议定|决定事项|议决")
_OVERALL = re.compile(
    r"(?:[^，。：:]{0,8}(?:督查|督导|检查|暗访|测评|巡查|考核|工作|创建|整改))?的?(?:总体|整体|基本|总的)(?:情况|评价|印象)(?:[。：:]|$)"
)
"""The heading of what was seen on the whole: under it stands no point and no task."""
_SHORTEST = 6
_LONGEST_TITLE = 30
_MARKED = 0


class Prose:
    """正文: the tasks told in the paragraphs of a document.

    `over_tables` are the numbers of those right above the tables of a document that has some. Its text mostly speaks
    of them: only what names its units counts.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], over_tables: Collection[int] | None = None) -> None:
        self._paragraphs = paragraphs
        self._only_named = over_tables is not None
        self._over_tables = over_tables or ()
        closing = closing_sentence(paragraphs)
        self._items = outline([one for one in paragraphs if one is not closing])
        self._titled_as_plan = bool(paragraphs) and heading_says_tasks(paragraphs[0].text) is True
        self._with_units = {id(item) for item in self._items if _units_said(item)}
        self._beside = {id(item.parent) for item in self._items if item.parent and id(item) in self._with_units}
        self._chosen = {id(item): item for item in self._items if self._is_task(item)}

    def records(self) -> list[Record]:
        """The finest items that name their units, stand under or beside one that does, or belong to a plan's tasks."""
        return [_record(item, bool(item.parent and id(item.parent) in self._chosen)) for item in self._chosen.values()]

    @property
    def names_units(self) -> bool:
        """Whether most of its tasks say whose they are, so that the others lack it."""
        named = sum(
            any(id(one) in self._with_units for one in (item, *item.above)) or bool(spoken_units(item.text))
            for item in self._chosen.values()
        )
        return 2 * named > len(self._chosen)

    def rest(self) -> list[Paragraph]:
        """The paragraphs that are part of no task."""
        told = {one.number for item in self._chosen.values() for one in (*item.paragraphs, *item.labels)}
        return [one for one in self._paragraphs if one.number not in told]

    def _is_task(self, item: Item) -> bool:
        heads_a_table = (item.labels or [item.first])[-1].number in self._over_tables
        if heads_a_table or not item.read.text:
            return False
        if any(_is_done(_title(one)) for one in item.above):
            return False
        if item.children:
            return self._leads_its_own(item)
        if id(item) in self._with_units:
            return True
        if any(_OVERALL.match(_title(one)) for one in (item, *item.above)):
            return False
        if any(id(one) in self._with_units for one in item.above):
            return True
        if self._only_named or item.form < _MARKED or not item.mark or len(item.text) < _SHORTEST:
            return False
        if _says_no_task(item):
            return False
        staged = _STAGE.match(item.text) is not None
        return staged or id(item.parent) in self._beside or self._is_planned(item) or self._is_resolved(item)

    def _is_resolved(self, item: Item) -> bool:
        """Whether an item says itself who does it, and by when, or is given to a unit by a meeting (议定事项)."""
        titles = [_title(one) for one in item.above] + [one.text for one in self._paragraphs[:1]]
        resolved = is_given(item.text) and any(map(_RESOLUTIONS.search, titles))
        if not spoken_units(item.text) or not (resolved or _WHEN.search(item.text)):
            return False
        return not any(_REPORTS.search(title) or heading_says_tasks(title) is False for title in titles)

    def _leads_its_own(self, item: Item) -> bool:
        """Whether an item over others is a task, too: it names units, and those under it name theirs."""
        return bool(item.read.units) and any(id(child) in self._with_units for child in item.children)

    def _is_planned(self, item: Item) -> bool:
        """The nearest heading that says whether tasks stand under it decides."""
        reports = any(_REPORTS.search(_title(one)) for one in item.above)
        said = (heading_says_tasks(_title(one), reports) for one in reversed(item.above))
        return next((says for says in said if says is not None), self._titled_as_plan)


def heading_says_tasks(heading: str, in_report: bool = False) -> bool | None:
    """Whether tasks stand under a heading; None where it does not say."""
    if len(heading) > 60 or _NO_TASKS.search(heading):
        return False if _NO_TASKS.search(heading[:60]) else None
    return True if (_AHEAD if in_report else _TASKS).search(heading) else None


def _says_no_task(item: Item) -> bool:
    """Whether an item has a heading of its own (工作要求) under which no tasks stand."""
    title = _title(item)
    heads = len(item.paragraphs) > 1 and len(title) < _LONGEST_TITLE and "。" not in title[:-1]
    return heads and heading_says_tasks(title) is False


def _is_done(heading: str) -> bool:
    return _DONE.search(heading) is not None and "未" not in heading


def _units_said(item: Item) -> bool:
    """Whether an item names its units, or is a heading that consists of them."""
    heads = bool(item.children) and bool(section_units(_title(item)))
    return heads or bool(item.read.units) or any(labelled(line.text).units for line in item.labels)


def _record(item: Item, under_task: bool) -> Record:
    """An item with the labels of its own and, for what it does not say itself, of what it stands under."""
    source = _place(item.first)
    headings = tuple(Cell(one.mark + _title(one), _place(one.first)) for one in item.above if not _is_title(one))
    record = Record(source, section=headings)
    record.add(Field.TASK, Cell(item.text, source))
    if item.number:
        above = (item.parent.number or "") if under_task and item.parent else ""
        record.add(Field.NUMBER, Cell(above + item.number, source))
    for owner in (item, *reversed(item.above)):
        if owner is not item and item.read.units:
            break
        _add_labels(record, owner, set(record.cells))
    return record


def _is_title(item: Item) -> bool:
    return item.form < _MARKED and item.first.number == 1


def _add_labels(record: Record, owner: Item, settled: set[Field]) -> None:
    read = [(line, labelled(line.text)) for line in owner.labels]
    units = [(line, found.units) for line, found in read if found.units]
    said = [(kind, text, line) for line, found in read for kind, text in found.fields.items()]
    if units:
        said.append((Field.LEAD, "；".join(text for _, text in units), units[0][0]))
    for kind, text, line in said:
        if text and kind not in settled:
            record.add(kind, Cell(text, _place(line)))


def _title(item: Item) -> str:
    return item.paragraphs[0].text[len(item.mark) :].strip()


def _place(paragraph: Paragraph) -> Source:
    return Source(None, f"¶{paragraph.number}")
