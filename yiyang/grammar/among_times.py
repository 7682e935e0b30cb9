"""Judge the times of a running text beside one another: what holds no longer, what is one of
several, and what stands there without a sign of a date.
"""

from __future__ import annotations

from itertools import pairwise

from yiyang.core.text import just_before
from yiyang.grammar import asked_of_all
from yiyang.grammar.deadline_patterns import LENGTH
from yiyang.grammar.deadline_refusals import FREQUENCY, UNREAD
from yiyang.grammar.numerals import AND
from yiyang.grammar.time_readers import Time
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


def judged(text: str, found: list[Time]) -> tuple[Time, ...]:
    """Return the times of a folded text as they stand beside one another."""
    found = _listed(text, _of_others(text, _moved(text, _with_others(text, found))))
    return _beside_a_day(text, _framed(text, found))


def _listed(text: str, found: list[Time]) -> list[Time]:
    """The times of a text; a day behind another one of its list is a deadline as that one is."""
    kept = list(found)
    for i, other in enumerate(kept[1:], 1):
        time = kept[i - 1]
        is_attribute = other.refusal == tell("grammar.date_attribute")
        if not (time.due and other.due and not time.refusal and is_attribute):
            continue
        is_alike = time.precision == other.precision and other.due > time.due
        if is_alike and AND.fullmatch(text, time.end, other.begin):
            kept[i] = other._replace(refusal="")
    return kept


def _of_others(text: str, found: list[Time]) -> list[Time]:
    """The times of a text; one that a superior asks of all or another document sets is none."""
    why = tell("grammar.set_by_another")
    return [
        time._replace(refusal=why)
        if not time.refusal and asked_of_all.is_one(text, time.begin, time.end)
        else time
        for time in found
    ]


# 今年新增15个，11月底前完成验收: the year in which, and by when; not 今年底前, 到2026年
_YEAR = expression(r"(?:今年|本年度?|20\d\d年度?)")


def _framed(text: str, found: list[Time]) -> list[Time]:
    """The times of a text without a bare year that a day of the same year in its sentence says more
    exactly."""
    kept = list(found)
    for i, (time, other) in enumerate(pairwise(found)):
        is_frame = time.kind == "by_date" and not time.refusal
        is_exact = other.kind == "by_date" and not other.refusal
        if not (is_frame and is_exact and time.due and other.due):
            continue
        if other.due.year != time.due.year:
            continue
        is_bare = _YEAR.fullmatch(text[time.begin : time.end]) and other.precision != "year"
        between = text[time.end : other.begin]
        is_of_all = _OF_ALL.search(between) and not _OWN_SENTENCE.search(between)
        if is_bare and is_of_all and _FINISH.match(text, other.end):
            kept[i] = time._replace(refusal=tell("grammar.date_attribute"))
    return kept


# 今年新增15个，力争11月底前完成验收: all of them; not 今年新增15个，河东6个11月底前完成验收
_OF_ALL = expression(
    "[,，](?:所有)?(?:项目|(?:主体)?工程)?(?:力争|确保|务必|必须|[须应要并于在]|全部|均|统一|计划|预计){0,3}$|^[^,，]*$"
)
# 今年新建12个，其中6个须在七一前建成: the rest by the end of the year
_OWN_SENTENCE = expression("[。;；]|其[中余他]")
# 完成验收, 全部建成投用: the end of it all; not 完成选址, 完成5个
_FINISH = expression(
    r"前?(?:全部|全面|正式)?(?:完成(?:验收|建设|改造|任务|工程)?|建成(?:投用)?|竣工|完工|投用|投入使用|交付|验收|办结|通水|通车)"
    r"(?:验收|投用|使用)?(?:并[^,，。;；]{2,8})?(?=[,，。;；]|$)"
)


# 每半年开展一次，11月底前形成报告: beside a day it says that the day is not the only one
_EVERY_TIME = expression(
    r"[^,，。;；、\d为向给对让使]{0,8}?(?<!第)(?:[一二两三1-3]|不少于[一二两三\d])次(?![性之以及的])"
)


def _beside_a_day(text: str, found: list[Time]) -> tuple[Time, ...]:
    """The times of a text; how often something is done (每半年开展一次) is one of them where
    another names the last day, which alone would be read as once."""
    if not any(time.kind == "by_date" and not time.refusal for time in found):
        return tuple(found)
    return tuple(
        time._replace(refusal="")
        if time.refusal == FREQUENCY
        and not text.startswith("每年", time.begin)
        and _EVERY_TIME.match(text, time.end)
        else time
        for time in found
    )


# 完成时间由原计划的6月底提前至5月20日, 原定6月底完成的项目调整到9月底: the first holds no longer
_FROM_FORMER = expression(
    r"(?:[由从](?:原[^,，。;；\d]{0,5})?|原(?:定|计划|规划|目标|时限|期限)的?[于在为]?)$"
)
_IS_MOVED = expression(
    r"[^,，。;；\d]{0,10}[,，]?(?:[因由受经为鉴][^,，。;；\d]{1,16}[,，]?)?现?(?:提前|延[长期后]?|推迟|顺延|调整|变更|改)[至到为]?$"
)
_WHEN = expression("完成|竣工|完工|建成|交付|工期|节点|办结|整改|建设(?:期限|时限|时间)")
# 提前至6月底前完成（原定9月底）, 较原计划（12月底）提前半年
_IN_BRACKET = expression(
    r"[(（]原(?:定|计划|为|定于|时限|期限|目标)+(?:完成)?(?:时限|期限|时间)?[:：]?$"
    r"|[较比]原(?:定|计划|时限|期限|目标)+(?:完成|建成)?(?:时限|期限|时间|工期)?[(（]?$"
)
# 政策执行期限由6月30日延长至12月31日, 开放时间由6月1日延长至9月30日: what holds, and how long
_HOLDS = expression("政策|执行|优惠|缓缴|缴费|服务|开放|[供采]暖|有效|营业|出行|申报|受理")


def _moved(text: str, found: list[Time]) -> list[Time]:
    """The times of a text; of a day and the one to which it was moved only the other is due."""
    if not any(sign in text for sign in "由从原"):
        return found
    kept = list(found)
    for i, (time, other) in enumerate(pairwise(found)):
        start = max(0, time.begin - 16)
        if (
            _IS_MOVED.fullmatch(text, time.end, _without_lead(text, other))
            and _FROM_FORMER.search(text, start, _without_lead(text, time))
            and (_WHEN.search(text, start, other.begin) or "原" in text[start : time.begin])
            and not _HOLDS.search(text, start, time.begin)
        ):
            kept[i] = time._replace(refusal=tell("grammar.day_holds_no_longer"))
            kept[i + 1] = other._replace(refusal="")
    for i, time in enumerate(kept):
        before = just_before(text, _without_lead(text, time), 12)
        if _IN_BRACKET.search(before):
            kept[i] = time._replace(refusal=tell("grammar.day_holds_no_longer"))
    return kept


def _without_lead(text: str, time: Time) -> int:
    """Where a time begins without the 至 or 到 in front of it."""
    return time.begin + text.startswith(("至", "到", "从", "自"), time.begin)


# 省级验收前完成整改, 入伏前建成: what has no day and is to be done before; not 动火作业前, 门前,
# 每次考试前
_EVENT = expression(
    r"(?:^|(?<=[,，。;；、:：]))(?:务必|确保|力争|必须|[在于赶须应]){0,2}(?P<event>(?![每各逐])[一-鿿“”\"]{0,8}?"
    r"(?:验收|换届|入[伏冬夏秋春汛]|考核|评估|开学|汛期|[春秋夏冬][播种收]|大?检查|督[查察]|巡[视察]|普查|审计"
    r"|供[暖热]|采暖|雨季|雪季|台风季|[高中]考|两会|会议|大会|赛事|运会|换季)(?:来临|到来|开始|结束)?前)"
    r"(?=[,，]?[须应要]?(?:全部|全面|基本|集中)?"
    r"(?:完成|办结|建成|竣工|清零|销号|投用|报送|上报|整改到位|落实到位))"
)


# 排查隐患，整改期限60天: how long, from a day that is not named
_LIMIT = expression(
    rf"(?:整改|完成|办结|处置|反馈)(?:期限|时限)(?:(?:最长|一般)?(?:为|不超过|不得超过))?[:：]?(?P<length>{LENGTH})"
)


# 今明两年完成, 接下来三年建成: years that no date names
_SPAN = expression(
    "(?P<span>(?:今明|接下来)(?:[一二两三四五]年|[两三]到?[三五]年))(?:时间)?[之以]?内?[,，]?[^,，。;；]{0,12}?(?:完成|建成|实现|达到|新建|新增|改造|培养|培育)"
)


def _with_others(text: str, found: list[Time]) -> list[Time]:
    """The times of a text, and those that begin with no sign of a date: an event before which
    something is to be done, which was seen and not read, and a length of time for a step."""
    others = []
    if "前" in text:
        others += [
            Time(*event.span("event"), refusal=UNREAD, unread=event["event"])
            for event in _EVENT.finditer(text)
        ]
    others += [
        Time(*span.span("span"), refusal=UNREAD, unread=span["span"])
        for span in _SPAN.finditer(text)
    ]
    if "限" in text:
        others += [Time(*limit.span(), kind="procedural") for limit in _LIMIT.finditer(text)]
    others = [o for o in others if not any(t.begin < o.end and o.begin < t.end for t in found)]
    return sorted([*found, *others], key=lambda time: time.begin) if others else found
