"""Hold what was read from a made-up corpus against its answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from yiyang.core import schema
from yiyang.core.text import fold
from yiyang.reading import sources

KEYS = {
    "tasks": ["document_id", "text"],
    "units": ["document_id", "task", "printed"],
    "units with role": ["document_id", "task", "printed", "role"],
    "agencies": ["document_id", "task", "agency_id"],
    "deadlines": ["document_id", "task", "kind", "start", "due", "is_ongoing"],
    "place": ["document_id", "jurisdiction"],
    "date of issue": ["document_id", "date_issued"],
}
"""What must agree for a row to be right."""
BEGINNING = 16
"""Characters of a task by which its units and deadlines are told to be its own: a misread
character far behind them then does not count against the units."""


def scores(answers: Path, found: Mapping[str, pd.DataFrame], by: str | None = None) -> pd.DataFrame:
    """Make a table: one row is what was compared (`what`; and, with `by`, a group of documents:
    `format`, `layout` or `damage`): rows `right`, `found` and `there`, and F1, 2·right / (found +
    there).

    `found` has the tables `documents`, `tasks`, `assignments` and `deadlines`.
    """
    known = {
        name: schema.read_text(answers / f"{name}.csv")
        for name in ("documents", "tasks", "assignments", "deadlines")
    }
    groups = known["documents"].set_index("document_id")
    groups["damage"] = groups["damage"].replace("", "none")
    listed = known["documents"]
    listed["jurisdiction"] = [
        sources.short_name(code, document_id)
        for code, document_id in zip(listed["code"], listed["document_id"], strict=True)
    ]
    left, right = _rows(known), _rows(found)
    rows = []
    for what, keys in KEYS.items():
        counts = pd.concat([left[what].value_counts(keys), right[what].value_counts(keys)], axis=1)
        counts = counts.fillna(0).astype(int).set_axis(["there", "found"], axis=1)
        counts["right"] = counts.min(axis=1)
        documents = counts.index.get_level_values("document_id")
        group = groups[by].reindex(documents).to_numpy() if by else [""] * len(counts)
        summed = counts.groupby(group).sum()
        summed.insert(0, "what", what)
        rows.append(summed.rename_axis(by or "all").reset_index())
    table = pd.concat(rows, ignore_index=True)
    table["f1"] = 2 * table["right"] / (table["there"] + table["found"])
    return table if by else table.drop(columns="all")


def _rows(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The rows to compare, as text; both sides are made alike."""
    tasks = frames["tasks"].assign(text=[fold(text) for text in frames["tasks"]["text"]])
    start = tasks["text"].str[:BEGINNING]
    owner = pd.DataFrame({"document_id": tasks["document_id"].astype(str), "task": start})
    owner.index = pd.Index(tasks["task_id"].astype(str))
    units = frames["assignments"].join(owner, on="task_id")
    units["printed"] = [fold(name) for name in units["agency_printed"]]
    times = frames["deadlines"].join(owner, on="task_id")
    for column in ("start", "due", "is_ongoing"):
        times[column] = times[column].astype(str).str[:10].replace({"NaT": "", "nan": ""})
    listed = frames["documents"]
    listed = listed.assign(
        date_issued=listed["date_issued"].astype(str).str[:10].replace({"NaT": "", "nan": ""})
    )
    made = {
        "tasks": tasks,
        **dict.fromkeys(("units", "units with role", "agencies"), units),
        "deadlines": times,
        **dict.fromkeys(("place", "date of issue"), listed),
    }
    return {what: frame[KEYS[what]].astype(str).fillna("") for what, frame in made.items()}
