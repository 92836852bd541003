"""Targets read as typed values: what is measured, how it compares, with what, in which unit."""

import pytest

from rules.targets import read_targets


def said(text: str) -> list[str]:
    """Each target in one line: 知晓率 >= 100 %."""
    return [f"{one.subject} {one.op} {one.value:g} {one.unit}".strip() for one in read_targets(text)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("知晓率达到100%", ["知晓率 >= 100 %"]),
        ("知晓率达到１００％", ["知晓率 >= 100 %"]),
        ("满意度≥90%", ["满意度 >= 90 %"]),
        ("垃圾分类覆盖率85%以上", ["垃圾分类覆盖率 >= 85 %"]),
        ("办结率98%", ["办结率 >= 98 %"]),
        ("公益广告占比不低于百分之三十", ["公益广告占比 >= 30 %"]),
        ("群众满意率稳定在95%以上", ["群众满意率 >= 95 %"]),
        ("行人闯红灯率不超过3%", ["行人闯红灯率 <= 3 %"]),
        ("登记失业率控制在3%以内", ["登记失业率 <= 3 %"]),
        ("噪声<70dB", ["噪声 < 70 dB"]),
        ("知晓率85%至90%", ["知晓率 >= 85 %", "知晓率 <= 90 %"]),
    ],
)
def test_rates(text: str, targets: list[str]) -> None:
    """A rate is a floor unless the words say otherwise; a span gives its least and its most."""
    assert said(text) == targets


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("不少于20小时", [">= 20 小时"]),
        ("广告不少于三十幅", ["广告 >= 30 幅"]),
        ("公益广告3处8幅", ["公益广告 = 3 处", "公益广告 = 8 幅"]),
        ("测评得分达90分", ["测评得分 >= 90 分"]),
        ("举办2场道德讲堂活动", ["道德讲堂活动 = 2 场"]),
        ("新建学校12个、竣工3个", ["新建学校 = 12 个", "竣工 = 3 个"]),
        ("培训1.5万人次", ["培训 = 15000 人次"]),
        ("将办理时间压缩至5个工作日以内", ["办理时间 <= 5 工作日"]),
        ("涉及餐饮、住宿等7个行业", ["行业 = 7 个"]),
        ("每周检查3-5次", ["检查 >= 3 次/周", "检查 <= 5 次/周"]),
        ("10平方米内不得有2处以上污渍", ["污渍 < 2 处"]),
    ],
)
def test_counts(text: str, targets: list[str]) -> None:
    """Counts keep their unit and find what they count before or behind the number."""
    assert said(text) == targets


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("不超过8人/万车", ["<= 8 人/万车"]),
        ("每20米一处", ["= 1 处/20米"]),
        ("每万人拥有公厕不少于3座", ["公厕 >= 3 座/万人"]),
        ("每个小区配备1—2名专职人员", ["专职人员 >= 1 名/小区", "专职人员 <= 2 名/小区"]),
        ("主干道公益广告每50米不少于1处", ["主干道公益广告 >= 1 处/50米"]),
        ("开展定期督导，一年不少于4次", ["定期督导 >= 4 次/年"]),
        ("烟头每百平方米不超过3个", ["烟头 <= 3 个/百平方米"]),
    ],
)
def test_rates_per_something(text: str, targets: list[str]) -> None:
    """What a count is taken per (a year, 20米, 万人) stands in its unit."""
    assert said(text) == targets


@pytest.mark.parametrize(
    "text",
    [
        *(
            "全覆盖",
            "扣1分",
            "每少一次扣0.5分",
            "（8分）",
            "2026年6月底前完成",
            "5个工作日内完成",
            "3天内",
            "第三季度",
            "5A级景区",
        ),
        *("24小时保洁", "三个方面", "一批项目", "18:00前", "第3次", "百日行动"),
    ],
)
def test_what_is_no_target(text: str) -> None:
    """Deadlines, scores and numbers in names demand nothing measurable."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("确保知晓率达到１００％，", "知晓率达到１００％"),
        ("公共场所每500米设置一座公厕。", "一座公厕"),
        ("张贴公益广告不少于30幅", "张贴公益广告不少于30幅"),
    ],
)
def test_text_is_the_words_of_the_source(text: str, words: str) -> None:
    """A target quotes the source as it stands, so that a person finds it again in the cell."""
    assert read_targets(text)[0].text == words
