"""Read the codebook: its themes, their seed terms, and what readers set by hand.

Four CSV files of the curation folder that an editor may change: `themes.csv`, `theme_seeds.csv`,
`field_words.csv` and `theme_reviews.csv`. Whatever is wrong in them is said with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from yiyang.core import curated_csv, schema, segmentation
from yiyang.safety import settings
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell

FILES = THEMES, SEEDS, FIELD_WORDS, REVIEWS = (
    "themes.csv",
    "theme_seeds.csv",
    "field_words.csv",
    "theme_reviews.csv",
)
_USED: ContextVar[Path | None] = ContextVar("codebook", default=None)
SEED_COLUMNS = ["theme_id", "term", "weight", "reason"]
REVIEW_COLUMNS = ["task_id", "theme_id", "reason"]


def folder() -> Path:
    """Return the folder of the codebook in force: that of `use`, else of `YIYANG_CODEBOOK`, else
    yiyang's.

    Another one, for another policy field, has the first two of `FILES`, or more of them.
    """
    return _USED.get() or Path(settings.value("CODEBOOK") or schema.CURATION)


@contextmanager
def use(folder: Path) -> Iterator[None]:
    """Put the codebook of a folder in force for a block."""
    token = _USED.set(folder)
    try:
        yield
    finally:
        _USED.reset(token)


def codebook(path: Path | None = None) -> pd.DataFrame:
    """Return the themes, one a row, in the order of the codebook (`themes` of the contract)."""
    path = path or folder() / THEMES
    return _codebook(path, _said(path)).copy()


def _said(path: Path) -> bytes:
    """What a file says now; a missing one is refused by its reader."""
    return path.read_bytes() if path.is_file() else b""


@lru_cache(maxsize=8)  # as long as the file says the same
def _codebook(path: Path, said: bytes) -> pd.DataFrame:
    return curated_csv.table("themes", path)


def seeds(path: Path | None = None) -> pd.DataFrame:
    """Return the seed terms, one a row: `theme_id, term, weight, reason, line`.

    A `*` in a term stands for any characters of the same word; a stop word may be a seed. Raises
    `InputError` for what `checked` finds, and for a theme without any seed.
    """
    path, themes = path or folder() / SEEDS, folder() / THEMES
    return _seeds(path, _said(path), themes, _said(themes)).copy()


@lru_cache(maxsize=8)  # as long as both files say the same: each term is looked for in the words
def _seeds(path: Path, said: bytes, themes: Path, of_themes: bytes) -> pd.DataFrame:
    frame = checked(_rows(path, SEED_COLUMNS), path.name)
    for theme in codebook()["theme_id"]:
        if theme not in set(frame["theme_id"]):
            raise refusal("codebook.no_seed", path.name, theme=theme)
    return frame


def checked(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return the seeds with their weights as numbers; a bad one raises `InputError` with its line.

    Bad are an unknown theme, a term twice in a theme, a weight that is not above zero, a term of
    `*` alone or with punctuation, and one that the segmentation cuts apart, so that it could
    never be found.
    """
    _check_themes(frame, place)
    for row in frame.itertuples():
        _check_term(row, place)
    for row in frame[frame.duplicated(["theme_id", "term"])].itertuples():
        once = tell("themes.term_once")
        raise curated_csv.fault(
            "twice", place, row.line, what=f"{row.term} of {row.theme_id}", once=once
        )
    weights = [_weight(row.weight, place, row.line) for row in frame.itertuples()]
    return frame.assign(weight=np.array(weights, dtype=float))


def reviews(tasks: pd.DataFrame, path: Path | None = None) -> pd.DataFrame:
    """Return the themes that readers set by hand, one task a row: `task_id, theme_id, reason,
    line`.

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
            raise curated_csv.fault("no_task", path, row.line, task=row.task_id)
    for row in frame[frame.duplicated("task_id")].itertuples():
        raise curated_csv.fault(
            "twice", path, row.line, what=row.task_id, once=tell("themes.row_a_task")
        )
    return frame[frame["task_id"].isin(known)].reset_index(drop=True)


def field_words(path: Path | None = None) -> tuple[str, ...]:
    """Tell what the words of the field hold, in the order of the file; none where there is no file.

    A text with none of them, and without a seed, speaks of something else: likeness would still
    name a theme for it, as sure as for a task (a walk in the park: 0.21). Raises `InputError` for
    a word that is named twice.
    """
    return tuple(_field_words(path or folder() / FIELD_WORDS))


def core_words(path: Path | None = None) -> tuple[str, ...]:
    """Tell which words name the field itself (`kind` core); those of a file without this column all
    do."""
    kinds = _field_words(path or folder() / FIELD_WORDS)
    return tuple(word for word, kind in kinds.items() if kind == CORE)


CORE, NEAR = "core", "near"


@cache
def _field_words(path: Path) -> dict[str, str]:
    """The words of the field with their kind."""
    rows = curated_csv.rows(path, ["word", "reason"], ["kind"]) if path.is_file() else []
    words: dict[str, str] = {}
    for row, line in rows:
        if row["word"] in words:
            raise curated_csv.fault(
                "twice", path, line, what=row["word"], once=tell("themes.word_once")
            )
        kind = words[row["word"]] = row.get("kind", CORE)
        if kind not in (CORE, NEAR):
            raise curated_csv.fault("kind", path, line, kind=kind, known=f"{CORE}, {NEAR}")
    return words


def matching(term: str, words: str) -> list[str]:
    """Return those of the words, one a line, that a seed term finds: the word itself, or by its
    `*`."""
    return list(_found(term, words))


@lru_cache(maxsize=2048)
def _found(term: str, words: str) -> tuple[str, ...]:
    """`matching`; the seeds of a codebook are looked for in the same words again and again."""
    pattern = ".*".join(re.escape(part) for part in term.split("*"))
    return tuple(re.findall(f"^{pattern}$", words, flags=re.MULTILINE))


def no_reviews() -> pd.DataFrame:
    """Return no themes set by hand: for measuring the method alone."""
    return pd.DataFrame(columns=[*REVIEW_COLUMNS, "line"])


def _rows(path: Path, columns: list[str]) -> pd.DataFrame:
    """The file as text with the line of each row."""
    rows = [{**row, "line": line} for row, line in curated_csv.rows(path, columns)]
    return pd.DataFrame(rows, columns=[*columns, "line"])


def _weight(text: Any, place: str, line: Any) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not 0 < weight < float("inf"):
        raise curated_csv.fault("weight", place, line, weight=text)
    return weight


def _check_term(row: Any, place: str) -> None:
    letters = row.term.replace("*", "")
    if letters and not letters.isalnum():
        raise curated_csv.fault("no_word", place, row.line, term=row.term)
    if "*" in row.term:
        if not letters:
            raise curated_csv.fault("any_word", place, row.line, term=row.term)
        return
    pieces = segmentation.cut([row.term])[0]
    if pieces != [row.term]:
        parts = " / ".join(pieces)
        raise curated_csv.fault("cut_apart", place, row.line, term=row.term, parts=parts)


def _check_themes(frame: pd.DataFrame, place: str) -> None:
    known = codebook()["theme_id"]
    for row in frame[~frame["theme_id"].isin(set(known))].itertuples():
        one_of = ", ".join(known)
        raise curated_csv.fault("no_theme", place, row.line, theme=row.theme_id, known=one_of)
