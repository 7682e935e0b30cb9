"""Office files are archives: what is in one, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from yiyang import limits
from yiyang.errors import InputError

PIECE = 65_536
"""Bytes of a part that are looked through at a time."""
_XML = (".xml", ".rels")


def kind_of(data: bytes, name: str) -> str:
    """`docx`, `xlsx` or `ods`; `InputError` for a damaged, an oversized or another archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _hold_sizes(entries, len(data))
            kind = _kind({entry.filename for entry in entries})
            if not kind:
                raise _refusal("an archive that is no Word or Excel file", ".docx, .xlsx or .ods")
            n_elements = 0
            for entry in entries:
                if entry.filename.endswith(_XML):
                    n_elements += _look_through(archive, entry)
                    if kind == "docx":  # the others have cells, which are counted as such
                        limits.hold("elements", n_elements, "XML elements")
    except InputError as error:
        raise error.at(name) from error
    except Exception as error:  # zipfile and zlib raise many kinds on damaged files
        raise _refusal(f"a damaged archive ({error})", "a whole .docx or .xlsx").at(name) from error
    return kind


def has_macros(data: bytes) -> bool:
    """Whether an Office archive carries programs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())


def _hold_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    expanded = sum(entry.file_size for entry in entries)
    limits.hold("archive_entries", len(entries), "parts in an archive")
    limits.hold("archive_bytes", expanded, "bytes that an archive unpacks to")
    if expanded > 1_000_000:
        limits.hold("archive_ratio", expanded // packed, "times its size when unpacked")


def _kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "docx"
    if any(n.startswith("xl/workbook.") for n in names):
        return "xlsx"
    return "ods" if "content.xml" in names else ""


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many elements a part has. `InputError` for one that declares a document type.

    Office writes none; with one come entities, which may grow without end or name other files.
    """
    parser = expat.ParserCreate()
    is_body = False

    def refuse(*_: object) -> None:
        raise _refusal(f"a DOCTYPE in {entry.filename!r}", "XML without a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = _stop
    count = read = 0
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            read += len(piece)
            limits.hold("archive_bytes", read, f"bytes and more in {entry.filename!r}")
            count += piece.count(b"<") - piece.count(b"</")
            if not is_body:
                try:
                    parser.Parse(piece)
                # The body has begun; or a damaged part, or one in an encoding of its own.
                except (StopIteration, expat.ExpatError):
                    is_body = True
    return count


def _stop(*_: object) -> None:
    """End the parsing where the body begins: a document type could only stand before it."""
    raise StopIteration


def _refusal(found: str, expected: str) -> InputError:
    remedy = "open it in its program and save it anew"
    return InputError("an archive", found=found, expected=expected, remedy=remedy)
