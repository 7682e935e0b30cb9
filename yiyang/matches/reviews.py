"""Read what readers decided about pairs of tasks (`curation/match_reviews.csv`), and how they
agree.

One row is one reader's verdict on a pair, either way round: `yes` (the same measure), `part` (a
main part in common) or `no`. A reader who reviews a pair again replaces the earlier verdict.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd

from yiyang.core import curated_csv, schema
from yiyang.safety.escaping import cell
from yiyang.safety.telling import tell

REVIEWS = schema.CURATION / "match_reviews.csv"
COLUMNS = ["task_id", "other_task_id", "verdict", "reason", "reviewer", "reviewed_on"]
GRADES = {"yes": "same", "part": "possible", "no": "none"}
"""The verdicts of readers, and the grade that each gives a pair."""
VERDICTS = tuple(GRADES)
MODEL = "language model"
"""The reviewer of a reading by a language model begins with this; people come before it."""


def place() -> Path:
    """Return the file of verdicts: `match_reviews.csv` of the working folder of an installed
    yiyang, where there is one, else that of the curation folder."""
    own = schema.WORK / REVIEWS.name
    return own if schema.IS_INSTALLED and own.is_file() else REVIEWS


def own_place() -> Path:
    """Return the file to which verdicts are added; an installed yiyang copies its own there."""
    own = schema.WORK / REVIEWS.name
    if schema.IS_INSTALLED and not own.exists():
        own.write_bytes(REVIEWS.read_bytes())
    return place()


def read_reviews(tasks: pd.DataFrame, path: Path | None = None) -> pd.DataFrame:
    """Return the verdicts in the order of the file: its columns and `line`; pairs in one direction.

    Rows of documents that `tasks` does not hold are left out, of the four lists' own file also
    those of tasks that a reader took out of them. Whatever else does not fit raises `InputError`
    with the line.
    """
    path = path or place()
    places = dict(zip(tasks["task_id"], tasks["jurisdiction"], strict=True))
    documents = set(tasks["document_id"])
    kept = []
    for row, line in curated_csv.rows(path, COLUMNS):
        check(row, path, line)
        pair = sorted((row["task_id"], row["other_task_id"]))
        unknown = [task for task in pair if task not in places]
        if path != REVIEWS and any(task.rpartition("-")[0] in documents for task in unknown):
            raise curated_csv.fault("no_task", path, line, task=unknown[0])
        if unknown:
            continue
        if places[pair[0]] == places[pair[1]]:
            raise curated_csv.fault("one_place", path, line, place=places[pair[0]])
        kept.append({**row, "task_id": pair[0], "other_task_id": pair[1], "line": line})
    return pd.DataFrame(kept, columns=[*COLUMNS, "line"])


def check(row: dict[str, str], path: Path, line: int | str) -> None:
    """Check a verdict: every cell filled, a known verdict, a date; else `InputError`."""
    if empty := [column for column in COLUMNS if not row[column]]:
        raise curated_csv.fault("empty", path, line, columns=", ".join(empty))
    verdict, day = row["verdict"], row["reviewed_on"]
    if verdict not in VERDICTS:
        known = ", ".join(VERDICTS)
        raise curated_csv.fault("verdict", path, line, verdict=verdict, known=known)
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise curated_csv.fault("date", path, line, day=day) from error


def append(row: dict[str, str], path: Path | None = None) -> None:
    """Add one verdict, a value for each of `COLUMNS`, at the end of the file."""
    path = path or own_place()
    row = {column: " ".join(str(row.get(column, "")).split()) for column in COLUMNS}
    check(row, path, tell("matches.new_row"))
    with path.open("a", encoding="utf-8", newline="") as file:
        if not path.read_bytes().endswith(b"\n"):  # an editor may leave the last line open
            file.write("\n")
        cells = {column: cell(text) for column, text in row.items()}
        csv.DictWriter(file, COLUMNS, lineterminator="\n").writerow(cells)


def latest(reviews: pd.DataFrame) -> pd.DataFrame:
    """Return each reader's last verdict on each pair."""
    return reviews.drop_duplicates(["task_id", "other_task_id", "reviewer"], keep="last")


def decided(reviews: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the pairs that their readers agree on -> their grade: `yes` is `same`, `part` is
    `possible`, `no` is `none`.

    Where a person has read a pair, what language models said of it does not count. Readers who
    agree that it is a counterpart, but not how far, make it `possible`; where they disagree on
    that, the method's grade stands.
    """
    last = latest(reviews)
    last = last.assign(is_model=last["reviewer"].str.startswith(MODEL))
    pairs = last.groupby(["task_id", "other_task_id"])
    last = last[last["is_model"] == pairs["is_model"].transform("all").astype(bool)]
    found = {}
    for pair, verdicts in last.groupby(["task_id", "other_task_id"])["verdict"]:
        said = {GRADES[verdict] for verdict in verdicts}
        if len(said) == 1:
            found[pair] = said.pop()
        elif "none" not in said:
            found[pair] = "possible"
    return found


def agreement(reviews: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is two readers: `reviewer, other_reviewer, n_pairs, n_same, kappa`.

    Cohen's kappa over the three verdicts on the pairs that both reviewed; empty where it is not
    defined (no common pair, or both gave one and the same verdict throughout).
    """
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415

    wide = latest(reviews).pivot(
        index=["task_id", "other_task_id"], columns="reviewer", values="verdict"
    )
    names = sorted(wide.columns)
    rows = []
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            both = wide[[one, other]].dropna()
            varied = len(both) > 0 and both.stack().nunique() > 1
            kappa = cohen_kappa_score(both[one], both[other]) if varied else float("nan")
            same = int((both[one] == both[other]).sum())
            rows.append((one, other, len(both), same, kappa))
    columns = ["reviewer", "other_reviewer", "n_pairs", "n_same", "kappa"]
    return pd.DataFrame(rows, columns=columns)


def none() -> pd.DataFrame:
    """Return no verdicts: for measuring the method alone."""
    return pd.DataFrame(columns=[*COLUMNS, "line"])
