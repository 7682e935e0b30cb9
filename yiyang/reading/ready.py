"""Get ready what reads documents: read practice documents before the first one of a reader comes.

Tables, dictionaries and expressions that the rooms make at their first use are there then. A
process that is started for documents takes these steps while the one that started it is busy, and
leaves the rest of them once a document waits: the first is what nearly every document needs, the
second what only one with tasks does.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from yiyang.core import schema
from yiyang.reading import documents, sources

EXAMPLES = schema.PACKAGE / "examples"
"""Made-up documents to practise with: a notice without a task, and a list of tasks."""


def _practise(name: str) -> None:
    with suppress(Exception):  # a fault shows itself, and is told, at the document
        documents.read_record(sources.record(name, {}), EXAMPLES, documents.NotJudged())


STEPS = (partial(_practise, "notice.txt"), partial(_practise, "county.txt"))
