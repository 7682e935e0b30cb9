"""Read the tasks of a store once for what they share: letters, fingerprints, printed texts.

    OUT/reuse-work/parts/<key>/0000/letters.npy, at.npy, bounds.npy    the letters of the tasks
                                    hashes.npy, texts.npy, places.npy  their fingerprints
                                    tasks.parquet                      the tasks as printed

A part of the store (the tasks of a province and year) is read by one worker, some `ROWS` tasks at
a time, whole or not at all. Its key is its hash in the manifest of the store: a part that has not
changed is not read again, neither by a run that goes on nor by one over a store that has grown.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from yiyang.core import parquet_store, store_parts
from yiyang.matches import winnowing
from yiyang.safety import atomic_write, digests
from yiyang.scale import batches

ROWS = 20_000
"""Tasks that are folded together: some 2 million letters."""
COLUMNS = ("task_id", "document_id", "text_printed", "line_start", "line_end")
ARRAYS = ("letters", "at", "bounds", "hashes", "texts", "places")


class StorePart(NamedTuple):
    """A part of a store to read: the file, the folder that takes what it holds, and the version of
    the library."""

    path: Path
    folder: Path
    library: str


class ReadTasks(NamedTuple):
    """What was read of some tasks; the arrays stay on the disk until they are asked for."""

    folder: Path

    def array(self, name: str) -> np.ndarray:
        """Return one of `ARRAYS`, as it lies on the disk."""
        path = self.folder / f"{name}.npy"
        try:
            return np.load(path, mmap_mode="r", allow_pickle=False)
        except ValueError as error:
            raise store_parts.damaged(path, error) from error

    def tasks(self, columns: tuple[str, ...] = COLUMNS) -> Any:
        """Return columns of the tasks, as a table of Arrow."""
        return store_parts.read_table(self.folder / "tasks.parquet", list(columns))


def plan(out: Path, work: Path) -> list[StorePart]:
    """List the parts of the table `tasks` in the order of their names. Raises `InputError` for a
    store that is not whole."""
    store_parts.check(out)
    listed = store_parts.manifest(out)["parts"]
    made_by = batches.library()
    return [
        StorePart(out / name, work / "parts" / digests.of_values(part["sha256"], made_by), made_by)
        for name, part in sorted(listed.items())
        if name.startswith("tables/tasks/") and name.endswith(parquet_store.PART)
    ]


def settle(parts: list[StorePart], work: Path) -> None:
    """Bring what was read to the disk, and take away what ended runs left and what was read of
    parts that the store holds no more."""
    if hasattr(os, "sync"):
        os.sync()
    wanted = {part.folder.name for part in parts}
    for path in (work / "parts").iterdir() if parts else ():
        if path.name not in wanted:
            atomic_write.take_away(path)


def pieces(parts: list[StorePart]) -> list[ReadTasks]:
    """List what was read of some parts, in their order."""
    return [ReadTasks(path) for part in parts for path in sorted(part.folder.glob("[0-9]*"))]


def read_part(part: StorePart) -> dict[str, Any]:
    """Read a part of the store; return what that took."""
    clock = batches.Clock()
    batches.refuse_another(batches.library(), part.library)
    # Not brought to the disk file by file, which would take most of the time: see `settle`.
    fresh = part.folder.with_name(f".{part.folder.name}-yiyang-{uuid.uuid4().hex}")
    with atomic_write.said(part.folder):
        fresh.mkdir(parents=True)
        for number, table in enumerate(_portions(part.path)):
            _write(table, fresh / f"{number:04d}")
        fresh.rename(part.folder)
    clock.lap("read")
    return clock.said()


def _portions(path: Path) -> Iterator[Any]:
    import pyarrow as pa  # noqa: PLC0415

    file = store_parts.open_table(path)
    try:
        for batch in file.iter_batches(ROWS, columns=list(COLUMNS)):
            yield pa.Table.from_batches([batch])
    except (OSError, pa.ArrowException) as error:
        raise store_parts.damaged(path, error) from error


def _write(table: Any, folder: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    folder.mkdir()
    folded = winnowing.fold_texts(table["text_printed"].to_pylist())
    prints = winnowing.fingerprints(folded)
    letters, at = (_narrow(array) for array in (folded.letters, folded.at))
    made = (letters, at, folded.bounds, prints.hashes, prints.texts, prints.places)
    for name, array in zip(ARRAYS, made, strict=True):
        np.save(folder / f"{name}.npy", array)
    pq.write_table(table, folder / "tasks.parquet", compression="zstd")


def _narrow(array: np.ndarray) -> np.ndarray:
    """In two bytes a number where that holds them all: so it does but for rare characters."""
    return array.astype(np.uint16) if array.max(initial=0) < 1 << 16 else array
