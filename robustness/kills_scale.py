"""Kill `yiyang run` while it lays out its tables, and look what is left and what comes of it.

    python robustness/kills_scale.py [KILLS]

Children of this process run in turn over two versions of a made-up corpus into one folder. Each is
killed (SIGKILL) at a random moment while it writes the tables. Every file of these must be whole,
and the run that goes on must come to the tables of one that was never killed.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import kills
import pandas as pd

from yiyang import scale
from yiyang.core import parquet_store
from yiyang.safety import digests

sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
import corpus

DOCUMENTS = 12


def here(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Do everything in this process: an engine."""
    for item in items:
        yield item, function(item)


def rows(out: Path) -> dict[str, str]:
    """Return the digest of each table, whatever the order of its rows."""
    found = {}
    for name in parquet_store.BULK_TABLES:
        paths = sorted((out / "tables" / name).rglob(parquet_store.PART))
        lines = [pd.read_parquet(path).to_csv(index=False).splitlines() for path in paths]
        found[name] = digests.of(sorted(chain.from_iterable(lines)))
    return found


def lay_out(folder: Path, out: Path, begun: int) -> None:
    """Run, and say when the themes are done: the tables are laid out next."""

    def tell(step: str, done: int, of: int) -> None:
        if step == "themes" and done == of:
            os.write(begun, b".")

    scale.run(folder, out, here, refit=True, tell=tell)


def versions(folder: Path) -> dict[str, Path]:
    """Write two folders of documents, which differ in the words of one."""
    found = {version: folder / version for version in kills.VERSIONS}
    for place in found.values():
        corpus.write(DOCUMENTS, place)
    changed = sorted(found[kills.VERSIONS[1]].rglob("*.html"))[0]
    changed.write_bytes(changed.read_bytes().replace("养老".encode(), "托老".encode()))
    return found


def run(number: int, seed: int = 0) -> dict[str, Any]:
    """Kill so many runs; how far they were, and what was damaged."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    damaged: list[str] = []
    with tempfile.TemporaryDirectory(prefix="yiyang-kills-") as name:
        folders, out = versions(Path(name)), Path(name, "out")
        known = {}
        for version, folder in folders.items():
            said = scale.run(folder, out, here, refit=True)
            known[version] = rows(out)
        assert known[kills.VERSIONS[0]] != known[kills.VERSIONS[1]]
        for nth in range(number):
            version = kills.VERSIONS[nth % 2]
            ready, begun = os.pipe()
            pid = kills.child(lambda: lay_out(folders[version], out, begun))  # noqa: B023
            os.close(begun)
            os.read(ready, 1)
            os.close(ready)
            kills.end(pid, chance.uniform(0, said["seconds"]["tables"]))
            laid = json.loads((out / "tables" / ".laid_out.json").read_text(encoding="utf-8"))
            counts["before or after" if laid else "in the middle"] += 1
            try:
                rows(out)
            except (OSError, ValueError) as error:
                damaged.append(f"{version}: {error}")
            scale.run(folders[version], out, here, refit=True)
            if rows(out) != known[version]:
                damaged.append(f"{version}, gone on")
    return {"kills": number, "damaged": damaged, "found": dict(sorted(counts.items()))}


if __name__ == "__main__":
    kills.main(run, 50)
