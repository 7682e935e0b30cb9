"""Describe a group of tasks: its distinctive terms and its most typical tasks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from yiyang.themes.clustering import Clusters
from yiyang.themes.vectors import Vectors, vectorize

MIN_TASKS = 2
"""A term of one task only says what that task is about, not what the group is about."""


def top_terms(vectors: Vectors, groups: np.ndarray, n_terms: int = 8) -> dict[int, list[str]]:
    """Return the distinctive terms of each group above 0, the most distinctive first.

    Class-based TF-IDF: the share of the group's tasks that have the term, times
    ln(1 + n_groups / sum of that share over the groups). Of equal terms the first by code point.
    """
    numbers = sorted(set(groups[groups > 0].tolist()))
    if not numbers:
        return {}
    has = sparse.csr_array(vectors.counts > 0).astype(float)
    shares = np.array([has[groups == g].sum(axis=0) / (groups == g).sum() for g in numbers])
    often = np.asarray(has.sum(axis=0)).ravel() >= MIN_TASKS
    total = np.maximum(shares.sum(axis=0), 1e-12)
    weight = np.where(often, shares * np.log1p(len(numbers) / total), 0.0)
    found = {}
    for g, row in zip(numbers, np.round(weight, 9), strict=True):
        best = np.lexsort((np.arange(len(row)), -row))[:n_terms]
        found[g] = [str(vectors.terms[i]) for i in best if row[i] > 0]
    return found


def exemplars(vectors: Vectors, groups: np.ndarray, n_tasks: int = 3) -> dict[int, list[str]]:
    """Return the tasks of each group above 0 that are nearest to its centre (cosine), nearest
    first."""
    found = {}
    for g in sorted(set(groups[groups > 0].tolist())):
        rows = np.flatnonzero(groups == g)
        part = vectors.matrix[rows]
        near = np.round(part @ np.asarray(part.sum(axis=0)).ravel(), 9)
        found[g] = [str(vectors.task_ids[i]) for i in rows[np.lexsort((rows, -near))][:n_tasks]]
    return found


def cluster_table(
    tasks: pd.DataFrame, found: Clusters, held: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Make a table: one row is a cluster: `cluster, n_tasks, terms, exemplars, membership`, and its
    stability.

    `terms` are separated by 、 and `exemplars` (task ids) by a space; `membership` is the mean of
    its tasks'. With `held` (`stability`): `resamples` and `numbers`.
    """
    vectors = vectorize(tasks)
    terms = top_terms(vectors, found.labels)
    typical = exemplars(vectors, found.labels)
    table = pd.DataFrame(
        [
            {
                "cluster": g,
                "n_tasks": int((found.labels == g).sum()),
                "terms": "、".join(terms[g]),
                "exemplars": " ".join(typical[g]),
                "membership": round(float(found.membership[found.labels == g].mean()), 6),
            }
            for g in terms
        ],
        columns=["cluster", "n_tasks", "terms", "exemplars", "membership"],
    )
    return table if held is None else table.merge(held, on="cluster", validate="1:1")
