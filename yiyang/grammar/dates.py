"""Read Chinese expressions of a date, a span of time or a rhythm into days.

Knows calendars and wording, no documents: `deadline_phrases` decides what is a deadline.
All patterns expect text folded by `numerals.fold`. Blanks between the parts are bounded, so that
a long run of them is passed over once.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from yiyang.core.text import remembered
from yiyang.grammar import calendars
from yiyang.grammar.date_patterns import (
    _ANY_YEAR,
    _BARE_YEAR,
    _BEGIN,
    _DAY,
    _DAYS,
    _DECADE,
    _DOTS,
    _END,
    _FROM_ISSUE,
    _ISO,
    _MON,
    _MONTHS,
    _NUM,
    _PART,
    _QUOTE,
    _RELATIVE_YEAR,
    _S,
    _TO,
    _YEAR,
)
from yiyang.grammar.numerals import read
from yiyang.safety.later import expression


class Days(NamedTuple):
    """A stretch of days as a phrase names it; a day is None where the phrase leaves it open."""

    first: date | None
    last: date | None
    precision: str
    is_year_inferred: bool = False


class SchoolYear(NamedTuple):
    """A year that begins in autumn, by that in which it does: 2025—2026学年, 2025—2026年冬春."""

    first: int
    is_winter: bool = False
    """Whether it is a winter and the spring behind it: it has no months from June to September."""
    is_named_once: bool = False
    """Whether a winter is named by its first year alone (2025年冬季): that has its summer too."""

    def year_of(self, month: int) -> int | None:
        """Return the year of a month; None where it may be that before or behind the others."""
        if self.is_named_once:
            return self.first + (month < 5)
        is_between = month in range(6, 10) if self.is_winter else month == 8
        return None if is_between else self.first + (month < 9)


class Years(NamedTuple):
    """The year of a date without one, and the year that 今年 means; None where unknown."""

    stated: int | None
    this: int | None
    is_of_title: bool = False
    school: SchoolYear | None = None
    """The school year or winter of which `stated` is the first: May is of the year behind it."""
    met: date | None = None
    """The day of the meeting on which 会后 and 本月 lean."""


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _months(year: int, first: int, last: int, precision: str, inferred: bool) -> Days:
    return Days(date(year, first, 1), last_of_month(year, last), precision, inferred)


def _number(printed: str) -> int:
    return int(read(printed.replace("廿", "二十").replace("卅", "三十")))


def _years(year: int | Years | None) -> Years:
    return year if isinstance(year, Years) else Years(year, year)


@remembered(1 << 12)  # a list names few days, and each of them often
def point(phrase: str, year: int | Years | None) -> Days | None:
    """Return the days that a phrase of `POINT` names; `year` stands in where it names none.

    point("2021年4月底", None) ends on 2021-04-30. Without any year the days are open (None); a
    day that no calendar has (2月30日) gives None.
    """
    phrase = re.sub(r"[\s“”\"'‘’]", "", phrase)
    phrase += "年" if re.fullmatch(r"(?:19|20)\d\d", phrase) else ""  # the 2025 of 2025、2026年
    try:
        return _iso(phrase) or _plan(phrase) or _calendar(phrase, _years(year))
    except ValueError:
        return None


_BRACKETED = expression(rf"({_BARE_YEAR})|({_PART})")


def bracketed(phrase: str, year: int | Years | None) -> Days | None:
    """Return the days of a phrase of `BRACKETED`: its year, then the rest of it."""
    parts = [match for match in _BRACKETED.finditer(phrase) if match[0]]
    named = next((match[1] for match in parts if match[1]), "")
    rest = next((match[2] for match in parts if match[2]), "")
    named = named if "年" in named else f"{named}年"
    return point(named + re.sub("(?:之前|以前|前)$", "", rest), year)


_ISO_PARTS = expression(rf"{_ISO}")


def _iso(phrase: str) -> Days | None:
    if not _ISO_PARTS.fullmatch(phrase):
        return None
    y, m, *d = (int(n) for n in re.findall(r"\d+", phrase))
    if d:
        day = date(y, m, *d)
        return Days(day, day, "day")
    return _months(y, m, m, "month", False)


# The eleventh plan ran from 2006 to 2010; each has five years.
def _plan(phrase: str) -> Days | None:
    match = re.match(f"{_QUOTE}十([一二三四五六七])五", phrase)
    if not match:
        return None
    last = 2010 + 5 * (int(read(match[1])) - 1)
    return Days(date(last - 4, 1, 1), date(last, 12, 31), "multi_year")


_NAMED = expression(_ANY_YEAR)
_STATED = expression(_YEAR)
_MONTH_HEAD = expression(rf"({_MON})月份?")
_QUARTER_HEAD = expression(r"第?([一二三四1-4])季度|[Qq]([1-4])|([1-4])Q|第?(I{1,3}V?|[Ⅰ-Ⅳ])季度")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4"}
_FIRST_HEAD = expression(r"[前头]([一二两三四五六七八九十\d]{1,3})个?(月|季度)")
_DOTTED_HEAD = expression(r"(\d{1,2})[./](\d{1,2})")
_FESTIVAL_HEAD = expression(calendars.FESTIVALS)
_LUNAR_HEAD = expression(
    r"(?:农历|阴历)?([一二三四五六七八九十\d]{1,3}|[正冬腊])月(底|末)?(?:初?([一二三四五六七八九十廿卅\d]{1,3}))?"
)


def stated_year(phrase: str) -> int | None:
    """Return the year with which a phrase begins, though the rest of it was not understood:
    2026年汛期."""
    named = _STATED.match(phrase)
    return int(read(re.sub(r"年?度?[-/.]?$", "", named[0]))) if named and "20" in named[0] else None


def _calendar(phrase: str, years: Years) -> Days:
    named = _NAMED.match(phrase)
    rest = re.sub("^[的年:]", "", phrase[named.end() :]) if named else phrase
    year, inferred = years.stated, True
    if named and (stated := _STATED.match(phrase)):
        year, inferred = int(read(re.sub(r"年?度?[-/.]?$", "", stated[0]))), False
        year += 2000 if year < 100 else 0
    elif named:
        word = named[0].removesuffix("度")
        year = years.this if word in _FROM_ISSUE else years.stated
        year = year + _RELATIVE_YEAR[word] if year else None
    elif years.school:
        year = _in_school_year(years.school, rest)
    if year is None:
        days = _in_parts(2000, rest or "年底", inferred=True)
        return Days(None, None, days.precision)
    return _in_parts(year, rest, inferred)


def _in_school_year(years: SchoolYear, part: str) -> int | None:
    """The year of a part of a school year or a winter; None where that is not known."""
    days = _in_parts(2001, part, inferred=True)
    day = days.last or days.first
    year = years.year_of(day.month) if day else None
    # 元旦前 of 2001 is a day of 2000
    return year + 2001 - day.year if day and year else None


def _in_parts(year: int, rest: str, inferred: bool) -> Days:
    return _in_named_part(year, rest, inferred) or _in_counted_part(year, rest, inferred)


def _in_named_part(year: int, rest: str, inferred: bool) -> Days | None:
    if rest[:1] in "农阴正冬腊" and (lunar := _LUNAR_HEAD.fullmatch(rest)):
        return _in_lunar(year, lunar, inferred)
    if festival := _FESTIVAL_HEAD.match(rest):
        return _before_festival(year, festival[0], inferred)
    if month := _MONTH_HEAD.match(rest):
        number = 1 if month[1] == "元" else int(read(month[1]))
        return _in_month(year, number, rest[month.end() :], inferred)
    return None


def _in_counted_part(year: int, rest: str, inferred: bool) -> Days:
    if dotted := _DOTTED_HEAD.match(rest):
        exact = date(year, int(dotted[1]), int(dotted[2]))
        return Days(exact, exact, "day", inferred)
    if quarter := _QUARTER_HEAD.match(rest):
        number = quarter[1] or quarter[2] or quarter[3] or _ROMAN[quarter[4]]
        last = 3 * int(read(number))
        return _months(year, last - 2, last, "quarter", inferred)
    if first := _FIRST_HEAD.match(rest):
        last = int(read(first[1])) * (3 if first[2] == "季度" else 1)
        return _months(year, 1, last, "quarter" if first[2] == "季度" else "month", inferred)
    if "半年" in rest or rest[:2].upper() in ("H1", "H2"):
        begin = 1 if rest[0] in "上前" or rest[1] == "1" else 7
        return _months(year, begin, begin + 5, "half_year", inferred)
    return _in_year(year, rest, inferred)


def _in_year(year: int, part: str, inferred: bool) -> Days:
    part = part.removeprefix("年")  # 年中 alone
    if part == "初":  # no authority says when the beginning of a year ends
        return Days(date(year, 1, 1), None, "year", inferred)
    if part == "中":
        return Days(date(year, 1, 1), date(year, 6, 30), "half_year", inferred)
    return Days(date(year, 1, 1), date(year, 12, 31), "year", inferred)


# Ten-day parts of a month; 初 and 中 alone are read as 上旬 and 中旬.
_TEN_DAYS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "初": (1, 10),
    "中": (11, 20),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
}


def _in_month(year: int, month: int, part: str, inferred: bool) -> Days:
    if day := re.fullmatch(rf"({_DAY})[日号]?", part):
        exact = date(year, month, _number(day[1]))
        return Days(exact, exact, "day", inferred)
    end = last_of_month(year, month)
    part = re.sub("(?<=旬)[底末]$|[、和]", "", part)
    if part in _TEN_DAYS:
        first, last = _TEN_DAYS[part]
        return Days(date(year, month, first), date(year, month, last), "month", inferred)
    first = {"下旬": 21, "中下旬": 11}.get(part, 1)
    return Days(date(year, month, first), end, "month", inferred)


def _before_festival(year: int, name: str, inferred: bool) -> Days:
    day = calendars.festival(name, year)
    if day is None:
        raise ValueError(name)
    return Days(None, day - timedelta(days=1), "day", inferred)


def _in_lunar(year: int, match: re.Match[str], inferred: bool) -> Days:
    number = {"正": 1, "冬": 11, "腊": 12}.get(match[1]) or int(read(match[1]))
    days = calendars.lunar_month(year, number)
    if days is None:
        raise ValueError(match.group())
    if not match[3]:
        return Days(*days, "month", inferred)
    day = days[0] + timedelta(days=_number(match[3]) - 1)
    if day > days[1]:
        raise ValueError(match.group())
    return Days(day, day, "day", inferred)


_SPLIT = expression(_TO)
_DAYS_ONLY = expression(_DAYS)
_MONTHS_ONLY = expression(_MONTHS)
_DOTS_ONLY = expression(_DOTS)
_ENDS = expression(rf"(?P<begin>{_BEGIN}){_TO}(?P<end>{_END})")
_WHOLE_YEAR = expression(r"(?:19|20)\d\d年?")
_OWN_YEAR = expression(rf"{_ANY_YEAR}|{_ISO}|{_QUOTE}十[一二三四五六七]五")
_BARE_BEGIN = expression(rf"(?:{_ANY_YEAR}{_S})?第?{_NUM}")


def span(phrase: str, year: int | Years | None) -> Days | None:
    """Return the days from the first to the last day of a phrase of `RANGE`; None where it has
    none."""
    years = _years(year)
    ends = _two_ends(phrase)
    if not ends:
        return None
    first = point(ends[0], years)
    inferred = True
    if first and first.first:
        # 今年 and 明年 lean on the issue still, 次年 on the year of the beginning
        years = years._replace(stated=first.first.year, school=None)
        inferred = first.is_year_inferred
    last = point(ends[1], years)
    if not first or not last:
        return None
    if first.first and last.last and first.first > last.last:
        return None
    precision = last.precision
    if first.precision == last.precision == "year" and ends[0] != ends[1]:
        precision = "multi_year"
    return Days(first.first, last.last, precision, inferred and last.is_year_inferred)


def _two_ends(phrase: str) -> tuple[str, str] | None:
    """The beginning and the end of a span, each completed to a phrase of a date."""
    if _MONTHS_ONLY.fullmatch(phrase):
        begin, end = _SPLIT.split(phrase)
        return begin, f"{begin[:4]}年{end.rstrip('月')}月"
    if _DOTS_ONLY.fullmatch(phrase):
        begin, end = _SPLIT.split(phrase)
        return begin, end
    if _DAYS_ONLY.fullmatch(phrase):
        begin, end = _SPLIT.split(phrase)
        return begin.rstrip("日号") + "日", begin[: begin.rindex("月") + 1] + end
    parts = _ENDS.fullmatch(phrase)
    if not parts:
        return None
    begin, end = parts["begin"], parts["end"]
    if _WHOLE_YEAR.fullmatch(begin) and not _OWN_YEAR.match(end):  # 2025-Q3, 2025年-6月
        return None
    if re.fullmatch(r"(?:19|20)\d\d", begin):
        begin += "年"
    elif _BARE_BEGIN.fullmatch(begin):
        begin += "季度" if "季度" in end else "月"
    if re.fullmatch(_DECADE, end):
        end = begin[: begin.rindex("月") + 1] + end if "月" in begin else ""
    return begin, end


def enumeration(phrase: str, year: int | Years | None) -> Days | None:
    """Return the days of months or quarters that follow one another: 2025年7、8月, 二、三季度."""
    named = _NAMED.match(phrase)
    head, rest = (named[0], phrase[named.end() :]) if named else ("", phrase)
    unit = "季度" if "季度" in rest else "月"
    if not re.fullmatch(rf"[第\d一二三四五六七八九十、，,和及\s]+(?:{unit})份?", rest):
        return None
    numbers = [int(read(n)) for n in re.findall(_NUM, rest)]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    return span(f"{head}{numbers[0]}{unit}至{numbers[-1]}{unit}", year)


def add(start: date, count: int, unit: str) -> date | None:
    """Return the day `count` days, working days, months or years after `start`; None where no
    calendar of working days is known, or for another unit."""
    if unit == "工作日":
        return calendars.after_working_days(start, count) if count <= _LONGEST else None
    if unit in _OF_DAYS:
        return start + timedelta(days=count * _OF_DAYS[unit])
    months = count * {"月": 1, "半年": 6, "年": 12}.get(unit, 0)
    if not months:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(start.day - 1), last_of_month(year, month + 1))


_LONGEST = 500
"""No limit in working days is longer."""
_OF_DAYS = {"日": 1, "天": 1, "周": 7, "星期": 7}
