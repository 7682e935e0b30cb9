"""Find documents of a corpus that are one: a plan as .md and as .docx, a page that was kept
twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from yiyang.core import places
from yiyang.core.text import fold, simplify
from yiyang.reading import fields
from yiyang.reading.account import NOTHING
from yiyang.reading.documents import Document
from yiyang.reading.metadata import title_year
from yiyang.safety import digests
from yiyang.safety.errors import refusal
from yiyang.safety.telling import counted, is_told, tell

LIKE = 0.8
"""The share of the tasks of the shorter document that must be those of the other, word for word."""
FEW = 3
"""Below so many tasks in common, two documents are one only where all of their tasks are."""
WORDS = 20
"""Characters that these few tasks must have together: short ones are alike by chance."""


def once(read: Sequence[Document]) -> list[Document]:
    """Return the documents, each task counted once: one that is another again is left without its
    tasks and says so. `is_double` of the catalogue settles it: True leaves it out, False counts it.

    Of documents that are one the one with most tasks counts, one that names its place before one
    that does not, and the first. A document held to its catalogue always counts.
    """
    said = find(read)
    return [_left_out(d, said[n]) if n in said else d for n, d in enumerate(read)]


def marked(read: Sequence[Document]) -> list[Document]:
    """Return the documents, those that the catalogue marks as doubles without their tasks. For
    documents of which some only are at hand: which of them are one cannot be seen there."""
    return [
        _left_out(d, None) if d.record.is_double == "True" and not d.record.layout else d
        for d in read
    ]


def find(read: Sequence[Document]) -> dict[int, Document | None]:
    """Find the positions of documents that count under another one, with that document; None
    where only the catalogue says so."""
    found: dict[int, Document | None] = {}
    texts = [_texts(document) for document in read]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n in sorted(range(len(read)), key=lambda n: _rank(read[n], n)):
        record = read[n].record
        common = Counter(other for text in set(texts[n]) for other in holders[text])
        twin = next(
            (o for o, size in common.most_common() if _are_one(read[o], read[n], size)), None
        )
        is_double = record.is_double
        may_be_left = read[n].tasks and not record.layout and is_double != "False"
        if may_be_left and (twin is not None or is_double == "True"):
            found[n] = None if twin is None or is_double == "True" else read[twin]
            continue
        for text in set(texts[n]):
            holders[text].append(n)
    return found


def _rank(document: Document, n: int) -> tuple[bool, int, bool, int]:
    """Which of documents that are one counts: the smallest."""
    record = document.record
    return not record.layout, -len(document.tasks), record.code == places.UNKNOWN, n


def _texts(document: Document) -> list[str]:
    """What stands for the words of each task: width, script and punctuation do not matter."""
    plain = (re.sub(r"[\W_]", "", simplify(fold(str(t["text"])))) for t in document.tasks)
    return [digests.of_bytes(text.encode())[:16] for text in plain]


def _are_one(one: Document, other: Document, n_common: int) -> bool:
    """Whether two documents with some tasks in common are one: not those of two places, of two
    numbers, of two years."""
    for field in ("document_number", "code"):
        values = {getattr(d.record, field) for d in (one, other)} - {"", places.UNKNOWN}
        if len(values) > 1:
            return False
    if len({title_year(d.record.title) for d in (one, other)} - {None}) > 1:
        return False
    sizes = sorted(len(d.tasks) for d in (one, other))
    if n_common < FEW:
        size = sum(len(str(task["text"])) for task in other.tasks)
        return n_common == sizes[0] == sizes[1] and size >= WORDS
    return n_common >= LIKE * sizes[0]


def is_double(reasons: object) -> bool:
    """Tell whether the reasons of a document say that it has no tasks of its own."""
    return is_told(str(reasons), "reading.double")


def _left_out(document: Document, other: Document | None) -> Document:
    """A document whose tasks are counted elsewhere; a warning where nobody has said so."""
    name = other.record.file_name if other else tell("reading.another_document")
    tasks = counted("task", len(document.tasks))
    problem = refusal("document.double", document.record.file_name, tasks=tasks, name=name)
    reading = replace(
        document.reading,
        reasons=(tell("reading.double", name=name), *document.reading.reasons),
        problems=[*([problem] if other else []), *document.reading.problems],
    )
    rows = fields.rows(document.record, [], [], []) | {"signs": []}
    return replace(document, reading=reading, rows=rows, account=NOTHING)
