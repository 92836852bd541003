"""The sample's organisation: the fictional 青禾街道, its units, people and groups. Every name is invented."""

from rules.roster import Contact, Person, Role, Roster, Unit, UnitGroup

GROUP = "创建工作领导小组"

LEADERS = (
    # name, title, superior
    (GROUP, "领导小组", None),
    ("金一", "街道党工委书记", GROUP),
    ("魏二", "街道办事处主任", "金一"),
    ("陶三", "宣传委员", "金一"),
    ("姜四", "政法委员", "金一"),
    ("戚五", "街道办事处副主任", "金一"),
    ("谢六", "组织委员", "金一"),
)

UNITS = (
    # name, other names, kind, responsible, head, the head's title, leader in charge
    ("党政综合办公室", ("党政办",), "科室", "邹子", "张三", "主任", "魏二"),
    ("宣传文化办公室", ("宣传办", "文明办"), "科室", "喻丑", "李四", "主任", "陶三"),
    ("城市管理办公室", ("城管办",), "科室", "柏寅", "王五", "主任", "戚五"),
    ("平安建设办公室", ("平安办", "综治办"), "科室", "水卯", "赵六", "主任", "姜四"),
    ("公共服务办公室", ("公服办",), "科室", "窦辰", "钱七", "主任", "谢六"),
    ("经济发展办公室", ("经发办",), "科室", "章巳", "孙八", "主任", "魏二"),
    ("综合行政执法队", ("执法队", "综合执法队"), "站所", "云午", "周九", "队长", "戚五"),
    ("新时代文明实践所", ("文明实践所",), "站所", "苏未", "吴十", "所长", "陶三"),
    ("环境卫生管理所", ("环卫所",), "站所", None, "郑甲", "所长", "戚五"),
    ("市场监督管理所", ("市场监管所", "市监所"), "站所", None, "冯乙", "所长", "魏二"),
    ("司法所", (), "站所", None, "陈丙", "所长", "姜四"),
    ("青禾派出所", ("派出所",), "派出所", None, "褚丁", "所长", "姜四"),
    ("春晓社区", ("春晓社区居委会",), "社区", None, "卫戊", "社区书记", "谢六"),
    ("向阳社区", ("向阳社区居委会",), "社区", None, "蒋己", "社区书记", "戚五"),
    ("和风社区", ("和风社区居委会",), "社区", None, "沈庚", "社区书记", "姜四"),
    ("书香社区", ("书香社区居委会",), "社区", None, "韩辛", "社区书记", None),
)

OFFICE = (
    # name, title, role, unit, superior: the supervisors sit apart from the office, so that each can check the other's
    ("奚戌", "创建办专干", Role.OFFICE, "宣传文化办公室", "李四"),
    ("潘申", "第一督查组督查员", Role.SUPERVISOR, "党政综合办公室", "张三"),
    ("葛酉", "第二督查组督查员", Role.SUPERVISOR, "党政综合办公室", "张三"),
)

GROUPS = {
    "各社区": ("社区", ("辖区各社区",)),
    "各科室": ("科室", ("机关各科室",)),
    "各站所": ("站所", ("各队所",)),
}
"""Each group is all units of one kind."""


def organisation() -> Roster:
    """名册: everyone is reached through the local file inbox, so no account is needed anywhere."""
    return Roster(
        units={name: Unit(name, kind, aliases, doer, head, leader)
               for name, aliases, kind, doer, head, _, leader in UNITS},
        people={person.key: person for person in (*_leaders(), *_staff(), *_office())},
        groups={name: UnitGroup(name, tuple(unit[0] for unit in UNITS if unit[2] == kind), aliases)
                for name, (kind, aliases) in GROUPS.items()},
    )  # fmt: skip


def _leaders() -> list[Person]:
    return [_person(name, title, superior=superior, role=Role.LEADER) for name, title, superior in LEADERS]


def _staff() -> list[Person]:
    staff = []
    for unit, _, _, doer, head, title, leader in UNITS:
        staff.append(_person(head, title, unit, leader or "陶三"))
        if doer:
            staff.append(_person(doer, "联络员", unit, head))
    return staff


def _office() -> list[Person]:
    return [_person(name, title, unit, superior, role) for name, title, role, unit, superior in OFFICE]


def _person(
    name: str, title: str, unit: str | None = None, superior: str | None = None, role: Role | None = None
) -> Person:
    roles = frozenset({role}) if role else frozenset()
    return Person(name, name, title, unit, superior, roles, (Contact("inbox", name),))
