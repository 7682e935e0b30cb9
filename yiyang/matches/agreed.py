"""Hold the counterparts of a corpus against the codes once: claims and the front page of both
editions say how they agree."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.matches import measures

MATCHED = "agreed.matched"
"""What `Corpus.once` calls the counterparts of the coded lists by the method alone."""


def matched(corpus: Corpus) -> pd.DataFrame:
    """Return `measures.method` of the tasks of a corpus, by its own codebook.

    Where the table `task_matches` was made it was found with it (`finding.both`)."""

    def work() -> pd.DataFrame:
        with corpus.by_codebook():
            return measures.method(corpus.tasks)

    return corpus.once(MATCHED, work).copy(deep=False)


@lru_cache(maxsize=1)
def asked(corpus: Corpus) -> pd.DataFrame:
    """Return `measures.questions` of the tasks of a corpus."""
    return measures.questions(matched(corpus), measures.codes(), corpus.tasks)


@lru_cache(maxsize=1)
def held_out(corpus: Corpus) -> pd.Series:
    """Return `measures.held_out` of the limits that fit the tasks of a corpus."""
    fitted = measures.calibrate(matched(corpus), measures.codes(), corpus.tasks)
    return measures.held_out(fitted)
