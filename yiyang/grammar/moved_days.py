"""Read the day to which a remark beside a task, or a note about it, moves its deadline:
完成时限调整至2026年6月底前."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from yiyang.core.schema import Rows
from yiyang.grammar import due_by_rule
from yiyang.grammar.amendments import Note
from yiyang.grammar.deadline_patterns import LENGTH
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.safety.later import expression

# Not 拟调整至…, 申请延期至…（未批复）
_MOVED = expression(
    r"(?:(?:完成|办结|整改|建成|竣工|交付|验收)(?:时限|期限|时间|节点|日期)|时限|工期)已?"
    r"(?:调整|延期|延长|顺延|推迟|变更|提前|修改|改)(?:至|到|为)(?P<time>[^,，。;；()（）]{3,24})"
)
_NOT_YET = expression("拟|建议|申请|请求|未(?:获|经|予)?批|待批|未同意|不予|未果|未[按能]|要求")
_LATER = expression("延|推迟")
_LENGTH = expression(rf"\s?(?:约|共)?{LENGTH}")


def _said(text: str) -> re.Match[str] | None:
    """What a cell says of a day to which one was moved; None where it asks for it, or says how long
    the work is to take (工期调整为18个月; but 工期延长至18个月 ends the day)."""
    match = _MOVED.search(text)
    if not match or _NOT_YET.search(text):
        return None
    is_length = _LENGTH.match(match["time"]) and not _LATER.search(match[0])
    return None if is_length else match


class Moved(NamedTuple):
    """Rows of the table `deadlines`, the rows (`task_id`, `printed`) that hold no longer, the tasks
    whose days were moved, and the lines and sentences of the notes that moved some."""

    rows: Rows
    former: Rows
    tasks: frozenset[str]
    applied: set[tuple[int, str]]


def find(
    times: Rows,
    columns: Rows,
    issued: date | None,
    *,
    year: TitleYear = None,
    notes: Sequence[Note] = (),
) -> Moved:
    """Return the `times` of tasks; where a cell of other `columns` says to which day the only one
    of a task's column was moved, or one of `notes` the only one that it has, that day, which is
    marked as inferred. Where that cannot be read, or several days may be meant, the task has a row
    without a kind for it, and no day."""
    by_note = [(note, match) for note in notes if (match := _said(note.words))]
    said = {name: (note.line, match) for note, match in by_note for name in note.tasks}
    noted = frozenset(said)
    said |= {
        row["task_id"]: (row["line"], match) for row in columns if (match := _said(row["text"]))
    }
    own: dict[str, Rows] = {}
    for row in times:
        if row["task_id"] in said and (row["source"] == "column" or row["task_id"] in noted):
            own.setdefault(row["task_id"], []).append(row)
    found: Rows = []
    former: Rows = []
    for row in times:
        days = own.get(row["task_id"], [])
        if row not in days:
            found.append(row)
        elif row is days[0]:
            line, match = said[row["task_id"]]
            time = due_by_rule.one_day(match["time"], issued, year) if len(days) == 1 else None
            new = _moved(row, line, match, time)
            found.append(new)
            former += days if new["kind"] else []
    applied = {(note.line, note.sentence) for note, _ in by_note if own.keys() >= {*note.tasks}}
    return Moved(found, former, frozenset(own), applied)


def _moved(row: dict[str, Any], line: int, match: re.Match[str], time: Time | None) -> Any:
    """The row in the place of one that holds no longer; without a time one without a kind."""
    if time:
        made = due_by_rule.row(row["task_id"], row["order"], line, match["time"], time)
        return made | {"source": "column"}
    left = due_by_rule.left(row | {"line_start": line}, row["order"], match[0])
    return left | {"source": "column", "unread": match[0]}
