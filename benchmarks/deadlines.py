"""How well deadlines are found in documents that the grammar was not written from.

    python benchmarks/deadlines.py SAMPLES_DIR

SAMPLES_DIR holds documents (.txt, .md, .html) and `gold/FILE.csv` for each, with the columns
`text_start` (the first characters of a task) and `deadline_raw` (its deadline as printed, several
separated by ；). A task reaches from its first characters to those of the next one, its cells
included, so that what is measured is the grammar and not the reading of a layout. A deadline
counts as found where the printed phrase and the found one hold one another; a time limit inside
a procedure is no deadline of the task.
"""

from __future__ import annotations

import argparse
import html
import re
from datetime import date
from pathlib import Path

import pandas as pd

from yiyang import dates, times
from yiyang.numerals import fold
from yiyang.text import squash

# 发布日期:2016-03-01, 成文日期：2018年11月16日
_ISSUED = re.compile(rf"(?:发布|成文|印发)日期\s*[:：]\s*({dates.POINT})")


def words(path: Path) -> str:
    """The text of a document; of a page, without its tags."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix in (".html", ".htm"):
        text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return text


def issued(text: str) -> date | None:
    """The day that the head of a document names as its own; None where it names none."""
    stated = _ISSUED.search(fold(text))
    days = dates.point(stated[1], None) if stated else None
    return days.last if days else None


def passages(text: str, starts: list[str]) -> list[str]:
    """The stretch of each task, from its first characters to those of the next."""
    places, position = [], 0
    for start in starts:
        pattern = r"\s*".join(map(re.escape, squash(start)))
        found = re.compile(pattern).search(text, position)
        if not found:
            raise SystemExit(f"the task {start!r} is not in the document")
        places.append(found.start())
        position = found.end()
    return [text[a:b] for a, b in zip(places, [*places[1:], len(text)], strict=True)]


def score(document: Path, gold: pd.DataFrame) -> tuple[dict[str, object], list[str]]:
    """The counts for one document, and its misses and false finds in words."""
    text = words(document)
    day = issued(text)
    printed = right = found = 0
    faults = []
    stretches = passages(text, gold["text_start"].tolist())
    for passage, row in zip(stretches, gold.itertuples(), strict=True):
        wanted = [squash(w) for w in re.split("[;；]", str(row.deadline_raw)) if w.strip()]
        got = [
            squash(passage[t.begin : t.end])
            for t in times.in_text(passage, day)
            if not t.refusal and t.kind != "procedural"
        ]
        hits = [w for w in wanted if any(w in g or g in w for g in got)]
        false = [g for g in got if not any(w in g or g in w for w in wanted)]
        printed, right, found = printed + len(wanted), right + len(hits), found + len(got)
        faults += [f"{document.name} {row.seq}: missed {w}" for w in wanted if w not in hits]
        faults += [f"{document.name} {row.seq}: false {g}" for g in false]
    return {"document": document.name, "printed": printed, "found": found, "right": right}, faults


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
    table.loc[len(table)] = ["all", *table[["printed", "found", "right"]].sum()]
    table["precision"] = (table["right"] / table["found"]).round(3)
    table["recall"] = (table["right"] / table["printed"]).round(3)
    table["F1"] = (2 * table["right"] / (table["found"] + table["printed"])).round(3)
    print(table.to_string(index=False, na_rep="-"))
    print("\n".join(faults) or "no faults")


if __name__ == "__main__":
    main()
