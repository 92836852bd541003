"""Unit phrases and their reading, by convention: the tests hold the reader to them, the docs page shows them."""

from typing import NamedTuple

from rules.units import UnitReading


class Example(NamedTuple):
    """`reads` is what said() makes of the reading; `label` is the header of the column, `context` the words around."""

    text: str
    reads: str
    label: str | None = None
    context: str | None = None


class Section(NamedTuple):
    zh: str
    en: str
    rule_zh: str
    rule_en: str
    examples: tuple[Example, ...]


def said(reading: UnitReading) -> str:
    """A reading in one line, as the page shows it: "牵头 市教育局 配合 市公安局；市交通局 ?"."""
    parts = (("牵头", reading.lead), ("配合", reading.support), ("考核", reading.assessors))
    named = " ".join(f"{word} {'；'.join(units)}" for word, units in parts if units)
    return (named or "—") + (" ?" if reading.questions else "")


def reads(text: str, reading: str, label: str | None = None, context: str | None = None) -> Example:
    return Example(text, reading, label, context)


SECTIONS = (
    Section(
        "并列的单位",
        "Units in a list",
        "没有“牵头”字样时，并列的单位都是责任单位，共同牵头；原文怎么写就怎么记，不补“市”字，不改简称。",
        "Without 牵头 the units of a list are responsible together. Names stay as they are written.",
        (
            reads("市教育局", "牵头 市教育局"),
            reads("市教育局、市卫健委", "牵头 市教育局；市卫健委"),
            reads("市教育局，市卫健委；各街道", "牵头 市教育局；市卫健委；各街道"),
            reads("市教育局。市卫健委", "牵头 市教育局；市卫健委"),
            reads("市教育局/市卫健委", "牵头 市教育局；市卫健委"),
            reads("市教育局 市卫健委　各街道", "牵头 市教育局；市卫健委；各街道"),
            reads("市教育局、\n市卫健委\n各街道", "牵头 市教育局；市卫健委；各街道"),
            reads("市教育局市卫健委市民政局", "牵头 市教育局；市卫健委；市民政局"),
            reads("教育局卫健委民政局", "牵头 教育局；卫健委；民政局"),
            reads("城建科市政科园林科", "牵头 城建科；市政科；园林科"),
            reads("东关街道西关街道南关街道", "牵头 东关街道；西关街道；南关街道"),
            reads("市住建局城建科", "牵头 市住建局城建科"),
            reads("市住建局物业科", "牵头 市住建局物业科"),
            reads("各镇中心学校、县直幼儿园", "牵头 各镇中心学校；县直幼儿园"),
            reads("驻村工作队、村“两委”", "牵头 驻村工作队；村“两委”"),
            reads("市委办公室市政府办公室", "牵头 市委办公室；市政府办公室"),
            reads("客运东站综合管理办公室、市商务局", "牵头 客运东站综合管理办公室；市商务局"),
            reads("市城管局、住建局；各县（区）、高新区", "牵头 市城管局；住建局；各县（区）；高新区"),
            reads("宣传、文明办", "牵头 宣传；文明办"),
            reads("公安、城管、交通等部门", "牵头 公安；城管；交通"),
            reads("1.市教育局2.市卫健委", "牵头 市教育局；市卫健委"),
            reads("①市教育局②市卫健委", "牵头 市教育局；市卫健委"),
            reads("市 教 育 局、市 卫 健 委", "牵头 市教育局；市卫健委"),
            reads("市住房和城乡\n建设局、市交通运输局", "牵头 市住房和城乡建设局；市交通运输局"),
            reads("市教育局、市卫健委两部门", "牵头 市教育局；市卫健委"),
            reads("移动、联通、电信", "牵头 移动；联通；电信"),
            reads("市委讲师团、县宣讲团、县豫剧团", "牵头 市委讲师团；县宣讲团；县豫剧团"),
            reads("华东商城", "牵头 华东商城", label="责任单位"),
            reads("/", "—"),
            reads("无", "—", label="配合单位"),
            reads("东城街道\n办事处\n南城街道\n办事处", "牵头 东城街道办事处；南城街道办事处"),
            reads("市纪委监委机关、市委组织部", "牵头 市纪委监委机关；市委组织部"),
        ),
    ),
    Section(
        "和、及、与",
        "And",
        "“和”“及”“与”分开单位，但名称里面的不分；“有关部门和单位”是一个组。",
        "和, 及 and 与 part units, but not inside a name, nor in 有关部门和单位, which is one group.",
        (
            reads("市公安局和市司法局", "牵头 市公安局；市司法局"),
            reads("市公安局及各分局", "牵头 市公安局；各分局"),
            reads("公安和消防部门", "牵头 公安；消防部门"),
            reads("市教育和体育局、市文化广电和旅游局", "牵头 市教育和体育局；市文化广电和旅游局"),
            reads("市人力资源和社会保障局与市医疗保障局", "牵头 市人力资源和社会保障局；市医疗保障局"),
            reads("和平街道、解放街道", "牵头 和平街道；解放街道"),
            reads("有关部门和单位", "牵头 有关部门和单位"),
            reads("有关部门和各县区", "牵头 有关部门；各县区"),
        ),
    ),
    Section(
        "括号",
        "Brackets",
        "名称里的括号（加挂牌子、各县（市、区））是名称的一部分；括号里的人、电话、日期不是单位。",
        "A second name in brackets is part of the unit; people, telephone numbers and dates in brackets are not.",
        (
            reads("市水务局（市排水中心）", "牵头 市水务局（市排水中心）"),
            reads("市教育局、市公安局（交警支队、治安支队）", "牵头 市教育局；市公安局（交警支队、治安支队）"),
            reads("各县（市、区）人民政府", "牵头 各县（市、区）人民政府"),
            reads("（责任单位：市教育局（市语委办）、市公安局）", "牵头 市教育局（市语委办）；市公安局"),
            reads("市教育局（张三）", "牵头 市教育局"),
            reads("市教育局（联系电话：12345678）", "牵头 市教育局"),
            reads("市教育局（会同市公安局）", "牵头 市教育局 配合 市公安局"),
            reads("市水务局、市园林局（按各自管护范围负责）", "牵头 市水务局；市园林局"),
            reads("各镇、各街道（属地管理）", "牵头 各镇；各街道"),
            reads("市教育局、市体育局（按行业归口负责）", "牵头 市教育局；市体育局"),
            reads("市水务局、各区按照管辖范围分别负责", "牵头 市水务局；各区"),
            reads("市教育局（负责校园）、市公安局（负责道路）", "牵头 市教育局；市公安局"),
            reads("区住建局（3处）、区水务局（2个）", "牵头 区住建局；区水务局"),
        ),
    ),
    Section(
        "单位组",
        "Groups",
        "各街道、市直各单位、成员单位这样的说法按名册展开；“等”本身不增加单位，“等有关部门”是一个组；"
        "数得出的组保留数目。",
        "各街道, 市直各单位 and the like are expanded by the roster. 等 alone adds nothing, 等有关部门 is a group of "
        "its own, a counted group keeps its number.",
        (
            reads("各乡镇、街道", "牵头 各乡镇；街道"),
            reads("各市、县（区）人民政府", "牵头 各市、县（区）人民政府"),
            reads("市、县两级公安机关", "牵头 市、县两级公安机关"),
            reads("市直各部门、单位", "牵头 市直各部门、单位"),
            reads("各级各部门", "牵头 各级；各部门"),
            reads("全体成员单位", "牵头 全体成员单位"),
            reads("16个成员单位", "牵头 16个成员单位"),
            reads("各建设、施工、监理单位", "牵头 各建设、施工、监理单位"),
            reads("县直各文明单位", "牵头 县直各文明单位"),
            reads("市水利局等", "牵头 市水利局"),
            reads("市水利局、市气象局等部门", "牵头 市水利局；市气象局"),
            reads("市水利局、市气象局等有关部门", "牵头 市水利局；市气象局；有关部门"),
            reads("市水利局等；各区政府", "牵头 市水利局；各区政府"),
            reads("各司其职、各负其责", "—"),
            reads("本单位、各街道", "牵头 各街道"),
            reads("本市各媒体", "牵头 本市各媒体"),
            reads("县级主要新闻媒体、县融媒体中心", "牵头 县级主要新闻媒体；县融媒体中心"),
            reads("中心医院、中心小学", "牵头 中心医院；中心小学"),
            reads("五大电力企业、各邮政网点", "牵头 五大电力企业；各邮政网点"),
        ),
    ),
    Section(
        "栏目名",
        "Labels",
        "“牵头单位：”等栏目名决定后面的单位；栏目名也可以只在表头。有“牵头”时，“责任单位”是配合。"
        "考核、验收、督查的单位不是责任单位。",
        "A label decides the names behind it and may stand in the column's header only. Beside a 牵头 the 责任单位 "
        "support. Who assesses is never responsible.",
        (
            reads("牵头单位：市教育局；配合单位：市公安局、各街道", "牵头 市教育局 配合 市公安局；各街道"),
            reads("责任单位（牵头）：市教育局；责任单位（配合）：市公安局", "牵头 市教育局 配合 市公安局"),
            reads("责任单位（主办）市教育局", "牵头 市教育局"),
            reads("市教育局（负责牵头）、市公安局（辅助）", "牵头 市教育局 配合 市公安局"),
            reads("此项工作由市教育局负责，市公安局协助", "牵头 市教育局 配合 市公安局", context="校车检查"),
            reads("市教育局、市公安局双牵头", "牵头 市教育局；市公安局"),
            reads("市教育局为第一责任单位，市公安局为第二责任单位", "牵头 市教育局 配合 市公安局"),
            reads("市文明办考核，各街道负责", "牵头 各街道 考核 市文明办"),
            reads("牵头单位（市教育局）；配合单位（市公安局、各街道）", "牵头 市教育局 配合 市公安局；各街道"),
            reads("牵头：市教育局　配合：市公安局", "牵头 市教育局 配合 市公安局"),
            reads("牵头单位\n市教育局\n配合单位\n市公安局", "牵头 市教育局 配合 市公安局"),
            reads("【牵头单位】市教育局【配合单位】市公安局", "牵头 市教育局 配合 市公安局"),
            reads("牵头单位：市教育局；责任单位：市公安局", "牵头 市教育局 配合 市公安局"),
            reads("主办单位：市教育局 协办单位：市公安局", "牵头 市教育局 配合 市公安局"),
            reads("责任单位：市教育局、市公安局；完成时限：6月底前", "牵头 市教育局；市公安局"),
            reads("由包保单位县财政局督促", "牵头 县财政局"),
            reads("责任单位：市教育局；考核单位：市文明办", "牵头 市教育局 考核 市文明办"),
            reads("被考核单位：各街道", "牵头 各街道"),
            reads("市公安局、市交通局", "配合 市公安局；市交通局", label="配合单位"),
            reads("市公安局、市交通局", "配合 市公安局；市交通局", context="配合单位"),
            reads("市文明办", "考核 市文明办", label="考核单位"),
            reads("市教育局、市公安局", "牵头 市教育局 配合 市公安局", label="责任单位（列第一位的为牵头单位）"),
            reads("市公安局", "配合 市公安局", context="由市教育局牵头，市公安局配合。"),
            reads("市教育局牵头", "牵头 市教育局 ?", label="配合单位"),
            reads("牵头单位：区水务局  成员单位：区住建局、各镇", "牵头 区水务局 配合 区住建局；各镇"),
        ),
    ),
    Section(
        "牵头、负责与配合",
        "Leading, being responsible, supporting",
        "“A牵头，B、C（按职责分工）负责”：A牵头，B、C配合。会同、联合、协助、配合的一方是配合。"
        "名单里带“（牵头）”的牵头，其余配合。",
        "A牵头，B、C负责: A leads, B and C support. Who is joined by 会同, 联合, 协助 or 配合 supports. "
        "（牵头） behind one unit of a list: that one leads, the rest support.",
        (
            reads("市教育局牵头，市公安局、市交通局按职责分工负责", "牵头 市教育局 配合 市公安局；市交通局"),
            reads("（市教育局、市公安局牵头，各区县负责落实）", "牵头 市教育局；市公安局 配合 各区县"),
            reads("（市教育局、市公安局按职责分工负责）", "牵头 市教育局；市公安局"),
            reads("市教育局、市公安局分别负责", "牵头 市教育局；市公安局"),
            reads("市教育局（牵头）、市公安局、市交通局", "牵头 市教育局 配合 市公安局；市交通局"),
            reads("市公安局、市教育局（牵头）", "牵头 市教育局 配合 市公安局"),
            reads("市教育局、市公安局（配合）", "牵头 市教育局 配合 市公安局"),
            reads("由市教育局会同市公安局、市交通局开展整治", "牵头 市教育局 配合 市公安局；市交通局"),
            reads("市教育局联合市公安局", "牵头 市教育局 配合 市公安局"),
            reads("市教育局、市公安局联合开展", "牵头 市教育局；市公安局"),
            reads("市教育局主办，市公安局协办", "牵头 市教育局 配合 市公安局"),
            reads("市教育局负责，各街道协助", "牵头 市教育局 配合 各街道"),
            reads("市教育局牵头市公安局配合", "牵头 市教育局 配合 市公安局"),
            reads("市教育局为牵头单位，市公安局为配合单位", "牵头 市教育局 配合 市公安局"),
            reads("以市教育局为主，市公安局配合", "牵头 市教育局 配合 市公安局"),
            reads("市教育局与市公安局共同负责", "牵头 市教育局；市公安局"),
            reads("配合市教育局做好", "牵头 市教育局"),
            reads("市教育局指导，各学校组织实施", "牵头 各学校 考核 市教育局"),
            reads("市教育局负责，市委督查室督办", "牵头 市教育局 考核 市委督查室"),
            reads("市公安局配合市教育局做好", "牵头 市公安局 配合 市教育局 ?"),
            reads("市教育局牵头整治校园，市公安局牵头整治道路", "牵头 市教育局；市公安局 ?"),
            reads("牵头单位：市教育局；配合单位：市教育局、市公安局", "牵头 市教育局 配合 市公安局 ?"),
            reads("★市教育局、市公安局", "牵头 市教育局；市公安局 ?"),
            reads("区水务局抓总，各镇具体实施", "牵头 区水务局 配合 各镇"),
            reads("区水务局牵头组织，各镇参加", "牵头 区水务局 配合 各镇"),
            reads("牵头（区水务局）", "牵头 区水务局"),
            reads("区水务局、区住建局（联合）", "牵头 区水务局；区住建局"),
        ),
    ),
    Section(
        "句子和标题",
        "Sentences and titles",
        "句子里取做事的单位；督促、指导、组织的对象不算。句末括号和标题括号里的单位说了算。",
        "In a sentence the one who acts is taken, not whom it urges or guides. "
        "A bracket behind a sentence or a title decides.",
        (
            reads("曹县、定陶区要全面推开", "牵头 曹县；定陶区"),
            reads("各责任单位要按照分工抓好落实", "牵头 各责任单位"),
            reads("请各单位认真落实", "牵头 各单位"),
            reads("校园环境整治由市教育局负责", "牵头 市教育局"),
            reads("市教育局督促各学校、各幼儿园落实", "牵头 市教育局"),
            reads("市委督查室、市委组织部", "牵头 市委督查室；市委组织部"),
            reads("市教育局要加强管理，各街道要配合做好", "牵头 市教育局 配合 各街道"),
            reads("加强周边整治，各单位要落实责任。（市教育局、市公安局）", "牵头 市教育局；市公安局"),
            reads("重点任务分解表（市教育局）", "牵头 市教育局"),
            reads("工作方案（试行）", "—"),
            reads("牵头抓总", "—"),
            reads("加强部门配合", "—"),
            reads("加强组织领导", "—"),
            reads("加强校园管理市教育局负责", "— ?"),
        ),
    ),
    Section(
        "人不是单位",
        "People are no units",
        "无论前面写什么栏目名，人都不是单位；单位后面跟的人名去掉。该写单位的地方只写了人，要问。",
        "A person is never a unit, whatever label stands before the name. "
        "Where only a person is given the clerk is asked.",
        (
            reads("牵头领导：张三副局长 责任部门：宣传科、市政科", "牵头 宣传科；市政科"),
            reads("责任单位：市教育局 责任人：张三", "牵头 市教育局"),
            reads("市教育局张三", "牵头 市教育局"),
            reads("市教育局：张三", "牵头 市教育局"),
            reads("市教育局负责人", "牵头 市教育局"),
            reads("张三", "— ?"),
            reads("分管副市长", "— ?"),
            reads("全体干部职工", "— ?"),
        ),
    ),
    Section(
        "要问的",
        "Asked",
        "不知道是不是单位、几个名称连写、没有写明单位，都要问。",
        "Words that may be no unit, names that may run together, and units not given are asked about.",
        (
            reads("云上坊", "牵头 云上坊 ?"),
            reads("市公安局渣土局", "牵头 市公安局渣土局 ?"),
            reads("市教育局联合执法大队", "牵头 市教育局联合执法大队 ?"),
            reads("待定", "— ?"),
            reads("同上", "— ?"),
            reads("详见附件", "— ?"),
            reads("上级部门", "牵头 上级部门 ?"),
        ),
    ),
)  # fmt: skip

EXAMPLES = tuple(example for section in SECTIONS for example in section.examples)
