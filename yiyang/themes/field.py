"""Tell which tasks are of the codebook's field: a bureau's list holds much that is not.

A codebook speaks of one field (integrated medical and elderly care). Roads and harvests have no
theme in it, and neither have epidemics and jobs in a health bureau's list, though 医 and 健康 stand
in them. So some `field_words.csv` are marked `core`: words that name the field itself (养老), not
only what it touches (健康). A task is of the field where a reader says so (`field_reviews.csv`),
or its text, its section or measure, or the title of its document names a core word, or at least
half of the tasks of its document do. What tells it is kept: `field_source` and `field_word`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from yiyang.core import curated_csv
from yiyang.safety.telling import tell
from yiyang.themes import codebooks

SOURCES = ("text", "section", "title", "list", "reader", "codebook", "none")
"""What tells: the text of the task, its section or measure, its document's title, most other
tasks there, a reader, a codebook that names no words of its field, nothing."""
MOST = 0.5
"""From this share of the tasks of a document on that name the field, the others are of it too."""
REVIEWS = "field_reviews.csv"
COLUMNS = ["task_id", "is_in_field", "reason"]
_ANSWERS = {"yes": True, "no": False}


def judge(
    tasks: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    reviews: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Judge each task. One row is a task, in the order of `tasks`: `is_in_field, field_source,
    field_word`.

    `titles` are those of documents by their `document_id`; `reviews` as `read_reviews` has them.
    Without titles (None) the tasks are single sentences, all taken for tasks of the field.
    """
    words = codebooks.core_words() if titles is not None else ()
    out = pd.DataFrame(
        index=range(len(tasks)), columns=["field_source", "field_word"], dtype=object
    )
    if not words:
        out["field_source"] = "codebook"
    documents = tasks["document_id"].to_numpy(object) if words else np.zeros(len(tasks))
    for source, texts in _looked_at(tasks, titles or {}):
        named = [_first(words, text) for text in texts]
        is_new = out["field_source"].isna() & np.array([bool(n) for n in named], dtype=bool)
        out.loc[is_new, "field_source"] = source
        out.loc[is_new, "field_word"] = pd.Series(named, dtype=object)[is_new]
        if source == "section":
            named_there = out["field_source"].notna().groupby(documents).transform("mean")
    by_list = out["field_source"].isna() & (named_there >= MOST)
    out.loc[by_list, "field_source"] = "list"
    out["is_in_field"] = out["field_source"].notna()
    out["field_source"] = out["field_source"].fillna("none")
    return _by_hand(out, tasks, no_reviews() if reviews is None else reviews)


def granted(n_tasks: int) -> pd.DataFrame:
    """Return the judgement by which all of some tasks are of the field."""
    said = {"field_source": "codebook", "field_word": None, "is_in_field": True}
    return pd.DataFrame(said, index=range(n_tasks))


def _looked_at(tasks: pd.DataFrame, titles: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Where a word of the field may stand, the nearest to the task first."""

    def said(column: str) -> list[str]:
        held = tasks[column] if column in tasks else pd.Series("", index=tasks.index)
        return held.fillna("").astype(str).tolist()

    above = [" ".join(both) for both in zip(said("section"), said("measure"), strict=True)]
    return [
        ("text", said("text")),
        ("section", above),
        ("title", [str(titles.get(d) or "") for d in tasks["document_id"]]),
    ]


def _first(words: tuple[str, ...], text: str) -> str:
    """The word of the field that a text names first; empty where it names none."""
    found = [(at, word) for word in words if (at := text.find(word)) >= 0]
    return min(found)[1] if found else ""


def _by_hand(out: pd.DataFrame, tasks: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    said = dict(zip(reviews["task_id"], reviews["is_in_field"], strict=True))
    given = tasks["task_id"].map(said).reset_index(drop=True)
    is_given = given.notna()
    out.loc[is_given, "is_in_field"] = given[is_given].astype(bool)
    out.loc[is_given, "field_source"] = "reader"
    out.loc[is_given, "field_word"] = None
    return out.astype({"is_in_field": bool})


def no_reviews() -> pd.DataFrame:
    """Return no judgement of a reader."""
    return pd.DataFrame(columns=COLUMNS)


def read_reviews(path: Path, tasks: pd.DataFrame) -> pd.DataFrame:
    """Read what readers say of single tasks (`task_id, is_in_field, reason`; yes or no); none where
    there is no file.

    Rows of documents that `tasks` does not hold are left out. An unknown task of a document that it
    does hold, another answer and a task twice raise `InputError` with their line.
    """
    rows = curated_csv.rows(path, COLUMNS) if path.is_file() else []
    known, documents = set(tasks["task_id"]), set(tasks["document_id"])
    found: dict[str, tuple[str, bool, str]] = {}
    for row, line in rows:
        task, answer = row["task_id"], row["is_in_field"]
        if answer not in _ANSWERS:
            raise curated_csv.fault("no_answer", path, line, answer=answer)
        if task in found:
            raise curated_csv.fault("twice", path, line, what=task, once=tell("themes.row_a_task"))
        if task not in known and task.rpartition("-")[0] in documents:
            raise curated_csv.fault("no_task", path, line, task=task)
        found[task] = (task, _ANSWERS[answer], row["reason"])
    kept = [row for task, row in found.items() if task in known]
    return pd.DataFrame(kept, columns=COLUMNS)
