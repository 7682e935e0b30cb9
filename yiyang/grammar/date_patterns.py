"""Compile the patterns of a Chinese date, a span of time or a rhythm; `dates` reads what they find.

All expect text folded by `numerals.fold`. Blanks between the parts are bounded, so that a long run
of them is passed over once.
"""

from __future__ import annotations

from yiyang.grammar import calendars

_S = r"\s{0,3}"
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# 元月 is January; 廿日, 廿五日, 卅一日 stand for 20, 25, 31
_MON = rf"(?:{_NUM}|元)"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"

# 第三季度, 3季度, 三季度末, Q3, 3Q
_QUARTER = (
    rf"(?:(?<![上下])第?[一二三四1-4]{_S}季度(?:底|末)?|[Qq][1-4](?![\dA-Za-z])(?:底|末)?"
    r"|(?<![\dA-Za-z])[1-4]Q(?![\dA-Za-z]))"
)
# 2025年IV季度, 2025年第Ⅲ季度: behind a year only
_ROMAN_QUARTER = rf"第?(?:IV|I{{1,3}}|[Ⅰ-Ⅳ]){_S}季度(?:底|末)?"
# 上半年, 下半年末, 前半年; 印发后半年内 is a length of time. 2025H1 behind a year only
_HALF = r"[上下前后]半年(?![之以]?内)(?:底|末)?"
_LETTERED_HALF = r"[Hh][12](?![\dA-Za-z])"
# 前三季度, 前两个季度, 前6个月, 前5月, 头三个月: the first ones of a year
_FIRST = (
    rf"(?:[前头][一二两三四1-4]{_S}个?{_S}季度|[前头](?:{_NUM}|两){_S}个{_S}月"
    r"|前\d{1,2}\s{0,3}月(?![底末初\d]))"
)
# 25年底前, 26年底，新增: of a year that is written short; not 10年底蕴
_END_OF_YEAR = r"年?[底末](?=\s?(?:[之以]?前|左右|[,，。;；、)）]|$|达到?\d|实现|完成|建成))"
# 2022年, 二〇二二年度, 2025、2026年
# 2026 where a quarter follows (2026Q2, 2026上半年). 22年 is a year in front
# of a month, a quarter or a half, and 25年 of its end (25年底前): 20年 alone is a length of time
_YEAR = (
    rf"(?:(?<!\d)(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{{2}}){_S}年(?!以[上下])度?"
    rf"|(?<!\d)(?:19|20)\d\d(?:年?度)?(?:[-/.](?=Q))?(?={_S}(?:{_QUARTER}|[上下]半年|{_LETTERED_HALF}|全年|{_FIRST}))"
    r"|(?<!\d)(?:19|20)\d\d(?=\s?[、和与及]\s?(?:(?:19|20)\d\d\s?[、和与及]\s?)?(?:19|20)\d\d年)"
    rf"|(?<!\d)[1-3]\d年(?={_S}(?:{_MON}{_S}月(?!龄)|{_QUARTER}|[上下]半年))"
    rf"|(?<![\d满过续近长第达余])(?:2\d|3[0-5])年(?={_S}{_END_OF_YEAR}))"
)
_QUOTE = "[“”\"'‘’]?"

# Names of a year that lean on the year of issue: 今年, 本年度, 明年
_FROM_ISSUE = {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "上年": -1}
# and on the year that the sentence or the title speaks of: 当年, 次年, 翌年
_FROM_STATED = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "第二年": 1, "下年": 1, "下一年": 1}
_RELATIVE_YEAR = _FROM_ISSUE | _FROM_STATED
# 去年底, 上年度，: last year where a part of it or nothing follows; in 上年度决算 it says of what
_PAST = "|".join(name for name, years in _RELATIVE_YEAR.items() if years < 0)
# 当年成活率: the year of what was planted
_COMING = "|".join(name for name, years in _RELATIVE_YEAR.items() if years >= 0)
_COMING = _COMING.replace("当年", "当年(?![一-鿿]{0,6}(?:成活|保存|入学)率)")
# not 达产后年产值, 竣工后年底前
_COMING = _COMING.replace(
    "后年",
    r"(?:(?<![^,，。;；、\s(（])|(?<=[到至在于])|(?<=力争|确保|争取|计划|预计))后年(?![产均税收销利营增])"
    r"|(?<!建成|竣工|达产|投产|改造|完工|验收|投用|搬迁|拆迁|实施|运营|完成|收割|采收|毕业|入驻|开工|结束|通车|到期|投运|培训|整改|贯通|封顶)"
    r"后年(?=[底末初度前\d一二三四五六七八九十上下第])",
)
_OF_PAST = (
    rf"(?={_S}(?:年?[底末初终]|\d|[一二三四五六七八九十]{{1,2}}月|第?[一二三四]季|[上下]半年|全年|前"
    r"|[,，。;；、)）]|$))"
)
_ANY_YEAR = rf"(?:{_YEAR}|(?:{_COMING})度?|(?:{_PAST})度?{_OF_PAST})"

# 6月30日, 9月上旬, 上中旬, 4月底, 12月末; 6月15前, where 日 is left out. 月 as a measure (3个月,
# 12月龄, 月均) is none. A month behind a year that was not read (5年6月) belongs to that year.
_BEHIND_A_YEAR = r"(?<![\d〇零一二三四五六七八九]年)(?<![\d〇零一二三四五六七八九]年\s)"
_UP_TO = r"(?:[之以]?前(?![期段后沿提述往])|止)"
_DECADE = r"(?:上[、和]?中旬|中上旬|中[、和]?下旬|[上中下]旬)(?:底|末)?"
_MONTH = (
    rf"{_MON}{_S}月份?(?![龄均度])"
    rf"(?:{_S}(?:{_DAY}{_S}[日号]|{_DAY}(?={_S}(?:{_UP_TO}|$))|{_DECADE}|月?[底末]|初(?![中步级期次])"
    r"|中(?=[前旬，,。;；]|$)))?"
)
_NUMBERED = r"(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\d|0?[1-9])(?![\d.%])"
# 6.15前, 6.30日前: a day written with a point, known by what stands behind it
_DOTTED = rf"(?<![\d./]){_NUMBERED}(?={_S}(?:{_UP_TO}|[日号])){_S}[日号]?"
_DOTTED_OF_YEAR = rf"{_NUMBERED}(?:[日号]|(?={_S}(?:{_UP_TO}|[,，;；。、)）]|$)))"
# Part of a year: 2022年底, 2022年年底, 2022年末, 2022年初, 2022年内, 2022年年中, 年终
_YEAR_PART = (
    r"(?:年中|年?(?:底|末|内(?![部容外科涵])|终|尾|初(?![中步级期次])|中(?=[前，,。;；]|$)))"
)
# “十四五”期间, 十四五末, “十四五”规划期末, 十五五时期
_PLAN = (
    rf"{_QUOTE}十[一二三四五六七]五{_QUOTE}"
    r"(?:规划)?(?:(?:时期|期间)末?|期?末|期内|收官之年)"
)
# 2021-12-31, 2021.12.31, 2021/6, 2021.6底; the sign between the parts is the same
_ISO = (
    r"(?<![\d.])(?:19|20)\d\d(?:"
    + "|".join(
        rf"{sign}(?:1[0-2]|0?[1-9])(?:{sign}(?:3[01]|[12]\d|0?[1-9])[日号]?|月?[底末]|月(?!龄))?"
        for sign in ("-", r"\.", "/")
    )
    + r")(?!\d|\.\d)"
)
# 农历十二月底, 腊月底, 农历正月十五
_LUNAR = rf"(?:(?:农历|阴历){_S}(?:{_NUM}|[正冬腊])月|[正冬腊]月)(?:底|末|初?{_DAY}日?)?"
# 春节前, 国庆节前夕; without 前 a festival is no end
_FESTIVAL = (
    rf"{_QUOTE}(?:{calendars.FESTIVALS}){_QUOTE}(?:国际)?(?:儿童|劳动|建军|建党|国庆|妇女)?"
    r"(?:节日?|假期|长假)?(?:来临|到来)?之?前(?!后)夕?"
)
_PARTS = (
    rf"{_LUNAR}|{_FESTIVAL}|{_MONTH}|{_QUARTER}|{_HALF}|{_LETTERED_HALF}|{_FIRST}|{_ROMAN_QUARTER}"
)
_ALONE = r"(?:^|(?<=[\s，,。；;：:、/（(）)在于到至取争保须①-⑳]))"
# 各区年底前, 项目年内完成: of the year that runs; not 每年底, 该年底, 三年末, 五年内
_OF_ALL = (
    r"(?<=[\u4e00-\u9fff])"
    "(?<![〇零一二两三四五六七八九十几多数今明去后当本每同次翌来上下前该其逐隔整元学首末头往昨历近财新周年])(?<!农历)"
)

POINT = (
    rf"(?:{_ISO}|{_PLAN}|{_ANY_YEAR}(?:的?{_S}(?:{_PARTS}|{_DOTTED_OF_YEAR})|:{_S}(?:{_PARTS}))"
    rf"|{_BEHIND_A_YEAR}(?:{_LUNAR}|{_FESTIVAL}|{_MONTH}|{_QUARTER}|{_HALF}|{_DOTTED})|{_ALONE}{_FIRST}"
    rf"|{_ANY_YEAR}(?:{_YEAR_PART}|全年)?|{_ALONE}年(?:[底末内终](?!科)|中(?=[之以]?前))|{_OF_ALL}年(?:[底末](?=[之以]?前|达到?\d|实现|完成|建成|全[部面])"
    r"|内(?=(?:全[部面]|基本|力争|确保)?(?:完成|建成|实现|投用|投入使用|开工|竣工|新[增建]|启动|达到))))"
)
"""A pattern for one date: 2021年4月底, 十二月, 第三季度, 2022年底, “十四五”末, 年内, 2021-12-31,
2026Q2, 2026年前三季度, 6.15前, 2026年春节前, 农历十二月底."""

_PART = rf"(?:{_PARTS}|{_DOTTED})(?:之前|以前|前)?"
_OPEN, _CLOSE = rf"[(（〔【\[]{_S}", rf"{_S}[)）〕】\]]"
_BARE_YEAR = rf"(?:{_YEAR}|(?:19|20)\d\d(?={_CLOSE}|$))"
BRACKETED = (
    rf"(?:{_OPEN}{_BARE_YEAR}{_CLOSE}{_S}{_PART}|{_PART}{_S}{_OPEN}{_BARE_YEAR}{_CLOSE}"
    rf"|{_YEAR}{_S}{_OPEN}{_PART}(?:完成)?{_CLOSE}"
    rf"|(?<!/){_PART}{_S}/{_S}{_BARE_YEAR}(?!{_S}[\d一二三四第上下前底末内/—–~～─至到-])|{_YEAR}{_S}/{_S}{_PART}(?!{_S}[/—–~～─至到-]))"
)
"""A date of which the year or the rest stands in brackets or behind a stroke: 6月底（2026年）,
2026年（6月底前）, 6月底/2026年."""

_SEASONS = (
    r"[春秋]季(?:学期)?开学|[春夏秋冬](?!月)季?|[暑寒][假期]|主?汛期?|[前中后]期|全国两会|两会|第?[一二三四]阶段|双节|两节"
    r"|入[冬夏汛秋春伏]|[“\"]?两委[”\"]?换届|换届|春耕|秋收|三夏|[高中]考|供暖[季期]?|采暖[季期]?|取暖季?|开学|雨季|高温季?|农忙|[春夏秋冬]种|[春秋]播"
)
UNREAD = (
    rf"(?:(?!{_ANY_YEAR}{_S}{_FESTIVAL}){_ANY_YEAR}{_S}(?:{_NUM}(?:{_S}[、，,和及]{_S}{_NUM}){{1,11}}{_S}月份?"
    r"|第?[一二三四1-4](?:[、，,和及]第?[一二三四1-4]){1,3}季度"
    rf"|{_QUOTE}(?:{calendars.FESTIVALS}|{_SEASONS}){_QUOTE}节?(?:假期)?(?:来临|到来|开始|期间)?(?:之?前后?|之?后)?)"
    rf"|(?<![\d一二三四五六七八九十年])(?:第?[一二三四1-4][、和及]){{1,3}}第?[一二三四1-4]季度"
    r"|(?:^|(?<=[。;；]))月底[之以]?前(?=[\u4e00-\u9fff])"
    rf"|(?:{calendars.FESTIVALS})节?(?:假期)?后(?:上班)?第一(?:周|个?工作日)"
    r"|[上前][、和及][下后]半年|本届[\u4e00-\u9fff]{0,6}任期[之以]?内"
    rf"|(?<=[\u4e00-\u9fff])(?<![年第前头每])(?:{_NUM}[、，和及]){{1,11}}{_NUM}{_S}月份?(?![龄均度个])"
    r"|[本下]个?(?:周|星期)[一二三四五六日天]?(?:[之以]?前(?![期段后沿提述往])|[之以]?内)"
    rf"|(?<![年前]){_QUOTE}(?:{_SEASONS}){_QUOTE}(?:来临|到来|开始|结束)?[之以]?前(?![期段后沿提述往]))"
)
"""A pattern for a part of a year that is not understood (2022年汛期, 入冬前); the year alone is not
its day. An enumeration (5、6月) is read where its parts follow one another."""

_TO = rf"{_S}(?:起|开始)?{_S}(?:至|到|[—–\-~─～－]{{1,3}}){_S}"
_BEGIN = (
    rf"(?:{POINT}|(?:{_ANY_YEAR}{_S})?{_NUMBERED}|{_ANY_YEAR}{_S}第?{_NUM}"
    rf"|(?:19|20)\d\d(?!-[Qq])|(?<!统)第?{_NUM})"
)
_END = rf"(?:{POINT}|{_DECADE})"
# 2021年5月1日至31日, 5月1-10日: the last day is of the same month
_DAYS = (
    rf"(?:{_ANY_YEAR}{_S}|{_BEHIND_A_YEAR}){_MON}{_S}月{_S}{_DAY}{_S}[日号]?{_TO}{_DAY}{_S}[日号]"
)
# 2026.3-12, 2026年3.1-4.30, 2026.3.1-4.30, 4.1-4.30: months or days with a point
_MONTHS = rf"(?<![\d.])(?:19|20)\d\d[./](?:1[0-2]|0?[1-9]){_TO}(?:1[0-2]|0?[1-9])月?(?![\d.])"
_DOTS = (
    rf"(?:{_ANY_YEAR}{_S}|(?<![\d.])(?:(?:19|20)\d\d[./])?)(?:{_NUMBERED}){_TO}{_NUMBERED}[日号]?"
)
RANGE = rf"(?:{_MONTHS}|{_DOTS}|{_BEGIN}{_TO}{_END}|{_DAYS})"
"""A pattern for a span between two dates; the first may lack 年 or 月, the second its year."""

_OF_RHYTHM = rf"(?:{_LUNAR}|{_FESTIVAL}|{_MONTH}|{_QUARTER}|{_HALF}|{_FIRST}|{_DOTTED})"
POINT_OF_RHYTHM = (
    rf"(?:(?:(?:{_COMING})度?{_S})?{_OF_RHYTHM}|(?:{_COMING})度?{_YEAR_PART}?|年[底末内终](?!科))"
)
"""A pattern for one date of every year, half year or quarter, which states no year: 6月底, 次年3月,
上半年. It is a tenth of `POINT`, for it stands in the patterns of a rhythm several times."""
RANGE_OF_RHYTHM = (
    rf"(?:(?:{POINT_OF_RHYTHM}|第?{_NUM}){_TO}(?:{POINT_OF_RHYTHM}|{_DECADE})"
    rf"|{_MON}{_S}月{_S}{_DAY}{_S}[日号]?{_TO}{_DAY}{_S}[日号])"
)
"""A pattern for a span between two dates of every year: 11月至次年3月, 5月1日至31日."""
