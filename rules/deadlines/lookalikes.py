"""Look-alikes (疑似而非): dates and limits that set no deadline, told by the words beside them.

Service standards, status dates, the time of inspections held, narrative, coverage of data, sanctions, names.
"""

import re
from datetime import date, datetime

from rules.deadlines.limits import NOTICE
from rules.deadlines.line import Draft, Line
from rules.reading import DeadlineKind

NEAR = 60
"""How many characters either side may explain a phrase."""

INSPECTED = "督查|督导|检查|巡查|暗访|抽查|调查|测评|走访"
DATES_OF_PAPERS = (
    "(?:更新|发布|印发|成文|发文|落款|签发|统计|采集|拍摄|填表|制表|打印|修订|编制|成立|出生|登记|批准)"
    "(?:时间|日期|年月)|落款|成文"
)
DATE_OF_A_PAPER = re.compile(
    f"(?:{DATES_OF_PAPERS})[:(]*$|(?:成立|始建|建成|印发|发布|出台|创办|毕业|出生)于$"
    "|(?:(?:考核|考评|评价|评估|测评|统计|采集)周期|统计期|(?:材料|资料|数据|统计)[^,;。]{0,4}(?:范围|时限)|形成时间"
    "|时间跨度|标准时[间点]|(?:数据|统计)[^,;。]{0,2}截[止至](?:时间|日期))[^,;。]{0,4}$"
)
NAMES_A_PAPER = re.compile(DATES_OF_PAPERS)
DATE_OF_A_VISIT = re.compile(f"(?:{INSPECTED})的?(?:时间|日期|期间)[:(]*$")
PAST_PERIOD = re.compile("[从自]?(?:去年|上(?:一?年度?|个?月份?|一?个?季度|个?周|个?星期))")
VALIDITY = re.compile(
    "(?:有效|任|聘|合同|服务|质保|试行|试用|租赁|借款|保管|保存|公示)期限?[^,;。]{0,4}$|(?:(?<!实施)(?<!建设)(?<!完成)(?<!整改)(?<!推进)(?<!创建)(?<!任务)年限|学制)[:为]?$"
)
OVERDUE = re.compile("(?:[逾超]期|滞后|拖延|(?<!不)(?<!不[得能应可准])超过)$")
NAMED_AFTER_A_DATE = re.compile(
    "(?:根据|按照|依据|依照|落实|贯彻|传达|参照|对照|详?见|执行|较|(?<![评攀排])比|不早于)(?!阶段)[^,;。:]{0,4}(?<![于在])$"
)
REPORTED = re.compile("已经?(?:[于在]|全[部面])?$|(?<![须需应])经$")
"""已于2月底前完成 tells what was done, whatever day it is read."""
REPORTED_BEHIND = re.compile("(?:[均都也就]|全[部面]|基本|如期|按[时期])?已")
REPORTED_LATER = re.compile(",(?!目前|现)[^,;。]{1,12}已[^,;。]{0,4}(?:完成|开展|整改|建成|启动|印发|落实|到位)")
MOVED = re.compile("[,(]?现?(?:提前|推迟|顺延|延[长期迟后]|后延|放宽|调整|变更|改)(?:到|至|为)")
"""由6月底提前到5月底: the first of the two no longer holds."""
ATTRIBUTE = re.compile("[^,;。]{1,12}的")
"""2000年底前建成的小区 says of what age the houses are."""
PRINTED = re.compile("(?:[印制签]发|印制|成文|校对|公布)[。)]?$")
"""2026年3月18日印发: the imprint of a paper (版记)."""
FULL_DATE = re.compile("[0-9〇一二三四五六七八九]{4}[年./-].*[0-9一二三四五六七八九十]日?$")
LOOKS_BACK = re.compile(
    "已[^,;。]{0,8}(?:完成|开展|召开|实施|建成|启动|发布|印发|出台|整改|下发|实现)|(?:完成|开展|召开|组织|建成|举办|实现|启动|印发|进行|下发)了"
    "|现已|均已|已[于在]|曾[经在于被]|(?:检查|被|督查|巡查|暗访|抽查|组|中|时|群众|记者)发现|发现了|经查|荣获|被评为|获评|累计|截至|以来|(?:召开|发布|印发|下发|举办|出台|实施)的"
    f"|(?:{INSPECTED}|调研|慰问|看望|参加|主持|通报|部署|听取)了(?!解)|会议?(?:胜利|顺利|正式|隆重)?(?:召开|举行|闭幕)[,。]|(?:施行|实施|印发|发布|出台|启动)[之以]?后,|仍未|尚未"
    f"|(?:受理|收到|接到|接报|发现|查获|发生|立案|投诉)[^,;。0-9]{{0,10}}[0-9]|[^未除]了[0-9]|先后(?:{INSPECTED}|开展|清理|整治|发放|出动|查)|共(?![同建创享治管用有产和识性通青])[^,;。]{{0,20}}?[0-9]"
)
POINTED_OUT = re.compile(
    f"[^,;。:]{{0,4}}?(?:{INSPECTED})?[时中]?(?:(?:已经?|曾经?|就)(?:指出|发现|通报|交办|反馈|反映|提出)|指出|发现"
    "|(?:通报|交办|反馈|反映)过?的)"
)
COVERAGE = re.compile(
    "份?的?(?:年?度?(?:创建|测评|考核)周期|[^,;。:、]{0,4}(?:进度|进展|情况|数据|累计|报表|台账|排名|得分|成绩|同比|环比|工资|账单|持平|相比|增长|下降)|工作(?:总结|小结)|版|修订|号)"
)
FIGURES = re.compile(
    "[,:]?[^,;。]{0,24}(?:比例|比重|率|指数|浓度|总[量额值]|产值|收入|数量?|面积|满意度|天数)[^,;。]{0,4}(?:为|是|约|居|列)[^,;。]{0,4}?[0-9第]"
    "|[,:]?[^,;。]{0,24}(?:[同环]比|(?:增长|下降|上升|回落|增加|减少)[了至到]?[0-9])"
    "|[^;。]{0,30}占[^,;。]{0,8}(?:计划|任务|目标)[^,;。]{0,6}[0-9]"
    "|份?的?(?:测评|考核|考评|评比|检查|督查|暗访|调查|抽查)结果"
)
"""What figures of a period say behind it: 1-8月，优良天数比例为91.3%."""
TITLE_OPENS = re.compile("(?:行动|工程|计划|规划|方案|纲要|意见|办法|条例|要点|目录|清单)\\($")
YEARS_OF_A_TITLE = re.compile("[0-9]{4}年?度?(?:[-至到][0-9]{2,4}年?度?)?")
COVERED_PERIOD = re.compile("(?:工作)?(?:总结|小结|目标|任务|指标|报告)")
YEAR_END_MATTERS = re.compile("(?:目标)?(?:考核|考评|绩效|评优|评先|奖)|目标")
SLOGAN = re.compile("[^,;。]{0,4}(?:做起|抓起|说起|入手|着手)")
IN_FORCE = re.compile("起?(?:正式)?(?:施行|生效|废止)")
RULES_OF_OFFICE = re.compile("(?:办法|条例|规定|标准|规范|细则|规程|制度)》?自?$")
TAKES_EFFECT = re.compile("起?(?:正式)?实施")
"""本办法自5月1日起实施 says what IN_FORCE says; of a project, 实施 is work."""
HOURS_KEPT = re.compile("(?:电话|接听|受理|开放|营业|办公|服务|作息|开馆)[^,;。]{0,4}时间[^,;。]{0,2}$")
"""受理时间为每天8时至20时: hours at which a door or a line is open."""
TOLD = re.compile(
    ",?[^,;。:]{2,20}?(?:主持|带队|率队|率领|前往|赶赴|来到|深入)"
    "|[,上下]午?(?:我[省市县区镇乡]|[省市县区](?:委|政府|领导|长))[^,;。]{0,12}?(?:召开|举[办行]|开展|赴|深入|前往)"
)
"""7月15日，市领导主持召开专题会; 3月6日，我县召开推进会: the voice of a report, who did what on a day gone by."""
REPORTED_OF = re.compile(
    ",?[^,;。]{1,12}(?:办|局|委|组|室|队|会|政府|中心|领导|书记|[省市县区镇]长)[^,;。]{0,16}?"
    "(?:进行|开展|组织|检查|督查|暗访|听取|审议|召开|会议|赴|深入)"
)
"""5月27日,市创建办对园区进行暗访: who did what, if the day has passed."""

SERVICE_BEFORE = re.compile(
    "(?:[较比][^,;。]{1,8}提前|压减|压缩|缩短|缩减|减少|控制|承诺|提速|平均|限时|周期|用时|耗时|质保|保修|任期|有效期|时长|近|过去|最近|今后|未来|间隔"
    "|(?:办理|审批|(?<!^)(?<!^要求)办结|受理|服务|响应|处理|审核|审查|发放|等候)(?:时间|时限|期限))[^,;。]{0,4}$"
)
SERVICE_BEHIND = re.compile(
    "[^,;。]{0,4}(?:办结|办理完毕|办毕|办完|审批|审结|响应|到达|到场|赶到|赶赴|受理|出证|拿证|取证|领证|无理由|不得|作出|免费|送达|可达|直达)"
    "|(?!完成)[^,;。]{0,4}修复|[^,;。]{0,4}(?:回复|答复|处置|处理|反馈|签收|响应|清运)率"
)
SANCTION = re.compile(
    "[^,;。]{0,6}(?:累计|连续|被[^,;。]{0,6}通报|发生|出现|(?<!内)未|仍|逾期|拒不)[^。;]{0,24}(?:的|者)?[,]?[^。;]{0,8}"
    "(?:扣|约谈|问责|追责|罚|取消|一票否决|处理|不予|给予|责令|通报批评|曝光)|[^,;。]{0,6}(?<!内)未[^,;。]{0,8}的,?[^,;。]{0,4}通报"
)
LATE = re.compile("[0-9一]?(?:天|日|个?工作日|小时)[^,;。]{0,8}扣")
"""每晚一天扣1分."""
RESULTS = re.compile("[中后]|成绩|结果|得分|排名(?:靠?[前后]|末|第)")
"""月度考核中, 周检查得分: what a steady pace has brought, named beside it."""
SCORING = re.compile("[^,;。]{0,10}(?<!不)(?:少|缺|未|漏|迟)[^,;。]{0,10}扣")
SHORTFALL = re.compile("[^,;。]{0,8}(?<!不)(?<!不得)(?:少于|不足|低于|未达到?)[^,;。]{1,8}的(?:[,;。]|$)")
"""每月少于2次的,扣1分: the case in which points are lost."""
BONUS = re.compile("[^。;]{0,30}(?:奖|加|扣|得|记)[0-9.]+分|[^,;。]{0,12}(?:天数|均值)")
RATE_BEFORE = ("平均", "约", "相当于", "均", "达到", "超过")
RATE_BEHIND = re.compile(
    "[^,;。]{0,4}(?:增长|递增|提高|下降|减少|增加|提升)[^,;。]{0,6}?[0-9]|[^,;。]{0,8}?[0-9.]+(?:万?吨|万?元|立方|千瓦|毫升|公斤|斤|车次)"
)


def told_as_done(line: Line, draft: Draft) -> bool:
    """Whether a day gone by, with somebody's doings behind it, may tell a fact: the clerk is asked."""
    on, last = line.timeline.on, _last_day(draft)
    if draft.kind not in {DeadlineKind.BY, DeadlineKind.WINDOW} or on is None or last is None or last >= on:
        return False
    sets_a_limit = bool(draft.doubts) or line.text.endswith("前", draft.begin, draft.end)
    return not sets_a_limit and REPORTED_OF.match(_sentence_start(line.behind(draft.end)[:NEAR])) is not None


def is_lookalike(line: Line, draft: Draft) -> bool:
    before = _sentence_end(line.before(draft.begin)[-NEAR:])
    behind = _sentence_start(line.behind(draft.end)[:NEAR])
    if before.rfind("《") > before.rfind("》") or MOVED.match(behind):
        return True
    said = line.text[draft.begin : draft.end]
    match draft.kind:
        case DeadlineKind.BY | DeadlineKind.WINDOW:
            return _is_no_due_date(line, draft, before, said, behind)
        case DeadlineKind.RELATIVE:
            return _is_standard(draft, before, behind)
        case DeadlineKind.RECURRING:
            return _is_rate(draft, before, said, behind)
        case _:
            return False


def _is_no_due_date(line: Line, draft: Draft, before: str, said: str, behind: str) -> bool:
    if DATE_OF_A_PAPER.search(before) or NAMES_A_PAPER.search(line.label):
        return True
    if VALIDITY.search(before) or IN_FORCE.match(behind) or PAST_PERIOD.match(said) or behind.startswith("许"):
        return True
    if TAKES_EFFECT.match(behind) and RULES_OF_OFFICE.search(before):
        return True
    if TITLE_OPENS.search(before) and YEARS_OF_A_TITLE.fullmatch(said) and behind.startswith(")"):
        return True
    if REPORTED.search(before):
        return True
    if said.endswith("前"):
        built = _ends_before(draft, line.timeline.plan_year) and ATTRIBUTE.match(behind)
        reported = _is_past(draft, line.timeline.on) and REPORTED_LATER.match(behind)
        return bool(built or reported or REPORTED_BEHIND.match(behind))
    if POINTED_OUT.match(behind) or COVERAGE.match(behind) or NAMED_AFTER_A_DATE.search(before) or SLOGAN.match(behind):
        return True
    if said.endswith(("年终", "年底")) and YEAR_END_MATTERS.match(behind):
        return True
    if said.endswith(("全年", "半年", "季度")) and COVERED_PERIOD.match(behind):
        return True
    if said.startswith(("年", "全年")) and BONUS.match(behind):
        return True
    if before + behind and _ends_before(draft, line.timeline.plan_year):
        return True
    if not _is_past(draft, line.timeline.on):
        return False
    if FULL_DATE.match(said) and PRINTED.match(behind):
        return True
    told = FIGURES.match(behind) or TOLD.match(behind)
    return bool(told or LOOKS_BACK.search(before + said + behind) or DATE_OF_A_VISIT.search(before))


def _is_past(draft: Draft, on: date | None) -> bool:
    last = _last_day(draft) or draft.start
    return last is None or on is None or last <= on


def _last_day(draft: Draft) -> date | None:
    return draft.due.date() if isinstance(draft.due, datetime) else draft.due


def _ends_before(draft: Draft, year: int | None) -> bool:
    """Whether the deadline lies in a year before the plan's: told in passing, that is a fact."""
    return draft.due is not None and year is not None and draft.due.year < year


def _is_standard(draft: Draft, before: str, behind: str) -> bool:
    """X内办结 without a trigger tells how fast a service is; with one it is a duty."""
    if SANCTION.match(behind) or VALIDITY.search(before) or OVERDUE.search(before):
        return True
    if draft.trigger not in (None, NOTICE):
        return False
    return bool((draft.offset or "").startswith("PT") and (draft.offset or "").endswith("M")) or bool(
        SERVICE_BEFORE.search(before) or SERVICE_BEHIND.match(behind)
    )


def _is_rate(draft: Draft, before: str, said: str, behind: str) -> bool:
    if (
        (before.endswith(RATE_BEFORE) and "MIN-COUNT" not in (draft.rrule or ""))
        or RATE_BEHIND.match(behind)
        or LATE.match(behind)
        or OVERDUE.search(before)
        or HOURS_KEPT.search(before)
    ):
        return True
    if SHORTFALL.match(said + behind) or (not said.startswith("每") and RESULTS.match(behind)):
        return True
    counted = "COUNT" in (draft.rrule or "")
    return not counted and bool(SCORING.match(behind))


def _sentence_end(text: str) -> str:
    return re.split("[;。!?|]", text)[-1]


def _sentence_start(text: str) -> str:
    return re.split("[;。!?|]", text, maxsplit=1)[0]
