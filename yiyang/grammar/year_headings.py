"""Tell below which heading of a year each task stands: 一、2027年度任务, over those between."""

from __future__ import annotations

import re

from yiyang.core.schema import Rows
from yiyang.grammar.numerals import fold
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# 表1 2025年任务: the words above a table
_CAPTION = expression(r"\W*附?表\s?\d{1,2}[\s:：]")
# 2026年任务, 一、2027年度重点工作: a heading that is a year and what kind of list it heads
HEADS_YEAR = expression(
    r"\W*(?:附?表\s?\d{1,2}[\s:：]{1,3}|第?[一二三四五六七八九十\d]{1,3}\s?(?:[、.．)）]|部分|章)\s?)?(?:19|20)\d\d年(?:度?[^,，。;；:：\d前底后]{0,6}"
    r"(?:任务|工作|目标|计划|安排|项目|清单|重点|事项|要点|措施|内容)(?:清单|安排|计划|任务)?|度)?\W*"
)
# 一、试点任务（2026年）, 第三阶段：巩固提升（2027年）: the year of all below it; of several
# (2027—2028年) which one is not said; not 河道整治项目（2024年）
IN_BRACKETS = expression(
    r"(?![^()（）]{0,24}(?:项目|工程)[(（])[^《》()（）,，。;；]{2,24}[(（](?P<years>(?:19|20)\d\d年度?(?:[上下]半年)?|(?:19|20)\d\d年?[-—–~至到]{1,2}(?:19|20)\d\d年)[)）]\W*"
)
# 三年行动方案（2025—2027年）: the title once more, which says no more of a task than above
_IS_TITLE = expression(r"(?:方案|计划|规划|意见|措施|清单|要点|纲要)[(（]")
# 某县2026年供水保障任务表, above the second table of a file: a title, and no part of the one above
TITLE_OF_TABLE = expression(
    r"\W*[一-鿿]{1,18}[省市县区州盟旗镇乡局委](?:19|20)\d\d年度?[^,，。;；:：\d]{2,24}(?:表|清单|台账)\W*"
)
# 第一部分, 一、, （一）, 1., （1）: the marks of headings, from the highest level to the lowest
_LEVELS = tuple(
    expression(rf"\W{{0,3}}{mark}")
    for mark in (
        "第[一二三四五六七八九十]{1,3}(?:部分|[章篇编])",
        "(?<![(（])[一二三四五六七八九十]{1,3}\\s?[、.．]",
        "(?<=[(（])[一二三四五六七八九十]{1,3}\\s?[)）]",
        r"(?<![(（])\d{1,3}\s?[、.．]",
        r"(?<=[(（])\d{1,3}\s?[)）]",
    )
)
_HEADING = (tell("parse.heading_section"), tell("parse.text_between_or_behind_tasks"))
_LONGEST = 30
"""Characters of a line without a number that may be a heading."""
UNSURE = "?"
"""Stands for the heading of a task below one whose level is not printed: whether the year above
still holds is not known."""


def above(tasks: Rows, leftovers: Rows | None = None) -> dict[str, str]:
    """Return the nearest enclosing heading of a year of each task that has one, or `UNSURE`.

    `leftovers` are the lines that went into no task, the headings among them. A later heading of
    the same level or a higher one ends a year.
    """
    events: list[tuple[int, str, str]] = []  # a heading before the task of its line
    for row in leftovers or ():
        words = _heading(row["text"])
        is_heading = row["reason"] in _HEADING or TITLE_OF_TABLE.fullmatch(words)
        is_heading = is_heading or _CAPTION.match(words)
        if words and is_heading:
            events.append((row["line"], words, ""))
    for task in tasks:
        own = _heading(task.get("section_printed") or task.get("section") or "")
        events.append((task.get("line_start") or 0, own, task["task_id"]))
    found: dict[str, str] = {}
    open_heads: list[tuple[float, str]] = []
    last = ""
    numbers = {task["task_id"]: str(task.get("number_printed") or "") for task in tasks}
    for _, words, name in sorted(events, key=lambda event: event[0]):
        if words and words != last:
            open_heads = _opened(open_heads, words)
            last = words
        if level := level_of(fold(numbers.get(name, ""))):
            open_heads = _beside(open_heads, level)
        years = [head for _, head in open_heads if head]
        if name and years:
            found[name] = years[-1]
    return found


def _heading(printed: str) -> str:
    """The words of a line that may be a heading, else nothing. One with a number may be of any
    length and hold sentences: it ends the year above all the same."""
    words = fold(str(printed)).strip()
    is_prose = len(words) > _LONGEST or re.search("[。;；]", words)
    return "" if is_prose and not level_of(words) else words


def level_of(words: str) -> int | None:
    """Return the level of the number with which words begin, 1 the highest; None without one."""
    return next((n for n, mark in enumerate(_LEVELS, 1) if mark.match(words)), None)


def _beside(heads: list[tuple[float, str]], level: int) -> list[tuple[float, str]]:
    """The headings that hold for a task with a number as those above it have: no year surely."""
    return [(at, UNSURE if head and at >= level else head) for at, head in heads]


def _opened(heads: list[tuple[float, str]], words: str) -> list[tuple[float, str]]:
    """The headings that hold below a heading, the highest first, each with its year or none. One
    without a number stands half a level below the lowest, or where such a one stood."""
    level = level_of(words)
    plain = next((at for at, _ in heads if at % 1), 0)
    at = level or plain or max((at for at, _ in heads), default=0) + 0.5
    kept = [head for head in heads if head[0] < at]
    year = words if HEADS_YEAR.fullmatch(words) else ""
    if not level and TITLE_OF_TABLE.fullmatch(words):
        return [(0, words)]
    bracket = IN_BRACKETS.fullmatch(words)
    if bracket and not _IS_TITLE.search(words):
        year = words if len(re.findall(r"\d{4}", bracket["years"])) == 1 else ""
    if not year and not level and any(head for place, head in heads if place >= at):
        year = UNSURE
    return [*kept, (at, year)]
