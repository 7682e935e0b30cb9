"""Look up the one table of formats: endings, first bytes, reader and the packages it reads with.

To add a format, write a module with `page(data, place)` and add a row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from yiyang.extract import archive
from yiyang.extract.blocks import Page
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression

Reader = Callable[[bytes, str], Page]


@dataclass(frozen=True)
class Format:
    """A kind of file.

    `suffixes` are the endings it bears, `begins` its first bytes (none: its ending says what a text
    is), `reader` the module of `yiyang.extract` with its `page`, `packages` what that reads with.
    A text (`is_text`) is mended by the ledger of repairs before it is read.
    """

    kind: str
    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...]
    reader: str
    packages: tuple[str, ...] = ()
    is_text: bool = False

    def page(self) -> Reader:
        """Return the reader; its packages are imported where a file needs them: most runs need
        few."""
        return cast(Reader, import_module(f"yiyang.extract.{self.reader}").page)


ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FORMATS = (
    Format("text", (".txt",), (), "text", is_text=True),
    Format("markdown", (".md", ".markdown"), (), "markdown", ("markdown-it-py",), is_text=True),
    Format("csv", (".csv",), (), "separated"),
    Format("html", (".html", ".htm"), (), "html", ("lxml", "tinycss2")),
    Format("mht", (".mht", ".mhtml"), (), "mht", ("lxml", "tinycss2")),
    Format("pdf", (".pdf",), (b"%PDF",), "pdf", ("pdfminer.six", "pdfplumber", "pypdfium2")),
    Format("docx", (".docx", ".docm"), (ZIP,), "docx", ("python-docx", "lxml")),
    Format("xlsx", (".xlsx", ".xlsm"), (ZIP,), "sheet", ("python-calamine", "openpyxl")),
    Format("ods", (".ods",), (ZIP,), "sheet", ("python-calamine",)),
    Format("xls", (".xls", ".et"), (OLE,), "sheet", ("python-calamine",)),
    Format("doc", (".doc", ".wps", ".rtf"), (OLE, b"{\\rtf"), "doc", ("python-docx", "lxml")),
)
"""All formats. What a file is, its content says; its ending only where texts look alike."""

BY_KIND = {entry.kind: entry for entry in FORMATS}
SUFFIXES = tuple(suffix for entry in FORMATS for suffix in entry.suffixes)
"""Endings of files that hold documents."""
PACKAGES = tuple(sorted({name for entry in FORMATS for name in entry.packages}))
"""What is read depends on the versions of these."""

# <!DOCTYPE html, <html, <div class=…, <table …>: a page, however it is called
_HTML = expression(rb"<(?:!doctype\s+html|html|head|body|div|table|p|span)[\s>]", re.I)
# From: <Saved by Blink>, MIME-Version: 1.0: a page with its pictures in one file
_MHT = expression(rb"(?:from|mime-version|content-type|snapshot-content-location|subject):\s", re.I)

# How an Office file under a password names the part that holds it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(data: bytes, name: str) -> str:
    """Return what a file is, by its first bytes and, for texts, its ending.

    Raises `InputError` for an archive or a broken file that is none of them.
    """
    suffix = Path(name).suffix.lower()
    head = data[:2048].lstrip()
    named = next((entry for entry in FORMATS if suffix in entry.suffixes), BY_KIND["text"])
    if data.startswith(ZIP):
        return archive.kind_of(data, name)
    if data.startswith(OLE) and _ENCRYPTED in data:
        raise refusal("file.password", name)
    begun = [entry.kind for entry in FORMATS if entry.begins and data.startswith(entry.begins)]
    if begun:
        return named.kind if named.kind in begun else begun[-1]
    if named.kind == "html" or (named.kind != "markdown" and _HTML.match(head)):
        return "html"
    if named.kind == "mht" and not _MHT.match(head):
        raise _broken(name, suffix)
    if named.begins:
        raise _broken(name, suffix)
    return named.kind


def _broken(name: str, suffix: str) -> InputError:
    return refusal("file.unlike", name, suffix=suffix)
