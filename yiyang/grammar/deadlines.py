"""Deadlines: what a document says about when its tasks are due, in a column or in the text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from yiyang.core.schema import Rows
from yiyang.grammar.deadline_phrases import Time, in_cell, in_text


def find(tasks: Rows, mentions: Rows, issued: date | None) -> Rows:
    """The times named for the tasks of a document, rows of the table `deadlines`: those of a
    task's column before those of its text.

    `mentions` gives the cells of deadline columns (field `deadline`) and, where it holds them,
    the lines on which the text stands (field `text`). A task without a deadline has no row.
    """
    said: dict[tuple[str, str], Rows] = {}
    for mention in mentions:
        said.setdefault((mention["task_id"], mention["field"]), []).append(mention)
    rows: Rows = []
    for task in tasks:
        name, text = task["task_id"], task["text"]
        own: Rows = []
        for cell in said.get((name, "deadline"), ()):
            printed = cell["text"].strip()
            times = in_cell(printed, issued)
            own += [_row(name, "column", printed, time, cell["line"]) for time in times]
        pieces = said.get((name, "text"), ())
        places = [(piece["line"], piece["printed"]) for piece in pieces]
        for time in in_text(text, issued):
            if not time.refusal:
                line = _line(text[time.begin : time.end], places or [(task["line_start"], "")])
                own.append(_row(name, "text", text, time, line))
        rows += [row | {"order": order} for order, row in enumerate(own, 1)]
    return rows


def refused(tasks: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row is a time in a task's text that is no deadline: `task_id, printed, reason`."""
    issued = _issue_dates(tasks, documents)
    rows = [
        (task.task_id, task.text[time.begin : time.end], time.refusal)
        for task in tasks.itertuples()
        for time in in_text(task.text, issued[task.task_id])
        if time.refusal
    ]
    return pd.DataFrame(rows, columns=["task_id", "printed", "reason"])


def _issue_dates(tasks: pd.DataFrame, documents: pd.DataFrame) -> dict[str, date | None]:
    stated = pd.to_datetime(documents.set_index("document_id")["date_issued"])
    days = {key: None if pd.isna(day) else day.date() for key, day in stated.items()}
    return dict(zip(tasks["task_id"], tasks["document_id"].map(days.get), strict=True))


Places = list[tuple[int, str]]
"""The lines of a task's text, each with what is printed there."""


def _line(printed: str, places: Places) -> int:
    # A repaired phrase stands on none of the lines as it is; then the first line is named.
    return next((line for line, text in places if printed in text), places[0][0])


def _row(task_id: str, source: str, text: str, time: Time, line: int) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "source": source,
        "printed": text[time.begin : time.end].strip(" ,，;；、\t"),
        "kind": time.kind,
        "start": time.start,
        "due": time.due,
        "precision": time.precision,
        "is_ongoing": time.is_ongoing,
        "line": line,
        "is_year_inferred": time.is_year_inferred,
    }
