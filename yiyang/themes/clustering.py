"""Find groups of tasks without the codebook and without labels.

A Chinese compound tells by its characters what it belongs to (护理院, 护理站, 护理员), and short
texts share few whole words: so a task is described here by the characters, and the pairs of
characters, of its words. A list is also written in an order, and its neighbours speak of like
matters: a task takes on a part of the tasks before and after it.

One clustering of such data is luck. So the tasks are grouped (Ward's linkage) in several numbers
of latent dimensions and with several weights of the neighbours, and those that keep together in
most of these groupings form a cluster: evidence accumulation (Fred and Jain 2005), with average
linkage. Nothing in it is random.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from threadpoolctl import threadpool_limits

from yiyang.core import segmentation
from yiyang.safety import digests
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup
from yiyang.safety.telling import tell
from yiyang.themes.vectors import Tokens, is_term, sums, tfidf, tokenize, unit_rows

K = 20
"""What the rule of `cluster_count` gives for the four lists (a test holds it)."""
DIMENSIONS = tuple(range(8, 25, 2))
NEIGHBOURS = (0.0, 0.3, 0.6)
"""Weights of the two neighbours together; the task itself has 1."""
MIDDLE = NEIGHBOURS[len(NEIGHBOURS) // 2]
SAMPLE = 600
"""Above so many tasks the clusters are made from an even sample; the others go to the nearest."""
BELONGS = 0.4
"""A task that keeps together with the others of its cluster in fewer groupings is in none."""
NEAR = 0.2
"""Above `SAMPLE`: least cosine of a task to the centre of its cluster; below it is in none."""
DECIMALS = 8
"""Coordinates are rounded, so that the last bits of two machines decide nothing."""
KEPT = 4
"""Sets of trees that are kept, by the digest of what they were built of."""
_BUILT: dict[str, list[np.ndarray]] = {}


class Clusters(NamedTuple):
    """`labels` (n_tasks,): the cluster of each task, 1 the largest; 0 where it belongs to none.

    `membership` (n_tasks,): share of the groupings in which the task keeps together with the
    others of its cluster, 0 to 1; above `SAMPLE` tasks the cosine to the centre of the nearest
    cluster. `places` (n_tasks, 24): its latent coordinates.
    """

    labels: np.ndarray
    membership: np.ndarray
    places: np.ndarray

    def _repr_html_(self) -> str:
        """Show how many tasks each cluster has and how well they keep together."""
        rows = [
            Markup("<tr><td>{}</td><td>{}</td><td>{:.2f}</td></tr>").format(
                number, int(own.sum()), float(self.membership[own].mean())
            )
            for number in sorted(set(self.labels.tolist()) - {0})
            for own in [self.labels == number]
        ]
        none = int((self.labels == 0).sum())
        head = Markup("<tr><th>cluster</th><th>n_tasks</th><th>membership</th></tr>")
        foot = Markup("<tr><td>—</td><td>{}</td><td></td></tr>").format(none)
        return str(Markup("<table>{}</table>").format(Markup("").join([head, *rows, foot])))


def clusters(tasks: pd.DataFrame, *, k: int = K, tokens: Tokens | None = None) -> Clusters:
    """Return the tasks in at most `k` clusters; the same on every run and every machine.

    Raises
    ------
    InputError
        For a `k` below 1, or above the number of tasks (that of the default is always taken).
    """
    if not 1 <= k <= max(len(tasks), K):
        most = max(len(tasks), K)
        raise refusal(
            "themes.range",
            "themes.clusters",
            name="k",
            value=k,
            range=tell("expected.between", least=1, most=most),
        )
    return group(tasks, describe(tokens or tokenize(tasks["text"])), k)


# The matrices are small: threads of the linear algebra would cost more than they save, and the
# order in which they add up differs between machines.
one_thread = threadpool_limits.wrap(limits=1)


def group(tasks: pd.DataFrame, points: sparse.csr_array, k: int = K) -> Clusters:
    """Return the clusters of tasks that are described already."""
    return cut_at(grow(tasks, points), k)


class Grown(NamedTuple):
    """What the clusters of some tasks are cut from, whatever their number: the trees of the sample
    (none where no words tell the tasks apart), the latent places of all, and whether a task has a
    feature of its own."""

    trees: list[np.ndarray]
    places: np.ndarray
    has_features: np.ndarray


@one_thread
def grow(tasks: pd.DataFrame, points: sparse.csr_array) -> Grown:
    """Work out of tasks that are described already what does not depend on the number of groups."""
    has_features = np.diff(points.indptr) > 0
    sample = even_sample(len(tasks))
    if len(sample) < 3 or not points.nnz:
        return Grown([], np.zeros((len(tasks), 0)), has_features)
    order = succession(tasks)
    places = latent(points, order, MIDDLE, sample)
    return Grown(trees(points, order, sample), places, has_features)


@one_thread
def cut_at(grown: Grown, k: int = K) -> Clusters:
    """Return at most `k` clusters of what was grown."""
    built, places, has_features = grown
    n_tasks = len(places)
    if not built:
        return Clusters(np.zeros(n_tasks, int), np.zeros(n_tasks), places)
    sample = even_sample(n_tasks)
    together = agreement(built, k)
    groups = cut(together, k)
    # Texts without a feature of their own are alike in nothing, though they fall together.
    membership = keeping(together, groups) * has_features[sample]
    groups = numbered(groups, membership >= BELONGS)
    if len(sample) < n_tasks and groups.any():
        groups, membership = _to_nearest(places, sample, groups)
        membership = membership * has_features
        groups = numbered(groups, membership >= NEAR)
    elif len(sample) < n_tasks:
        groups, membership = np.zeros(n_tasks, int), np.zeros(n_tasks)
    return Clusters(groups, membership, places)


def even_sample(n_tasks: int) -> np.ndarray:
    """Return the places of at most `SAMPLE` tasks."""
    return np.unique(np.linspace(0, n_tasks - 1, min(n_tasks, SAMPLE)).astype(int))


def describe(tokens: Tokens) -> sparse.csr_array:
    """Return (n_tasks, n_pieces): TF-IDF of the characters and character pairs of the tasks'
    terms."""
    return tfidf(count_pieces(tokens)[0])


def count_pieces(
    tokens: Tokens, known: Sequence[str] | None = None
) -> tuple[sparse.csr_array, list[str]]:
    """Return counts (n_tasks, n_pieces) of the characters and character pairs of the tasks' terms,
    and these pieces: those that two tasks share, or those that are `known`."""
    stops = segmentation.stop_words()
    pieces = {piece: column for column, piece in enumerate(known or ())}
    rows, columns = [], []
    # In code point order, so that the order of the tasks decides nothing.
    for row in sorted(range(len(tokens.words)), key=tokens.words.__getitem__):
        word = tokens.words[row]
        for size in (1, 2) if is_term(word, stops) else ():
            for start in range(len(word) - size + 1):
                piece = word[start : start + size]
                is_wanted = (
                    piece in pieces if known is not None else size == 1 or piece not in stops
                )
                if is_wanted:
                    rows.append(row)
                    columns.append(pieces.setdefault(piece, len(pieces)))
    place = np.array([rows, columns], dtype=np.int32)
    spelling = sparse.csr_array(
        (np.ones(len(rows), dtype=np.int32), (place[0], place[1])),
        shape=(len(tokens.words), len(pieces)),
    )
    counts = sums(tokens, np.ones(len(tokens.codes), dtype=np.int32), spelling)
    names = list(pieces)
    shared = np.bincount(counts.indices, minlength=counts.shape[1]) > 1
    if known is not None or shared.all():
        return counts, names
    kept = np.flatnonzero(shared)
    return counts[:, kept], [names[column] for column in kept]


def succession(tasks: pd.DataFrame) -> sparse.csr_array:
    """Return (n_tasks, n_tasks): each row spreads 1 over the task's neighbours in its own
    document."""
    place = tasks.reset_index(drop=True).sort_values(["document_id", "seq"], kind="stable")
    here, document = place.index.to_numpy(), place["document_id"].to_numpy(object)
    near = document[1:] == document[:-1]
    before, after = here[:-1][near], here[1:][near]
    links = sparse.csr_array(
        (np.ones(2 * len(before)), (np.r_[before, after], np.r_[after, before])),
        shape=(len(tasks), len(tasks)),
    )
    return sparse.csr_array(unit_rows(links, norm="l1"))


def latent(
    points: sparse.csr_array, order: sparse.csr_array, weight: float, sample: np.ndarray
) -> np.ndarray:
    """Return (n_tasks, 24): the tasks with `weight` of their neighbours, on the sample's main
    directions.

    Latent semantic analysis by the eigenvectors of the sample's similarities, the strongest first.
    """
    return mixed_places(points, order, weight, directions(points, order, weight, sample))


def directions(
    points: sparse.csr_array, order: sparse.csr_array, weight: float, sample: np.ndarray
) -> np.ndarray:
    """Return (n_pieces, 24): the sample's main directions, as weights of the pieces."""
    mixed = sparse.csr_array(unit_rows(points[sample] + weight * (order[sample] @ points)))
    values, vectors = np.linalg.eigh((mixed @ mixed.T).toarray())
    values, vectors = values[::-1][: DIMENSIONS[-1]], vectors[:, ::-1][:, : DIMENSIONS[-1]]
    return mixed.T @ (vectors / np.sqrt(np.maximum(values, 1e-12)))


def mixed_places(
    points: sparse.csr_array, order: sparse.csr_array, weight: float, along: np.ndarray
) -> np.ndarray:
    """Return (n_tasks, 24): the tasks with `weight` of their neighbours, along some directions."""
    alone = points @ along
    return alone + weight * (order @ alone)


def trees(
    points: sparse.csr_array, order: sparse.csr_array, sample: np.ndarray
) -> list[np.ndarray]:
    """Build Ward's tree of the sample for every weight of the neighbours and number of
    dimensions. The last ones built are kept: another `k` cuts the same trees."""
    part, near = points[sample], order[sample][:, sample]
    arrays = [getattr(m, name) for m in (part, near) for name in ("data", "indices", "indptr")]
    key = digests.of([repr([part.shape, near.shape]), *(array.tobytes() for array in arrays)])
    if key not in _BUILT:
        _BUILT[key] = _trees(part, near)
        while len(_BUILT) > KEPT:
            del _BUILT[next(iter(_BUILT))]
    return _BUILT[key]


def _trees(part: sparse.csr_array, near: sparse.csr_array) -> list[np.ndarray]:
    everyone = np.arange(part.shape[0])
    return [
        linkage(np.round(unit_rows(view[:, :size]), DECIMALS), "ward")
        for view in (latent(part, near, weight, everyone) for weight in NEIGHBOURS)
        for size in DIMENSIONS
    ]


def agreement(trees: list[np.ndarray], k: int) -> np.ndarray:
    """Return (n, n): the share of the trees, cut at `k` groups, that put two tasks together."""
    together = np.zeros((len(trees[0]) + 1,) * 2)
    for tree in trees:
        group = fcluster(tree, k, "maxclust")
        together += group[:, None] == group[None, :]
    return together / len(trees)


def cut(together: np.ndarray, k: int) -> np.ndarray:
    """Return (n,): at most `k` groups of what keeps together, by average linkage."""
    return fcluster(linkage(squareform(1 - together, checks=False), "average"), k, "maxclust")


def keeping(together: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return (n,): how far each task keeps together with the others of its group; alone it is 0."""
    same = groups[:, None] == groups[None, :]
    np.fill_diagonal(same, False)
    size = same.sum(axis=1)
    return np.divide((together * same).sum(axis=1), size, out=np.zeros(len(size)), where=size > 0)


def numbered(groups: np.ndarray, belongs: np.ndarray) -> np.ndarray:
    """Return the groups as 1, 2 ... from the largest down, then by their first task; 0 for none.

    `belongs` (n,): whether the task is in its group at all.
    """
    groups = np.where(belongs, groups, 0)
    found, first, size = np.unique(groups[groups > 0], return_index=True, return_counts=True)
    rank = np.lexsort((first, -size))
    number = dict(zip(found[rank], range(1, len(found) + 1), strict=True))
    return np.array([number.get(group, 0) for group in groups], dtype=int)


def _to_nearest(
    places: np.ndarray, sample: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Every task to the cluster with the nearest centre, and how near that is (cosine)."""
    return to_nearest(places, centres(places[sample], groups))


def centres(places: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return (n_groups, 24): the direction in which the middle of each group lies."""
    if not groups.any():
        return np.zeros((0, places.shape[1]))
    places = unit_rows(places)
    numbers = range(1, groups.max() + 1)
    return unit_rows(np.array([places[groups == number].mean(axis=0) for number in numbers]))


def to_nearest(places: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the nearest centre of each task, and how near that is (cosine)."""
    if not len(places):
        return np.zeros(0, dtype=int), np.zeros(0)
    near = unit_rows(places) @ centres.T
    return near.argmax(axis=1) + 1, np.clip(near.max(axis=1), 0, 1)
