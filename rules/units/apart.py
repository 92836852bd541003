"""Names without a separator (无分隔): where 市公安局市住建局 falls apart, and where 住建局城建科 is one."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rules.units.names import HIDDEN, RANKS, SHORT, ends_like_unit, rank
from rules.units.words import LEVELS

_LONGEST_RUN = 80
_LONGEST_NAME = 24
_EACH = re.compile("各(?![类种项式样])|全体|所有(?!制)")
_LEVEL = re.compile(
    "(?!市场|市容|市长|市区|市中心|市民(?![政族宗营防航])|市政(?![府协务法数委])|区[划域位]|县域|乡村|村[镇务]|街[道面坊])"
    f"(?:[{LEVELS}](?=[委直级属政人总]|[一-鿿]{{2}})|全国|国家|中央|国务院|团[{LEVELS}]委|共青团)"
)
_SHORT = re.compile("|".join(sorted(map(re.escape, SHORT), key=len, reverse=True)))
_SUPERIOR = re.compile(
    f"(?:[{LEVELS}党工]委|政府|国务院|中央|管委会|人大|政协|办公[厅室]|办事处|学院|大学|院|集团|公司|企业|总[社局])$"
)
_COMMITTEE = re.compile(f"[{LEVELS}]委$")
_BRANCH = re.compile("(?:支行|分行|中支)$")
_GARDEN = re.compile("(?:幼儿|公|动物|植物)园$")
_OFFICE = re.compile("(?:文明|政府|编|网信|金融|扶贫|外事|台|侨|人防|法制|信访|保密|机要|史志|双拥)办")
_SMALL_OFFICE = re.compile("[办室]$")
_HUB = re.compile(
    "(?:(?:火车|高铁|动车|铁路|汽车|客运|货运|公交|地铁|枢纽|东|西|南|北)站|机场|口岸|港口|码头|广场|景区|公园|商圈|市场|水库)$"
)
"""高铁站: a place that an office behind it looks after (高铁站综合管理办公室), unless the office names its own area."""
_CONTINUES = re.compile("员会|办?公[厅室]|监委|机关(?!事务|后勤)")
_OFFICES = frozenset("科股室处")
"""物业科: what looks whole goes on to the name of an office."""
_ALIKE = re.compile("(?:局|委|厅|部|科|处|股|支队|大队|中队|中心)$")


class Apart(NamedTuple):
    """分开: where each name begins and ends, and whether one of them may still be several."""

    names: tuple[tuple[int, int], ...]
    doubtful: bool = False


@lru_cache(maxsize=8192)
def split_names(run: str) -> Apart:
    """The names in a run; most runs hold one."""
    if len(run) < 4 or len(run) > _LONGEST_RUN:
        return Apart(((0, len(run)),))
    cuts, doubtful = [0], False
    for place in range(2, len(run) - 1):
        if run[place] == HIDDEN or run[place - 1] == '"' or not ends_like_unit(run[cuts[-1] : place]):
            continue
        begins = _begins_a_name(run[cuts[-1] : place], run[place:])
        if begins:
            cuts.append(place)
        doubtful = doubtful or begins is None
    return Apart(tuple(pairwise([*cuts, len(run)])), doubtful)


def _begins_a_name(left: str, right: str) -> bool | None:
    """Whether a name of its own begins with the right part; None where that can't be told."""
    if _goes_on(left, right):
        return False
    left_rank, left_is_area = rank(left)
    first = _first_name(right)
    if not first:
        return False
    if right.startswith("联合"):
        return None
    right_rank, right_is_area = rank(first)
    if _EACH.match(right):
        return "各" in left or (right_is_area and not left_is_area)
    if left_is_area and right[1] in "直属":
        return bool(_LEVEL.match(right))
    if left_is_area:
        return right_is_area and right_rank <= left_rank and right[0] not in LEVELS
    if _BRANCH.search(first):
        return False
    if _LEVEL.match(right):
        return not (_COMMITTEE.search(left) and first.endswith("政府") and len(first) < len(right))
    return not right_is_area and right_rank <= left_rank and _is_sibling(left, right, first)


def _goes_on(left: str, right: str) -> bool:
    """Whether the ending of the left part goes on in the right one: 街道, 园区, 办公室."""
    if left == "中心":  # 中心医院: no whole name
        return True
    longer = (left[-back:] + right[:ahead] for back in (1, 2) for ahead in (1, 2))
    return bool(_CONTINUES.match(right)) or (any(ending in RANKS for ending in longer) and not _GARDEN.search(left))


def _first_name(right: str) -> str:
    """The shortest start of the text that is a whole name."""
    for end in range(2, min(len(right), _LONGEST_NAME) + 1):
        start = right[:end]
        if ends_like_unit(start) and (end > 2 or not rank(start)[1]):
            return right[: end + 1] if right[end : end + 1] in _OFFICES else start
    return ""


def _is_sibling(left: str, right: str, first: str) -> bool | None:
    if _SUPERIOR.search(left) or _HUB.search(left):
        return False
    if not _SHORT.match(right):
        same = _ALIKE.search(first)
        return None if same and left.endswith(same[0]) else False
    if _SMALL_OFFICE.search(first) and rank(left)[0] == 1:
        return True if _OFFICE.match(right) else None
    return True
