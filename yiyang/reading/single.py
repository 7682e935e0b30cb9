"""Read one document of a reader outside a corpus, and list its tasks for a person to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from yiyang.core.messages import label
from yiyang.core.schema import ROLES, Rows
from yiyang.extract import SUFFIXES
from yiyang.reading import catalogues, documents, sources
from yiyang.reading.documents import Document
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import pd


def read(path: Path, **known: str | dt.date) -> Document:
    """Read one file; `known` is what the catalogue would say (`title`, `code`, `date_issued` ...).

    What a catalogue beside the file says of it counts too; where that cannot be read, it is among
    the problems. Raises `InputError` for a file that cannot be read.
    """
    said = catalogues.said_of(known, path.name)
    try:
        return _read(path, _listed(path) | said)
    except _CatalogueError as fault:
        document = _read(path, said)
        problems = [fault.error, *document.reading.problems]
        return replace(document, reading=replace(document.reading, problems=problems))


def by_text(path: Path, **known: str | dt.date) -> Document:
    """Read one file as `read` does, by its own text: of a catalogue beside it only the name counts
    that it gives the document."""
    said = catalogues.said_of(known, path.name)
    with suppress(_CatalogueError):  # a catalogue of something else may lie there
        listed = _listed(path)
        said = {"document_id": listed["document_id"], **said} if listed else said
    return _read(path, said)


class _CatalogueError(Exception):
    """The catalogue beside a document cannot be read."""

    def __init__(self, error: InputError) -> None:
        super().__init__(str(error))
        self.error = error


def _read(path: Path, said: dict[str, str]) -> Document:
    if path.suffix.lower() not in SUFFIXES and path.is_file() and path.suffix:
        raise refusal("document.no_format", path, path=path, suffixes=" ".join(SUFFIXES))
    return documents.read_one(sources.record(path.name, said), path.parent)


HELD = ("file_name", "layout", "sha256", "n_bytes", "is_double")
"""What a catalogue says of the file itself, its form and its fellows."""


def _listed(path: Path) -> dict[str, str]:
    """What the catalogue beside a document says of it: its name, by which its repairs are kept, and
    what a person wrote; not the form and the bytes to which yiyang's own documents are held."""
    try:
        written = catalogues.written(path.parent)
        rows = sources.completed(catalogues.rows(written), str(written)) if written else []
    except InputError as error:
        raise _CatalogueError(error) from error
    own = next((row for row in rows if row["file_name"] == path.name), {})
    return {name: value for name, value in own.items() if value and name not in HELD}


def ledger(folder: Path, document: Document) -> pd.DataFrame:
    """Return the repairs of a document that stand beside it, rows of the table `repairs`."""
    judged = documents.curation(folder, is_held=False)
    return judged.of([document.record.document_id]).ledger


def roles(document: Document) -> tuple[str, ...]:
    """Return the roles that a list of its tasks shows: `other` only where a unit has it."""
    rows = document.rows["assignments"]
    return (*ROLES, "other") if any(row["role"] == "other" for row in rows) else ROLES


def tasks(document: Document) -> Rows:
    """List the tasks of a document: one row is a task: `seq`, `text`, its units by role,
    `deadline`, `line` and the `printed` lists and deadlines behind them."""
    units, times = (_by_task(document.rows[name]) for name in ("assignments", "deadlines"))
    mentions = _by_task(m for m in document.rows["mentions"] if m["field"] != "text")
    shown, found = roles(document), []
    for task in document.tasks:
        own = units.get(task["task_id"], [])
        named = {
            role: "、".join(unit["agency_printed"] for unit in own if unit["role"] == role)
            for role in shown
        }
        due = "；".join(
            time["printed"] + (f" → {time['due']}" if time["due"] else "")
            for time in times.get(task["task_id"], [])
        )
        printed = "\n".join(map(_printed, mentions.get(task["task_id"], [])))
        found.append(
            {"seq": task["seq"], "text": task["text"], **named, "deadline": due}
            | {"line": task["line_start"], "printed": printed}
        )
    return found


def _by_task(rows: Iterable[dict[str, Any]]) -> dict[str, Rows]:
    """`task_id` -> its rows, in their order."""
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(row)
    return found


def _printed(mention: dict[str, Any]) -> str:
    """A list of units or a deadline cell as printed, its heading before it."""
    heading = f"{mention['heading']}: " if mention["heading"] else ""
    mark = f" ({label('mention.inferred', 'zh')})" if mention["is_inferred"] else ""
    return f"{heading}{mention['printed']}{mark}"
