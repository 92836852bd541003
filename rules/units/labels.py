"""Labels (栏目名): 牵头单位：, 配合部门, 责任人: what stands before names, in a text or as the header of a column."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rules.units.words import LEVELS, Part

_ROLES: dict[Part, str] = {
    Part.SUPPORT: "配合|协办|协助|参与|参加|支持|协同|协作|会办|参建|联办|辅助|协管|成员(?=单位|部门)|协(?= *:)",
    Part.LEAD: "总?牵头|主办|主责|第一责任|主要责任|总?统筹|主(?= *:)",
    Part.DUTY: (
        "被(?:考核|考评|督查|检查|督办|评价)|(?:第[二三四]|次要|主)?责任|负责|承办|承接|实施|落实|执行|完成|承担|主管|整改|包保|包片|包联|包抓"
        "|包干|帮扶|挂钩|挂包|挂点|联系|结对|属地|建设|管理|报送|填报|申报|办理|归口|行业主管|具体|组织|项目|经办"
    ),
    Part.ASSESSOR: (
        "(?:负责)?(?:考核|考评|验收|督查|督办|督导|检查|监督|评估|评价|测评|监管|评分|打分|审核|复核|评审|认定)(?:考核|验收|检查)?"
    ),
}
_PLACES = "单位|部门|科室|处室|机构|主体|方|街道|地区|组室|股室"
_PEOPLE = (
    "领导|责任人|负责人|联系人|联络员|经办人|牵头人|承办人|人员?|校长|局长|同志|联系(?:电话|方式)|电话|手机|姓名|职务"
)
_OTHERS = (
    "(?:完成|整改|办理|工作)?(?:时限|时间|期限|时间节点|节点|日期|频次)|备注|说明|目标(?:任务)?|标准|进度|地址|地点|分值|权重|得分|扣分"
    "|(?:重点|工作|主要|具体)?(?:任务|内容|措施|举措|要求)|依据"
)

_ANY_ROLE = "|".join(_ROLES.values())
_AND = "[/、及和与或-]"
_ROLE = "|".join(f"(?P<{part.value}>{pattern})" for part, pattern in _ROLES.items())
_HEAD = f"(?:[省市县区镇]级)?(?:{_ROLE})(?:{_AND}(?:{_ANY_ROLE})|\\([^()]{{1,6}}\\))?(?:责任|牵头|落实)?"
_LEADER = f"(?:{_ANY_ROLE}|分管|主要|包案|[县市区]级|单位){{0,3}}(?:{_PEOPLE})"
_ALSO = f"(?:{_AND}(?:{_ANY_ROLE})?(?:{_PLACES}|{_PEOPLE}){{1,2}}|\\([^()]{{1,10}}\\)){{0,3}}"
_TAKEN = "|".join(f"(?P<in_{part}>{_ROLES[part]})" for part in (Part.LEAD, Part.SUPPORT))
_TAKES = f"(?:\\((?:{_TAKEN})(?:{_PLACES})?\\))"
"""责任单位（牵头）: the bracket says which part the responsible unit takes."""
_TITLE = f"(?:{_LEADER}{_AND})?{_HEAD}(?:{_PLACES})?(?:名称)?{_TAKES}?{_ALSO}"
_NOT_PEOPLE_OF = f"(?<![{_PLACES.replace('|', '')}])"
_GLUED = f"(?:(?:为|是)(?!了)|(?=[{LEVELS}][一-鿿]{{2}})|[ \\n]+(?=[一-鿿]))"
_HOLDS_UNITS = f"(?=[^()]*[{LEVELS}局委办府会部院司心处站所道团校队厅社联]\\)(?:$|[;,。、 \n]))"
"""牵头单位（市公安局）: the bracket holds the units that the label is about."""
_LABEL = re.compile(
    f"(?P<nobody>{_NOT_PEOPLE_OF}(?:{_LEADER}|{_OTHERS}) *:)"
    f"|(?<!各){_TITLE} *:"
    f"|(?:^|(?<=[\\s;,。()由、])){f'{_HEAD}(?:{_PLACES}){_TAKES}?'.replace('?P<', '?P<noun_')}{_GLUED}"
    f"|(?:^|(?<=[\\s;,。、])){_HEAD.replace('?P<', '?P<open_')}(?:{_PLACES})\\((?!{_ANY_ROLE}){_HOLDS_UNITS}"
)
_HINT = re.compile(f":|(?:{_PLACES})\\(|(?:{_PLACES})(?:\\([^()]{{1,6}}\\))?[为是 \\n{LEVELS}]")
"""What every label ends in; most texts hold none."""
_HEADER = re.compile(f"{_TITLE}(?:[列栏]|一栏)?$")
_PERSON_HEADER = re.compile(f"{_LEADER}$")
_FIRST_LEADS = re.compile("(?:第一|首|最前|前面|排名?在?前)[^;。]{0,8}(?:为|是|即)[^;。]{0,4}牵头")
_HOLDERS = re.compile(f"{_PLACES}|{_PEOPLE}")
_LONGEST_HEADER = 24


class Label(NamedTuple):
    """A label at start..end of a text and the part it gives to the names behind it."""

    start: int
    end: int
    part: Part


def find_labels(text: str) -> Sequence[Label]:
    """Every label in a text, 牵头单位： as well as 配合部门 before a line break."""
    if not _HINT.search(text):
        return ()
    return [Label(match.start(), match.end(), _part(match)) for match in _LABEL.finditer(text)]


def header_part(header: str) -> Part | None:
    """The part the header of a column gives to the names in its cells; None where it gives none."""
    plain = re.sub("[ \n]+", "", header)[-_LONGEST_HEADER:]
    if match := _HEADER.search(plain):
        return _part(match)
    return Part.NOBODY if _PERSON_HEADER.search(plain) else None


def context_part(context: str) -> Part | None:
    """The part a context gives as a header would; a matter that ends like one (网吧检查) gives none."""
    plain = re.sub("[ \n]+", "", context)
    return header_part(plain) if _HEADER.fullmatch(plain) or _HOLDERS.search(plain) else None


def first_leads(text: str) -> bool:
    """列第一位的为牵头单位: the convention some tables write over their column."""
    return bool(_FIRST_LEADS.search(text))


def _part(match: re.Match[str]) -> Part:
    return Part((match.lastgroup or "").removeprefix("noun_").removeprefix("open_").removeprefix("in_"))
