"""Read the times that lean on the day on which a document speaks: 本月25日前, 下月底前, 会后一周内.

A month or a quarter is that of the issue, and of the meeting where minutes name its day; where the
two are of different months there is no day. A length of time behind a meeting needs its day.
"""

from __future__ import annotations

import re
from datetime import date

from yiyang.core.schema import Rows
from yiyang.grammar import date_patterns, dates
from yiyang.grammar.numerals import fold, read
from yiyang.safety.later import expression

_S = r"\s{0,3}"
_PART = (
    rf"(?:{_S}(?:{date_patterns._DAY}{_S}[日号]|{date_patterns._DAY}(?={_S}[之以]?前)"
    rf"|{date_patterns._DECADE}|[底末]|初(?![中步级期次])|内(?![部容外科涵])))"
)
MONTH = (
    rf"(?P<leaning>(?P<which>本|下{{1,2}})个?(?:月份?(?P<of_month>{_PART})"
    r"|季度?(?P<of_quarter>[底末内])))"
)
"""A pattern for a part of this month or the next, or the end of this quarter or the next."""

_NUM = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_UNIT = "工作日|日|天|周|星期|月"
MEETING = (
    r"(?P<from_meeting>(?:(?<![一-鿿])(?:本次)?|(?<=[在于须应镇局]))"
    rf"(?:会后|会议(?:结束|召开)?(?:之日起|[之以]?后))(?P<met_count>{_NUM})个?(?P<met_unit>{_UNIT})[之以]?内)"
)
"""A pattern for a length of time behind the meeting: 会后一周内, 会议结束后3个工作日内."""


def month(which: str, part: str, quarter: str, anchor: date | None) -> dates.Days | None:
    """Return the days of a part of the month of `anchor` (本), the next (下) or the one behind it
    (下下), or of a quarter; open without it."""
    if anchor is None:
        return dates.Days(None, None, "month")
    months = anchor.year * 12 + anchor.month - 1
    if quarter:
        year, number = divmod(months // 3 + which.count("下"), 4)
        return dates.point(f"{year}年第{number + 1}季度", None)
    year, number = divmod(months + which.count("下"), 12)
    rest = re.sub(r"\s|内", "", part)
    rest += "日" if re.fullmatch(date_patterns._DAY, rest) else ""
    return dates.point(f"{year}年{number + 1}月{rest}", None)


def anchor(issued: date | None, met: date | None) -> date | None:
    """Return a day of the month that 本月 means; None where issue and meeting disagree on it."""
    if issued and met and (issued.year, issued.month) != (met.year, met.month):
        return None
    return met or issued


def after_meeting(count: str, unit: str, met: date | None) -> date | None:
    """Return the last day of a length of time behind a meeting; None where its day is not known."""
    return dates.add(met, int(read(count)), unit) if met else None


_MINUTES = expression("会议?纪要|会议议定|会议决定")
# 2026年12月14日上午，副市长主持召开专题会议; 2026年3月5日召开的县长办公会议
_HELD = expression(
    rf"(?:^|[于在,，。:：\s(（])(?P<day>{date_patterns.POINT})(?:上午|中午|下午|晚上?)?[^。;；]{{0,60}}?(?:召开|主持|召集)"
)
_LONGEST = 62
"""Days between a meeting and the issue of its minutes."""


def day_of_meeting(title: str, lines: Rows, first: int, issued: date | None) -> date | None:
    """Return the day of the meeting of which a document gives the minutes, by its lines above the
    `first` of a task; None where they name none, or several."""
    if not _MINUTES.search(title):
        return None
    days: set[date] = set()
    for row in lines:
        words = fold(row["text"]) if row["line"] < first else ""
        for held in _HELD.finditer(words):
            named = dates.point(held["day"], issued.year if issued else None)
            if named and named.precision == "day" and named.last:
                days.add(named.last)
    met = days.pop() if len(days) == 1 else None
    is_near = met and (issued is None or 0 <= (issued - met).days <= _LONGEST)
    return met if is_near else None
