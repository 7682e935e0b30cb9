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
from sklearn.preprocessing import normalize

from yiyang import themes
from yiyang.matches import aspects, clauses, line_vectors, thesaurus
from yiyang.matches.products import cosines
from yiyang.themes.vectors import tokenize

THEMES, SUBJECTS = 0.1, 0.05


class Profile(NamedTuple):
    """A view of whole tasks beside their wording: `matrix` (n_tasks, n) and how much it weighs."""

    weight: float
    matrix: np.ndarray


class Signals(NamedTuple):
    """The tasks as vectors.

    `lines` (n_lines, n_features): the wording of the distinct texts and clauses, rows of length one
    (shorter where no concept is named); `whole` (n_tasks) and `parts` (n_parts) are the rows of
    each. The `n_parts[row]` parts of a task stand together, from `first[row]` on. `spans`
    (n_parts, 2): the part's characters in `tasks.text`; `marks` (n_parts): the values of its
    aspects.
    `profiles`: other views of whole tasks, rows of length one.
    """

    lines: sparse.csr_array
    whole: np.ndarray
    parts: np.ndarray
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
    worded = line_vectors.wording(texts, pieces)
    views = [*codebook(tasks), *more] if texts else []
    unit = tuple(Profile(p.weight, normalize(p.matrix)) for p in views)
    first = np.cumsum(counts) - counts
    return Signals(*worded, counts, first, spans, _marks(pieces), unit)


def _marks(pieces: Sequence[str]) -> np.ndarray:
    """The values of the aspects of each piece; what stands often is looked at once."""
    row, distinct = pd.factorize(np.array([*pieces, ""], dtype=object)[:-1])
    return aspects.marks(distinct.tolist())[row]


def codebook(tasks: pd.DataFrame) -> list[Profile]:
    """Return the two views of the codebook: themes and subjects."""
    # The root brings the leading theme of a task and its lesser ones nearer together.
    tokens = tokenize(tasks["text"])
    shares = np.sqrt(themes.shares(tasks, tokens=tokens))
    return [Profile(THEMES, shares), Profile(SUBJECTS, thesaurus.subjects(tokens))]


def likeness(tasks: Signals, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return the likeness of the pairs (`here[i]`, `there[i]`) of rows, 0 to 1; the same either
    way."""
    whole = whole_likeness(tasks, here, there)
    parts_of_both = whole.copy(), whole.copy()
    for view, one, other in zip(parts_of_both, (here, there), (there, here), strict=True):
        # The one part of an undivided task is the task.
        divided = np.flatnonzero(tasks.n_parts[one] > 1)
        view[divided] = _nearest_part(tasks, one[divided], other[divided])
    words = whole / 2 + sum(parts_of_both) / 4
    weights = [line_vectors.CHARACTERS + line_vectors.CONCEPTS, *(p.weight for p in tasks.profiles)]
    views = [words, *(cosines(p.matrix, here, p.matrix, there) for p in tasks.profiles)]
    total = sum(w * view for w, view in zip(weights, views, strict=True))
    return np.clip(total / sum(weights), 0, 1)


def whole_likeness(tasks: Signals, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Return how like the wording of the whole tasks of each pair is, 0 to 1."""
    return cosines(tasks.lines, tasks.whole[here], tasks.lines, tasks.whole[there])


def _nearest_part(tasks: Signals, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The cosine of the part of the task `here` that is nearest to `there`, for each pair."""
    counts = tasks.n_parts[here]
    pair = np.repeat(np.arange(len(here)), counts)
    starts = np.cumsum(counts) - counts
    part = tasks.first[here][pair] + np.arange(len(pair)) - starts[pair]
    # The whole task is laid out, and the entries of its parts are looked up.
    cosine = cosines(tasks.lines, tasks.whole[there][pair], tasks.lines, tasks.parts[part])
    return np.round(np.maximum.reduceat(cosine, starts), 9) if len(here) else np.zeros(0)
