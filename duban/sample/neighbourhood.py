"""The sample's places: what is inspected in the fictional 青禾街道, by which standard, and who answers for it."""

from datetime import date

from rules.inspecting import Level
from rules.places import Area, Assignment, Part, Places, Site, StandardItem
from rules.policy import Severity

SINCE = date(2026, 3, 2)

COMMUNITIES = ("春晓社区", "向阳社区", "和风社区", "书香社区")

SITES = (
    # name, type, area, address, unit; communities answer for what nobody else is named for
    ("青禾农贸市场", "农贸市场", "向阳社区", "青禾路 8 号", "市场监督管理所"),
    ("春晓便民市场", "农贸市场", "春晓社区", "春晓街 21 号", "市场监督管理所"),
    ("青禾路", "道路", "向阳社区", "东段至西段", "环境卫生管理所"),
    ("书香街", "道路", "书香社区", "全段", "环境卫生管理所"),
    ("春晓花园", "小区", "春晓社区", "春晓街 30 号", None),
    ("向阳新村", "小区", "向阳社区", "向阳路 5 号", None),
    ("和风家园", "小区", "和风社区", "和风路 12 号", None),
    ("书香苑", "小区", "书香社区", "书香街 3 号", None),
    ("便民服务中心", "窗口", "和风社区", "和风路 1 号", "公共服务办公室"),
    ("青禾小学周边", "校园周边", "书香社区", "书香街 18 号", "综合行政执法队"),
)

STANDARDS = (
    # site type, code, what is looked at, what a failure is called, severity, level
    ("农贸市场", "M1", "出入口及周边无占道经营、无乱停乱放", "占道经营", Severity.IMPORTANT, Level.WEEKLY),
    ("农贸市场", "M2", "摊位证照齐全，公平秤检定有效", "经营秩序", Severity.ROUTINE, Level.MONTHLY),
    ("道路", "D1", "路面整洁，果皮箱不满溢", "环境卫生", Severity.IMPORTANT, Level.WEEKLY),
    ("小区", "X1", "楼道无堆物，消防通道畅通", "消防通道", Severity.URGENT, Level.WEEKLY),
    ("小区", "X2", "公益广告完好，无破损褪色", "公益广告", Severity.ROUTINE, Level.WEEKLY),
    ("窗口", "C1", "无障碍设施可用，服务指南摆放齐全", "窗口服务", Severity.IMPORTANT, Level.WEEKLY),
    ("校园周边", "S1", "无三无食品摊点，上下学秩序良好", "校园周边", Severity.IMPORTANT, Level.WEEKLY),
)


def neighbourhood() -> Places:
    """点位名册: four communities as areas; their supervisors take turns."""
    supervisors = {name: ("潘申", "葛酉")[place % 2] for place, name in enumerate(COMMUNITIES)}
    return Places(
        areas={name: Area(name, "社区网格") for name in COMMUNITIES},
        sites={name: Site(name, type_, area, address) for name, type_, area, address, _ in SITES},
        standards=[StandardItem(type_, code, text, finding, severity, level)
                   for type_, code, text, finding, severity, level in STANDARDS],
        assignments=[
            *(Assignment(f"area:{name}", Part.UNIT, name, SINCE) for name in COMMUNITIES),
            *(Assignment(f"area:{name}", Part.SUPERVISOR, who, SINCE) for name, who in supervisors.items()),
            *(Assignment(f"site:{name}", Part.UNIT, unit, SINCE) for name, _, _, _, unit in SITES if unit),
        ],
    )  # fmt: skip
