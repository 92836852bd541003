"""Whether a text looks like the names of units (像单位名称) and nothing else, or names those who have authority."""

import re
from functools import lru_cache

_PARTS = re.compile(r"[、，,；;。\s及和与]+|等(?=[、，,；;及和与有各相国省市县区]|$)")
_ENDS = re.compile(
    r"(局|委|办|部|厅|处|科|室|站|所|院|校|会|社|队|厂|园|库|馆|中心|公司|集团|银行|政府|地区|街道|社区|镇|乡|村|团委|工委|党委|大学|医院"
    r"|电视台|[妇残侨文社商]联|[科作记侨]协|关工委|支部|学校|小学|中学|幼儿园|法院|检察院|派出所|窗口|片区|网格|单位|部门|科室|机关|企业|物业|组|(?:各[^、]{0,10}|社会|群团|党|团|基层|服务|自治|行业|文艺|公益|志愿|慈善|民间)组织|(?:各|有关|相关)[^、]{0,8}[市县区])(（.*?）|\(.*?\))?$"
)
_VERBS = re.compile(
    r"加强|推进|开展|落实|建设(?![局厅部委科处办集公银中])|完善|建立|做好|组织(?![部委科处室人、，,；;]|$)|按照|确保|提升|进行|负责|完成|。|：|:|工作会|机制|活动"
)
_LONGEST = 18
_KINDS = r"[（(][市区县旗乡镇街道、，,/]{1,8}[)）]"
"""各县（市、区）: the bracket belongs to the name."""
_OF_NAME = re.compile(rf"(?<=[县市区镇乡]){_KINDS}")
_ASIDE = re.compile(rf"(?!{_OF_NAME.pattern})[（(【\[].*?[)）】\]]")
# Places that are inspected (社区, 医院, 学校) look like units, too; only authorities answer for what stands below.
_AUTHORITY = re.compile(
    r"\S{1,16}(?:局|委|办|部|厅|政府|街道|街道办事处|管委会|委员会|办公室|公司|大队|支队)|\S*[^乡村城市\s](?:镇|乡)"
    rf"|各\S{{0,6}}?[县市区镇乡]{_KINDS}"
)
_LISTED = re.compile(r"[、，,](?![^（(]*[)）])|和(?=\S{2})|及")


@lru_cache(maxsize=8192)
def looks_like_units(text: str) -> bool:
    if not text or len(text) > 400 or _VERBS.search(text):
        return False
    parts = [part for part in _PARTS.split(re.sub(r"[（(][^（）()]*[)）]", "", text)) if part]
    named = sum(bool(_ENDS.search(part)) and 2 <= len(part) <= _LONGEST for part in parts)
    return bool(parts) and named * 5 >= len(parts) * 4


def without_asides(text: str) -> str:
    """A text without its brackets, save those that belong to a unit's name."""
    return _ASIDE.sub("", text)


def closes_name(text: str, bracket: int) -> bool:
    """Whether the bracket that opens at a place belongs to the name before it (各镇（街道）)."""
    return _OF_NAME.match(text, bracket) is not None


def are_authorities(text: str) -> bool:
    """Whether a text is nothing but the names of units that can be made to answer (区城管局、东湖街道)."""
    parts = [part for part in _LISTED.split(text) if part]
    return bool(parts) and all(map(_AUTHORITY.fullmatch, parts)) and looks_like_units(text)
