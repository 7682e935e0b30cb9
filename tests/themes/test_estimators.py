"""Codebook and estimators: what scikit-learn asks of them, and what the rooms below them say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

import yiyang
from yiyang import InputError, themes
from yiyang.core import segmentation
from yiyang.safety.escaping import csv_text

ESTIMATORS = [themes.TaskVectorizer(), themes.Clusterer(), themes.ThemeClassifier()]


@pytest.mark.filterwarnings("ignore:Can't test estimator")
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=str)
def test_they_are_estimators_of_texts(estimator: themes.TaskVectorizer) -> None:
    """Checks with matrices of numbers do not apply to texts, as with scikit-learn's own."""
    check_estimator(estimator, on_skip=None)
    assert clone(estimator).get_params() == estimator.get_params()


def test_the_vectors_are_those_of_vectorize(corpus: yiyang.Corpus) -> None:
    ours = themes.vectorize(corpus.tasks, ngrams=2, min_tasks=2)
    made = themes.TaskVectorizer(ngram_range=(1, 2), min_df=2).fit(corpus.tasks["text"])
    assert made.get_feature_names_out().tolist() == ours.terms.tolist()
    assert abs(made.transform(corpus.tasks["text"]) - ours.matrix).max() < 1e-12
    pairs = themes.TaskVectorizer(ngram_range=(2, 2), min_df=2).fit(corpus.tasks)
    assert all(" " in term for term in pairs.get_feature_names_out())


def test_they_work_in_a_pipeline(corpus: yiyang.Corpus) -> None:
    pipeline = make_pipeline(themes.TaskVectorizer(min_df=2), KMeans(4, random_state=0, n_init=1))
    assert set(pipeline.fit_predict(corpus.tasks["text"])) == {0, 1, 2, 3}
    counts = CountVectorizer(tokenizer=segmentation.tokenize, token_pattern=None)
    counts.fit(corpus.tasks["text"])
    ours = themes.vectorize(corpus.tasks).terms
    assert {term.lower() for term in ours} == set(counts.get_feature_names_out())


def test_the_clusters_are_those_of_clusters(corpus: yiyang.Corpus) -> None:
    made = themes.Clusterer().fit(corpus.tasks)
    found = themes.clusters(corpus.tasks)
    assert made.labels_.tolist() == (found.labels - 1).tolist()
    assert made.hierarchy_.shape == (made.labels_.max(), 4)
    assert set(made.predict(["", "x"])) == {-1}
    merged = made.merged([1, 3], [2, 4])
    assert set(merged) == set(made.labels_) - {3, 4}
    assert (merged == 1).sum() == np.isin(made.labels_, [1, 3]).sum()
    assert "<table>" in found._repr_html_()


def test_the_themes_are_those_of_assign(corpus: yiyang.Corpus) -> None:
    made = themes.ThemeClassifier().fit(corpus.tasks)
    found = themes.assign(corpus.tasks, reviews=themes.no_reviews())
    assert made.predict(corpus.tasks).tolist() == found["theme_id"].fillna("none").tolist()
    assert made.decision_function(corpus.tasks).max(axis=1) == pytest.approx(
        found["score"].to_numpy(float)
    )
    assert made.predict(["公园散步", ""]).tolist() == ["none", "none"]


REFUSED: dict[str, Callable[[pd.DataFrame], object]] = {
    "k=0": lambda tasks: themes.clusters(tasks, k=0),
    "k=500": lambda tasks: themes.clusters(tasks, k=500),
    "ngrams=3": lambda tasks: themes.vectorize(tasks, ngrams=3),
    "ngrams=0": lambda tasks: themes.vectorize(tasks, ngrams=0),
    "min_tasks=0": lambda tasks: themes.vectorize(tasks, min_tasks=0),
    "Clusterer(0)": lambda tasks: themes.Clusterer(0).fit(tasks),
    "Clusterer(500)": lambda tasks: themes.Clusterer(500).fit(tasks),
    "Clusterer(True)": lambda tasks: themes.Clusterer(True).fit(tasks),
    "Clusterer(2.5)": lambda tasks: themes.Clusterer(2.5).fit(tasks),  # type: ignore[arg-type]
    "ngram_range": lambda tasks: themes.TaskVectorizer((1, 3)).fit(tasks),
    "min_df": lambda tasks: themes.TaskVectorizer(min_df=0).fit(tasks),
    "one text": lambda tasks: themes.TaskVectorizer().fit("医养结合"),
    "numbers": lambda tasks: themes.ThemeClassifier().fit([1, 2]),  # type: ignore[list-item]
    "no column": lambda tasks: themes.Clusterer().fit(tasks.drop(columns="text")),
    "no cluster": lambda tasks: themes.Clusterer().fit(tasks.head(30)).merged([1, 99]),
}


@pytest.mark.parametrize("ask", REFUSED.values(), ids=REFUSED)
def test_arguments_out_of_range_are_refused(
    corpus: yiyang.Corpus, ask: Callable[[pd.DataFrame], object]
) -> None:
    with pytest.raises(InputError):
        ask(corpus.tasks)


def test_nothing_is_predicted_before_a_fit() -> None:
    for estimator in (themes.Clusterer(), themes.ThemeClassifier()):
        with pytest.raises(NotFittedError):
            estimator.predict(["医养结合"])


@pytest.fixture(scope="module")
def book() -> themes.Codebook:
    return themes.Codebook.in_force()


def test_a_codebook_is_what_it_says_wherever_it_lies(book: themes.Codebook, tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text(csv_text(book.themes), "utf-8")
    (tmp_path / "theme_seeds.csv").write_text(csv_text(book.seeds), "utf-8")
    copy = themes.Codebook.from_folder(tmp_path)
    framed = themes.Codebook.from_frame(book.themes, book.seeds)
    assert copy == framed
    assert copy.diff(framed).empty
    assert copy.digest != book.digest  # that one has words of the field too
    with pytest.raises(InputError, match=r"no themes\.csv"):
        themes.Codebook.from_folder(tmp_path / "none")
    with pytest.raises(InputError, match="weight"):
        themes.Codebook.from_frame(book.themes, book.seeds.assign(weight=0))


def test_a_changed_codebook_says_what_changed_and_changes_the_themes(
    book: themes.Codebook, corpus: yiyang.Corpus
) -> None:
    seeds = book.seeds
    fewer = seeds[(seeds["theme_id"] != "hospice") | (seeds["term"].duplicated())]
    kept = book.themes[book.themes["theme_id"] != "hospice"]
    other = themes.Codebook.from_frame(kept, fewer[fewer["theme_id"] != "hospice"])
    said = book.diff(other)
    assert set(said["change"]) == {"removed"}
    assert set(said["theme_id"]) == {"hospice"}
    made = yiyang.load(codebook=other)
    assert "hospice" not in set(made.task_themes["theme_id"])
    assert made.codebook.digest == other.digest
    assert made.subset(jurisdictions="jiyuan").codebook is other
    assert made.explain("zhongning-24")["theme_id"].isin(other.themes["theme_id"]).all()
    assert "hospice" in set(corpus.task_themes["theme_id"])  # no other corpus is touched
