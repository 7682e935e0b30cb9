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

# 完成时限统一调整至…, 延期至…, 由6月底延至…
_MOVED = expression(
    r"(?P<what>(?P<noun>(?:完成|办结|整改|建成|竣工|交付|验收)(?:时限|期限|时间|节点|日期)|时限|工期)?"
    r"(?:已|统一|一并|均|相应|再|现|也){0,2}(?:由[^,，。;；]{2,16}?)?)"
    r"(?:调整|延期|延长|延迟|延后|顺延|推迟|推后|变更|提前|修改|改|延|调)(?:至|到|为)"
    r"(?P<time>[^,，。;；()（）]{3,24})"
)
# 该项目经县政府同意, 按省级要求: what may stand before it in its clause; not 验收推迟至…,
# 施工招标时限调整至…
_WHOLE = expression(
    r"(?:(?:该|本|此)?(?:项目|任务|工作|工程|事项))?(?:(?:经|按照?|根据|因|受|由于)[^,，。;；]{1,20}?)?(?:的|原|其|将|现)?"
)
_OF_TIME = expression(r"\d|[一二三四五六七八九十]月|季度|[年月]底")
# 拟调整至…, 申请延期，…, …的请示已退回: no day that holds, wherever it stands
_NOT_YET = expression(
    "拟|建议|申请|请求|未[^,，。;；]{0,4}(?:批|同意)|待[^,，。;；]{0,6}批|不予|未果|请示|退回|若|假如|如果|须报|需报|报请"
    "|(?:^|[,，。;；])要求"
)
# 第4项因规划调整，: what a note may say before it moves the day of an item as a whole
_WHY = expression(
    r"(?:的|任务|工作|事项|项目)?(?:(?:因|由于|受|根据|按照?|经|鉴于|考虑)[^。;；]{1,40}[,，])?(?:现|其|该项)?"
)
_LATER = expression("延|推迟")
_LENGTH = expression(rf"\s?(?:约|共)?{LENGTH}")


def _said(text: str) -> re.Match[str] | None:
    """What a cell says of a day to which one was moved; None where it asks for it, is about a part
    of the task, or says how long the work is to take (工期调整为18个月; but 工期延长至18个月 ends
    the day)."""
    match = next(filter(_is_of_day, _MOVED.finditer(text)), None)
    if not match:
        return None
    clause = _CLAUSE.split(text[: match.start()])[-1]
    if _NOT_YET.search(text) or not _WHOLE.fullmatch(clause.strip()):
        return None
    is_length = _LENGTH.match(match["time"]) and not _LATER.search(match[0])
    return None if is_length else match


_CLAUSE = expression("[,，。;；]")
# 存在问题: what has gone wrong, and no day of the list
_OF_PROBLEMS = expression("问题|原因|依据")


def _is_of_day(match: re.Match[str]) -> bool:
    """Whether it names what was moved, or to which day: no 改为县财政局负责."""
    return bool(match["noun"] or _OF_TIME.search(match["time"]))


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
    day the only one of a task's column was moved, that day, which is marked as inferred. Where the
    new day cannot be read, or the column has several, the task has a row without a kind for it, and
    no day. A time in the words of a task may be that of a part of it: it stays."""
    said = {
        row["task_id"]: (row["line"], match)
        for row in columns
        if not _OF_PROBLEMS.search(row["column_printed"] or "") and (match := _said(row["text"]))
    }
    own: dict[str, Rows] = {}
    for row in times:
        if row["source"] == "column":
            own.setdefault(row["task_id"], []).append(row)
    by_note: list[Note] = []
    for note in notes:
        match = _said_of_item(note)
        if match and {*note.tasks} <= own.keys() - said.keys():
            said |= dict.fromkeys(note.tasks, (note.line, match))
            by_note.append(note)
    own = {name: days for name, days in own.items() if name in said}
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


def _moved(row: dict[str, Any], line: int, match: re.Match[str], time: Time | None) -> Any:
    """The row in the place of one that holds no longer; without a time one without a kind."""
    if time:
        made = due_by_rule.row(row["task_id"], row["order"], line, match["time"], time)
        return made | {"source": "column"}
    left = due_by_rule.left(row | {"line_start": line}, row["order"], match[0])
    return left | {"source": "column", "unread": match[0]}
