"""Read the day to which a remark beside a task, or a note about it, moves its deadline:
完成时限调整至2026年6月底前."""

from __future__ import annotations

import re
from collections import Counter
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
# in the clause of the move, and behind it
_ASKED = expression("拟|建议|申请|请求|要求|若|如|假如|可")
_NOT_YET = expression("未(?:获|经|予)?批|待批|未同意|不予|未果|请示|退回|须|需|报")
# 第4项因规划调整，: what a note may say before it moves the day of an item as a whole
_WHY = expression(
    r"(?:的|任务|工作|事项|项目)?(?:(?:因|由于|受|根据|按照?|经|鉴于|考虑)[^。;；]{1,40}[,，])?(?:现|其|该项)?"
)
_LATER = expression("延|推迟")
_LENGTH = expression(rf"\s?(?:约|共)?{LENGTH}")


def _said(text: str) -> re.Match[str] | None:
    """What a cell says of a day to which one was moved; None where it asks for it, or says how long
    the work is to take (工期调整为18个月; but 工期延长至18个月 ends the day)."""
    match = _MOVED.search(text)
    if not match:
        return None
    clause = re.split("[,，。;；]", text[: match.start()])[-1]
    if _ASKED.search(clause) or _NOT_YET.search(text, match.start("time")):
        return None
    is_length = _LENGTH.match(match["time"]) and not _LATER.search(match[0])
    return None if is_length else match


def _said_of_item(note: Note) -> re.Match[str] | None:
    """What a note says of the day of its items: of these as a whole, and nothing else."""
    match = _said(note.words)
    is_whole = match and _WHY.fullmatch(note.words, 0, match.start())
    return match if match and is_whole and not note.words[match.end() :].strip() else None


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
    """Return the `times` of tasks; where a cell of other `columns` or one of `notes` says to which
    day the only one of a task's column was moved, that day, which is marked as inferred; a note
    moves the only time of a text, too. Where the new day cannot be read, or the
    column has several, the task has a row without a kind for it, and no day."""
    said = {
        row["task_id"]: (row["line"], match) for row in columns if (match := _said(row["text"]))
    }
    n_times = Counter(row["task_id"] for row in times)
    in_column = {row["task_id"] for row in times if row["source"] == "column"}
    by_note: list[Note] = []
    for note in notes:
        match = _said_of_item(note)
        alone = {name for name in note.tasks if n_times[name] == 1}
        if match and {*note.tasks} <= (in_column | alone) - said.keys():
            said |= dict.fromkeys(note.tasks, (note.line, match))
            by_note.append(note)
    own: dict[str, Rows] = {}
    for row in times:
        name = row["task_id"]
        if name in said and (row["source"] == "column" or name not in in_column):
            own.setdefault(name, []).append(row)
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
    applied = {(note.line, note.sentence) for note in by_note}
    return Moved(found, former, frozenset(own), applied)


def follow(targets: Rows, moved: Moved) -> Rows:
    """Return the targets of tasks, those that were due on a day that was moved by the new one."""
    former = {row["task_id"]: row["due"] for row in moved.former}
    now = {row["task_id"]: row["due"] for row in moved.rows if row["task_id"] in former}
    return [
        row | {"due": now.get(row["task_id"])}
        if row["due"] and row["due"] == former.get(row["task_id"])
        else row
        for row in targets
    ]


def _moved(row: dict[str, Any], line: int, match: re.Match[str], time: Time | None) -> Any:
    """The row in the place of one that holds no longer; without a time one without a kind."""
    if time:
        made = due_by_rule.row(row["task_id"], row["order"], line, match["time"], time)
        return made | {"source": "column"}
    left = due_by_rule.left(row | {"line_start": line}, row["order"], match[0])
    return left | {"source": "column", "unread": match[0]}
