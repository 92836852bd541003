"""One run of text without marks (语段) as names and joints: 由市城管局会同市公安局整治 holds two names, a predicate."""

import re
from functools import lru_cache
from typing import NamedTuple

from rules.units.apart import split_names
from rules.units.joints import PARTS, Found, Joint, find_joints, next_role, opens_with_joint, without_adverbs
from rules.units.names import closes, ends_like_unit, is_person, is_short
from rules.units.words import CLASS_NOUNS, LEVELS, SURNAMES, TITLES, words

_NUMBERED = re.compile(
    "(?!1[12][0-9](?:指挥|急救|报警|接警|热线))[0-9]{1,3}(?:[.](?![0-9])|(?![0-9个家名条处支级号院中小]))|[★☆▲△*※#]+"
)
_TRAILING = re.compile("[0-9.-]+$|[★☆▲△*※#.…_-]+$")
_CLASSES = "部门|单位|机关|机构|企业|地方|地区|县区|区县|县市区?|街道|乡镇|镇街|社区|科室|村|县|区|镇|人员?|同志|方面"
_AND_OTHERS = re.compile(f"(?:[0-9一二三四五六七八九十百几多]+余?多?[个家]?)?(?:{_CLASSES})(?![一-鿿]*[局委办部厅院])")
"""等部门, 等10个单位: says that there are more, and names none."""
_ENDS_IN_A_NAME = re.compile(f"[{LEVELS}各][一-鿿]{{1,12}}[局委办厅部院会队道]$")
_APPENDED = re.compile(
    "(?:[两三四五六七八九十]|[0-9]{1,2})[个家]?(?:部门|单位|部委|局|委)$"
    "|(?:主要|分管|相关|有关|具体)?(?:负责人|责任人|负责同志|一把手|联络员|联系人)$"
)
"""市公安局、市交通局两部门 counts the names before it; 市公安局负责人 answers for the unit."""
_OFFICER = re.compile(f"(?:{'|'.join(TITLES)})[{SURNAMES}][一-鿿]{{1,2}}$")
"""局长张三: a title before the name."""
_PLURAL = re.compile("(?:部门|单位|机关|机构|企业)$")
_TO_THE_NEXT = re.compile("[和及与等]")
_ENDS_A_NAME = re.compile("等|以?及")
_LONGEST_TAIL = 10
_STARTS_AN_OBJECT = re.compile(f"[各本{LEVELS}]|有关|相关|全[体市区县部]|所[有属辖在]")
_OVERSEEING = frozenset(words("组织 督查 督导 检查 监督 考核 统筹 协调 推进 推动 指导 调度 审核 清理 整治 治理"))
_OFFICE = re.compile("(?:[局委办厅部处科股室组队所站会]|中心|指挥部|专班)$")
"""What a name with such a word ends in: 督查室. 督查物业公司 is a predicate and its object."""
_NO_ADVERBS = (Joint.AND, Joint.ETC)


class Mark(NamedTuple):
    """A name (joint is None) or a joint at start..end of the run."""

    start: int
    end: int
    joint: Joint | None = None
    closed: bool = True
    doubtful: bool = False
    person: bool = False


@lru_cache(maxsize=16384)
def read_run(run: str) -> tuple[Mark, ...]:
    """The names and joints of the run in order. What follows a predicate is no name, save behind 会同."""
    marks: list[Mark] = []
    start, telling = 0, False
    for found in find_joints(run):
        if found.start < start:
            continue
        if telling and found.joint not in (Joint.WITH, Joint.BY):
            marks += _overlooked(run, start, found)
            continue
        end = found.start
        if found.joint not in _NO_ADVERBS and not ends_like_unit(run[start:end]):
            end = without_adverbs(run, start, end)
        if not _holds(run, start, end, found):
            continue
        if not telling and found.joint not in (Joint.BY, Joint.OF):
            marks += _names(run, start, end)
        telling = found.joint in (Joint.TELL, Joint.OF)
        start = found.end
        if found.joint is Joint.ETC and (others := _AND_OTHERS.match(run, start)):
            start = others.end()
        marks.append(Mark(found.start, start, found.joint))
    if start < len(run) and not telling:
        marks += _rest(run, start, marks)
    return tuple(marks)


def _overlooked(run: str, start: int, found: Found) -> list[Mark]:
    """A unit that may stand in the predicate with a part of its own: 加强管理市城管局负责."""
    if found.strong and found.joint in PARTS and _ENDS_IN_A_NAME.search(run, start, found.start):
        return [Mark(start, found.start, Joint.TELL, doubtful=True)]
    return []


def _holds(run: str, start: int, end: int, found: Found) -> bool:
    """Whether the word is a joint here, or a part of a name."""
    left = run[start:end]
    if found.joint is Joint.AND:
        return _parts_names(run, left, found)
    if found.joint in (Joint.TELL, Joint.THEN):
        if found.strong and (ends_like_unit(left) or not left):
            return True
        return (ends_like_unit(left) or is_short(left) or not left) and not _is_in_a_name(run, found)
    if found.strong:
        return True
    whole = ends_like_unit(left) or is_short(left) or not left
    if found.joint is Joint.WITH:
        return whole and _names_a_unit(run[found.end :])
    return whole and not _is_in_a_name(run, found)


def _parts_names(run: str, left: str, found: Found) -> bool:
    """和 parts 公安局和消防队, not 教育和体育局, nor the group 有关部门和单位."""
    right = _TO_THE_NEXT.split(run[found.end : next_role(run, found.end)], maxsplit=1)[0]
    if not left:
        return bool(right)
    if right in CLASS_NOUNS and (_PLURAL.search(left) or left.endswith(("党委", "地区", "地方"))):
        return False
    if ends_like_unit(left) or is_person(left):
        return True
    return is_short(left) and (is_short(right) or is_short(_PLURAL.sub("", right)) or right[:1] in f"各{LEVELS}")


def _is_in_a_name(run: str, found: Found) -> bool:
    """Whether a name goes on over the word: 督查室, 指导中心, but not 督查各街道."""
    end = min(next_role(run, found.end), found.end + _LONGEST_TAIL)
    inner = _ENDS_A_NAME.split(run[found.end : end], maxsplit=1)[0]
    word = run[found.start : found.end]
    if not inner:
        return is_short(word) and not (found.joint is Joint.ASSESSOR and found.start)
    if _STARTS_AN_OBJECT.match(inner):
        return ends_like_unit(word + inner[0]) and not _names_a_unit(_TO_THE_NEXT.split(inner, maxsplit=1)[0])
    tail = word + _ENDS_A_NAME.split(run[found.end : next_role(run, found.end)], maxsplit=1)[0]
    if _OFFICE.search(tail) and ends_like_unit(tail):
        return True
    ends = [word + inner[:length] for length in range(1, len(inner) + 1) if ends_like_unit(word + inner[:length])]
    return bool(ends) and (word not in _OVERSEEING or any(map(_OFFICE.search, ends)))


def _names_a_unit(text: str) -> bool:
    """Whether a whole name stands at the start of the text, before any predicate."""
    return any(mark.joint is None and mark.closed for mark in read_run(text)[:1])


def _rest(run: str, start: int, marks: list[Mark]) -> list[Mark]:
    """What stands behind the last joint: names, or a predicate."""
    last = marks[-1].joint if marks else None
    rest = run[start:]
    opens_names = last in (None, Joint.BY, Joint.AND, Joint.ETC, Joint.WITH)
    if opens_names or (last is not Joint.THEN and (ends_like_unit(rest) or is_short(rest))):
        return _names(run, start, len(run))
    return [Mark(start, len(run), Joint.TELL)]


def _names(run: str, start: int, end: int) -> list[Mark]:
    """The names in start..end, without numbers before and behind them."""
    if numbered := _NUMBERED.match(run, start, end):
        start = numbered.end()
    if trailing := _TRAILING.search(run[start:end]):
        end = start + trailing.start()
    if (appended := _APPENDED.search(run[start:end])) and closes(run[start : start + appended.start()]):
        end = start + appended.start()
    name = run[start:end]
    if not name:
        return []
    if is_person(name):
        return [Mark(start, end, person=True)]
    if ends_like_unit(name):
        apart = split_names(name)
        return [Mark(start + a, start + b, doubtful=apart.doubtful) for a, b in apart.names]
    if is_short(name):
        return [Mark(start, end)]
    return _unfinished(run, start, end)


def _is_predicate(words: str) -> bool:
    return words[0].isdecimal() or opens_with_joint(words)


def _unfinished(run: str, start: int, end: int) -> list[Mark]:
    """A name with a person's behind it (市城管局张三), one with words that aren't understood, or an unknown name."""
    if _OFFICER.search(run[start:end]):
        return [Mark(start, end, person=True)]
    for place in range(end - 1, start + 1, -1):
        if not ends_like_unit(run[start:place]):
            continue
        rest = run[place:end]
        if is_person(rest):
            return [*_names(run, start, place), Mark(place, end, person=True)]
        if len(rest) > 1:
            return [*_names(run, start, place), Mark(place, end, Joint.TELL, doubtful=not _is_predicate(rest))]
    return [Mark(start, end, closed=False)]
