"""Whether a date with no 前, 起 or 到 beside it (单独出现的日期) sets a deadline or is part of a name."""

import re

from rules.deadlines.items import Item
from rules.deadlines.line import Line
from rules.deadlines.words import Kind

CLAUSE_OPENS = re.compile("(?:^|[,;。:、(|｜]|(?<![少低多大小等高])于|在|(?<!达)到|力争|确保|争取|计划)$")
CLAUSE_CLOSES = re.compile("$|[,;。:、)|｜]")

DOING = re.compile(
    "[,、:]|$|起|要|将|拟|应|须|力争|争取|确保|计划|预计|在|对|各|全面|基本|全部|总体|率先|有所|实现|完成|建成|达到|启动|开展|推广|推进|出台"
    "|覆盖|培育|创建|改造|建设|打造|形成|构建|健全|提升|提高|增加|新建|新增|新改|新开|制定|组织|举办|召开|编制|落实|巩固|通过|取得|完善"
    "|建立|整治"
)
"""What behind a lone year says that something is to be done in it."""

COMPLETES = re.compile(
    "(?:[要将可拟应须]|确保|力争|争取|计划|预计|全面|基本|全部|总体|率先|整体|如期|主体(?:工程)?){0,3}"
    "(?:完成|完工|竣工|建成|投用|投运|投入使用|通车|办结|达标|验收|交付|实现|收官|见效)(?!了|后|[^,;。]{0,12}的(?:[^,;。]|$))"
)
"""What makes the lone year right before it, in the middle of a clause, the one by whose end it is done."""

OF_WHICH_YEAR = re.compile(
    "年?度?(?:已|新|未|拟|计划)?(?:完成|建成|竣工|开工|新建|改造|创建|命名|认定|下达|评选|实施|投用)的"
)
"""2026年建成的小区 tells which ones are meant."""

YEAR_IN_A_NAME = re.compile(
    "[0-9]|年?度?[^,;。:]{0,20}?(?:工作|重点|要点|计划|方案|总结|报告|考核|考评|测评|评估|评价|目标|任务|预算|财政|文件|指标|项目|名单"
    "|通知|通报|大会|会议|两会|版|级|中层|春节|细则|白皮书|学期|活动|竞赛|审计|招聘|招生|度|以?前|来)"
)
"""What behind a lone year makes it part of a name."""


def stands_alone(line: Line, items: list[Item]) -> bool:
    """Whether a date with no 前, 起 or 到 beside it sets a deadline: 3月, 6月30日, 上半年, but not 15日 or 春节."""
    first = items[0].first
    if items[0].last:
        return first.names_days
    if first.lone_month and line.sees(Kind.EVENT, Kind.TERM):
        return False
    if first.lone_year:
        return _lone_year_binds(line, items[0])
    if first.names_shift or first.needs_month or not first.names_days:
        return _clause_opens(line, items[0]) and (first.clock is not None or _clause_ends(line)) and first.names_days
    return first.feast is None


def _lone_year_binds(line: Line, item: Item) -> bool:
    """2021年全面推广 is due at its end; 2021年工作要点 is a name, a year gone by a fact, 今年 mostly an adverb."""
    before, behind = line.before(item.begin), line.behind(item.end)
    if not before and not behind:
        return True
    gone = (item.first.year or 0) < (line.timeline.plan_year or 0) and not item.first.masked
    if gone or OF_WHICH_YEAR.match(behind):
        return False
    if not _clause_opens(line, item):
        return not item.first.adverb and COMPLETES.match(behind) is not None
    if not item.first.adverb:
        return DOING.match(behind) is not None or not YEAR_IN_A_NAME.match(behind)
    return behind.startswith(("完成", "实现", "建成", "达到", "全面", "基本", "启动", "开工"))


def _clause_opens(line: Line, item: Item) -> bool:
    return CLAUSE_OPENS.search(line.before(item.begin)) is not None


def _clause_ends(line: Line) -> bool:
    return CLAUSE_CLOSES.match(line.behind(line.place)) is not None
