"""Reads what binds without a date (非日期时限): 验收前, 按上级进度目标, 长期坚持, 立行立改, 待定, 第3周."""

import re
from datetime import date

from rules.deadlines import doubts
from rules.deadlines.amounts import take_amount
from rules.deadlines.limits import trimmed
from rules.deadlines.line import Draft, Line
from rules.deadlines.words import ARRIVALS, Kind
from rules.reading import DeadlineKind, Question

CLAUSE_MARKS = ",;。:!?()、"
STANDING = re.compile(
    "(?:其后|之后|此后|随后|而后|然后|以后|后续|并|且|需|要|应|须|做到|此项工作|该项工作)*(?:长期|常年|常态|常抓|持续|经常|日常|不间断|长效|始终|随时)[性化]?地?"
    "(?:坚持|推进|工作|开展|进行|实施|保持|抓好|抓|落实|整治|巩固|管理|维护|运行|保洁|巡查|执行|做好|加强|任务|提升|改进|完善"
    "|并|且|不断|深化|优化|健全|抓紧|有效|下去|不懈|常态|长效|长期|持续|常年|日常|经常|性|化)*"
)
SEASON = re.compile("(?:[汛暖热渔火水枯收种播忙霜冻旺淡旅行风雨雪旱花][期季]节?|[伏九]天?|入[春夏秋冬])$")
ARRIVES = re.compile(
    f"(?:{ARRIVALS}|封顶|开标|入学|报到|离校|返校|返岗|网报|申报|填报|开始|启动|截止日?|开通|开园|开馆|发车|上岗|入住|搬迁|移交|发布|两会|(?:纪念|环境|宣传|教育|行动|活动|助残)日)$"
)
"""What happens on a day settled elsewhere; 前 behind anything else is asked about."""

NO_EVENT = re.compile(
    "[目当以之日此先提空超从跟眼面门房窗屋楼店街台阶身脚床桥院场校车史生幕支榜名事课饭餐睡婚产班岗厅墙坛旗]$|[^一-鿿]|^.?$"
)
"""What stands before 前 in 目前, 门前, 岗前: a place or an adverb, no event."""

TO_BE_DONE = re.compile(
    "$|[,;。:、)]|要|应|须|必须|务必|全[部面]|基本|确保|力争|完成|做好|做到|实现|建成|落实|报送|上报|组织|开展|整治"
)
CLAUSE_ENDS = (Kind.COMMA, Kind.STOP, Kind.CLOSE, Kind.LIST, Kind.END)
BEHIND_A_MONTH = (Kind.PART, Kind.BEFORE, Kind.NUMBER, Kind.END, Kind.COMMA, Kind.STOP)
ATTRIBUTE_BEFORE = ("可", "能", "推进", "实现", "形成", "推动", "走向", "纳入", "转入", "建立", "健全", "以", "由")


def read_event(line: Line) -> list[Draft] | None:
    """国检前, 省里测评前: due when something settled elsewhere happens; 会议召开前3天 is counted back from it."""
    token = line.peek()
    line.at += 1
    if line.behind(token.end).startswith("的"):
        return None
    event = trimmed(_clause_before(line, token.start)[-12:] + line.words(token))
    draft = Draft(DeadlineKind.EVENT, max(0, token.end - len(event)), token.end, trigger=event)
    if amount := take_amount(line):
        draft.kind, draft.offset, draft.end = DeadlineKind.RELATIVE, "-" + amount.iso, line.place
    return [draft]


def read_unknown_event(line: Line) -> list[Draft] | None:
    """主体封顶前, 采暖期前: 前 that no date precedes waits for an event; in prose one of no known kind is asked."""
    token, before = line.peek(), line.tokens[line.at - 1] if line.at else None
    line.at += 1
    if (
        before is None
        or before.kind not in (Kind.GAP, Kind.EVENT, Kind.START, Kind.AS_OF)
        or not TO_BE_DONE.match(line.behind(token.end))
    ):
        return None
    clause = trimmed(_clause_before(line, token.start, within_line=True)[-12:])
    if NO_EVENT.search(clause) and not ARRIVES.search(clause):
        return None
    draft = Draft(DeadlineKind.EVENT, token.start - len(clause), token.end, trigger=clause + line.words(token))
    if not (line.label or SEASON.search(clause) or ARRIVES.search(clause)):
        draft.doubts.append(doubts.which_event(clause))
    return [draft]


def read_awaited(line: Line) -> list[Draft] | None:
    """待上级文件下发后: waits for what somebody else does; a length behind it is counted from that."""
    token = line.peek()
    line.at += 1
    if line.sees(Kind.NUMBER) or (line.sees(Kind.COMMA) and line.sees(Kind.NUMBER, ahead=1)):
        return None
    return [Draft(DeadlineKind.EVENT, token.start, token.end, trigger=line.words(token).removeprefix("待"))]


def read_term(line: Line) -> list[Draft] | None:
    """本学期末, 第一学期: when it is, the school's calendar says; in 学期工作计划 it is part of a name."""
    token = line.peek()
    line.at += 1
    tail = line.take(Kind.BEFORE, Kind.WITHIN)
    ends = tail or token.unit.endswith(("末", "初", "内", "前", "期间")) or line.sees(*CLAUSE_ENDS)
    return [Draft(DeadlineKind.EVENT, token.start, line.place, trigger=token.unit)] if ends else None


def read_pace(line: Line) -> list[Draft]:
    """按上级进度目标: the schedule is somebody else's."""
    token = line.peek()
    line.at += 1
    return [Draft(DeadlineKind.EVENT, token.start, token.end, trigger=line.words(token).lstrip("按照"))]


def read_standing(line: Line) -> list[Draft] | None:
    """长期坚持 as a clause of its own; in 可长期坚持的做法 and 推进督查常态化 it describes something else."""
    token = line.peek()
    begin = token.start - len(_clause_before(line, token.start, within_line=True))
    clause = re.split(f"[{CLAUSE_MARKS}]", line.text[begin:])[0]
    end = begin + len(clause)
    if (
        not STANDING.fullmatch(clause)
        or line.behind(end).startswith("的")
        or line.before(begin).endswith(ATTRIBUTE_BEFORE)
    ):
        return None
    while line.place < end:
        line.at += 1
    return [Draft(DeadlineKind.STANDING, begin, end)]


def read_at_once(line: Line) -> list[Draft]:
    """立行立改: no date anyone could check."""
    return [_open_question(line, doubts.act_at_once())]


def read_left_open(line: Line) -> list[Draft]:
    """待定, 另行通知."""
    return [_open_question(line, doubts.left_open())]


def read_new_year(line: Line) -> list[Draft]:
    """年前: before the year's end, or before Spring Festival."""
    draft = _open_question(line, doubts.year_end_or_feast())
    year = line.timeline.year()
    draft.kind, draft.due = DeadlineKind.BY, date(year, 12, 31) if year else None
    return [draft]


def read_week_of_term(line: Line) -> list[Draft] | None:
    """第3周, 第3-5周: counted from a first week that the text does not date."""
    begin = line.place
    token = line.take(Kind.NTH) or line.take(Kind.BARE)
    if token is None or not 1 <= token.number <= 60:
        return None
    last = token.number
    if line.take(Kind.DASH):
        end = line.take(Kind.NTH, Kind.NUMBER)
        token, last = (end, end.number) if end else (token, last)
    if token.unit != "周" or not line.sees(
        Kind.BEFORE, Kind.WITHIN, Kind.COMMA, Kind.STOP, Kind.END, Kind.LIST, Kind.CLOSE
    ):
        return None
    line.take(Kind.BEFORE, Kind.WITHIN)
    draft = Draft(DeadlineKind.RELATIVE, begin, line.place, trigger="第1周", offset=f"P{last}W")
    draft.doubts.append(doubts.which_week_of_term())
    return [draft]


def read_impossible_month(line: Line) -> list[Draft] | None:
    """13月底前."""
    token = line.peek()
    line.at += 1
    if token.unit != "月" or 1 <= token.number <= 12 or not line.sees(*BEHIND_A_MONTH):
        return None
    return [Draft(DeadlineKind.NONE, token.start, token.end, doubts=[doubts.impossible_month()])]


def _open_question(line: Line, question: Question) -> Draft:
    token = line.peek()
    line.at += 1
    return Draft(DeadlineKind.NONE, token.start, token.end, doubts=[question])


def _clause_before(line: Line, place: int, *, within_line: bool = False) -> str:
    text = line.text[:place] if within_line else line.before(place)
    return re.split(f"[{CLAUSE_MARKS}]", text)[-1]
