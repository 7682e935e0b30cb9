"""Keep what is worked out of some tasks and their words, whatever the other controls say."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from yiyang import themes
from yiyang.core.corpus import Corpus
from yiyang.themes import clustering, scoring
from yiyang.themes.scoring import Scores
from yiyang.themes.vectors import Tokens, Vectors, part_of, tokenize

KEPT = 3
"""Sets of tasks that are kept: all of them, those shown, and those shown before."""
AS_TEXT = ["task_id", "jurisdiction", "text"]


class Prepared:
    """Some tasks with their words, without the extra stop words: each thing is worked out when
    first asked for. A change of the method, of the groups or of their number asks again."""

    def __init__(self, tasks: pd.DataFrame, tokens: Tokens) -> None:
        self.tasks, self.tokens = tasks, tokens
        self._vectors: dict[int, Vectors] = {}
        self._scores: tuple[pd.DataFrame, Scores] | None = None

    @cached_property
    def points(self) -> sparse.csr_array:
        """The tasks described by the characters of their words (`clustering.describe`)."""
        return clustering.describe(self.tokens)

    @cached_property
    def grown(self) -> clustering.Grown:
        """What clusters of any number are cut from."""
        return clustering.grow(self.tasks, self.points)

    def vectors(self, ngrams: int) -> Vectors:
        """Return the weighted terms of so many words."""
        if ngrams not in self._vectors:
            made = themes.vectorize(self.tasks, ngrams=ngrams, tokens=self.tokens)
            self._vectors[ngrams] = made
        return self._vectors[ngrams]

    def scores(self, seeds: pd.DataFrame, order: np.ndarray) -> Scores:
        """Return the scores of the themes by some seeds; the last ones are kept."""
        if self._scores is None or self._scores[0] is not seeds:
            self._scores = seeds, scoring.score(self.tokens, self.points, seeds, order)
        return self._scores[1]


class LastAsked:
    """The sets of tasks of a corpus that were asked for last."""

    def __init__(self, corpus: Corpus) -> None:
        # As plain strings: those of Arrow are made anew each time that they are compared.
        self.tasks = corpus.tasks.astype(dict.fromkeys(AS_TEXT, object))
        self.tokens = tokenize(self.tasks["text"])
        self._sets: dict[tuple[bytes, frozenset[str]], Prepared] = {}

    def of(self, rows: np.ndarray, stops: frozenset[str] = frozenset()) -> Prepared:
        """Return the tasks of some rows, without the extra stop words."""
        key = rows.tobytes(), stops
        found = self._sets.pop(key, None)
        if found is None:
            tasks = self.tasks.iloc[rows].reset_index(drop=True)
            found = Prepared(tasks, _heard(part_of(self.tokens, rows), stops))
        self._sets[key] = found  # the last asked for stands last
        while len(self._sets) > KEPT:
            del self._sets[next(iter(self._sets))]
        return found


def _heard(tokens: Tokens, stops: frozenset[str]) -> Tokens:
    """The tokens without the extra stop words."""
    if not stops:
        return tokens
    heard = np.array([word not in stops for word in tokens.words], dtype=bool)[tokens.codes]
    return tokens._replace(rows=tokens.rows[heard], codes=tokens.codes[heard])
