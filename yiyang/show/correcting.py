"""Write a correction made in a preview into the `repairs.csv` beside the document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.core import schema
from yiyang.parse import MENTION_FIELDS
from yiyang.reading import repairs
from yiyang.safety import atomic_write
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import csv_text

NAME = "repairs.csv"


def corrected(
    shown: Any, seq: int, said: dict[str, str], line: int | None, read: Callable[..., Any]
) -> Any:
    """Add one correction of a task of a preview and `read` the document again; where it does not
    fit then, the file is as it was before."""
    if shown.path is None:
        raise refusal("repairs.no_file", "the preview")
    path = shown.path.parent / NAME
    with atomic_write.lock(path, atomic_write.WAIT):
        before = path.read_bytes() if path.is_file() else None
        own = repairs.ledger(path) if before is not None else repairs.ledger(None)
        row = {**_place(shown, seq, said, line), **said, "source_line": pd.NA}
        added = schema.cast("repairs", pd.DataFrame([row], columns=schema.columns("repairs")))
        _write(path, csv_text(pd.concat([own, added], ignore_index=True)).encode())
        try:
            return read(shown.path, **dict(shown.known))
        except BaseException:
            if before is None:
                path.unlink(missing_ok=True)
            else:
                _write(path, before)
            raise


def _write(path: Path, data: bytes) -> None:
    with atomic_write.file(path) as fresh:
        fresh.write_bytes(data)


def _place(shown: Any, seq: int, said: dict[str, str], line: int | None) -> dict[str, Any]:
    """The task, its document and the line on which the words stand once."""
    tasks = shown.tasks[shown.tasks["seq"] == seq]
    if tasks.empty:
        raise refusal("repairs.no_task", _called(shown), seq=seq, n=len(shown.tasks))
    if said["field"] not in MENTION_FIELDS:
        known = ", ".join(MENTION_FIELDS)
        raise refusal("repairs.no_field", _called(shown), field=said["field"], known=known)
    task = tasks.iloc[0]
    if said["field"] == "text":
        lines = [int(task["line_start"])] * (said["before"] in task["text"])
    else:
        own = shown.mentions[shown.mentions["task_id"] == task["task_id"]]
        own = own[own["field"] == said["field"]]
        lines = [int(m.line) for m in own.itertuples() if said["before"] in m.text]
    if line is None and len(lines) != 1:
        raise refusal(
            "repairs.no_words",
            f"{_called(shown)}, task {seq}",
            before=said["before"],
            field=said["field"],
            lines=", ".join(map(str, lines)) or "none",
        )
    return {
        "document_id": task["document_id"],
        "task_id": task["task_id"],
        "line": line or lines[0],
    }


def _called(shown: Any) -> str:
    return shown.path.name if shown.path else "the preview"
