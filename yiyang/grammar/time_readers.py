"""Read a match of the patterns of times (`deadline_patterns`) as a time: its kind and its days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from yiyang.grammar import around, calendars, dates, leaning
from yiyang.grammar.dates import SchoolYear, Years
from yiyang.grammar.numerals import read
from yiyang.safety.later import expression

TitleYear = int | SchoolYear | None
"""The year of the dates that name none; that of a title may be a school year."""


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
    qualifier: str = ""
    """Words that soften the time, as printed: 力争, 原则上, 左右."""
    unread: str = ""
    """The part that was not understood, where a phrase was read in part only."""

    def columns(self) -> dict[str, object]:
        """Return what a row of `deadlines` holds of a time."""
        names = ("kind", "start", "due", "precision", "is_ongoing", "is_year_inferred", "qualifier")
        return {name: getattr(self, name) for name in names}


def read_match(match: re.Match[str], issued: date | None, years: Years) -> Time:
    """Return the time that a match names; without a kind where it was not understood."""
    part, time = match.groupdict(), Time(*match.span())
    kind = next((name for name in _READERS if part.get(name)), None)
    if kind == "from_issue" and around.is_of_others(match):
        return time._replace(kind="procedural")
    return _READERS[kind](time, part, issued, years) if kind else time


Parts = Mapping[str, str]


def _from_issue(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    count, unit = (1, "半年") if part["issue_half"] else _counted(part)
    due = dates.add(issued, count, unit) if issued else None
    return time._replace(kind="by_date", due=due, precision="day", is_year_inferred=bool(due))


def _from_meeting(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    due = leaning.after_meeting(part["met_count"], part["met_unit"], years.met)
    if not due:
        return time._replace(kind="procedural")
    return time._replace(kind="by_date", due=due, precision="day", is_year_inferred=True)


def _leaning(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    on = leaning.anchor(issued, years.met)
    days = leaning.month(part["which"], part["of_month"] or "", part["of_quarter"] or "", on)
    if not days or (issued and days.last and days.last < issued):
        return time
    return _dated(time, "by_date", days._replace(is_year_inferred=bool(days.last)))


def _counted(part: Parts) -> tuple[int, str]:
    return int(read(part["issue_count"])), part["issue_unit"]


def _until(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    due = dates.add(issued, int(read(part["horizon"])), "年") if issued else None
    return time._replace(kind="by_date", due=due, precision="year", is_year_inferred=bool(due))


def _whole_year(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    days = dates.point("年内", years)
    return _dated(time, "period", days) if days else time


def _span(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    if named := part["year_of_rhythm"]:
        days = dates.point(named, years)
        return _dated(time, "recurring", days) if days else time
    days = dates.span(part["range"], years)
    return _dated(time, "recurring" if part["span_rhythm"] else "period", days) if days else time


def _enumerated(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    days = dates.enumeration(part["unread"], years)
    return _dated(time, "period", days) if days else time


def _bracketed(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    days = dates.bracketed(part["bracketed"], years)
    return _dated(time, "by_date", days) if days else time


_FESTIVAL = expression(
    f"[“”\"'‘’]?(?:(?:{calendars.FESTIVALS}).{{0,12}}前|(?:农历|阴历)|[正冬腊]月)"
)


def _coming(time: Time, phrase: str, issued: date, years: Years) -> Time:
    """The time of a festival that was over when the document was issued: the next one, for 春节前
    in a list of March looks ahead. A list of one year looks no further than the spring behind it.
    """
    days = None
    if years.stated == issued.year:
        days = dates.point(phrase, years._replace(stated=issued.year + 1))
    last = days.last if days else None
    is_far = years.is_of_title and last and last > date(issued.year + 1, 2, 28)
    if not last or is_far:
        return time._replace(due=None, is_year_inferred=False)
    return time._replace(due=last)


def _single(time: Time, part: Parts, issued: date | None, years: Years) -> Time:
    days = dates.point(part["point"], years)
    if not days:
        return time
    is_over = bool(issued and days.last and days.last < issued)
    if "除夕" in part["point"] and is_over and not days.is_year_inferred:
        return time  # 2025年除夕 in a list of March: the year of the sun or that of the moon
    tail = part["tail"].rpartition(":")[2].strip(" 0123456789")
    if tail in ("起", "开始", "以来") or tail.endswith(("后", "长期")):
        return _dated(time, "ongoing", days)
    is_period = tail == "期间" or re.search("时期$|期间$|期内$|全年$", part["point"])
    time = _dated(time, "period" if is_period and not part["lead"] else "by_date", days)
    if issued and is_over and days.is_year_inferred and _FESTIVAL.match(part["point"]):
        time = _coming(time, part["point"], issued, years)
    return time._replace(is_ongoing=bool(part.get("then_on")))


def _plain(kind: str) -> Reader:
    return lambda time, part, issued, years: time._replace(kind=kind, is_ongoing=kind == "ongoing")


Reader = Callable[[Time, Parts, date | None, Years], Time]
# The part of the pattern that matched -> how it is read; the first one found counts.
_READERS: dict[str, Reader] = {
    "bracketed": _bracketed,
    "from_issue": _from_issue,
    "from_meeting": _from_meeting,
    "until": _until,
    "leaning": _leaning,
    "procedural": _plain("procedural"),
    "span": _span,
    "rhythm": _plain("recurring"),
    "unread": _enumerated,
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
