"""Kill `yiyang reuse` at random moments, and look what is left and what comes of it.

    python robustness/kills_reuse.py [KILLS]

Two stores of made-up documents take turns in one folder. Each run is killed (SIGKILL) after a
random time. `OUT/reuse` must be that of the one or the other, whole or not there, and the run that
goes on must come to the tables of one that was never killed.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import kills
import pandas as pd
from kills_scale import here
from reuse import write_store
from synthetic import copies

from yiyang.core import store_parts
from yiyang.safety import digests
from yiyang.scale import reuse

DOCUMENTS = 150


def tables(out: Path) -> str:
    """Return the digest of all tables of `OUT/reuse`; empty where there is none. Raises where one
    is not as `reuse.json` says."""
    said = reuse.account(out)
    if said is None:
        assert not (out / reuse.FOLDER).exists()
        return ""
    assert store_parts.is_whole(out / reuse.FOLDER, said["parts"])
    paths = [out / reuse.FOLDER / f"{name}.parquet" for name in reuse.TABLES]
    return digests.of([pd.read_parquet(path).to_csv() for path in paths])


def put(store: Path, out: Path) -> None:
    """Put the tables of a store into the folder, as a run of `yiyang run` does."""
    for name in ("batches", "tables"):
        shutil.rmtree(out / name, ignore_errors=True)
        shutil.copytree(store / name, out / name)
    shutil.copyfile(store / store_parts.MANIFEST, out / store_parts.MANIFEST)


def run(number: int, seed: int = 0) -> dict[str, Any]:
    """Kill so many runs; what was left of them, and what was damaged."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    damaged: list[str] = []
    with tempfile.TemporaryDirectory(prefix="yiyang-kills-") as name:
        out, known, took = Path(name, "out"), {}, 0.0
        out.mkdir()
        stores = {version: Path(name, version) for version in kills.VERSIONS}
        for seed_of, (version, store) in enumerate(stores.items()):
            made = copies.documents(DOCUMENTS, seed_of, (8, 16), provinces=2, days=700)
            write_store(made, store)
            put(store, out)
            begun = time.monotonic()
            reuse.run(out, here)
            took = time.monotonic() - begun
            known[version] = tables(out)
        assert len({*known.values()}) == len(kills.VERSIONS)
        for nth in range(number):
            version = kills.VERSIONS[nth % 2]
            put(stores[version], out)
            if chance.random() < 0.5:
                shutil.rmtree(out / reuse.FOLDER, ignore_errors=True)
            pid = kills.child(lambda: reuse.run(out, here))
            kills.end(pid, chance.uniform(0, 1.2 * took))
            try:
                left = tables(out)
                kind = {known[version]: "the new", "": "none"}.get(left, "the old")
                counts[kind] += 1
                if left and left not in known.values():
                    damaged.append(f"{version}: neither the old nor the new")
                reuse.run(out, here)
                if tables(out) != known[version]:
                    damaged.append(f"{version}, gone on")
            except (OSError, ValueError, AssertionError) as error:
                damaged.append(f"{version}: {error!r}")
    return {"kills": number, "damaged": damaged, "found": dict(sorted(counts.items()))}


if __name__ == "__main__":
    kills.main(run, 20)
