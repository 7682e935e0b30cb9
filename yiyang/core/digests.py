"""Name contents by SHA-256: bytes, parts in their order, plain values, the files of a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def of_bytes(data: bytes) -> str:
    """Digest the bytes of a file, as `sha256sum` does and a catalogue says."""
    return hashlib.sha256(data).hexdigest()


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
