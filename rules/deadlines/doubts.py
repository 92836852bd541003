"""What a careful clerk would ask (待确认): one function per doubt about a deadline, with the answers offered."""

from datetime import date, datetime

from rules.language import Text
from rules.reading import Question


def _ask(zh: str, en: str, *choices: str) -> Question:
    return Question("deadlines", Text(zh, en), choices)


def which_year() -> Question:
    return _ask("没有写明年份，请确认。", "No year is given: which is it?")


def two_masked_years() -> Question:
    return _ask("有两处年份未填写，请分别确认。", "Two years are left blank: which are they?")


def far_year(year: int) -> Question:
    return _ask(
        f"年份按{year}年理解，与参照年份相差较远，请确认。",
        f"The year was taken as {year}, far from the reference year: is that right?",
        str(year),
    )


def whose_year(year: int) -> Question:
    return _ask(
        f"计划年份与参照日期不同年，“今年”“明年”暂按参照日期理解为{year}年，请确认。",
        f"The plan is for another year than the reference date: taken as {year}. Is that right?",
        str(year),
    )


def year_gone_by(year: int) -> Question:
    return _ask(f"{year}年已过，请确认年份。", f"The year {year} has gone by: is it right?", str(year))


def every_month() -> Question:
    return _ask(
        "“次月”前面没有写月份，按每月理解，请确认。", "次月 follows no month: taken to mean every month.", "每月"
    )


def which_day(day: date) -> Question:
    return _ask(
        f"只写了钟点，没有日期，暂按{day.isoformat()}；是否每天？",
        f"An hour without a day: taken to be on {day.isoformat()}. Or is it every day?",
        day.isoformat(),
        "每天",
    )


def which_month(month: int) -> Question:
    return _ask(f"只写了日期，没有月份，暂按{month}月。", f"A day without a month: taken to be in month {month}.")


def before_month(first: date, last: date) -> Question:
    return _ask(
        "“X前”没有写“底”：是期初之前，还是期末之前？",
        "“Before” a period without 底 (its end): before it begins, or before it ends?",
        last.isoformat(),
        first.isoformat(),
    )


def vague_part(first: date, last: date) -> Question:
    return _ask(
        "月初、月中一类的说法没有确定日期，请确认最后一天。",
        "The beginning or middle of a period names no day: which is the last one?",
        last.isoformat(),
        first.isoformat(),
    )


def this_one_or_each(words: str) -> Question:
    return _ask(
        f"“{words}”暂按参照日期所在的这一期理解，是否每期都要？",
        f"“{words}” was taken to end the period of the reference date: or is every one meant?",
        "仅这一期",
        "每期",
    )


def impossible_date(last: date) -> Question:
    return _ask(
        f"日期不存在，暂按当月最后一天{last.isoformat()}。",
        f"There is no such date: taken as the last day of the month, {last.isoformat()}.",
        last.isoformat(),
    )


def impossible_month() -> Question:
    return _ask("没有这个月份，请改正。", "There is no such month: please correct it.")


def feast_unknown(name: str) -> Question:
    return _ask(f"查不到该年{name}的日期。", f"The date of {name} in that year is not known.")


def lunar_date(day: date | None) -> Question:
    if day is None:
        return _ask("是农历日期，请给出公历日期。", "A lunar date: please give it by the common calendar.")
    return _ask(
        f"农历日期按公历{day.isoformat()}理解，请确认。", f"A lunar date, taken as {day.isoformat()}.", day.isoformat()
    )


def counted_back(day: date | datetime) -> Question:
    return _ask(
        f"“前几天”按{day:%Y-%m-%d}理解，也可能指那几天之内，请确认。",
        f"Counted back to {day:%Y-%m-%d}; any of those days may be meant: is that right?",
        f"{day:%Y-%m-%d}",
    )


def market_days() -> Question:
    return _ask("“逢五逢十”一类的日子按公历还是农历？", "Are such days counted by the common or the lunar calendar?")


def feast_gone_by(this: date, following: date | None) -> Question:
    choices = [day.isoformat() for day in (this, following) if day]
    return _ask("该节日在参照日期之前已过，是否指下一年？", "That festival has passed: is next year's meant?", *choices)


def next_year_wrapped(year: int, month: int) -> Question:
    return _ask(
        f"月份在前文之后变小，按{year}年{month}月理解，请确认。",
        f"The months run backwards: taken as {year}-{month:02}. Is that right?",
        f"{year}-{month:02}",
    )


def ends_before_start(start: date, due: date) -> Question:
    return _ask(
        f"截止日期{due.isoformat()}早于开始日期{start.isoformat()}，请核对。",
        f"It ends on {due.isoformat()}, before it starts on {start.isoformat()}: please check.",
        due.isoformat(),
    )


def weekday_once() -> Question:
    return _ask("“每周一”是每周一次，还是每逢星期一？", "Is 每周一 once a week, or every Monday?", "每周一次", "星期一")


def every_week() -> Question:
    return _ask("没有写“每”，按每周理解，请确认。", "Days of the week without 每: taken to mean every week.", "每周")


def which_weeks() -> Question:
    return _ask("“单周”从哪一周算起？", "Which weeks are the odd ones?")


def about_then() -> Question:
    return _ask("“左右”“前后”没有确定日期，请给出最后一天。", "左右 and 前后 name no day: which is the last one?")


def how_often() -> Question:
    return _ask(
        "“定期”没有写明周期，请确认多久一次。",
        "“Regularly” gives no interval: how often?",
        "每周",
        "每月",
        "每季度",
        "每半年",
        "每年",
    )


def every_few_hours() -> Question:
    return _ask("按小时的频次不逐次立项，是否改为每天？", "Hours are not followed one by one: is daily meant?", "每天")


def no_fixed_pace(word: str) -> Question:
    return _ask(f"“{word}”没有固定的起止日期，请确认。", f"“{word}” has no fixed dates: please give them.")


def count_in_year() -> Question:
    return _ask(
        "年内若干次：按年底完成，还是每年都要达到这个次数？",
        "So many times within the year: due at its end, or a count for every year?",
    )


def counted_from_when() -> Question:
    return _ask(
        "没有写明从哪一天起算，暂从参照日期起算。",
        "It does not say from which day to count: counted from the reference date.",
    )


def done_already() -> Question:
    return _ask(
        "日期已过，是已经做过的事，还是时限？", "The day has passed: is it something already done, or the deadline?"
    )


def months_or_month(said: str) -> Question:
    return _ask(
        f"“{said}内”按时长理解，也可能指月份，请确认。",
        f"“{said}内” was taken as a length of time: or is it a month's name?",
    )


def trigger_unknown() -> Question:
    return _ask("没有写明以什么事项为起点，请确认。", "It does not say which event starts the count: please give it.")


def holidays_inside(due: date) -> Question:
    return _ask(
        f"期间可能有法定节假日，工作日暂只扣除周末（{due.isoformat()}）。",
        f"A public holiday may lie inside; only weekends were left out ({due.isoformat()}).",
        due.isoformat(),
    )


def which_event(event: str) -> Question:
    return _ask(f"“{event}前”没有确定日期，请给出日期。", f"“{event}前” names no day: which is it?")


def act_at_once() -> Question:
    return _ask(
        "要求立即整改，但没有可核对的日期，请给出时限。",
        "At once, but no date can be checked: set one.",
    )


def left_open() -> Question:
    return _ask("时限尚未确定，请补充。", "The deadline is still open: please give it.")


def status_or_deadline() -> Question:
    return _ask(
        "“截止”是指完成期限，还是统计时点？",
        "Is 截止 the deadline, or the day of the figures?",
        "完成期限",
        "统计时点",
    )


def which_week_of_term() -> Question:
    return _ask("第几周从哪一天算起？请给出第1周的日期。", "Counted in weeks of the term: when does week 1 begin?")


def year_end_or_feast() -> Question:
    return _ask(
        "“年前”是指年底之前，还是春节之前？",
        "Is 年前 before 31 December or before Spring Festival?",
        "年底前",
        "春节前",
    )


def holiday_length() -> Question:
    return _ask("假期起止以放假安排为准，请确认。", "The holiday's dates follow the official arrangement.")
