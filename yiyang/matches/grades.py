"""Grade pairs of tasks: the same measure, possibly a part in common, or none.

How probable it is that readers code a pair is reckoned, for each grade by itself, from its score
and a little more (`USED`). The same measure stands near in both tasks' candidates. A part in common
stands near in those of one at least; and one score says less of two short sentences than of long
ones, while a clause of a long article scores lower than an article of its own. The weights are in
`curation/match_grades.csv`; `calibrating.py` fits them and the two limits to coded pairs.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from yiyang.core import curated_csv
from yiyang.core.schema import CURATION

GRADES = ("same", "possible", "none")
SAME = 0.24
"""From this probability of `same` on a pair is the same measure, unless object or direction differ:
right in 93 of 100 cases."""
POSSIBLE = 0.37
"""From this probability of `possible` on a pair may have a part in common, to be looked at: both
grades together agree best with the codes."""
FILE = CURATION / "match_grades.csv"
COLUMNS = ["grade", "feature", "center", "scale", "weight", "reason"]
FEATURES = ("score", "better_rank", "worse_rank", "length", "ratio")
USED = {"same": ("score", "worse_rank"), "possible": ("score", "better_rank", "length", "ratio")}
"""The features by which each grade goes."""
CONSTANT = "constant"
BEYOND = 6
"""The rank of what is not among the five candidates of a task."""
LINE, ARTICLE = 16, 3
"""A task of fewer characters is a line (开工建设老年大学。); beside one so many times as long its
score says little, for no coded pair is like that. A line is compared with other lines as ever."""
LEAST = 1e-3
"""Scores below it are taken for it: their logarithm says nothing."""


class Weights(NamedTuple):
    """What the `columns` of the features are less (`center`), and divided by (`scale`), and how
    much each weighs; with the `constant`."""

    columns: tuple[int, ...]
    center: np.ndarray
    scale: np.ndarray
    weight: np.ndarray
    constant: float

    def unit(self, measured: np.ndarray) -> np.ndarray:
        """Return the features that count, about 0 and of like size."""
        return (measured[:, self.columns] - self.center) / self.scale


@cache
def weights(grade: str, path: Path = FILE) -> Weights:
    """Read the weights of a grade, a line a feature. Raises `InputError` with the line."""
    found = {}
    for row, line in curated_csv.rows(path, COLUMNS):
        if row["grade"] == grade:
            found[row["feature"]] = [curated_csv.number(row[c], path, line) for c in COLUMNS[2:5]]
    used = USED[grade]
    center, scale, weight = np.array([found[feature] for feature in used]).T
    columns = tuple(map(FEATURES.index, used))
    return Weights(columns, center, scale, weight, found[CONSTANT][2])


def features(
    here: np.ndarray, there: np.ndarray, rank: np.ndarray, score: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Measure candidates: `here`, `there` are rows of the tasks, whose texts have `lengths`.

    Columns (n, 5), in the order of `FEATURES`: the logarithms of the score, of the better and the
    worse of the ranks that the two tasks give each other, of the length of the shorter text, and of
    how many times longer the other is. They are the same either way round.
    """
    low, high = np.minimum(here, there), np.maximum(here, there)
    _, pair = np.unique(low * len(lengths) + high, return_inverse=True)
    n, better = np.bincount(pair), np.full(pair.max(initial=-1) + 1, np.inf)
    worse = np.where(n == 2, 0.0, BEYOND)
    np.minimum.at(better, pair, np.minimum(rank, BEYOND))
    np.maximum.at(worse, pair, np.minimum(rank, BEYOND))
    shorter = np.maximum(np.minimum(lengths[here], lengths[there]), 1)
    longer = np.maximum(np.maximum(lengths[here], lengths[there]), 1)
    raw = [np.maximum(score, LEAST), better[pair], worse[pair], shorter, longer / shorter]
    return np.log(np.column_stack(raw).astype(float))


def is_line_and_article(here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Tell by the lengths of the texts of which pairs one is a line and the other an article."""
    short, long = np.minimum(here, there), np.maximum(here, there)
    return (short < LINE) & (long >= ARTICLE * short)


def probability(measured: np.ndarray, by: Weights) -> np.ndarray:
    """Return how probable it is that readers code each of the pairs (`features`), 0 to 1."""
    logit = by.unit(measured) @ by.weight + by.constant
    # Rounded so that machines agree on what reaches a limit.
    return np.round(1 / (1 + np.exp(-logit)), 6)


def of(measured: np.ndarray, differs: np.ndarray) -> np.ndarray:
    """Grade pairs (`features`); what `differs` (`aspects.NEVER_SAME`) is never the same."""
    is_same, is_possible = (
        probability(measured, weights(grade)) >= limit
        for grade, limit in (("same", SAME), ("possible", POSSIBLE))
    )
    return np.select([is_same & ~differs, is_same | is_possible], GRADES[:2], GRADES[2]).astype(
        object
    )
