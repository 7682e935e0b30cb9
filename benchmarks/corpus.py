"""Make up task lists with known answers, to test a large corpus with.

    python benchmarks/corpus.py N OUT [--seed S]

writes N documents into OUT (.docx, .html, .txt and .xlsx, in all layouts), their `catalogue.csv`,
and what they say in OUT/answers: `documents.csv`, `tasks.csv`, `assignments.csv`, `deadlines.csv`.
Some 38 tasks a document. The documents are made from the sentences and agencies of the real lists
(`synthetic/content.py`) and are marked 合成 synthetic in their names, their texts and the
catalogue. The same N and seed give the same bytes; document 7 is the same in every corpus of one
seed.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from synthetic import files, layouts
from synthetic.content import MARK
from synthetic.layouts import Document

FOLDER_OF = 1_000
"""Documents in one folder."""
COLUMNS = {
    "catalogue": ["file_name", "document_id", "note"],
    "answers/documents": [
        *("document_id", "file_name", "format", "layout", "encoding", "damage", "code", "title"),
        *("document_number", "issuing_agency", "date_issued", "n_tasks"),
    ],
    "answers/tasks": ["task_id", "document_id", "seq", "section", "text"],
    "answers/assignments": ["task_id", "order", "agency_printed", "agency_id", "role"],
    "answers/deadlines": [
        *("task_id", "order", "source", "printed", "kind", "start", "due", "is_ongoing"),
    ],
}


def write(n: int, out: Path, seed: int = 0) -> None:
    """Write a corpus of `n` documents."""
    (out / "answers").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for name, columns in COLUMNS.items():
            file = stack.enter_context(
                (out / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            writers[name] = csv.writer(file, lineterminator="\n")
            writers[name].writerow(columns)
        for number in range(n):
            document = layouts.document(seed, number)
            name = file_name(document)
            (out / name).parent.mkdir(exist_ok=True)
            (out / name).write_bytes(files.write(document))
            for table, row in answers(document):
                writers[table].writerow(row)


def file_name(document: Document) -> str:
    """Tell where a document stands in its corpus."""
    folder = document.number // FOLDER_OF
    return f"{folder:03d}/{document_id(document)}.{document.format}"


def document_id(document: Document) -> str:
    """Return the name of a document."""
    return f"synthetic-{document.number:06d}"


def answers(document: Document) -> Iterator[tuple[str, list[Any]]]:
    """Return the rows of a document in the tables of `COLUMNS`."""
    name, head = document_id(document), document.head
    yield "catalogue", [file_name(document), name, MARK]
    yield (
        "answers/documents",
        [
            *(name, file_name(document), document.format, document.layout, document.encoding),
            *("; ".join(document.damage), head.code, head.title, head.number, head.issuer),
            *(head.date or "", len(document.tasks)),
        ],
    )
    for seq, task in enumerate(document.tasks, 1):
        task_id = f"{name}-{seq:02d}"
        yield "answers/tasks", [task_id, name, seq, task.section, task.text]
        for order, unit in enumerate(task.units, 1):
            yield "answers/assignments", [task_id, order, *unit]
        for order, time in enumerate(task.times, 1):
            yield "answers/deadlines", [task_id, order, *("" if v is None else v for v in time)]


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("n", type=int)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    write(options.n, options.out, options.seed)


if __name__ == "__main__":
    main()
