"""Themes of a corpus that is too large to be scored at once: one model, then batch by batch."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang import store, themes, writing
from yiyang.scale import batches, summary
from yiyang.themes import curated

SAMPLE = 20_000
"""Tasks from which the model is made, in whole documents; a smaller corpus is its own sample."""
SCORED = "scored.json"
MODEL = "model.npz"


def model(out: Path, held: dict[str, dict[str, Any]], refit: bool) -> str:
    """The digest of the model of themes that the corpus is scored by, kept in `out/model.npz`.

    It stays as it is when documents are added: their themes can be compared with those before.
    Made anew with `refit`, and when the library or the codebook has changed.
    """
    about, path = out / "model.json", out / MODEL
    made_by = batches.digest(batches.library(), curated.seeds().to_dict("records"))
    if about.is_file() and path.is_file() and not refit:
        known = json.loads(about.read_text(encoding="utf-8"))
        if known["made_by"] == made_by:
            return str(known["digest"])
    sample = _sample(out, held)
    fitted = themes.fit(sample)
    about.unlink(missing_ok=True)  # so that it never speaks of another model
    themes.save(fitted, path)
    said = {"digest": fitted.digest, "made_by": made_by, "tasks": len(sample)}
    batches.write_json(said, about)
    return fitted.digest


def _sample(out: Path, held: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Tasks of whole documents, in the order of their names: chosen by the digests of these, so
    that neither the order of the batches nor their size matters."""
    where = {
        d["document_id"]: (name, d["n_tasks"]) for name, m in held.items() for d in m["documents"]
    }
    chosen: dict[str, list[str]] = {}
    n_tasks = 0
    for document in sorted(where, key=lambda name: hashlib.sha256(name.encode()).digest()):
        if n_tasks >= SAMPLE:
            break
        batch, own = where[document]
        chosen.setdefault(batch, []).append(document)
        n_tasks += own
    columns = ["task_id", "document_id", "seq", "text"]
    frames = []
    for batch, names in chosen.items():
        frame = store.read("tasks", out / "batches" / batch / "tasks.parquet", columns)
        frames.append(frame[frame["document_id"].isin(names)])
    tasks = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    return tasks.sort_values(["document_id", "seq"], ignore_index=True)


def model_of(batch: Path) -> str:
    """The digest of the model by which a batch was scored; empty where it was not."""
    path = batch / SCORED
    return str(json.loads(path.read_text(encoding="utf-8"))["model"]) if path.is_file() else ""


def score(item: tuple[Path, str]) -> None:
    """Write the table `task_themes` of a batch, and its summaries."""
    batch, digest = item
    clock = batches.Clock()
    (batch / SCORED).unlink(missing_ok=True)
    frames = {
        name: store.read(name, batch / f"{name}.parquet")
        for name in ("documents", "tasks", "assignments", "deadlines")
    }
    tasks = frames["tasks"]
    scored = themes.assign(tasks, model=_model(batch.parents[1] / MODEL, digest))
    placed = scored.assign(**{c: tasks[c] for c in store.WHERE})
    store.write("task_themes", placed, batch / "task_themes.parquet")
    frames["task_themes"] = scored
    for name, counts in summary.count(frames).items():
        with writing.file(batch / f"summary-{name}.parquet") as fresh:
            counts.to_parquet(fresh, index=False)
    clock.lap("themes")
    batches.write_json({"model": digest, **clock.said()}, batch / SCORED)


@lru_cache(maxsize=1)
def _model(path: Path, digest: str) -> themes.Model:
    """The model of a corpus, read once by each process."""
    return themes.load(path)
