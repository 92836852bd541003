"""Festival days (节日): fixed, called by their date (3·15), by solar term (sun.py), and a table for lunar feasts."""

from calendar import monthrange
from datetime import date, timedelta

from rules.deadlines.sun import TERMS, solar_term

FIXED = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "五四": (5, 4),
    "青年节": (5, 4),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建党节": (7, 1),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "十一": (10, 1),
    "国庆": (10, 1),
    "宪法日": (12, 4),
    "圣诞": (12, 25),
}

# 春节、端午、中秋、重阳, each as month and day
LUNAR = {
    2015: (219, 620, 927, 1021),
    2016: (208, 609, 915, 1009),
    2017: (128, 530, 1004, 1028),
    2018: (216, 618, 924, 1017),
    2019: (205, 607, 913, 1007),
    2020: (125, 625, 1001, 1025),
    2021: (212, 614, 921, 1014),
    2022: (201, 603, 910, 1004),
    2023: (122, 622, 929, 1023),
    2024: (210, 610, 917, 1011),
    2025: (129, 531, 1006, 1029),
    2026: (217, 619, 925, 1018),
    2027: (206, 609, 915, 1008),
    2028: (126, 528, 1003, 1026),
    2029: (213, 616, 922, 1016),
    2030: (203, 605, 912, 1005),
    2031: (123, 624, 1001, 1024),
    2032: (211, 612, 919, 1012),
    2033: (131, 601, 908, 1001),
    2034: (219, 620, 927, 1020),
    2035: (208, 610, 916, 1009),
    2036: (128, 530, 1004, 1027),
    2037: (215, 618, 924, 1017),
    2038: (204, 607, 913, 1007),
    2039: (124, 527, 1002, 1026),
    2040: (212, 614, 920, 1014),
}

# the feast's column in LUNAR and how many days it lies after that feast
MOVING = {
    "除夕": (0, -1),
    "春节": (0, 0),
    "农历新年": (0, 0),
    "新春": (0, 0),
    "元宵": (0, 14),
    "端午": (1, 0),
    "中秋": (2, 0),
    "重阳": (3, 0),
}

NAMES = (*FIXED, *MOVING, *TERMS)


def festival(name: str, year: int) -> date | None:
    """The festival day itself; None where the lunar table does not reach (2015-2040), and for 2·30."""
    if "·" in name:
        month, day = map(int, name.split("·"))
        return date(year, month, day) if day <= monthrange(year, month)[1] else None
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in TERMS:
        return solar_term(name, year)
    if year not in LUNAR:
        return None
    column, later = MOVING[name]
    return date(year, *divmod(LUNAR[year][column], 100)) + timedelta(days=later)


def rest_days_near(first: date, last: date) -> bool:
    """Whether a public holiday may lie in the span, so that plain weekdays are no safe count of working days."""
    for year in range(first.year, last.year + 1):
        for name, length in (("元旦", 3), ("春节", 9), ("清明", 3), ("五一", 5), ("端午", 3), ("中秋", 3), ("十一", 8)):
            day = festival(name, year)
            if day and day - timedelta(days=2) <= last and first <= day + timedelta(days=length):
                return True
    return False
