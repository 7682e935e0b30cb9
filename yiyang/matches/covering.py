"""Compare two tasks clause by clause: the best covering of the shorter one by the longer.

Each clause of the shorter task is given the clause of the longer one that comes nearest to it; the
covering is the mean of these cosines, clauses weighing by the root of their length, so that neither
a long list of institutions nor a short bow to policy decides. A longer article has more clauses to
choose from: therefore the shorter is covered, never the longer, and the score goes down where
either task has something nearer (`candidates.scored`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from yiyang.matches.products import cosines
from yiyang.matches.signals import Signals

CHUNK = 1_000_000
"""Pairs of clauses compared at a time, which bounds the memory."""


class Covering(NamedTuple):
    """Of each pair: the `likeness` of its clauses (0 to 1), and the rows of the two clauses that
    come nearest to each other (`part` of here, `other_part` of there)."""

    likeness: np.ndarray
    part: np.ndarray
    other_part: np.ndarray


def of(tasks: Signals, here: np.ndarray, there: np.ndarray) -> Covering:
    """Cover the shorter task of each pair by the longer; the likeness is the same either way
    round: the mean of the covering and of the best pair of clauses.
    """
    sizes = tasks.n_parts[here] * tasks.n_parts[there]
    # Blocks of pairs, so that their pairs of clauses are bounded too.
    block = np.cumsum(sizes) // CHUNK
    cuts = np.flatnonzero(np.diff(block)) + 1
    made = [
        _of_block(tasks, here[rows], there[rows])
        for rows in np.split(np.arange(len(here)), cuts)
        if len(rows)
    ]
    if not made:
        nothing = np.zeros(0, np.int64)
        return Covering(np.zeros(0), nothing, nothing)
    return Covering(*(np.concatenate(column) for column in zip(*made, strict=True)))


def _of_block(tasks: Signals, here: np.ndarray, there: np.ndarray) -> Covering:
    left, right = tasks.n_parts[here], tasks.n_parts[there]
    sizes = left * right
    pair = np.repeat(np.arange(len(here)), sizes)
    starts = np.cumsum(sizes) - sizes
    place = np.arange(len(pair)) - starts[pair]
    one = tasks.first[here][pair] + place // right[pair]
    other = tasks.first[there][pair] + place % right[pair]
    # Rounded: which clauses are named must not depend on the machine.
    near = np.round(cosines(tasks.lines, tasks.parts[one], tasks.lines, tasks.parts[other]), 9)
    best = np.maximum.reduceat(near, starts)
    first = np.minimum.reduceat(
        np.where(near == best[pair], np.arange(len(pair)), len(pair)), starts
    )
    covered = np.zeros((2, len(here)))
    lengths = np.zeros((2, len(here)))
    for side, (rows, clause, count) in enumerate(((here, one, left), (there, other, right))):
        offset = np.cumsum(count) - count
        slot = offset[pair] + clause - tasks.first[rows][pair]
        nearest = np.zeros(count.sum())
        np.maximum.at(nearest, slot, near)
        owner = np.repeat(np.arange(len(rows)), count)
        of_slot = tasks.first[rows][owner] + np.arange(len(owner)) - offset[owner]
        length = np.diff(tasks.spans[of_slot], axis=1)[:, 0]
        weight = np.sqrt(length)
        total = np.bincount(owner, weight, len(rows))
        covered[side] = np.bincount(owner, weight * nearest, len(rows)) / np.maximum(total, 1e-9)
        lengths[side] = np.bincount(owner, length, len(rows))
    shorter = np.sign(lengths[0] - lengths[1])
    cover = np.where(shorter < 0, covered[0], covered[1])
    cover = np.where(shorter == 0, covered.mean(axis=0), cover)
    return Covering((best + cover) / 2, one[first], other[first])
