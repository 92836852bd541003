"""Solar terms (节气): the day on which the sun reaches so many degrees, in China's time; 清明 is one of them."""

from datetime import date, timedelta
from functools import lru_cache
from math import radians, sin

TERMS = {
    "立春": 315, "惊蛰": 345, "春分": 0, "清明": 15, "谷雨": 30, "立夏": 45, "芒种": 75, "夏至": 90, "小暑": 105,
    "大暑": 120, "立秋": 135, "处暑": 150, "秋分": 180, "寒露": 195, "霜降": 210, "立冬": 225, "冬至": 270,
}  # fmt: skip
"""Degrees of the sun's longitude; terms that are everyday words too (雨水, 大雪) are left out."""

NOON_2000 = date(2000, 1, 1)
BEIJING = 8 / 24 + 0.5
"""Days by which midnight in Beijing lies before noon in Greenwich."""


@lru_cache(maxsize=1024)
def solar_term(name: str, year: int) -> date:
    """The day of the term in that year."""
    degrees = TERMS[name]
    turn = (degrees + 80) % 360 - 80
    day = date(year, 3, 17) + timedelta(days=turn * 365.2422 / 360)
    while _longitude(day + timedelta(days=1), degrees) < 0:
        day += timedelta(days=1)
    return day


def _longitude(midnight: date, since: int) -> float:
    """The sun's apparent longitude as the day begins in China, from -180 to 180 around `since`, to an arc minute."""
    centuries = ((midnight - NOON_2000).days - BEIJING) / 36525
    anomaly = radians(357.52911 + 35999.05029 * centuries)
    centre = (
        (1.914602 - 0.004817 * centuries) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * centuries)
    longitude = 280.46646 + 36000.76983 * centuries + centre - 0.00569 - 0.00478 * sin(node)
    return (longitude - since + 180) % 360 - 180
