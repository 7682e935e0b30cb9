"""Give tasks without a time of their own the one that a rule of the document says.

凡未注明时限的，于2026年11月底前完成; 标△的于6月30日前完成，其余于12月31日前完成. A row that
rests on a rule is marked as inferred and bears the line of the rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from yiyang.core.schema import Rows
from yiyang.core.text import plain_label
from yiyang.grammar import document_rules
from yiyang.grammar.deadline_phrases import Time, TitleYear, in_cell, in_text
from yiyang.grammar.deadline_refusals import is_over_by
from yiyang.grammar.document_rules import Pick
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

_DATED = ("by_date", "period")
STATED = ("by_date", "period", "recurring", "ongoing")
"""Kinds of times after which a task needs none from elsewhere."""
# 常年, 每日, 持续: a task that says so is not one that says no time
_OF_TIME = expression(
    r"长期(?![护照住居])|常年|常态|持续(?!性)|不?定期|每个?工作日|[全当本今明次]年|年[底内末初]|[本当]?月[底内末初]"
    r"|季度|半年|[0-9０-９一二三四五六七八九十][年月日](?!光)|期间|汛期"
)


_QUOTED = expression('[“"][^“”"]{1,20}[”"]|《[^《》]{1,60}》')


class Dated(NamedTuple):
    """Which tasks are due by a time: the line of the rule, its words, what it picks, the phrase,
    and the tasks that it is about."""

    line: int
    printed: str
    pick: Pick
    phrase: str
    time: Time
    reach: frozenset[str]


class ByRule(NamedTuple):
    """Rows of the table `deadlines`, and the rules (line, words) that were applied."""

    rows: Rows
    applied: set[tuple[int, str]]


def find(
    tasks: Rows, times: Rows, notes: Rows, issued: date | None, *, year: TitleYear = None
) -> ByRule:
    """Return the deadlines that rules in the `notes` (`text`, `line`) give to tasks whose `times`
    state none.

    A rule is applied whole or not at all: one about a mark that no task bears, and one whose time
    cannot be read, are left to be said.
    """
    rules, unread = _rules(tasks, notes, issued, year)
    own_times = stated(times)
    marks = {rule.pick.value for rule in rules if rule.pick.kind == "mark"}
    borne = {task["task_id"]: [m for m in marks if _bears(task, m)] for task in tasks}
    is_whole = not unread and all(any(mark in own for own in borne.values()) for mark in marks)
    if not rules or not is_whole or any(_is_unclear(task, marks) for task in tasks):
        return ByRule([], set())
    rows: Rows = []
    n_rows = Counter(row["task_id"] for row in times)
    for task in tasks:
        name = task["task_id"]
        rule = _rule_for(name, borne[name], rules)
        if rule and name not in own_times:
            order = n_rows[name] + 1
            words = "" if rule.pick.kind == "mark" else said(task["text"], issued, year)
            own = row(name, order, rule.line, rule.phrase, rule.time)
            rows.append(left(task, order, words) if words else own)
    return ByRule(rows, {(rule.line, rule.printed) for rule in rules})


def stated(times: Rows) -> set[str]:
    """Return the tasks whose times say when they are due, or speak of a time that was not read."""
    return {row["task_id"] for row in times if row["kind"] in STATED or not row["kind"]}


def one_day(phrase: str, issued: date | None, year: TitleYear) -> Time | None:
    """Return the one day that a phrase is, if it was read as a whole and does not lie behind."""
    found = _only(in_cell(phrase, issued, year=year), phrase)
    time = found[1] if found else None
    return None if time and is_over_by(time, issued) else time


def said(text: str, issued: date | None, year: TitleYear) -> str:
    """Return the first words of a task that are a sign of a time, be it a deadline or not."""
    named = tell("grammar.title_or_number_document")
    found = (time for time in in_text(text, issued, year=year) if time.refusal != named)
    times = [(time.begin, time.end) for time in found]
    # “一日办结”, 《…三年行动计划》 are names
    words = _QUOTED.sub(lambda name: "“" * len(name[0]), text)
    spans = [*times, *(match.span() for match in _OF_TIME.finditer(words))]
    if not spans:
        return ""
    begin, end = min(spans, key=lambda span: span[0])  # of two that begin together the time
    return text[begin:end].strip(" ,，;；、。")


def _rules(
    tasks: Rows, notes: Rows, issued: date | None, year: TitleYear
) -> tuple[list[Dated], bool]:
    """The rules that can be read, and whether there are others."""
    found: list[Dated] = []
    unread = False
    for note in notes:
        for rule in document_rules.of_times(note["text"]):
            said_time = one_time(rule.time, issued, year)
            reach = reached(rule.reach, note["line"], tasks, notes)
            if reach and said_time:
                phrase, time = said_time
                words = note["text"][rule.begin : rule.end]
                found.append(Dated(note["line"], words, rule.pick, phrase, time, reach))
            else:
                unread = True
    return found, unread or any(
        one.pick == other.pick and one.time.due != other.time.due and one.reach & other.reach
        for n, one in enumerate(found)
        for other in found[:n]  # of one kind with two days: nothing tells which holds
    )


def reached(reach: str, line: int, tasks: Rows, notes: Rows) -> frozenset[str]:
    """Return the tasks that a rule on a line is about; none where that is not clear."""
    if not reach or not tasks:
        return frozenset(task["task_id"] for task in tasks)
    if reach == "table":
        heads = [note["line"] for note in notes if note["reason"] == tell("parse.table_header")]
        own = [t for t in tasks if t["line_start"] > heads[0]] if len(heads) == 1 else []
    elif reach == "section":
        own = []
    else:
        told = [tell("parse.heading_section"), tell("parse.heading_group_tasks")]
        headings = sorted(note["line"] for note in notes if note["reason"] in told)
        own = _above(line, tasks, headings) if reach == "above" else _below(line, tasks, headings)
    return frozenset(task["task_id"] for task in own)


def _above(line: int, tasks: Rows, headings: Sequence[int]) -> Rows:
    """The tasks before a line and in its section; none where the line ends several sections."""
    before = [task for task in tasks if task["line_end"] < line]
    section = bisect_left(headings, line)
    own = [task for task in before if bisect_right(headings, task["line_start"]) == section]
    has_others = len(own) != len(before)
    is_last = len(before) == len(tasks)
    return [] if has_others and is_last else own


def _below(line: int, tasks: Rows, headings: Sequence[int]) -> Rows:
    """The tasks behind a line and in its section; all where the line stands above all sections."""
    behind = [task for task in tasks if task["line_start"] > line]
    section = bisect_right(headings, line)
    own = [task for task in behind if bisect_right(headings, task["line_start"]) == section]
    is_above_all = len(behind) == len(tasks) and not bisect_left(headings, line)
    return behind if is_above_all else own


def one_time(words: str, issued: date | None, year: TitleYear) -> tuple[str, Time] | None:
    """Return the phrase and the time of what a rule says of tasks and of nothing else; None where
    it is not one day, nor that they go on."""
    if lasting := document_rules.goes_on(words):
        if lasting == "全年":
            return _only(in_cell(lasting, issued, year=year), lasting)
        begin = words.find(lasting)
        return lasting, Time(begin, begin + len(lasting), "ongoing", is_ongoing=True)
    return _only(_times(words, issued, year), words) if document_rules.is_due(words) else None


def _only(times: Sequence[Time], words: str) -> tuple[str, Time] | None:
    """The one time that words name, with its phrase; None where they name no day, or several."""
    if len(times) != 1:
        return None
    [time] = times
    phrase = words[time.begin : time.end].strip(" ,，;；、。()（）")
    return (phrase, time) if time.kind in _DATED and time.due else None


def _times(words: str, issued: date | None, year: TitleYear) -> list[Time]:
    """The times of what a rule says; behind 为 or 是 stands one as in a cell."""
    found = [time for time in in_text(words, issued, year=year) if not time.refusal]
    if found:
        return found
    for opening in ("时限", "期限", "时间"):
        if opening in words:
            cell = words.partition(opening)[2].lstrip("均都统一律全部为是至到在于：: ")
            at = words.find(cell)
            times = in_cell(cell, issued, year=year) if cell else []
            return [time._replace(begin=time.begin + at, end=time.end + at) for time in times]
    return []


def _rule_for(name: str, borne: Sequence[str], rules: Sequence[Dated]) -> Dated | None:
    """The rule that a task falls under: of its mark, else of those that bear none the one about
    the fewest tasks."""
    own = [rule for rule in rules if name in rule.reach]
    for rule in own:
        if rule.pick.kind == "mark" and rule.pick.value in borne:
            return rule
    others = [rule for rule in own if rule.pick.kind != "mark"]
    return min(others, key=lambda rule: len(rule.reach), default=None)


def _places(task: dict[str, object]) -> list[str]:
    text = str(task["text"]).strip().rstrip("。；; ")
    number = str(task.get("number_printed") or "")
    measure = plain_label(str(task.get("measure_printed") or ""))
    return [number, text[:2], text[-2:], measure[:2], measure[-2:]]


def _bears(task: dict[str, object], mark: str) -> bool:
    """Whether a task bears a mark: at its number, before its words or those of the measure above
    it, or behind them."""
    return any(mark in place for place in _places(task))


def _is_unclear(task: dict[str, object], marks: set[str]) -> bool:
    """Whether a mark stands elsewhere in a task, where it may be about a part of it."""
    return any(mark in str(task["text"]) and not _bears(task, mark) for mark in marks)


def row(task_id: str, order: int, line: int, phrase: str, time: Time) -> dict[str, object]:
    """Return a row of `deadlines` for a task that is due by what is said on another line."""
    return {
        "task_id": task_id,
        "order": order,
        "source": "text",
        "printed": phrase,
        "line": line,
        **time.columns(),
        "unread": "",
        "is_inferred": True,
    }


def left(task: dict[str, Any], order: int, said: str) -> dict[str, object]:
    """Return a row without a kind for a task that speaks of time where the rule may not mean it."""
    return {
        "task_id": task["task_id"],
        "order": order,
        "source": "text",
        "printed": said,
        "kind": "",
        "start": None,
        "due": None,
        "precision": "",
        "is_ongoing": False,
        "line": task["line_start"],
        "is_year_inferred": False,
        "qualifier": "",
        "unread": "",
        "is_inferred": False,
    }
