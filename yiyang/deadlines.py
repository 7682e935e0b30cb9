"""Deadlines: what a document says about when its tasks are due, in a column or in the text."""

from __future__ import annotations

from datetime import date

import pandas as pd

from yiyang import tables
from yiyang.times import Time, in_cell, in_text


def find(tasks: pd.DataFrame, mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row is a time named for a task (table `deadlines`), the column's before the text's.

    `mentions` gives the cells of deadline columns (field `deadline`) and, where it holds them,
    the lines on which the text stands (field `text`). A task without a deadline has no row.
    """
    issued = _issue_dates(tasks, documents)
    rows = []
    # Rows of objects: iterating over columns of Arrow strings is ten times slower.
    said = mentions[["task_id", "field", "text", "line", "printed"]].astype(object)
    for cell in said[said["field"] == "deadline"].itertuples():
        printed = str(cell.text).strip()
        times = in_cell(printed, issued[cell.task_id])
        rows += [_row(cell.task_id, "column", printed, t, cell.line) for t in times]
    places: dict[str, Places] = {}
    for piece in said[said["field"] == "text"].itertuples():
        places.setdefault(piece.task_id, []).append((piece.line, piece.printed))
    for task in tasks[["task_id", "text", "line_start"]].astype(object).itertuples():
        for time in in_text(task.text, issued[task.task_id]):
            if not time.refusal:
                printed = task.text[time.begin : time.end]
                line = _line(printed, places.get(task.task_id) or [(task.line_start, "")])
                rows.append(_row(task.task_id, "text", task.text, time, line))
    columns = [f["name"] for f in tables.specifications()["deadlines"]["fields"]]
    frame = pd.DataFrame(rows, columns=[c for c in columns if c != "order"])
    place = {task_id: i for i, task_id in enumerate(tasks["task_id"])}
    frame = frame.sort_values("task_id", key=lambda ids: ids.map(place), kind="stable")
    frame["order"] = frame.groupby("task_id", sort=False).cumcount() + 1
    return tables.cast("deadlines", frame)


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


def _row(task_id: str, source: str, text: str, time: Time, line: int) -> dict[str, object]:
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
