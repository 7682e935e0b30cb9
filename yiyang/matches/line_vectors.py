"""Turn texts and their clauses into vectors of characters and concepts.

Lists repeat themselves, and most short tasks are their one clause: every distinct line is counted
and kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from yiyang.core.text import fold
from yiyang.matches import thesaurus
from yiyang.themes.vectors import tfidf

CHARACTERS, CONCEPTS = 0.7, 0.2
_SHIFT = 21
"""Bits that a character takes: with the next one behind it, a pair is one number."""


class Wording(NamedTuple):
    """The distinct lines among texts and their clauses: `lines` (n_lines, n_features), rows of
    length one; `whole` (n_texts) and `parts` (n_pieces) are the rows of each."""

    lines: sparse.csr_array
    whole: np.ndarray
    parts: np.ndarray


def wording(texts: Sequence[str], pieces: Sequence[str]) -> Wording:
    """Weigh characters and concepts of texts and of pieces by their rarity among the texts."""
    row, printed = pd.factorize(np.array([*texts, *pieces, ""], dtype=object)[:-1])
    whole, parts = row[: len(texts)], row[len(texts) :]
    folded = [fold(line) for line in printed]
    often = np.bincount(whole, minlength=len(folded))
    total = CHARACTERS + CONCEPTS
    lines = sparse.hstack(
        [
            np.sqrt(CHARACTERS / total) * _weighed(characters(folded), often),
            np.sqrt(CONCEPTS / total) * _weighed(thesaurus.count(folded), often),
        ],
        format="csr",
    )
    return Wording(sparse.csr_array(lines), whole, parts)


def _weighed(counts: sparse.csr_array, often: np.ndarray) -> sparse.csr_array:
    """Sublinear TF-IDF of lines, each of which so many texts are; what no text holds counts for
    nothing."""
    holding = np.repeat(often, np.diff(counts.indptr))
    held = np.bincount(counts.indices, holding, counts.shape[1])
    rarity = 1 + np.log((1 + often.sum()) / (1 + held))
    return tfidf(counts, np.where(held > 0, rarity, 0.0))


def characters(lines: Sequence[str]) -> sparse.csr_array:
    """Tell how often each character, and each pair of them, stands in each line: (n_lines,
    n_features), in code point order."""
    sizes = np.fromiter(map(len, lines), np.int64, len(lines))
    joined = "".join([*lines, "\n"]).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(joined, np.uint32)[:-1]
    single = letters.astype(np.int64) << _SHIFT
    row = np.repeat(np.arange(len(lines), dtype=np.int32), sizes)
    is_within = row[1:] == row[:-1]
    pair = (single[:-1] + letters[1:] + 1)[is_within]
    # Numbered by a table of hashes and then put in order: sorting all of them takes far longer.
    number, names = pd.factorize(np.concatenate([single, pair]))
    column = np.empty(len(names), np.int32)
    column[np.argsort(names)] = np.arange(len(names), dtype=np.int32)
    where = np.concatenate([row, row[1:][is_within]]), column[number]
    counts = sparse.csr_array(
        (np.ones(len(number), np.int32), where), shape=(len(lines), len(names))
    )
    counts.sum_duplicates()
    return counts
