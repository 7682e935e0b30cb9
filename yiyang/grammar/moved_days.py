"""Read the day to which a remark beside a task moves its deadline: 完成时限调整至2026年6月底前."""

from __future__ import annotations

from datetime import date

from yiyang.core.schema import Rows
from yiyang.grammar import due_by_rule
from yiyang.grammar.deadline_phrases import TitleYear
from yiyang.safety.later import expression

_MOVED = expression(
    r"(?:(?:完成|办结|整改|建成|竣工|交付|验收)(?:时限|期限|时间|节点|日期)|时限|工期)(?:已|拟)?"
    r"(?P<how>调整|延期|延长|顺延|推迟|变更|提前|修改|改)(?:至|到|为)(?P<time>[^,，。;；()（）]{3,24})"
)


def find(times: Rows, columns: Rows, issued: date | None, *, year: TitleYear = None) -> Rows:
    """Return the `times` of tasks; where a cell of other `columns` says to which day the only one
    of a task's column was moved, that day, which is marked as inferred, and none where the cell
    cannot be read or several days may be meant."""
    moved = {
        row["task_id"]: (row, match)
        for row in columns
        if (match := _MOVED.search(row["text"])) and not match["time"].startswith("原")
    }
    own = {
        name: [row for row in times if row["task_id"] == name and row["source"] == "column"]
        for name in moved
    }
    found: Rows = []
    for row in times:
        name = row["task_id"]
        if name not in moved or row["source"] != "column":
            found.append(row)
            continue
        cell, match = moved[name]
        time = due_by_rule.one_day(match["time"], issued, year)
        if time and len(own[name]) == 1:
            new = due_by_rule.row(name, row["order"], cell["line"], match["time"], time)
            found.append(new | {"source": "column"})
        else:
            found.append(row | {"start": None, "due": None, "unread": match[0]})
    return found
