"""Measure `yiyang reuse` on documents that copy from each other as is known.

    python benchmarks/reuse.py small [--documents 300]     files, read by `yiyang run`
    python benchmarks/reuse.py large [--documents 10000]   a store made up as it stands
    python benchmarks/reuse.py store OUT                   a store of your own: time and memory

Prints precision and recall of pairs of documents, in how many of the dated pairs the order is that
of the copying, and what it took. A pair is right where a task of both goes back to one sentence. A
copied pair is to be found where 20 letters in a row were left of a task (found out with difflib).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
from synthetic import copies

from yiyang import scale
from yiyang.core import parquet_store, places, schema, store_parts
from yiyang.matches import passages, winnowing
from yiyang.scale import batches, reuse


def name(number: int) -> str:
    """Return the document_id of a document."""
    return f"copies-{number:06d}"


def write_files(documents: Iterable[copies.Document], folder: Path) -> None:
    """Write documents as files, with a catalogue that names their places."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["file_name,document_id,code,note"]
    for document in documents:
        file = f"{name(document.number)}.txt"
        (folder / file).write_text(copies.file_text(document), encoding="utf-8")
        rows.append(f"{file},{name(document.number)},{document.code},合成 synthetic")
    (folder / "catalogue.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_store(documents: Iterable[copies.Document], out: Path) -> None:
    """Write a store of documents that were never files: what reading them would give."""
    (out / "batches").mkdir(parents=True)
    codes: set[str] = set()
    rows: dict[tuple[str, str], list[copies.Document]] = defaultdict(list)
    for document in documents:
        codes.add(document.code)
        year = str(document.date.year) if document.date else parquet_store.UNKNOWN
        rows[document.code[:2], year].append(document)
    for (province, year), own in rows.items():
        for table, frame in (("documents", _documents(own)), ("tasks", _tasks(own))):
            folder = out / "tables" / table / f"province={province}" / f"year={year}"
            parquet_store.write(table, frame, folder / parquet_store.PART)
    parquet_store.write("jurisdictions", _places(codes), out / "tables" / "jurisdictions.parquet")
    parts = {file: store_parts.describe(out / file) for file in store_parts.lying(out)}
    batches.write_json({"is_whole": True, "parts": parts}, out / store_parts.MANIFEST)


def _documents(own: Sequence[copies.Document]) -> pd.DataFrame:
    made = pd.DataFrame({"document_id": [name(d.number) for d in own]})
    made["jurisdiction"] = [f"p{d.code}" for d in own]
    made["date_issued"] = [d.date for d in own]
    made["n_tasks"] = [len(d.tasks) for d in own]
    made["file_name"] = made["original_file_name"] = made["document_id"] + ".txt"
    return _filled("documents", made)


def _tasks(own: Sequence[copies.Document]) -> pd.DataFrame:
    rows = [
        (f"{name(d.number)}-{seq:02d}", name(d.number), f"p{d.code}", seq, t.text, seq + 3, seq + 3)
        for d in own
        for seq, t in enumerate(d.tasks, 1)
    ]
    columns = ["task_id", "document_id", "jurisdiction", "seq", "text", "line_start", "line_end"]
    made = pd.DataFrame(rows, columns=columns)
    return _filled("tasks", made.assign(text_printed=made["text"]))


def _places(codes: Iterable[str]) -> pd.DataFrame:
    rows = []
    for code in sorted(codes):
        place = places.places()[code]
        rows.append((f"p{code}", place.name, f"p{code}", place.level, code))
    columns = ["jurisdiction", "name_zh", "name_en", "level", "code"]
    return _filled("jurisdictions", pd.DataFrame(rows, columns=columns))


def _filled(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with the columns it lacks, filled with something of their type."""
    plain = {"string": "", "integer": 0, "number": 0.0, "boolean": False, "date": None}
    fields = {f["name"]: f for f in schema.specifications()[table]["fields"]}
    lacking = {
        n: f["categories"][0] if "categories" in f else plain[f["type"]]
        for n, f in fields.items()
        if n not in frame
    }
    return schema.cast(table, frame.assign(**lacking)[[*fields]])


class Truth:
    """Who copied whom, and which documents go back to one sentence."""

    def __init__(self) -> None:
        self.copied: set[tuple[int, int]] = set()
        self.sources: dict[int, int] = {}
        self.dates: dict[int, Any] = {}
        self.holders: dict[int, set[int]] = defaultdict(set)

    def noted(self, documents: Iterable[copies.Document]) -> Iterable[copies.Document]:
        """Note what is true of documents on their way."""
        for document in documents:
            self.dates[document.number] = document.date
            for task in document.tasks:
                if task.origin >= 0:
                    self.holders[task.origin].add(document.number)
            if document.source >= 0:
                self.sources[document.number] = document.source
                if any(_left(*pair) for pair in document.copied):
                    self.copied.add((document.source, document.number))
            yield document

    def related(self) -> set[tuple[int, int]]:
        """Pairs of documents that hold a task of one origin, the lower number first."""
        found = (combinations(sorted(held), 2) for held in self.holders.values() if len(held) > 1)
        return {pair for pairs in found for pair in pairs}


def _left(text: str, other: str) -> bool:
    """Whether 20 letters in a row are left of a task."""
    one, two = passages.letters(text)[0], passages.letters(other)[0]
    if one == two:
        return len(one) >= winnowing.LEAST
    match = SequenceMatcher(None, one, two, autojunk=False).find_longest_match()
    return match.size >= winnowing.LEAST


def scores(out: Path, truth: Truth) -> dict[str, Any]:
    """Hold the pairs of a store to the truth."""
    pairs = reuse.read_table(out, "reuse_pairs")
    ids = [pairs[c].str[-6:].astype(int) for c in ("document_id", "other_document_id")]
    found = {(min(p), max(p)): n for n, p in enumerate(zip(*ids, strict=True))}
    hits = truth.copied & found.keys()
    dated = {p for p in hits if truth.dates[p[0]] and truth.dates[p[1]]}
    order, first = pairs["order"].astype(str).to_numpy(), ids[0].to_numpy()
    right = sum(order[found[p]] == "earlier" and first[found[p]] == p[0] for p in dated)
    likely = pairs[pairs["is_likely_source"]]
    named = dict(zip(ids[1][likely.index], ids[0][likely.index], strict=True))
    asked = {two: one for one, two in dated}
    return {
        "pairs": len(found),
        "precision": round(len(truth.related() & found.keys()) / max(len(found), 1), 4),
        "copied_pairs": len(truth.copied),
        "recall": round(len(hits) / max(len(truth.copied), 1), 4),
        "dated_copied_pairs": len(dated),
        "direction_right": round(right / max(len(dated), 1), 4),
        "likely_source_right": round(
            sum(named.get(two) == one for two, one in asked.items()) / max(len(asked), 1), 4
        ),
    }


def timed(out: Path, processes: int, engine: str = "local") -> dict[str, Any]:
    """Run `yiyang reuse` on a store, and once more; say what it took."""
    begun = time.perf_counter()
    with scale.engine(engine, processes) as workers:
        said = reuse.run(out, workers)
        taken = time.perf_counter() - begun
        again = time.perf_counter()
        kept = reuse.run(out, workers)
        again = time.perf_counter() - again
    return {
        "seconds": round(taken, 1),
        "worker_seconds": said["worker_seconds"],
        "peak_mb": said["peak_bytes"] // 1_000_000,
        "steps": said["seconds"],
        "again_seconds": round(again, 2),
        "again_kept": kept["is_kept"],
        "counts": said["counts"],
    }


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("kind", choices=["small", "large", "store"])
    arguments.add_argument("out", type=Path, nargs="?")
    arguments.add_argument("--documents", type=int, default=0)
    arguments.add_argument("--processes", type=int, default=os.cpu_count())
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    if options.kind == "store":
        print(json.dumps(timed(options.out, options.processes), indent=1))
        return
    truth = Truth()
    n = options.documents or (300 if options.kind == "small" else 10_000)
    made = truth.noted(copies.documents(n, options.seed))
    with tempfile.TemporaryDirectory(prefix="yiyang-reuse-") as folder:
        out = Path(folder, "out")
        if options.kind == "small":
            write_files(made, Path(folder, "files"))
            with scale.engine("local", options.processes) as workers:
                scale.run(Path(folder, "files"), out, workers)
        else:
            write_store(made, out)
        print(json.dumps(timed(out, options.processes) | scores(out, truth), indent=1))


if __name__ == "__main__":
    main()
