"""Turn what makes two tasks alike into vectors whose products are cosines.

    likeness = (0.7 * characters + 0.2 * concepts + 0.1 * themes + 0.05 * subjects) / 1.05

`characters` are single characters and pairs of them, `concepts` the expressions of
`curation/thesaurus.csv` that name one thing, both as sublinear TF-IDF; `themes` are the shares of
all themes of the codebook, `subjects` what its seed terms speak of. Wording (characters and
concepts) is compared twice: whole task with whole task, and the clause of each that comes
nearest to the other task, so that one measure out of a bundle finds its counterpart; the two
count alike. `covering.py` compares the clauses with each other.

The weights are round numbers in the middle of a plateau: with concepts from 0.1 to 0.4, and with
or without themes or subjects, the measures move within their uncertainty. So they do with words
of the segmentation or character triples added, and they fall with the agencies named; none of
these is in it. `benchmarks/matches.py --parts` shows each of these figures.

The concepts were written with the four lists in view: many of their terms stand in one task of
them only. How the method does on lists that were not in view lies nearer to the line "without
concept terms of one task" than to "as it is".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from yiyang import themes
from yiyang.core.text import fold
from yiyang.matches import aspects, clauses, thesaurus

CHARACTERS, CONCEPTS, THEMES, SUBJECTS = 0.7, 0.2, 0.1, 0.05
CHUNK = 100_000
"""Pairs compared at a time, which bounds the memory."""
GRID = 1_000_000
"""Rows by rows of which all products are worked out at once."""


class Profile(NamedTuple):
    """A view of whole tasks beside their wording: `matrix` (n_tasks, n) and how much it weighs."""

    weight: float
    matrix: np.ndarray


class Signals(NamedTuple):
    """The tasks as vectors.

    `whole` (n_tasks, n_features) and `parts` (n_parts, n_features): wording, rows of length one
    (shorter where no concept is named). The `n_parts[row]` parts of a task stand together, from
    `first[row]` on. `spans` (n_parts, 2): the part's characters in `tasks.text`; `marks`
    (n_parts): the values of its aspects.
    `profiles`: other views of whole tasks, rows of length one.
    """

    whole: sparse.csr_array
    parts: sparse.csr_array
    n_parts: np.ndarray
    first: np.ndarray
    spans: np.ndarray
    marks: np.ndarray
    profiles: tuple[Profile, ...]


def signals(tasks: pd.DataFrame, more: Sequence[Profile] = ()) -> Signals:
    """Return the vectors of `tasks.text`; `more` are further views, rows in the order of
    `tasks`."""
    texts = tasks["text"].tolist()
    cut = [clauses.spans(text) for text in texts]
    spans = np.array([span for spans in cut for span in spans], dtype=np.int64).reshape(-1, 2)
    counts = np.fromiter(map(len, cut), np.int64, len(cut))
    pieces = [text[start:end] for text, own in zip(texts, cut, strict=True) for start, end in own]
    whole, part = wording(texts, pieces)
    views = [*codebook(tasks), *more] if texts else []
    unit = tuple(Profile(p.weight, normalize(p.matrix)) for p in views)
    return Signals(
        whole, part, counts, np.cumsum(counts) - counts, spans, aspects.marks(pieces), unit
    )


def codebook(tasks: pd.DataFrame) -> list[Profile]:
    """Return the two views of the codebook: themes and subjects."""
    # The root brings the leading theme of a task and its lesser ones nearer together.
    shares = np.sqrt(themes.shares(tasks))
    return [Profile(THEMES, shares), Profile(SUBJECTS, thesaurus.subjects(tasks))]


def wording(
    texts: Sequence[str], pieces: Sequence[str]
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Weigh characters and concepts of texts and of pieces by their rarity among the texts."""
    texts, pieces = [fold(text) for text in texts], [fold(piece) for piece in pieces]
    counter = CountVectorizer(analyzer="char", ngram_range=(1, 2), lowercase=False)
    try:
        characters = counter.fit_transform(texts)
    except ValueError:  # no text holds a character
        return sparse.csr_array((len(texts), 0)), sparse.csr_array((len(pieces), 0))
    of_characters = TfidfTransformer(sublinear_tf=True).fit(characters)
    named = thesaurus.count(texts)
    of_concepts = TfidfTransformer(sublinear_tf=True).fit(named)
    total = CHARACTERS + CONCEPTS

    def weighed(counted: sparse.csr_array, names: sparse.csr_array) -> sparse.csr_array:
        return sparse.csr_array(
            sparse.hstack(
                [
                    np.sqrt(CHARACTERS / total) * of_characters.transform(counted),
                    np.sqrt(CONCEPTS / total) * of_concepts.transform(names),
                ],
                format="csr",
            )
        )

    return (
        weighed(characters, named),
        weighed(counter.transform(pieces), thesaurus.count(pieces)),
    )


def likeness(tasks: Signals, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return the likeness of the pairs (`here[i]`, `there[i]`) of rows, 0 to 1; the same either
    way."""
    whole = cosines(tasks.whole, here, tasks.whole, there)
    parts_of_both = whole.copy(), whole.copy()
    for view, one, other in zip(parts_of_both, (here, there), (there, here), strict=True):
        # The one part of an undivided task is the task.
        divided = np.flatnonzero(tasks.n_parts[one] > 1)
        view[divided] = nearest_part(tasks, one[divided], other[divided])[1]
    words = whole / 2 + sum(parts_of_both) / 4
    weights = [CHARACTERS + CONCEPTS, *(p.weight for p in tasks.profiles)]
    views = [words, *(cosines(p.matrix, here, p.matrix, there) for p in tasks.profiles)]
    total = sum(w * view for w, view in zip(weights, views, strict=True))
    return np.clip(total / sum(weights), 0, 1)


def nearest_part(
    tasks: Signals, here: np.ndarray, there: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Find for each pair of rows the part of the task `here` nearest to `there`, and its cosine."""
    if not len(here):
        return np.zeros(0, np.int64), np.zeros(0)
    counts = tasks.n_parts[here]
    pair = np.repeat(np.arange(len(here)), counts)
    starts = np.cumsum(counts) - counts
    part = tasks.first[here][pair] + np.arange(len(pair)) - starts[pair]
    # Rounded, and the first of equal parts: which part is named must not depend on the machine.
    cosine = np.round(cosines(tasks.parts, part, tasks.whole, there[pair]), 9)
    best = np.maximum.reduceat(cosine, starts)
    is_best = cosine == best[pair]
    first = np.minimum.reduceat(np.where(is_best, part, len(tasks.spans)), starts)
    return first, best


def cosines(
    left: sparse.csr_array | np.ndarray,
    rows: np.ndarray,
    right: sparse.csr_array | np.ndarray,
    others: np.ndarray,
) -> np.ndarray:
    """Return the products of the rows `rows[i]` of `left` and `others[i]` of `right`."""
    if sparse.issparse(left) and len(rows):
        own, row = np.unique(rows, return_inverse=True)
        theirs, other = np.unique(others, return_inverse=True)
        # Most pairs of two lists are asked for: all of them at once cost a tenth.
        if len(own) * len(theirs) <= min(4 * len(rows), GRID):
            products: np.ndarray = (left[own] @ right[theirs].T).toarray()
            return products[row, other]
    out = np.zeros(len(rows))
    for at in range(0, len(rows), CHUNK):
        here, there = left[rows[at : at + CHUNK]], right[others[at : at + CHUNK]]
        product = here.multiply(there) if sparse.issparse(here) else here * there
        out[at : at + CHUNK] = np.asarray(product.sum(axis=1)).ravel()
    return out
