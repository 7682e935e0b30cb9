"""A file -> blocks: paragraphs and table rows, each cell with its place; one module a format.

This floor knows formats, not meanings: what a cell says is for `parse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yiyang.core.text import writable
from yiyang.extract import archive, text
from yiyang.extract.blocks import Block, Cell, paragraph
from yiyang.safety import limits
from yiyang.safety.errors import InputError

__all__ = ["SUFFIXES", "Block", "Cell", "Page", "blocks", "kind_of", "paragraph"]

# fmt: off
SUFFIXES = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".docx", ".docm", ".doc", ".wps", ".rtf",
    ".pdf", ".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv",
)
# fmt: on
"""Endings of files that hold documents; what a file is, its content says."""

NO_TEXT = (".docx", ".docm", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".xlsm", ".et", ".ods")
"""Endings under which no plain text may come."""

# <!DOCTYPE html, <html, <div class=…, <table …>: a page, however it is called
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table|p|span)[\s>]", re.I)


# How an Office file under a password names the part that holds it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Page:
    """A file as read: its blocks, its kind (`docx`, `text` ...), and the encoding of a text.

    `warnings` say what of the file was left aside (macros).
    """

    blocks: Sequence[Block]
    kind: str
    encoding: str = ""
    warnings: tuple[InputError, ...] = ()


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
        if _ENCRYPTED in data:
            raise InputError(
                name,
                found="a document under a password",
                expected="a document that opens without one",
                remedy="open it in its program, take the password away and save it anew",
            )
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


def blocks(data: bytes, name: str, mend: Callable[[str], str] = str) -> Page:
    """The blocks of a file. `InputError` where it is damaged, of no known kind, or breaks one of
    the `limits`, which are those in force. `mend` is what repairs the text of a plain text.
    """
    try:
        with limits.use():
            limits.hold("file_bytes", len(data), "bytes in a file")
            return _held(_blocks(data, name, mend))
    except limits.LimitError as error:
        raise error.at(name) from error
    except RecursionError as error:
        found = "parts within parts deeper than its reader can follow"
        raise limits.LimitError("depth", found, name) from error


def _held(page: Page) -> Page:
    """The page, held to the limits on what was read; all its text is `writable`."""
    limits.hold("blocks", len(page.blocks), "paragraphs and rows")
    cells = [cell for block in page.blocks for cell in block.cells]
    longest = max((len(cell.text) for cell in cells), default=0)
    limits.hold("line_characters", longest, "characters in one paragraph or cell")
    if any(writable(cell.text) != cell.text for cell in cells):
        whole = tuple(
            replace(block, cells=tuple(replace(c, text=writable(c.text)) for c in block.cells))
            for block in page.blocks
        )
        return replace(page, blocks=whole)
    return page


def _blocks(data: bytes, name: str, mend: Callable[[str], str]) -> Page:
    kind = kind_of(data, name)
    if kind == "doc":
        data, kind = _from_office(data, name), "docx"
    if kind == "text":
        words, encoding = text.decode(data, name)
        return Page(tuple(text.blocks(mend(words))), kind, encoding)
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
    macros = kind in ("docx", "xlsx") and archive.has_macros(data)
    return Page(tuple(found), kind, encoding, (_macros(name),) if macros else ())


def _macros(name: str) -> InputError:
    return InputError(
        name,
        found="macros",
        expected="a document without programs",
        remedy="nothing: they were neither read nor run; the text was",
    )
