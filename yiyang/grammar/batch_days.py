"""Give tasks the day of the batch that a column of their table puts them in.

分三批实施：第一批6月底前完成，第二批9月底前完成, and a column 批次 that holds 第一批 or 第二批. A
row that rests on such a sentence is marked as inferred and bears its line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from yiyang.core.schema import Rows
from yiyang.core.text import just_before, squash
from yiyang.grammar import due_by_rule
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.grammar.numerals import fold, read
from yiyang.safety.later import expression

_COUNT = "(?:第?(?P<count>[一二三四五六七八九十]{1,2}|[1-9]\\d?)|(?P<first>首))"
# 第一批, 首批次, 一期, 第2轮, A类, 甲类, Ⅰ类: what a task belongs to
_LABEL = (
    rf"(?:{_COUNT}(?P<of>批|期|轮|阶段|梯[队次]|步|档|类)次?"
    r"|(?P<letter>[A-Ea-e甲乙丙丁ⅠⅡⅢⅣ])(?P<kind>类|级|档|批))"
)
_CELL = expression(rf"{_LABEL}(?:任务|项目|工程|事项|实施|建设|完成)?")
_AT = expression(_LABEL)
_SHORT = 16
"""Characters of a cell that names several batches."""
# 批次, 所属批次, 实施阶段, 类别: heads of such a column
_HEAD = expression(r"批|期[次别]|阶段|轮次?|梯[队次]|步骤|档[次别]?|类[别型]|分类|级别")
_OF_TASKS = (
    r"(?:任务|工作|事项|措施|项目|工程|点位|村居?|社区|单位|的|共?\d{1,3}[个项件处家所]|均|都|全部|原则上|应当?|须|需|要求?|确保|力争"
    "|计划|拟|于|在|至|为|是|按|截至|截止|最迟|完成|建设|实施|时限|时间|期限)"
)
_DAY = "[0-9年月日号底末前内中上下旬半季度第一二三四五六七八九十本当今明之以止到. ]{2,24}"
_DONE = (
    "(?:须|要|应|全部|全面|基本|建设|整改|改造|任务|项目){0,3}"
    "(?:完成|办结|建成|到位|竣工|完工|交付|投用|投入使用|见效)(?:全部|任务|工作|整改|建设|改造|验收|[并及、]|交付|投入|使用|投用|运行|运营|到位){0,5}"
)
# 第一批（12个）6月底前完成: what stands between a batch and its day, and what ends it
_BEHIND = expression(
    rf"次?(?:[（(][^（）()]{{1,12}}[）)])?[：:]?{_OF_TASKS}{{0,6}}[（(]?(?P<time>{_DAY})(?:{_DONE})?[）)]?\s*(?=[，,；;。、]|$)"
)


# 第一批3月启动、6月底前完成: words of a time behind a batch, however they are put
_SPEAKS_OF_TIME = expression(r"\d\s?[月日]|[一二三四五六七八九十]月|月[底末]|年[底末内]|季度|半年")
_FAR = 40
"""Characters behind the name of a batch in which its day may stand."""
# 第一、二批, 第一至第三批: other batches of which the same is said
_BEFORE = expression(
    r"(?P<others>(?:第?[一二三四五六七八九十\d]{1,2}(?:批|期|轮)?次?[、和及与,，至到-]){1,5})第?$"
)
_COUNTS = expression(r"[一二三四五六七八九十]{1,2}|\d{1,2}")
# 一、 （二） before 第一批项目 in a heading, and （共5项） behind it
_FRAME = expression(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])|[（(]共?\d{1,3}[个项件][）)]$"
)


class BatchDay(NamedTuple):
    """What a note says of a batch: its line and words, the phrase of its time, and that time where
    it was read."""

    line: int
    words: str
    phrase: str
    time: Time | None


class ByBatch(NamedTuple):
    """Rows of the table `deadlines`, and the notes (line, words) that were applied or not."""

    rows: Rows
    applied: set[tuple[int, str]]
    unread: set[tuple[int, str]]


def find(  # noqa: PLR0913  (what a document says of its days)
    tasks: Rows,
    times: Rows,
    columns: Rows,
    notes: Rows,
    issued: date | None,
    *,
    year: TitleYear = None,
) -> ByBatch:
    """Return the deadlines that the batches in the `notes` (`text`, `line`) give to tasks which a
    cell of `columns` (of `task_columns`) or their section puts in one, and whose `times` state
    none.

    All notes are applied or none: where the day of one of the batches was not read, where two days
    are said of one, or where a cell names several, all are left to be said.
    """
    stated = due_by_rule.stated(times)
    of_task = {name: own for name, own in _of_tasks(tasks, columns).items() if name not in stated}
    told = _told(notes, set().union(*of_task.values()), issued, year)
    every = [batch for own in told.values() for batch in own]
    is_whole = all(len(own) == 1 for own in of_task.values())
    if not is_whole or any(len({b.time and b.time.due for b in own}) > 1 for own in told.values()):
        return ByBatch([], set(), {(b.line, b.phrase) for b in every})
    if not all(batch.time for batch in every):
        return ByBatch([], set(), {(b.line, b.phrase) for b in every})
    n_rows = Counter(row["task_id"] for row in times)
    rows: Rows = []
    for task in tasks:
        name = task["task_id"]
        for batch in [own[0] for label, own in told.items() if label in of_task.get(name, ())]:
            said = due_by_rule.said(task["text"], issued, year)
            order = n_rows[name] + 1
            if said:
                rows.append(due_by_rule.left(task, order, said))
            elif batch.time:
                rows.append(due_by_rule.row(name, order, batch.line, batch.phrase, batch.time))
    return ByBatch(rows, {(batch.line, batch.words) for batch in every}, set())


def _of_tasks(tasks: Rows, columns: Rows) -> dict[str, set[str]]:
    """The batches that the cells and the section of each task name; '' beside those of a cell that
    names several."""
    words = [(row["task_id"], row["text"]) for row in columns if _is_head(row)]
    words += [(task["task_id"], task.get("section") or "") for task in tasks]
    found: dict[str, set[str]] = defaultdict(set)
    for name, printed in words:
        bare = _FRAME.sub("", fold(squash(str(printed))))
        if label := _CELL.fullmatch(bare):
            found[name].add(_name(label))
        elif len(bare) < _SHORT and len(_AT.findall(bare)) > 1:
            found[name] |= {"", *map(_name, _AT.finditer(bare))}
    return found


def _is_head(row: dict[str, object]) -> bool:
    return bool(_HEAD.search(squash(str(row["column_printed"] or ""))))


def _name(label: re.Match[str]) -> str:
    """A batch by one name, however it is printed: 首批, 第1批次 and 一批 are one."""
    if label["letter"]:
        return label["letter"].upper() + label["kind"]
    return f"{1 if label['first'] else int(read(label['count']))}{label['of']}"


def _told(
    notes: Rows, labels: set[str], issued: date | None, year: TitleYear
) -> dict[str, list[BatchDay]]:
    """What notes say of the batches that tasks belong to, where a note speaks of two or more."""
    found: dict[str, list[BatchDay]] = defaultdict(list)
    for note in notes if labels else ():
        every = list(_in_note(note, issued, year))
        for name, batch in every if len(every) > 1 else ():
            if name in labels:
                found[name].append(batch)
    return found


def _in_note(
    note: dict[str, object], issued: date | None, year: TitleYear
) -> Iterator[tuple[str, BatchDay]]:
    words = fold(str(note["text"]))
    line = int(str(note["line"]))
    labels = [] if "\t" in words else list(_AT.finditer(words))
    for label, below in zip_longest(labels, labels[1:]):
        end = min(label.end() + _FAR, below.start() if below else len(words))
        rest = words[label.end() : end].partition("。")[0]
        if not _SPEAKS_OF_TIME.search(rest):
            continue
        behind = _BEHIND.match(words, label.end())
        names, is_list = _named(just_before(words, label.start(), _FAR), label)
        time = due_by_rule.one_day(behind["time"], issued, year) if behind and is_list else None
        phrase = behind["time"] if behind else rest
        said = words[label.start() : behind.end() if behind else end]
        for name in names:
            yield name, BatchDay(line, said, phrase.strip(" ,，;；、"), time)


def _named(before: str, label: re.Match[str]) -> tuple[list[str], bool]:
    """The batches that are named with a label and in front of it, and whether they are all that are
    meant: 第一至三批 are three."""
    others = None if label["letter"] else _BEFORE.search(before)
    if not others:
        return [_name(label)], True
    counts = [int(read(count)) for count in _COUNTS.findall(others["others"])]
    is_list = not re.search("[至到-]", others["others"])
    return [*(f"{count}{label['of']}" for count in counts), _name(label)], is_list
