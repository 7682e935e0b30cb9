"""Complete the record of a document: what the catalogue says, else what its own text says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yiyang.core import places
from yiyang.core.text import squash
from yiyang.extract import Block
from yiyang.parse import registers
from yiyang.reading import metadata, sources
from yiyang.reading.metadata import About, Doubt
from yiyang.safety import digests
from yiyang.safety.telling import tell


def said(blocks: Sequence[Block]) -> About:
    """Tell what a document says of itself, without what an office noted as it came in: a number
    that only the office names is asked about."""
    kept, left = registers.take(blocks)
    found = metadata.find(kept or blocks)
    noted, line = registers.number(blocks) if left else ("", 0)
    if not noted or squash(noted) == squash(found.number):
        return found
    reason = tell("reading.number_of_register")
    doubt = Doubt("document_number", noted, line, reason, is_grave=True)
    return found._replace(doubts=(*found.doubts, doubt))


def completed(record: Any, said: About, data: bytes) -> Any:
    """Return the record of a document with what its own text says, where the catalogue says
    nothing.

    The kind is settled once it was read (`with_kind`); until then it says how prose is taken.
    """
    record = _placed(record)
    code = record.code or said.code or places.UNKNOWN
    kind = "case_study" if re.search("案例|经验|纪实", said.title) else "task_list"
    date = record.date_issued or (said.date.isoformat() if said.date else "")
    values = {
        "title": said.title or Path(record.file_name).stem,
        "document_number": said.number,
        "document_type": kind,
        "issuing_agency": said.issuer,
        "date_issued": date,
        "date_printed": said.date_printed,
        "code": code,
        "jurisdiction": sources.short_name(code, record.document_id),
        "sha256": digests.of_bytes(data),
        "n_bytes": str(len(data)),
    }
    return record._replace(
        **{name: getattr(record, name) or value for name, value in values.items()}
    )


def _placed(record: Any) -> Any:
    """The record without a code that no place bears: what the text says counts then."""
    return record if places.is_code(record.code) else record._replace(code="")


def with_kind(record: Any, known: Any, blocks: Sequence[Block], n_tasks: int) -> Any:
    """Return the record with the kind of the document, where the catalogue (`known`) says none."""
    if known.document_type:
        return record
    return record._replace(document_type=metadata.kind(record.title, blocks, n_tasks))


def doubts(known: Any, said: About) -> tuple[Doubt, ...]:
    """Tell what is doubtful about the values that a document states, of those that the catalogue
    does not say."""
    placed = _placed(known)
    found = [doubt for doubt in said.doubts if not getattr(placed, doubt.field)]
    if known.code != placed.code:
        reason = tell("reading.code_of_catalogue")
        found.append(Doubt("code", known.code, 0, reason, is_grave=True))
    if not (known.title or said.title):
        stem = Path(known.file_name).stem
        reason = tell("reading.title_above_text_file_name")
        found.append(Doubt("title", stem, 0, reason, is_grave=True))
    return tuple(found)
