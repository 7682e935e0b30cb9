"""Tell what stands around a time and changes it: a year that goes on into what no pattern reads,
and a length of time whose first or last day is printed beside it."""

from __future__ import annotations

import re

from yiyang.core.text import just_before
from yiyang.grammar import calendars, date_patterns, dates, rests
from yiyang.safety.later import expression

# 自2025年起，用三年时间: counted from that year, and not from the issue
_OPENED = expression(r".{4,12}起[,，]?(?:再|共)?$")
# 2025年 in front of what no pattern reads: 2025年第3周, 2025年初春, 2025年10.35
_GOES_ON = expression(
    r"\s{0,2}(?:元月|[廿卅]|第?[一二三四五\d]{1,2}周|[春夏秋冬][季天]|[暑寒]假|\d{1,2}[./]\d{1,2}(?=[前日号止])"
    r"|\d{1,2}月|[lIOo|]\d?月|\d[lIOo|]月|[前头][一二两三四\d]|\d{1,2}[.、．]?[底末])"
)
# 用三年时间，到2027年底; 用两年左右时间，力争到2026年
_THEN = expression(
    r"(?:以?内)?[,，]?(?:力争|确保|争取)?(?:到|至|在|于)?"
    rf"(?P<point>{date_patterns.POINT})"
)


# 6月低, 6月氐前: a slip of the hand for 底; 6月30曰
_SLIP = expression(r"\s?[低抵氐曰](?!于|保|收|碳|空|效|温|压|值|价|龄|薪|质|制|达)")
# 国庆、中秋前, 元旦春节前: either of the two, or both
_FESTIVALS_BEFORE = expression(rf"(?:{calendars.FESTIVALS})节?[”\"’']?\s?[、和及与/]?\s?[“\"‘']?$")


# 二月二前, 三月三, 九月九前: a festival of the farmers' calendar
_FOLK = expression(r"([二三五六七九])月\1$")
# 5月一8月: the numeral stands where a dash was meant; l2月: a letter for the first figure
_SLIP_BEFORE = expression(r"[年月日号]一$|[lIOo|]$")
_SLIP_BEHIND = expression(r"(?<=[年月日号底])一(?=\d{1,4}[年月日])")
# 政策出台后立即: at once, but after what has no day
_AFTER_EVENT = expression(r"[^,，。;；\s]后[,，]?$")
# 不早于9月, 晚于6月底: no last day; not 最迟于
_NOT_BEFORE = expression(r"不早于$|(?<![不最])[晚迟]于$")

# 每月汇总，下月5日前报送: the next month of each one
_RHYTHM = expression("每|[逐按]月|按季|定期|月度|季度性")


def is_unread(match: re.Match[str], *, is_dated: bool) -> bool:
    """Tell whether what was found is only a part of what the text says: 2025年第3周,
    2025年中考前."""
    text, begin, end = match.string, match.start(), match.end()
    if match.group("until"):
        return bool(_OPENED.search(just_before(text, begin, 12)))
    if match.group("leaning"):
        return bool(_RHYTHM.search(text[:begin].rpartition("。")[2]))
    before = just_before(text, begin, 8)
    if match.lastgroup == "soon":
        return bool(_AFTER_EVENT.search(before))
    if not is_dated or not match.group("point"):
        return False
    is_number = match["point"][0] in "0123456789"
    is_slip = is_number and not match["lead"] and _SLIP_BEFORE.search(before)
    if is_slip or _FESTIVALS_BEFORE.search(before) or _NOT_BEFORE.search(before):
        return True
    return bool(_FOLK.search(match["point"])) or any(
        found.match(text, end) for found in (_GOES_ON, rests.EVENT, _SLIP, _SLIP_BEHIND)
    )


# 2026年秋季开学前(8月25日前), 汛期前（5月31日）: the day of what no calendar gives, in brackets
_OPENED_BEHIND, _CLOSED = expression(r"\s?[(（](?:即|暂定)?$"), expression(r"[)）]")


def explains(text: str, end: int, day: tuple[int, int]) -> bool:
    """Tell whether a day stands in brackets right behind the `end` of words of a time that were not
    read, and says when that is."""
    first, last = day
    is_open = _OPENED_BEHIND.fullmatch(text, end, first)
    return bool(is_open and text[:end].endswith("前") and _CLOSED.match(text, last))


# 重阳节（10月29日）前: what the bracket says the day of, up to the time in it
_CLOSES = expression(r"[^(（]*[)）]")
_OF_WHAT = expression(r"[^\s,，。;；:：、()（）\d]{0,12}\s?[(（](?:即|暂定)?$")


def opening(match: re.Match[str]) -> int:
    """Return where a time begins: before the words whose day it gives in a bracket that 前 follows
    (重阳节（10月29日）前)."""
    is_closed = _CLOSES.match(match[0])
    found = _OF_WHAT.search(match.string, 0, match.start()) if is_closed else None
    return found.start() if found else match.start()


# 用三年时间（2025—2027年）
_YEARS_BEHIND = expression(
    r"\s?[(（](?:(?:19|20)\d\d年?\s?[-—–~～至到]{1,3}\s?)?(?P<last>(?:19|20)\d\d)年?[)）]"
)
# 省级方案出台后1个月内, 国家意见印发后: the issue of a document of others
_OF_OTHERS = expression(
    r"(?:国家|国务院|中央|上级|自治区|[省市县区州](?:级|里|政府)|(?<![全我本])省)(?:层面|相关|有关|具体|配套|的)?$"
)


def is_of_others(match: re.Match[str]) -> bool:
    """Tell whether a length of time counts from the issue of a document of somebody else."""
    begin = match.start()
    is_own = match["from_issue"].startswith(("本", "自", "从"))
    return not is_own and bool(_OF_OTHERS.search(match.string, max(0, begin - 8), begin))


def day_behind(text: str, position: int, year: int | None) -> dates.Days | None:
    """Return the day that is printed right behind a length of time; None where none is."""
    if years := _YEARS_BEHIND.match(text, position):
        return dates.point(f"{years['last']}年底", year)
    following = _THEN.match(text, position)
    days = dates.point(following["point"], year) if following else None
    return days if days and days.last else None
