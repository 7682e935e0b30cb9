"""Show what would be taken from a file in plain values, as `preview` does in dataframes.

The command that shows one document needs no pandas, whose import takes longer than the reading.
What this module holds of a document is what `preview.Preview.to_dict` gives, which a test holds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from yiyang import parse
from yiyang.core import places, schema
from yiyang.core.schema import ROLES, Rows
from yiyang.extract import SUFFIXES
from yiyang.reading import catalogues, documents, questions, sources
from yiyang.reading.documents import Document
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import pd

TABLES = {
    "tasks": ("tasks",),
    "assignments": ("assignments",),
    "task_columns": ("task_columns",),
    "deadlines": ("deadlines",),
    "targets": ("targets",),
    "outcomes": ("outcomes",),
    "obligations": ("obligations",),
    "repairs": ("repairs",),
    "mentions": ("mentions",),
    "leftovers": ("leftovers", "unknown", "left_out"),
}
"""The tables of a document in the order in which they are shown, and the rows that each holds."""
SIGN_COLUMNS = ["line", "kind", "printed", "state", "reason", "task_id"]


@dataclass(frozen=True)
class Plain:
    """A file as yiyang reads it, in plain values."""

    read: Document

    @cached_property
    def document(self) -> dict[str, Any]:
        [row] = _cast("documents", documents.table_rows([self.read]))
        if self.code == places.UNKNOWN:  # among others it has a name of its own
            row["jurisdiction"] = self.code
        return row

    @cached_property
    def tables(self) -> dict[str, Rows]:
        """Return the tables by their names."""
        found = {}
        for name, parts in TABLES.items():
            rows = [row for part in parts for row in self.read.rows[part]]
            if name == "mentions":
                rows = [row for row in rows if row["field"] != "text"]
                found[name] = _as_held(rows, self.read.rows[name], parse.MENTION_COLUMNS)
            else:
                found[name] = _cast(name, rows)
        return found

    @property
    def code(self) -> str:
        return str(self.read.record.code)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(str(problem) for problem in self.read.reading.problems)

    @cached_property
    def questions(self) -> tuple[questions.Question, ...]:
        return tuple(questions.of(self.read))

    def rows(self) -> Iterator[dict[str, str]]:
        """Return a row a task: number, line, text, units by role and deadlines, as text."""
        units, times = _by_task(self.tables["assignments"]), _by_task(self.tables["deadlines"])
        for task in self.tables["tasks"]:
            name = task["task_id"]
            named = {
                role: "、".join(
                    u["agency_printed"] for u in units.get(name, []) if u["role"] == role
                )
                for role in ROLES
            }
            due = "；".join(
                time["printed"] + (f" → {time['due']}" if time["due"] else "")
                for time in times.get(name, [])
            )
            told = {"seq": task["seq"], "line": task["line_start"], "text": task["text"]}
            yield {key: str(value) for key, value in told.items()} | named | {"deadline": due}

    def to_dict(self) -> dict[str, Any]:
        """Return all of it, for JSON."""
        account = self.read.account
        return {
            "document": self.document,
            **self.tables,
            "signs": _as_held(account.rows, account.rows, SIGN_COLUMNS),
            "sign_counts": account.by_kind(),
            "questions": [question._asdict() for question in self.questions],
            "warnings": list(self.warnings),
        }


def read(path: Path | str, **known: str) -> Plain:
    """Read one file, as `preview.read` does."""
    return Plain(read_document(Path(path), known))


def read_document(path: Path, known: Mapping[str, str]) -> Document:
    """Read one file apart; raises `InputError` for one that cannot be read."""
    if path.suffix.lower() not in SUFFIXES and path.is_file() and path.suffix:
        raise refusal("document.no_format", path, path=path, suffixes=" ".join(SUFFIXES))
    record = sources.record(path.name, {**_listed(path), **known})
    return documents.read_one(record, path.parent)


def _listed(path: Path) -> dict[str, str]:
    """The name that a document has in the catalogue beside it, by which its repairs are kept."""
    with suppress(InputError):  # a catalogue of something else may lie there
        if place := catalogues.written(path.parent):
            rows = sources.listed_rows(catalogues.rows(place), str(place))
            own = [row for row in rows if row["file_name"] == path.name]
            return {"document_id": own[0]["document_id"]} if own else {}
    return {}


def _by_task(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(row)
    return found


def _cast(name: str, rows: Rows) -> Rows:
    """The rows of a table in its types, as plain values; what is no plain value of its type is
    left to `schema.cast`."""
    fields = schema.specifications()[name]["fields"]
    try:
        return [{f["name"]: _value(row[f["name"]], f) for f in fields} for row in rows]
    except (_OtherValueError, KeyError):
        frame = schema.cast(name, pd.DataFrame(rows, columns=schema.columns(name)))
        return records(frame)


class _OtherValueError(ValueError):
    """A value that another has to look at."""


_DAY = re.compile(r"(?:1[7-9]|2[01])\d\d-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_TRUTHS = {"True": True, "False": False}
_PLAIN = {"string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,)}


def _value(value: Any, field: Mapping[str, Any]) -> Any:
    """A value of a field; None where it is missing."""
    kind = field["type"]
    if value is None or value == "" or value != value:  # noqa: PLR0124  (NaN is not itself)
        if field.get("required") and kind in ("integer", "boolean"):
            raise _OtherValueError
        return None
    if kind == "date":
        return _day(value)
    if kind == "boolean" and value in _TRUTHS:  # as a catalogue says it
        return _TRUTHS[value]
    if kind == "integer" and isinstance(value, str) and _WHOLE.fullmatch(value):  # the same
        return int(value)
    if type(value) not in _PLAIN[kind] or value not in field.get("categories", [value]):
        raise _OtherValueError
    return float(value) if kind == "number" else value


def _day(value: Any) -> str:
    if type(value) is dt.date:
        value = value.isoformat()
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return dt.date.fromisoformat(value).isoformat()
    raise _OtherValueError


def _as_held(rows: Rows, every: Rows, columns: list[str]) -> Rows:
    """Rows without a contract as a dataframe holds them: among whole numbers of which one is
    missing in `every` row they are broken ones."""
    found = [{name: row.get(name) for name in columns} for row in rows]
    for name in columns:
        held = [row.get(name) for row in every]
        if None in held and {*map(type, held)} == {int, type(None)}:
            for row in found:
                value = row[name]
                row[name] = None if value is None else float(value)
    return found


def records(frame: pd.DataFrame) -> Rows:
    """Return the rows of a dataframe in plain values."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {k: v.date().isoformat() if isinstance(v, pd.Timestamp) else v for k, v in row.items()}
        for row in plain.to_dict("records")
    ]
