"""The catalogue of raw documents and their text, byte for byte what the catalogue describes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang import tables
from yiyang.errors import InputError


def catalogue(folder: Path) -> pd.DataFrame:
    """One row is a raw document: the columns of the table `documents` but `n_tasks`.

    The date of a document that states none is empty, and `date_printed` says `not stated`.
    """
    return _read(folder / "catalogue.csv")


def jurisdictions(folder: Path) -> pd.DataFrame:
    """One row is a government (table `jurisdictions`); codes by GB/T 2260."""
    return tables.cast("jurisdictions", _read(folder / "jurisdictions.csv"))


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(
            str(path),
            found="no such file",
            expected="the list of the documents in this folder",
            remedy="restore it (git checkout -- data/raw) or name another folder",
        )
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def read_bytes(path: Path) -> bytes:
    """The bytes of a raw file; `InputError` where it is missing."""
    if not path.is_file():
        raise InputError(
            str(path),
            found="no such file",
            expected="a document of the catalogue",
            remedy="put the file back (git checkout -- data/raw) or take it out of catalogue.csv",
        )
    return path.read_bytes()


def decode(data: bytes, place: str) -> str:
    """The text of a raw file: strict UTF-8, Unix line ends; else an `InputError` with the line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"{place}, line {line}",
            found=f"bytes that are no UTF-8 (0x{data[error.start]:02x}){_guess(data)}",
            expected="a text in UTF-8",
            remedy=f"convert it, for example: iconv -f GB18030 -t UTF-8 {Path(place).name}",
        ) from error
    if "\r" in text:
        raise InputError(
            f"{place}, line {text[: text.index(chr(13))].count(chr(10)) + 1}",
            found="a Windows line end (CR LF)",
            expected="Unix line ends (LF), as the catalogue's SHA-256 was taken from",
            remedy=f"convert it, for example: sed -i 's/\\r$//' {Path(place).name}",
        )
    return text


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "; they can be read as GB18030"


def is_unchanged(data: bytes, document: Any) -> bool:
    """Whether the bytes are those of the catalogue."""
    return hashlib.sha256(data).hexdigest() == document.sha256


def changed(data: bytes, document: Any, place: str) -> InputError:
    """The error for a file whose bytes are not those of the catalogue."""
    difference = len(data) - int(document.n_bytes)
    size = (
        f"{abs(difference)} bytes {'more' if difference > 0 else 'fewer'}"
        if difference
        else ("the same number of bytes")
    )
    last = data.count(b"\n") + 1
    return InputError(
        place,
        found=f"SHA-256 {hashlib.sha256(data).hexdigest()[:12]}…, {size}, the last line is {last}",
        expected=f"SHA-256 {document.sha256[:12]}… ({document.n_bytes} bytes) of catalogue.csv",
        remedy="restore the file (git checkout -- data/raw) or, if the change is meant, record "
        "its new hash, size and reason in the catalogue",
    )
