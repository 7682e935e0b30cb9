"""Choose the pairs of tasks worth comparing, and the five best of each task.

Two lists of up to `EXHAUSTIVE` tasks are compared pair by pair, longer ones by a shortlist for each
task (`shortlist.py`): 100,000 tasks against 100,000 take minutes, not days.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from yiyang.matches import aspects, bridges, covering
from yiyang.matches.products import side_by_side
from yiyang.matches.shortlist import places, shortlist
from yiyang.matches.signals import Signals, likeness

KEPT = 5
EXHAUSTIVE = 500
REFINED = 7
"""Pairs of a task whose clauses are compared: more than are kept, for the order changes."""
BLOCK = 200_000
"""Pairs compared at a time, which bounds the memory."""
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
    wanted = np.array([here * len(tasks.first) + there for here, there in also], np.int64)
    names = list(groups)
    pairs = [(one, other) for number, one in enumerate(names) for other in names[number + 1 :]]
    frames = list(
        side_by_side(lambda p: _of_two_lists(tasks, groups[p[0]], groups[p[1]], wanted), pairs)
    )
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
    tasks: Signals, one: np.ndarray, other: np.ndarray, wanted: np.ndarray
) -> pd.DataFrame:
    here, there, alike = _compared(tasks, one, other, wanted)
    is_near = (places(here, alike, there) < REFINED) | (places(there, alike, here) < REFINED)
    near = np.flatnonzero(is_near)
    mixed = (1 - CLAUSES) * alike
    covered = covering.of(tasks, here[near], there[near])
    mixed[near] += CLAUSES * covered.likeness
    differ = _differing(tasks, here, there, near, covered)
    mixed *= aspects.weighed(differ)
    standing = _standing(mixed, here, there, len(tasks.first))
    return pd.DataFrame(
        {"here": here, "there": there, "likeness": np.round(mixed * standing**0.25, 6)} | differ
    )


def _key(tasks: Signals, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """A number for each pair of rows."""
    return here * np.int64(len(tasks.first)) + there


def _compared(
    tasks: Signals, one: np.ndarray, other: np.ndarray, wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of the pairs of two lists that are compared in full, and their likeness."""
    if max(len(one), len(other)) <= EXHAUSTIVE:
        here, there = np.repeat(one, len(other)), np.tile(other, len(one))
        return here, there, likeness(tasks, here, there)
    here, there = shortlist(tasks, one, other)
    back_there, back_here = shortlist(tasks, other, one)
    is_ours = np.isin(wanted // len(tasks.first), one) & np.isin(wanted % len(tasks.first), other)
    found = [_key(tasks, here, there), _key(tasks, back_here, back_there), wanted[is_ours]]
    key = np.unique(np.concatenate(found))
    here, there = np.divmod(key, len(tasks.first))
    parts = [slice(at, at + BLOCK) for at in range(0, len(key), BLOCK)]
    alike = side_by_side(lambda part: likeness(tasks, here[part], there[part]), parts)
    return here, there, np.concatenate(list(alike))


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


def best_of_each(pairs: pd.DataFrame, jurisdictions: np.ndarray, kept: int = KEPT) -> pd.DataFrame:
    """Keep of scored pairs, for every task and other jurisdiction, the best `kept`, ranked from 1.

    One row is a candidate: the columns of `pairs`, read from either side, and `rank`. Pairs that
    are `is_confirmed` come before all others into the selection, not into the ranking. Equal
    scores rank in the order of the tasks.
    """
    number = np.unique(jurisdictions.astype(str), return_inverse=True)[1]
    score, is_confirmed = pairs["score"].to_numpy(), pairs["is_confirmed"].to_numpy(bool)
    sides = []
    for here, there in (("here", "there"), ("there", "here")):
        own, others = pairs[here].to_numpy(), pairs[there].to_numpy()
        asked = own * np.int64(number.max(initial=0) + 1) + number[others]
        # Confirmed pairs before all others: scores reach to 1.
        place = places(asked, score + 2 * is_confirmed, others)
        best = np.flatnonzero(is_confirmed | (place < kept))
        side = pairs.iloc[best].rename(columns={here: "here", there: "there"})
        sides.append(side.assign(asked=asked[best]))
    both = pd.concat(sides, ignore_index=True)
    both["rank"] = 1 + places(*(both[c].to_numpy() for c in ("asked", "score", "there")))
    both = both.sort_values(["asked", "rank"]).drop(columns="asked")
    return both.reset_index(drop=True)
