"""Read columns that are parts of a year: 一季度 | 二季度 with a tick below one of them, by when a
task is done, or with a figure below each, how far it is to be by then.

完成时间 over 一季度 | 二季度 | 三季度: the only tick of a task names its deadline.
支出进度目标 over 一季度末 | 二季度末: 30%, 60% are targets, each of the last day of its column.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import squash
from yiyang.grammar import due_by_rule
from yiyang.grammar.deadline_phrases import TitleYear
from yiyang.grammar.numerals import fold
from yiyang.safety.later import expression

Row = dict[str, Any]
_HEAD = expression(
    r"(?P<over>[^一二三四上下前全\d]{0,14}?)[(（]?(?P<part>(?:20\d\d年?)?(?:第?[一二三四1-4]季度(?:[末底])?|[上下]半年|前三季度|全年"
    r"|\d{1,2}月份?[底末]?))[)）]?前?"
    r"(?P<behind>(?:[^实已完]{0,4}(?:目标|任务|计划|进度|安排|要求))?)"
)
_OF_TIME = expression("(?:完成|办结|整改|建成)?(?:时限|期限|时间|节点)(?:安排|要求)?")
_OF_GOALS = expression(
    "(?:[^实已]{0,6}(?:目标|计划|任务|进度|指标|安排|要求)(?:目标|要求|安排|计划)?)?"
)
_NO_GOALS = expression("情况|实际|已|上年|同期|备注")
_TICK = expression("[√✓✔☑●◆★■▲△○◎xX×]")


def _parts(columns: Rows, over: Any, issued: date | None, year: TitleYear) -> dict[str, date]:
    """The heads of columns that are parts of one year below words of one kind, with the last day of
    each; none where a year is not known, or only one column is such a part."""
    found: dict[str, date] = {}
    groups = set()
    for head in dict.fromkeys(row["column_printed"] or "" for row in columns):
        match = _HEAD.fullmatch(fold(squash(head)))
        if not match or _NO_GOALS.search(head) or not over.fullmatch(match["over"]):
            continue
        is_said = _says_goals(match)
        if (match["behind"] and over is not _OF_GOALS) or (over is _OF_GOALS and not is_said):
            continue
        time = due_by_rule.one_day(match["part"], issued, year)
        if not time or not time.due:
            return {}
        found[head] = time.due
        groups.add((match["over"], match["behind"]))
    is_one = len(groups) == 1 and len(set(found.values())) == len(found)
    return found if len(found) > 1 and is_one else {}


def _says_goals(head: re.Match[str]) -> bool:
    """Whether a head says that its cells are goals, or how far something is by an end (一季度末): a
    bare part of a year may hold what was done or spent in it."""
    return bool(head["over"] or head["behind"] or head["part"].endswith(("末", "底")))


def deadlines(
    tasks: Rows, times: Rows, columns: Rows, issued: date | None, *, year: TitleYear = None
) -> Rows:
    """Return the `times` of tasks with those that the only tick below a part of the year gives, by
    which they are done; a task that has a deadline of its own keeps it alone. Several ticks, and
    those below heads that do not say what a tick means, are rows without a kind."""
    parts = _parts(columns, _OF_TIME, issued, year)
    stated = due_by_rule.stated(times)
    found = [*times]
    ticked: dict[str, Rows] = {}
    for row in columns:
        head = fold(squash(row["column_printed"] or ""))
        is_part = _HEAD.fullmatch(head) and not _NO_GOALS.search(head)
        if is_part and _TICK.fullmatch(squash(row["text"])):
            ticked.setdefault(row["task_id"], []).append(row)
    for task in tasks:
        name = task["task_id"]
        if name in stated or not (own := ticked.get(name)):
            continue
        due = parts.get(own[0]["column_printed"]) if len(own) == 1 else None
        order = 1 + sum(row["task_id"] == name for row in times)
        found.append(_row(name, order, own[-1], due))
    return found


def _row(name: str, order: int, cell: Row, due: date | None) -> Row:
    return {
        "task_id": name,
        "order": order,
        "source": "column",
        "printed": cell["text"],
        "kind": "by_date" if due else "",
        "start": None,
        "due": due,
        "precision": "quarter" if due else "",
        "is_ongoing": False,
        "line": cell["line"],
        "is_year_inferred": bool(due),
        "qualifier": "",
        "unread": "" if due else str(cell["column_printed"]),
        "is_inferred": bool(due),
    }


def is_unread(row: Row) -> bool:
    """Tell whether a row of `deadlines` is a tick of which it is not said what it means."""
    return not row["kind"] and bool(_TICK.fullmatch(squash(row["printed"])))


def goals(columns: Rows, issued: date | None = None, year: TitleYear = None) -> dict[str, date]:
    """Return the heads of columns of a document that hold how far each task is to be at the end of
    a part of the year, with the last day of each."""
    return _parts(columns, _OF_GOALS, issued, year)


def may_hold_goals(heading: str | None) -> bool:
    """Tell whether a head is a part of the year below which a figure may be a goal."""
    match = _HEAD.fullmatch(fold(squash(heading or "")))
    is_of_goals = match and _OF_GOALS.fullmatch(match["over"])
    return bool(match and is_of_goals and _says_goals(match)) and not _NO_GOALS.search(
        heading or ""
    )
