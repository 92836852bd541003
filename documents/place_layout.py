"""How a places file (点位名册) is laid out: areas, sites and standards, with hints and examples."""

from documents.form_layout import EXAMPLE, Column, Form, Layout, names_of
from rules.place_problems import PlaceSheet
from rules.place_register import LEVEL_WORDS, SEVERITY_WORDS
from rules.places import Part

_AREAS = names_of("网格")
_TYPES = names_of("检查标准")

SHEETS = {
    PlaceSheet.AREA: Layout(
        "网格",
        (
            Column("网格名称", "name", "网格、片区、社区的名称；不可重复", 20),
            Column("类别", "kind", "如：片区、社区、网格；可不填", 12),
            Column("上级网格", "parent", "它所在的更大的网格，须在本表中；没有则不填", 20, _AREAS),
            Column("责任单位", Part.UNIT, "属地责任单位，须在名册中；点位没有另写的由它负责", 24),
            Column("督查员", Part.SUPERVISOR, "到这里检查的人，须在名册中；多个用顿号或分号隔开", 24),
        ),
        (
            (f"{EXAMPLE}城东片区", "片区", "", "向阳街道", "张三、李四"),
            (f"{EXAMPLE}向阳社区", "社区", "城东片区", "向阳社区", ""),
        ),
    ),
    PlaceSheet.SITE: Layout(
        "点位",
        (
            Column("点位名称", "name", "小区、市场、道路、学校、窗口等的名称；不可重复", 24),
            Column("类型", "type", "检查标准按类型执行，写法与“检查标准”表一致", 14, _TYPES),
            Column("所属网格", "area", "须在“网格”表中；可不填", 20, _AREAS),
            Column("地址", "address", "检查的人按此找到地方", 30),
            Column("责任单位", Part.UNIT, "须在名册中；不填则由网格的责任单位负责", 24),
            Column("行业主管单位", Part.SECTOR, "须在名册中；可不填", 24),
            Column("包保领导", Part.LEADER, "须在名册中；可不填", 14),
        ),
        (
            (f"{EXAMPLE}建设路市场", "农贸市场", "向阳社区", "建设路 12 号", "", "市场监管局", "王五"),
            (f"{EXAMPLE}阳光小区", "小区", "向阳社区", "阳光路 3 号", "阳光物业", "住建局", ""),
        ),
    ),
    PlaceSheet.STANDARD: Layout(
        "检查标准",
        (
            Column("点位类型", "site_type", "这一项在哪类点位检查，如：农贸市场", 14),
            Column("编号", "code", "同一类型内不可重复，如：M1", 8),
            Column("层次", "level", "日、周、月；不填为周。周查含日查项，月查全查", 8, list(LEVEL_WORDS)),
            Column("检查内容", "text", "看什么，怎样算合格", 50),
            Column("问题类型", "finding_type", "不合格时登记为哪类问题，如：占道经营", 16),
            Column("严重程度", "severity", "一般、重要、紧急：决定整改时限；不填为重要", 10, list(SEVERITY_WORDS)),
            Column("测评指标", "indicator", "对应的测评指标编号；可不填", 14),
        ),
        (
            (f"{EXAMPLE}农贸市场", "M1", "日", "出入口无占道经营", "占道经营", "重要", "2.3"),
            (f"{EXAMPLE}小区", "X1", "周", "楼道无堆放杂物", "堆物堆料", "一般", ""),
        ),
    ),
}

PLACES = Form(
    "督办点位名册",
    (
        "这是督办系统的点位名册：检查哪些地方，按什么标准查，谁负责，谁包保，谁督查。",
        "先填“网格”，再填“检查标准”，最后填“点位”；表头和工作表名称请勿改动，列的先后可以调整。",
        f"灰色的、以“{EXAMPLE}”开头的行只作示范，导入时自动跳过，可以删除。",
        "单位和人员写名册中的名称、简称或职务；先导入名册（duban roster import），再导入本表。",
        "点位没有写明的责任单位、督查员，由所在网格的承担；网格也没有的，由上级网格的承担。",
        "人员调整时改好本表重新导入：新的人从当天起负责，原来的人负责到前一天，以前的记录不变。",
        "本表是全部点位：没有写的网格、点位、检查项即停用，以后再写上即恢复。",
        "填完后导入。所有问题会一次列出，并指明工作表和单元格。",
    ),
    tuple(SHEETS.values()),
)
