"""Read the page inside a file that holds a page with its pictures (.mht)."""

from __future__ import annotations

import re
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from yiyang.extract import html
from yiyang.extract.aside import Aside
from yiyang.extract.blocks import Page
from yiyang.safety import limits
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.telling import tell

_PAGES = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain",)
_OTHER = tell("extract.page_within_page_frame_unread")
_REMEDY = tell("extract.open_alone_browser_save_document")


def _words(content: bytes, place: str, charset: str) -> str:
    """The words of a page that is not read; none where it cannot be."""
    try:
        blocks = html.page(content, place, charset).blocks
    except InputError:
        return ""
    return " ".join(cell.text for block in blocks for cell in block.cells if not cell.is_repeat)


def page(data: bytes, place: str) -> Page:
    """Return the first page of the file; what it frames is said, its pictures are not read."""
    limits.hold("archive_entries", len(re.findall(rb"(?mi)^content-type:", data)), "limit.parts")
    message = cast(EmailMessage, BytesParser(policy=policy.compat32).parsebytes(data))
    pages: list[tuple[bytes, str]] = []
    words: list[tuple[bytes, str]] = []
    for part in message.walk():
        kind = part.get_content_type()
        content = part.get_payload(decode=True) if kind in (*_PAGES, *_PLAIN) else None
        if isinstance(content, bytes) and content.strip():
            found = pages if kind in _PAGES else words
            found.append((content, str(part.get_content_charset() or "")))
    if pages:
        (first, charset), *others = [*pages, *words]
        read = html.page(first, place, charset)
        aside = Aside(place)
        for content, claim in others:
            aside.add(_OTHER, _words(content, place, claim), remedy=_REMEDY)
        warnings = (*read.warnings, *aside.warnings())
        return replace(read, warnings=warnings, left=(*read.left, *aside.left()))
    raise refusal("file.mht", place)
