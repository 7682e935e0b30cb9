"""Tell which year holds for the dates of a task that name none: that of the title, of the heading
above it, or a school year, in which the months before the summer are those of the year behind."""

from __future__ import annotations

import re

from yiyang.grammar.dates import SchoolYear
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.grammar.numerals import fold, read
from yiyang.grammar.year_headings import UNSURE

# 2026年重点工作, 2026年度任务; not 到2025年, 2025年以来, 〔2025〕9号
_YEAR_OF_TITLE = re.compile(
    r"(?<![到至自从截\d])((?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})\s{0,3}年(?!前|底|以[来前后]|之?后|起|版|修[正订]|远景|第?\d{1,4}号)"
)
_SPAN_OF_TITLE = re.compile(r"(?:19|20)\d\d\s{0,3}年?\s{0,3}[-—–~～至到]{1,2}\s{0,3}(?:19|20)\d\d")
# 2025—2026学年, 2025-2026学年度, 2025学年第一学期
_SCHOOL_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s{0,3}年?(?:\s{0,3}[-—–~～至到/]{1,2}\s{0,3}((?:19|20)\d\d))?\s{0,3}学年"
)


def year_of_title(title: str) -> TitleYear:
    """Return the year that a title names for its tasks; None where it names none, two, or a span.

    year_of_title("2026年度重点工作") == 2026; 2024—2026年 gives no single year, 2025—2026学年 a
    school year.
    """
    printed = fold(title)
    schools = {m[1]: m[2] for m in _SCHOOL_YEAR.finditer(printed)}
    if len(schools) == 1:
        [(first, last)] = schools.items()
        return SchoolYear(int(first)) if not last or int(last) == int(first) + 1 else None
    if _SPAN_OF_TITLE.search(printed):
        return None
    years = {int(read(match[1])) for match in _YEAR_OF_TITLE.finditer(printed)}
    return years.pop() if len(years) == 1 else None


def year_of_task(head: str, year: TitleYear) -> TitleYear:
    """Return the year of a task's dates that name none: that of the heading of a year above it
    (`year_headings.above`), where the title names no single one; `year` otherwise."""
    return year_of_title(head) if year is None else year


def is_of_another(head: str, year: TitleYear) -> bool:
    """Tell whether the heading of a year above a task names another one than the title, or may no
    longer hold: which of the two its dates are of is not printed."""
    if head == UNSURE:
        return True
    return bool(head) and year is not None and year_of_title(head) != year


def settled(time: Time, head: str, year: TitleYear) -> Time:
    """Return the time, without its days where their year was inferred and two may be meant."""
    if not (time.is_year_inferred and is_of_another(head, year)):
        return time
    return time._replace(start=None, due=None, is_year_inferred=False)
