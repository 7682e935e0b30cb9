"""A page saved with its pictures in one file (.mht): the page inside is read."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from yiyang.extract import html
from yiyang.extract.blocks import Page
from yiyang.safety import limits
from yiyang.safety.errors import InputError


def page(data: bytes, place: str) -> Page:
    """The first page of the file; what it frames or shows as a picture is not read."""
    limits.hold("archive_entries", len(re.findall(rb"(?mi)^content-type:", data)), "parts")
    message = cast(EmailMessage, BytesParser(policy=policy.compat32).parsebytes(data))
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return html.page(content, place, str(part.get_content_charset() or ""))
    raise InputError(
        place,
        found="a web archive without a page",
        expected="a page saved as one file (.mht)",
        remedy="save it from the browser as a web page (.html)",
    )
