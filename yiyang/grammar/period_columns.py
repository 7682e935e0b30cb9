"""Read columns that are parts of a year: 一季度 | 二季度 with a tick below one of them, by when a
task is done, or with a figure below each, how far it is to be by then.

完成时间 over 一季度 | 二季度 | 三季度: the only tick of a task names its deadline.
支出进度目标 over 一季度末 | 二季度末: 30%, 60% are targets, each of the last day of its column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
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
    r"|\d{1,2}月?[-—–－~～至]{1,2}\d{1,2}月份?|\d{1,2}月份?[底末]?))[)）]?前?(?P<behind>(?:[^实已完]{0,4}(?:目标|任务|计划|进度|安排|要求))?)"
)
# “√”所在月份为该项工作的完成月份: what a tick below a month means; not 为启动月份, 不得作为…
_TICKED = expression(
    r"(?P<mark>[√✓☑✔●■★▲◆])[”\"』」’]?(?:符?号|标记|的|所在|所?对应|所?标注?|处于?){1,4}(?:月份?|季度|时间|时段|列|栏)"
    r"(?:为|即为?|是|表示|代表)(?:该项?|本项?|各项?|任务|工作|事项|项目|措施|的|应|计划|预计|要求){0,6}"
    r"(?:完成|办结|竣工|销号|截止)的?(?:月份?|季度|时间|时限|期限|节点)?[”\"』」’]?(?=[，,。；;\n）)]|$)"
)
# “—”为实施月份，“★”为完成月份
_MEANS = expression(
    r"(?P<mark>[√✓☑✔●■★▲◆☆△○◎])[”\"』」’]?\s?(?:为|即|是|表示|代表|指)(?:该项?|计划|预计|应|要求){0,3}"
    r"(?:完成|办结|竣工|销号|截止|交付|投用)的?(?:月份?|季度|时间|时限|期限|节点)[”\"』」’]?(?=[，,。;；\n）)]|$)"
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


def _is_of_ticks(head: re.Match[str]) -> bool:
    """Whether a head is a part of a year alone, or one of times, where a note says what ticks
    mean."""
    return not head["behind"] and (not head["over"] or _is_of_time(head))


def deadlines(  # noqa: PLR0913  (what a document says of its days)
    tasks: Rows,
    times: Rows,
    columns: Rows,
    issued: date | None,
    *,
    year: TitleYear = None,
    notes: Rows | None = None,
) -> Rows:
    """Return the `times` of tasks with those that columns of parts of a year give; a task that has
    a deadline of its own keeps it alone.

    The only tick below a part says by when a task is done; several ticks, other marks, and those
    below heads that do not say what a tick means, are rows without a kind. A step (一季度 |
    完成招标) is due by the end of its part; where a part was over when the document was issued, the
    steps may tell what was done, and are rows without a kind.
    """
    marked: dict[str, Rows] = {}
    heads = {row["column_printed"] for row in columns if _says_what(row)}
    for row in columns:
        is_step = len(heads) > 1 and _says_what(row)
        if is_step or _is_step(row) or (_head(row["column_printed"]) and _mark(row["text"])):
            marked.setdefault(row["task_id"], []).append(row)
    if not marked:
        return times
    said = [str(note["text"]) for note in notes or ()]
    told = [m for text in said for rule in (_TICKED, _MEANS) for m in rule.finditer(text)]
    marks = {_mark(match["mark"]) for match in told} or _TICKS
    ticked = _parts(columns, _is_of_ticks if told else _is_of_time, issued, year)
    stepped = _parts(columns, _is_of_steps, issued, year)
    stated = due_by_rule.stated(times)
    n_rows = Counter(row["task_id"] for row in times)
    found = [*times]
    for task in tasks:
        name = task["task_id"]
        if name in stated or name not in marked:
            continue
        ticks = [row for row in marked[name] if _mark(row["text"])]
        steps = [row for row in marked[name] if not _mark(row["text"])]
        made = _of_ticks(ticks, ticked, marks) if ticks else _of_steps(steps, stepped)
        found += [_row(task, n, *own) for n, own in enumerate(made, n_rows[name] + 1)]
    return found


_Of = tuple[Row, Time | None]


def _of_ticks(ticks: Rows, parts: dict[str, Time], marks: Collection[str]) -> list[_Of]:
    """The first of the ticks or other marks of a task, and its time if it is the only one and
    among the `marks` that mean one."""
    cell, *others = ticks
    time = parts.get(cell["column_printed"])
    is_one = not others and _mark(cell["text"]) in marks
    return [(cell, time if is_one else None)]


def _of_steps(steps: Rows, parts: dict[str, Time]) -> list[_Of]:
    """The steps of a task below parts of a year, each with its time."""
    return [(cell, parts.get(cell["column_printed"]) if _is_step(cell) else None) for cell in steps]


def _row(task: Row, order: int, cell: Row, time: Time | None) -> Row:
    """The row of the table `deadlines` of a cell; without a time one without a kind."""
    printed = squash(cell["text"])
    if time:
        made = due_by_rule.row(task["task_id"], order, cell["line"], printed, time)
        return made | {"source": "column"}
    left = due_by_rule.left(task | {"line_start": cell["line"]}, order, printed)
    return left | {"source": "column", "unread": str(cell["column_printed"])}


# 季度推进目标 over 第一季度, 上半年计划, or nothing; not 支出计划, nor 一季度进度, how far it came
_STEPS = expression(
    "(?:[^实已支资拨]{0,6}(?:进度|计划|安排|推进|节点|步骤|目标|任务)[^实已]{0,4})?"
)
# 完成招标, 上线15项: what is to be done in a part
_STEP = expression(
    "完成|开工|动工|建成|建设|投用|投入|启动|制[定订]|印发|出台|开展|组织|举[办行]|推进|推广|签[约订]|竣工|验收"
    "|招[标商]|选[址定]|安装|调试|上线|试[点运]|设计|评估|总结|实施|落[实地]|确权|移交|编制|梳理|摸[清排]|改造|拆[除迁]"
    "|征[求收]|报[批送审]|审[批核]|批复|立项|交付|交房|封顶|运[行营]|施工|采购|申报|挂牌|培训|调研|部署|统计|巩固|深化|整改"
    "|发布|更[换新]|摸底|进场|勘[察测]|打桩|浇筑|装修|完工|绿化|收尾|结项|结算"
)
_WORDS = expression("^[一-鿿]{2}")
# 已完成, 正在设计, 暂无进展, 30%: what was, or how far it came
_STATUS = expression(r"已|正在|未|暂|尚|正常|进展|滞后|不涉及|^[-—\d]")


def _is_of_steps(head: re.Match[str]) -> bool:
    return bool(_STEPS.fullmatch(head["over"])) and head["behind"] != "进度"


def _is_step(row: Row) -> bool:
    """Whether a cell says what is to be done in the part of a year that is its head."""
    return _says_what(row) and bool(_STEP.search(squash(row["text"])))


def _says_what(row: Row) -> bool:
    """Whether a cell below a part of a year holds words that may be a step; those that are known as
    none, and say no state, are rows without a kind."""
    head, cell = _head(row["column_printed"]), squash(row["text"])
    is_of_steps = head and _is_of_steps(head) and "支出" not in head["behind"]
    return bool(is_of_steps and _WORDS.search(cell) and not _STATUS.search(cell))


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
