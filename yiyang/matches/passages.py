"""Find the passages that two texts share word for word.

Only letters and figures are compared, folded: a full-width bracket or another comma does not break
a passage. Positions are those of the text as given.
"""

from __future__ import annotations

import heapq
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import product
from typing import NamedTuple


class Passage(NamedTuple):
    """A shared passage: where it stands in the one text and in the other, and its letters."""

    start: int
    end: int
    other_start: int
    other_end: int
    length: int


@lru_cache(maxsize=4096)
def letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and figures of a text, folded, and where each of them stands in it."""
    found = [
        (character, at)
        for at, printed in enumerate(text)
        for character in unicodedata.normalize("NFKC", printed)
        if character.isalnum()
    ]
    return "".join(c for c, _ in found), [at for _, at in found]


def common(text: str, other: str, least: int) -> list[Passage]:
    """Find the passages of `least` letters or more that both texts hold, the longest first.

    Each letter of either text is in one passage at most; where two passages overlap, the longer
    keeps the letters and the rest of the shorter counts if it is still long enough.
    """
    here, here_at = letters(text)
    there, there_at = letters(other)
    heap = [(-n, i, j) for i, j, n in _runs(here, there, least)]
    heapq.heapify(heap)
    used_here, used_there = [False] * len(here), [False] * len(there)
    found = []
    while heap:
        length, i, j = heapq.heappop(heap)
        free = [k for k in range(-length) if not (used_here[i + k] or used_there[j + k])]
        if len(free) < -length:
            # Cut by a longer one: what is left of it comes back by its own length.
            for first, n in _stretches(free):
                if n >= least:
                    heapq.heappush(heap, (-n, i + first, j + first))
            continue
        for k in range(-length):
            used_here[i + k] = used_there[j + k] = True
        last_here, last_there = i - length - 1, j - length - 1
        found.append(
            Passage(
                here_at[i], here_at[last_here] + 1, there_at[j], there_at[last_there] + 1, -length
            )
        )
    return found


def _runs(here: str, there: str, least: int) -> list[tuple[int, int, int]]:
    """Every run of equal letters that cannot be made longer: where it begins, and its length."""
    own, others = _places(here, least), _places(there, least)
    runs = []
    for gram in own.keys() & others.keys():
        for i, j in product(own[gram], others[gram]):
            if i and j and here[i - 1] == there[j - 1]:
                continue
            n = least
            while i + n < len(here) and j + n < len(there) and here[i + n] == there[j + n]:
                n += 1
            runs.append((i, j, n))
    return sorted(runs)


@lru_cache(maxsize=4096)  # each text is compared with many
def _places(text: str, least: int) -> dict[str, list[int]]:
    """Each run of `least` letters -> where it begins."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(len(text) - least + 1):
        found[text[at : at + least]].append(at)
    return dict(found)


def _stretches(numbers: list[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers: the first of each, and how many."""
    out: list[tuple[int, int]] = []
    for number in numbers:
        if out and number == out[-1][0] + out[-1][1]:
            out[-1] = (out[-1][0], out[-1][1] + 1)
        else:
            out.append((number, 1))
    return out
