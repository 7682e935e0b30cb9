"""Group the tasks of the explorer by one of its methods."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans

from yiyang import themes
from yiyang.core.corpus import Corpus
from yiyang.explorer.prepared import Prepared
from yiyang.themes import clustering, scoring
from yiyang.themes.clustering import even_sample, one_thread

METHOD_TERMS = 2
"""Terms in the name of a cluster."""


class Groups(NamedTuple):
    """What a method made of tasks: the group of each (0: none), their names, a score for each task,
    and the themes of the contract, where there are any."""

    of_task: np.ndarray
    names: dict[int, str]
    score: pd.Series
    themes: pd.DataFrame


def by_codebook(corpus: Corpus, part: Prepared, seeds: pd.DataFrame, called: pd.Series) -> Groups:
    """Give each task the theme of most evidence, as `themes.assign` does: a task of another field
    has none, and what readers set by hand stands."""
    tasks, order = part.tasks, corpus.themes["theme_id"].to_numpy(object)
    scores = part.scores(seeds, order)
    given = corpus.task_themes.set_index("task_id").reindex(tasks["task_id"])
    is_ours = given["is_in_field"].astype("boolean").fillna(True).to_numpy(bool)
    shares = scores.shares * is_ours[:, None]
    best = shares.argmax(axis=1) if len(tasks) else np.zeros(0, dtype=int)
    found = np.where(shares.max(axis=1, initial=0) > 0, best + 1, 0)
    table = _themes(tasks["task_id"], shares, order, scores.evidence > 0)
    is_set = given["is_reviewed"].astype("boolean").fillna(False).to_numpy(bool)
    by_hand = pd.Index(order).get_indexer(given["theme_id"].to_numpy(object)[is_set])
    found[is_set] = by_hand + 1
    score = shares.max(axis=1, initial=0)
    score[is_set] = shares[np.flatnonzero(is_set), by_hand]
    if is_set.any():
        table["score"] = np.where(is_set, score.round(6), table["score"])
        for column in ("theme_id", "second_theme_id", "second_score"):
            table[column] = table[column].mask(is_set, given[column].to_numpy(object))
    named = {i: called[theme] for i, theme in enumerate(order, 1)}
    return Groups(found, named, pd.Series(score), table)


def by_likeness(method: str, k: int, part: Prepared, vectors: themes.Vectors) -> Groups:
    """Give each task a cluster by the house's clustering (`clusters`) or by k-means."""
    tasks = part.tasks
    if method == "clusters":
        clusters = clustering.cut_at(part.grown, k)
        groups, score = clusters.labels, clusters.membership
    else:
        groups, score = _kmeans(vectors, k)
    words = themes.top_terms(vectors, groups, METHOD_TERMS)
    named = {g: f"{g} {'、'.join(t)}" for g, t in words.items()}
    nowhere = np.zeros((len(tasks), 0))
    table = _themes(tasks["task_id"], nowhere, np.array([], dtype=object), nowhere > 0)
    table["cluster"] = pd.array(np.where(groups > 0, groups, -1), dtype="Int64")
    table["cluster"] = table["cluster"].mask(table["cluster"] < 0)
    return Groups(groups, named, pd.Series(score), table)


def _themes(
    ids: pd.Series, shares: np.ndarray, order: np.ndarray, spoken: np.ndarray
) -> pd.DataFrame:
    """The best and second theme of each task as the contract has them; a share of 0 is none, and a
    second theme needs a seed term in the text and its least score (`scoring.SECOND`)."""
    table = pd.DataFrame({"task_id": ids})
    ranked = np.argsort(-shares, axis=1, kind="stable")
    for rank, prefix in enumerate(("", "second_")):
        if ranked.shape[1] <= rank or not len(ids):
            table[f"{prefix}theme_id"], table[f"{prefix}score"] = None, np.nan
            continue
        at = (np.arange(len(ids)), ranked[:, rank])
        score = shares[at]
        if rank:
            score = np.where(spoken[at] & (score >= scoring.SECOND), score, 0)
        table[f"{prefix}theme_id"] = pd.Series(order[ranked[:, rank]]).where(score > 0)
        table[f"{prefix}score"] = np.where(score > 0, score.round(6), np.nan)
    return table.assign(cluster=pd.array([pd.NA] * len(ids), dtype="Int64"))


@one_thread
def _kmeans(vectors: themes.Vectors, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Groups from 1 by k-means on TF-IDF, the largest first, and the cosine with their centre; of
    many tasks the centres are those of an even sample, as in the house's clustering."""
    n_tasks = vectors.matrix.shape[0]
    if not vectors.matrix.nnz:
        return np.zeros(n_tasks, dtype=int), np.zeros(n_tasks)
    sample = even_sample(n_tasks)
    model = KMeans(min(k, n_tasks), n_init=3, random_state=0).fit(vectors.matrix[sample])
    labels = model.labels_ if len(sample) == n_tasks else model.predict(vectors.matrix)
    size = np.bincount(labels)
    rank = np.argsort(np.lexsort((np.arange(len(size)), -size)))
    centre = model.cluster_centers_ / np.maximum(
        np.linalg.norm(model.cluster_centers_, axis=1, keepdims=True), 1e-12
    )
    near = np.zeros(n_tasks)
    for group in range(len(centre)):  # a group at a time: 20,000 by all terms would not fit
        own = np.flatnonzero(labels == group)
        near[own] = vectors.matrix[own] @ centre[group]
    return rank[labels] + 1, near
