"""Compile the patterns of the times that task lists name, in running text and in a column.

`deadline_phrases` decides what is found means; `date_patterns` has the dates themselves. The
patterns of some 35,000 characters take a tenth of a second each to compile, and most texts have no
sign of a span, of a rhythm or of a date in brackets: for these there are patterns without those
parts, a third as long, which find the same. Each is compiled when the first text asks for it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from yiyang.grammar import calendars, leaning
from yiyang.grammar import date_patterns as dates
from yiyang.safety.later import expression

_NUM = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})"

# 〔2019〕, (2024—2026), 《…2022年…》: the number of a document, the years of a plan, a title
_TITLE = (
    r"《[^《》]{0,60}[年月][^《》]{0,60}》"
    r"|[〔(（\[](?:19|20)\d\d年?(?:\s{0,3}[-—–至~]{1,3}\s{0,3}(?:19|20)\d\d)?年?[〕)）\]]"
)
# 本意见印发之日起30日内, 文件下发后3个月内, 于本文印发后3个月内, 印发后半年内
_ISSUED = (
    r"本?(?:实施|指导|工作)?(?:意见|通知|方案|办法|计划|细则|规定|决定|文件|文)?(?:正式)?"
    r"(?:印发|发布|下发|公布|出台)"
)
_FROM_ISSUE = (
    rf"(?:自|从)?{_ISSUED}(?:之日)?(?:起|后)"
    rf"(?:(?P<issue_count>{_NUM})个?(?P<issue_unit>工作日|日|天|周|星期|月|年)|(?P<issue_half>半年))[之以]?内"
)
# 力争用3年时间, 未来五年内, 用两年左右时间; 5年内 and 2—3年内 where they open a clause (毕业5年内
# and 成立三年内 are conditions), and 项目2年内建成 (not 对入驻项目3年内免租)
_YEARS = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_HORIZON = (
    rf"(?:(?:力争|争取|确保|计划|未来|今后)用?|(?<![使适试费])用(?={_YEARS}.{{0,4}}年(?:左右)?的?时间)"
    rf"|(?:^|(?<=[\s。,，:：;；（(在]))(?=(?:{_YEARS}[-—–~至到])?{_YEARS}年(?:左右)?(?:的?时间)?[之以]?内)"
    rf"|(?<=项目|工程|任务)(?={_YEARS}年[之以]?内(?:全部|基本)?(?:建成|完成(?!开工)|竣工|完工|投产|投用)"
    r"(?!率|[^,，。;；]{0,6}的|[^,，。;；]{0,16}(?:[,，]对[^。;；]{0,16})?(?:奖|补[贴助]|贴息|给予))))"
    rf"(?:{_YEARS}[-—–~至到])?(?P<horizon>{_YEARS})年(?:左右)?(?:的?时间)?[之以]?内?"
)
# 10个工作日内, 30日内, 24小时内, 3个月内, 一周内, 半年内
_PROCEDURAL = (
    rf"(?:(?<!\d\.){_NUM}个?(?:工作日|日|天|小时|周|星期|月)|(?<![上下前])半年)(?:之|以)?内"
)
# 每年, 每季度, 每月20日前, 每年11月至次年3月, 每年12月底前,
# 每年6月、12月, 每年5、6月, 每季度末月20日前, 每两年
_EACH = rf"(?:{_NUM}[、和及]){{0,11}}{dates.POINT_OF_RHYTHM}"
_RHYTHM = (
    r"(?:每(?:年度?|半年|季度?|月|周(?:[一二三四五六日末](?![次小天个场节期课]))?|旬|学期|两年|三年|[两双]周|半个?月|两个月|日(?![常均报产程])|天)|按(?:年度?|季度?|月|周)(?!度?(?:计划|工作|目标|任务|要求|安排|方案))|逐年|逐月"
    "|(?<![\\d一二三四五六七八九十])(?:[一1]年[一两二三四1-4]|半年[一1])次"
    "|(?<![\\d一二三四五六七八九十])一(?:年|季度?|月|周|旬)一(?![\\d一二三四五六七八九十月日号至到、,，。;；—-]))"
    rf"(?P<rhythm_part>(?:{dates.RANGE_OF_RHYTHM}|{_EACH}(?:[、和及]{_EACH}){{0,11}}|(?:[首末]|(?:第[一二三]|最后一)个)月(?:\d{{1,2}}日)?|(?:{dates._SEASONS})(?:来临|到来|开始)?(?=[之以]?前)|(?:(?:{calendars.FESTIVALS})节?[、和及]?){{2,4}}(?=[之以]?前)|年?[底末初终]|第一个周[一二三四五]|[底末]月?|[上中下]旬|第[一二三四]周|\d{{1,2}}[日号](?:[、和及]\d{{1,2}}[日号]){{0,3}}|最后一个工作日|第一个工作日){{1,6}}前?|(?:上午|中午|下午|晚上?)?下班前|(?:上午|下午|晚上?)?(?:2[0-4]|1\d|0?[1-9])(?:[::]\d\d|[时点]整?)[之以]?前|前)?"
)
# 2025年每季度末, 2025年每月25日前: a rhythm of one year.
# ，每年 after a span: 2020年至2022年,每年至少培训…
_DAY_OF_RHYTHM = (
    rf"(?:(?:{_EACH}|[首末]月\d{{1,2}}日|[底末]月?|\d{{1,2}}[日号])(?:[之以]?前)?|[之以]?前)"
)
_SPAN = (
    rf"(?P<year_of_rhythm>{dates._YEAR})(?:内|全年)?[,，]?每(?:季度|月|周|半年){_DAY_OF_RHYTHM}?"
    rf"|(?:自|从)?(?P<range>{dates.RANGE})(?:期间|内|止|结束)?"
    rf"(?:[,，]?(?P<span_rhythm>每年|每季度|每月){_DAY_OF_RHYTHM}?)?"
)
# 到2022年, 2022年底前, 截至2022年底, 2021年起, 9月, 即日起至2022年底
_LEAD = rf"(?:截至|截止到?|即日起[至到]|(?:自|从)?{_ISSUED}(?:之日)?起[至到]|到|至|自|从)?"
# 6月30日17:00前, 9月30日24时前: the hour stands behind the day; before 0时 it is the day before
_HOUR = (
    r"(?<=[日号])\s?(?:上午|中午|下午|晚上?)?(?:2[0-4]|1\d|0?[1-9])(?:[::]\d\d|[时点]整?)"
    "(?=[之以]?前)"
)
# 6月15日主汛期前, 9月1日开学前: the day of what is named beside it
_BESIDE = rf"(?<=[日号])\s?(?:{dates._SEASONS})(?:来临|到来|开始)?[之以]?前"
# 2026-06-30 23:59:59, 2026-06-30T00:00:00, 2026年6月30日 17:30: the hour behind the day, as
# programs print it; before 00:00 of a day would be the day before
_CLOCK = (
    r"(?<=[日号\d])(?:\s{0,2}|T)(?:0?[1-9]|1\d|2[0-4]|00?(?=:[0-5]\d(?::[0-5]\d)?(?!\d|\s?[之以]?前)))"
    r":[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?!\d)(?:Z|[+]08:?00)?"
)
# 5月20日(周二)前
_WEEKDAY = (
    r"(?<=[日号])\s?[(（](?:周|星期|礼拜)[一二三四五六日天][)）]"
    r"(?:\s?(?:上午|中午|下午|晚上?)?(?:2[0-4]|1\d|[1-9])(?:[::]\d\d|[时点]整?)(?=[之以]?前))?"
)
# 10月29日（重阳节）前, 10月29日(农历九月初九)前, 6月5日(世界环境日)前, 5月8日(含当日)前: the day in
# other words
_GLOSS = (
    rf"(?<=[日号])\s?[(（](?:即|为)?[“”\"'‘’]?(?:(?:{calendars.FESTIVALS})节?(?:当[天日])?|{dates._LUNAR}|{dates._SEASONS}|(?![^()（）]{{0,11}}(?:[不年每次翌明原延顺逾]|提前|除外))[^()（）\d,，。;；]{{1,12}})[“”\"'‘’]?[)）]"
    r"(?=\s?[之以]?前)"
)
# 重阳节（10月29日）前, 入汛(4月15日)前: the day of what stands before the bracket
_IN_BRACKET = (
    r"(?<=[日号])(?:当[天日])?\s?[)）](?:来临|到来|开始|当[天日])?"
    r"(?=[之以]?前(?![期段后沿提述往置\d一二三四五六七八九十几]))"
)
_TAIL = (
    rf"(?:{_BESIDE}|{_HOUR}|{_CLOCK}|{_WEEKDAY}|{_GLOSS}|{_IN_BRACKET})?(?:\s{{0,3}}(?:以前|之前|前(?![期段后沿提述往半])|之内|内(?![部容外科涵])|期间|起|开始|以来"
    r"|及?以后|及?之后|后|(?:[-—–~～至到]{1,3}\s?)长期))?"
)
_POINT = rf"(?P<lead>{_LEAD})(?P<point>{dates.POINT})(?P<tail>{_TAIL})"
# 持续推进, 长期抓好, 常态推进, 常态化
_KEEP_UP = r"(?:长期|持续|常态化?|常年)(?:坚持|推进|实施|落实|抓好|保持|开展|推行|运行)|常态化"
# …完成，并长期坚持: an obligation to go on after the date
_THEN_ON = rf"(?P<then_on>(?:完成)?[,，]?并?(?:{_KEEP_UP}))?"

# Every character with which one of the patterns begins, then every way in which it may go on.
# Looking for these first makes the search through a text of a hundred characters some fifty times
# faster: what stands everywhere (一, 上, 到, 建, 工) begins a time before a few others only.
_FIRST = (
    r"[《〔(（\[\d〇零○一二三四五六七八九十两第每按逐上下年会今本当明次后截到至自从力争确计未用实指工意通方办细"
    "规决文正印发公出“”\"'‘’长持常并元翌来同去前头农阴冬腊半即QqＱ"
    "春端中重除清国劳儿建教入供采取汛主雨高夏秋暑寒双全开月换]"
)
_DIGITS = r"[\d一二两三四五六七八九十]"
_BEHIND_NUMERAL = (
    r"[\s\d〇零○一二三四五六七八九十两年月个日天小工周星季旬、，,和及夕会节阶起开至到—–\-~─～－]"
)
_STARTS = (
    rf"(?={_FIRST})(?:"
    r"[《〔(（\[\d“”\"'‘’QqＱ每春夏秋冬暑寒汛雨端]"
    rf"|[〇零○一二三四五六七八九十两](?={_BEHIND_NUMERAL})|第{_DIGITS}|[前头]{_DIGITS}"
    r"|(?:本|下下?)个?[月季周星]|本届|[上前][、和及][下后]半年|月底|会(?:后|议[结召之后])|本次会"
    r"|[今本明来后去上当同次翌下]年|下一年|[上下前后]?半年|年[底末内终]|[按逐][年季月周]|[前中后]期"
    rf"|(?:力争|争取|确保|计划|未来|今后)用?{_DIGITS}|用{_DIGITS}"
    rf"|截[至止]|即日|[到至自从](?={_FIRST})"
    rf"|{_ISSUED}|并?(?:长期|持续|常态|常年)"
    r"|元(?:\s{0,3}月|旦|宵)|[正腊]月|[农阴]历|中秋|重阳|除夕|清明|国庆|劳动|儿童|建[党军]|教师"
    rf"|{dates._SEASONS})"
)


class LongParts(NamedTuple):
    """The long parts of a pattern of times: what makes up most of it and few texts have."""

    bracketed: str
    span: str
    rhythm: str


_NO_SPAN = "(?!)(?P<year_of_rhythm>)(?P<range>)(?P<span_rhythm>)"
_NO_RHYTHM = "(?!)(?P<rhythm_part>)"
EVERY = LongParts(dates.BRACKETED, _SPAN, _RHYTHM)
SPANS = LongParts("(?!)", _SPAN, _NO_RHYTHM)
PLAIN = LongParts("(?!)", _NO_SPAN, _NO_RHYTHM)

# Without one of these no rhythm is found: 每, 按月, 逐年, 一年两次, 一季度一
_OF_RHYTHM = expression("每|按[年季月周]|逐[年月]|年[一两二三四1-4]次|一[年季月周旬]")
# nor a date in brackets or behind a stroke: one before or behind what may be a year, and a part
_BRACKET = expression(r"[(（〔【\[/]\s{0,3}[\d一二]|[年度\d]\s{0,3}[(（〔【\[/]")
_OF_PART = expression("[月季半前QqHh./]")
# nor a span: a sign of it in front of what may begin a date or a day (廿五日); 达到100% is none
_OF_SPAN = expression(rf"(?:[—–\-~─～－]|(?<!达)[至到])\s{{0,3}}(?:[廿卅]|{_FIRST})")


def needed(text: str) -> LongParts:
    """Choose the parts with which a pattern finds in a text what the one with all of them does."""
    if _OF_RHYTHM.search(text) or (_BRACKET.search(text) and _OF_PART.search(text)):
        return EVERY
    return SPANS if _OF_SPAN.search(text) else PLAIN


@cache
def of_text(parts: LongParts) -> re.Pattern[str]:
    """Return the pattern of the times in running text."""
    return re.compile(
        rf"(?={_STARTS})(?:(?P<bracketed>{parts.bracketed})|(?P<title>{_TITLE})"
        rf"|(?P<from_issue>{_FROM_ISSUE})|{leaning.MEETING}|(?P<until>{_HORIZON})"
        rf"|{leaning.MONTH}{_TAIL}|(?P<procedural>{_PROCEDURAL})|(?P<span>{parts.span})|(?P<rhythm>{parts.rhythm})"
        rf"|(?P<unread>{dates.UNREAD})|{_POINT}{_THEN_ON}"
        rf"|(?P<ongoing>(?<=[,，;；(（])并?(?:{_KEEP_UP})(?=[。;；)）]|$)))"
    )


# In a column any word of duration is meant as one: 长期, 持续, 常年; 立即 and 近期 name no day.
_OF_CELL = (
    rf"|(?P<unread>{dates.UNREAD})|{_POINT}"
    rf"|(?P<ongoing>{_KEEP_UP}|(?<!中)长期|持续|常年|经常|长效(?!机制|管|措施|办法|做法)|日常(?!开支)|即日起|贯穿始终)"
    r"|(?P<whole_year>贯穿全年|全年)"
    r"|(?P<soon>近期(?!\s?[(（:：]?(?:[到至为]|20\d\d))|立即|尽快|马上|即时|限期|立行立改|立查立改|即知即改|即行即改)"
)
_HEAD_OF_CELL = (
    rf"(?P<from_issue>{_FROM_ISSUE})|{leaning.MEETING}"
    rf"|(?P<until>{_HORIZON})|{leaning.MONTH}{_TAIL}"
)
# 日调度、周通报、月小结: each of them a rhythm
_OF_WORK = "(?:一?(?:调度|通报|小结|报告|汇总|分析|督[查导]|总结|例会|会商|报送|评比|清零|研判))"
_RHYTHMS_OF_CELL = (
    rf"(?<![\d一-鿿])[日周旬月季]{_OF_WORK}(?:[、,，]?[日周旬月季年]{_OF_WORK}){{0,4}}"
)
# 整改期限60天: how long, from a day that is not named, and the same behind an event (合同签订后180
# 日历天). 完成时限：6月, 秋收后11月 and 时限：10日 are or may be of the calendar
LENGTH = rf"{_NUM}(?:个?(?:工作日|自然日|日历[日天]|天)|个月)"
"""A pattern for a length of time that is no part of a date: 60天, 2个月, 5个工作日."""
_LENGTH_OF_CELL = (
    rf"(?<=后){LENGTH}(?=\s?(?:$|[,，。;；)）]))"
    rf"|(?:期限|时限)[::]?(?:(?:为|不超过|不得超过){_NUM}日(?![前])|(?:为|不超过|不得超过)?{LENGTH})(?![^,，。;；]*前)"
)
# 领取材料后10个工作日内 may begin with any character; a cell without 内 has none of these, and its
# times are looked for where one can begin alone.
_LIMIT_OF_CELL = rf"(?:[^\s,，。;；、\d]{{0,15}}(?:后|日起))?{_PROCEDURAL}"
_FIRST_OF_CELL = f"{_FIRST[:-1]}【Hh定经日周旬月贯近立尽马限期时]"


def _of_cell(parts: LongParts, limit: str) -> str:
    return (
        rf"(?:(?P<bracketed>{parts.bracketed})|{_HEAD_OF_CELL}|(?P<procedural>{limit}|{_LENGTH_OF_CELL})"
        rf"|(?P<span>{parts.span})|(?P<rhythm>{parts.rhythm}|(?<!不)定期|{_RHYTHMS_OF_CELL}){_OF_CELL})"
    )


@cache
def with_limits(parts: LongParts) -> re.Pattern[str]:
    """Return the pattern of the times in a cell that may name a time limit."""
    return re.compile(_of_cell(parts, _LIMIT_OF_CELL))


@cache
def without_limits(parts: LongParts) -> re.Pattern[str]:
    """Return the pattern of the times in a cell without one."""
    return re.compile(f"(?={_FIRST_OF_CELL}){_of_cell(parts, '(?!)')}")


def in_text(text: str) -> re.Pattern[str]:
    """Choose the pattern of the times in running text for one text."""
    return of_text(needed(text))


def in_cell(cell: str) -> re.Pattern[str]:
    """Choose the pattern of the times in a column for one of its cells."""
    return with_limits(needed(cell)) if "内" in cell else without_limits(needed(cell))
