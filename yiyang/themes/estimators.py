"""Use the themes, clusters and vectors of yiyang as estimators of scikit-learn.

They take texts (a list, a Series) or a table of tasks with `text`; with `document_id` and `seq` in
it the clusters know the neighbours of a task, as in `themes.clusters`. A pipeline or a grid search
takes them like any other estimator.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import linkage
from sklearn.base import BaseEstimator, ClassifierMixin, ClusterMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell
from yiyang.themes import clustering, codebooks, scoring
from yiyang.themes.codebook import Codebook
from yiyang.themes.models import Model
from yiyang.themes.vectors import count_terms, rarity, tfidf, tokenize

Texts: TypeAlias = Iterable[str] | pd.DataFrame
NONE = "none"
"""What `ThemeClassifier` predicts for a text without a theme."""


class _OfTexts(BaseEstimator):
    """An estimator of texts: scikit-learn's checks with matrices of numbers do not apply."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.target_tags.required = False
        return tags


class TaskVectorizer(TransformerMixin, _OfTexts):
    """Turn texts into sublinear TF-IDF, by the words of the field.

    Parameters
    ----------
    ngram_range
        Words alone (1, 1), with pairs of neighbours in a clause (1, 2), or pairs alone (2, 2).
    min_df
        Leave out terms of fewer texts.
    stop_words
        More words that are no terms, beside those of yiyang.

    Attributes
    ----------
    rarity_ : ndarray of shape (n_terms,)
        The weight of each term by how few of the texts have it.

    Examples
    --------
    >>> vectorizer = TaskVectorizer().fit(["建设护理型床位", "培训护理人员"])
    >>> vectorizer.transform(["护理型床位"]).shape
    (1, 3)
    >>> vectorizer.get_feature_names_out().tolist()
    ['培训', '护理人员', '护理型床位']
    """

    def __init__(
        self,
        ngram_range: tuple[int, int] = (1, 1),
        min_df: int = 1,
        stop_words: Iterable[str] = (),
    ) -> None:
        self.ngram_range = ngram_range
        self.min_df = min_df
        self.stop_words = stop_words

    def fit(self, X: Texts, y: object = None) -> Self:  # noqa: N803  (scikit-learn's name)
        """Learn the terms of the texts and how rare they are."""
        if tuple(self.ngram_range) not in ((1, 1), (1, 2), (2, 2)):
            raise refusal(
                "themes.range",
                "TaskVectorizer",
                name="ngram_range",
                value=self.ngram_range,
                range="(1, 1), (1, 2) or (2, 2)",
            )
        _hold("TaskVectorizer", "min_df", self.min_df, 1)
        counts, terms = self._count(_table(X))
        kept = np.flatnonzero(np.bincount(counts.indices, minlength=len(terms)) >= self.min_df)
        self.terms_ = terms[kept]
        self.rarity_ = rarity(counts[:, kept])
        return self

    def transform(self, X: Texts) -> sparse.csr_array:  # noqa: N803
        """Return (n_texts, n_terms): rows of length one; a text without a known term is zeros."""
        check_is_fitted(self)
        counts, terms = self._count(_table(X))
        place = pd.Index(self.terms_).get_indexer(terms)
        kept = np.flatnonzero(place >= 0)
        to = sparse.csr_array(
            (np.ones(len(kept)), (kept.astype(np.int32), place[kept].astype(np.int32))),
            shape=(len(terms), len(self.terms_)),
        )
        # Indices of 32 bits: estimators that a pipeline puts behind it take no others.
        found = sparse.csr_array(counts @ to)
        found.indices, found.indptr = found.indices.astype(np.int32), found.indptr.astype(np.int32)
        return tfidf(found, self.rarity_)

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray:
        """Return (n_terms,): the terms in code point order; the words of a pair have a blank
        between."""
        check_is_fitted(self)
        return self.terms_

    def _count(self, tasks: pd.DataFrame) -> tuple[sparse.csr_array, np.ndarray]:
        least, most = self.ngram_range
        counts, terms = count_terms(
            tokenize(tasks["text"]), ngrams=most, extra_stop_words=self.stop_words
        )
        if least == 1:
            return counts, terms
        pairs = np.flatnonzero([" " in term for term in terms])
        return counts[:, pairs], terms[pairs]


class Clusterer(ClusterMixin, _OfTexts):
    """Group texts without a codebook and without labels, the same on every run (`clustering`).

    Parameters
    ----------
    k
        The most clusters there may be.

    Attributes
    ----------
    labels_ : ndarray of shape (n_texts,)
        The cluster of each text, 0 the largest; -1 for none.
    membership_ : ndarray of shape (n_texts,)
        How surely each belongs there, 0 to 1.
    hierarchy_ : ndarray of shape (n_clusters - 1, 4)
        Which clusters are nearest, as a linkage of SciPy (`dendrogram` draws it).

    Examples
    --------
    >>> import yiyang
    >>> found = Clusterer(k=20).fit(yiyang.load().tasks)
    >>> int(found.labels_.max()) + 1
    20
    """

    def __init__(self, k: int = clustering.K) -> None:
        self.k = k

    def fit(self, X: Texts, y: object = None) -> Self:  # noqa: N803
        """Find the clusters of the texts."""
        tasks = _table(X)
        _hold("Clusterer", "k", self.k, 1, max(len(tasks), clustering.K))
        tokens = tokenize(tasks["text"])
        counts, pieces = clustering.count_pieces(tokens)
        points = tfidf(counts)
        found = clustering.group(tasks, points, self.k)
        self.labels_ = found.labels - 1
        self.membership_ = found.membership
        centres = clustering.centres(found.places, found.labels)
        along = np.zeros((points.shape[1], 0))
        if found.labels.any():
            sample = clustering.even_sample(len(tasks))
            order = clustering.succession(tasks)
            along = clustering.directions(points, order, clustering.MIDDLE, sample)
        self.model_ = Model(
            np.array(pieces, dtype="U2"), rarity(counts), np.zeros((0, 0)), along, centres
        )
        self.hierarchy_ = linkage(centres, "average") if len(centres) > 1 else np.zeros((0, 4))
        return self

    def predict(self, X: Texts) -> np.ndarray:  # noqa: N803
        """Return (n_texts,): the nearest cluster of each text, -1 where none is near.

        Of the texts it was fitted to this may differ from `labels_`, which rest on how texts keep
        together and not on where the centre of a cluster lies.
        """
        check_is_fitted(self)
        tasks = _table(X)
        points = self.model_.describe(tokenize(tasks["text"]))
        return self.model_.clusters_of(tasks, points) - 1

    def merged(self, *groups: Iterable[int]) -> np.ndarray:
        """Return `labels_` with the clusters of each group made one, which bears the least number.

        Raises
        ------
        InputError
            For a cluster that there is not.
        """
        check_is_fitted(self)
        labels = self.labels_.copy()
        for group in groups:
            numbers = sorted(group)
            for number in numbers:
                _hold("Clusterer.merged", "cluster", number, 0, int(self.labels_.max()))
            labels[np.isin(labels, numbers)] = numbers[0]
        return labels


class ThemeClassifier(ClassifierMixin, _OfTexts):
    """Say what texts are about, by the seed terms of a codebook; no label is used.

    Parameters
    ----------
    codebook
        Another `Codebook` than the one in force.

    Attributes
    ----------
    classes_ : ndarray
        The `theme_id` of each theme, and `none`.

    Examples
    --------
    >>> classifier = ThemeClassifier().fit(["开展安宁疗护试点", "将符合条件的机构纳入医保定点"])
    >>> classifier.predict(["推进安宁疗护服务", "公园散步"]).tolist()
    ['hospice', 'none']
    """

    def __init__(self, codebook: Codebook | None = None) -> None:
        self.codebook = codebook

    def fit(self, X: Texts, y: object = None) -> Self:  # noqa: N803
        """Learn how rare words are, and where the texts of each theme lie; `y` is not used."""
        tokens = tokenize(_table(X)["text"])
        book = self.codebook or Codebook.in_force()
        counts, pieces = clustering.count_pieces(tokens)
        with book.used():
            themes = codebooks.codebook()["theme_id"].to_numpy(object)
            seeds = codebooks.seeds()
            centres = scoring.score(tokens, tfidf(counts), seeds, themes).centres
        self.book_ = book
        self.classes_ = np.append(themes, NONE)
        self.model_ = Model(
            np.array(pieces, dtype="U2"),
            rarity(counts),
            centres,
            np.zeros((0, 0)),
            np.zeros((0, 0)),
        )
        return self

    def decision_function(self, X: Texts) -> np.ndarray:  # noqa: N803
        """Return (n_texts, n_themes): each theme's share of the evidence; a row sums to at most
        1."""
        check_is_fitted(self)
        tokens = tokenize(_table(X)["text"])
        with self.book_.used():
            return scoring.score(
                tokens,
                self.model_.describe(tokens),
                codebooks.seeds(),
                self.classes_[:-1],
                self.model_.themes,
            ).shares

    def predict(self, X: Texts) -> np.ndarray:  # noqa: N803
        """Return (n_texts,): the `theme_id` of each text, `none` where nothing speaks for any."""
        shares = self.decision_function(X)
        best = shares.argmax(axis=1)
        found = np.take_along_axis(shares, best[:, None], axis=1)[:, 0]
        return np.where(found > 0, self.classes_[best], NONE)


def _table(texts: Texts) -> pd.DataFrame:
    """The texts as a table of tasks; without `document_id` each is a document of its own."""
    if isinstance(texts, str):
        raise refusal(
            "themes.no_texts", "fit and predict", found=tell("themes.one_text"), kind="str"
        )
    if isinstance(texts, pd.DataFrame):
        if "text" not in texts:
            raise refusal(
                "themes.no_texts", "fit and predict", found=tell("themes.no_text"), kind="DataFrame"
            )
        frame = texts.reset_index(drop=True)
    else:
        frame = pd.DataFrame({"text": pd.Series([*texts], dtype=object)})
    for text in frame["text"]:
        if not isinstance(text, str):
            kind = type(text).__name__
            raise refusal("themes.no_texts", "fit and predict", found=f"{text!r:.40}", kind=kind)
    if "document_id" not in frame or "seq" not in frame:
        frame = frame.assign(document_id=[f"text-{n}" for n in range(len(frame))], seq=1)
    return frame


def _hold(place: str, name: str, value: object, least: int, most: int | None = None) -> None:
    """Refuse an argument that is no whole number of a range."""
    within = tell("expected.from", least=least)
    if most is not None:
        within = tell("expected.whole_number", least=least, most=most)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise refusal("themes.range", place, name=name, value=repr(value), range=within)
    if value < least or (most is not None and value > most):
        raise refusal("themes.range", place, name=name, value=value, range=within)
