"""Know the words that head a time, by what they are made of: 办结日期, 计划完成时点, 整改时限.

A label or the head of a column is a word that says what is to come to pass (办结, 完成, 交付) and
one that says that a day is meant (日期, 时点, 期限); each varies without end, their places do not.
"""

from __future__ import annotations

from datetime import date

from yiyang.grammar import dates
from yiyang.grammar.numerals import fold, read
from yiyang.safety.later import expression

_DONE = (
    "办结|办理|办复|答复|回复|完成|完工|完结|交付|交账|交卷|交稿|交工|整改|整治|销号|清零|化解|解决|达标|达效|达产|达成|建成|竣工"
    "|投用|投产|报送|上报|提交|反馈|验收|见效|落实|落地|截止|到期|结束|终止|出台|结项|结题|揭榜|交榜|到位"
)
# 计划, 预计: words beside it; 工作 and 项目 stand in front of a time only (工作时限, no 工作年限)
_MEANT = "计划|预计|预定|拟定?|目标|要求|限定|限期|规定|约定|承诺|最迟|最晚|最终|应|须"
_OF_WHAT = "总体|工作|任务|事项|项目|问题|工程|推进|实施|进度|序时|工期|时间"
_BEFORE = rf"(?:(?:{_OF_WHAT}|{_MEANT}|{_DONE})[及和与并、/]?){{0,5}}"
# Words that head a day whatever stands before them, and those that need a word of what is done.
_SURE = "时限|限时|(?<=计划|施工|建设|要求|检修|整治)工期|时间点|时间表|时间|节点|时点|期限|限期"
_NEEDS = "日期|年月日|年月|年限|年份|月份|日(?![期常均间报志程])"
_BEHIND = "(?:要求|安排|规定|节点|进度)?"

WORDS = (
    rf"(?:{_BEFORE}(?:{_SURE}){_BEHIND}|{_BEFORE}(?:{_DONE}|{_MEANT})(?:{_NEEDS}){_BEHIND}"
    "|进度安排|完成年度|(?:何时|几时|什么时候)(?:完成|办结|办好|做完)|最[迟晚](?:完成|办结)?)"
)
"""A label of a time without its colon: 完成时限, 计划办结日期, 销号时点, 时间要求."""

# 录入时间, 交办日期, 实际完成时间: the day on which something was noted or happened
_NOTED = (
    "拟稿|录入|登记|创建|新建|更新|填报|填表|填写|制表|统计|来文|收文|发文|成文|交办|下达|下发|立项|转办|派发|派单|派件|分派|分办|接收"
    "|接单|签收|受理|排查|巡查|摸排|巡检|发布|公布|印发|批复|批准|审批|发现|成立|出生|任职|入职|修改|采集|导入|导出|打印|生成|操作|审核|入库|签批|批示"
)
_DAY = "时间|日期|时点|年月|时刻"

# 计划批复时间, 拟发布时间, 预计印发日期: the day by which it is meant to come to pass; not
# 拟稿时间, 计划下达时间, which are stamps, nor 计划开工时间
PLANNED_VERB = (
    "(?:计划|预计|预定|拟定?|要求|应|须)(?:完成|完工|竣工|办结|交付|结束|建成|投用|投产|销号)|结束"
)
"""A head of one verb, whose cells are days or what is to be reached: 计划完成."""
PLANNED = (
    r"^(?:计划|预计|预定|拟定?(?!稿|文|办|制人)|目标|要求|最迟|最晚|应|须)(?!下[达发]|编[号制])"
    rf"(?![一-鿿]{{0,4}}(?:开始|启动|开工|起始|动工|进场))[一-鿿]{{1,8}}(?:{_DAY}|时限|期限|节点)$"
    rf"|^(?:{PLANNED_VERB})$"
)
"""The head of a column of days that are planned, whatever else is noted in it."""

NOTED = rf"(?:{_NOTED}|(?:实际|已)(?:{_DONE})?|(?:上次|最近|最新)[一-鿿]{{0,4}}?)(?:{_DAY})"
"""The head of a column of days that passed, or of stamps: no deadlines."""

# 录入时间, 交办日期, 实际完成时间: the day has passed, whatever the document is about
_STAMP = expression(
    "拟稿|实际|已|上次|最近|最新|录入|登记|创建|更新|填[报表写]|制表|统计|来文|收文|发文|成文|交办|下[达发]|转办|派[发单件]|分[派办]|接[收单]"
    "|签[收批]|受理|发现|出生|任职|入职|修改|采集|导[入出]|打印|生成|操作|入库|批示"
)
# 6月底, 9月30日前: no stamp is so written
_AHEAD = expression(r"[底末]$|前$|季度|年内")
_NOTED_HEAD = expression(NOTED)


def may_lie_ahead(heading: str, cell: str) -> bool:
    """Tell whether a day in a column of days that were noted may be a deadline all the same: one of
    批复时间 or 发布时间, or one that is written as an end (6月底)."""
    if not _NOTED_HEAD.search(heading):
        return False
    return not _STAMP.search(heading) or bool(_AHEAD.search(cell.strip()))


BEGUN = (
    rf"(?:开始|启动|开工|起始|动工|进场)(?:{_DAY}|节点)"
    "|^(?:计划|预计|预定|拟定?|要求)?(?:开始|启动|开工|动工|进场)$"
)
"""The head of a column of days on which tasks begin: 启动时间, 开工日期."""

BESIDE = (
    "(?:报送|上报|提交|反馈|检查|抽查|自查|核查|验收|评估|督查|督办|调度|销号)"
    rf"(?:{_DAY})"
)
"""The head of a column that holds deadlines where no other one does: 报送时间 beside 完成时限."""


# 完成时限（自印发之日起）, 办理时限（本方案印发后）; not 自受理之日起, 自签订之日起
_FROM_ISSUE = expression("(?:印发|发布|下发|公布|出台|发文)(?:之日|当日|日)?(?:起|[之以]?后)")
_LENGTH = expression(
    r"\s*(?:(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})\s?个?\s?(?P<unit>工作日|日|天|周|星期|月|年)|半年)"
    r"(?:[之以]?内)?(?:完成|办结)?\s*"
)
# 完成时限（2026年）, 2026年完成时限, 2026年度完成时间
_OF_YEAR = expression(
    rf"(?:^|[(（])((?:19|20)\d\d)年度?(?:[)）]|(?:计划|预计|拟)?(?:{_DONE})?(?:时限|期限|{_DAY}|节点)$)"
)


def due_behind(heading: str, cell: str, issued: date | None) -> date | None:
    """Return the day by which a length of time in a cell (30日内) is over, below a heading that has
    it run from the issue; None for any other."""
    length = _LENGTH.fullmatch(fold(cell))
    if not (issued and length and _FROM_ISSUE.search(fold(heading))):
        return None
    count = int(read(length["count"])) if length["count"] else 1
    return dates.add(issued, count, length["unit"] or "半年")


def year_of(heading: str) -> int | None:
    """Return the year that the heading of a column of times names (2026年完成时限)."""
    named = {int(year) for year in _OF_YEAR.findall(fold(heading))}
    return named.pop() if len(named) == 1 else None
