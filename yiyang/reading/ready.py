"""Get ready what reads documents: read the practice document once, before one of a reader comes.

Tables, dictionaries and expressions that the rooms make at their first use are there then. A
process that is started for documents imports this module while the one that started it is busy.
"""

from __future__ import annotations

from contextlib import suppress

from yiyang.core import schema
from yiyang.reading import documents, sources

EXAMPLE = schema.PACKAGE / "examples" / "county.txt"
"""A made-up document to practise with."""


def _practise() -> None:
    record = sources.record(EXAMPLE.name, {})
    documents.read_record(record, EXAMPLE.parent, documents.NotJudged())


with suppress(Exception):  # a fault shows itself, and is told, at the document
    _practise()
