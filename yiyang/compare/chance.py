"""Ask what chance alone gives: exact tests of counts, draws of lists at random, and the correction
for many questions at once.

A list is read whole and has no sampling error. What is asked here is whether a difference between
lists, or how often two things meet, is more than their frequencies alone bring about. Draws are
seeded, so that the same tables give the same figures.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from yiyang.core import intervals

DRAWS = 10_000
LIKELY = 0.05
"""What chance brings about in this share of draws or more is no finding."""


class Expected(NamedTuple):
    """What chance gives: the mean of the draws, the ends of their middle 95 %, and `p`, how often a
    draw lies as far from the mean as what was seen."""

    mean: float
    low: float
    high: float
    p: float


def exact(seen: int, marked: int, drawn: int, of: int) -> Expected:
    """Compare how many of `drawn` are among the `marked` with drawing them from all `of` at random:
    the exact test (Fisher), two-sided."""
    if not of:
        return Expected(0.0, 0.0, 0.0, 1.0)
    weights = hypergeom.pmf(np.arange(min(marked, drawn) + 1), of, marked, drawn)
    p = float(min(1, weights[weights <= weights[seen] * (1 + 1e-9)].sum()))
    low, high = np.searchsorted(np.cumsum(weights), [0.025, 0.975])
    return Expected(drawn * marked / of, float(low), float(high), p)


def corrected(p: Any) -> np.ndarray:
    """Correct for asking many questions at once (Benjamini and Hochberg): the share of chance
    findings among all that are at least as unlikely as each."""
    p = np.asarray(p, float)
    order = np.argsort(p, kind="stable")
    stepped = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum.accumulate(stepped[::-1])[::-1]
    return np.minimum(out, 1)


def of_draws(seen: float, drawn: np.ndarray) -> Expected:
    """Compare what was seen with the draws of it."""
    mean = float(drawn.mean())
    low, high = intervals.ends(drawn)
    far = np.abs(drawn - mean) >= abs(seen - mean) - 1e-9
    return Expected(mean, float(low), float(high), float((far.sum() + 1) / (len(drawn) + 1)))


def themes_of_lists(placed: pd.DataFrame) -> Expected:
    """Compare the number of themes that every list has with dealing the tasks to the lists at
    random, each list keeping its length (`placed`: `jurisdiction`, `theme_id`, a task a row)."""
    themed = placed.dropna(subset=["theme_id"])
    lists, themes = (tuple(pd.factorize(themed[c])[0]) for c in ("jurisdiction", "theme_id"))
    if not lists:
        return Expected(0.0, 0.0, 0.0, 1.0)
    seen = themed.groupby("theme_id")["jurisdiction"].nunique().eq(max(lists) + 1).sum()
    return of_draws(int(seen), _dealt(lists, themes))


@lru_cache(maxsize=4)
def _dealt(lists: tuple[int, ...], themes: tuple[int, ...]) -> np.ndarray:
    """In how many themes every list has a task, in each of the draws."""
    n_lists, n_themes = max(lists) + 1, max(themes) + 1
    rng = np.random.default_rng(intervals.SEED)
    counts = np.empty(DRAWS)
    batch = max(1, 2_000_000 // len(lists))  # memory stays small however many the tasks
    for start in range(0, DRAWS, batch):
        n = min(batch, DRAWS - start)
        dealt = rng.permuted(np.tile(np.array(lists), (n, 1)), axis=1)
        cells = np.arange(n)[:, None] * n_lists * n_themes + dealt * n_themes + np.array(themes)
        held = np.zeros(n * n_lists * n_themes, dtype=bool)
        held[cells.ravel()] = True
        counts[start : start + n] = held.reshape(n, n_lists, n_themes).all(axis=1).sum(axis=1)
    counts.flags.writeable = False
    return counts
