"""Measure how well candidates and grades agree with pairs that readers coded.

A coded pair is listed once, either way round; both directions are asked. Only the jurisdictions
that the coded pairs name are measured, for only there is a pair that is not listed a pair that
the readers did not name.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from yiyang.core import curated_csv, intervals, schema
from yiyang.matches import calibrating, grades
from yiyang.matches.aspects import NEVER_SAME
from yiyang.matches.calibrating import STRONG
from yiyang.matches.finding import both

CODES = schema.DATA / "evaluation" / "task_pairs.csv"
RESAMPLES = 2_000
SEED = 0
COUNTS = ("n_same", "n_same_right", "n_same_found", "n_possible", "n_possible_right")
CALIBRATED = ("same_precision", "same_recall", "precision", "recall", "f1")


class Interval(NamedTuple):
    """A figure with the limits between which 95 of 100 resamples of the tasks lie."""

    value: float
    low: float
    high: float


def codes(path: Path = CODES) -> pd.DataFrame:
    """Return the coded pairs, once either way round: `task_a, task_b, strength` (2 the same, 1 a
    part)."""
    columns = ["task_a", "task_b", "strength"]
    return curated_csv.frame(path, columns).astype({"strength": int})


def method(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return `task_matches` between the coded lists without any review in force: what is measured
    is the method alone, with all tasks in view.

    Of tasks none of which is coded there is nothing to measure: the table has no row.
    """
    coded = lists(tasks)
    return both(tasks if coded else tasks.head(0), coded)[1]


def lists(tasks: pd.DataFrame) -> set[str]:
    """Return the jurisdictions of the coded pairs."""
    home, pairs = tasks.set_index("task_id")["jurisdiction"], present(codes(), tasks)
    return {*pairs["task_a"].map(home), *pairs["task_b"].map(home)}


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
    none is among the candidates; `n_coded` counterparts and, of these, `n_coded_same` (coded as
    the same measure); `n_same` and `n_possible`, how many are graded so, each with the number that
    is coded at either strength (`n_same_right`, `n_possible_right`); `n_same_found`, those coded
    and graded as the same measure.
    """
    pairs = present(pairs, tasks)
    rows = against(matches, pairs, tasks)
    strong = _both_ways(pairs[pairs["strength"] == STRONG])
    is_same, is_possible = rows["grade"] == "same", rows["grade"] == "possible"
    candidates = zip(rows["task_id"], rows["other_task_id"], strict=True)
    is_strong = np.array([pair in strong for pair in candidates], dtype=bool)
    out = (
        rows.assign(
            n_same=is_same,
            n_same_right=is_same & rows["is_coded"],
            n_same_found=is_same & is_strong,
            n_possible=is_possible,
            n_possible_right=is_possible & rows["is_coded"],
            rank=rows["rank"].where(rows["is_coded"]),
        )
        .groupby(["task_id", "other_jurisdiction"])
        .agg({"rank": "min"} | dict.fromkeys(COUNTS, "sum"))
    )
    home = tasks.set_index("task_id")["jurisdiction"]
    for name, listed in (("n_coded", _both_ways(pairs)), ("n_coded_same", strong)):
        counts = pd.Series([(task, home[other]) for task, other in sorted(listed)]).value_counts()
        out[name] = counts.reindex(out.index.to_flat_index()).fillna(0).astype(int).to_numpy()
    return out.reset_index()


def retrieval(asked: pd.DataFrame) -> dict[str, Interval]:
    """Measure, of the `questions` with a coded counterpart, mean reciprocal rank and recall at 1,
    3, 5.

    A counterpart that is not among the candidates counts as not found.
    """
    coded = asked[asked["n_coded"] > 0]
    ranks = coded["rank"].to_numpy(dtype=float, na_value=np.inf)
    found = {"mrr": 1 / ranks, **{f"recall_at_{k}": 1.0 * (ranks <= k) for k in (1, 3, 5)}}
    return {name: _ratio(coded, part, np.ones(len(part))) for name, part in found.items()}


def grading(asked: pd.DataFrame) -> dict[str, Interval]:
    """Measure the grades: each by itself, and both together.

    Both directions of a pair are counted. A pair graded `same` is right where it is coded at
    either strength (`same_precision`); `same_recall` is the share of the pairs coded as the same
    measure that are graded so. `possible_precision` is the same of `possible`. `precision`,
    `recall` and `f1` are of both grades together; `none_precision` is the share of answers "no
    counterpart" (neither grade) that the codes bear out.
    """
    number = {c: asked[c].to_numpy(float) for c in (*COUNTS, "n_coded", "n_coded_same")}
    said = number["n_same"] + number["n_possible"]
    right = number["n_same_right"] + number["n_possible_right"]
    none_said = (said == 0).astype(float)
    return {
        "same_precision": _ratio(asked, number["n_same_right"], number["n_same"]),
        "same_recall": _ratio(asked, number["n_same_found"], number["n_coded_same"]),
        "possible_precision": _ratio(asked, number["n_possible_right"], number["n_possible"]),
        "precision": _ratio(asked, right, said),
        "recall": _ratio(asked, right, number["n_coded"]),
        "f1": _ratio(asked, 2 * right, said + number["n_coded"]),
        "none_precision": _ratio(asked, none_said * (number["n_coded"] == 0), none_said),
    }


def curve(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall and F1 of both grades from each `threshold` of the probability of
    `possible` (`grades.probability`) on, in steps of 0.01; and `same_precision` from that of `same`
    on. Without a coded pair there is no row.
    """
    rows = able(matches, pairs, tasks)
    total = len(_both_ways(present(pairs, tasks)))
    out: list[tuple[float, ...]] = []
    if total:
        measured = calibrating.measured(rows, tasks)
        same, possible = (
            grades.probability(measured, grades.weights(g)) for g in ("same", "possible")
        )
        for threshold in np.arange(5, 96) / 100:
            said = possible >= threshold
            right = (said & rows["is_coded"]).sum()
            firm = (same >= threshold) & rows["may_be_same"]
            precision = (firm & rows["is_coded"]).sum() / max(firm.sum(), 1)
            f1 = 2 * right / (said.sum() + total)
            out.append((threshold, right / max(said.sum(), 1), right / total, f1, precision))
    return pd.DataFrame(out, columns=["threshold", "precision", "recall", "f1", "same_precision"])


def calibrate(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the limits that fit the coded pairs, and how they do where they were not fitted.

    One row is a pair of jurisdictions that is left out: `left_out`, the limits `same` and
    `possible` of the probability that, with weights of their own, fit the others
    (`calibrating.fit`), and their measures on the pair left out (`same_precision, same_recall,
    precision, recall, f1`, as in `grading`). Then a row `together` adds up what was left out in
    turn, each with its own weights and limits; the last row, with nothing left out, has those that
    fit all. The score is not held out: its own weights and the concepts stand. Without a coded
    pair there is no row.
    """
    pairs = present(pairs, tasks)
    if pairs.empty:
        return pd.DataFrame(columns=["left_out", "same", "possible", *CALIBRATED])
    rows = able(matches, pairs, tasks)
    home = tasks.set_index("task_id")["jurisdiction"]
    of = _sides(pairs["task_a"].map(home), pairs["task_b"].map(home))
    n_coded = 2 * of.value_counts()
    n_strong = (2 * of[pairs["strength"] == STRONG].value_counts()).reindex(
        n_coded.index, fill_value=0
    )
    out: list[tuple[object, ...]] = []
    held_out = np.zeros(7)
    for side in [*(sorted(n_coded.index) if len(n_coded) > 1 else []), None]:
        is_held = (rows["side"] == side) | (side is None)
        seen = rows[~is_held] if side else rows
        total = n_coded.sum() if side is None else n_coded[side]
        by = fitted(seen, tasks, n_coded.sum() - (total if side else 0))
        counts = _counts(rows[is_held], tasks, by)
        counts = np.append(counts, [total, n_strong.sum() if side is None else n_strong[side]])
        if side is None and out:
            out.append(("together", np.nan, np.nan, *_measured(held_out)))
        held_out += counts
        out.append((side, by.same, by.possible, *_measured(counts)))
    return pd.DataFrame(out, columns=["left_out", "same", "possible", *CALIBRATED])


def able(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates that are measured (`against`), with their `strength` (0: not coded),
    their `side`, and whether they `may_be_same`: differ neither in object nor in direction."""
    rows = against(matches, pairs, tasks)
    differs = rows["differs_in"].fillna("").str.contains("|".join(NEVER_SAME)).astype(bool)
    pairs = present(pairs, tasks)
    strong = _both_ways(pairs[pairs["strength"] == STRONG])
    candidates = zip(rows["task_id"], rows["other_task_id"], strict=True)
    is_strong = np.array([pair in strong for pair in candidates], dtype=bool)
    strength = np.where(is_strong, STRONG, rows["is_coded"].astype(int))
    side = _sides(rows["jurisdiction"], rows["other_jurisdiction"])
    return rows.assign(strength=strength, side=side, may_be_same=~differs)


def held_out(table: pd.DataFrame) -> pd.Series:
    """Return the row of `calibrate` for the pairs of lists left out in turn, or that of all where
    there is but one pair of lists."""
    together = table[table["left_out"] == "together"]
    return (together if len(together) else table).iloc[-1]


def fitted(rows: pd.DataFrame, tasks: pd.DataFrame, n_coded: int) -> calibrating.Fitted:
    """Fit weights and limits of the grades to candidates (`able`)."""
    measured = calibrating.measured(rows, tasks)
    may_be = rows["may_be_same"].to_numpy(bool)
    return calibrating.fit(measured, rows["strength"].to_numpy(np.int64), may_be, n_coded)


def _counts(rows: pd.DataFrame, tasks: pd.DataFrame, by: calibrating.Fitted) -> np.ndarray:
    """How many are the same (said, right, strong among them), and in either grade (said, right)."""
    may_be = rows["may_be_same"].to_numpy(bool)
    same, said = by.said(calibrating.measured(rows, tasks), may_be)
    coded, strong = rows["strength"] > 0, rows["strength"] == STRONG
    found = same, same & coded, same & strong, said, said & coded
    return np.array([mask.sum() for mask in found], dtype=float)


def _measured(counts: np.ndarray) -> tuple[float, ...]:
    same, same_right, strong_found, said, right, coded, strong = counts
    return (
        same_right / max(same, 1),
        strong_found / max(strong, 1),
        right / max(said, 1),
        right / coded,
        2 * right / (said + coded),
    )


def _sides(here: pd.Series, there: pd.Series) -> pd.Series:
    """`chaoyang, jiyuan` for either direction."""
    pairs = zip(here, there, strict=True)
    return pd.Series([", ".join(sorted(pair)) for pair in pairs], index=here.index, dtype=object)


def _both_ways(pairs: pd.DataFrame) -> set[tuple[str, str]]:
    listed = set(zip(pairs["task_a"], pairs["task_b"], strict=True))
    return listed | {(b, a) for a, b in listed}


def _ratio(asked: pd.DataFrame, above: np.ndarray, below: np.ndarray) -> Interval:
    """The sum above over the sum below, with its interval over resampled tasks.

    A task is drawn with all of its questions. A pair is asked from both of its sides, so that n
    tasks hold the evidence of half as many: half as many are drawn. Drawing questions, or as many
    as there are, would count each pair as two and make the interval too narrow.
    """
    number, known = pd.factorize(asked["task_id"])
    n = len(known)
    if not below.sum():
        return Interval(float("nan"), float("nan"), float("nan"))
    draws = np.random.default_rng(SEED).multinomial(n // 2, np.full(n, 1 / n), RESAMPLES)
    tops, bottoms = (draws @ np.bincount(number, part, n) for part in (above, below))
    low, high = intervals.ends(tops[bottoms > 0] / bottoms[bottoms > 0])
    return Interval(float(above.sum() / below.sum()), float(low), float(high))


def disagreements(matches: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a pair on which grades and codes differ, the highest score first.

    `task_id, other_task_id, score, grade, kind`: `not_coded` (graded same or possible, the readers
    did not name it) or `not_asserted` (named by the readers and graded `none`; its score is missing
    where it is no candidate).
    """
    pairs = present(pairs, tasks)
    rows = against(matches, pairs, tasks)
    best = rows.assign(pair=[
        tuple(sorted(p)) for p in zip(rows["task_id"], rows["other_task_id"], strict=True)
    ]).groupby("pair").agg(score=("score", "max"), grade=("grade", "min"))  # fmt: skip
    coded = {tuple(sorted(p)) for p in zip(pairs["task_a"], pairs["task_b"], strict=True)}
    said = set(best.index[best["grade"] != "none"])
    listed = [(*p, best["score"].get(p), best["grade"].get(p), "not_coded") for p in said - coded]
    listed += [(*p, best["score"].get(p), "none", "not_asserted") for p in coded - said]
    columns = ["task_id", "other_task_id", "score", "grade", "kind"]
    frame = pd.DataFrame(listed, columns=columns).astype({"score": "float64"})
    return frame.sort_values(
        ["kind", "score", "task_id", "other_task_id"], ascending=[True, False, True, True],
        ignore_index=True,
    )  # fmt: skip
