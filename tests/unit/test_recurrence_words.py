"""Recurrence rules as a clerk would say them."""

import pytest

from rules.recurrence_words import in_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "每天"),
        ("FREQ=DAILY;X-COUNT=4 + FREQ=WEEKLY", "每天四次；每周"),
        ("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0", "每天9:00、15:00"),
        ("FREQ=HOURLY;INTERVAL=2", "每两小时"),
        ("FREQ=WEEKLY;BYDAY=FR", "每周五"),
        ("FREQ=WEEKLY;BYDAY=TU,FR", "每周二、五"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "每周一至周五"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "每两周的周五"),
        ("FREQ=WEEKLY;BYMONTH=6,7,8", "6月、7月、8月每周"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "每月25日"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,-1", "每月10日、最后一天"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "每月倒数第二天"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "每月最后一个周五"),
        ("FREQ=MONTHLY;BYDAY=2FR,4FR", "每月第二个周五、第四个周五"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "每月最后一个工作日"),
        ("FREQ=MONTHLY;X-MIN-COUNT=2", "每月至少两次"),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度"),
        ("FREQ=MONTHLY;INTERVAL=6", "每半年"),
        ("FREQ=MONTHLY;INTERVAL=2", "每两个月"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "每年3月、6月、9月、12月的15日"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "每年2月最后一天"),
        ("FREQ=YEARLY;INTERVAL=3", "每三年"),
        ("FREQ=YEARLY;X-COUNT=12", "每年12次"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    """What the office confirms is Chinese, not the notation of a calendar program."""
    assert in_words(rule) == words
