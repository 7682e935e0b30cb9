"""Make a codebook of the clusters of a corpus, for lists that no codebook speaks of.

A cluster becomes a theme: its distinctive terms are its seeds and, the first of them, its name. No
reader has judged it. The files are those of any codebook: a reader may edit names and terms.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from yiyang.core.messages import label
from yiyang.safety import atomic_write, digests
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import csv_text
from yiyang.safety.telling import tell
from yiyang.themes import codebooks, profiles
from yiyang.themes.clustering import clusters
from yiyang.themes.vectors import vectorize

NAMED = 3
"""Terms that name a cluster."""
WRITTEN = ".written"
"""The file beside them with the digest of what was written."""
REASON = tell("themes.made_seed")
_DEFINITION = tell("themes.made_definition")


def is_edited(folder: Path) -> bool:
    """Tell whether a person changed what `write` put into `folder`, or put files there."""
    paths = [folder / name for name in (codebooks.THEMES, codebooks.SEEDS)]
    if not any(path.exists() for path in paths):
        return False
    written = folder / WRITTEN
    return not written.is_file() or written.read_text(encoding="utf-8") != _digest(paths)


def _digest(paths: list[Path]) -> str:
    return digests.of([path.read_bytes().hex() if path.is_file() else "" for path in paths])


def write(tasks: pd.DataFrame, folder: Path) -> int:
    """Write `themes.csv` and `theme_seeds.csv` into `folder`; return how many themes there are.

    Tasks too few for clusters, or without a term in common, make one theme of all. A folder that
    `is_edited` is refused: what a person wrote is never overwritten.
    """
    if is_edited(folder):
        raise refusal("codebook.clusters_edited", folder, folder=folder)
    terms = _terms(tasks)
    themes = pd.DataFrame(
        [
            (
                f"cluster-{n:02d}",
                "、".join(own[:NAMED]),
                f"Cluster {n} ({', '.join(own[:NAMED])})",
                _DEFINITION,
            )
            for n, own in terms.items()
        ],
        columns=["theme_id", "name_zh", "name_en", "definition"],
    )
    seeds = pd.DataFrame(
        [
            (f"cluster-{n:02d}", term, weight, REASON)
            for n, own in terms.items()
            for weight, term in zip(range(len(own), 0, -1), own, strict=True)
        ],
        columns=codebooks.SEED_COLUMNS,
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in ((codebooks.THEMES, themes), (codebooks.SEEDS, seeds)):
        with atomic_write.file(folder / name) as fresh:
            fresh.write_text(csv_text(frame), encoding="utf-8", newline="")
    with atomic_write.file(folder / WRITTEN) as fresh:
        fresh.write_text(
            _digest([folder / codebooks.THEMES, folder / codebooks.SEEDS]), encoding="utf-8"
        )
    return len(themes)


def _terms(tasks: pd.DataFrame) -> dict[int, list[str]]:
    """The seeds of each cluster, the most distinctive first; a term is a seed of one cluster."""
    vectors = vectorize(tasks)
    labels = clusters(tasks).labels
    found = profiles.top_terms(vectors, labels) or profiles.top_terms(vectors, labels * 0 + 1)
    taken: set[str] = set()
    kept: dict[int, list[str]] = {}
    for n, terms in found.items():
        own = [term for term in terms if term.isalnum() and term not in taken]
        if own:
            kept[n] = own
            taken |= set(own)
    return kept or {1: [label("use.tasks", "zh")]}
