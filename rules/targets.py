"""Measurable demands (目标值): 知晓率达到100%, 不少于20小时, 每20米一处, 不超过8人/万车, as typed values.

Deadlines, points of a score (扣1分) and names with numbers in them (第三季度, 5A级) are no targets.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rules.reading import Target
from rules.spelling import Spelt, spell

_DIGITS = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}

_NUMBER = f"[0-9]{{1,9}}(?:\\.[0-9]{{1,4}})?|[{''.join(_DIGITS)}十百千]{{1,6}}|半(?=个)"
_NUMERAL = re.compile(f"[0-9{''.join(_DIGITS)}十百千半]")
_TIME = "个?工作日|自然日|个?小时|个?学时|个?课时|分钟|个月|个?学期|周年?|天|日|年"
_COUNTS = (
    "人次|户次|车次|场次|批次|平方公里|平方千米|立方米|平方米|公顷|公里|千米|厘米|毫米|分贝|dB|公斤|千克|毫克|个?百分点|万元|亿元"
    "|名|人|户|家|处|幅|块|条|件|份|次|期|场|项|座|辆|台|套|米|亩|吨|元|篇|支|队|批|例|起|只|所|间|棵|株|盏|张|本|册|门|轮|遍|类|种|升|℃"
    "|㎡|m2?|km2?|t|个|倍|部|栋|幢|桶|组|节|站"
)
_UNIT = f"%|‰|{_TIME}|{_COUNTS}|分(?![钟部之区局为别工类管级批期])"
_AT_LEAST = (
    "不(?:得|应|能)?(?:少|低|小)于|不下于?|至少|最少|最低|达到|达(?![标成])|≥|>="
    "|(?:提高|提升|增加|增长|增|扩大)(?:到|至)|(?:保持|稳定|维持)在"
)
_AT_MOST = (
    "不(?:得|应|能)?(?:超过|多于|高于|大于|突破)|至多|最多|最高|≤|<=|控制(?:在|到)"
    "|(?:压缩|压减|缩短|缩减|降低|减少|下降|降|减|限制)(?:到|至|在)"
)
_WORDS = {
    ">=": _AT_LEAST,
    "<=": _AT_MOST,
    ">": "超过|高于|大于|多于|突破|>",
    "<": "低于|少于|小于|<",
    "=": "为|=",
}
_BEHIND = {">=": "(?:及|或)?以上|及以上", "<=": "(?:及|或)?以[内下]|之内", "=": "左右|上下"}

_TARGET = re.compile(
    f"(?:(?P<said>{'|'.join(_WORDS.values())})[到至在约: ]?)?(?<![0-9.第A-Za-z])"
    f"(?:百分之(?P<percent>{_NUMBER})|(?:(?P<low>{_NUMBER})(?:{_UNIT})?[-至到])?(?P<number>{_NUMBER})(?P<scale>[百千]?[万亿])?[余多]?"
    f"(?P<unit>{_UNIT})(?!内)(?P<per>/[0-9]*[一-鿿A-Za-z·]{{1,4}})?)(?P<then>{'|'.join(_BEHIND.values())})?"
)
_CLAUSE = re.compile("[^,;。、!?:()\n]+")
_SCORED = re.compile(
    "扣|加分|奖励|酌情|一票否决|[记计得][0-9.]+分|每(?:少|缺|低|高|下降|降低|增加|提高|提升|超|发现|出现|多|有|差)"
)
_PERIOD = re.compile("每个?(年|季度|季|月|周|天|日|学期|学年|旬)度?|[一全](年)度?|(年)[内均]|(月)均")
_EACH = re.compile(
    f"每((?:{_NUMBER})?[百千万]?(?:平方公里|平方米|公里|千米|米|人|户|名[一-鿿]{{0,3}}|辆|处|栋|班"
    "|个?(?:社区|街道|乡镇|镇|村|小区|学校|校区|班级|单位|点位|路段)))"
)
_LEADING = re.compile(
    "(?:[0-9]{1,2}[.)]|确保|力争|实现|争取|保证|做到|努力|全面|基本|其中|并|且|要|应|须|必须|将|使|把|对|到|在|由|拥有|开展|组织|举办|平均"
    "|今年|本年度|年底前?|20[0-9]{2}年(?:[底末]前?)?|[0-9]{1,2}月(?:[底末份])?前?)++"
)
_TRAILING = re.compile(
    "(?:的|为|是|要|应|须|必须|需|均|都|并|总共|共计?|累计|约|各|分别|平均|目标|达|再|可|能|上|力争|确保|争取|努力)++$"
)
_ACTS = re.compile(
    "(?:新建|改建|扩建|改扩建|建设|建成|改造|新增|增加|增设|举办|开展|组织|召开|发布|发放|完成|推出|推动|推进|设置|设立|配备|安装|投放"
    "|打造|创建|培育|选择|选树|评选|查处|制作|张贴|悬挂|刊播|播放|拥有|涉及|提供|编印|印发|出动|清理|整治|拆除|种植|招募|报送|撰写|刊发"
    "|有|设|建|等|及|和)++$"
)
_NO_NOUN = re.compile("工作日|自然日|小时|方面|环节|阶段|原则|结合|确保|坚持|必须|不准|统一|到位|明确|月|层次|步骤")
_FORBIDS = re.compile("(?:不得|不能|不应|不可|禁止|无)(?:有|出现|存在|发生)?$")
_NOUN = re.compile(
    "(?:的|规范化?)?((?:(?!异地|全国|开展|达到|以[上内下]|并|且|进行|实现|办理|完成|内)[一-鿿A-Za-z]){1,12})"
)
_LONGEST_SUBJECT = 20
_LONGEST_CLAUSE = 60


class _Found(NamedTuple):
    """A number with its unit, in the clause at begin..end of the text."""

    match: re.Match[str]
    text: str
    begin: int
    end: int

    @property
    def before(self) -> str:
        return self.text[max(self.begin, self.match.start() - _LONGEST_CLAUSE) : self.match.start()]

    @property
    def behind(self) -> str:
        return self.text[self.match.end() : self.end]


def read_targets(text: str) -> tuple[Target, ...]:
    """Every target of a text in its order; a span such as 3-5次 gives its least and its most."""
    spelt = spell(text)
    targets: list[Target] = []
    for clause in _CLAUSE.finditer(spelt.text):
        if not _NUMERAL.search(clause[0]) or _SCORED.search(clause[0]):
            continue
        begin, subject = clause.start(), ""
        for match in _TARGET.finditer(spelt.text, clause.start(), clause.end()):
            found = _Found(match, spelt.text, begin, clause.end())
            if _is_target(found):
                targets += _targets(spelt, found, subject)
                begin, subject = match.end(), targets[-1].subject
    return tuple(targets)


def _is_target(found: _Found) -> bool:
    """Whether the number demands something: a length of time and a score do so only with a word such as 不少于."""
    match, unit = found.match, found.match["unit"]
    if match["percent"]:
        return True
    if found.text[match.start("low" if match["low"] else "number") - 1 : match.start("number")].startswith("每"):
        return False
    said = bool(match["said"]) and match["said"] not in ("为", "=")
    if re.fullmatch(_TIME, unit):
        return said and not (unit == "年" and _amount(match["number"], None) > 100)
    if unit == "分":
        return said or match["then"] in ("以上", "及以上")
    if said or match["then"] or unit in "%‰":
        return True
    if _NO_NOUN.match(found.behind):
        return False
    if match["number"][0].isdecimal():
        return True
    return bool(_EACH.search(found.before) or _PERIOD.search(found.before)) or (
        match["number"] not in ("一", "半") and unit in "次期场处幅块座篇条名支批"
    )


def _targets(spelt: Spelt, found: _Found, before: str) -> Iterator[Target]:
    match = found.match
    subject, begin, end = _subject(found)
    subject = subject or before or _earlier_subject(found)
    words = spelt.source[begin:end].strip()
    unit = "%" if match["percent"] else re.sub("^个(?=工作日|百分点|小时|学时|课时)", "", match["unit"])
    unit += _per(found)
    value = _amount(match["percent"] or match["number"], match["scale"])
    if match["low"]:
        yield Target(words, subject, ">=", _amount(match["low"], match["scale"]), unit)
        yield Target(words, subject, "<=", value, unit)
    else:
        yield Target(words, subject, _operator(found), value, unit)


def _operator(found: _Found) -> str:
    """What the words around the number demand; a bare share is a floor, a bare count is exact."""
    for said, words in (("then", _BEHIND), ("said", _WORDS)):
        for op, pattern in words.items():
            if found.match[said] and re.fullmatch(pattern, found.match[said]):
                return "<" if op == ">=" and _FORBIDS.search(found.before) else op
    return ">=" if found.match["percent"] or found.match["unit"] in "%‰" else "="


def _per(found: _Found) -> str:
    """/万车 as written, /年 for 每年 and 一年, /20米 for 每20米."""
    if found.match["per"]:
        return found.match["per"]
    each = "".join(f"/{thing.removeprefix('个')}" for thing in _EACH.findall(found.before))
    periods = [next(filter(None, groups)) for groups in _PERIOD.findall(found.before)]
    return each + "".join(f"/{period}" for period in dict.fromkeys(periods))


def _subject(found: _Found) -> tuple[str, int, int]:
    """What is measured, found before the number or behind it, and where the words of the target begin and end."""
    begin, end = found.match.span()
    before = _bare(found.before)
    core = _ACTS.sub("", before)
    behind = _NOUN.match(found.behind)
    if behind and (not core or core != before):
        return behind[1], begin, end + behind.end()
    subject = (core or before)[-_LONGEST_SUBJECT:]
    place = found.text.rfind(subject, found.begin, begin) if subject else begin
    return subject, place, end


def _earlier_subject(found: _Found) -> str:
    """What the clause before is about: 开展定期督导，一年不少于4次."""
    clauses = _CLAUSE.findall(found.text[max(0, found.begin - _LONGEST_CLAUSE) : found.begin])
    if not clauses or _TARGET.search(clauses[-1]):
        return ""
    return _bare(clauses[-1]).rsplit("的", 1)[-1][-_LONGEST_SUBJECT:]


def _bare(words: str) -> str:
    """The words without 每月, 确保 and 达到 around what they are about: the last stretch that says something."""
    stretches = _EACH.sub("\0", _PERIOD.sub("\0", words)).split("\0")
    return next(filter(None, map(_trimmed, reversed(stretches))), "")


def _trimmed(words: str) -> str:
    leading = _LEADING.match(words)
    return _TRAILING.sub("", words[leading.end() :] if leading else words).strip()


def _amount(number: str, scale: str | None) -> float:
    """20, 1.5万, 三十, 半 as a number."""
    if number == "半":
        value = 0.5
    elif number[0].isdecimal():
        value = float(number)
    else:
        value = float(_chinese(number))
    return value * _SCALES[scale] if scale else value


def _chinese(number: str) -> int:
    total, digit = 0, 0
    for char in number:
        if char in _TENS:
            total, digit = total + max(digit, 1) * _TENS[char], 0
        else:
            digit = _DIGITS[char]
    return total + digit
