"""Score the themes of a corpus too large to be scored at once: one model, then batch by batch."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from yiyang import themes
from yiyang.core import parquet_store, store_parts
from yiyang.safety import atomic_write, digests
from yiyang.scale import batches, summary
from yiyang.themes import codebooks, field

SAMPLE = 20_000
"""Tasks from which the model is made, in whole documents; a smaller corpus is its own sample."""
SCORED = "scored.json"
MODEL = "model.npz"
ABOUT = {"digest": str, "made_by": str, "tasks": int}
"""What `model.json` says, and the hash of the model; those of older versions have none."""


def keep_codebook(out: Path) -> Path:
    """Return the copy of the codebook in force that lies among the tables, where all workers see
    it; its folder is named by its contents. Raises `InputError` for a codebook that is not
    right."""
    codebooks.seeds()
    codebooks.field_words()
    names = [name for name in codebooks.FILES if (codebooks.folder() / name).is_file()]
    files = {name: (codebooks.folder() / name).read_bytes() for name in names}
    place = out / parquet_store.CODEBOOK / parquet_store.codebook_digest(files)
    lying = {p.name: p.read_bytes() for p in place.glob("*") if p.is_file()}
    if lying != files:
        with atomic_write.folder(place) as fresh:
            for name, data in files.items():
                (fresh / name).write_bytes(data)
    return place


def model(out: Path, held: dict[str, dict[str, Any]], refit: bool) -> str:
    """Return the digest of the model of themes that the corpus is scored by, kept in
    `out/model.npz`.

    It stays as it is when documents are added: their themes can be compared with those before.
    Made anew with `refit`, where it was made of no task and there are some now, and when the
    library or the themes or seeds of the codebook in force have changed.
    """
    about, path = out / "model.json", out / MODEL
    named, seeds = (
        themes.codebook()["theme_id"].tolist(),
        codebooks.seeds().to_dict("records"),
    )
    made_by = digests.of_values(batches.library(), named, seeds)
    if about.is_file() and not refit:
        said = store_parts.read_json(about, ABOUT)
        has_tasks = any(d["n_tasks"] for m in held.values() for d in m["documents"])
        is_of_nothing = not said["tasks"] and has_tasks
        if said["made_by"] == made_by and not is_of_nothing and is_kept(path, said):
            return str(said["digest"])
    sample = _sample(out, held)
    fitted = themes.fit(sample)
    about.unlink(missing_ok=True)  # so that it never speaks of another model
    themes.save(fitted, path)
    batches.write_json(
        {
            "digest": fitted.digest,
            "made_by": made_by,
            "tasks": len(sample),
            "sha256": store_parts.describe(path)["sha256"],
        },
        about,
    )
    return fitted.digest


def lost(out: Path) -> list[str]:
    """Name the model where it is not the one that `model.json` speaks of: it is made again."""
    about = out / "model.json"
    if not os.path.lexists(about):
        return []
    said = store_parts.read_json(about, ABOUT)
    return [] if "sha256" not in said or is_kept(out / MODEL, said) else [MODEL]


def is_kept(path: Path, said: dict[str, Any]) -> bool:
    """Tell whether a model is the one that `model.json` speaks of."""
    return path.is_file() and store_parts.describe(path)["sha256"] == said.get("sha256")


def _sample(out: Path, held: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Tasks of whole documents, in the order of their names: chosen by the digests of these, so
    that neither the order of the batches nor their size matters."""
    where = {
        d["document_id"]: (name, d["n_tasks"]) for name, m in held.items() for d in m["documents"]
    }
    chosen: dict[str, list[str]] = {}
    n_tasks = 0
    for document in sorted(where, key=lambda name: digests.of_bytes(name.encode())):
        if n_tasks >= SAMPLE:
            break
        batch, own = where[document]
        chosen.setdefault(batch, []).append(document)
        n_tasks += own
    columns = ["task_id", "document_id", "seq", "text"]
    frames = []
    for batch, names in chosen.items():
        frame = parquet_store.read_table(
            "tasks", out / "batches" / batch / "tasks.parquet", columns
        )
        frames.append(frame[frame["document_id"].isin(names)])
    tasks = pd.concat(frames) if frames else pd.DataFrame(columns=columns)
    return tasks.sort_values(["document_id", "seq"], ignore_index=True)


SCORES = ("task_themes.parquet", *(f"summary-{name}.parquet" for name in parquet_store.SUMMARIES))
"""The files that scoring writes into a batch."""


class ScoringRule(NamedTuple):
    """What the tasks of a corpus are scored by: the digest of its model, its codebook, and the
    version of the library."""

    model: str
    codebook: Path
    library: str

    @property
    def digest(self) -> str:
        """Return sixteen digits that stand for the rule."""
        return digests.of_values(self.model, self.codebook.name, self.library)


def rule_of(batch: Path) -> str:
    """Return the digest of the rule by which a batch was scored; empty where it was not, or where
    what was written then is not there any more."""
    path = batch / SCORED
    if not path.is_file():
        return ""
    said = store_parts.read_json(path, {"rule": str})
    return str(said["rule"]) if batches.is_whole(batch, said, SCORES) else ""


def score(item: tuple[Path, ScoringRule]) -> dict[str, Any]:
    """Write the table `task_themes` of a batch, and its summaries; return what that took."""
    batch, rule = item
    clock = batches.Clock()
    batches.refuse_another(batches.library(), rule.library)
    with atomic_write.said(batch):
        (batch / SCORED).unlink(missing_ok=True)
    frames = {
        name: parquet_store.read_table(name, batch / f"{name}.parquet")
        for name in ("documents", "tasks", "assignments", "deadlines")
    }
    tasks = frames["tasks"]
    with codebooks.use(rule.codebook):
        model = _model(batch.parents[1] / MODEL, rule.model)
        titles = frames["documents"].set_index("document_id")["title"].dropna().to_dict()
        scored = themes.assign(tasks, model=model, judged=field.judge(tasks, titles))
    placed = scored.assign(**{c: tasks[c] for c in parquet_store.WHERE})
    parquet_store.write("task_themes", placed, batch / "task_themes.parquet")
    frames["task_themes"] = scored
    for name, counts in summary.count(frames).items():
        with atomic_write.file(batch / f"summary-{name}.parquet") as fresh:
            counts.to_parquet(fresh, index=False)
    clock.lap("themes")
    parts = {name: store_parts.describe(batch / name) for name in SCORES}
    batches.write_json({"rule": rule.digest, "parts": parts}, batch / SCORED)
    return clock.said()


@lru_cache(maxsize=1)
def _model(path: Path, digest: str) -> themes.Model:
    """The model of a corpus, read once by each process."""
    return themes.load(path)
