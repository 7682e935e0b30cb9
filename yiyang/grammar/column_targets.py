"""Find targets in columns of a table: 2026年目标 | 12.5万亩, 计量单位 | 亩 and 目标数 | 1200.

A cell is a target where a figure is all that it holds; any other is kept as printed in
`task_columns`.
"""

from __future__ import annotations

import re

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar import quantities
from yiyang.grammar.figures import Quantity

# 目标数, 目标值, 年度目标, 2026年目标, 计划数, 任务数, 指标值: what is to be reached
_GOAL = re.compile(
    r"(?:本?年度?|20\d\d年度?|全年|当年|工作|预期|绩效)?(?:目标|计划|任务|指标)(?:任务|指标|完成)?[数值量]?"
)
_KNOWN_BY_FIGURE = re.compile("数$|值$|量$|目标$")
# 计量单位, and 单位 beside a column of goals
_UNIT = re.compile(r"计?[量数]?单位")
_BRACKETS = re.compile(r"[（(][^（）()]{0,12}[）)]")
# 1200, 1,200, 12.5, ≥95
_NUMBER = re.compile(r"[≥≤><]?=?\d{1,9}(?:[,，]\d{3})*(?:\.\d{1,4})?")


def find(tasks: Rows, columns: Rows, times: Rows, targets: Rows) -> Rows:
    """Return the rows of the table `targets` with those that stand in `columns` (of
    `task_columns`).

    The figure is of the task as a whole: its text says what is measured. One that the text itself
    promises is not named twice; of a task with several columns of goals none is read.
    """
    of_task: dict[str, Rows] = {}
    for row in columns:
        of_task.setdefault(row["task_id"], []).append(row)
    if not of_task:
        return targets
    found: Rows = []
    for task in tasks:
        name = task["task_id"]
        own = [row for row in targets if row["task_id"] == name]
        found += own
        goal = _goal(of_task.get(name, []))
        if goal is None:
            continue
        quantity, printed = goal
        if any((row["value"], row["unit"]) == (quantity.value, quantity.unit) for row in own):
            continue
        due = next((t["due"] for t in times if t["task_id"] == name and _is_column(t)), None)
        at = len(task["text"])
        found.append(
            {
                "task_id": name,
                "order": len(own) + 1,
                "indicator": task["text"].strip("。；; "),
                "comparator": quantity.comparator,
                "value": quantity.value,
                "value_high": quantity.high,
                "unit": quantity.unit,
                "due": due,
                "due_source": "column" if due else "",
                "printed": printed,
                "char_start": at,
                "char_end": at,
                "is_inferred": False,
            }
        )
    return found


def _is_column(time: dict[str, object]) -> bool:
    return time["source"] == "column" and bool(time["due"])


def _goal(columns: Rows) -> tuple[Quantity, str] | None:
    """The figure that the columns of a task promise, and how it is printed; None where they hold
    none, or several goals."""
    heads = [_BRACKETS.sub("", squash(simplify(row["column_printed"] or ""))) for row in columns]
    goals = [
        squash(row["text"])
        for row, head in zip(columns, heads, strict=True)
        if _GOAL.fullmatch(head) and _KNOWN_BY_FIGURE.search(head)
    ]
    units = [
        squash(row["text"])
        for row, head in zip(columns, heads, strict=True)
        if _UNIT.fullmatch(head)
    ]
    if len(goals) != 1:
        return None
    [cell] = goals
    if _NUMBER.fullmatch(cell) and len(units) == 1:
        cell += units[0]
    read = quantities.find(cell)
    is_whole = len(read) == 1 and (read[0].begin, read[0].end) == (0, len(cell))
    return (read[0], cell) if is_whole else None
