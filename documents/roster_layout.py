"""How a roster file is laid out: its sheets, hints and examples. Reading and writing both follow it."""

from dataclasses import dataclass

from documents.form_layout import EXAMPLE, Column, Form, Layout, names_of
from rules.roster import Role
from rules.roster_problems import Record

ROLE_WORDS = {"创建办": Role.OFFICE, "督查员": Role.SUPERVISOR, "领导": Role.LEADER}


@dataclass(frozen=True, slots=True)
class RosterLayout(Layout):
    """名册表样: a sheet with the kind of record it holds."""

    record: Record = Record.UNIT


_ALL_UNITS, _ALL_PEOPLE = names_of("单位"), names_of("人员")

UNITS = RosterLayout(
    "单位",
    record=Record.UNIT,
    columns=(
        Column("单位名称", "name", "单位全称，任务分解表中的责任单位按此核对；不可重复", 26),
        Column("简称", "aliases", "表中可能出现的其他叫法，多个用顿号或分号隔开", 24),
        Column("类别", "kind", "如：科室、社区、站所；可不填", 12),
        Column("责任人", "responsible", "具体经办的人，须在“人员”表中", choices=_ALL_PEOPLE),
        Column("单位负责人", "head", "单位的负责人，须在“人员”表中", choices=_ALL_PEOPLE),
        Column("分管领导", "leader", "分管此单位的领导；不填则取单位负责人的上级", choices=_ALL_PEOPLE),
    ),
    examples=(
        (f"{EXAMPLE}城市管理科", "城管科、创卫办", "科室", "张三", "李四", "王五"),
        (f"{EXAMPLE}向阳社区", "向阳居委会", "社区", "", "赵六", "王五"),
    ),
)

PEOPLE = RosterLayout(
    "人员",
    record=Record.PERSON,
    columns=(
        Column("姓名", "name", "两人同名时各自填写单位，别处引用写成：姓名（单位）"),
        Column("职务", "title", "任务分解表中可能按职务写责任领导", 20),
        Column("单位", "unit", "所在单位，须在“单位”表中；街道领导可不填", 20, _ALL_UNITS),
        Column("上级", "superior", "直接领导的姓名，逾期时逐级上报；最高一级不填", choices=_ALL_PEOPLE),
        Column("角色", "roles", f"可选：{'、'.join(ROLE_WORDS)}；普通人员不填", 12, list(ROLE_WORDS)),
        Column("邮箱", "email", "接收邮件的地址", 26),
        Column("手机", "sms", "接收短信的号码", 16),
        Column("消息渠道", "contacts", "其他渠道，写成 渠道名：地址；省去地址时取姓名；多个用分号隔开", 28),
    ),
    examples=(
        (f"{EXAMPLE}张三", "科员", "城市管理科", "李四", "", "zhangsan@example.com", "", "inbox"),
        (f"{EXAMPLE}王五", "副主任", "", "街道主任", "领导", "", "13800000000", "inbox：wangwu"),
    ),
)  # fmt: skip

GROUPS = RosterLayout(
    "单位组",
    record=Record.GROUP,
    columns=(
        Column("组名", "name", "表中统称的一批单位，如：各社区；不可与单位重名", 20),
        Column("简称", "aliases", "统称的其他写法，多个用顿号或分号隔开", 24),
        Column("成员", "members", "成员单位，多个用顿号或分号隔开，须在“单位”表中", 60),
    ),
    examples=(
        (f"{EXAMPLE}各社区", "辖区各社区", "向阳社区；东风社区"),
        (f"{EXAMPLE}各科室", "机关各科室", "城市管理科；宣传科"),
    ),
)

LAYOUTS = (UNITS, PEOPLE, GROUPS)

ROSTER = Form(
    "督办名册",
    (
        "这是督办系统的名册：有哪些单位，谁负责，谁分管，怎样通知到人。",
        "先填“人员”，再填“单位”，最后填“单位组”；表头和工作表名称请勿改动，列的先后可以调整。",
        f"灰色的、以“{EXAMPLE}”开头的行只作示范，导入时自动跳过，可以删除。",
        "姓名是人员的标识。两人同名时各自填写单位，在别处引用时写成“姓名（单位）”。",
        "逾期事项按 责任人 → 单位负责人 → 分管领导 → 主要领导 → 领导小组 逐级上报，"
        "后两级由“上级”一列推出：主要领导是分管领导的上级，领导小组是主要领导的上级。",
        "每个单位至少要有一名责任人、单位负责人或分管领导，否则无法导入。",
        "简称、成员、角色、消息渠道一格可填多个，用顿号、分号或换行隔开；名称本身请不要含有这些符号。",
        "填完后导入。所有问题会一次列出，并指明工作表和单元格。",
    ),
    LAYOUTS,
)
