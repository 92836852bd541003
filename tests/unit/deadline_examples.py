"""Deadline phrases and their reading, by convention: the tests hold the grammar to them, the docs page shows them."""

from datetime import date, datetime
from typing import NamedTuple

from rules.reading import Deadline

ON = date(2026, 3, 2)
"""The reference date where an example names none: a Monday."""


class Example(NamedTuple):
    """`reads` is what said() makes of each reading; "?" at its end where the clerk is asked."""

    text: str
    reads: tuple[str, ...]
    context: str | None = None
    on: date = ON


class Section(NamedTuple):
    zh: str
    en: str
    rule_zh: str
    rule_en: str
    examples: tuple[Example, ...]


def said(deadline: Deadline) -> str:
    """A reading in one line, as the page shows it: "by 2026-06-30", "window 2026-03-01..2026-05-31"."""
    parts = [deadline.kind.value]
    if deadline.start:
        parts.append(f"{deadline.start}..{_day(deadline.due)}")
    elif deadline.due:
        parts.append(_day(deadline.due))
    parts += [part for part in (deadline.rrule, deadline.trigger, deadline.offset) if part]
    return " ".join(parts) + ("" if deadline.sure else " ?")


def _day(due: date | datetime | None) -> str:
    return due.strftime("%Y-%m-%d %H:%M") if isinstance(due, datetime) else str(due or "")


def reads(text: str, *readings: str, context: str | None = None, on: date = ON) -> Example:
    return Example(text, readings, context, on)


SECTIONS = (
    Section(
        "某日某月之前",
        "On or before",
        "“底前”、“前完成”、只写月份：到期间最后一天。只写“某月前”而没有“底”，说不清是月初之前还是月末之前，要问。",
        "底前, 前完成 and a lone month are due on the last day. 某月前 without 底 may mean before it begins: asked.",
        (
            reads("6月底前", "by 2026-06-30"),
            reads("元月底前", "by 2026-01-31"),
            reads("２０２７年 ２ 月底前", "by 2027-02-28"),
            reads("二〇二六年九月底前", "by 2026-09-30"),
            reads("9月", "by 2026-09-30"),
            reads("9月前完成", "by 2026-09-30"),
            reads("9月前", "by 2026-09-30 ?"),
            reads("务必于7月25日之前报送", "by 2026-07-25"),
            reads("2026.7.25前", "by 2026-07-25"),
            reads("2026-07-25", "by 2026-07-25"),
            reads("20260725前", "by 2026-07-25"),
            reads("7.25前", "by 2026-07-25"),
            reads("26年7月25号前", "by 2026-07-25"),
            reads("2026年7底前", "by 2026-07-31"),
            reads("到2028年，覆盖率达到80%", "by 2028-12-31"),
            reads("2027年全面建成", "by 2027-12-31"),
            reads("2028年", "by 2028-12-31", context="到2028年覆盖率达到45%"),
            reads("年底前", "by 2026-12-31"),
            reads("年内", "by 2026-12-31"),
            reads("岁末", "by 2026-12-31"),
            reads("三季度末前", "by 2026-09-30"),
            reads("由6月底前提前到5月底前", "by 2026-05-31"),
            reads("原定6月底，现延长至8月底", "by 2026-08-31"),
            reads("“十五五”末", "by 2030-12-31"),
            reads("“十五五”末", "by 2030-12-31", context="处理率：“十五五”末达到95%"),
        ),
    ),
    Section(
        "上旬、中旬、下旬",
        "Thirds of a month",
        "上旬为1—10日，中旬为11—20日，下旬为21日至月末。月初、月中没有确定的日子，要问。",
        "上旬 is 1-10, 中旬 11-20, 下旬 21 to the last day. 月初 and 月中 name no day: asked.",
        (
            reads("4月上旬", "by 2026-04-10"),
            reads("4月中旬前", "by 2026-04-20"),
            reads("4月中下旬", "by 2026-04-30"),
            reads("4月下旬至5月上旬", "window 2026-04-21..2026-05-10"),
            reads("5月初", "by 2026-05-10 ?"),
        ),
    ),
    Section(
        "时段",
        "Windows",
        "起止之间、全年、上半年、第几季度是时段。任何横线和“至”“到”都一样；省略的年、月从另一端补。只有起点的没有截止日。",
        "Ranges, 全年, half-years and quarters are windows. Every dash and 至, 到 mean the same; what one end omits "
        "the other gives. An open end has no due date.",
        (
            reads("4-6月", "window 2026-04-01..2026-06-30"),
            reads("4月——6月", "window 2026-04-01..2026-06-30"),
            reads("四月到六月", "window 2026-04-01..2026-06-30"),
            reads("5月11～15日", "window 2026-05-11..2026-05-15"),
            reads("5月11日起至6月5日止", "window 2026-05-11..2026-06-05"),
            reads("5.11—6.5", "window 2026-05-11..2026-06-05"),
            reads("2026.5-2027.2", "window 2026-05-01..2027-02-28"),
            reads("2026—2028年底前", "window 2026-01-01..2028-12-31"),
            reads("10月至次年3月", "window 2026-10-01..2027-03-31"),
            reads("11月-2月", "window 2026-11-01..2027-02-28"),
            reads("全年", "window 2026-01-01..2026-12-31"),
            reads("下半年", "window 2026-07-01..2026-12-31"),
            reads("第二季度", "window 2026-04-01..2026-06-30"),
            reads("一至三季度", "window 2026-01-01..2026-09-30"),
            reads("“十五五”期间", "window 2026-01-01..2030-12-31"),
            reads("从4月份开始", "window 2026-04-01.."),
            reads("从4月20日起在全市开展为期百日的整治", "window 2026-04-20..2026-07-28"),
            reads("即日起至年底", "window 2026-03-02..2026-12-31"),
            reads("持续到6月底", "by 2026-06-30"),
        ),
    ),
    Section(
        "一格多个时限",
        "Several in one cell",
        "每个时限各读一条，最晚的一条算到期日，不合并成一个大时段。",
        "Each is a reading of its own; the latest is the due date. No window is drawn over them.",
        (
            reads("4月、9月", "by 2026-04-30", "by 2026-09-30"),
            reads("4、9月底前", "by 2026-04-30", "by 2026-09-30"),
            reads("4月、9月的20日前", "by 2026-04-20", "by 2026-09-20"),
            reads("4、9月20日前", "by 2026-04-20", "by 2026-09-20"),
            reads("11月底前完成（4月底前过半）", "by 2026-11-30", "by 2026-04-30"),
            reads("12月底前完成（1月底前验收）", "by 2026-12-31", "by 2027-01-31 ?"),
            reads("4月：定方案；5-8月：实施；12月上旬：总结",
                  "by 2026-04-30", "window 2026-05-01..2026-08-31", "by 2026-12-10"),
            reads("4月5月6月", "window 2026-04-01..2026-06-30"),
            reads("5月底前开工，10月底前完工", "by 2026-05-31", "by 2026-10-31"),
            reads("4月10日前报方案，15日前报名单", "by 2026-04-10", "by 2026-04-15"),
        ),
    ),
    Section(
        "年份从哪里来",
        "Which year",
        "先看本句，再承前一句，最后才用计划年份；已过去的月份不顺延到下一年。“次年”从前句算，“明年”“下月”从参照日期算。",
        "The phrase first, then the clause before it, and only then the plan. Months already past stay. 次年 counts "
        "from the clause before, 明年 and 下月 from the reference date.",
        (
            reads("2027年3月底前出台办法，9月底前落实", "by 2027-03-31", "by 2027-09-30"),
            reads("12月底前", "by 2027-12-31", context="2027年6月底前完成试点，12月底前全面推开"),
            reads("10月、11月、1月", "by 2026-10-31", "by 2026-11-30", "by 2027-01-31"),
            reads("1月底前", "by 2026-01-31"),
            reads("12月底前完成，次年2月底前验收", "by 2026-12-31", "by 2027-02-28"),
            reads("9月~次年3月", "window 2026-09-01..2027-03-31"),
            reads("9月20日至次月8日", "window 2026-09-20..2026-10-08"),
            reads("明年一季度", "window 2027-01-01..2027-03-31"),
            reads("下月10日前", "by 2026-04-10"),
            reads("本月底前", "by 2026-03-31"),
            reads("20__年5月底前", "by 2026-05-31"),
            reads("20XX年4月至20XX年6月", "window 2026-04-01..2026-06-30 ?"),
        ),
    ),
    Section(
        "周与钟点",
        "Weeks and hours",
        "写了钟点就到钟点；上午12:00是中午；24时就是当天结束；只写“上午”不添钟点。",
        "An hour that is written is kept; 上午12:00 is noon, 24时 the end of the day; no hour is invented.",
        (
            reads("4月8日18:00前", "by 2026-04-08 18:00"),
            reads("4月8日上午12:00前", "by 2026-04-08 12:00"),
            reads("4月8日下午5点半前", "by 2026-04-08 17:30"),
            reads("4月8日24时前", "by 2026-04-08"),
            reads("4月8日上午", "by 2026-04-08"),
            reads("4月8日。上午9:00——11:30", "window 2026-04-08..2026-04-08 11:30"),
            reads("4月8日下午2:30至5:00", "window 2026-04-08..2026-04-08 17:00"),
            reads("今日17时前", "by 2026-03-02 17:00"),
            reads("明天上午下班前", "by 2026-03-03"),
            reads("本周五前", "by 2026-03-06"),
            reads("双休日前", "by 2026-03-08"),
            reads("下周三上午9:30", "by 2026-03-11 09:30"),
            reads("第5周", "relative 第1周 P5W ?"),
            reads("4月最后一个星期五前", "by 2026-04-24"),
            reads("9月第一个工作日", "by 2026-09-01"),
            reads("10月第一个工作日", "by 2026-10-01 ?"),
            reads("9月第二周", "by 2026-09-14 ?"),
        ),
    ),
    Section(
        "节日",
        "Festivals",
        "“某节前”到节日当天的前一天；农历节日查表（2015—2040年），节气按太阳算。农历日期、已过去的节日要问。",
        "Before a festival is the day before it. Lunar feasts come from a table (2015-2040), solar terms from the sun. "
        "Lunar dates and festivals gone by are asked about.",
        (
            reads("国庆节前", "by 2026-09-30"),
            reads("“十一”之前", "by 2026-09-30"),
            reads("中秋节前", "by 2026-09-24"),
            reads("端午前", "by 2026-06-18"),
            reads("清明节前", "by 2026-04-04"),
            reads("明年春节前", "by 2027-02-05"),
            reads("五一、端午节前", "by 2026-04-30", "by 2026-06-18"),
            reads("中秋国庆双节前", "by 2026-09-24", "by 2026-09-30"),
            reads("国庆节前一周", "by 2026-09-24 ?"),
            reads("春节前", "by 2027-02-05 ?", on=date(2026, 12, 7)),
            reads("五一期间", "window 2026-05-01..2026-05-05 ?"),
            reads("“3·15”前后", "window 2026-03-15..2026-03-15 ?"),
            reads("“6·26”国际禁毒日前", "by 2026-06-25"),
            reads("霜降前", "by 2026-10-22"),
            reads("冬至前", "by 2026-12-21"),
            reads("农历八月十五前", "by 2026-09-25 ?"),
            reads("正月二十前", "by 2026-03-08 ?"),
            reads("腊月二十前", "by ?"),
        ),
    ),
    Section(
        "周期",
        "Cadences",
        "规则照 RFC 5545；文字没有给出的月和日不写进规则。定期没有写多久一次，要问。",
        "Rules follow RFC 5545; a month or day the text does not give is not written. 定期 says no interval: asked.",
        (
            reads("每月5日前", "recurring FREQ=MONTHLY;BYMONTHDAY=5"),
            reads("每月10日、25日前报送", "recurring FREQ=MONTHLY;BYMONTHDAY=10,25"),
            reads("每月底", "recurring FREQ=MONTHLY;BYMONTHDAY=-1"),
            reads("每月将进展于8日前报送", "recurring FREQ=MONTHLY;BYMONTHDAY=8"),
            reads("每季度末月15日前", "recurring FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
            reads("每季度最后10天", "recurring FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
            reads("每月最后3天", "recurring FREQ=MONTHLY;BYMONTHDAY=-1"),
            reads("每旬末", "recurring FREQ=MONTHLY;BYMONTHDAY=10,20,-1"),
            reads("每季12日", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=12"),
            reads("每季度结束后10日内", "recurring FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
            reads("每半年一次", "recurring FREQ=MONTHLY;INTERVAL=6"),
            reads("每年3月底前", "recurring FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"),
            reads("每年5、11月", "recurring FREQ=YEARLY;BYMONTH=5,11"),
            reads("每年5、11月20日前", "recurring FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=20"),
            reads("从2027年起，每年1月20日前",
                  "recurring 2027-01-01.. FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20"),
            reads("每两周一次", "recurring FREQ=WEEKLY;INTERVAL=2"),
            reads("每周一次", "recurring FREQ=WEEKLY"),
            reads("每周一上午", "recurring FREQ=WEEKLY;BYDAY=MO"),
            reads("每周一调度", "recurring FREQ=WEEKLY ?"),
            reads("每周二、四", "recurring FREQ=WEEKLY;BYDAY=TU,TH"),
            reads("每周五17:00前", "recurring FREQ=WEEKLY;BYDAY=FR;BYHOUR=17;BYMINUTE=0"),
            reads("每周最后一个工作日", "recurring FREQ=WEEKLY;BYDAY=FR"),
            reads("每天9点、15点", "recurring FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0"),
            reads("每天9:00前、15:00前", "recurring FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0"),
            reads("每月头5天", "recurring FREQ=MONTHLY;BYMONTHDAY=5"),
            reads("每月初5日内", "recurring FREQ=MONTHLY;BYMONTHDAY=5"),
            reads("奇数月10日前", "recurring FREQ=MONTHLY;BYMONTH=1,3,5,7,9,11;BYMONTHDAY=10"),
            reads("每季度首月3个工作日内", "recurring FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3"),
            reads("每个工作日", "recurring FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            reads("周一至周五每天", "recurring FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            reads("周二、周四集中清扫", "recurring FREQ=WEEKLY;BYDAY=TU,TH ?"),
            reads("每个双休日", "recurring FREQ=WEEKLY;BYDAY=SA,SU"),
            reads("每逢重大节假日", "recurring ?"),
            reads("双周例会", "recurring FREQ=WEEKLY;INTERVAL=2"),
            reads("单周周五", "recurring FREQ=WEEKLY;INTERVAL=2;BYDAY=FR ?"),
            reads("单双周轮换", "recurring FREQ=WEEKLY ?"),
            reads("双月20日前", "recurring FREQ=MONTHLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=20"),
            reads("半月调度", "recurring FREQ=MONTHLY;X-COUNT=2"),
            reads("每月第二、四周周五", "recurring FREQ=MONTHLY;BYDAY=2FR,4FR"),
            reads("每月末最后一个工作日", "recurring FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            reads("每月倒数第二个工作日", "recurring FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"),
            reads("每月20日左右", "recurring FREQ=MONTHLY;BYMONTHDAY=20 ?"),
            reads("每年7月10日、次年1月10日前", "recurring FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10"),
            reads("季度终了后12日内", "recurring FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=12"),
            reads("各季度末月15日前", "recurring FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
            reads("年度终了后2个月内", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
            reads("每月第一个星期三", "recurring FREQ=MONTHLY;BYDAY=1WE"),
            reads("一季一点评", "recurring FREQ=MONTHLY;INTERVAL=3"),
            reads("季查季评", "recurring FREQ=MONTHLY;INTERVAL=3"),
            reads("按月通报", "recurring FREQ=MONTHLY"),
            reads("周汇总、季复盘", "recurring FREQ=WEEKLY + FREQ=MONTHLY;INTERVAL=3"),
            reads("日巡查、周调度、月排名", "recurring FREQ=DAILY + FREQ=WEEKLY + FREQ=MONTHLY"),
            reads("定期走访", "recurring ?"),
            reads("每月逢五逢十", "recurring FREQ=MONTHLY;BYMONTHDAY=5,10,15,20,25,30 ?"),
        ),
    ),
    Section(
        "次数",
        "Counts",
        "写明的次数是 X-COUNT，至少几次是 X-MIN-COUNT。一年、全年、每月若干次是周期；年内办成若干件是年底前；年内若干次"
        "要问。",
        "X-COUNT is a stated number, X-MIN-COUNT a minimum. Times in 一年, 全年 or 每月 recur; results within 年内 are "
        "due at its end; times within 年内 are asked about.",
        (
            reads("每天三次", "recurring FREQ=DAILY;X-COUNT=3"),
            reads("每天早晚各一次", "recurring FREQ=DAILY;X-COUNT=2"),
            reads("每日上午、下午各巡查一次", "recurring FREQ=DAILY;X-COUNT=2"),
            reads("每月不少于3次", "recurring FREQ=MONTHLY;X-MIN-COUNT=3"),
            reads("每季度每个社区至少1次", "recurring FREQ=MONTHLY;INTERVAL=3;X-MIN-COUNT=1"),
            reads("一年不少于5次", "recurring FREQ=YEARLY;X-MIN-COUNT=5"),
            reads("全年开展6次", "recurring FREQ=YEARLY;X-COUNT=6"),
            reads("2-3次/月", "recurring FREQ=MONTHLY;X-MIN-COUNT=2"),
            reads("年内查处8例", "by 2026-12-31"),
            reads("年内至少2次", "recurring FREQ=YEARLY;X-MIN-COUNT=2 ?"),
        ),
    ),
    Section(
        "相对时限",
        "Limits counted from an event",
        "从事项起算，次日为第1天；P3WD 是3个工作日。通知本身定的时限从参照日期算；工作日只扣周末，碰上节假日要问。",
        "Counted from an event, the day after it is day 1; P3WD is three working days. A limit a notice sets runs from "
        "the reference date; weekends are left out, and near a public holiday the clerk is asked.",
        (
            reads("收到交办单后3个工作日内", "relative 收到交办单 P3WD"),
            reads("应当自验收合格之日起15日内备案", "relative 验收合格 P15D"),
            reads("方案印发后2个月内", "relative 方案印发 P2M"),
            reads("接到投诉后，24小时内办结", "relative 接到投诉 PT24H"),
            reads("会议召开前3天", "relative 会议召开前 -P3D"),
            reads("T+5个工作日内", "relative T P5WD ?"),
            reads("检查当日反馈", "relative 检查 P0D"),
            reads("5日内完成整改", "relative 2026-03-07 通知 P5D"),
            reads("3个工作日内报送", "relative 2026-03-05 通知 P3WD"),
            reads("期限为2个月", "relative 2026-05-02 通知 P2M"),
            reads("三五日内", "relative 2026-03-07 通知 P5D"),
            reads("1个半月内", "relative 2026-04-16 通知 P45D"),
            reads("一年半内", "relative 2027-09-02 通知 P18M"),
            reads("5个工作日内报送", "relative 2026-05-07 通知 P5WD ?", on=date(2026, 4, 30)),
            reads("自5月6日起10日内", "relative 2026-05-06..2026-05-16 5月6日 P10D"),
            reads("最迟不超过2小时", "relative PT2H ?"),
        ),
    ),
    Section(
        "长期、事件",
        "Standing and event-bound",
        "长期坚持、常态化开展是长期；国检前、按上级进度要等外面的安排。",
        "长期坚持 and 常态化 stand; 国检前 and 按上级进度 wait for what is settled elsewhere.",
        (
            reads("长期坚持", "standing"),
            reads("长期坚持并不断深化", "standing"),
            reads("常态化开展", "standing"),
            reads("持续推进", "standing"),
            reads("务必赶在国检前", "event 国检前"),
            reads("入冬前", "event 入冬前"),
            reads("本学期末", "event 本学期末"),
            reads("任期内", "event 任期内"),
            reads("市级验收前完成", "event 市级验收前"),
            reads("供热期前", "event 供热期前"),
            reads("督导组进驻前", "event 督导组进驻前"),
            reads("楼顶封顶前完成", "event 楼顶封顶前"),
            reads("设备调试前完成", "event 设备调试前 ?"),
            reads("设备调试前完成", "event 设备调试前", context="完成时限"),
            reads("按上级进度要求", "event 上级进度要求"),
        ),
    ),
    Section(
        "要问的",
        "What is asked",
        "日子不存在、前后矛盾、没有月份、没有可核对的日期，都要问，不替人决定。",
        "Days that do not exist, contradictions, missing months and what cannot be checked are asked, never settled.",
        (
            reads("2月30日前", "by 2026-02-28 ?"),
            reads("14月底前", "none ?"),
            reads("2026年9月至2026年4月", "window 2026-09-01..2026-04-30 ?"),
            reads("18日前", "by 2026-03-18 ?"),
            reads("季末前", "by 2026-03-31 ?"),
            reads("旬末", "by 2026-03-10 ?"),
            reads("年前", "by 2026-12-31 ?"),
            reads("截止5月底", "by 2026-05-31 ?"),
            reads("截至5月底止", "by 2026-05-31 ?"),
            reads("6月20日左右", "by 2026-06-20 ?"),
            reads("五一前后", "window 2026-05-01..2026-05-05 ?"),
            reads("3年内", "relative 2029-03-02 通知 P36M ?"),
            reads("立行立改", "none ?"),
            reads("另行通知", "none ?"),
            reads("条件成熟时", "none ?"),
            reads("今冬明春", "none ?"),
        ),
    ),
    Section(
        "看着像、其实不是",
        "Look-alikes",
        "办事时效、统计时点、已经过去的事、数据期间、处罚门槛、名称和文号里的日期，都不是任务的时限。",
        "How fast a service is, the day figures were taken, facts of the past, periods data cover, thresholds of "
        "sanctions, names and numbers that hold dates set no deadline.",
        (
            reads("7个工作日内办结", "none"),
            reads("10个工作日以内", "none", context="审批时间压缩至10个工作日以内"),
            reads("24小时保洁", "none"),
            reads("及时", "none"),
            reads("尽快", "none"),
            reads("开展“3·15”宣传", "none"),
            reads("截至5月底", "none"),
            reads("1-5月进度", "none"),
            reads("1—2月", "none", context="1—2月，优良天数比例为95.2%"),
            reads("1—2月", "none", context="1—2月，服务业收入增长3.1%"),
            reads("行动方案（2026—2028年）", "none"),
            reads("2026—2028年", "none", context="落实《绿化提升行动规划（2026—2028年）》"),
            reads("门前三包", "none"),
            reads("1—2月", "none", context="1—2月共受理热线工单318件"),
            reads("已于1月底前完成", "none"),
            reads("2026年2月25日印发", "none"),
            reads("第三季度", "window 2026-07-01..2026-09-30", context="开展村容村貌评比"),
            reads("自去年8月以来", "none"),
            reads("2月中旬", "none", context="督查时间：2月中旬"),
            reads("二〇二六年三月", "none", context="落款"),
            reads("2月11日", "none", context="2月11日，检查发现三处问题"),
            reads("2月12日", "none", context="2月12日，督查组在抽查中发现路灯不亮"),
            reads("2月25日至26日", "none", context="2月25日至26日，督查组走访了9个社区"),
            reads("1月底前", "none", context="1月底前，市水务局已落实管网清淤"),
            reads("1月份", "none", context="1月份考核结果"),
            reads("1-2月", "none", context="1-2月，到位资金占全年计划的15%"),
            reads("1998年底前修建的住宅", "none"),
            reads("提升行动（2025—2027年）", "none"),
            reads("使用年限8年", "none"),
            reads("5日内", "none", context="逾期5日内未整改的予以通报"),
            reads("2026年全国两会", "none"),
            reads("每少一次扣2分", "none"),
            reads("每15米一处", "none"),
            reads("一月内累计3次被通报的，予以约谈", "none"),
            reads("年度考核", "none"),
            reads("根据4月2日会议要求", "none"),
            reads("《2026年工作要点》", "none"),
            reads("自2026年7月1日起施行", "none"),
            reads("长期坚持", "none", context="可长期坚持的做法"),
            reads("推进保洁常态化", "none"),
            reads("一年一个样，三年大变样", "none"),
            reads("12345热线", "none"),
        ),
    ),
)  # fmt: skip

EXAMPLES = tuple(example for section in SECTIONS for example in section.examples)
