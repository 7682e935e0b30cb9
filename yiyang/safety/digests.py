"""Name contents by SHA-256: bytes, parts in their order, plain values, the files of a folder."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def of_bytes(data: bytes) -> str:
    """Digest the bytes of a file, as `sha256sum` does and a catalogue says."""
    return hashlib.sha256(data).hexdigest()


def of_file(path: Path) -> str:
    """Digest a file piece by piece, however large it is; the same as `of_bytes` of its bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_script(text: str) -> str:
    """Digest a script as a page's policy names it (`sha256-…`, in base 64)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def of(parts: Iterable[str | bytes]) -> str:
    """Digest texts in their order; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()


def of_values(*values: Any) -> str:
    """Digest plain values (texts, numbers, lists, dictionaries), in sixteen digits."""
    return of([json.dumps(values, ensure_ascii=False, default=str)])[:16]


def of_files(
    folder: Path,
    leave_out: Callable[[Path], bool] = lambda _: False,
    read: Callable[[Path], str | bytes] = Path.read_bytes,
) -> str:
    """Digest the files of a folder, names and contents; hidden ones are left out."""
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not leave_out(path)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return of(part for p in paths for part in (p.relative_to(folder).as_posix(), read(p)))
