"""Themes: vectors, codebook and clusters, by their invariants and on the real tasks."""

from __future__ import annotations

import numpy as np
import pandas as pd

import yiyang
from yiyang import tables, themes


def test_vectors_have_unit_rows_and_sorted_terms(corpus: yiyang.Corpus) -> None:
    vectors = themes.vectorize(corpus.tasks)
    lengths = np.sqrt((vectors.matrix**2).sum(axis=1))
    assert np.allclose(lengths, 1)
    assert list(vectors.terms) == sorted(vectors.terms)
    assert vectors.matrix.shape == (len(corpus.tasks), len(vectors.terms)) == vectors.counts.shape


def test_every_task_has_a_theme_by_contract(corpus: yiyang.Corpus) -> None:
    assigned = themes.assign(corpus.tasks)
    tables.check({"themes": themes.codebook(), "task_themes": assigned})
    assert list(assigned["task_id"]) == list(corpus.tasks["task_id"])
    assert assigned["score"].between(0, 1).all()
    assert (assigned["score"] >= assigned["second_score"].fillna(0)).all()


def test_a_second_run_gives_the_same(corpus: yiyang.Corpus) -> None:
    pd.testing.assert_frame_equal(themes.assign(corpus.tasks), themes.assign(corpus.tasks))
