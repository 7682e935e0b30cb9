"""Chinese expressions of a date, a span of time or a rhythm, read into days.

Knows calendars and wording, no documents: `deadline_phrases` decides what is a deadline.
All patterns expect text folded by `numerals.fold`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from yiyang.grammar.numerals import read

_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# 2022年, 二〇二二年度; 22年 is a year in front of a month only, for 20年 alone is a length of time
_YEAR = (
    r"(?:(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})\s*年(?!以[上下])度?"
    rf"|(?<!\d)[1-3]\d年(?=\s*{_NUM}\s*月(?!龄)))"
)
_QUOTE = "[“”\"'‘’]?"

# Names of a year that lean on the year of issue: 今年, 本年度, 当年, 明年, 次年
_RELATIVE_YEAR = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "后年": 2}
_ANY_YEAR = rf"(?:{_YEAR}|(?:{'|'.join(_RELATIVE_YEAR)})度?)"

# 4月, 十二月份, 6月30日, 9月上旬, 4月底, 12月末; 月 as a measure (3个月, 12月龄, 月均) is none.
# A month behind a year that was not read (5年6月) belongs to that year and to no other.
_BEHIND_A_YEAR = r"(?<![\d〇零一二三四五六七八九]年)(?<![\d〇零一二三四五六七八九]年\s)"
_MONTH = (
    rf"{_NUM}\s*月份?(?![龄均度])"
    rf"(?:\s*(?:{_NUM}\s*[日号]|[上中下]旬|底|末|初(?![中步级期次])|中(?=[前旬，,。;；]|$)))?"
)
# 第三季度, 3季度, 三季度末, Q3
_QUARTER = r"(?:第?[一二三四1-4]季度(?:底|末)?|[Qq][1-4](?![\dA-Za-z]))"
# 上半年, 下半年末
_HALF = r"[上下]半年(?:底|末)?"
# Part of a year: 2022年底, 2022年年底, 2022年末, 2022年初, 2022年内, 2022年年中, 年底, 年内
_YEAR_PART = r"(?:年中|年?(?:底|末|内|初(?![中步级期次])|中(?=[前，,。;；]|$)))"
# “十四五”期间, 十四五末, “十四五”规划期末, 十五五时期
_PLAN = (
    rf"{_QUOTE}十[一二三四五六七]五{_QUOTE}"
    r"(?:规划)?(?:(?:时期|期间)末?|期?末|期内|收官之年)"
)
# 2021-12-31, 2021.12.31, 2021/6
_ISO = r"(?<![\d.])(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])(?:[-./](?:3[01]|[12]\d|0?[1-9]))?(?![\d.])"

POINT = (
    rf"(?:{_ISO}|{_PLAN}|{_ANY_YEAR}的?\s*(?:{_MONTH}|{_QUARTER}|{_HALF})"
    rf"|{_BEHIND_A_YEAR}(?:{_MONTH}|{_QUARTER}|{_HALF})"
    rf"|{_ANY_YEAR}{_YEAR_PART}?|(?:^|(?<=[\s，,。；;：:、/（(在于到至取争保须]))年[底末内](?!科))"
)
"""A pattern for one date: 2021年4月底, 十二月, 第三季度, 2022年底, “十四五”末, 年内, 2021-12-31."""

# 2021年5、6月, 2021年第一、二季度, 2021年春节前, 2021年中期, 2021年汛期: a part of
# a year that no rule here reads
UNREAD = (
    rf"{_ANY_YEAR}\s*(?:{_NUM}(?:\s*[、，,和及]\s*{_NUM})+\s*月份?"
    r"|第?[一二三四1-4](?:[、，,和及]第?[一二三四1-4])+季度"
    r"|(?:元旦|春节|元宵|清明|五一|端午|中秋|国庆|重阳|除夕|双节|两节|[春夏秋冬]季|[暑寒][假期]"
    r"|汛期|[前中后]期|全国两会|第?[一二三四]阶段)(?:来临|期间)?(?:之?前|之?后)?)"
)
"""A pattern for a year with a part of it that is not understood; the year alone is not its day."""

_TO = r"\s*起?\s*(?:至|到|—+|–|-|~|─+)\s*"
_BEGIN = rf"(?:{POINT}|{_ANY_YEAR}{_NUM}|(?:19|20)\d\d|{_NUM})"
# 2020年至2022年, 2021-2023年, 2021年3月-2022年6月, 2019年1月1日至12月31日, 2021年3-6月, 6-9月
# 2021年5月1日至31日, 5月1-10日: the last day is of the same month
_DAYS = rf"(?:{_ANY_YEAR}\s*|{_BEHIND_A_YEAR}){_NUM}\s*月\s*{_NUM}\s*[日号]?{_TO}{_NUM}\s*[日号]"
RANGE = rf"(?:{_BEGIN}{_TO}{POINT}|{_DAYS})"
"""A pattern for a span between two dates; the first may lack 年 or 月, the second its year."""


class Days(NamedTuple):
    """A stretch of days as a phrase names it; a day is None where the phrase leaves it open."""

    first: date | None
    last: date | None
    precision: str
    is_year_inferred: bool = False


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _months(year: int, first: int, last: int, precision: str, inferred: bool) -> Days:
    return Days(date(year, first, 1), last_of_month(year, last), precision, inferred)


def point(phrase: str, year: int | None) -> Days | None:
    """The days that a phrase of `POINT` names; `year` stands in where it names none.

    point("2021年4月底", None) ends on 2021-04-30. Without any year the days are open (None); a
    day that no calendar has (2月30日) gives None.
    """
    phrase = re.sub(r"\s", "", phrase)
    try:
        return _iso(phrase) or _plan(phrase) or _calendar(phrase, year)
    except ValueError:
        return None


def _iso(phrase: str) -> Days | None:
    if not re.fullmatch(_ISO, phrase):
        return None
    y, m, *d = (int(n) for n in re.split(r"[-./]", phrase))
    if d:
        day = date(y, m, *d)
        return Days(day, day, "day")
    return _months(y, m, m, "month", False)


# The eleventh plan ran from 2006 to 2010; each has five years.
def _plan(phrase: str) -> Days | None:
    match = re.search("十([一二三四五六七])五", phrase)
    if not match:
        return None
    last = 2010 + 5 * (int(read(match[1])) - 1)
    return Days(date(last - 4, 1, 1), date(last, 12, 31), "multi_year")


def _calendar(phrase: str, year: int | None) -> Days:
    named = re.match(_ANY_YEAR, phrase)
    rest = re.sub("^[的年]", "", phrase[named.end() :]) if named else phrase
    inferred = True
    if named and (stated := re.match(_YEAR, phrase)):
        year, inferred = int(read(stated[0].rstrip("度").rstrip().rstrip("年"))), False
        year += 2000 if year < 100 else 0
    elif named and year:
        year += _RELATIVE_YEAR[named[0].removesuffix("度")]
    if year is None:
        days = _calendar(rest or "年底", 2000)
        return Days(None, None, days.precision)
    if month := re.match(rf"({_NUM})月份?", rest):
        return _in_month(year, int(read(month[1])), rest[month.end() :], inferred)
    if quarter := re.match(r"第?([一二三四1-4])季度|[Qq]([1-4])", rest):
        last = 3 * int(read(quarter[1] or quarter[2]))
        return _months(year, last - 2, last, "quarter", inferred)
    if "半年" in rest:
        first = 1 if rest.startswith("上") else 7
        return _months(year, first, first + 5, "half_year", inferred)
    return _in_year(year, rest, inferred)


def _in_year(year: int, part: str, inferred: bool) -> Days:
    if part == "初":  # no authority says when the beginning of a year ends
        return Days(date(year, 1, 1), None, "year", inferred)
    if part == "中":
        return Days(date(year, 1, 1), date(year, 6, 30), "half_year", inferred)
    return Days(date(year, 1, 1), date(year, 12, 31), "year", inferred)


# Ten-day parts of a month; 初 and 中 alone are read as 上旬 and 中旬.
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "初": (1, 10), "中": (11, 20)}


def _in_month(year: int, month: int, part: str, inferred: bool) -> Days:
    if day := re.match(rf"({_NUM})[日号]", part):
        exact = date(year, month, int(read(day[1])))
        return Days(exact, exact, "day", inferred)
    end = last_of_month(year, month)
    if part in _PARTS:
        first, last = _PARTS[part]
        return Days(date(year, month, first), date(year, month, last), "month", inferred)
    first = 21 if part == "下旬" else 1
    return Days(date(year, month, first), end, "month", inferred)


def span(phrase: str, year: int | None) -> Days | None:
    """The days from the first to the last day of a phrase of `RANGE`; None where it has none."""
    if re.fullmatch(_DAYS, phrase):
        begin, end = re.split(_TO, phrase)
        end = begin[: begin.rindex("月") + 1] + end
        begin = begin.rstrip("日号") + "日"
    elif parts := re.fullmatch(rf"(?P<begin>{_BEGIN}){_TO}(?P<end>{POINT})", phrase):
        begin, end = parts["begin"], parts["end"]
    else:
        return None
    if re.fullmatch(r"(?:19|20)\d\d", begin):
        begin += "年"
    elif re.fullmatch(rf"(?:{_ANY_YEAR})?{_NUM}", begin):
        begin += "月"
    first = point(begin, year)
    if first and first.first:
        year, inferred = first.first.year, first.is_year_inferred
    else:
        inferred = True
    last = point(end, year)
    if not first or not last:
        return None
    if first.first and last.last and first.first > last.last:
        return None
    precision = last.precision
    if first.precision == last.precision == "year" and begin != end:
        precision = "multi_year"
    return Days(first.first, last.last, precision, inferred and last.is_year_inferred)


def add(start: date, count: int, unit: str) -> date | None:
    """The day `count` days, months or years after `start`; None for working days.

    Working days would need the calendar of holidays that the State Council sets every year.
    """
    if unit in ("日", "天"):
        return start + timedelta(days=count)
    months = count * {"月": 1, "年": 12}.get(unit, 0)
    if not months:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(start.day - 1), last_of_month(year, month + 1))
