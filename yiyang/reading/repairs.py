"""Apply the ledger of repairs: every change to a printed text, with its reason.

A row says what is printed (`before`) on which line and what stands in its place (`after`). A row
whose printed text is not there, or not there just once, stops the build: the ledger never
changes a text that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from yiyang.core import curated_csv, schema
from yiyang.core.schema import Rows
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd
from yiyang.safety.telling import tell

LEDGER = schema.CURATION / "repairs.csv"
EXTENTS = schema.CURATION / "label_extents.csv"
EXTENT_COLUMNS = ["document_id", "field", "label_seq", "label_printed"]
EXTENT_COLUMNS += ["first_seq", "last_seq", "reason"]


def ledger(path: Path | None = LEDGER) -> pd.DataFrame:
    """Make a table: one row is a repair (table `repairs`); without a path, none."""
    if path is None:
        return schema.none("repairs")
    return curated_csv.table("repairs", path)


def extents(path: Path | None = EXTENTS) -> pd.DataFrame:
    """Read how far merged labels reach, as text, a label a row; without a path, none."""
    if path is None:
        return pd.DataFrame(columns=EXTENT_COLUMNS, dtype="str")
    return curated_csv.frame(path, EXTENT_COLUMNS, blank=["reason"])


def by_document(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return `document_id` -> its rows, in the order of the ledger."""
    found: dict[str, list[Any]] = {}
    for row in rows.itertuples(index=False):
        found.setdefault(str(row.document_id), []).append(row)
    return found


def repair_lines(text: str, rows: Iterable[Any], place: str) -> str:
    """Return the text of a file with the repairs of whole rows (`field` is `row`)."""
    lines = text.split("\n")
    for row in rows:
        if row.field == "row":
            printed = lines[row.line - 1] if row.line <= len(lines) else ""
            lines[row.line - 1] = _replace(printed, row, place)
    return "\n".join(lines)


def repair_tasks(tasks: Rows, rows: Iterable[Any], place: str) -> None:
    """Write into the tasks of a document the repairs of their `text`, `is_repaired`, and
    `line_end` with the lines from which words were carried over."""
    by_id = {task["task_id"]: task for task in tasks}
    ends = {name: task["line_end"] for name, task in by_id.items()}
    for row in rows:
        task = by_id.get(row.task_id)
        if row.field == "text":
            is_inside = task and task["line_start"] <= row.line <= ends[row.task_id]
            repaired = _replace(task["text"] if task and is_inside else "", row, place)
            own = by_id[row.task_id]
            # the measure is often the first sentence of the text
            if own["measure"] and own["text"].startswith(own["measure"]):
                after = "" if pd.isna(row.after) else row.after
                at = own["text"].find(row.before)
                is_across = at < len(own["measure"]) < at + len(row.before)
                own["measure"] = (
                    re.split("[。；;]", repaired)[0]
                    if is_across
                    else own["measure"].replace(row.before, after)
                )
            own["text"] = repaired
        if task:
            task["is_repaired"] = True
            if pd.notna(row.source_line):
                task["line_end"] = max(task["line_end"], int(row.source_line))


def repair_mentions(mentions: Rows, rows: Iterable[Any], place: str) -> None:
    """Write into the mentions of a document the repairs of their lists of units or deadlines."""
    for row in rows:
        if row.field in ("row", "text"):
            continue
        where = (row.task_id, row.field, row.line)
        here = [m for m in mentions if (m["task_id"], m["field"], m["line"]) == where]
        repaired = _replace(here[0]["text"] if len(here) == 1 else "", row, place)
        here[0]["text"] = repaired


def _replace(printed: str, row: Any, place: str) -> str:
    count = printed.count(row.before)
    if count != 1:
        raise refusal(
            "repairs.not_there",
            tell("place.line", file=place, line=row.line),
            count=count,
            row=row,
            ledger=LEDGER,
        )
    return printed.replace(row.before, "" if pd.isna(row.after) else row.after)
