"""Run the grammars of units, times, figures and verbs over the tasks of one document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from yiyang import agencies, parse
from yiyang.core.schema import Rows
from yiyang.grammar import (
    amendments,
    batch_days,
    column_targets,
    deadlines,
    defined_words,
    leaning,
    moved_days,
    notes_by_number,
    obligations,
    period_columns,
    phase_headings,
    targets,
    year_headings,
    year_notes,
)
from yiyang.grammar.deadline_phrases import TitleYear
from yiyang.safety.later import expression, pd

_EARLY = 9
"""The last month of a meeting whose days without a year are surely of the same one."""


def rows(
    record: Any, tasks: Rows, mentions: Rows, leftovers: Rows, columns: Rows | None = None
) -> dict[str, Rows]:
    """Return the rows of the tables of a document, by their names; they depend on no other
    document.

    `mentions` are the printed lists and deadlines (`parse.mentions`), `columns` the cells under
    headings of no kind of ours (`parse.columns`), `repairs` the units that were named twice,
    `unknown` the leftovers of lists of units, `unsure` the lines to look at, `rules` the lines and
    words of the rules on which values rest, and whether they are about a `role` or a `time`,
    `noted` what notes say of tasks and was not applied, `undated` the headings and notes whose time
    no task was given, `moved` the former deadlines.
    """
    issued = _day(record.date_issued)
    notes = _whole(leftovers)
    year, of_year = _year(record.title or "", issued, tasks, notes)
    amended, more = amendments.find(tasks, notes, mentions, columns or ())
    assigned = agencies.assign([*mentions, *more.lists], issued, record.issuing_agency, notes)
    heads = year_headings.above(tasks, leftovers)
    first = min((task["line_start"] for task in tasks), default=0)
    met = leaning.day_of_meeting(record.title or "", leftovers, first, issued)
    stated: Any = {"issued": issued, "year": year or _of_meeting(met, issued)}
    days = stated | {"heads": heads, "met": met}
    times = deadlines.find(tasks, mentions, **days)
    times = period_columns.deadlines(tasks, times, columns or [], **stated, notes=notes)
    moved = moved_days.find(times, columns or [], **stated, notes=amended)
    times, ruled, unread = _by_other_lines(
        tasks, moved.rows, columns or [], leftovers, notes, heads=heads, **stated
    )
    own = targets.find(tasks, times, **days)
    promised = column_targets.of_schedules(tasks, mentions, own, moved.tasks, **stated)
    applied = {"role": assigned.applied | more.applied, "time": ruled | of_year | moved.applied}
    prose = [row for row in leftovers if row["reason"] == parse.PROSE]
    return {
        "tasks": tasks,
        "mentions": mentions,
        "assignments": inferred(assigned.rows, mentions),
        "task_columns": _ordered([*(columns or []), *assigned.columns]),
        "deadlines": inferred(times, mentions),
        "targets": column_targets.find(tasks, columns or [], times, promised, **stated),
        "refusals": targets.refusals(tasks, prose, **days),
        "outcomes": targets.outcomes(prose),
        "repairs": assigned.repairs,
        "leftovers": leftovers,
        "rules": _about(applied),
        "noted": amendments.left(amended, applied["role"] | applied["time"]),
        "undated": _on_lines(unread),
        "moved": moved.former,
        "left_out": [],
        "signs": [],  # once the account of the document is made
        "unknown": assigned.leftovers,
        "unsure": [{"line": line, "text": said} for line, said in assigned.warnings],
    }


def _by_other_lines(  # noqa: PLR0913, PLR0917  (what a document says of its days)
    tasks: Rows,
    times: Rows,
    columns: Rows,
    leftovers: Rows,
    notes: Rows,
    issued: date | None,
    *,
    year: TitleYear,
    heads: Mapping[str, str],
) -> tuple[Rows, set[tuple[int, str]], set[tuple[int, str]]]:
    """The times with those that other columns, headings, batches and rules give to tasks; the
    lines and words on which they rest, and those that were not applied."""
    by_word = defined_words.find(times, notes, issued, year=year)
    by_phase = phase_headings.find(tasks, by_word.rows, leftovers, issued, year=year, heads=heads)
    times = [*by_word.rows, *by_phase.rows]
    by_batch = batch_days.find(tasks, times, columns, notes, issued, year=year)
    times = [*times, *by_batch.rows]
    by_rule = notes_by_number.find_all(tasks, times, notes, issued, year=year)
    times = _in_order(tasks, [*times, *by_rule.rows])
    applied = by_word.applied | by_batch.applied | by_rule.applied
    return times, applied, by_phase.unread | by_batch.unread


def _about(applied: Mapping[str, set[tuple[int, str]]]) -> Rows:
    return [row | {"about": about} for about, rules in applied.items() for row in _on_lines(rules)]


def _on_lines(times: set[tuple[int, str]]) -> Rows:
    return [{"line": line, "text": said} for line, said in sorted(times)]


def _of_meeting(met: date | None, issued: date | None) -> TitleYear:
    """The year in which a meeting decided, for minutes that say no other day."""
    return met.year if met and met.month <= _EARLY and not issued else None


def _year(
    title: str, issued: date | None, tasks: Rows, notes: Rows
) -> tuple[TitleYear, set[tuple[int, str]]]:
    """The year of the dates that name none, by a note or else by the title, and this note."""
    if told := year_notes.find(tasks, notes):
        return told.year, {(told.line, told.printed)}
    return deadlines.year_of_title(title, issued), set()


# What ends a line that is whole; a sentence that ends otherwise goes on in the next line.
_ENDED = expression(r"[。；;：:！？!?）)】\]]\s*$")
_FULL = 15
"""Characters of a line that may go on in the next."""


def _whole(leftovers: Rows) -> Rows:
    """The leftovers, a sentence over several lines in one row: a rule may be wrapped like any
    text."""
    found: Rows = []
    last = 0
    for row in leftovers:
        above = found[-1] if found else None
        if (
            above
            and row["line"] == last + 1
            and row["reason"] == above["reason"]
            and "\t" not in above["text"] + row["text"]
            and len(above["text"]) >= _FULL
            and not _ENDED.search(above["text"])
        ):
            found[-1] = {**above, "text": above["text"].rstrip() + row["text"].lstrip()}
        else:
            found.append(row)
        last = row["line"]
    return found


def in_texts(tasks: Rows, issued: date | None, title: str, times: pd.DataFrame) -> dict[str, Rows]:
    """Return the rows of `deadlines`, `targets` and `obligations` that the texts of some tasks of a
    document give; `times` are the deadlines that stand in its columns."""
    year = deadlines.year_of_title(title, issued)
    found = deadlines.find(tasks, [], issued, year=year)
    stated = [
        {"task_id": row.task_id, "source": row.source, "due": row.due.date()}
        for row in times[times["due"].notna()].itertuples()
    ]
    return {
        "deadlines": inferred(found, []),
        "targets": targets.find(tasks, [*stated, *found], issued=issued, year=year),
        "obligations": obligations.grade(tasks),
    }


def _in_order(tasks: Rows, times: Rows) -> Rows:
    """The times of the tasks in the order of these."""
    place = {task["task_id"]: n for n, task in enumerate(tasks)}
    return sorted(times, key=lambda row: place[row["task_id"]])


def _ordered(columns: Rows) -> Rows:
    """The cells under other headings, those of each task counted from 1."""
    seen: dict[str, int] = {}
    for row in columns:
        seen[row["task_id"]] = seen.get(row["task_id"], 0) + 1
        row["order"] = seen[row["task_id"]]
    return columns


# 2024-05-31, as most catalogues and all readers of documents write it
_ISO_DAY = expression(r"\d{4}-\d\d-\d\d", re.ASCII)


@cache  # a catalogue names few days, and the reader of its other dates is slow
def _day(printed: str) -> date | None:
    """The day that a catalogue names; one that is none is refused by the table `documents`."""
    if not printed:
        return None
    if _ISO_DAY.fullmatch(printed):
        with suppress(ValueError):
            return date.fromisoformat(printed)
    day = pd.to_datetime(printed, errors="coerce")
    return None if pd.isna(day) else day.date()


def inferred(found: Rows, mentions: Rows) -> Rows:
    """Assignments or deadlines with `is_inferred`: whether they stand in a cell of another row."""
    taken = {(m["task_id"], m["line"]) for m in mentions if m["is_inferred"]}
    return [
        row
        | {"is_inferred": row.get("is_inferred", False) or (row["task_id"], row["line"]) in taken}
        for row in found
    ]
