"""Find targets in columns of a table: 2026年目标 | 12.5万亩, 计量单位 | 亩 and 目标数 | 1200.

A cell is a target where a figure is all that it holds, or where it is one clause with one figure
(目标要求 | 收治病人不少于80名); any other is kept as printed in `task_columns`, and what figures it
holds is said to be unread (`holds_goals`).
"""

from __future__ import annotations

import re
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar import goal_heads, quantities, targets

Row = dict[str, Any]
# 目标数, 目标值, 年度目标, 目标要求, 2026年目标, 计划数, 任务数, 指标值: what is to be reached
_GOAL = re.compile(
    r"(?:本?年度?|20\d\d年度?|全年|当年|工作|预期|绩效|主要|具体|量化)?(?:目标|计划|任务|指标)"
    r"(?:任务|指标|完成|要求)?[数值量]?"
)
_KNOWN_BY_FIGURE = re.compile("数$|值$|量$|目标$|目标要求$|指标要求$")
# 目标要求, 阶段目标, 预期成效, 2025年目标值: a column whose figures are goals, whichever of them
# can be read; not 目标完成情况, 指标来源, 目标权重
_OF_GOALS = re.compile(r"目标|指标|预期(?:成果|成效|效果)|(?:计划|任务)[数值量]$")
_OF_NO_GOALS = re.compile(
    r"情况|完成[数值率]|实际|基[数期]|来源|性质|类型|权重|分值|得分|说明|备注|编[号码]"
)
# 计量单位, and 单位 beside a column of goals
_UNIT = re.compile(r"计?[量数]?单位")
_BRACKETS = re.compile(r"[（(][^（）()]{0,12}[）)]")
# 1200, 1,200, 12.5, ≥95
_NUMBER = re.compile(r"[≥≤><]?=?\d{1,9}(?:[,，]\d{3})*(?:\.\d{1,4})?")


def find(tasks: Rows, columns: Rows, times: Rows, promised: Rows, **given: Any) -> Rows:
    """Return the rows of the table `targets` (`promised`) with those that stand in `columns` (of
    `task_columns`); `given` are the `issued` and `year` that `targets.find` takes.

    A figure alone is of the task as a whole: its text says what is measured. One that the text
    itself promises is not named twice; of a task with several columns of goals none is read.
    """
    of_task = _by_task(columns)
    if not of_task:
        return promised
    promises, dated = _by_task(promised), _by_task(times)
    found: Rows = []
    for task in tasks:
        name = task["task_id"]
        own, days = promises.get(name, []), dated.get(name, [])
        found += own
        head, cell = _goal(of_task.get(name, []))
        goal = _alone(task, cell, days) or _of_clause(task, cell, days, given)
        goal = goal and goal_heads.settled(goal, head, days, **given)
        if goal and (goal["value"], goal["unit"]) not in [(r["value"], r["unit"]) for r in own]:
            found.append(goal | {"order": len(own) + 1})
    return found


def _by_task(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(row)
    return found


def _alone(task: Row, cell: str, times: Rows) -> Row | None:
    """The target that a cell is in which a figure stands alone; None for any other."""
    read = quantities.find(cell)
    if len(read) != 1 or (read[0].begin, read[0].end) != (0, len(cell)):
        return None
    [quantity] = read
    due = next((t["due"] for t in times if _is_column(t)), None)
    return {
        "task_id": task["task_id"],
        "indicator": _name(task),
        "comparator": quantity.comparator,
        "value": quantity.value,
        "value_high": quantity.high,
        "unit": quantity.unit,
        "due": due,
        "due_source": "column" if due else "",
        "printed": cell,
        "char_start": len(task["text"]),
        "char_end": len(task["text"]),
        "is_inferred": False,
    }


# 收治病人80名。: no second clause, of which the figure may be
_ENDS = "。；;. "
_CLAUSES = re.compile(r"[,，。;；!！\n\t]")
_DIGITS = re.compile(r"\d{1,12}")


def _of_clause(task: Row, cell: str, times: Rows, given: dict[str, Any]) -> Row | None:
    """The target that a cell of one clause promises with its only figure; None where it holds
    another number (2026年, 5A), or where a promise reads otherwise."""
    clause = cell.strip(_ENDS)
    read = quantities.find(clause)
    if len(read) != 1 or _CLAUSES.search(clause):
        return None
    if _DIGITS.search(clause[: read[0].begin] + "、" + clause[read[0].end :]):
        return None
    of_cell = targets.find([task | {"text": clause}], times, **given)
    if len(of_cell) != 1:
        return None
    at = len(task["text"])
    name = of_cell[0]["indicator"] or _name(task)
    return of_cell[0] | {"indicator": name, "char_start": at, "char_end": at}


def _name(task: Row) -> str:
    return str(task["text"]).strip("。；; ")


def _is_column(time: Row) -> bool:
    return time["source"] == "column" and bool(time["due"])


def _head(printed: str | None) -> str:
    return _BRACKETS.sub("", squash(simplify(printed or "")))


def holds_goals(heading: str | None) -> bool:
    """Tell whether the figures of a column are goals, by its heading."""
    head = _head(heading)
    return bool(_OF_GOALS.search(head)) and not _OF_NO_GOALS.search(head)


def bare_number(row: Row) -> str:
    """Return the number that is all that a cell of a column of goals holds; else nothing."""
    cell = squash(row["text"])
    is_number = holds_goals(row["column_printed"]) and _NUMBER.fullmatch(cell)
    return cell if is_number else ""


def _goal(columns: Rows) -> tuple[str, str]:
    """The head and the cell of the only column of goals of a task, its number with the unit that
    stands in a column beside it; empty where there are none, or several."""
    heads = [_head(row["column_printed"]) for row in columns]
    goals = [
        (row["column_printed"], squash(row["text"]))
        for row, head in zip(columns, heads, strict=True)
        if _GOAL.fullmatch(head) and _KNOWN_BY_FIGURE.search(head)
    ]
    units = [
        squash(row["text"])
        for row, head in zip(columns, heads, strict=True)
        if _UNIT.fullmatch(head)
    ]
    if len(goals) != 1:
        return "", ""
    [(printed, cell)] = goals
    is_bare = _NUMBER.fullmatch(cell) and len(units) == 1
    return printed, cell + units[0] if is_bare else cell
