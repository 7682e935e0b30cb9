"""Read the thesaurus of the field: which expressions stand together (`curation/thesaurus.csv`).

A concept holds expressions for one thing: 安宁疗护 and 临终关怀 share no character, yet the lists
mean the same by them. A subject holds seed terms of the codebook that speak of one matter, which
is wider: 规划布局 and 城乡规划 are two things of one subject.
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
from yiyang.safety.telling import tell
from yiyang.themes import codebooks, scoring
from yiyang.themes.vectors import Tokens

FILE = CURATION / "thesaurus.csv"
COLUMNS = ["term", "concept", "subject", "reason"]


class Concepts(NamedTuple):
    """`names` of the concepts in the order of the file; `terms`: term -> the concept's number."""

    names: tuple[str, ...]
    terms: dict[str, int]


@cache
def entries(path: Path = FILE) -> dict[str, dict[str, str]]:
    """Read the thesaurus, a line a term. Raises `InputError` with the line."""
    found: dict[str, dict[str, str]] = {}
    for row, line in curated_csv.rows(path, COLUMNS, blank=["concept", "subject"]):
        if row["term"] in found:
            raise curated_csv.fault(
                "twice", path, line, what=row["term"], once=tell("core.terms_once")
            )
        found[row["term"]] = row
    return found


@cache
def concepts(path: Path = FILE) -> Concepts:
    """Return the concepts with their terms."""
    book = {term: row["concept"] for term, row in entries(path).items() if row["concept"]}
    names = tuple(dict.fromkeys(book.values()))
    return Concepts(names, {term: names.index(concept) for term, concept in book.items()})


def subjects(tokens: Tokens) -> np.ndarray:
    """Return (n_tasks, n_subjects): the subjects of the codebook's seeds that each task names, by
    their rarity. `tokens` are the words of the tasks.

    A seed that the thesaurus does not hold is a subject of its own. Where a task names a subject
    stands ln((1 + n_tasks) / (1 + tasks that name it)) + 1, elsewhere 0.
    """
    book, seeds = entries(), codebooks.seeds()
    subject = {term: row["subject"] for term, row in book.items() if row["subject"]}
    own = [subject.get(term, term) for term in seeds["term"]]
    group = seeds.assign(subject=own).groupby(["theme_id", "subject"], sort=True).ngroup()
    member = sparse.csr_array((np.ones(len(seeds)), (np.arange(len(seeds)), group.to_numpy())))
    found = scoring.seed_counts(tokens, seeds)
    named = (found @ member).toarray() > 0
    return named * (np.log((1 + len(named)) / (1 + named.sum(axis=0))) + 1)


def count(texts: Sequence[str], book: Concepts | None = None) -> sparse.csr_array:
    """Tell how often the terms of each concept stand in each text: (n_texts, n_concepts),
    float64."""
    book = book or concepts()
    # One search a term through all texts at once: a search a text and term would be the slow part.
    ends = np.fromiter(accumulate(len(text) + 1 for text in texts), np.int64, len(texts))
    joined = "\n".join(texts)
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for term, number in book.terms.items():
        found = np.fromiter(positions(joined, term), np.int64)
        if len(found):
            rows.append(np.searchsorted(ends, found, side="right"))
            columns.append(np.full(len(found), number))
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
