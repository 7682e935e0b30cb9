"""Times named in task lists, and which of them is a deadline.

The grammar was written from the four lists and from the wording of other Chinese task lists
(tests/test_deadline_cells.py and tests/test_deadlines.py hold the phrases). `dates.py` reads the
dates; here it is decided what they mean, in a column of deadlines and in a running text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from yiyang.grammar import dates
from yiyang.grammar.numerals import fold, read


class Time(NamedTuple):
    """One time named in a phrase. `kind` is empty where it was not understood; `refusal` says
    why a time in a text is no deadline, and is empty for a deadline."""

    begin: int
    end: int
    kind: str = ""
    start: date | None = None
    due: date | None = None
    precision: str = ""
    is_ongoing: bool = False
    is_year_inferred: bool = False
    refusal: str = ""


_NUM = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})"

# 〔2019〕, (2024—2026), 《…2022年…》: the number of a document, the years of a plan, a title
_TITLE = (
    r"《[^《》]{0,60}[年月][^《》]{0,60}》"
    r"|[〔(（\[](?:19|20)\d\d年?(?:\s*[-—–至~]+\s*(?:19|20)\d\d)?年?[〕)）\]]"
)
# 本意见印发之日起30日内, 文件下发后3个月内
_FROM_ISSUE = (
    r"(?:自|从)?本?(?:实施|指导|工作)?(?:意见|通知|方案|办法|计划|细则|规定|决定|文件)?(?:正式)?"
    r"(?:印发|发布|下发|公布|出台)(?:之日)?(?:起|后)"
    rf"(?P<issue_count>{_NUM})个?(?P<issue_unit>工作日|日|天|月|年)之?内"
)
# 力争用3年时间, 未来五年内, 用两年左右时间; 5年内 and 2—3年内 where they open a clause (毕业5年内
# and 成立三年内 are conditions)
_YEARS = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_HORIZON = (
    rf"(?:(?:力争|争取|确保|计划|未来|今后)用?|(?<![使适试费])用(?={_YEARS}.{{0,4}}年(?:左右)?的?时间)"
    rf"|(?:^|(?<=[\s。,，:：;；（(在]))(?=(?:{_YEARS}[-—–~至到])?{_YEARS}年(?:左右)?(?:的?时间)?[之以]?内))"
    rf"(?:{_YEARS}[-—–~至到])?(?P<horizon>{_YEARS})年(?:左右)?(?:的?时间)?[之以]?内?"
)
# 10个工作日内, 30日内, 24小时内, 3个月内
_PROCEDURAL = rf"{_NUM}个?(?:工作日|日|天|小时|月)(?:之|以)?内"
# 每年, 每季度, 每月20日前, 每年12月底前, 每年6月、12月, 每年5、6月, 每季度末月20日前, 每两年
_EACH = rf"(?:{_NUM}[、和及])*{dates.POINT}"
_RHYTHM = (
    r"(?:每(?:年度?|半年|季度?|月|周|旬|学期|两年|三年)|按(?:年度?|季度?|月|周)|逐年|逐月)"
    rf"(?P<rhythm_part>(?:{_EACH}(?:[、和及]{_EACH})*|末月\d+日|[底末]月?|\d+[日号])+前?|前)?"
)
# ，每年 after a span: 2020年至2022年,每年至少培训…
_SPAN = rf"{dates.RANGE}(?:[,，]?(?P<span_rhythm>每年|每季度|每月))?(?:期间|内)?"
# 到2022年, 2022年底前, 截至2022年底, 2021年起, 9月
_LEAD = r"(?:截至|截止到?|到|至|自|从)?"
_TAIL = (
    r"(?:以前|之前|前(?![期段后沿提述往])|之内|内(?![部容外科涵])|期间|起|开始|以来"
    r"|及?以后|及?之后|后)?"
)
_POINT = rf"(?P<lead>{_LEAD})(?P<point>{dates.POINT})(?P<tail>{_TAIL})"
_KEEP_UP = r"长期坚持|长期推进|长期实施|持续推进|持续实施|持续坚持|常态化推进|常态化"
# …完成，并长期坚持: an obligation to go on after the date
_THEN_ON = rf"(?P<then_on>(?:完成)?[,，]?并?(?:{_KEEP_UP}))?"

# Every character with which one of the patterns begins. Looking for it first makes the search
# through a text of a hundred characters some fifteen times faster.
_STARTS = (
    r"[《〔(（\[\d〇零○一二三四五六七八九十两第每按逐上下年今本当明次后截到至自从力争确计未用实指工意通方办细"
    "规决文正印发公出“”\"'‘’长持常并]"
)
_IN_TEXT = re.compile(
    rf"(?={_STARTS})(?:(?P<title>{_TITLE})|(?P<from_issue>{_FROM_ISSUE})|(?P<until>{_HORIZON})"
    rf"|(?P<procedural>{_PROCEDURAL})|(?P<span>{_SPAN})|(?P<rhythm>{_RHYTHM})"
    rf"|(?P<unread>{dates.UNREAD})|{_POINT}{_THEN_ON}"
    rf"|(?P<ongoing>(?<=[,，;；(（])并?(?:{_KEEP_UP})(?=[。;；)）]|$)))"
)
# In a column any word of duration is meant as one: 长期, 持续, 常年; 立即 and 近期 name no day.
_IN_CELL = re.compile(
    rf"(?P<from_issue>{_FROM_ISSUE})|(?P<until>{_HORIZON})|(?P<procedural>{_PROCEDURAL})"
    rf"|(?P<span>{_SPAN})|(?P<rhythm>{_RHYTHM}|(?<!不)定期)|(?P<unread>{dates.UNREAD})|{_POINT}"
    rf"|(?P<ongoing>{_KEEP_UP}|长期|持续|常年|经常|长效|日常|即日起|贯穿始终)"
    r"|(?P<whole_year>全年)|(?P<soon>近期|立即|尽快|马上|即时|限期)"
)


def in_cell(printed: str, issued: date | None) -> list[Time]:
    """The times in a cell of a deadline column; `issued` gives the year where none is printed.

    A cell that is not understood is one `Time` without a kind; an empty cell or a dash is none.
    A second date takes its year from the one before it: 2021年6月底前…，12月底前….
    """
    cell = fold(printed)
    if re.fullmatch(r"[-—/无\s]*", cell):
        return []
    found: list[Time] = []
    for _, time in _times(_IN_CELL, cell, issued):
        if time.kind == "ongoing" and not time.start and found:
            found[-1] = found[-1]._replace(is_ongoing=True)
        else:
            found.append(time)
    if not found:
        return [Time(0, len(cell))]
    starts = [_clause_start(cell, a.end, b.begin) for a, b in pairwise(found)]
    bounds = [0, *starts, len(cell)]
    return [
        time._replace(begin=b, end=e) for time, b, e in zip(found, bounds, bounds[1:], strict=False)
    ]


def _clause_start(text: str, begin: int, end: int) -> int:
    """Where the clause that reaches up to `end` starts behind `begin`."""
    return max(text.rfind(mark, begin, end) for mark in ",，;；。、") + 1 or end


def in_text(text: str, issued: date | None) -> list[Time]:
    """Every time in a running text: deadlines, and the others with the reason of their refusal."""
    return [
        time._replace(refusal=_refusal(match, time, issued))
        for match, time in _times(_IN_TEXT, fold(text), issued)
    ]


def _times(
    pattern: re.Pattern[str], text: str, issued: date | None
) -> Iterator[tuple[re.Match[str], Time]]:
    """Each match with its time. A date without a year takes the one that its sentence stated
    before it, else that of the issue, which is an inference."""
    stated, position = None, 0
    for match in pattern.finditer(text):
        if "。" in text[position : match.start()]:
            stated = None
        position = match.end()
        time = _time(match, issued, stated or (issued.year if issued else None))
        if time.due and stated:
            time = time._replace(is_year_inferred=False)
        if time.due and not time.is_year_inferred:
            stated = time.due.year
        yield match, time


def _time(match: re.Match[str], issued: date | None, year: int | None) -> Time:
    part, time = match.groupdict(), Time(*match.span())
    kind = next((name for name in _READERS if part.get(name)), None)
    return _READERS[kind](time, part, issued, year) if kind else time


Parts = Mapping[str, str]


def _from_issue(time: Time, part: Parts, issued: date | None, year: int | None) -> Time:
    count, unit = int(read(part["issue_count"])), part["issue_unit"]
    due = dates.add(issued, count, unit) if issued else None
    return time._replace(kind="by_date", due=due, precision="day", is_year_inferred=bool(due))


def _until(time: Time, part: Parts, issued: date | None, year: int | None) -> Time:
    due = dates.add(issued, int(read(part["horizon"])), "年") if issued else None
    return time._replace(kind="by_date", due=due, precision="year", is_year_inferred=bool(due))


def _whole_year(time: Time, part: Parts, issued: date | None, year: int | None) -> Time:
    days = dates.point("年内", year)
    return _dated(time, "period", days) if days else time


def _span(time: Time, part: Parts, issued: date | None, year: int | None) -> Time:
    days = dates.span(re.split(r"[,，每]|期间|内$", part["span"])[0], year)
    return _dated(time, "recurring" if part["span_rhythm"] else "period", days) if days else time


def _single(time: Time, part: Parts, issued: date | None, year: int | None) -> Time:
    days = dates.point(part["point"], year)
    if not days:
        return time
    if part["tail"] in ("起", "开始", "以来") or part["tail"].endswith("后"):
        return _dated(time, "ongoing", days)
    is_period = part["tail"] == "期间" or re.search("时期$|期间$|期内$", part["point"])
    time = _dated(time, "period" if is_period and not part["lead"] else "by_date", days)
    return time._replace(is_ongoing=bool(part.get("then_on")))


def _plain(kind: str) -> Reader:
    return lambda time, part, issued, year: time._replace(kind=kind, is_ongoing=kind == "ongoing")


Reader = Callable[[Time, Parts, date | None, int | None], Time]
# The part of the pattern that matched -> how it is read; the first one found counts.
_READERS: dict[str, Reader] = {
    "from_issue": _from_issue,
    "until": _until,
    "procedural": _plain("procedural"),
    "span": _span,
    "rhythm": _plain("recurring"),
    "ongoing": _plain("ongoing"),
    "whole_year": _whole_year,
    "soon": _plain("by_date"),
    "point": _single,
}


def _dated(time: Time, kind: str, days: dates.Days) -> Time:
    return time._replace(
        kind=kind,
        start=days.first if kind != "by_date" else None,
        due=days.last if kind != "ongoing" else None,
        precision=days.precision,
        is_ongoing=kind == "ongoing",
        is_year_inferred=days.is_year_inferred,
    )


# 2025年护理型床位占比达到55%: a year at the head of the figure that it is to reach
_REACHES = re.compile(
    r"[^,，。;；]{0,60}?(?<!已)(?:达到?|[提升增降减扩][高升长加低少大]?[到至]|不低于|不少于|不超过)"
    r"[^,，。;；的]{0,4}?\d[^,，。;；的]*(?=[,，。;；]|$)"
)
_DONE = "完成|建成|实现|达到|投入|开工|动工|竣工|启动|出台|印发|力争|争取|新增|新建"
# What follows a bare date that is a deadline: 9月投入使用, 2021年6月完成, 2022年，全面实现…
_COMPLETION = re.compile(rf"\s*[,，]?(?:{_DONE}|全面|基本)")
# Who may, is paid or is spared something: the dates around it say how long a rule holds.
_GRANTED = "给予|返还|减免|免征|免收|缓缴|享受|可申[请领]|可按|按.{1,12}执行"
_GRANT = re.compile(
    rf"{_GRANTED}|可|补[贴助]|放宽|^(?:继续)?(?:实施|执行|施行)[^,，]*(?:政策|标准|费率)"
)
# Before a day the same words also name what is to be done: 年底前落实补贴政策, 年底前制定减免办法.
_GRANT_BEFORE = re.compile(rf"(?:[对凡经]|符合)[^。;；]*(?:{_GRANTED})|[^,，]*(?:{_GRANTED})")
_TO_BE_DONE = re.compile(rf"{_DONE}|制定|修订|落实|完善|建立|明确|推进|推动|兑现|拨付|发放|报送")
# 实施期限至2024年底, 优惠延长至2022年底, 有效期为2021年至2023年: how long a rule holds. Not
# 完成期限至, 工期延长至.
_VALID = re.compile(
    r"(?:(?:实施|执行|有效|适用|试行|施行|减免|缓缴|补贴|优惠|政策)的?期限?|(?<!工期)(?:延长|延续|延期|顺延)"
    r"|执行|施行|沿用|适用|有效|政策(?:均|统一|继续)?实施)(?:均|统一|继续)?[:为]?$"
)
# 5年内的, 三年内未, 两年内不得: who is meant, or what is forbidden
_CONDITION = re.compile(r"[的未无不没]")
# 恢复到2019年水平, 2022年底的存量: the date tells which, not when
_ATTRIBUTE = re.compile("的|水平|同期|以来|度?(?:计划|任务|目标|要求|标准)")


def _refusal(match: re.Match[str], time: Time, issued: date | None) -> str:
    """Why the time is no deadline of the task; empty where it is one."""
    part = match.groupdict()
    if part["title"]:
        return "title or number of a document"
    if part["rhythm"] and not part["rhythm_part"]:
        return "frequency"
    if not time.kind:
        return "part of a year that is not understood" if part["unread"] else "no such day"
    if part["until"]:
        return _refusal_of_horizon(match)
    return _refusal_of_date(match, time, issued) if part["span"] or part["point"] else ""


def _refusal_of_horizon(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 200]
    is_rule = _CONDITION.match(after.lstrip("，, ")) or _grants(after)
    return "time for which a rule holds" if is_rule else ""


def _grants(after: str) -> bool:
    """Whether the sentence behind a time grants something and names nothing to be done."""
    sentence = re.split("[。;；]", after.lstrip("，, "))[0]
    return bool(_GRANT_BEFORE.match(sentence) and not _TO_BE_DONE.search(sentence))


def _refusal_of_date(match: re.Match[str], time: Time, issued: date | None) -> str:
    if _VALID.search(match.string[max(0, match.start() - 12) : match.start()].rstrip()):
        return "time for which a rule holds"
    if issued and time.due and time.due < issued:
        return "past when the document was issued"
    return _refusal_of_span(match) if match["span"] else _refusal_of_point(match, time, issued)


def _refusal_of_span(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 200]
    sentence = re.split("[。;；]", after)[0]
    if _GRANT.search(sentence) and not re.search(_DONE, sentence):
        return "time for which a rule holds"
    return "date as an attribute" if _ATTRIBUTE.match(after) else ""


def _refusal_of_point(match: re.Match[str], time: Time, issued: date | None) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()].rstrip()
    after = match.string[match.end() : match.end() + 200]
    if time.kind == "ongoing" or match["lead"] in ("自", "从"):
        return "beginning, not an end"
    if match["lead"].startswith("截"):
        is_ahead = issued is not None and time.due is not None
        return "" if is_ahead else "day for which a state is reported"
    if _ATTRIBUTE.match(after):
        return "date as an attribute"
    if match["lead"] != "到" and _grants(after):
        return "time for which a rule holds"
    marks = "[底末内旬]$|期间$|时期$"
    if match["lead"] or match["tail"] or match["then_on"] or re.search(marks, match["point"]):
        return ""
    opens_clause = before[-1:] in ("", *"。;；,，:：")
    heads = opens_clause and (after.lstrip().startswith((",", "，")) or _REACHES.match(after))
    return "" if heads or _COMPLETION.match(after) else "date as an attribute"
