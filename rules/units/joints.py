"""The joints of a phrase (衔接词): the words between names that say what part a unit takes, or that begin a predicate.

Each is a regular expression over spelt text. A strong joint is one wherever it stands; a weak one only behind a whole
name, because names contain it too (组织部, 联合会, 督查室).
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from rules.units.words import Part, listed, words


class Joint(StrEnum):
    """衔接: what a word between names does. THEN (要, 每周) leaves open what follows; TELL begins a predicate."""

    BY = "by"
    OF = "of"
    LEAD = "lead"
    DUTY = "duty"
    SUPPORT = "support"
    ASSESSOR = "assessor"
    OVERSEER = "overseer"
    TOGETHER = "together"
    WITH = "with"
    AND = "and"
    ETC = "etc"
    THEN = "then"
    TELL = "tell"


PARTS = {
    Joint.LEAD: Part.LEAD,
    Joint.DUTY: Part.DUTY,
    Joint.SUPPORT: Part.SUPPORT,
    Joint.ASSESSOR: Part.ASSESSOR,
    Joint.OVERSEER: Part.OVERSEER,
    Joint.TOGETHER: Part.PARTNER,
}

ADVERBS = words(
    """
    积极 主动 密切 共同 全力 大力 认真 切实 及时 具体 分别 各自 统一 全面 直接 主要 总体 负责 做好 给予 予以 分工
    协同 相互 抓好 参与 协助 按要求 全程 同步 一并 一道 一起 要 应 须 应当 必须 需 需要 将 可 并 且 共 总 来 统筹
    做 为 予 具体实施 组织 充分 有效 紧密 通力 依法 强化 切实履行
    """
)
"""How a part is taken: 积极配合, 共同负责. They stand before a joint and belong to it."""

AND = "和(?!平(?![安台])|谐|顺|睦|美(?!术)|龙|田(?!径)|静|林格|畅|泰|气(?!象)|善)"
"""和 between names; 和平街道 begins with it."""
_NO_NOUN = "(?!单位|部门|领导|人(?![民事社防大武行才力])|人员|同志|科室|处室|方(?!面)|机构|制|区域)"
_IS = "(?:作?为|是|系)"
_FOLLOW_UP = "(?:检查|落实|整改|指导|办理)?"
_SHARES = "管[养护辖理控]|辖区?|作业|监管|属地|片区|区域|条线|行业|领域|权属|产权|归口"
"""By what units share one task: 按管养范围, 按行业归口."""
_HOW = f"(?:{listed(ADVERBS)})*+"

_STRONG = {
    Joint.TOGETHER: ("(?:密切|相互|互相|通力|紧密|协同)(?:协作)?配合",),
    Joint.ASSESSOR: (f"负责(?:督查)?(?:考核|考评|验收|评分|打分|评定){_NO_NOUN}",),
    Joint.OVERSEER: (f"负责(?:日常)?(?:督促|督办|督导|督查|监督(?!管理)){_FOLLOW_UP}",),
    Joint.LEAD: (
        f"{_IS}(?:总?牵头|主办|主责)(?:单位|部门|方)",
        f"{_IS}(?:第一|首要|主要)责任(?:单位|部门|主体|方)",
        f"(?:负责)?(?:双?牵头|主办(?!银行)|主抓|主责)(?:负责|抓总|主抓|组织(?![部处科]))?{_NO_NOUN}",
        "为主(?!要|[体题线任席管办])",
        f"抓总(?:负责)?|总负责{_NO_NOUN}",
    ),
    Joint.SUPPORT: (
        f"{_IS}(?:配合|协办|协助|参与)(?:单位|部门|方)",
        f"(?:配合|(?<!政)协办){_NO_NOUN}(?:落实|实施|做好|抓好|完成)?",
    ),
    Joint.DUTY: (
        f"{_IS}(?:第[二三四]|次要)?(?:责任|负责|承办|主管|实施)(?:单位|部门|主体|方)",
        f"负责{_NO_NOUN}",
        "(?:按照?|依照?|依据|根据|结合)(?:各自|本?部门|本单位|单位|法定|工作|有关)*的?(?:职责|职能|职权|权限|分工)"
        "(?:任务|分工|范围|权限|要求|规定|和|、)*(?:内|范围内)?"
        f"{_HOW}(?:负责|落实|实施|承担|完成|抓好|推进|办理|开展工作|做好)?",
        f"(?:按照?|依照?|依据|根据)(?:各自|有关|所)*的?(?:{_SHARES})+(?:分工|划分|原则|范围|权限|要求|责任|管理|归口|内)*"
        f"{_HOW}(?:负责|落实|实施|承担|抓好|包干|完成|$)",
        "各负其责|各司其职|齐抓共管",
    ),
    Joint.WITH: ("并?会同(?!时)",),
    Joint.ETC: ("(?<![高中初平同何均对相一二三甲乙])等(?![级同候待离于奖])",),
    Joint.BY: (
        "(?<![自理缘经])由(?![于来此衷])|责成|责令|交由",
        "^要求(?=.)|^请(?!示)|^以(?![下上内外及来后前往便奖色])",
    ),
    Joint.OF: ("的",),
}
_WEAK = {
    Joint.TOGETHER: ("(?:协同|联动|配合)(?:配合|联动|推进|发力)?$",),
    Joint.ASSESSOR: ("(?:督查)?(?:考核|考评|验收|评分|打分)$",),
    Joint.OVERSEER: (f"(?:督促|督办|督导|督查|监督|检查|指导){_FOLLOW_UP}$",),
    Joint.WITH: (
        "联合(?!$|[会社]|体(?!育)|国(?![有家土税资防])|开展|推进|实施|大学|执法|党|工会|指挥|调度)",
        "协同(?!$)|携手|联动|会商|(?<=[一-鿿])商(?![务业贸会标检场城户家品圈铺店])",
        "^与(?=.+(?:共同|联合|一道|一起|协同|配合))",
    ),
    Joint.SUPPORT: (f"(?:协助|协管|参与|参加|支持|协同){_NO_NOUN}(?:落实|实施|做好|抓好|完成|配合)?",),
    Joint.DUTY: (
        "(?:承办|承担|落实|实施|执行|组织实施|具体办理|办理|整改|完成|主管)$",
        "(?:共同|联合|分工|分别|一起|一道)(?=$|开展|推进|实施)",
    ),
    Joint.AND: (f"以及|及其(?!他|余)|及(?![时格早])|(?<![共祥融调暖缓温]){AND}|与(?![否时会])|或者?",),
}
_THEN = (
    "要(?![求素件点闻塞道])|应(?![急对用聘变])|须|必须|需(?!求)|将(?![军来])|可(?![能行])|于(?![都洪潜田])|每[日天周月季年]",
    "积极|认真|切实|主动|及时|定期|立即|限期|尽快|抓紧|全面|共同|全力|依法|依职|进一步|继续(?!教育)|持续|逐步|集中(?!供|区|采购)|统一(?!战线)|严格|分别|充分|具体|重点(?!办|项目|工程|处|中心)",
)
_TELLS = words(
    """
    督促 敦促 加强 加快 加大 做好(?!配合|协助|协同|协办|牵头) 抓好 落实 促进 开展 制定 制订 编制 完善 健全 建立
    完成 实施 整改 清除 清运 排查 维修 修复 更换 设置 设立 安装 配备 配齐 发放 发布 印发 报送 上报 提交 反馈 通报
    召开 举办 参加 参与 支持 保障 确保 保证 提供 提升 提高 优化 强化 深化 细化 规范 严查 严厉 严禁 结合 按照 根据
    依据 依照 对照 围绕 针对 对(?![外台口]) 把 (?<!所)在 向(?!阳) 从 为(?!民) 不得 不再 不能 已 均 都(?![市区江县]) 也
    还(?!建) 再(?!生) 未(?!成年|央) 履行 承担 明确 指定 安排 选派 派出(?!所|机) 抽调 成立 组建 出台
    研究(?![院所室会中]) 汇总 收集 受理 办理 查处 打击 取缔 拆除 引导 动员 发动 鼓励 贯彻 传达 部署 沟通 联系 对接
    跟踪 跟进 回访 曝光 约谈 问责 是 使 让 利用 采取 采用 通过 运用 推广 推行 打造 营造 争创 巩固 发挥 自查 互查
    自行 抓 改造 新建 改建 扩建 修建 增设 增加 减少 降低 达到 实现 力争 坚持 深入 大力 全市范围 参照 依托 借助 立足
    聚焦 抢抓 瞄准 执行 承接 牢固 树立 压实 压紧 听取 关于 制作 张贴 悬挂 播放 报(?![社刊]) 交(?![通警运投管巡委])
    送 建(?![议设工管委投科站局筑材行邺瓯昌湖宁安水华阳]) 编(?!办|制|委)
    """
)
_WEAK_TELLS = words(
    """
    组织 督查 督导 检查 监督 考核 创建 整治 治理 执法 服务 统筹 协调 规划 推进 推动 宣传 教育 建设 管理 指导 审核
    审批 调度 培训 维护 巡查 巡逻 清理 清扫 处置 处理 登记 发展 改革 评估 分析 总结 验收 考评 评价 拆违 保洁 养护
    改善 探索 创新 配合 协助 联合
    """
)
"""Predicates that names contain as well: 市委督查室 is a name, 市委督查各街道 is not."""


class Found(NamedTuple):
    """A word that may be a joint, at start..end of a run."""

    joint: Joint
    strong: bool
    start: int
    end: int


_IN_ORDER = (
    *(("strong", joint, "|".join(patterns)) for joint, patterns in _STRONG.items()),
    *(("weak", joint, "|".join(patterns)) for joint, patterns in _WEAK.items()),
    ("strong", Joint.TELL, listed(_TELLS)),
    ("strong", Joint.THEN, "|".join(_THEN)),
    ("weak", Joint.TELL, listed(_WEAK_TELLS)),
)
_PATTERN = re.compile("|".join(f"(?P<{strength}_{joint.value}>{pattern})" for strength, joint, pattern in _IN_ORDER))
_FOUND = {name: (name.startswith("strong"), Joint(name.split("_")[1])) for name in _PATTERN.groupindex}
_ROLE = re.compile("|".join(pattern for joint in (*PARTS, Joint.WITH) for pattern in _STRONG[joint]))
_BY_LENGTH = sorted(ADVERBS, key=len, reverse=True)


def find_joints(run: str) -> Iterator[Found]:
    """Every word of the run that may be a joint, in order."""
    for match in _PATTERN.finditer(run):
        strong, joint = _FOUND[match.lastgroup or ""]
        yield Found(joint, strong, match.start(), match.end())


def opens_with_joint(words: str) -> bool:
    """Whether the words begin with one a joint or a predicate begins with."""
    return bool(_PATTERN.match(words))


def next_role(run: str, start: int) -> int:
    """Where the next strong word for a part begins, or the end of the run."""
    found = _ROLE.search(run, start)
    return found.start() if found else len(run)


def without_adverbs(run: str, start: int, end: int) -> int:
    """The end of what stands before the adverbs of a joint: 市城管局 in 市城管局要积极（配合）."""
    while (shorter := run[start:end]) and shorter.endswith(ADVERBS):
        end -= next(len(adverb) for adverb in _BY_LENGTH if shorter.endswith(adverb))
    return end
