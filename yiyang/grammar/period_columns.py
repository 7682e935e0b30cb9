"""Read columns that are parts of a year: 一季度 | 二季度 with a tick below one of them, by when a
task is done, or with a figure below each, how far it is to be by then.

完成时间 over 一季度 | 二季度 | 三季度: the only tick of a task names its deadline.
支出进度目标 over 一季度末 | 二季度末: 30%, 60% are targets, each of the last day of its column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import squash
from yiyang.grammar import due_by_rule, mark_legends
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.grammar.numerals import fold
from yiyang.safety.later import expression

Row = dict[str, Any]
_HEAD = expression(
    r"(?P<over>[^一二三四上下前全\d]{0,14}?)[(（]?(?P<part>(?:20\d\d年?)?(?:第?[一二三四1-4]季度(?:[末底])?|[上下]半年|前三季度|全年"
    r"|\d{1,2}月份?[底末]?))[)）]?前?(?P<behind>(?:[^实已完]{0,4}(?:目标|任务|计划|进度|安排|要求))?)"
)
_TIME = expression("(?:完成|办结|整改|建成)?(?:时限|期限|时间|节点)(?:安排|要求)?")
_GOAL = expression(
    "(?:[^实已]{0,6}(?:目标|计划|任务|进度|指标|安排|要求)(?:目标|要求|安排|计划)?)?"
)
# 一季度完成情况, 实际: what was, and remarks
_OTHER = expression("情况|实际|已|上年|同期|备注")
# ○, △ and others may stand for a part, a state or nothing; × and ✗ for nothing
_TICKS = frozenset("√●■◆★▲")
_NO_TICKS = frozenset("×xX")


def _head(heading: str | None) -> re.Match[str] | None:
    """The parts of a head that is a part of a year; None for any other."""
    words = fold(squash(heading or ""))
    return None if _OTHER.search(words) else _HEAD.fullmatch(words)


def _is_of_time(head: re.Match[str]) -> bool:
    return bool(_TIME.fullmatch(head["over"])) and not head["behind"]


def _is_of_goals(head: re.Match[str]) -> bool:
    """Whether a head says that its cells are goals, or how far something is by an end (一季度末): a
    bare part of a year may hold what was done or spent in it."""
    is_said = head["over"] or head["behind"] or head["part"].endswith(("末", "底"))
    return bool(is_said and _GOAL.fullmatch(head["over"]))


def _parts(
    columns: Rows,
    is_meant: Callable[[re.Match[str]], bool],
    issued: date | None,
    year: TitleYear,
) -> dict[str, Time]:
    """The heads of columns that are parts of one year below words of one kind, each with the
    time of it; none where a year is not known, or only one column is such a part."""
    found: dict[str, Time] = {}
    groups = set()
    for heading in dict.fromkeys(row["column_printed"] or "" for row in columns):
        head = _head(heading)
        if not head or not is_meant(head):
            continue
        time = due_by_rule.one_day(head["part"], issued, year)
        if not time:
            return {}
        found[heading] = time
        groups.add((head["over"], head["behind"]))
    days = {time.due for time in found.values()}
    return found if len(found) > 1 and len(groups) == 1 and len(days) == len(found) else {}


def deadlines(
    tasks: Rows, times: Rows, columns: Rows, issued: date | None, *, year: TitleYear = None
) -> Rows:
    """Return the `times` of tasks with those that the only tick below a part of the year gives, by
    which they are done; a task that has a deadline of its own keeps it alone. Several ticks, other
    marks, and those below heads that do not say what a tick means, are rows without a kind."""
    marked: dict[str, Rows] = {}
    for row in columns:
        if _head(row["column_printed"]) and _mark(row["text"]):
            marked.setdefault(row["task_id"], []).append(row)
    if not marked:
        return times
    parts = _parts(columns, _is_of_time, issued, year)
    stated = due_by_rule.stated(times)
    n_rows = Counter(row["task_id"] for row in times)
    found = [*times]
    for task in tasks:
        name = task["task_id"]
        if name in stated or name not in marked:
            continue
        cell, *others = marked[name]
        time = parts.get(cell["column_printed"])
        is_one = time and not others and _mark(cell["text"]) in _TICKS
        order = n_rows[name] + 1
        if time and is_one:
            new = due_by_rule.row(name, order, cell["line"], cell["text"], time)
            found.append(new | {"source": "column"})
        else:
            new = due_by_rule.left(task | {"line_start": cell["line"]}, order, cell["text"])
            found.append(new | {"source": "column", "unread": str(cell["column_printed"])})
    return found


# 季度推进目标 over 第一季度, 进度安排 over 上半年, or nothing
_STEPS = expression("(?:[^实已]{0,6}(?:进度|计划|安排|推进|节点|步骤|目标|任务)[^实已]{0,4})?")
_WORDS = expression("(?!已|—|-)[^。;；]{0,60}?[一-鿿]{2}")


def _is_of_steps(head: re.Match[str]) -> bool:
    return bool(_STEPS.fullmatch(head["over"]))


def steps(times: Rows, columns: Rows, issued: date | None, *, year: TitleYear = None) -> Rows:
    """Return the `times` of tasks with the steps that stand below parts of the year (一季度 |
    完成招标), each due by the end of its own; a task that has a deadline of its own keeps it
    alone."""
    parts = _parts(columns, _is_of_steps, issued, year)
    stated = due_by_rule.stated(times)
    found = [*times]
    for row in columns if parts else ():
        time = parts.get(row["column_printed"] or "")
        name = row["task_id"]
        is_step = time and name not in stated and _WORDS.match(squash(row["text"]))
        if time and is_step:
            order = 1 + sum(own["task_id"] == name for own in found)
            new = due_by_rule.row(name, order, row["line"], squash(row["text"]), time)
            found.append(new | {"source": "column"})
    return found


def _mark(cell: str) -> str:
    """The mark that a cell is, those that look alike as one; empty for one that says nothing."""
    mark = mark_legends.plain(cell)
    return mark if mark_legends.is_sign(mark) and mark not in _NO_TICKS else ""


def is_unread(row: Row) -> bool:
    """Tell whether a row of `deadlines` is a mark of which it is not said what it means."""
    return not row["kind"] and bool(row["unread"]) and bool(_mark(row["printed"]))


def goals(columns: Rows, issued: date | None = None, year: TitleYear = None) -> dict[str, date]:
    """Return the heads of columns of a document that hold how far each task is to be at the end of
    a part of the year, with the last day of each."""
    parts = _parts(columns, _is_of_goals, issued, year)
    return {heading: time.due for heading, time in parts.items() if time.due}


def may_hold_goals(heading: str | None) -> bool:
    """Tell whether a head is a part of the year below which a figure may be a goal."""
    head = _head(heading)
    return bool(head and _is_of_goals(head))
