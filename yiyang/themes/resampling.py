"""Measure how far each cluster holds when tasks are left out, and in another number of clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from yiyang.themes import clustering
from yiyang.themes.cluster_count import LEAST, NUMBERS, SHARE
from yiyang.themes.vectors import part_of, tokenize

RESAMPLES = 12


@clustering.one_thread
def stability(tasks: pd.DataFrame, *, k: int = clustering.K) -> pd.DataFrame:
    """Make a table: one row is a cluster: `cluster, resamples, numbers`.

    `resamples`: the likeness (Jaccard, 0 to 1) of the cluster to the nearest one of nine tenths of
    the tasks, mean of `RESAMPLES` draws with a fixed seed; `numbers`: of all tasks in the next
    smaller and greater number of clusters. Of fewer than `LEAST` tasks in a resample nothing is
    said.
    """
    size = round(SHARE * len(tasks))
    if size < LEAST:
        return pd.DataFrame(columns=["cluster", "resamples", "numbers"])
    k = min(k, size - 1)
    smaller, greater = [n for n in NUMBERS if n < k], [n for n in NUMBERS if k < n < size]
    tokens = tokenize(tasks["text"])
    points, order = clustering.describe(tokens), clustering.succession(tasks)
    trees = clustering.trees(points, order, np.arange(len(tasks)))
    together = clustering.agreement(trees, k)
    groups = clustering.cut(together, k)
    labels = clustering.numbered(groups, clustering.keeping(together, groups) >= clustering.BELONGS)
    others = [_cut(trees, number) for number in smaller[-1:] + greater[:1]]
    random = np.random.default_rng(0)
    drawn = [np.sort(random.choice(len(tasks), size, replace=False)) for _ in range(RESAMPLES)]
    again = []
    for rows in drawn:
        points = clustering.describe(part_of(tokens, rows))
        order = clustering.succession(tasks.iloc[rows])
        again.append(_cut(clustering.trees(points, order, np.arange(size)), k))
    table = [
        (
            cluster,
            _mean_likeness([(labels == cluster)[rows] for rows in drawn], again),
            _mean_likeness([labels == cluster] * len(others), others),
        )
        for cluster in range(1, labels.max() + 1)
    ]
    return pd.DataFrame(table, columns=["cluster", "resamples", "numbers"]).round(6)


def _cut(trees: list[np.ndarray], k: int) -> np.ndarray:
    return clustering.cut(clustering.agreement(trees, k), k)


def _mean_likeness(members: list[np.ndarray], partitions: list[np.ndarray]) -> float:
    """The mean over the partitions of the best Jaccard likeness of a set to one of the groups."""
    best = []
    for inside, groups in zip(members, partitions, strict=True):
        shared = np.bincount(groups[inside], minlength=groups.max() + 1)
        union = inside.sum() + np.bincount(groups) - shared
        best.append(float((shared[1:] / union[1:]).max()) if inside.any() else 0.0)
    return float(np.mean(best))
