"""The sentence near the end of a bulletin that gives all its points one time to be done (统一时限)."""

import re
from collections.abc import Sequence

from rules.grid import Paragraph
from rules.reading import Source
from rules.table.labels import labelled
from rules.table.outline import mark_of
from rules.table.records import Cell

_FOR_ALL = re.compile(
    r"(各|有关|相关|以上|上述|全部|所有|本期|本次|通报的|反馈的).{0,12}(单位|部门|街道|社区|科室|镇|乡|点位|问题|任务|事项|项目)"
)
_OF_THE_POINTS = re.compile(r"(通报|反馈|交办|上述|以上|发现|检查|督查|存在)的?[^，。]{0,6}问题")
"""What a numbered demand must speak of to be about the points above it, and not one of the plan's own tasks."""
_FINISH = re.compile(r"整改|完成|落实|清理|解决|到位|销号")
_WHEN = re.compile(r"[日月周天年底时\d](之)?[前内]|前(完成|整改|落实)")
_PAPERS = re.compile(r"(?:整改|完成|落实|清理|解决|销号)+(?:情况|报告|结果|材料|方案|台账|清单|照片|进展|资料|图片)")
_OF_MENDING = re.compile(r"(?:整改|清理|解决|销号)[^，。；;]{0,6}(?:情况|报告|结果|材料|台账|清单|照片|图片|进展)")
"""A report on the mending of points; one on how a plan goes (工作落实情况) dates none of its tasks."""
_BULLETIN = re.compile(r"通报|督[查导办](?:情况|单|通知|专报)|交办|暗访|问题清单|整改(?:通知|清单)")
_HEAD = 3
"""Among how many first paragraphs the title of a text stands."""
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_CLOSING = 4
"""How many of the last paragraphs may hold the sentence that covers all."""


def is_bulletin(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a text tells of points that were found (通报), and not of a plan's tasks."""
    return any(_BULLETIN.search(one.text) for one in paragraphs[:_HEAD])


def closing_sentence(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The paragraph near the end that says when all of it must be done."""
    for paragraph in reversed(paragraphs[-_CLOSING:]):
        text = paragraph.text
        if labelled(text).units or (mark_of(text)[0] and not _OF_THE_POINTS.search(text)):
            continue
        if _FOR_ALL.search(text) and _FINISH.search(text) and _WHEN.search(text):
            return paragraph
    return None


def common_deadline(paragraphs: Sequence[Paragraph]) -> Cell | None:
    """What the closing sentence says of the mending; a time for reporting back beside it is no limit of the points.

    Where the report alone has a time, the points of a bulletin must be mended by then; a plan's tasks need not be done.
    """
    paragraph = closing_sentence(paragraphs)
    if paragraph is None:
        return None
    clauses = re.split(r"(?<=[，,。；;])", _BRACKETED.sub("", paragraph.text))
    dated = [clause for clause in clauses if _WHEN.search(clause)]
    mending = [clause for clause in dated if _FINISH.search(_PAPERS.sub("", clause))]
    if not mending and not (is_bulletin(paragraphs) or any(map(_OF_MENDING.search, dated))):
        return None
    kept = [clause for clause in clauses if clause not in dated or not mending or clause in mending]
    return Cell("".join(kept), Source(None, f"¶{paragraph.number}"))
