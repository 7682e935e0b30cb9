"""Turn tasks into counts of words, and into vectors of weighted words (TF-IDF)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.preprocessing import normalize

from yiyang.core import segmentation
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell

# What ends a clause: no pair of words reaches over it. A listing comma 、 does not.
CLAUSE_ENDS = frozenset("。；;！!？?：:，,（）()《》\n")

BATCH = 500
MARK = "\x1e"
"""The record separator of ASCII, which no text of a document holds."""


class Tokens(NamedTuple):
    """All texts, cut: token `i` stands in text `rows[i]` and is the word `words[codes[i]]`.

    Tokens follow each other as they are printed: `rows` never falls.
    """

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
    """Return the tasks' `text` as sublinear TF-IDF.

    The weight of a term is (1 + ln count) * (1 + ln((1 + tasks) / (1 + tasks that have it))).
    `ngrams=2` adds pairs of neighbouring words of a clause; `min_tasks` leaves out terms of fewer
    tasks; `tokens` saves cutting the texts again. Stop words, numbers, punctuation and single
    characters are no terms.
    """
    for name, value, most in (("ngrams", ngrams, 2), ("min_tasks", min_tasks, None)):
        if value < 1 or (most and value > most):
            limits = "1 or 2" if most else tell("expected.least", least=1)
            raise refusal("themes.range", "themes.vectorize", name=name, value=value, range=limits)
    counts, terms = count_terms(
        tokens or tokenize(tasks["text"]), ngrams=ngrams, extra_stop_words=extra_stop_words
    )
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=len(terms)) >= min_tasks)
    counts, terms = counts[:, kept], terms[kept]
    return Vectors(tfidf(counts), counts, terms, tasks["task_id"].to_numpy(object))


def tokenize(texts: Sequence[str] | pd.Series) -> Tokens:
    """Return the texts cut into words, as numbers."""
    lines = [text.replace(MARK, " ") for text in np.asarray(texts, dtype=object)]
    # Many texts are cut as one, a mark behind each, and the numbers read straight off the words:
    # a list a text would be the slow part, and all words of 100,000 tasks would take 400 MB.
    batches = (
        MARK.join([*lines[start : start + BATCH], ""]) for start in range(0, len(lines), BATCH)
    )
    number = defaultdict[str, int](count().__next__)
    words = chain.from_iterable(segmentation.stream(batches))
    codes = np.fromiter(map(number.__getitem__, words), dtype=np.int32)
    is_mark = codes == number[MARK]
    rows = np.cumsum(is_mark, dtype=np.int32)
    names = np.array(list(number), dtype=object)
    return Tokens(rows[~is_mark], codes[~is_mark], names, len(lines))


def part_of(tokens: Tokens, rows: np.ndarray) -> Tokens:
    """Return the tokens of some texts, in the order of all, numbered anew."""
    number = np.full(tokens.n_texts, -1, dtype=np.int32)
    number[rows] = np.arange(len(rows))
    kept = number[tokens.rows] >= 0
    return Tokens(number[tokens.rows[kept]], tokens.codes[kept], tokens.words, len(rows))


def is_term(word: str, stop_words: frozenset[str]) -> bool:
    """Tell whether a word can tell tasks apart: at least two letters, no number, no stop word."""
    return len(word) > 1 and word.isalpha() and word not in stop_words


def count_terms(
    tokens: Tokens, *, ngrams: int = 1, extra_stop_words: Iterable[str] = ()
) -> tuple[sparse.csr_array, np.ndarray]:
    """Return counts (n_texts, n_terms) and the terms (n_terms,) in code point order."""
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


def sums(tokens: Tokens, values: np.ndarray, of_word: sparse.csr_array) -> sparse.csr_array:
    """Return (n_texts, n_columns): the rows of `of_word` (n_words, n_columns) added up over the
    tokens.

    `values` (n_tokens,): how often each token counts.
    """
    # Indices of 32 bits: with 64 the memory, not the sums, would take the time.
    starts = np.searchsorted(tokens.rows, np.arange(tokens.n_texts + 1)).astype(np.int32)
    shape = (tokens.n_texts, len(tokens.words))
    return sparse.csr_array((values, tokens.codes, starts), shape=shape) @ of_word


def rarity(counts: sparse.csr_array) -> np.ndarray:
    """Return (n_terms,): the weight of each term by how few of the texts have it."""
    n_texts, n_terms = counts.shape
    return 1 + np.log((1 + n_texts) / (1 + np.bincount(counts.indices, minlength=n_terms)))


def tfidf(counts: sparse.csr_array, of_term: np.ndarray | None = None) -> sparse.csr_array:
    """Sublinear TF-IDF with rows of length one, in the shape of `counts`.

    `of_term` (n_terms,) is the `rarity` of the terms where it was learnt from other texts. What
    scikit-learn's TfidfTransformer gives (a test holds it), without its copies and its sorting:
    they were a quarter of the time of 100,000 tasks.
    """
    of_term = rarity(counts) if of_term is None else of_term
    weights = (1 + np.log(counts.data)) * of_term[counts.indices]
    weighted = sparse.csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)
    return unit_rows(weighted, copy=False)


def unit_rows(matrix: Any, **how: Any) -> Any:
    """Give every row length one; a matrix without a row or a column, of a batch of documents
    without tasks, stays as it is."""
    return normalize(matrix, **how) if all(matrix.shape) else matrix
