"""What columns are called (栏目名称): the field behind each name offices give one. To teach a name, add it here."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """栏目: what a column holds."""

    NUMBER = "item_no"
    CATEGORY = "category_path"
    TASK = "task"
    STANDARD = "standards"
    METHOD = "methods"
    LEAD = "lead_units"
    SUPPORT = "support_units"
    ASSESSOR = "assessing_units"
    LEADER = "leader"
    RESPONSIBLE = "responsible"
    START = "start"
    DEADLINE = "deadlines"
    PERIOD = "period"
    """A column named after a period (一季度), whose cells say what is due in it."""
    SIGN = "sign"
    """A column named after a unit, whose signs say what part the unit has."""
    SHARE = "share"
    """A column named after a unit, whose cells say what that unit does."""
    REMARK = "remark"
    MATERIAL = "material"
    """A column of papers to be handed in (申报材料): the task where nothing but categories stands beside it."""
    OTHER = "other"


_UNIT = r"(单位|部门|科室|股室|处室|站所|机构|主体)"
_MONTH = r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_HANDED_IN = r"(网上|申报|报送|上报|提交|上传|提供|支撑|所需|应|需|须|拟|迎检|备查|归档)"
# In the order in which they are tried: the first pattern found in a heading decides.
_NAMES: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern, re.IGNORECASE))
    for field, pattern in (
        (
            Field.PERIOD,
            rf"^(20\d\d年?)?((第|前)?[一二三四1-4]个?季度?|第[一二三四五六1-6]阶段|[上下]半年|{_MONTH}([-—–~至到]{_MONTH})?月份?)"
            r"(底|末)?前?(阶段|工作|进度|目标|任务|计划|节点|安排|要求)*$",
        ),
        (Field.OTHER, r"(数|数量|占比|排名|名次|合计|小计)$|(完成|整改|工作|推进)(比例|率|度)$|累计"),
        (Field.OTHER, r"批示(领导|人|日期|时间|来源)|(批办|签批|批转|拟办)(领导|人|日期|时间)"),
        (
            Field.TASK,
            r"案由|(建议|提案|议案|议题|培训|宣讲|活动|会议)的?(标题|题目|名称|主题)|批示(要求|内容|意见|事项|精神)|领导批示|批示$",
        ),
        (
            Field.TASK,
            rf"(任务|内容|事项|措施|举措|工作|项目|问题)(及|和|、|与)+其?(牵头|责任|承办|负责|落实|主办)?{_UNIT}$",
        ),
        (Field.CATEGORY, r"^(来文|文件|材料|信息)?(标题|题目)$|^(来文|文件)(名称|内容)$"),
        (Field.MATERIAL, rf"^{_HANDED_IN}*((材料|资料)(名称|内容|目录|清单)?|(档案|台账)(名称|目录|清单))$"),
        (Field.OTHER, r"(材料|资料)(形式|格式|类型)$"),
        (Field.OTHER, r"佐证|实际|最近|最新|更新|上次|上期"),
        (Field.CATEGORY, r"(类别|分类|类型|领域)$"),
        (
            Field.NUMBER,
            r"^(序号?|编号|编码|号|项号|(指标|任务|项目|条目|工作|问题|事项|清单|建议|提案|议案|案件?|工单|督办件?)(编|序)?[号码]|№|no\.?)$",
        ),
        (Field.LEAD, rf"(被|受)(考核|考评|检查|督查|检|评).{{0,2}}{_UNIT}|^(考核|考评|测评|检查)对象$"),
        (
            Field.DEADLINE,
            r"^(工作|推进|完成|实施|时间|时序|序时|计划)?进度(安排|要求|计划|目标|节点)?$|(计划|拟|要求|预计|应于?)(完成|办结|结束)"
            r"|^(截止|截至|办结|完工|月份|月度|日程)$",
        ),
        (Field.START, r"^(计划|拟|预计|要求)?(开始|启动|起始|开工)(时间|日期|日)?$"),
        (Field.STANDARD, r"(评分|扣分|计分|考核|考评|赋分)(标准|细则)"),
        (Field.REMARK, r"^备注"),
        (
            Field.OTHER,
            r"说明|分值|得分|权重|分数|满分|自评|评分|扣分|(完成|进展|落实|整改|推进)情况|考核结果|检查结果",
        ),
        (
            Field.OTHER,
            r"电话|地址|门牌|联系方式|手机|签字|签名|签收|签章|依据|来源|是否|状态|现状|资金|投资|金额|进展"
            r"|(发现|交办|转办|派发|派单|下达|受理|接收|来文|收文|检查|督查|巡查|抽查|通报|印发|发布|公布|登记|录入|创建|提出|立项|销号|签收|反馈|上传|会议|投诉)的?(时间|日期)",
        ),
        (Field.ASSESSOR, rf"(考核|考评|验收|督查|督导|督办|评分|监督|检查|审核|审查)(责任|负责)?({_UNIT}|领导)"),
        (Field.LEAD, rf"(领导|责任人|负责人)(及|和|、|与|其|所在|责任|牵头|负责|承办)*{_UNIT}"),
        (Field.LEADER, r"领导|(分管|包联|包保|包抓|挂点|挂联).{0,3}(市长|区长|县长|镇长|主任|书记|人)"),
        (Field.LEAD, rf"(责任|牵头|承办|负责){_UNIT}((及|和|、|与)(责任人|负责人|联系人)|责任人)"),
        (Field.RESPONSIBLE, r"责任人|联系人|联络员|经办人|负责人|承办人|专管员|牵头人|(网格|点位|[路街巷片楼段站])长$"),
        (Field.SUPPORT, rf"(配合|协办|协助|协同|协管|助攻|参与|参加|会办|支持).{{0,2}}{_UNIT}?$"),
        (
            Field.LEAD,
            rf"(牵头|主办|责任|承办|负责|实施|落实|主责|主管|主体|值守|值班|组织|举办|包保|申报|报送|上报|填报|提交|提供|执行|承担|整改|完成|建设|涉及|所属|属地|分工|主抓|主攻|办理|经办|包联|包抓|挂联|帮扶|联系).{{0,3}}{_UNIT}"
            rf"|^({_UNIT}(名称)?|责任|牵头|主办|承办|负责|责任分工|分工|任务分工|职责分工|责任(街道|社区|乡镇|镇街)|属地)$",
        ),
        (
            Field.DEADLINE,
            r"(实施|建设|完成|整改|推进|创建|任务)年[限度]|时限|时间|期限|限期|日期|节点|频次|频率|周期|阶段性?(目标|任务|安排)|时段",
        ),
        (
            Field.METHOD,
            r"(测评|考核|评价|考评|检查|评估|督查|验收|审核|评审|评定|采集).{0,2}(方法|方式|办法|形式|途径)|^(方法|方式)$",
        ),
        (
            Field.TASK,
            r"任务|内容|措施|事项|举措|做法|要点|重点$|工作项目|职责|安排|(重点|主要|具体)?工作$|活动$|^[小子细分]项$",
        ),
        (Field.STANDARD, r"标准|标志|要求|目标|细则|成果|指标值|成效|步骤|计划|路径"),
        (Field.CATEGORY, r"项目|指标|类别|分类|类型|领域|板块|方面|环节|问题|点位|地点|路段|区域|^大[项类]$"),
    )
)
LONGEST_HEADING = 20
_STAGE = re.compile(r"阶段\s*[（(][^）)]*\d+\s*月[^）)]*[)）]\s*$")
"""第一阶段（1-3月）: a period by its bracket."""
_PERCENT = re.compile(r"(进度|完成|进展)[^（(]*[（(]\s*[%％]")
"""进度（%）: how far things are."""
_BRACKET = re.compile(r"[（(【\[].*?[)）】\]]")
_BLANKS = re.compile(r"[\s:：/*＊]+")


@lru_cache(maxsize=8192)
def field_of(heading: str) -> Field | None:
    """The field a heading names, or None where it names none."""
    if len(heading) > 3 * LONGEST_HEADING:
        return None
    plain = plain_heading(heading)
    if not plain or len(plain) > LONGEST_HEADING or re.search(r"[，。；,;]", plain):
        return None
    if _STAGE.search(heading):
        return Field.PERIOD
    if _PERCENT.search(heading):
        return Field.OTHER
    return next((field for field, pattern in _NAMES if pattern.search(plain)), None)


def plain_heading(heading: str) -> str:
    """A heading in one spelling, its brackets left out unless they are all it says."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", heading))
    return _BRACKET.sub("", text) or text.strip("()[]【】")
