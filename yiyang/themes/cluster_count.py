"""Choose the method and the number of clusters: by stability and fit, without codebook or labels.

Two steps, each by what can be compared:

1. The method. At the same number of clusters the stability (adjusted Rand index when tasks are left
   out) and the fit (silhouette) of two methods can be set side by side. Taken is the method with
   the greatest geometric mean of the two, on the average of all numbers.
2. The number. Both rise with it, whatever the texts say. So they are set against shuffled texts:
   the same words dealt out anew over the same lists. What counts is the geometric mean of stability
   and fit beyond theirs; taken is the fewest clusters within one standard error of the best.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn import config_context
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score, silhouette_score

from yiyang.themes import clustering
from yiyang.themes.vectors import Tokens, part_of, tokenize, unit_rows

NUMBERS = (8, 12, 16, 20, 24, 28, 32, 40)
DRAWS = 5
SHARE = 0.9
LEAST = 12
"""Tasks of a resample; fewer fall into clusters in whatever way."""
WEIGHT = clustering.MIDDLE
DIMENSIONS = clustering.DIMENSIONS[len(clustering.DIMENSIONS) // 2]
MEASURES = ["stability", "chance_stability", "fit", "chance_fit"]
COLUMNS = ["method", "k", *MEASURES, "score", "error", "level", "is_chosen"]

# The groups (n_tasks,) for each number of clusters.
Groups = list[np.ndarray]


@clustering.one_thread
@config_context(assume_finite=True, skip_parameter_validation=True)  # thousands of small calls
def selection(
    tasks: pd.DataFrame, *, numbers: Sequence[int] = NUMBERS, draws: int = DRAWS, seed: int = 0
) -> pd.DataFrame:
    """Make a table: one row is a method with a number of clusters `k`.

    `stability`: the adjusted Rand index of the clusters of nine tenths of the tasks with those of
    all, mean of `draws`; `fit`: their mean silhouette (cosine, of the tasks with their
    neighbours); `chance_stability` and `chance_fit`: the same of shuffled texts. `score`: the
    geometric mean of the two differences, with its standard error `error` (jackknife over the
    draws); `level`: the geometric mean of stability and fit, on the average of the method's
    numbers. `is_chosen`: one row, by the rule above. Numbers that a resample has no tasks for are
    left out; of fewer than `LEAST` tasks there is no row.
    """
    size = round(SHARE * len(tasks))
    numbers = [k for k in numbers if k < size]
    if size < LEAST or not numbers:
        return pd.DataFrame(columns=COLUMNS)
    tokens = tokenize(tasks["text"])
    random = np.random.default_rng(seed)
    order = clustering.succession(tasks)
    whole = _grouped(clustering.describe(tokens), order, numbers)
    real, chance = [], []
    for _ in range(draws):
        rows = np.sort(random.choice(len(tasks), size, replace=False))
        real.append(_measured(tasks, tokens, whole, rows, numbers))
        dealt = tokens._replace(codes=random.permutation(tokens.codes))
        shuffled = _grouped(clustering.describe(dealt), order, numbers)
        chance.append(_measured(tasks, dealt, shuffled, rows, numbers))
    # (n_draws, n_methods, n_numbers, 4), in the order of `MEASURES`
    values = np.stack([real, chance], axis=-1).reshape(draws, len(METHODS), len(numbers), 4)
    index = pd.MultiIndex.from_product([METHODS, numbers], names=["method", "k"])
    table = index.to_frame(index=False)
    table[MEASURES] = values.mean(axis=0).reshape(-1, 4)
    table["score"], table["error"] = _scores(values).ravel(), _errors(values).ravel()
    level = np.sqrt((table["stability"] * table["fit"]).clip(lower=0))
    table["level"] = level.groupby(table["method"]).transform("mean")
    table = table.round(6)
    method = table.loc[table["level"].idxmax(), "method"]
    chosen = (table["method"] == method) & (table["k"] == fewest(table)[method])
    return table.assign(is_chosen=chosen)


def fewest(table: pd.DataFrame) -> dict[str, int]:
    """Return method -> the fewest clusters whose score is within one standard error of its best."""
    found = {}
    for method, own in table.groupby("method", sort=False):
        best = own.loc[own["score"].idxmax()]
        found[str(method)] = int(own.loc[own["score"] >= best["score"] - best["error"], "k"].min())
    return found


def _scores(values: np.ndarray) -> np.ndarray:
    """(n_methods, n_numbers): the geometric mean of stability and fit beyond chance."""
    stability, by_chance, fit, fit_by_chance = np.moveaxis(values.mean(axis=0), -1, 0)
    return np.sqrt(np.maximum(stability - by_chance, 0) * np.maximum(fit - fit_by_chance, 0))


def _errors(values: np.ndarray) -> np.ndarray:
    """(n_methods, n_numbers): standard errors of the scores, each draw left out in turn."""
    n = len(values)
    without = np.array([_scores(np.delete(values, i, axis=0)) for i in range(n)])
    return np.sqrt((n - 1) * without.var(axis=0))


def _grouped(
    points: sparse.csr_array, order: sparse.csr_array, numbers: Sequence[int]
) -> list[Groups]:
    """The groups by every method, on the same features: the tasks with a part of their
    neighbours."""
    latent = clustering.latent(points, order, WEIGHT, np.arange(points.shape[0]))
    places: np.ndarray = np.round(unit_rows(latent[:, :DIMENSIONS]), clustering.DECIMALS)
    return [
        _accumulated(points, order, numbers),
        *(method(places, numbers) for method in ON_PLACES.values()),
        _nmf(_beside(points, order), numbers),
    ]


def _measured(
    tasks: pd.DataFrame,
    tokens: Tokens,
    whole: list[Groups],
    rows: np.ndarray,
    numbers: Sequence[int],
) -> np.ndarray:
    """(n_methods, n_numbers, 2): how the groups of some tasks agree with `whole`, and their fit."""
    points = clustering.describe(part_of(tokens, rows))
    order = clustering.succession(tasks.iloc[rows])
    beside = _beside(points, order)
    distances = np.clip(1 - (beside @ beside.T).toarray(), 0, None)
    np.fill_diagonal(distances, 0)
    pairs = zip(whole, _grouped(points, order, numbers), strict=True)
    return np.array(
        [
            [
                (adjusted_rand_score(w[rows], g), _silhouette(distances, g))
                for w, g in zip(*pair, strict=True)
            ]
            for pair in pairs
        ]
    )


def _silhouette(distances: np.ndarray, groups: np.ndarray) -> float:
    if not 1 < len(np.unique(groups)) < len(groups):
        return 0.0
    return float(silhouette_score(distances, groups, metric="precomputed"))


# The methods. ------------------------------------------------------------------------------------


def _accumulated(
    points: sparse.csr_array, order: sparse.csr_array, numbers: Sequence[int]
) -> Groups:
    trees = clustering.trees(points, order, np.arange(points.shape[0]))
    return [clustering.cut(clustering.agreement(trees, k), k) for k in numbers]


def _linked(places: np.ndarray, numbers: Sequence[int], *, kind: str) -> Groups:
    tree = linkage(places, kind)
    return [fcluster(tree, k, "maxclust") for k in numbers]


def _kmeans(places: np.ndarray, numbers: Sequence[int]) -> Groups:
    # Copies of one list hold fewer places than groups are asked for: then there are as many.
    most = len(np.unique(places, axis=0))
    return [KMeans(min(k, most), n_init=3, random_state=0).fit_predict(places) for k in numbers]


def _nmf(beside: sparse.csr_array, numbers: Sequence[int]) -> Groups:
    dense = beside.toarray().astype(np.float32)
    models = [NMF(k, init="nndsvd", random_state=0, max_iter=1000, tol=3e-2) for k in numbers]
    with warnings.catch_warnings():
        # Short lists may not settle in a thousand rounds: a grouping to compare with all the same.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return [model.fit_transform(dense).argmax(axis=1) for model in models]


def _beside(points: sparse.csr_array, order: sparse.csr_array) -> sparse.csr_array:
    return unit_rows(points + WEIGHT * (order @ points))


ON_PLACES: dict[str, Callable[[np.ndarray, Sequence[int]], Groups]] = {
    "ward": partial(_linked, kind="ward"),
    "average": partial(_linked, kind="average"),
    "kmeans": _kmeans,
}
METHODS = ("accumulated", *ON_PLACES, "nmf")
