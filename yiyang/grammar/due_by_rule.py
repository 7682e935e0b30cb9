"""Give tasks without a time of their own the one that a rule of the document says.

凡未注明时限的，于2026年11月底前完成; 标△的于6月30日前完成，其余于12月31日前完成. A row that
rests on a rule is marked as inferred and bears the line of the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from yiyang.core.schema import Rows
from yiyang.grammar import document_rules
from yiyang.grammar.deadline_phrases import Time, TitleYear, in_cell, in_text
from yiyang.grammar.document_rules import Pick

_DATED = ("by_date", "period")
_STATED = ("by_date", "period", "recurring", "ongoing")


class Dated(NamedTuple):
    """Which tasks are due by a time: the line of the rule, its words, what it picks, the phrase."""

    line: int
    printed: str
    pick: Pick
    phrase: str
    time: Time


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
    rules, unread = _rules(notes, issued, year)
    stated = {row["task_id"] for row in times if row["kind"] in _STATED or not row["kind"]}
    marks = {rule.pick.value for rule in rules if rule.pick.kind == "mark"}
    borne = {task["task_id"]: [m for m in marks if _bears(task, m)] for task in tasks}
    is_whole = not unread and all(any(mark in own for own in borne.values()) for mark in marks)
    if not rules or not is_whole or any(_is_unclear(task, marks) for task in tasks):
        return ByRule([], set())
    rows: Rows = []
    for task in tasks:
        rule = _rule_for(borne[task["task_id"]], rules)
        if rule and task["task_id"] not in stated:
            n = sum(row["task_id"] == task["task_id"] for row in times)
            rows.append(_row(task["task_id"], n + 1, rule))
    return ByRule(rows, {(rule.line, rule.printed) for rule in rules})


def _rules(notes: Rows, issued: date | None, year: TitleYear) -> tuple[list[Dated], bool]:
    """The rules that can be read, and whether there are others."""
    found = []
    unread = False
    for note in notes:
        for rule in document_rules.of_times(note["text"]):
            times = _times(rule.time, issued, year)
            if len(times) == 1 and times[0].kind in _DATED and times[0].due:
                time = times[0]
                phrase = rule.time[time.begin : time.end].strip(" ,，;；、。()（）")
                words = note["text"][rule.begin : rule.end]
                found.append(Dated(note["line"], words, rule.pick, phrase, time))
            else:
                unread = True
    # two rules of one kind that say different days: nothing tells which holds
    said: dict[Pick, set[date | None]] = {}
    for one in found:
        said.setdefault(one.pick, set()).add(one.time.due)
    return found, unread or any(len(days) > 1 for days in said.values())


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


def _rule_for(borne: Sequence[str], rules: Sequence[Dated]) -> Dated | None:
    """The rule that a task falls under: of its mark, else of those that bear none."""
    for rule in rules:
        if rule.pick.kind == "mark" and rule.pick.value in borne:
            return rule
    return next((rule for rule in rules if rule.pick.kind != "mark"), None)


def _places(task: dict[str, object]) -> list[str]:
    text = str(task["text"]).strip().rstrip("。；; ")
    number, measure = str(task.get("number_printed") or ""), str(task.get("measure_printed") or "")
    return [number, text[:2], text[-2:], measure[:3], measure[-2:]]


def _bears(task: dict[str, object], mark: str) -> bool:
    """Whether a task bears a mark: at its number, before its words, or behind them."""
    return any(mark in place for place in _places(task))


def _is_unclear(task: dict[str, object], marks: set[str]) -> bool:
    """Whether a mark stands elsewhere in a task, where it may be about a part of it."""
    return any(mark in str(task["text"]) and not _bears(task, mark) for mark in marks)


def _row(task_id: str, order: int, rule: Dated) -> dict[str, object]:
    return {
        "task_id": task_id,
        "order": order,
        "source": "text",
        "printed": rule.phrase,
        "kind": rule.time.kind,
        "start": rule.time.start,
        "due": rule.time.due,
        "precision": rule.time.precision,
        "is_ongoing": rule.time.is_ongoing,
        "line": rule.line,
        "is_year_inferred": rule.time.is_year_inferred,
        "qualifier": rule.time.qualifier,
        "unread": "",
        "is_inferred": True,
    }
