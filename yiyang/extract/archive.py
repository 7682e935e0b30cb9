"""Office files are archives: what is in one, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile

from yiyang.errors import InputError

MAX_ENTRIES = 10_000
MAX_EXPANDED = 500_000_000
"""Bytes that an archive may unpack to."""
MAX_RATIO = 200
"""Times that an archive of more than a megabyte unpacked may be larger than it is packed."""


def kind_of(data: bytes, name: str) -> str:
    """`docx`, `xlsx` or `ods`; `InputError` for a damaged, an oversized or another archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _refusal(name, f"a damaged archive ({error})", "a whole .docx or .xlsx") from error
    expanded = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise _refusal(name, f"an archive of {len(entries)} parts", f"at most {MAX_ENTRIES} parts")
    if expanded > MAX_EXPANDED or (expanded > 1_000_000 and expanded > MAX_RATIO * len(data)):
        raise _refusal(
            name,
            f"an archive of {len(data)} bytes that unpacks to {expanded}",
            f"at most {MAX_EXPANDED} bytes and {MAX_RATIO} times its size",
        )
    names = {entry.filename for entry in entries}
    if "word/document.xml" in names:
        return "docx"
    if any(n.startswith("xl/workbook.") for n in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise _refusal(name, "an archive that is no Word or Excel file", ".docx, .xlsx or .ods")


def _refusal(name: str, found: str, expected: str) -> InputError:
    return InputError(
        name, found=found, expected=expected, remedy="open it in its program and save it anew"
    )
