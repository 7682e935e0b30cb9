"""Read the concepts of the field: different expressions for one thing (`curation/concepts.csv`).

安宁疗护 and 临终关怀 share no character, yet the lists mean the same by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse

from yiyang.core import curated_csv
from yiyang.core.schema import CURATION

CONCEPTS = CURATION / "concepts.csv"
COLUMNS = ["concept", "term", "reason"]


class Concepts(NamedTuple):
    """`names` of the concepts in the order of the file; `terms`: term -> their numbers."""

    names: tuple[str, ...]
    terms: dict[str, tuple[int, ...]]


@cache
def concepts(path: Path = CONCEPTS) -> Concepts:
    """Read the file of concepts, a line a term. Raises `InputError` with the line.

    A term may stand under several concepts (慢性病防治 is chronic disease and prevention).
    """
    numbers: dict[str, int] = {}
    terms: dict[str, tuple[int, ...]] = {}
    for row, line in curated_csv.rows(path, COLUMNS):
        term, number = row["term"], numbers.setdefault(row["concept"], len(numbers))
        if number in terms.get(term, ()):
            raise curated_csv.fault("twice", path, line, what=term, once="each term once a concept")
        terms[term] = (*terms.get(term, ()), number)
    return Concepts(tuple(numbers), terms)


def count(texts: Sequence[str], book: Concepts | None = None) -> sparse.csr_array:
    """Tell how often the terms of each concept stand in each text: (n_texts, n_concepts),
    float64."""
    book = book or concepts()
    # One search a term through all texts at once: a search a text and term would be the slow part.
    ends = np.fromiter(accumulate(len(text) + 1 for text in texts), np.int64, len(texts))
    joined = "\n".join(texts)
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for term, numbers in book.terms.items():
        found = np.fromiter(positions(joined, term), np.int64)
        if len(found):
            row = np.searchsorted(ends, found, side="right")
            for number in numbers:
                rows.append(row)
                columns.append(np.full(len(row), number))
    where = (np.concatenate(rows), np.concatenate(columns))
    counts = sparse.csr_array((np.ones(len(where[0])), where), shape=(len(texts), len(book.names)))
    counts.sum_duplicates()
    return counts


def positions(text: str, term: str) -> Iterator[int]:
    """Tell where `term` begins in `text`, from 0; the finds do not overlap."""
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + len(term))
