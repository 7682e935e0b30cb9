"""Look up the days that a calendar gives: festivals, months of the farmers' calendar, working days.

The festivals of the moon and the terms of the sun come from borax, the holidays that the State
Council sets every year from chinesecalendar; where one of them does not cover a year there is no
day, and none is guessed.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import LCalendars, LunarDate, TermUtils
from chinese_calendar import is_workday

_SOLAR = {
    "元旦": (1, 1), "三八": (3, 8), "五四青年": (5, 4),
    "五四": (5, 4), "五一": (5, 1), "劳动": (5, 1), "六一": (6, 1), "儿童": (6, 1),
    "七一": (7, 1), "建党": (7, 1),
    "八一": (8, 1), "建军": (8, 1), "教师": (9, 10), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
_LUNAR = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15),
    "重阳": (9, 9),
}  # fmt: skip
_NAMES = [*_SOLAR, *_LUNAR, "除夕", "清明", "冬至"]
FESTIVALS = "|".join(_NAMES).replace("十一", "(?<![双一二三四五六七八九十])十一(?!月)")
"""The names of festivals of one known day, as alternatives of a pattern."""


@lru_cache(maxsize=4096)
def festival(name: str, year: int) -> date | None:
    """Return the day of a festival in a year: festival("春节", 2026) is 2026-02-17."""
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    try:
        if name in _LUNAR:
            return _date(LunarDate(year, *_LUNAR[name]))
        if name == "除夕":  # the day before the first of the first month
            return _date(LunarDate(year, 1, 1)) - timedelta(days=1)
        return TermUtils.nth_term_day(year, {"清明": 6, "冬至": 23}[name])
    except ValueError:  # a year that the tables of the moon do not hold
        return None


def _date(day: LunarDate) -> date:
    found = day.to_solar_date()
    return date(found.year, found.month, found.day)


@lru_cache(maxsize=4096)
def lunar_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a month of the farmers' calendar, None where the year has it twice."""
    try:
        if LCalendars.leap_month(year) == month:
            return None
        following = LunarDate(year + month // 12, month % 12 + 1, 1)
        return _date(LunarDate(year, month, 1)), _date(following) - timedelta(days=1)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def after_working_days(start: date, count: int) -> date | None:
    """Return the working day that is the `count`-th after `start`; None where no calendar is
    set."""
    day = start
    try:
        while count:
            day += timedelta(days=1)
            count -= is_workday(day)
    except NotImplementedError:  # the State Council has not set the holidays of that year
        return None
    return day
