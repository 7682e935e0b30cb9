"""Keep what themes and clusters learnt from a sample of tasks, for tasks to come.

A large corpus is scored part by part. What the parts have in common is learnt once, from a sample:
how rare the pieces of words are, where the tasks of each theme lie, and where the clusters do.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from yiyang.safety import atomic_write, digests
from yiyang.themes import clustering
from yiyang.themes.vectors import Tokens, tfidf


class Model(NamedTuple):
    """`pieces` (n_pieces,): characters and character pairs; `rarity` (n_pieces,): their weights.
    `themes` (n_pieces, n_themes): where the tasks of each theme lie. `directions` (n_pieces, 24)
    and `clusters` (n_clusters, 24): the latent space, and where the clusters lie in it."""

    pieces: np.ndarray
    rarity: np.ndarray
    themes: np.ndarray
    directions: np.ndarray
    clusters: np.ndarray

    @property
    def digest(self) -> str:
        """Return sixteen digits that stand for the model."""
        return digests.of(part.tobytes() for part in self)[:16]

    def describe(self, tokens: Tokens) -> sparse.csr_array:
        """Return (n_tasks, n_pieces): the tasks as `clustering.describe` has it, in the model's
        pieces."""
        counts, _ = clustering.count_pieces(tokens, self.pieces.tolist())
        return tfidf(counts, self.rarity)

    def clusters_of(self, tasks: pd.DataFrame, points: sparse.csr_array) -> np.ndarray:
        """Return (n_tasks,): the nearest cluster, 0 where none is near. A task takes on a part of
        its neighbours, so the documents of the tasks should be whole."""
        if not len(self.clusters):
            return np.zeros(len(tasks), dtype=int)
        order = clustering.succession(tasks)
        places = clustering.mixed_places(points, order, clustering.MIDDLE, self.directions)
        numbers, near = clustering.to_nearest(places, self.clusters)
        return np.where((near >= clustering.NEAR) & (np.diff(points.indptr) > 0), numbers, 0)


def save(model: Model, path: Path) -> None:
    """Write a model, whole or not at all."""
    with atomic_write.file(path) as fresh, fresh.open("wb") as file:
        np.savez(file, **model._asdict())


def load(path: Path) -> Model:
    """Load a model that was saved."""
    with np.load(path, allow_pickle=False) as kept:
        return Model(*(kept[name] for name in Model._fields))
