"""The vocabulary (词汇): every word the deadline grammar knows, by the kind of token it becomes.

To teach the grammar a new word, add it to its line here. Entries are regular expressions over normalised text;
what looks alike but means something else (前期, 日常, 周边) is kept out by a lookahead right beside the word.
"""

from enum import StrEnum

from rules.deadlines import festivals
from rules.deadlines.numerals import NUMERALS


class Kind(StrEnum):
    """What a stretch of text is to the grammar; the tokeniser tries the kinds in this order."""

    NAME = "name"
    MASKED_YEAR = "masked_year"
    DATE = "date"
    YEAR_MONTH = "year_month"
    MONTH_DAY = "month_day"
    CLOCK = "clock"
    LUNAR = "lunar"
    FESTIVAL = "festival"
    PLAN = "plan"
    WEEKDAYS = "weekdays"
    ALTERNATE = "alternate"
    UNIT = "unit"
    SHIFT = "shift"
    NEXT = "next"
    SAME_DAY = "same_day"
    QUARTERS = "quarters"
    HALF = "half"
    YEAR_PART = "year_part"
    MONTH_PART = "month_part"
    WEEK = "week"
    TERM = "term"
    NTH = "nth"
    NUMBER = "number"
    BARE = "bare"
    ROUTINE = "routine"
    PART = "part"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SINCE = "since"
    BEFORE = "before"
    UNTIL = "until"
    ABOUT = "about"
    WITHIN = "within"
    AFTER = "after"
    START = "start"
    NOW = "now"
    AS_OF = "as_of"
    FROM = "from"
    DASH = "dash"
    ENDING = "ending"
    EACH = "each"
    BY_EACH = "by_each"
    MORE = "more"
    LASTING = "lasting"
    REGULARLY = "regularly"
    EVENT = "event"
    PACE = "pace"
    STANDING = "standing"
    AT_ONCE = "at_once"
    OPEN_DATE = "open_date"
    AWAITED = "awaited"
    NEW_YEAR = "new_year"
    DAYPART = "daypart"
    PERIOD = "period"
    STOP = "stop"
    COMMA = "comma"
    PER = "per"
    LIST = "list"
    OPEN = "open"
    CLOSE = "close"
    GAP = "gap"
    END = "end"


NUMERAL = f"(?:[0-9]{{1,8}}|[{NUMERALS}]{{1,8}})"

TIME_UNITS = (
    "工作日|自然日|日历天|小时|钟头|分钟|季度|学年|学期|星期|礼拜|月份|年度|年(?![级龄代轮画])|月(?![龄饼]|(?<=[一二三四五六七八九十]月)(?:广场|大道|路(?![面灯口])|街(?!道)))|日(?![常志])"
    "|天(?!津)|周(?![年岁期边围密转刊])|旬|(?<!四)季(?!节)|号(?![文楼线院门令机])"
)
"""时间单位; 个 before them is read by the tokeniser."""

COUNTERS = (
    "人次|户次|次(?![日月年])|期(?![间限满末初])|轮|场|遍|回(?!头)|篇|条|份|批(?![准复])|例|个|件|课时"
    "|节(?![日前后气假约能省水电点庆])"
)
"""量词: what counts occurrences or results."""

ROUTINES = (
    "检查|督查|督导|督办|调度|通报|考核|考评|考查|评比|评议|评估|评价|评选|暗访|明察|明查|巡查|巡检|巡访|走访|例会|会商|会议"
    "|会办|小结|总结|汇报|报告|上报|报送|点评|排名|排序|研判|分析|抽查|自查|互查|普查|清扫|普扫|清洗|冲洗|洒水|清运|清理|保洁|消杀|讲评|测评|测试"
    "|汇总|统计|梳理|复盘|核查|督察|曝光|简报|专报|交流|公示|公布|兑现|推进会|碰头会|调研|座谈|讲堂|宣讲|更新|更换|监测|轮换|回访|晾晒|盘点|反馈|推进|[查评报测训结清访晒比会讲]"
)
"""例行工作: what is done at a steady pace; makes 月通报, 周调度, 一月一汇报 a cadence."""

THEMES = "主题|活动|培训|演练|学习|(?:竣工)?验收|课|学|练|星"
"""What is held at a steady pace only where the pace is spelt out, as in 一月一主题; 质量月活动 is a name."""

EVENTS = (
    "[国省市][检测考]|[初终]评|考察|迎检|迎查|检查|测评|验收|考核|考评|评估|评审|复审|复查|复核|复检|暗访|明查|督查|督导|巡视|巡察|审计"
    "|普查|会议|大会|全会|常委会|年会|召开|开幕|闭幕|举行|举办|开工|动工|竣工|完工|投产|投用|投入使用|通车|开业|运营|开学|开课"
    "|放假|假期|寒假|暑假|高考|中考|考试|期末|期中|汛期|入汛|主?汛|雨季|台风季|冬季|入冬|供暖|采暖季?|供热|夏季|入夏|秋收|夏收|春耕"
    "|换届|党代会|人代会|代表大会|两会|运动会|比赛|赛事|挂牌|揭牌|命名|授牌|期满|届满|到期|到来|来临|结束|交付"
)
"""外部事件: what happens on a day settled elsewhere, as in 测评前, 验收前, 汛期前."""

ARRIVALS = "进驻|入驻|入场|进场|到场|到位|到访|抵达|到达|到来|来临|来访|来检|离开|离场|撤离"
"""到场: how those who assess come and go, as in 测评组入场前."""

SHIFTS = {
    "今年": ("年", 0), "本年度?": ("年", 0), "当年": ("年", 0),
    "明年": ("年", 1), "来年": ("年", 1), "下一?年度?": ("年", 1),
    "后年": ("年", 2), "去年": ("年", -1), "上一?年度?": ("年", -1),
    "[本当]季度?": ("季度", 0), "下一?个?季度": ("季度", 1), "上一?个?季度": ("季度", -1),
    "[本当]月份?": ("月", 0), "这个月": ("月", 0), "下个?月份?": ("月", 1), "上个?月份?": ("月", -1),
    "[今本]日": ("日", 0), "今天": ("日", 0), "明[天日]": ("日", 1), "后天": ("日", 2),
}  # fmt: skip
"""相对时间: counted from the reference date."""

WEEKS = {"本": 0, "这": 0, "下": 1, "上": -1}
"""Which week 本周, 下周, 上周 is, counted from that of the reference date."""

NEXTS = {"次年": "年", "翌年": "年", "第二年": "年", "次月": "月"}
"""次: counted from the clause before, not from the reference date."""

SAME_DAYS = {
    "当日": "P0D", "当天": "P0D", "次日": "P1D", "翌日": "P1D", "第二天": "P1D",
    "下一个工作日": "P1WD", "下一工作日": "P1WD", "下个工作日": "P1WD", "次一工作日": "P1WD",
}  # fmt: skip
"""Days counted from whatever the words before them name."""

YEARLY_PARTS = "年度?(?:底|末|终|内|初)|年中(?![国央旬期考])|岁[末尾]|全年"
_DAY_PARTS = "上午|下午|中午|晚上|晚间|早上|早晨|凌晨|傍晚|夜间|午后"
HOUR_PARTS = f"(?:{_DAY_PARTS})?[上下]班(?=[之以]?前)|{_DAY_PARTS}|[早晚](?=[0-9一二三四五六七八九十]{{1,3}}[时点:])"

_NUMBER_NAMES = "十一|五一|六一|七一|八一|三八"
_WORD_NAMES = "|".join(sorted(set(festivals.NAMES) - set(_NUMBER_NAMES.split("|")), key=len, reverse=True))

_HOLIDAYS = "(?:[双两]节|小?长假|假期|黄金周)?"

_AROUND = "[之以]?前|期间|左右"
"""What behind 6·26国际禁毒日 says that the day is meant, and not the name."""

_DIGIT = "[0-9一二三四五六七八九十]"

WORDS: dict[Kind, str] = {
    Kind.NAME: r"《[^《》]*》|[〔\[【][^〔\]【】〕]*[〕\]】]",
    Kind.LUNAR: (
        "(?:[农阴旧]历(?:[正腊冬]|闰?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}))|[正腊冬](?<![寒隆严改].))月"
        "(?:[底末]|[上中下]旬|初?(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})日?)?"
    ),
    Kind.FESTIVAL: (
        rf"(?<![{NUMERALS}])(?:{_NUMBER_NAMES})(?=国际|国庆|劳动|儿童|妇女|建|节|[之以]?前|期间|长?假|小长假|黄金周|[、和]"
        rf"|以后|后)(?:国际)?(?:国庆|劳动|儿童|妇女|建[党军])?节?{_HOLIDAYS}|(?:{_WORD_NAMES})节?{_HOLIDAYS}"
        rf"|(?<![0-9.·])(?:1[0-2]|[1-9])·(?:3[01]|[12][0-9]|[1-9])(?![0-9.])(?:[一-鿿]{{0,10}}?[日节](?={_AROUND}))?"
    ),
    Kind.ALTERNATE: "[单双奇偶](?<![单双每逢隔逐按简].)(?:[、和]?双|数(?=月))?[周月](?![刊岁期边围])",
    Kind.SHIFT: f"(?<![则本体以])(?:{'|'.join(SHIFTS)})",
    Kind.NEXT: "|".join(NEXTS),
    Kind.SAME_DAY: "|".join(SAME_DAYS),
    Kind.HALF: "[上下]半年度?",
    Kind.YEAR_PART: YEARLY_PARTS,
    Kind.MONTH_PART: "月(?:底|末|初|内)|(?<![春夏秋冬雨淡旺汛旱花换赛上下本四学])季度?[底末](?![考月])|旬[底末]",
    Kind.TERM: "(?:本|下|上|第[一二三四]|春季|秋季)学期(?:期?末|初|内|结束前|期间)?|(?<!每)学[期年][末初]"
    "|(?:本届)?(?:任期|届期)(?:内|期间|结束前|届满前)",
    Kind.PART: (
        "[上中下]旬|上中旬|中[上下]旬|[上下]半月|(?:(?<=[月年度份季期0-9])|(?<=每旬))[底末终](?![端了])|(?<=[月年度份])初(?![中步期审次级])"
        "|(?<=[月年])中(?![国央旬心小学期考层共介])"
    ),
    Kind.SINCE: "以来|至今",
    Kind.BEFORE: "[之以]?前夕?(?![往期来列沿端哨身者述言后])",
    Kind.UNTIL: "为?止(?![步损])",
    Kind.ABOUT: "左右|前后",
    Kind.WITHIN: "[之以]?内(?![容部外涵业参])",
    Kind.AFTER: "[之以]?(?<!最)后(?![续勤期台备])",
    Kind.START: "起(?![草来诉步]|到(?:[了很]|.{0,6}作用))|开始|始(?=[,至到-])",
    Kind.NOW: "即日|现在|即时",
    Kind.AS_OF: "截[至止]",
    Kind.FROM: "自从|从|自(?![行查纠检愿治我主办评])",
    Kind.DASH: "-|(?:持续|延续|一直)?直?(?:至|(?<![做达收得接找感遇看听受提落办见])到)(?![位达场今])",
    Kind.ENDING: f"逢{_DIGIT}(?:[、,和]?逢{_DIGIT})*(?!{_DIGIT}|[日号月年个周])",
    Kind.EACH: "每逢|每隔|每个?|各(?=季度|月度?[底末0-9])|逢|隔(?![离断])",
    Kind.BY_EACH: "按(?=半年|[日周旬月季](?![计节时期程]))|逐(?=[日周旬月季](?![步节]))",
    Kind.MINIMUM: "不得?[少低]于|不小于|至少|最少|≥|>=",
    Kind.MAXIMUM: "不[得能应可准]?(?:超过|多于)|至多|最多|≤|<=",
    Kind.MORE: "以上",
    Kind.LASTING: f"为期|历时|用时|利用|集中(?={NUMERAL}(?:天|日|个))",
    Kind.REGULARLY: "(?<![不规限])定期",
    Kind.EVENT: rf"(?:{EVENTS})(?:组|团|队|工作|活动)?(?:{EVENTS}|{ARRIVALS}|来(?:我?[省市县区])?|启动)?[之以]?前夕?"
    f"(?![往期来列沿端哨身者述言几]|{NUMERAL}[名位个])|(?:寒假|暑[假期]|汛期|春运|两会|迎检|国检|省检|测评|复审)期间",
    Kind.PACE: (
        "按照?(?!原|规定|要求|有关|照)[^,;。:()按]{0,10}?(?:进度|节点|时限|工期|时间表|时间(?:要求|安排)|通知的?时间|时序)"
        "(?:目标|要求|安排|计划)*"
    ),
    Kind.STANDING: "长期|常年|常态|常抓|持续|经常|日常|不间断|长效|始终|随时",
    Kind.AT_ONCE: "立行立改|立查立改|立整立改|即[知查行整督]即改|边[查督]边改|马上就改|立即整改|立改|即改",
    Kind.OPEN_DATE: "待定|条件(?:成熟|具备)[时后]|另行(?:通知|安排|确定)|时间另定|视情(?:况而定|况?安排|而定|$)"
    "|(?<![环季细情章关音调])(?:[双两]?节|节日|节假日|节庆)前(?![往期来后])|今冬明春|(?<![至今])[今明][春夏秋冬](?![天季])",
    Kind.AWAITED: "(?<![等接对期善招看优])待(?!条件)[^,;。:()待]{2,14}?后(?![续勤期台备])",
    Kind.NEW_YEAR: "(?<![多几数百千历往近周])年前(?![往期来列沿])",
    Kind.DAYPART: HOUR_PARTS,
    Kind.PERIOD: "期间|时期|期末",
    Kind.STOP: "[;。!?]",
    Kind.COMMA: "[,:]",
    Kind.PER: "/每?(?:半年|年|季度?|月|周|天|日)(?![0-9])",
    Kind.LIST: "[、/ ]|以及|和(?![谐平睦])|及(?![时格早其])|与(?![否时会])|或者?(?!许)",
    Kind.OPEN: r"\(",
    Kind.CLOSE: r"\)",
}
