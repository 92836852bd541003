"""Task lists in running text (无表格的任务清单): items with units in brackets or labels, or items of a plan's tasks."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rules.grid import Paragraph
from rules.reading import Source
from rules.table.header import Field
from rules.table.labels import Labelled, labelled
from rules.table.outline import Item, outline
from rules.table.records import Cell, Record

_TASKS = re.compile(r"任务|措施|重点|内容|步骤|安排|举措|事项|清单|整改|打算|计划|怎么做|下一步|抓好|工作要点")
_NO_TASKS = re.compile(
    r"指导思想|总体(要求|思路|目标)|(工作|创建|活动|总体|主要)?目标|原则|意义|背景|依据|范围|对象|组织(领导|机构)|保障|领导小组"
    r"|成效|成绩|经验|做法|体会|回顾|基本情况|现状|问题|不足|差距|亮点|总结|情况汇报|工作要求|有关要求|几点要求"
)
_WORDS = 6
_FOR_ALL = re.compile(r"(各|有关|相关|责任|以上|上述).{0,12}(单位|部门|街道|社区|科室|镇|乡|点位|问题)")
_FINISH = re.compile(r"整改|完成|落实|清理|解决|到位|销号")
_FOR_ALL_WITHIN = 4


class Prose:
    """正文: the tasks told in the paragraphs of a document that has no table."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._items = outline(paragraphs)
        self._read = cache(lambda text: labelled(text))

    def records(self) -> list[Record]:
        """Items that name their units, or stand under one that does; without any, the items of a plan's tasks."""
        named = [item for item in self._items if self._names_units(item)]
        chosen = self._of_units(named) if named else self._of_plan()
        return [self._record(item) for item in chosen]

    def deadline(self) -> Cell | None:
        """The closing sentence that gives all units one time to be done."""
        for paragraph in reversed(self._paragraphs[-_FOR_ALL_WITHIN:]):
            if _FOR_ALL.search(paragraph.text) and _FINISH.search(paragraph.text):
                return Cell(paragraph.text, _place(paragraph))
        return None

    def _names_units(self, item: Item) -> bool:
        return bool(self._labelled(item).units)

    def _labelled(self, item: Item) -> Labelled:
        return self._read(item.text)

    def _of_units(self, named: Sequence[Item]) -> Iterator[Item]:
        """The finest items at or under those that name units; their like beside them, too."""
        seen: set[int] = set()
        parents = {id(item.parent) for item in named if item.parent}
        for item in self._items:
            owner = next((one for one in (item, *reversed(item.above)) if self._names_units(one)), None)
            sibling = id(item.parent) in parents and item.level > 0
            if (owner or sibling) and not item.children and id(item) not in seen and self._labelled(item).text:
                seen.add(id(item))
                yield item

    def _of_plan(self) -> Iterator[Item]:
        for item in self._items:
            if item.children or item.level < 2 or len(item.text) < _WORDS:
                continue
            verdicts = [self._verdict(one) for one in reversed(item.above)]
            if next((verdict for verdict in verdicts if verdict is not None), False):
                yield item

    def _verdict(self, item: Item) -> bool | None:
        heading = item.text.split("\n")[0][:40]
        if _NO_TASKS.search(heading):
            return False
        return True if _TASKS.search(heading) else None

    def _record(self, item: Item) -> Record:
        source = _place(item.first)
        record = Record(source, section=tuple(Cell(one.mark + _title(one), _place(one.first)) for one in item.above))
        record.add(Field.TASK, Cell(item.text, source))
        if item.number:
            record.add(Field.NUMBER, Cell(item.number, source))
        return record


def _title(item: Item) -> str:
    return item.text.split("\n")[0]


def _place(paragraph: Paragraph) -> Source:
    return Source(None, f"¶{paragraph.number}")
