"""Get ready what reads documents: read a practice document once, before one of a reader comes.

Tables and expressions that the rooms make at their first use are there then. A process that is
started for documents imports this module while the one that started it is busy, and no longer:
the practice document has no task, for what one with tasks needs beside would make one without
them wait.
"""

from __future__ import annotations

from contextlib import suppress

from yiyang.core import schema
from yiyang.reading import documents, sources

EXAMPLE = schema.PACKAGE / "examples" / "notice.txt"
"""A made-up document to practise with: a notice without a task."""


def _practise() -> None:
    record = sources.record(EXAMPLE.name, {})
    documents.read_record(record, EXAMPLE.parent, documents.NotJudged())


with suppress(Exception):  # a fault shows itself, and is told, at the document
    _practise()
