"""The codebook: its themes, their seed terms, and what readers set by hand.

Four CSV files of the curation folder that an editor may change: `themes.csv`, `theme_seeds.csv`,
`field_words.csv` and `theme_reviews.csv`. Whatever is wrong in them is said with file and line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from yiyang.core import curated_csv, schema, segmentation
from yiyang.safety.errors import InputError

FILES = THEMES, SEEDS, FIELD_WORDS, REVIEWS = (
    "themes.csv",
    "theme_seeds.csv",
    "field_words.csv",
    "theme_reviews.csv",
)
_USED: ContextVar[Path | None] = ContextVar("codebook", default=None)
SEED_COLUMNS = ["theme_id", "term", "weight", "reason"]
SUBJECT = "subject"
"""A further column of the seeds, which may be left out: what several of them stand for."""
REVIEW_COLUMNS = ["task_id", "theme_id", "reason"]


def folder() -> Path:
    """The folder of the codebook in force: that of `use`, else of `YIYANG_CODEBOOK`, else yiyang's.

    Another one, for another policy field, has the first two of `FILES`, or more of them.
    """
    return _USED.get() or Path(os.environ.get("YIYANG_CODEBOOK") or schema.CURATION)


@contextmanager
def use(folder: Path) -> Iterator[None]:
    """Put the codebook of a folder in force for a block."""
    token = _USED.set(folder)
    try:
        yield
    finally:
        _USED.reset(token)


def codebook(path: Path | None = None) -> pd.DataFrame:
    """The themes, one a row, in the order of the codebook (`themes` of the contract)."""
    return schema.read_csv("themes", path or folder() / THEMES)


def seeds(path: Path | None = None) -> pd.DataFrame:
    """The seed terms, one a row: `theme_id, term, weight, reason, subject, line`.

    A `*` in a term stands for any characters of the same word; a stop word may be a seed. Seeds
    of one theme and `subject` stand for one thing; in a file without this column each term is a
    subject of its own. Raises `InputError` for what `checked` finds, and for a theme without any
    seed.
    """
    path = path or folder() / SEEDS
    frame = checked(_rows(path, SEED_COLUMNS, [SUBJECT]), path.name)
    if frame[SUBJECT].isna().all():
        frame[SUBJECT] = frame["term"]
    for theme in codebook()["theme_id"]:
        if theme not in set(frame["theme_id"]):
            raise InputError(
                path.name,
                found=f"no seed term for the theme {theme}",
                expected="at least one for every theme of themes.csv",
                remedy="add a line for it, or take the theme out of themes.csv",
            )
    return frame


def checked(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """The seeds with their weights as numbers; a bad one raises `InputError` with its line.

    Bad are an unknown theme, a term twice in a theme, a weight that is not above zero, a term of
    `*` alone or with punctuation, and one that the segmentation cuts apart, so that it could
    never be found.
    """
    _check_themes(frame, place)
    for row in frame.itertuples():
        _check_term(row, place)
    for row in frame[frame.duplicated(["theme_id", "term"])].itertuples():
        found = f"{row.term} a second time for {row.theme_id}"
        raise _fault(place, row.line, found, "each term once a theme", "delete one of the lines")
    weights = [_weight(row.weight, place, row.line) for row in frame.itertuples()]
    return frame.assign(weight=np.array(weights, dtype=float))


def reviews(tasks: pd.DataFrame, path: Path | None = None) -> pd.DataFrame:
    """The themes that readers set by hand, one task a row: `task_id, theme_id, reason, line`.

    Where there is no such file, readers set none. Rows of documents that `tasks` does not hold
    are left out. An unknown task of a document that it does hold, an unknown theme and a missing
    reason raise `InputError`.
    """
    path = path or folder() / REVIEWS
    frame = _rows(path, REVIEW_COLUMNS) if path.exists() else no_reviews()
    _check_themes(frame, path.name)
    known, documents = set(tasks["task_id"]), set(tasks["document_id"])
    for row in frame.itertuples():
        if row.task_id not in known and row.task_id.rpartition("-")[0] in documents:
            found = f"the task {row.task_id}"
            raise _fault(path.name, row.line, found, "a task of the tables", "correct the task_id")
    for row in frame[frame.duplicated("task_id")].itertuples():
        found = f"{row.task_id} a second time"
        raise _fault(path.name, row.line, found, "one row a task", "delete one of the lines")
    return frame[frame["task_id"].isin(known)].reset_index(drop=True)


def field_words(path: Path | None = None) -> tuple[str, ...]:
    """What the words of the field hold, in the order of the file; none where there is no file.

    A text with none of them, and without a seed, speaks of something else: likeness would still
    name a theme for it, as sure as for a task (a walk in the park: 0.21). Raises `InputError` for
    a word that is named twice.
    """
    return _field_words(path or folder() / FIELD_WORDS)


@cache
def _field_words(path: Path) -> tuple[str, ...]:
    rows = curated_csv.rows(path, ["word", "reason"]) if path.is_file() else []
    words: list[str] = []
    for row, line in rows:
        if row["word"] in words:
            found = f"{row['word']} a second time"
            raise curated_csv.fault(path, line, found, "each word once", "delete one of the lines")
        words.append(row["word"])
    return tuple(words)


def matching(term: str, words: str) -> list[str]:
    """Of the words, one a line, those that a seed term finds: the word itself, or by its `*`."""
    pattern = ".*".join(re.escape(part) for part in term.split("*"))
    return re.findall(f"^{pattern}$", words, flags=re.MULTILINE)


def no_reviews() -> pd.DataFrame:
    """No themes set by hand: for measuring the method alone."""
    return pd.DataFrame(columns=[*REVIEW_COLUMNS, "line"])


def _rows(path: Path, columns: list[str], optional: Sequence[str] = ()) -> pd.DataFrame:
    """The file as text with the line of each row; an optional column may be missing throughout."""
    rows = [{**row, "line": line} for row, line in curated_csv.rows(path, columns, optional)]
    return pd.DataFrame(rows, columns=[*columns, *optional, "line"])


def _weight(text: Any, place: str, line: Any) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not 0 < weight < float("inf"):
        remedy = "write 1 for a hint, 2 for a typical term, 3 for one that decides"
        raise _fault(place, line, f"weight {text!r}", "a number above 0", remedy)
    return weight


def _check_term(row: Any, place: str) -> None:
    letters = row.term.replace("*", "")
    if letters and not letters.isalnum():
        found = f"the term {row.term!r}, which holds more than letters"
        raise _fault(place, row.line, found, "one word", "take the blanks and punctuation out")
    if "*" in row.term:
        if not letters:
            found = f"the term {row.term!r}, which every word fits"
            remedy = "name the words that are meant"
            raise _fault(place, row.line, found, "some characters beside the *", remedy)
        return
    pieces = segmentation.cut([row.term])[0]
    if pieces != [row.term]:
        raise _fault(
            place,
            row.line,
            found=f"the term {row.term}, which is cut into {' / '.join(pieces)}",
            expected="a term that the segmentation keeps whole",
            remedy="add it to dictionary.csv, or name one of its parts",
        )


def _check_themes(frame: pd.DataFrame, place: str) -> None:
    known = codebook()["theme_id"]
    for row in frame[~frame["theme_id"].isin(set(known))].itertuples():
        raise _fault(
            place,
            row.line,
            found=f"the theme {row.theme_id}",
            expected=f"one of {', '.join(known)}",
            remedy="correct the theme_id, or add the theme to themes.csv",
        )


def _fault(place: str, line: object, found: str, expected: str, remedy: str) -> InputError:
    return InputError(f"{place}, line {line}", found=found, expected=expected, remedy=remedy)
