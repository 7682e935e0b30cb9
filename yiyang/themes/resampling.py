"""How far the clusters hold when tasks are left out, and when their number is another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from yiyang.themes import clustering
from yiyang.themes.vectors import tokenize

NUMBERS = (8, 12, 16, 20, 24, 28, 32, 40, 48)
RESAMPLES = 12
LEAST = 12
"""Tasks of a resample; fewer fall into clusters in whatever way."""
SHARE = 0.9


class Stability(NamedTuple):
    """`by_k`: one row is a number of clusters. `by_cluster`: one row is a cluster.

    `by_k` has `k, agreement, low, high`: the adjusted Rand index of a resample with all tasks
    (mean, and mean ± one standard deviation). Numbers that a resample has no tasks for are left
    out; of fewer than `LEAST` tasks nothing is said.
    `by_cluster` has `cluster, resamples, numbers`: the likeness (Jaccard, 0 to 1) of the cluster
    to its nearest in the resamples, and at the next smaller and greater number of clusters.
    """

    by_k: pd.DataFrame
    by_cluster: pd.DataFrame


@clustering.one_thread
def stability(
    tasks: pd.DataFrame, *, k: int = clustering.K, numbers: Sequence[int] = NUMBERS
) -> Stability:
    """Cluster nine tenths of the tasks `RESAMPLES` times, drawn with a fixed seed."""
    size = round(SHARE * len(tasks))
    if size < LEAST:
        by_k = pd.DataFrame(columns=["k", "agreement", "low", "high"], dtype=float)
        return Stability(by_k, pd.DataFrame(columns=["cluster", "resamples", "numbers"]))
    k = min(k, size - 1)
    numbers = sorted({*(n for n in numbers if n < size), k})
    whole = _partitions(tasks, numbers)
    random = np.random.default_rng(0)
    drawn = [np.sort(random.choice(len(tasks), size, replace=False)) for _ in range(RESAMPLES)]
    again = [_partitions(tasks.iloc[rows], numbers) for rows in drawn]
    rows = []
    for number in numbers:
        groups, _ = whole[number]
        kept = [
            adjusted_rand_score(groups[part], part_groups[number][0])
            for part, part_groups in zip(drawn, again, strict=True)
        ]
        mean, spread = float(np.mean(kept)), float(np.std(kept, ddof=1))
        rows.append((number, mean, mean - spread, mean + spread))
    by_k = pd.DataFrame(rows, columns=["k", "agreement", "low", "high"])
    groups, together = whole[k]
    labels = clustering.numbered(groups, clustering.keeping(together, groups) >= clustering.BELONGS)
    near = numbers.index(k)
    others = [whole[n][0] for n in (numbers[near - 1 : near] + numbers[near + 1 : near + 2])]
    by_cluster = pd.DataFrame(
        [
            (
                cluster,
                _mean_likeness(
                    [(labels == cluster)[part] for part in drawn], [p[k][0] for p in again]
                ),
                _mean_likeness([labels == cluster] * len(others), others),
            )
            for cluster in range(1, labels.max() + 1)
        ],
        columns=["cluster", "resamples", "numbers"],
    )
    return Stability(by_k.round(6), by_cluster.round(6))


def _partitions(
    tasks: pd.DataFrame, numbers: Sequence[int]
) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """For each number of clusters: the groups (n_tasks,) and how far tasks keep together."""
    points = clustering.describe(tokenize(tasks["text"]))
    order = clustering.succession(tasks)
    everyone = np.arange(len(tasks))
    trees = clustering.trees(points, order, everyone)
    found = {}
    for number in numbers:
        together = clustering.agreement(trees, number)
        found[number] = (clustering.cut(together, number), together)
    return found


def _mean_likeness(members: list[np.ndarray], partitions: list[np.ndarray]) -> float:
    """The mean over the partitions of the best Jaccard likeness of a set to one of the groups."""
    best = []
    for inside, groups in zip(members, partitions, strict=True):
        shared = np.bincount(groups[inside], minlength=groups.max() + 1)
        union = inside.sum() + np.bincount(groups) - shared
        best.append(float((shared[1:] / union[1:]).max()) if inside.any() else 0.0)
    return float(np.mean(best))
