"""A file -> blocks: paragraphs and table rows, each cell with its place; one module a format.

This floor knows formats, not meanings: what a cell says is for `parse`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yiyang.errors import InputError
from yiyang.extract import archive, text
from yiyang.extract.blocks import Block, Cell, paragraph

__all__ = ["MAX_BYTES", "SUFFIXES", "Block", "Cell", "Page", "blocks", "kind_of", "paragraph"]

MAX_BYTES = 50_000_000
"""Files larger than this are refused; no task list comes near."""

# fmt: off
SUFFIXES = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".docx", ".doc", ".wps", ".rtf",
    ".pdf", ".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv",
)
# fmt: on
"""Endings of files that hold documents; what a file is, its content says."""

NO_TEXT = (".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".xlsm", ".et", ".ods")
"""Endings under which no plain text may come."""

# <!DOCTYPE html, <html, <div class=…, <table …>: a page, however it is called
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table|p|span)[\s>]", re.I)


@dataclass(frozen=True)
class Page:
    """A file as read: its blocks, its kind (`docx`, `text` ...), and the encoding of a text."""

    blocks: Sequence[Block]
    kind: str
    encoding: str = ""


def kind_of(data: bytes, name: str) -> str:
    """What a file is, by its first bytes and, for texts, its ending.

    Raises `InputError` for an archive or a broken file that is none of them.
    """
    suffix = Path(name).suffix.lower()
    head = data[:2048].lstrip()
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return archive.kind_of(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls" if suffix in (".xls", ".et") else "doc"
    if data.startswith(b"{\\rtf"):
        return "doc"
    if suffix in (".html", ".htm") or (suffix != ".md" and _HTML.match(head)):
        return "html"
    if suffix in NO_TEXT:
        raise InputError(
            name,
            found=f"a file that ends in {suffix} and does not begin like one",
            expected="a whole file",
            remedy="fetch it anew, open it in its program and save it",
        )
    return "csv" if suffix == ".csv" else "text"


def blocks(data: bytes, name: str) -> Page:
    """The blocks of a file. `InputError` where it is too large, damaged, or of no known kind."""
    if len(data) > MAX_BYTES:
        raise InputError(
            name,
            found=f"a file of {len(data)} bytes",
            expected=f"at most {MAX_BYTES} bytes",
            remedy="split it, or take out its pictures",
        )
    kind = kind_of(data, name)
    if kind == "doc":
        data, kind = _from_office(data, name), "docx"
    if kind == "text":
        words, encoding = text.decode(data, name)
        return Page(tuple(text.blocks(words)), kind, encoding)
    return _formatted(data, kind, name)


def _from_office(data: bytes, name: str) -> bytes:
    from yiyang.extract import doc  # noqa: PLC0415  (as below)

    return doc.to_docx(data, name)


def _formatted(data: bytes, kind: str, name: str) -> Page:
    """The libraries of the formats are imported where one is met: most runs need none of them."""
    encoding = ""
    if kind == "html":
        from yiyang.extract import html  # noqa: PLC0415

        found, encoding = html.blocks(data, name)
    elif kind == "docx":
        from yiyang.extract import docx  # noqa: PLC0415

        found = docx.blocks(data, name)
    elif kind == "pdf":
        from yiyang.extract import pdf  # noqa: PLC0415

        found = pdf.blocks(data, name)
    else:
        from yiyang.extract import sheet  # noqa: PLC0415

        found, encoding = (
            sheet.csv_blocks(data, name) if kind == "csv" else (sheet.blocks(data, name), "")
        )
    return Page(tuple(found), kind, encoding)
