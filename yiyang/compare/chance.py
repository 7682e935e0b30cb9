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
    return of_draws(int(seen), _dealt(lists, tuple(range(len(lists))), themes)[:, 0])


class Spread(NamedTuple):
    """What dealing the tasks to the lists at random gives of the things that tasks name:
    `everywhere`, how many every list names; `alone`, how many one list alone names, by list; and
    `alone_in_all`, these together."""

    everywhere: Expected
    alone: dict[str, Expected]
    alone_in_all: Expected


def spread_of_lists(named: pd.DataFrame, tasks: pd.DataFrame) -> Spread:
    """Compare how far things are spread over the lists with dealing the tasks to the lists at
    random, each list keeping its length (`named`: `task_id`, `item`, a thing that a task names a
    row; `tasks`: all tasks with their `jurisdiction`)."""
    numbers, places = pd.factorize(tasks["jurisdiction"])
    at = pd.Series(range(len(tasks)), index=tasks["task_id"])
    once = named[["task_id", "item"]].drop_duplicates()
    rows, items = at[once["task_id"]].to_numpy(), pd.factorize(once["item"])[0]
    nothing = Expected(0.0, 0.0, 0.0, 1.0)
    if not len(once):
        return Spread(nothing, dict.fromkeys(map(str, places), nothing), nothing)
    held = np.zeros((items.max() + 1, len(places)), dtype=bool)
    held[items, numbers[rows]] = True
    seen = _counts(held[None])[0]
    drawn = _dealt(*(tuple(map(int, part)) for part in (numbers, rows, items)))
    each = [of_draws(float(seen[i]), drawn[:, i]) for i in range(len(seen))]
    alone = dict(zip(map(str, places), each[1:], strict=True))
    return Spread(each[0], alone, of_draws(float(seen[1:].sum()), drawn[:, 1:].sum(axis=1)))


def _counts(held: np.ndarray) -> np.ndarray:
    """Of draws x items x lists, what is held: for each draw the items of every list, and of each
    list alone."""
    everywhere = held.all(axis=2).sum(axis=1)
    alone = (held & (held.sum(axis=2) == 1)[..., None]).sum(axis=1)
    return np.column_stack([everywhere, alone])


@lru_cache(maxsize=8)
def _dealt(lists: tuple[int, ...], tasks: tuple[int, ...], items: tuple[int, ...]) -> np.ndarray:
    """`_counts` in each of the draws; `tasks` and `items` say which task names what."""
    n_lists, n_items = max(lists) + 1, max(items) + 1
    rng = np.random.default_rng(intervals.SEED)
    counts = np.empty((DRAWS, 1 + n_lists))
    batch = max(1, 2_000_000 // len(lists))  # memory stays small however many the tasks
    rows, columns = np.array(tasks), np.array(items)
    for start in range(0, DRAWS, batch):
        n = min(batch, DRAWS - start)
        dealt = rng.permuted(np.tile(np.array(lists), (n, 1)), axis=1)
        held = np.zeros((n, n_items, n_lists), dtype=bool)
        held[np.arange(n)[:, None], columns, dealt[:, rows]] = True
        counts[start : start + n] = _counts(held)
    counts.flags.writeable = False
    return counts
