"""Tasks as counts of words, and as vectors of weighted words (TF-IDF)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from yiyang import segmentation

# What ends a clause: no pair of words reaches over it. A listing comma 、 does not.
CLAUSE_ENDS = frozenset("。；;！!？?：:，,（）()《》\n")

BATCH = 2_000
MARK = "\x1e"
"""The record separator of ASCII, which no text of a document holds."""


class Tokens(NamedTuple):
    """All texts, cut: token `i` stands in text `rows[i]` and is the word `words[codes[i]]`."""

    rows: np.ndarray
    codes: np.ndarray
    words: np.ndarray
    n_texts: int


class Vectors(NamedTuple):
    """The terms of `n` tasks.

    `matrix` (n_tasks, n_terms): TF-IDF, float64, rows of length one (a text without any term has
    a row of zeros). `counts` (n_tasks, n_terms): how often a term stands in a task.
    `terms` (n_terms,): the terms in code point order. `task_ids` (n_tasks,).
    """

    matrix: sparse.csr_array
    counts: sparse.csr_array
    terms: np.ndarray
    task_ids: np.ndarray


def vectorize(
    tasks: pd.DataFrame,
    *,
    ngrams: int = 1,
    extra_stop_words: Iterable[str] = (),
    min_tasks: int = 1,
    tokens: Tokens | None = None,
) -> Vectors:
    """The tasks' `text` as sublinear TF-IDF.

    The weight of a term is (1 + ln count) * (1 + ln((1 + tasks) / (1 + tasks that have it))).
    `ngrams=2` adds pairs of neighbouring words of a clause; `min_tasks` leaves out terms of fewer
    tasks; `tokens` saves cutting the texts again. Stop words, numbers, punctuation and single
    characters are no terms.
    """
    counts, terms = count_terms(
        tokens or tokenize(tasks["text"]), ngrams=ngrams, extra_stop_words=extra_stop_words
    )
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=len(terms)) >= min_tasks)
    counts, terms = counts[:, kept], terms[kept]
    return Vectors(tfidf(counts), counts, terms, tasks["task_id"].to_numpy(object))


def tokenize(texts: Iterable[str]) -> Tokens:
    """The texts cut into words, as numbers."""
    number: dict[str, int] = {}
    codes, rows, n_texts = [], [], 0
    # Many texts are cut as one, with a mark between them: a list or a dictionary a text would be
    # the slow part, and the words of 100,000 tasks at once would take 400 MB.
    stream = (text.replace(MARK, " ") for text in texts)
    while batch := list(islice(stream, BATCH)):
        flat = segmentation.cut([MARK.join(batch)])[0]
        local, words = pd.factorize(np.array(flat, dtype=object))
        numbers = np.array([number.setdefault(word, len(number)) for word in words], dtype=np.int32)
        is_mark = numbers[local] == number.get(MARK, -1)
        codes.append(numbers[local][~is_mark])
        rows.append(n_texts + np.cumsum(is_mark, dtype=np.int32)[~is_mark])
        n_texts += len(batch)
    empty = np.zeros(0, dtype=np.int32)
    words = np.array(list(number), dtype=object)
    return Tokens(np.concatenate([empty, *rows]), np.concatenate([empty, *codes]), words, n_texts)


def is_term(word: str, stop_words: frozenset[str]) -> bool:
    """Whether a word can tell tasks apart: at least two letters, no number, no stop word."""
    return len(word) > 1 and word.isalpha() and word not in stop_words


def count_terms(
    tokens: Tokens, *, ngrams: int = 1, extra_stop_words: Iterable[str] = ()
) -> tuple[sparse.csr_array, np.ndarray]:
    """Counts (n_texts, n_terms) and the terms (n_terms,) in code point order."""
    stops = segmentation.stop_words() | frozenset(extra_stop_words)
    words = tokens.words
    kept = np.array([is_term(word, stops) for word in words], dtype=bool)[tokens.codes]
    rows, codes = tokens.rows[kept], tokens.codes[kept]
    names = list(words)
    if ngrams > 1:
        ends = np.array([word in CLAUSE_ENDS for word in words], dtype=bool)
        clause = np.cumsum(ends[tokens.codes])[kept]
        near = (rows[:-1] == rows[1:]) & (clause[:-1] == clause[1:])
        first, second = codes[:-1][near], codes[1:][near]
        pairs, pair_codes = np.unique(
            first.astype(np.int64) * len(words) + second, return_inverse=True
        )
        names += [f"{words[pair // len(words)]} {words[pair % len(words)]}" for pair in pairs]
        rows = np.concatenate([rows, rows[:-1][near]])
        codes = np.concatenate([codes, pair_codes + len(words)])
    used, columns = np.unique(codes, return_inverse=True)
    terms = np.array([names[i] for i in used], dtype=object)
    order = np.array(sorted(range(len(terms)), key=terms.__getitem__), dtype=np.int64)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order))
    counts = sparse.csr_array(
        (np.ones(len(columns)), (rows, place[columns])), shape=(tokens.n_texts, len(terms))
    )
    counts.sum_duplicates()
    return counts, terms[order]


def tfidf(counts: sparse.csr_array) -> sparse.csr_array:
    """Sublinear TF-IDF with rows of length one, in the shape of `counts`."""
    if 0 in counts.shape:
        return counts
    return sparse.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(counts))
