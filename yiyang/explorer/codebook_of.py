"""Make a codebook of what was changed in the explorer, as a folder that `yiyang.load` takes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from yiyang.core.messages import label
from yiyang.explorer.choices import Choice
from yiyang.explorer.edits import Edit
from yiyang.explorer.model import Session
from yiyang.safety import atomic_write
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import csv_text
from yiyang.safety.telling import tell
from yiyang.themes import codebooks
from yiyang.themes.codebook import Codebook

BY_HAND = tell("explorer.by_hand")
CHANGES = "changes.csv"
WRITTEN = (codebooks.THEMES, codebooks.SEEDS, codebooks.REVIEWS, codebooks.FIELD_WORDS, CHANGES)
"""The files of a codebook that the explorer writes."""


class Parts(NamedTuple):
    """The tables of a codebook that the explorer changes."""

    themes: pd.DataFrame
    seeds: pd.DataFrame
    reviews: pd.DataFrame


def before(session: Session) -> Codebook:
    """Return the codebook of the session's corpus."""
    given: Codebook | None = session.corpus.codebook
    return given if given is not None else Codebook.in_force()


def save(session: Session, choice: Choice, folder: Path) -> pd.DataFrame:
    """Write the codebook with the seeds typed in and the changes by hand; return what differs
    from the one before (`Codebook.diff`), which lies beside it as `changes.csv`.

    A theme merged into another gives it its seeds and goes; a new name is that of the first theme
    merged, in both languages, for the explorer is given one; a task moved into a theme becomes a
    row of `theme_reviews.csv`. A group of tasks alone has no seeds: it is no theme, and
    `InputError` says so. Changes of clusters are none of a codebook, and are refused too.
    """
    old = before(session)
    parts = edited(session, choice)
    with atomic_write.folder(ours(folder, CHANGES, WRITTEN)) as fresh:
        if (words := old.folder / codebooks.FIELD_WORDS).is_file():
            shutil.copyfile(words, fresh / words.name)
        names = (codebooks.THEMES, codebooks.SEEDS, codebooks.REVIEWS)
        for name, table in zip(names, parts, strict=True):
            (fresh / name).write_text(csv_text(table), encoding="utf-8", newline="\n")
        found = old.diff(Codebook.from_folder(fresh))
        moved = _moved(old, parts.reviews)
        table = pd.concat([found, moved], ignore_index=True)
        (fresh / CHANGES).write_text(csv_text(table), encoding="utf-8", newline="\n")
    return table


def ours(folder: Path, mark: str, written: Iterable[str]) -> Path:
    """Return the folder to write. It would be replaced: a file, a folder without the file `mark`
    and one with names that are none of those `written` are refused."""
    if not folder.exists():
        return folder
    there = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else [folder.name]
    others = sorted(set(there) - set(written))
    if not folder.is_dir() or others or (there and mark not in there):
        found = ", ".join(others or there)
        raise refusal("explorer.folder", folder, found=found)
    return folder


def edited(session: Session, choice: Choice) -> Parts:
    """Return the tables after the edits of the choice, in their order."""
    old = before(session)
    seeds = session.view(choice._replace(edits="")).seeds
    parts = Parts(old.themes, seeds[codebooks.SEED_COLUMNS].reset_index(drop=True), _reviews(old))
    if choice.edits.strip() and choice.method != "codebook":
        raise refusal("explorer.edit_clusters", label("explorer.edits", session.lang))
    called = {str(name): str(theme) for theme, name in session.of_theme.items()}
    for edit in session.read_edits(choice):
        place = f"{label('explorer.edits', session.lang)}, line {edit.line}"
        if edit.into == label("explorer.none", session.lang):
            raise refusal("explorer.edit_no_theme", place, name=edit.into)
        parts = _after(parts, edit, called, place)
    return parts


def _after(parts: Parts, edit: Edit, called: dict[str, str], place: str) -> Parts:
    """The tables after one edit; `called` maps the names of the groups to their themes, and is kept
    up to date."""
    themes, seeds, reviews = parts
    ids = [called[name] for name in edit.groups if name in called]
    is_new = edit.into not in called
    if len(ids) < len(edit.groups) or (is_new and not ids):
        raise refusal("explorer.edit_no_theme", place, name=edit.into)
    into = ids[0] if is_new else called[edit.into]
    if is_new:
        both = {"name_zh": edit.into, "name_en": edit.into}
        for column, name in both.items():
            themes = themes.assign(
                **{column: themes[column].mask(themes["theme_id"] == into, name)}
            )
    gone = [theme for theme in ids if theme != into]
    themes = themes[~themes["theme_id"].isin(gone)].reset_index(drop=True)
    seeds, reviews = (
        frame.assign(theme_id=frame["theme_id"].mask(frame["theme_id"].isin(gone), into))
        for frame in (seeds, reviews)
    )
    seeds = seeds.sort_values("weight", ascending=False, kind="stable")
    seeds = seeds.drop_duplicates(["theme_id", "term"]).sort_index().reset_index(drop=True)
    moved = pd.DataFrame(
        [(task, into, BY_HAND) for task in edit.tasks], columns=codebooks.REVIEW_COLUMNS
    )
    for name in [n for n, theme in called.items() if theme in (*gone, into)]:
        del called[name]
    called[edit.into] = into
    reviews = pd.concat([reviews, moved], ignore_index=True)
    return Parts(themes, seeds, reviews.drop_duplicates("task_id", keep="last", ignore_index=True))


def _reviews(book: Codebook) -> pd.DataFrame:
    """What was set by hand before, of whatever documents."""
    path = book.folder / codebooks.REVIEWS
    if not path.is_file():
        return pd.DataFrame(columns=codebooks.REVIEW_COLUMNS)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return table[codebooks.REVIEW_COLUMNS]


def _moved(book: Codebook, reviews: pd.DataFrame) -> pd.DataFrame:
    """The tasks set by hand now and not before, as rows of the difference."""
    old = _reviews(book).set_index("task_id")["theme_id"]
    rows = [
        ("review", row.theme_id, row.task_id, "changed" if row.task_id in old else "added",
         old.get(row.task_id, ""), row.theme_id)
        for row in reviews.itertuples()
        if old.get(row.task_id) != row.theme_id
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["part", "theme_id", "term", "change", "before", "after"])
