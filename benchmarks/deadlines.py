"""Measure how well deadlines are found, understood and dated in documents from elsewhere.

    python benchmarks/deadlines.py SAMPLES_DIR

SAMPLES_DIR holds documents and `gold/FILE.csv` for each, with the columns `text_start` (the first
characters of a task) and `deadline_raw` (its deadline as printed, empty where it has none). The
documents are read as a user's are. A deadline is found where the printed phrase of the answer and
the one of the table hold one another; `understood` counts the found ones that have a kind, and
`dated` those with a day. Where a task has a deadline column, the dates of its text are left out
as the answers leave them out; a limit inside a procedure is no deadline of the task.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from yiyang.core.text import fold, simplify
from yiyang.show import preview


def _plain(text: str) -> str:
    return fold(simplify(text))


def own_deadlines(read: preview.Preview, task_id: str) -> pd.DataFrame:
    """Return the deadlines of one task: those of its column, else those of its text."""
    own = read.deadlines[read.deadlines["task_id"] == task_id]
    own = own[own["kind"].astype("str") != "procedural"]
    column = own[own["source"] == "column"]
    return own if column.empty else column


def score(document: Path, gold: pd.DataFrame) -> tuple[dict[str, object], list[str]]:
    """Return the counts for one document, and its misses and false finds in words."""
    read = preview.read(document)
    left = {t.task_id: _plain(t.text) for t in read.tasks.itertuples()}
    row = dict.fromkeys(("printed", "found", "right", "understood", "dated"), 0)
    faults = []
    for answer in gold.itertuples():
        start, wanted = _plain(answer.text_start), _plain(answer.deadline_raw)
        task_id = next((key for key, text in left.items() if text.startswith(start)), "")
        left.pop(task_id, None)
        own = own_deadlines(read, task_id)
        phrases = own["printed"].map(_plain)
        is_hit = [bool(wanted) and (wanted in p or p in wanted) for p in phrases]
        hit = own.loc[own.index[is_hit]]
        row["printed"] += bool(wanted)
        row["right"] += not hit.empty
        # Two dates of one cell are one printed deadline.
        row["found"] += len(own) - len(hit) + (not hit.empty)
        row["understood"] += bool(hit["kind"].notna().any())
        row["dated"] += bool(hit["due"].notna().any())
        if wanted and hit.empty:
            faults.append(f"{document.name} {answer.seq}: missed {wanted}")
        faults += [
            f"{document.name} {answer.seq}: false {p}" for p in phrases.drop(index=hit.index)
        ]
    return {"document": document.name, **row}, faults


def main() -> None:
    """Print one line a document, the total, and every fault."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("samples", type=Path, metavar="SAMPLES_DIR")
    folder = parser.parse_args().samples
    rows, faults = [], []
    for path in sorted((folder / "gold").glob("*.csv")):
        gold = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        row, new = score(folder / path.stem, gold)
        rows.append(row)
        faults += new
    table = pd.DataFrame(rows)
    table.loc[len(table)] = ["all", *table.iloc[:, 1:].sum()]
    table["precision"] = (table["right"] / table["found"]).round(3)
    table["recall"] = (table["right"] / table["printed"]).round(3)
    table["F1"] = (2 * table["right"] / (table["found"] + table["printed"])).round(3)
    print(table.to_string(index=False, na_rep="-"))
    print("\n".join(faults) or "no faults")


if __name__ == "__main__":
    main()
