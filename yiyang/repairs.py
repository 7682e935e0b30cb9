"""The ledger of repairs: every change to a printed text, with its reason.

A row says what is printed (`before`) on which line and what stands in its place (`after`). A row
whose printed text is not there, or not there just once, stops the build: the ledger never
changes a text that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang import tables
from yiyang.errors import InputError

LEDGER = tables.CURATION / "repairs.csv"


def ledger(path: Path | None = LEDGER) -> pd.DataFrame:
    """One row is a repair (table `repairs`); without a path, none."""
    rows = tables.read_csv("repairs", path or LEDGER)
    blank = rows.index[rows[["line", "before", "reason"]].isna().any(axis=1)].tolist()
    if blank:
        raise InputError(
            f"{path}, row {blank[0] + 2}",
            found="a repair without its line, its printed text or its reason",
            expected="all three",
            remedy="fill them in",
        )
    return rows if path else rows.iloc[:0]


def of_document(rows: pd.DataFrame, document_id: str) -> list[Any]:
    """The rows of one document, in the order of the ledger."""
    return list(rows[rows["document_id"] == document_id].itertuples(index=False))


def repair_lines(text: str, rows: Iterable[Any], place: str) -> str:
    """The text of a file with the repairs of whole rows (`field` is `row`)."""
    lines = text.split("\n")
    for row in rows:
        if row.field == "row":
            printed = lines[row.line - 1] if row.line <= len(lines) else ""
            lines[row.line - 1] = _replace(printed, row, place)
    return "\n".join(lines)


def repair_texts(tasks: pd.DataFrame, rows: Iterable[Any], place: str) -> pd.Series:
    """`text_printed` of each task with the repairs of its text."""
    texts = dict(zip(tasks["task_id"], tasks["text_printed"], strict=True))
    lines = {t.task_id: range(t.line_start, t.line_end + 1) for t in tasks.itertuples()}
    for row in rows:
        if row.field == "text":
            inside = row.line in lines.get(row.task_id, ())
            texts[row.task_id] = _replace(texts[row.task_id] if inside else "", row, place)
    return tasks["task_id"].map(texts)


def last_lines(tasks: pd.DataFrame, rows: Iterable[Any]) -> pd.Series:
    """`line_end` of each task, lines from which words were carried over to it included."""
    last = dict(zip(tasks["task_id"], tasks["line_end"], strict=True))
    for row in rows:
        if pd.notna(row.source_line):
            last[row.task_id] = max(last[row.task_id], row.source_line)
    return tasks["task_id"].map(last)


def repair_mentions(mentions: pd.DataFrame, rows: Iterable[Any], place: str) -> pd.Series:
    """`printed` of each mention with the repairs of its list of units or deadline."""
    texts = mentions["printed"].copy()
    for row in rows:
        if row.field in ("row", "text"):
            continue
        here = (
            (mentions["task_id"] == row.task_id)
            & (mentions["field"] == row.field)
            & (mentions["line"] == row.line)
        )
        index = texts.index[here]
        repaired = _replace(texts[index[0]] if len(index) == 1 else "", row, place)
        texts[index] = repaired
    return texts


def _replace(printed: str, row: Any, place: str) -> str:
    count = printed.count(row.before)
    if count != 1:
        raise InputError(
            f"{place}, line {row.line}",
            found=f"{count} times {row.before!r} in the {row.field} of {row.task_id}",
            expected=f"it once, as the ledger says ({LEDGER.name}: {row.kind}, {row.reason})",
            remedy="if the document was corrected, take the row out of yiyang/curation/"
            "repairs.csv; else correct its line, field or before",
        )
    return printed.replace(row.before, "" if pd.isna(row.after) else row.after)
