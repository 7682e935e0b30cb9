"""Let a third list speak: two tasks that are like the same task elsewhere are like each other.

What one list says in a sentence and another in an article, a third may say in words of both. Only
pairs that are near enough themselves (`NEAR`) make a bridge.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

NEAR = 0.27
"""From this likeness on a pair makes a bridge."""
WEIGHT = 0.2
"""How far a bridge carries: this much of what it is better than the pair itself."""
BLOCK = 2_000_000
"""Bridges that are looked at together: lists that repeat themselves have more than memory holds."""


class Links(NamedTuple):
    """Near pairs of one list, each from its own side, sorted by the task `over` there: the own task
    (`end`), the other one, and their likeness."""

    end: np.ndarray
    over: np.ndarray
    likeness: np.ndarray


def raised(pairs: pd.DataFrame, jurisdictions: np.ndarray) -> np.ndarray:
    """Return the score of each pair (`here, there, likeness`): its likeness, raised by bridges.

    A bridge is a task of a third list; it is as strong as the root of the product of the two
    likenesses.
    """
    own = pairs["likeness"].to_numpy(float)
    here, there = (pairs[side].to_numpy(np.int64) for side in ("here", "there"))
    low, high = np.minimum(here, there), np.maximum(here, there)
    keys = low * len(jurisdictions) + high
    order = np.argsort(keys, kind="stable")
    known = keys[order]
    near = own >= NEAR
    strongest = np.zeros(len(own))
    links = _links(low[near], high[near], own[near], jurisdictions)
    for one, other in combinations(links, 2):
        for left, right, strength in _bridges(one, other):
            wanted = np.minimum(left, right) * len(jurisdictions) + np.maximum(left, right)
            place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            at, is_pair = order[place], known[place] == wanted
            np.maximum.at(strongest, at[is_pair], strength[is_pair])
    return own + WEIGHT * np.maximum(0, strongest - own)


def _links(
    low: np.ndarray, high: np.ndarray, likeness: np.ndarray, jurisdictions: np.ndarray
) -> list[Links]:
    """The near pairs from either side, by the list of the end."""
    number = np.unique(jurisdictions.astype(str), return_inverse=True)[1]
    end, over = np.concatenate([low, high]), np.concatenate([high, low])
    both = np.concatenate([likeness, likeness])
    order = np.lexsort((end, over, number[end]))
    end, over, both = end[order], over[order], both[order]
    cuts = np.flatnonzero(np.diff(number[end])) + 1
    parts = (np.split(column, cuts) for column in (end, over, both))
    return [Links(*part) for part in zip(*parts, strict=True) if len(part[0])]


def _bridges(one: Links, other: Links) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield the bridges between tasks of two lists, block by block: both ends, and the strength."""
    first = np.searchsorted(other.over, one.over, "left")
    n = np.searchsorted(other.over, one.over, "right") - first
    block = np.cumsum(n) // BLOCK
    for rows in np.split(np.arange(len(n)), np.flatnonzero(np.diff(block)) + 1):
        left = np.repeat(rows, n[rows])
        if len(left):
            start = np.cumsum(n[rows]) - n[rows]
            right = np.repeat(first[rows] - start, n[rows]) + np.arange(len(left))
            strength = np.sqrt(one.likeness[left] * other.likeness[right])
            yield one.end[left], other.end[right], strength
