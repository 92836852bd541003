"""The tokeniser (分词): normalised text as a row of tokens, every character in exactly one of them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from rules.deadlines.festivals import NAMES as FESTIVALS
from rules.deadlines.numerals import NUMERALS, number
from rules.deadlines.words import COUNTERS, NEXTS, NUMERAL, ROUTINES, SAME_DAYS, SHIFTS, TIME_UNITS, WEEKS, WORDS, Kind

_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?:19|20)[0-9]{2}"
_WEEK = "(?:周|星期|礼拜)"
_COUNTED = "(?:(?:[、至到-]|或者?)?[一二两三四五六七〇-九0-9])?(?:次|期|轮|场|遍|篇|条|份|批|个|小时|度|常)"
_WEEKDAY = f"[一二三四五六日天末](?!{_COUNTED})"
_PACES = (
    f"半年度?|学年|学期|工作日|小时|年度?|季度?|半个?月|月份?|旬|双?单?{_WEEK}(?![年岁期边围])|[天日](?!常)|晚|[单双]月"
)
_CALM = "新0-9一二三四五六七八九十两本上下当每今明昨前后同整近末双单全某作生念节假纪至即次隔逐按个半"

_FORMS: dict[Kind, str] = {
    Kind.MASKED_YEAR: "(?:(?:19|20|二[〇oO])[0-9]?[xX×*_□Oo?某]{1,3}|[xX×*□]{2,4}|某)年",
    Kind.DATE: (
        rf"(?<![0-9])(?:(?P<y>{_YEAR})(?P<mark>[-./])(?P<m>{_MONTH})(?P=mark)(?P<d>{_DAY})日?"
        "|(?P<stamp>20[0-9]{2}(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9])))(?![0-9])"
    ),
    Kind.YEAR_MONTH: rf"(?<![0-9]){_YEAR}[-./]{_MONTH}(?:月份?|(?![0-9年]))",
    Kind.MONTH_DAY: rf"(?<![0-9./]){_MONTH}[./]{_DAY}[日号]?(?![0-9.%/·月个万亿元米])",
    Kind.CLOCK: (
        "(?<![0-9])(?P<h>[01]?[0-9]|2[0-4]):(?P<min>[0-5][0-9])(?![0-9])"
        rf"|(?P<hour>{NUMERAL})[时点](?![间候限段期代评检名位击赞心验滴])(?:(?P<minute>{NUMERAL})分?|(?P<past>半)|整|钟)?"
    ),
    Kind.PLAN: "(?P<plan>十[二三四五六七])五(?:规划)?(?P<stretch>期?末|期间|时期)?",
    Kind.QUARTERS: "前(?P<upto>[一二三两123])个?季度|[qQ](?P<q>[1-4])",
    Kind.WEEK: f"(?P<which>[{''.join(WEEKS)}])个?{_WEEK}(?P<weekday>{_WEEKDAY})?",
    Kind.WEEKDAYS: f"{_WEEK}{_WEEKDAY}(?:[、,和及与/至到-]?{_WEEK}?{_WEEKDAY})*|双休日",
    Kind.UNIT: (
        f"(?:(?<=每)|(?<=每个)|(?<=每逢)|(?<=逢)|(?<=隔)|(?<=按)|(?<=逐))(?:{_PACES})"
        f"|(?<![{_CALM}])(?:年|季|月|周)[均度]?(?={WORDS[Kind.MINIMUM]})"
        "|(?<=各)(?:季度|月(?=度?[底末0-9]))"
        f"|(?<![{_CALM}一-四])(?:半?年|季|月)度?(?=终了|结束(?:后|之日起))|(?<![{_CALM}一-四])季度?(?=[首末]月)|上(?:半年)?[、和及]?下半年(?=各)"
        f"|(?<![{_CALM}])(?:年|季|月)度?(?=一(?:{ROUTINES}))"
    ),
    Kind.NTH: (
        rf"(?:(?P<back>倒数)?第(?P<nth>{NUMERAL})|首|末|最后一)个?(?P<rank>{_WEEK}[一二三四五六日天](?![一二三四五六次])|{TIME_UNITS}|{COUNTERS})"
    ),
    Kind.NUMBER: (
        rf"(?<![0-9])(?<![0-9]\.)(?:[0-9]{{1,2}}\.(?=[0-9]{{1,2}}月))?(?P<n>{NUMERAL}|元(?<![0-9万千百亿公].)(?=月))"
        rf"(?:个半(?P<than>月|小时)|(?P<more>年)半(?=[以之]?内|时间|$)|(?P<of>个)?(?P<unit>{TIME_UNITS}|{COUNTERS}))"
        "|半个?(?P<half>年|月|小时|天|学期)度?"
    ),
    Kind.BARE: (
        rf"(?<![0-9.])第?(?P<bare>[0-9]{{1,8}}(?![0-9]*[.%‰])|[{NUMERALS}]{{1,8}}(?=[-、和及至到]第?[{NUMERALS}]))"
    ),
    Kind.ROUTINE: (
        rf"(?:(?:(?<![^、,;。:(和与及行持实立到展])日(?!清(?![扫洗运理])|结)|(?<![{_CALM}])[周月季年旬])(?:度|末)?(?:工作|集中|综合|联席|现场)?"
        rf"(?:{ROUTINES})(?!清|.{{0,3}}[之以]?前))|(?:天天|日日|周周|月月|季季)有?(?:{ROUTINES})"
    ),
}

_FROM_TO = re.compile("[一二两三四五六七八九]{2}")
"""三五日, 两三个月: from three to five; the longer counts."""

_ALL = _FORMS | WORDS
_PATTERN = re.compile("|".join(f"(?P<{kind.name}>{_ALL[kind]})" for kind in Kind if kind in _ALL))
_KINDS = {kind.name: kind for kind in Kind}


class Token(NamedTuple):
    """词: `numbers` and `unit` carry what the kind needs: 3 and 月, a date's three numbers, 1 and 年 for 明年."""

    kind: Kind
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    unit: str = ""

    @property
    def number(self) -> int:
        return self.numbers[0]


DOTTED = re.compile("[0-9]+·[0-9]+")
"""3·15: a day that goes by its date."""

LOOKAHEAD = 4
"""How far any rule looks beyond the cursor at once, and so how many ENDs close a row of tokens."""

Value = tuple[tuple[int, ...], str]


def tokenise(text: str) -> list[Token]:
    """Tokens in order, a GAP for every stretch the grammar does not know, and ENDs enough to look ahead into."""
    tokens: list[Token] = []
    at = 0
    for match in _PATTERN.finditer(text):
        kind = _KINDS[match.lastgroup or ""]
        start, end = match.start("n") if kind is Kind.NUMBER and match["n"] else match.start(), match.end()
        if start > at:
            tokens.append(Token(Kind.GAP, at, start))
        numbers, unit = _VALUES[kind](match) if kind in _VALUES else ((), match.group())
        tokens.append(Token(kind, start, end, numbers, unit))
        at = end
    if at < len(text):
        tokens.append(Token(Kind.GAP, at, len(text)))
    return tokens + [Token(Kind.END, len(text), len(text))] * LOOKAHEAD


def _date(match: re.Match[str]) -> Value:
    stamp = match["stamp"]
    if stamp:
        return (int(stamp[:4]), int(stamp[4:6]), int(stamp[6:])), ""
    return (int(match["y"]), int(match["m"]), int(match["d"])), ""


def _digits(match: re.Match[str]) -> Value:
    return tuple(int(part) for part in re.findall("[0-9]+", match.group())), ""


def _clock(match: re.Match[str]) -> Value:
    if match["h"]:
        return (int(match["h"]), int(match["min"])), ""
    minute = 30 if match["past"] else number(match["minute"]) if match["minute"] else 0
    return (number(match["hour"]), minute), ""


def _festival(match: re.Match[str]) -> Value:
    said = match.group()
    named = DOTTED.match(said)
    return (), named[0] if named else next(name for name in FESTIVALS if said.startswith(name))


def _plan(match: re.Match[str]) -> Value:
    return (number(match["plan"]),), match["stretch"] or ""


def _ending(match: re.Match[str]) -> Value:
    """逢五逢十: the last digits of the days meant."""
    return tuple(number(digit) % 10 for digit in match.group() if digit not in "逢、,和"), ""


def _quarters(match: re.Match[str]) -> Value:
    return (1, number(match["upto"])) if match["upto"] else (int(match["q"]),) * 2, ""


def _week(match: re.Match[str]) -> Value:
    return (WEEKS[match["which"]],), match["weekday"] or ""


def _number(match: re.Match[str]) -> Value:
    """A length of months or quarters keeps its 个: 3个月 is no 3月."""
    if match["half"]:
        return (1,), "半" + match["half"]
    if smaller := match["more"] or match["than"]:
        return _and_a_half(number(match["n"]), smaller)
    unit = _ONE_NAME.get(match["unit"], match["unit"])
    said = match["n"]
    if unit != "年" and _FROM_TO.fullmatch(said):
        said = said[-1]
    return (number(said),), "个" + unit if match["of"] and unit in {"月", "季度"} else unit


def _and_a_half(whole: int, unit: str) -> Value:
    """一个半月, 一年半, 一个半小时."""
    lengths = {"年": (12 * whole + 6, "个月"), "月": (2 * whole + 1, "半月"), "小时": (60 * whole + 30, "分钟")}
    length, smaller = lengths[unit]
    return (length,), smaller


def _nth(match: re.Match[str]) -> Value:
    """The last of its kind counts as -1."""
    place = number(match["nth"]) if match["nth"] else 1 if match.group().startswith("首") else -1
    return (-place if match["back"] else place,), _ONE_NAME.get(match["rank"], match["rank"])


def _bare(match: re.Match[str]) -> Value:
    return (number(match["bare"]),), ""


def _shift(match: re.Match[str]) -> Value:
    for pattern, (unit, shift) in SHIFTS.items():
        if re.fullmatch(pattern, match.group()):
            return (shift,), unit
    raise AssertionError(match.group())


def _next(match: re.Match[str]) -> Value:
    return (1,), NEXTS[match.group()]


def _same_day(match: re.Match[str]) -> Value:
    return (), SAME_DAYS[match.group()]


_ONE_NAME = {
    "号": "日", "自然日": "天", "日历天": "天", "钟头": "小时", "季": "季度", "星期": "周", "礼拜": "周",
    "月份": "月", "年度": "年",
}  # fmt: skip

_VALUES: dict[Kind, Callable[[re.Match[str]], Value]] = {
    Kind.DATE: _date,
    Kind.YEAR_MONTH: _digits,
    Kind.MONTH_DAY: _digits,
    Kind.CLOCK: _clock,
    Kind.FESTIVAL: _festival,
    Kind.PLAN: _plan,
    Kind.QUARTERS: _quarters,
    Kind.ENDING: _ending,
    Kind.WEEK: _week,
    Kind.NTH: _nth,
    Kind.NUMBER: _number,
    Kind.BARE: _bare,
    Kind.SHIFT: _shift,
    Kind.NEXT: _next,
    Kind.SAME_DAY: _same_day,
}
