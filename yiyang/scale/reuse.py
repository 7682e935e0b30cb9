"""Find what the documents of a store share word for word, and who wrote it first.

    tasks -> letters and fingerprints, part by part          `reuse_reading.read_part`
          -> runs that meet, bucket by bucket                `reuse_joining.meet_bucket`
          -> passages, letter by letter, share by share      `reuse_joining.extend_share`
          -> tables, paths between levels, network           `reuse_tables`, `compare.diffusion`

`OUT/reuse` takes the place of an earlier one when all of it is there; `reuse.json` says what it
was made of, and nothing is made again where that has not changed. A run that was ended goes on
where it was. The tables of the store itself are only read.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from yiyang.compare import diffusion
from yiyang.core import parquet_store, store_parts
from yiyang.safety import atomic_write, digests
from yiyang.safety.errors import refusal
from yiyang.scale import batches, pipeline, reuse_joining, reuse_reading, reuse_tables
from yiyang.scale.engines import Engine
from yiyang.scale.pipeline import Tell

FOLDER = "reuse"
WORK = "reuse-work"
SAID = "reuse.json"
NETWORK = "network.gexf"
TABLES = (
    *("passages", "passage_places", "reuse_pairs", "widespread"),
    *("reuse_paths", "reuse_links", "first_users"),
)
SHAPE = {"stamp": str, "store": str, "counts": {...: int}, "parts": {...: store_parts.PART}}
SHARE, FEWEST, MOST = 0.05, 10, 100
"""What more documents hold than a twentieth of all is everybody's; this number of documents is at
least the one and at most the other."""


def run(
    out: Path, engine: Engine, *, spread: int = 0, tell: Tell = pipeline.silent
) -> dict[str, Any]:
    """Make `OUT/reuse` of a store; return what `reuse.json` says.

    `spread` is the number of documents from which on a passage is set aside (0: by the size of the
    store). Raises `InputError` for a folder that is no store, or of which a part is missing or
    changed.
    """
    out = out.resolve()
    if not parquet_store.is_store(out):
        raise refusal("store.none", out)
    if find_spec("pyarrow") is None:
        raise refusal("run.no_parquet", "yiyang reuse")
    with atomic_write.lock(out):
        return _run(out, engine, spread, tell)


def _run(out: Path, engine: Engine, spread: int, tell: Tell) -> dict[str, Any]:
    seconds: dict[str, float] = {}
    work = out / WORK
    parts = reuse_reading.plan(out, work)
    store = of_store(out)
    stamp = digests.of_values(store, batches.library(), spread)
    if (said := _kept(out, stamp)) is not None:
        return said | {"is_kept": True}
    listed = reuse_tables.documents(out)
    spread = spread or min(max(int(SHARE * len(listed)), FEWEST), MOST)
    took: list[Any] = []
    with pipeline.timed(seconds, "read"):
        todo = [part for part in parts if not part.folder.is_dir()]
        took += pipeline.all_done(engine, reuse_reading.read_part, todo, tell, "read")
        if todo:
            reuse_reading.settle(parts, work)
    join = _join(work, parts, listed, spread, stamp)
    for step, path, function, n in (
        ("meet", reuse_joining.bucket_path, reuse_joining.meet_bucket, join.n_buckets),
        ("extend", reuse_joining.share_path, reuse_joining.extend_share, join.n_shares),
    ):
        with pipeline.timed(seconds, step):
            items = [(join, k) for k in range(n) if not path(join, k).is_file()]
            took += pipeline.all_done(engine, function, items, tell, step)
    with pipeline.timed(seconds, "tables"):
        frames = tables(join, listed)
    counts = _counts(frames, listed)
    about = {
        "stamp": stamp,
        "store": store,
        "counts": counts | {"spread": spread},
        "parts_read": len(todo),
    }
    with pipeline.timed(seconds, "write"):
        said = _write(out, frames, about, seconds, took)
    atomic_write.take_away(work / "join")
    return said | {"is_kept": False}


def of_store(out: Path) -> str:
    """Return what stands for the tasks and documents of a store as they are now."""
    listed = store_parts.known(out)["parts"]
    tops = ("tables/tasks/", "tables/documents/", "tables/jurisdictions.")
    return digests.of_values({n: p["sha256"] for n, p in listed.items() if n.startswith(tops)})


def _kept(out: Path, stamp: str) -> dict[str, Any] | None:
    """What `reuse.json` says, where it is of this stamp and all it lists is there, to the byte."""
    path = out / FOLDER / SAID
    if not path.is_file():
        return None
    said: dict[str, Any] = store_parts.read_json(path, SHAPE)
    is_same = said["stamp"] == stamp and store_parts.is_whole(out / FOLDER, said["parts"])
    return said if is_same else None


def _join(
    work: Path, parts: list[reuse_reading.StorePart], listed: pd.DataFrame, spread: int, stamp: str
) -> reuse_joining.Join:
    """The join of this stamp, begun or gone on with; those of others go."""
    folder = work / "join" / stamp
    for path in (work / "join").glob("*"):
        if path != folder:
            atomic_write.take_away(path)
    rank = {name: number for number, name in enumerate(listed["document_id"])}
    return reuse_joining.begin(folder, reuse_reading.pieces(parts), rank, spread)


def tables(join: reuse_joining.Join, listed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Make all tables of a join that is done."""
    found = reuse_tables.found(join)
    stood = reuse_tables.places(join, found, listed)
    frames = {
        "passages": reuse_tables.passages(stood),
        "passage_places": stood,
        "reuse_pairs": reuse_tables.pairs(found, listed),
        "widespread": reuse_tables.widespread(join, found, listed),
    }
    dates = diffusion.chance(listed)
    pairs = frames["reuse_pairs"]
    frames["reuse_paths"] = diffusion.paths(pairs, listed, dates)
    frames["reuse_links"] = diffusion.links(pairs, listed, dates)
    frames["first_users"] = diffusion.first_users(stood, listed, dates)
    return frames


def _counts(frames: Mapping[str, pd.DataFrame], listed: pd.DataFrame) -> dict[str, int]:
    """What the page on a store says of what it shares."""
    order = frames["reuse_pairs"]["order"].value_counts()
    sharing = frames["passage_places"]["document_id"].nunique()
    return {
        "documents": len(listed),
        "documents_undated": int(listed["date_issued"].isna().sum()),
        "documents_sharing": int(sharing),
        **{name: len(frames[name]) for name in TABLES},
        **{f"pairs_{name}": int(order.get(name, 0)) for name in diffusion.ORDERS},
    }


def _write(
    out: Path,
    frames: Mapping[str, pd.DataFrame],
    about: dict[str, Any],
    seconds: dict[str, float],
    took: list[Any],
) -> dict[str, Any]:
    """Write tables, network and account: all of them or none."""
    places = parquet_store.read_table("jurisdictions", out / "tables" / "jurisdictions.parquet")
    graph = diffusion.network(frames["reuse_links"], places)
    with atomic_write.folder(out / FOLDER) as fresh:
        for name in TABLES:
            parquet_store.write_some(name, frames[name], fresh / f"{name}.parquet")
        nx.write_gexf(graph, fresh / NETWORK)
        names = (*(f"{name}.parquet" for name in TABLES), NETWORK)
        peak = max([batches.peak_bytes(), *(piece["peak_bytes"] for piece in took)])
        said = about | {
            "parts": {name: store_parts.describe(fresh / name) for name in names},
            "seconds": dict(seconds),
            "worker_seconds": round(sum(sum(p["seconds"].values()) for p in took), 1),
            "peak_bytes": peak,
        }
        batches.write_json(said, fresh / SAID)
    return said


def account(out: Path) -> dict[str, Any] | None:
    """Return what `reuse.json` of a store says; None where `yiyang reuse` has not made it."""
    path = out / FOLDER / SAID
    return store_parts.read_json(path, SHAPE) if path.is_file() else None


def read_table(out: Path, name: str) -> pd.DataFrame:
    """Return one of `TABLES` of a store; `InputError` where `yiyang reuse` has not made it."""
    path = out / FOLDER / f"{name}.parquet"
    if not path.is_file():
        raise refusal("reuse.none", out, command=f"yiyang reuse --corpus {out}")
    return parquet_store.read_table(name, path)
