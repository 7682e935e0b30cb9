"""Choose the pairs of tasks worth comparing, and the five best of each task.

Two lists of up to `EXHAUSTIVE` tasks are compared pair by pair. For longer ones an index (the
lists of the tasks that hold each feature) gives every task the `SHORTLIST` nearest by its rarest
features, and only these are compared in full: 100,000 tasks against 100,000 take minutes, not
days, and the full matrix is never there. It was chosen by measured recall among the usual ones
(docs/scale.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from yiyang.matches import aspects, bridges, covering
from yiyang.matches.signals import Signals, likeness

KEPT = 5
EXHAUSTIVE = 500
SHORTLIST = 80
LOOKED_UP = 20_000
"""Entries of the index that are looked up for a task, those of its rarest features first: common
ones tell little apart and cost most of the time. `benchmarks/matches_scale.py` measures how many
of the best candidates are found so."""
BLOCK = 500
"""Tasks looked up at a time."""
REFINED = 7
"""Pairs of a task whose clauses are compared: more than are kept, for the order changes."""
CLAUSES = 0.2
"""How much the clauses weigh beside the whole; from 0.1 to 0.3 the measures move within their
uncertainty (`benchmarks/matches.py --parts`)."""


def scored(
    tasks: Signals, jurisdictions: np.ndarray, also: Sequence[tuple[int, int]] = ()
) -> pd.DataFrame:
    """Return the compared pairs, once either way round: `here`, `there` (rows of the tasks),
    `likeness`, `score` and a column of booleans for each kind of difference (`aspects.KINDS`).

    `also` names pairs of rows, both ways round, that are compared in any case. All pairs are
    compared by `signals.likeness`; for the `REFINED` nearest of each task the clauses are compared
    too (`covering.of`) and count for `CLAUSES`. What differs in object or direction is lowered
    (`aspects.weighed`), and so is a pair where either task has something better in the other's
    jurisdiction:

        likeness = mixed * sqrt(sqrt(mixed / best of here * mixed / best of there))

    A task that resembles everything a little (a long article, a general phrase) so gives way to
    the pairs that stand out. `score` is the likeness raised by third lists (`bridges.raised`).
    Both lie between 0 and 1, and are the same either way round.
    """
    groups = {j: np.flatnonzero(jurisdictions == j) for j in sorted(set(jurisdictions))}
    names = list(groups)
    frames = [
        _of_two_lists(tasks, groups[one], groups[other], also)
        for number, one in enumerate(names)
        for other in names[number + 1 :]
    ]
    if not frames:
        nothing = np.zeros(0, np.int64)
        kinds = {kind: np.zeros(0, bool) for kind in aspects.KINDS}
        return pd.DataFrame(
            {"here": nothing, "there": nothing, "likeness": np.zeros(0), "score": np.zeros(0)}
            | kinds
        )
    found = pd.concat(frames, ignore_index=True)
    # Rounded so that machines agree on the order; six places tell more than the method knows.
    return found.assign(score=np.round(bridges.raised(found, jurisdictions), 6))


def _of_two_lists(
    tasks: Signals, one: np.ndarray, other: np.ndarray, also: Sequence[tuple[int, int]]
) -> pd.DataFrame:
    here, there = _compared(tasks, one, other, also)
    alike = likeness(tasks, here, there)
    near = _nearest(alike, here, there, len(tasks.first))
    mixed = (1 - CLAUSES) * alike
    covered = covering.of(tasks, here[near], there[near])
    mixed[near] += CLAUSES * covered.likeness
    differ = _differing(tasks, here, there, near, covered)
    mixed *= aspects.weighed(differ)
    standing = _standing(mixed, here, there, len(tasks.first))
    return pd.DataFrame(
        {"here": here, "there": there, "likeness": np.round(mixed * standing**0.25, 6)} | differ
    )


def _compared(
    tasks: Signals, one: np.ndarray, other: np.ndarray, also: Sequence[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the pairs of two lists that are compared in full."""
    if max(len(one), len(other)) <= EXHAUSTIVE:
        return np.repeat(one, len(other)), np.tile(other, len(one))
    left, right = _shortlist(tasks.lines[tasks.whole[one]], tasks.lines[tasks.whole[other]])
    back_right, back_left = _shortlist(tasks.lines[tasks.whole[other]], tasks.lines[tasks.whole[one]])
    wanted = [pair for pair in also if pair[0] in one and pair[1] in other]
    rows = np.array(wanted, np.int64).reshape(-1, 2)
    places = np.concatenate(
        [
            left * len(other) + right,
            back_left * len(other) + back_right,
            np.searchsorted(one, rows[:, 0]) * len(other) + np.searchsorted(other, rows[:, 1]),
        ]
    )
    key = np.unique(places)
    return one[key // len(other)], other[key % len(other)]


def _nearest(alike: np.ndarray, here: np.ndarray, there: np.ndarray, n_tasks: int) -> np.ndarray:
    """Places of the pairs that are among the `REFINED` most alike of either of their tasks."""
    found = np.zeros(len(alike), bool)
    for rows, others in ((here, there), (there, here)):
        order = np.lexsort((others, -np.round(alike, 9), rows))
        counts = np.bincount(rows, minlength=n_tasks)
        starts = (np.cumsum(counts) - counts)[rows[order]]
        found[order[np.arange(len(order)) - starts < REFINED]] = True
    return np.flatnonzero(found)


def _differing(
    tasks: Signals,
    here: np.ndarray,
    there: np.ndarray,
    near: np.ndarray,
    covered: covering.Covering,
) -> dict[str, np.ndarray]:
    """In what the clauses of the pairs differ; who opens what is a matter of the whole task."""
    out = {kind: np.zeros(len(here), bool) for kind in aspects.KINDS}
    clauses = aspects.differing(tasks.marks[covered.part], tasks.marks[covered.other_part])
    if len(near):
        all_marks = np.bitwise_or.reduceat(tasks.marks, tasks.first)
        whole = aspects.differing(all_marks[here[near]], all_marks[there[near]])
        clauses["direction"] = whole["direction"]
    for kind, differs in clauses.items():
        out[kind][near] = differs
    return out


def _standing(alike: np.ndarray, here: np.ndarray, there: np.ndarray, n_tasks: int) -> np.ndarray:
    """How near each pair comes to the best of its two tasks, 0 to 1."""
    standing = np.ones(len(alike))
    for rows in (here, there):
        best = np.zeros(n_tasks)
        np.maximum.at(best, rows, alike)
        standing *= np.divide(alike, best[rows], out=np.zeros_like(alike), where=best[rows] > 0)
    return standing


def _shortlist(
    queries: sparse.csr_array, others: sparse.csr_array
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of queries and of others: for each query the `SHORTLIST` nearest by rarer features."""
    held = np.bincount(others.indices, minlength=others.shape[1])
    index = sparse.csr_array(others.T)
    rows, columns = [], []
    for at in range(0, queries.shape[0], BLOCK):
        near = sparse.csr_array(_rarest(queries[at : at + BLOCK], held) @ index)
        for row, (start, end) in enumerate(pairwise(near.indptr), at):
            value, kept = near.data[start:end], near.indices[start:end]
            if len(value) > SHORTLIST:
                # All that reach the last place are kept: no choice among equals.
                kept = kept[value >= np.partition(value, -SHORTLIST)[-SHORTLIST]]
            rows.append(np.full(len(kept), row))
            columns.append(kept)
    return np.concatenate(rows), np.concatenate(columns).astype(np.int64)


def _rarest(queries: sparse.csr_array, held: np.ndarray) -> sparse.csr_array:
    """The queries with their rarest features only: as many as `LOOKED_UP` tasks hold in all, and
    the rarest in any case. `held` is the number of tasks that hold each feature.
    """
    row = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
    often = held[queries.indices]
    order = np.lexsort((queries.indices, often, row))
    total = np.cumsum(often[order])
    # Rows stand in their order still, so the rows of `order` are those of `row`.
    reached = total - np.concatenate([[0], total])[queries.indptr[:-1]][row]
    kept = np.empty(len(row), bool)
    kept[order] = (often[order] > 0) & ((reached <= LOOKED_UP) | (reached == often[order]))
    return sparse.csr_array(
        (queries.data[kept], (row[kept], queries.indices[kept])), shape=queries.shape
    )


def best_of_each(pairs: pd.DataFrame, jurisdictions: np.ndarray, kept: int = KEPT) -> pd.DataFrame:
    """Keep of scored pairs, for every task and other jurisdiction, the best `kept`, ranked from 1.

    One row is a candidate: the columns of `pairs`, read from either side, and `rank`. Pairs that
    are `is_confirmed` come before all others into the selection, not into the ranking. Equal
    scores rank in the order of the tasks.
    """
    back = pairs.rename(columns={"here": "there", "there": "here"})
    both = pd.concat([pairs, back], ignore_index=True)
    both["other"] = jurisdictions[both["there"].to_numpy()]
    both = both.sort_values(
        ["here", "other", "score", "there"], ascending=[True, True, False, True]
    )
    first = both.sort_values("is_confirmed", ascending=False, kind="stable")
    both["place"] = first.groupby(["here", "other"], sort=False).cumcount()
    both = both[both["is_confirmed"] | (both["place"] < kept)].drop(columns="place")
    both["rank"] = both.groupby(["here", "other"], sort=False).cumcount() + 1
    return both.reset_index(drop=True)
