"""Fit the weights and the limits of the grades to coded candidates.

The weights are those of a logistic regression (scikit-learn, C = `HELD_BACK`). From few pairs the
score from which both grades agree best is found by chance: it is therefore sought on the
probabilities, which change step by step, not on the codes themselves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from yiyang.matches import grades

PRECISE = 0.95
"""The share of right pairs that the limit of `same` is fitted to: on pairs that were not fitted it
loses a point or two of it, and 0.93 is promised. From 0.94 to 0.96 nothing changes."""
HELD_BACK = 10.0
"""How little a penalty holds the weights back. A few dozen right pairs among a thousand candidates
need hardly one for two to four features, and a strong one (1) makes all too alike; from 10 on
nothing changes."""
STRONG = 2
"""The strength of pairs that are coded as the same measure; 1 is a main part in common."""


class Fitted(NamedTuple):
    """The weights of the two grades that fit coded candidates, and their limits."""

    of_same: grades.Weights
    same: float
    of_possible: grades.Weights
    possible: float

    def said(self, measured: np.ndarray, able: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Tell which candidates (`grades.features`) are the same measure, and which are in either
        grade; the `able` may be the same."""
        same = grades.probability(measured, self.of_same) >= self.same
        either = same | (grades.probability(measured, self.of_possible) >= self.possible)
        return same & able, either


def measured(rows: pd.DataFrame, tasks: pd.DataFrame) -> np.ndarray:
    """Measure candidates of a table of matches (`grades.features`)."""
    number = pd.Index(tasks["task_id"])
    here, there = (number.get_indexer(rows[c]) for c in ("task_id", "other_task_id"))
    lengths = tasks["text"].str.len().to_numpy(np.int64)
    rank, score = rows["rank"].to_numpy(float), rows["score"].to_numpy(float)
    return grades.features(here, there, rank, score, lengths)


def fit(measured: np.ndarray, strength: np.ndarray, able: np.ndarray, n_coded: int) -> Fitted:
    """Fit weights and limits to candidates (`grades.features`) of which readers coded the
    `strength` (0 where they did not name it), and of which the `able` may be the same measure;
    `n_coded` is the number of all coded pairs, those beyond the candidates among them.
    """
    is_coded = strength > 0
    of_same = _weights("same", measured, strength == STRONG)
    of_possible = _weights("possible", measured, is_coded)
    same = precise_threshold(grades.probability(measured[able], of_same), is_coded[able])
    probable = grades.probability(measured, of_possible)
    missed = max(0, n_coded - int(is_coded.sum()))
    return Fitted(
        of_same, same, of_possible, best_threshold(probable, probable, probable.sum() + missed)
    )


def _weights(grade: str, measured: np.ndarray, is_coded: np.ndarray) -> grades.Weights:
    known = grades.weights(grade)
    if len(set(is_coded.tolist())) < 2:  # nothing to tell apart
        return known
    model = LogisticRegression(C=HELD_BACK, max_iter=500).fit(known.unit(measured), is_coded)
    return known._replace(weight=model.coef_[0], constant=float(model.intercept_[0]))


def best_threshold(scores: np.ndarray, is_coded: np.ndarray, n_coded: float) -> float:
    """Return the score from which assertions agree best (F1) with `n_coded` pairs.

    `is_coded` may be probabilities. It lies in the middle of the gap below the last score that is
    asserted.
    """
    order = np.argsort(-scores, kind="stable")
    falling = np.append(scores[order], 0.0)
    right = np.cumsum(is_coded.astype(float)[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + n_coded)
    # Equal scores are asserted together: only the last of them is a place to stop.
    at = int(np.argmax(np.where(np.diff(falling) < 0, f1, 0)))
    return float((falling[at] + falling[at + 1]) / 2)


def precise_threshold(scores: np.ndarray, is_coded: np.ndarray, least: float = PRECISE) -> float:
    """Return the lowest score from which the share of coded pairs is `least` or more.

    It lies in the middle of the gap below the last of them; where no share is so high, above all
    scores.
    """
    order = np.argsort(-scores, kind="stable")
    falling = np.append(scores[order], 0.0)
    share = np.cumsum(is_coded.astype(bool)[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero((np.diff(falling) < 0) & (share >= least))
    return float((falling[good[-1]] + falling[good[-1] + 1]) / 2) if len(good) else 1.0
