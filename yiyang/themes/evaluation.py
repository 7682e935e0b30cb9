"""Measure how near themes and clusters come to codes by readers, and how well clusters hang
together.

No number of the methods was fitted to these codes, and nothing here is used by them. But the seed
terms were written with the four lists in view, the coded tasks among them: how the codebook agrees
with the codes is the bright side of it. `by_shared_seeds` and `by_fewer_seeds` show the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.metrics import (
    accuracy_score,
    adjusted_mutual_info_score,
    adjusted_rand_score,
    f1_score,
)

from yiyang.core import curated_csv, intervals, schema
from yiyang.safety.errors import refusal
from yiyang.themes import codebooks, scoring
from yiyang.themes.clustering import describe
from yiyang.themes.vectors import Vectors, tokenize

CODES = schema.DATA / "evaluation" / "task_themes.csv"


DROPPED = 0.2
"""Share of the seeds that is left out to see what the others are worth."""


def codes(path: Path = CODES) -> pd.DataFrame:
    """Return codes by readers, one task a row: `task_id, theme_id, second_theme_id`
    (data/evaluation)."""
    if not path.exists():
        raise refusal("themes.no_codes", path)
    columns = ["task_id", "theme_id", "second_theme_id"]
    return curated_csv.frame(path, columns, blank=["second_theme_id"])


def by_shared_seeds(tasks: pd.DataFrame) -> pd.Series:
    """Return task_id -> theme with every seed ignored that one task alone holds: none knows its
    task."""
    seeds = codebooks.seeds()
    holders = (scoring.seed_counts(tokenize(tasks["text"]), seeds) > 0).sum(axis=0)
    return _by_seeds(tasks, seeds[holders != 1])


def by_fewer_seeds(tasks: pd.DataFrame, draw: int) -> pd.Series:
    """Return task_id -> theme with a fifth of the seeds left out; `draw` numbers the choice."""
    seeds = codebooks.seeds()
    kept = np.random.default_rng(draw).random(len(seeds)) >= DROPPED
    return _by_seeds(tasks, seeds[kept])


def _by_seeds(tasks: pd.DataFrame, seeds: pd.DataFrame) -> pd.Series:
    tokens, names = tokenize(tasks["text"]), codebooks.codebook()["theme_id"].to_numpy(object)
    shares = scoring.score(tokens, describe(tokens), seeds.reset_index(drop=True), names).shares
    best = np.where(shares.max(axis=1) > 0, names[shares.argmax(axis=1)], None)
    return pd.Series(best, index=tasks["task_id"], name="theme_id")


def agreement(coded: pd.Series, found: pd.Series, *, is_theme: bool = True) -> pd.DataFrame:
    """Make a table: one row is a measure of how `found` agrees with `coded`: `measure, value, low,
    high, n`.

    Both are indexed by task; only coded tasks count. `ami` and `ari` compare the groupings; with
    `is_theme`, `accuracy` and `macro_f1` (over the themes coded) compare the names too. A task in
    no group counts as a group of its own kind. The interval of 95 % of `accuracy`, a share of
    tasks, is Wilson's; those of the others are by the jackknife (each task left out in turn): how
    far the value hangs on which tasks were coded.
    """
    guess = found.reindex(coded.index).astype(object).where(lambda s: s.notna(), "none")
    return _agreement(tuple(coded.astype(str)), tuple(guess.astype(str)), is_theme).copy()


@lru_cache(maxsize=16)  # claims, tables and the front page of both editions ask for the same
def _agreement(coded: tuple[str, ...], found: tuple[str, ...], is_theme: bool) -> pd.DataFrame:
    """`agreement`, task by task."""
    truth, guess = np.array(coded, dtype=str), np.array(found, dtype=str)
    measures: dict[str, Any] = {
        "ami": adjusted_mutual_info_score,
        "ari": adjusted_rand_score,
    }
    if is_theme:
        measures = {"accuracy": accuracy_score, "macro_f1": _macro_f1, **measures}
    n, pairs = len(truth), [*zip(coded, found, strict=True)]
    once = {pair: i for i, pair in enumerate(pairs)}
    rows = []
    for name, measure in measures.items():
        value = measure(truth, guess)
        # It comes to the same which of the tasks with one theme and one guess is left out.
        first = {
            pair: measure(np.delete(truth, i), np.delete(guess, i)) for pair, i in once.items()
        }
        without = np.array([first[pair] for pair in pairs])
        margin = intervals.Z * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
        low, high = max(value - margin, -1), min(value + margin, 1)
        if name == "accuracy":  # near 1 the jackknife says that it may be all
            low, high = (float(end) for end in intervals.wilson(value * n, n))
        rows.append((name, value, low, high, n))
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "n"]).round(6)


def _macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    return float(f1_score(truth, guess, labels=np.unique(truth), average="macro", zero_division=0))


def coherence(vectors: Vectors, terms: Mapping[int, Sequence[str]]) -> float:
    """Return mean NPMI of the pairs of a cluster's terms over all clusters, -1 to 1.

    How much more often than by chance two terms stand in one task: 1 always, 0 as by chance, -1
    never.
    """
    has = sparse.csc_array(vectors.counts > 0).astype(float)
    n = has.shape[0]
    place = {term: i for i, term in enumerate(vectors.terms)}
    values = []
    for row in terms.values():
        columns = has[:, [place[term] for term in row]]
        both = (columns.T @ columns).toarray() / n
        single = np.diag(both)
        for i in range(len(row)):
            for j in range(i):
                values.append(_npmi(both[i, j], single[i], single[j]))
    return float(np.mean(values))


def _npmi(both: float, one: float, other: float) -> float:
    if both == 0:
        return -1.0
    if both == 1:
        return 1.0
    return float(np.log(both / (one * other)) / -np.log(both))


def diversity(terms: Mapping[int, Sequence[str]]) -> float:
    """Return the share of different terms among the terms of all clusters, 0 to 1."""
    flat = [term for row in terms.values() for term in row]
    return len(set(flat)) / len(flat)
