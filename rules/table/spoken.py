"""Units spoken of in the sentence itself (句中的单位): 由甲局牵头，乙局配合; 请甲局于3月底前…; 各街道要…."""

import re
from functools import lru_cache

from rules.table.unit_words import looks_like_units

_UNITS = r"[^，,。；;：:（）()\n]{2,40}?"
_HELP = rf"(?:[^，,。；;\n]{{0,12}}[，,](?P<help>{_UNITS}(?:配合|协助|参与|协办)))?"
_BY = re.compile(rf"由(?P<lead>{_UNITS})(?P<part>牵头|负责|承办|主办|组织|落实){_HELP}")
_TIME = r"(?:[^，,。；;]{0,16}前[，,]?)?"
_FRONT = re.compile(
    rf"^\s*{_TIME}(?:请|由|责成|责令)?(?P<lead>{_UNITS})(?:(?P<part>牵头|负责){_HELP}|(?=会同|联合|[要应须需](?!求)|于\d|在\d|每|务必|抓紧|尽快|研究))"
)
_TOPIC = re.compile(r"^\s*(?:关于[^。；;：:]{2,30}|[^。；;：:，,]{2,16})[。：:]")
"""关于停车问题。 and 整治环境。 are what a sentence is about that follows."""
_LATER = re.compile(rf"[，,。；;]\s*(?P<lead>{_UNITS})(?P<part>牵头|负责)(?:落实|实施)?(?=[，,。；;]|$){_HELP}")
_ONE = r"[^，,。；;：:（）()\n、和及]{1,14}?(?:局|委|办|部|厅|街道|镇|乡|中心|公司|集团)"
_WITH = re.compile(rf"[，,]?(?:会同|联合)(?P<help>{_ONE}(?:[、和及]{_ONE})*)")


def is_given(text: str) -> bool:
    """Whether a sentence gives the task away (由甲局负责), and does not only ask something of somebody (各单位要…)."""
    return _BY.search(text[:200]) is not None


@lru_cache(maxsize=4096)
def spoken_units(text: str) -> str:
    """The units a sentence gives the task to, as a phrase for the reader of units; nothing where it names none."""
    return _spoken(text) or _spoken(_TOPIC.sub("", text, count=1))


def _spoken(text: str) -> str:
    for pattern in (_BY, _FRONT, _LATER):
        match = pattern.search(text[:200])
        if match and looks_like_units(match["lead"]):
            joined = None if match["help"] else _WITH.match(text, match.end())
            helping = f"，{match['help']}" if match["help"] else f"，{joined['help']}配合" if joined else ""
            return f"{match['lead']}{match['part'] or '牵头'}{helping}" if helping else match["lead"]
    return ""
