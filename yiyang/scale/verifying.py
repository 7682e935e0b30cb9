"""Hold a whole store to what it says of itself, to the byte: tables, summaries, batches, model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yiyang.core import parquet_store, store_parts
from yiyang.safety.errors import InputError, refusal
from yiyang.scale import batches, laying_out, theme_batches


def faults(out: Path) -> Iterator[InputError]:
    """Find all that is missing, changed, surplus or broken in a store, each as the `InputError`
    that names the file."""
    if not parquet_store.is_store(out):
        yield refusal("store.none", out)
        return
    for check in (_parts, _places, _codebook, _model, _batches):
        try:
            yield from check(out)
        except InputError as error:
            yield error


def _parts(out: Path) -> Iterator[InputError]:
    return store_parts.faults(out, hashes=True)


def _places(out: Path) -> Iterator[InputError]:
    laying_out.laid_out(out)
    parquet_store.documents_of(out)
    yield from ()


def _codebook(out: Path) -> Iterator[InputError]:
    parquet_store.codebook_of(out)
    yield from ()


def _model(out: Path) -> Iterator[InputError]:
    about = out / "model.json"
    said: dict[str, Any] = store_parts.read_json(about, theme_batches.ABOUT | {"sha256": str})
    if not theme_batches.is_kept(out / theme_batches.MODEL, said):
        yield refusal("store.changed", out / theme_batches.MODEL, what="another model")


def _batches(out: Path) -> Iterator[InputError]:
    for batch in sorted((out / "batches").iterdir()):
        try:
            yield from _batch(batch)
        except InputError as error:
            yield error


def _batch(batch: Path) -> Iterator[InputError]:
    if batch.is_symlink() or not batch.is_dir():
        raise refusal("store.link", batch)
    parts: dict[str, store_parts.StoredPart] = {}
    about = ((batches.MANIFEST, batches.SHAPE), (theme_batches.SCORED, {"rule": str}))
    for name, shape in about:
        said = store_parts.read_json(batch / name, {**shape, "parts": {...: store_parts.PART}})
        parts |= said["parts"]
    lying = {name for name in os.listdir(batch) if not name.startswith(".")}
    for name in sorted(lying.difference(parts, (batches.MANIFEST, theme_batches.SCORED))):
        yield refusal("store.surplus", batch / name)
    for name in sorted({*batches.PARTS, *theme_batches.SCORES}.difference(parts)):
        yield refusal("store.missing", batch / name)
    for name in sorted(lying.intersection(parts)):
        if fault := store_parts.fault_of(batch / name, parts[name], hashes=True):
            yield fault
    for name in sorted(set(parts) - lying):
        yield refusal("store.missing", batch / name)
