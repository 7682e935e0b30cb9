"""Shortlist the pairs of two long lists that are worth comparing, by an index.

The index (the lists of the tasks that hold each feature) gives every task the `FOUND` nearest by
its rarest features; of these the `SHORTLIST` whose whole wording is nearest are compared in full.
The full matrix is never there. It was chosen by measured recall among the usual ones
(docs/scale.md).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from yiyang.matches.products import side_by_side
from yiyang.matches.signals import Signals, whole_likeness

LOOKED_UP = 6_000
"""Entries of the index that are looked up for a task, those of its rarest features first: common
ones tell little apart and cost most of the time. `benchmarks/matches_scale.py` measures how many
of the best candidates are found so."""
FOUND = 200
SHORTLIST = 40
BLOCK = 500
"""Tasks looked up at a time."""


def shortlist(
    tasks: Signals, queries: np.ndarray, others: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each of the queries (rows of the tasks) the `SHORTLIST` of the others, of equals
    the first: the rows of the tasks of either side."""
    there = tasks.lines[tasks.whole[others]]
    held = np.bincount(there.indices, minlength=there.shape[1])
    # Half the digits do for a first look, and go twice as fast through the memory.
    index = sparse.csr_array(there.T.astype(np.float32))
    del there

    def look_up(at: int) -> tuple[np.ndarray, np.ndarray]:
        own = queries[at : at + BLOCK]
        rarest = rarest_features(tasks.lines[tasks.whole[own]], held)
        near = sparse.csr_array(rarest.astype(np.float32) @ index)
        found = reaching(near.data, near.indptr, FOUND)
        here = np.repeat(np.arange(len(own)), np.diff(near.indptr))[found]
        there = near.indices[found]
        whole = np.round(whole_likeness(tasks, own[here], others[there]), 9)
        kept = reaching(whole, np.searchsorted(here, np.arange(len(own) + 1)), SHORTLIST)
        here, there, whole = here[kept], there[kept], whole[kept]
        kept = places(here, whole, there) < SHORTLIST
        return own[here[kept]], others[there[kept]]

    found = list(side_by_side(look_up, range(0, len(queries), BLOCK)))
    return np.concatenate([here for here, _ in found]), np.concatenate([t for _, t in found])


def reaching(values: np.ndarray, starts: np.ndarray, kept: int) -> np.ndarray:
    """Tell which values of each row (from `starts[row]` on) are among its `kept` greatest, or equal
    the last of them."""
    sizes = np.diff(starts)
    least = np.full(len(sizes), -np.inf, values.dtype)
    for row in np.flatnonzero(sizes > kept):
        least[row] = np.partition(values[starts[row] : starts[row + 1]], -kept)[-kept]
    found: np.ndarray = values >= np.repeat(least, sizes)
    return found


def places(rows: np.ndarray, values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the place of each pair among those of its row, from 0: the greatest value first, of
    equals the first of the others."""
    order = np.lexsort((others, -np.round(values, 9), rows))
    starts = np.flatnonzero(np.diff(rows[order], prepend=-1))
    place = np.empty(len(rows), np.int32)
    place[order] = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
    return place


def rarest_features(queries: sparse.csr_array, held: np.ndarray) -> sparse.csr_array:
    """Return the queries with their rarest features only: as many as `LOOKED_UP` tasks hold in all,
    and the rarest in any case. `held` is the number of tasks that hold each feature.
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
