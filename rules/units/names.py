"""What a name is (单位名称): a unit, a group of units, a person, or none of these. Nothing here looks at sentences."""

import re
from functools import lru_cache

from rules.units.words import (
    AREAS,
    COMPOUND_SURNAMES,
    ENDINGS,
    FALSE_ENDINGS,
    LEVELS,
    SHORT_NAMES,
    SURNAMES,
    TITLES,
)

HIDDEN = "\0"
"""Stands for each character of a bracket that belongs to a name."""

RANKS = {
    ending: (rank, is_area)
    for is_area, ranks in ((False, ENDINGS), (True, AREAS))
    for rank, endings in ranks.items()
    for ending in endings
}
"""The rank of each ending, and whether it ends the name of a place."""
_ENDINGS = tuple(RANKS)
_NO_ENDING = HIDDEN + '"'
_LONGEST_ENDING = max(map(len, RANKS))
SHORT = frozenset(SHORT_NAMES)

_SHORT_OF = re.compile(f"[{LEVELS}]级?|中国|国家")

GROUP_START = "各|全[体部省市县区镇乡街村校院系局]|所有|有关|相关|其他|其它|其余|众多"
_FALSE_BUT_FOR_GROUPS = re.compile(f"(?:{GROUP_START}|.*各|.*级以上).*[省市县区镇乡街村位室处站]$")
_GROUP = re.compile(
    f"(?:{GROUP_START})|.*各|.*(?:有关|相关|成员|责任|职能|直属|所属|下属|市直|县直|区直|省直|驻)[^局委办]*(?:部门|单位|机关|机构)$"
    f"|[0-9一二三四五六七八九十百几两多]+[个家名大].|(?:基层|二级|属地|辖区|[{LEVELS}]+级?)?(?:部门|单位|街道|社区|乡镇|镇街|学院|学校|中小学|村居|园区|科室|医院|企业|媒体)$|.+(?<!融)媒体$"
)
_WRITER = re.compile(
    "[我本该其](?:局|委|办|单位|部门|院|校|市|区|县|镇|乡|街道|社区|村|中心|公司|科室?|处|站|所|级)(?!各|[^、]{0,4}媒体)"
)
"""Behind 本市各 stands a group: of all in the city, not the writer alone."""
_NO_NAME = re.compile(
    "(?:暂?无|没有|空|略)(?:单位|部门|配合单位|牵头单位)?$|[-—/\\\\]+$"
    "|(?:分级|属地|层层|逐级|归口|对口|首问|全程|终身|人人|党政|上下|条块|专门)$"
)
_NOT_GIVEN = re.compile(
    "待定|待明确|待确定|另行|同(?:上|前|第|[0-9])|详?见[附上下表]|[xX×某]+(?:局|委|办|单位|部门)$|未定|未明确"
)
_SUPERIOR = re.compile("(?:有关|相关|各)?上级[^局委办厅]{0,6}(?:部门|单位|机关|党委|政府)$")
_GIVEN = "一-鿿"
_PERSON = re.compile(
    f"(?!施工|管理)(?:[{SURNAMES}]|{'|'.join(COMPOUND_SURNAMES)})[{_GIVEN}]{{1,2}}$|[{SURNAMES}][某xX×*]{{1,2}}$"
)


def closes(name: str) -> bool:
    """Whether the text ends as the name of a unit does, or is one of the short names departments go by."""
    return ends_like_unit(name) or is_short(name)


@lru_cache(maxsize=8192)
def ends_like_unit(name: str) -> bool:
    bare = name.rstrip(_NO_ENDING)
    if len(bare) < 2 or not bare.endswith(_ENDINGS):
        return False
    return not bare.endswith(FALSE_ENDINGS) or bool(_FALSE_BUT_FOR_GROUPS.match(bare))


@lru_cache(maxsize=8192)
def is_short(name: str) -> bool:
    """公安, 市住建, 省级财政, 中国移动: a department without its ending."""
    return name in SHORT or bool(_SHORT_OF.match(name) and _SHORT_OF.sub("", name, count=1) in SHORT)


def rank(name: str) -> tuple[int, bool]:
    """The rank of the longest ending of a name, and whether it is the name of a place."""
    bare = name.rstrip(HIDDEN)
    lengths = range(min(_LONGEST_ENDING, len(bare)), 0, -1)
    return next((RANKS[bare[-length:]] for length in lengths if bare[-length:] in RANKS), (1, False))


@lru_cache(maxsize=8192)
def is_group(name: str) -> bool:
    """成员单位组: whether the name stands for several units, as 各街道 and 市直有关部门 do."""
    return bool(_GROUP.match(name))


def is_person(name: str) -> bool:
    """Whether the name ends in a title (副局长), or looks like a person's: a surname and one or two characters."""
    if name.endswith(TITLES):
        return not ends_like_unit(name)
    return bool(_PERSON.match(name)) and not closes(name)


@lru_cache(maxsize=8192)
def is_nobody(name: str) -> bool:
    """无, 本部门, 属地: nobody, or a writer or owner whom the text does not name."""
    return bool(_NO_NAME.match(name) or _WRITER.match(name)) or name in {"各自", "双方", "自行", "自身"}


def is_superior(name: str) -> bool:
    """上级部门: a unit there is, but above the one that writes, so that no table of its own can bind it."""
    return bool(_SUPERIOR.match(name))


@lru_cache(maxsize=8192)
def is_left_open(name: str) -> bool:
    """待定, 同上, 详见附件: a unit there is, but not here."""
    return bool(_NOT_GIVEN.match(name))
