"""Cut the tables of a corpus to some of its tasks, all of them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from yiyang.core import schema
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd
from yiyang.safety.telling import tell

Names = str | Iterable[str] | None
"""One name, several, or no choice."""
LISTED_ONLY = frozenset({"agencies", "agency_names", "themes", "indicators"})
"""Tables that say what a name means: they stay whole, for every part of a corpus."""
KEYS = {
    "task_id": "tasks",
    "other_task_id": "tasks",
    "nearest_task_id": "tasks",
    "document_id": "documents",
    "jurisdiction": "jurisdictions",
    "other_jurisdiction": "jurisdictions",
}
"""A column -> the table whose rows it names."""


def several(names: Names) -> list[str]:
    """Return the names of a choice, of which one may stand alone."""
    if names is None:
        return []
    return [names] if isinstance(names, str) else [str(name) for name in names]


def jurisdictions(known: pd.DataFrame, named: Sequence[str]) -> pd.DataFrame:
    """Return the rows of the table `jurisdictions` that are named, or all where none is.

    A name is a short or a Chinese or English name or a code; the code of a province or prefecture
    (51, 510000; 5117, 511700) names those below it too. Another name raises `InputError`.
    """
    if not named:
        return known
    is_chosen = pd.Series(False, index=known.index)
    for name in named:
        prefix = re.sub("(?:00){1,2}$", "", name) if name.isdecimal() else "-"
        found = known["code"].str.startswith(prefix)
        found |= (known[["jurisdiction", "name_zh", "name_en", "code"]] == name).any(axis=1)
        if not found.any():
            raise _unknown("jurisdictions", name, known["jurisdiction"])
        is_chosen |= found
    return known[is_chosen].reset_index(drop=True)


def agencies(
    names: pd.DataFrame, listed: pd.DataFrame, units: pd.DataFrame, named: Sequence[str]
) -> set[str]:
    """Return the `agency_id` of each agency that is named: by it, by its names or those it bore, or
    as a task prints it."""
    by_name: dict[str, set[str]] = {}
    known, printed = units.dropna(subset="agency_id"), ["agency_name", "agency_printed"]
    for frame, columns in (
        (listed, ["agency_id", "name_zh", "name_en"]),
        (names, ["name"]),
        (known, printed),
    ):
        for column in columns:
            for name, agency in zip(frame[column], frame["agency_id"], strict=True):
                by_name.setdefault(str(name), set()).add(str(agency))
    for name in named:
        if name not in by_name:
            raise _unknown("agencies", name, listed["agency_id"])
    return {agency for name in named for agency in by_name[name]}


def themes(listed: pd.DataFrame, named: Sequence[str]) -> set[str]:
    """Return the `theme_id` of each theme that is named: by it or its Chinese or English name."""
    chosen: set[str] = set()
    for name in named:
        found = listed[(listed[["theme_id", "name_zh", "name_en"]] == name).any(axis=1)]
        if found.empty:
            raise _unknown("themes", name, listed["theme_id"])
        chosen |= set(found["theme_id"])
    return chosen


def tasks(listed: pd.DataFrame, named: Sequence[str]) -> set[str]:
    """Return the tasks that are named, each by its `task_id`."""
    known = set(listed["task_id"])
    for name in named:
        if name not in known:
            raise _unknown("tasks", name, listed["task_id"])
    return set(named)


def _unknown(kind: str, name: str, known: Iterable[str]) -> Exception:
    listed = [str(value) for value in known]
    some = ", ".join(listed[:12]) + (
        tell("core.more_listed", n=len(listed) - 12) if len(listed) > 12 else ""
    )
    return refusal("corpus.no_name", tell("core.corpus"), kind=kind, name=name, known=some)


def cut(
    name: str, frame: pd.DataFrame, kept: dict[str, Collection[str]], all_tasks: Collection[str]
) -> pd.DataFrame:
    """Return the rows of table `name` that speak of nothing outside `kept`.

    `kept` are the keys of `tasks`, `documents` and `jurisdictions`. A row without a key (a sign
    that belongs to no task) stays with its document, and so does what is said of a printed number
    that became no task of the corpus (`all_tasks`).
    """
    if name in LISTED_ONLY:
        return frame
    rows = pd.Series(True, index=frame.index)
    for column, target in KEYS.items():
        if column in frame:
            inside = frame[column].isna() | frame[column].isin(list(kept[target]))
            if target == "tasks" and column == "task_id" and "document_id" in frame:
                inside |= ~frame[column].isin(list(all_tasks))
            rows &= inside
    return frame[rows].reset_index(drop=True)


def keys(
    table: Callable[[str], pd.DataFrame], task_ids: Collection[str], places: Collection[str] | None
) -> dict[str, Collection[str]]:
    """Return the keys that stay: with `places` all documents of these, else those with a task."""
    of_task = table("tasks")
    of_task = of_task[of_task["task_id"].isin(list(task_ids))]
    documents = table("documents")
    named = documents["jurisdiction"].isin(list(places or ()))
    documents = documents[documents["document_id"].isin(of_task["document_id"]) | named]
    return {
        "tasks": set(task_ids),
        "documents": set(documents["document_id"]),
        "jurisdictions": {*documents["jurisdiction"], *(places or ())},
    }


def counted(documents: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the documents with `n_tasks` counted anew: shares of a part are shares of the part."""
    number = documents["document_id"].map(tasks.groupby("document_id").size())
    return documents.assign(n_tasks=number.fillna(0).astype("int64"))


def describe(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a column of table `name`: `column, type, required, n_missing,
    n_different, description`."""
    rows = [
        {
            "column": field["name"],
            "type": field["type"],
            "required": bool(field.get("required")),
            "n_missing": int(frame[field["name"]].isna().sum()),
            "n_different": int(frame[field["name"]].nunique()),
            "description": field["description"],
        }
        for field in schema.specifications()[name]["fields"]
    ]
    return pd.DataFrame(rows)
