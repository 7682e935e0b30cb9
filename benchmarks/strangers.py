"""How many of the pairs graded `same` are right with documents of strangers, read one by one.

    python benchmarks/strangers.py FOLDER [--show]

FOLDER holds public documents that neighbour the field and are no part of the project. Each is set
beside the four lists by itself; no review is in force. The pairs graded `same` are looked up in
`strangers_read.csv`, by the task of ours and the digest of theirs: a reading from the printed texts
by a language model, `yes` (the same measure, or a main part in common), `border`, or `no`. A pair
that nobody read is counted apart; `--show` prints those, with their texts, to be read. Pairs that
would be graded so, but for the field of one of the two or for being a line beside an article
(`differs_in`), are counted by themselves.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path

import pandas as pd

import yiyang
from yiyang import matches
from yiyang.matches import reviews

READ = Path(__file__).with_suffix("").with_name("strangers_read.csv")
COLUMNS = ["task_id", "jurisdiction", "text"]


def digest(text: str) -> str:
    """Return what names a text of theirs in the table of readings."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:12]


def pairs(document: Path, ours: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs graded `same`, and those kept from it, once each: `task_id` (ours),
    `theirs` (the digest), `text`, `score`, `grade`."""
    read = yiyang.read(document).tasks
    if read.empty:
        return pd.DataFrame(columns=["task_id", "theirs", "text", "score", "grade"])
    guests = pd.DataFrame({"text": read["text"], "jurisdiction": "guest"})
    guests["task_id"] = [f"guest-{n:02d}" for n in range(len(guests))]
    tasks = pd.concat([ours, guests[COLUMNS]], ignore_index=True)
    found = matches.find(tasks, reviews=reviews.none())
    is_theirs = found["other_jurisdiction"] == "guest"
    from_us = found.loc[is_theirs, ["task_id", "other_task_id", "score", "grade", "differs_in"]]
    back = found[found["task_id"].str.startswith("guest-")]
    back = back.rename(columns={"task_id": "other_task_id", "other_task_id": "task_id"})
    both = pd.concat([from_us, back[from_us.columns]])
    is_kept = both["differs_in"].fillna("").str.contains("field|line")
    same = both[(both["grade"] == "same") | is_kept].drop_duplicates(["task_id", "other_task_id"])
    text = same["other_task_id"].map(guests.set_index("task_id")["text"])
    return same.assign(theirs=text.map(digest), text=text)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    known = pd.read_csv(READ, dtype=str)
    verdicts = {(r.task_id, r.theirs): r.verdict for r in known.itertuples()}
    ours = yiyang.load().tasks[COLUMNS]
    texts = ours.set_index("task_id")["text"]
    counts: dict[str, Counter[str]] = {"same": Counter(), "kept from it": Counter()}
    for name in known["document"].unique():
        for row in pairs(options.folder / name, ours).itertuples():
            said = verdicts.get((row.task_id, row.theirs), "unread")
            counts["same" if row.grade == "same" else "kept from it"][said] += 1
            if options.show and said == "unread":
                print(f"{name},{row.task_id},{row.theirs} {row.score:.3f}")
                print(f"  {texts[row.task_id]}\n  {row.text}")
    for grade, found in counts.items():
        print(f"{grade}: {', '.join(f'{said} {n}' for said, n in sorted(found.items()))}")


if __name__ == "__main__":
    main()
