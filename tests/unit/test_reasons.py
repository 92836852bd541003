"""A recipient reads why a step comes, in plain words."""

import pytest

from rules.policy import STANDARD
from rules.reasons import reason_of

STEPS = {step.key: step for step in STANDARD}


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("reminder_3", "距时限 3 个工作日", "3 working days to the time limit"),
        ("overdue", "已到时限，未申报办结", "the time limit has come, not reported done"),
        ("yellow", "逾期满 5 个工作日，未申报办结", "5 working days overdue, not reported done"),
        ("accept_order", "立项满 10 个工作日，未签收", "not accepted for 10 working days"),
        ("verify", "申报办结满 2 个工作日，未核验", "reported done 2 working days ago, not verified"),
    ],
)
def test_each_step_says_what_has_not_happened(key: str, zh: str, en: str) -> None:
    """The reason follows from the step's rule, in both languages."""
    assert reason_of(STEPS[key]) == (zh, en)
