"""Measure how well candidates and assertions agree with pairs that readers coded.

A coded pair is listed once, either way round; both directions are asked. Only the jurisdictions
that the coded pairs name are measured, for only there is a pair that is not listed a pair that
the readers did not name.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from yiyang.core import intervals, schema
from yiyang.matches import reviews
from yiyang.matches.finding import find

CODES = schema.DATA / "evaluation" / "task_pairs.csv"
RESAMPLES = 2_000
SEED = 0


class Interval(NamedTuple):
    """A figure with the limits between which 95 of 100 resamples of the questions lie."""

    value: float
    low: float
    high: float


def codes(path: Path = CODES) -> pd.DataFrame:
    """Return the coded pairs, once either way round: `task_a, task_b, strength` (2 the same, 1 a
    part)."""
    return pd.read_csv(path)


def method(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return `task_matches` without any review in force: what is measured is the method alone."""
    return find(tasks, reviews=reviews.none())


def present(pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the coded pairs of which the corpus holds both tasks."""
    ids = set(tasks["task_id"])
    return pairs[pairs["task_a"].isin(ids) & pairs["task_b"].isin(ids)]


def against(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates between the measured jurisdictions, with `jurisdiction` and
    `is_coded`."""
    pairs = present(pairs, tasks)
    home = tasks.set_index("task_id")["jurisdiction"]
    coded = _both_ways(pairs)
    measured = {home[task] for task, _ in coded}
    rows = matches.assign(jurisdiction=matches["task_id"].map(home))
    rows = rows[rows["jurisdiction"].isin(measured) & rows["other_jurisdiction"].isin(measured)]
    candidates = zip(rows["task_id"], rows["other_task_id"], strict=True)
    return rows.assign(is_coded=np.array([pair in coded for pair in candidates], dtype=bool))


def questions(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a task asked for its counterparts in one other jurisdiction.

    Columns `task_id`, `other_jurisdiction`; `rank` of the best coded counterpart, missing where
    none is among the candidates; `n_coded`, `n_asserted` and `n_right` counterparts.
    """
    pairs = present(pairs, tasks)
    rows = against(matches, pairs, tasks)
    rows = rows.assign(
        n_right=rows["is_match"] & rows["is_coded"], rank=rows["rank"].where(rows["is_coded"])
    )
    out = rows.groupby(["task_id", "other_jurisdiction"]).agg(
        rank=("rank", "min"), n_asserted=("is_match", "sum"), n_right=("n_right", "sum")
    )
    home = tasks.set_index("task_id")["jurisdiction"]
    coded = [(task, home[other]) for task, other in sorted(_both_ways(pairs))]
    counts = pd.Series(coded).value_counts()
    out["n_coded"] = counts.reindex(out.index.to_flat_index()).fillna(0).astype(int).to_numpy()
    return out.reset_index()


def retrieval(asked: pd.DataFrame) -> dict[str, Interval]:
    """Measure, of the `questions` with a coded counterpart, mean reciprocal rank and recall at 1,
    3, 5.

    A counterpart that is not among the candidates counts as not found.
    """
    ranks = asked.loc[asked["n_coded"] > 0, "rank"].to_numpy(dtype=float, na_value=np.inf)
    return {
        "mrr": _interval(1 / ranks),
        **{f"recall_at_{k}": _interval((ranks <= k).astype(float)) for k in (1, 3, 5)},
    }


def assertion(asked: pd.DataFrame) -> dict[str, Interval]:
    """Precision, recall and F1 of what is asserted, and how often "no counterpart" is right.

    Both directions of a pair are counted. `none_precision` is the share of answers "no
    counterpart" that the codes bear out, `none_recall` the share of tasks coded without a
    counterpart that get this answer.
    """
    right, said, coded = (asked[c].to_numpy(float) for c in ("n_right", "n_asserted", "n_coded"))
    none_said, none_coded = (said == 0).astype(float), (coded == 0).astype(float)
    both = none_said * none_coded
    return {
        "precision": _ratio(right, said),
        "recall": _ratio(right, coded),
        "f1": _ratio(2 * right, said + coded),
        "none_precision": _ratio(both, none_said),
        "none_recall": _ratio(both, none_coded),
    }


def best_threshold(scores: pd.Series, is_coded: pd.Series, n_coded: int) -> float:
    """Return the score from which assertions agree best (F1) with `n_coded` pairs.

    It lies in the middle of the gap below the last score that is asserted.
    """
    order = np.argsort(-scores.to_numpy(float), kind="stable")
    falling = np.append(scores.to_numpy(float)[order], 0.0)
    right = np.cumsum(is_coded.to_numpy(bool)[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + n_coded)
    # Equal scores are asserted together: only the last of them is a place to stop.
    at = int(np.argmax(np.where(np.diff(falling) < 0, f1, 0)))
    return float((falling[at] + falling[at + 1]) / 2)


def curve(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall and F1 of assertions from each `threshold` on, in steps of 0.01.

    Without a coded pair there is no row.
    """
    pairs = present(pairs, tasks)
    rows = against(matches, pairs, tasks)
    total = len(_both_ways(pairs))
    out = []
    for threshold in np.arange(5, 61) / 100 if total else ():
        said = rows["score"] >= threshold
        right = (said & rows["is_coded"]).sum()
        measured = right / max(said.sum(), 1), right / total, 2 * right / (said.sum() + total)
        out.append((threshold, *measured))
    return pd.DataFrame(out, columns=["threshold", "precision", "recall", "f1"])


def calibrate(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the threshold that fits the coded pairs best, and how it does where it was not fitted.

    One row is a pair of jurisdictions that is left out: `left_out`, the `threshold` that fits the
    others, and the `precision`, `recall` and `f1` of this threshold on the pair left out. The last
    row, with nothing left out, has the threshold that fits all and its measures. Only the threshold
    is held out: the weights and the concepts stand. Without a coded pair there is no row.
    """
    pairs = present(pairs, tasks)
    columns = ["left_out", "threshold", "precision", "recall", "f1"]
    if pairs.empty:
        return pd.DataFrame(columns=columns)
    rows = against(matches, pairs, tasks)
    rows = rows.assign(side=_sides(rows["jurisdiction"], rows["other_jurisdiction"]))
    home = tasks.set_index("task_id")["jurisdiction"]
    n_coded = 2 * _sides(pairs["task_a"].map(home), pairs["task_b"].map(home)).value_counts()
    out = []
    sides = sorted(n_coded.index) if len(n_coded) > 1 else []
    for side in [*sides, None]:
        seen, held = (
            rows[rows["side"] != side],
            rows if side is None else rows[rows["side"] == side],
        )
        total = n_coded.sum() if side is None else n_coded[side]
        fitted = n_coded.sum() - (0 if side is None else total)
        threshold = best_threshold(seen["score"], seen["is_coded"], fitted)
        said = held["score"] >= threshold
        right = (said & held["is_coded"]).sum()
        measured = right / max(said.sum(), 1), right / total, 2 * right / (said.sum() + total)
        out.append((side, threshold, *measured))
    return pd.DataFrame(out, columns=columns)


def _sides(here: pd.Series, there: pd.Series) -> pd.Series:
    """`chaoyang, jiyuan` for either direction."""
    pairs = zip(here, there, strict=True)
    return pd.Series([", ".join(sorted(pair)) for pair in pairs], index=here.index, dtype=object)


def _both_ways(pairs: pd.DataFrame) -> set[tuple[str, str]]:
    listed = set(zip(pairs["task_a"], pairs["task_b"], strict=True))
    return listed | {(b, a) for a, b in listed}


def _interval(values: np.ndarray) -> Interval:
    return _ratio(values, np.ones(len(values)))


def _ratio(above: np.ndarray, below: np.ndarray) -> Interval:
    """The sum above over the sum below, with its interval over resampled rows."""
    draws = np.random.default_rng(SEED).integers(0, len(above), (RESAMPLES, len(above)))
    tops, bottoms = above[draws].sum(axis=1), below[draws].sum(axis=1)
    ratios = tops[bottoms > 0] / bottoms[bottoms > 0]
    if not len(ratios) or not below.sum():
        return Interval(float("nan"), float("nan"), float("nan"))
    low, high = intervals.ends(ratios)
    return Interval(float(above.sum() / below.sum()), float(low), float(high))


def disagreements(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a pair on which assertion and codes differ, the highest score first.

    `task_id, other_task_id, score, kind`: `not_coded` (asserted, the readers did not name it) or
    `not_asserted` (named by the readers; its score is below the threshold, or missing where it is
    no candidate).
    """
    pairs = present(pairs, tasks)
    rows = against(matches, pairs, tasks)
    best = rows.assign(pair=[
        tuple(sorted(p)) for p in zip(rows["task_id"], rows["other_task_id"], strict=True)
    ]).groupby("pair").agg(score=("score", "max"), is_match=("is_match", "any"))  # fmt: skip
    coded = {tuple(sorted(p)) for p in zip(pairs["task_a"], pairs["task_b"], strict=True)}
    said = set(best.index[best["is_match"]])
    listed = [(*p, best["score"].get(p), "not_coded") for p in said - coded]
    listed += [(*p, best["score"].get(p), "not_asserted") for p in coded - said]
    columns = ["task_id", "other_task_id", "score", "kind"]
    frame = pd.DataFrame(listed, columns=columns).astype({"score": "float64"})
    return frame.sort_values(
        ["kind", "score", "task_id", "other_task_id"], ascending=[True, False, True, True],
        ignore_index=True,
    )  # fmt: skip
