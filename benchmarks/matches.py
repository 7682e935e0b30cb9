"""Measure how well counterparts are found and asserted, beside the usual methods.

    python benchmarks/matches.py            the coded pairs: all methods on the same terms
    python benchmarks/matches.py --parts    the method without, or with more, of its signals
    python benchmarks/matches.py --encoder e5    what an encoder adds (matches/encoders.py)

The coded pairs (data/evaluation) were made by two language-model readers, without Zhongning's.
Every method ranks the same five candidates a task and jurisdiction. The usual methods are given
the weights and limits that suit the coded pairs best; ours is measured with those in force. Below,
each is measured with weights and limits from which the measured pair of jurisdictions was left out.
Reviews are not used.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from unittest import mock

import numpy as np
import pandas as pd
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer

import yiyang
from yiyang import matches
from yiyang.core import text
from yiyang.matches import (
    aspects,
    bridges,
    calibrating,
    candidates,
    clauses,
    encoders,
    line_vectors,
    measures,
    reviews,
    signals,
    thesaurus,
)


def ours(tasks: pd.DataFrame, *more: matches.Profile) -> pd.DataFrame:
    """Return the method as it is, with no reviewed pair in force."""
    return matches.find(tasks, more, reviews=reviews.none())


def by_matrix(tasks: pd.DataFrame, scores: np.ndarray) -> pd.DataFrame:
    """Return `task_matches` from the (n_tasks, n_tasks) scores of another method; nothing
    asserted."""
    places = tasks["jurisdiction"].to_numpy(object)
    here, there = np.array(list(product(range(len(tasks)), repeat=2))).T
    kept = places[here] != places[there]
    pairs = pd.DataFrame({"here": here[kept], "there": there[kept]})
    pairs["score"] = scores[pairs["here"], pairs["there"]]
    pairs["other"] = places[pairs["there"]]
    pairs = pairs.sort_values(["here", "other", "score"], ascending=[True, True, False])
    pairs["rank"] = pairs.groupby(["here", "other"]).cumcount() + 1
    pairs = pairs[pairs["rank"] <= candidates.KEPT]
    ids = tasks["task_id"].to_numpy(object)
    return pd.DataFrame(
        {
            "task_id": ids[pairs["here"]],
            "other_jurisdiction": pairs["other"].to_numpy(),
            "rank": pairs["rank"].to_numpy(),
            "other_task_id": ids[pairs["there"]],
            "score": pairs["score"].to_numpy(),
        }
    )


def words(tasks: pd.DataFrame) -> list[list[str]]:
    """Cut words as the usual methods do: jieba without a dictionary of the field."""
    plain = rjieba.Jieba()
    return [[word for word in plain.cut(line, True) if word.isalnum()] for line in tasks["text"]]


def tfidf_words(tasks: pd.DataFrame) -> np.ndarray:
    vectors = TfidfVectorizer(analyzer=lambda line: line).fit_transform(words(tasks))
    return (vectors @ vectors.T).toarray()


def tfidf_characters(tasks: pd.DataFrame) -> np.ndarray:
    texts = [text.fold(line) for line in tasks["text"]]
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit_transform(texts)
    return (vectors @ vectors.T).toarray()


def bm25(tasks: pd.DataFrame) -> np.ndarray:
    import bm25s  # noqa: PLC0415

    index = bm25s.BM25()
    lines = words(tasks)
    index.index(lines, show_progress=False)
    scores = np.stack([index.get_scores(line) for line in lines])
    # A likeness of two tasks, so that one threshold fits long and short queries alike.
    return scores / np.maximum(scores.max(axis=1, keepdims=True), 1e-9)


def by_encoder(name: str, tasks: pd.DataFrame) -> np.ndarray:
    """Return the cosines of an encoder's vectors alone."""
    vectors = encoders.profile(tasks, encoders.named(name)).matrix
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors @ vectors.T


def show(name: str, found: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> None:
    asked = measures.questions(found, pairs, tasks)
    print(f"\n{name}")
    for title, made in (
        ("candidates", measures.retrieval(asked)),
        ("grades", measures.grading(asked)),
    ):
        figures = (f"{key} {v.value:.3f} ({v.low:.2f}-{v.high:.2f})" for key, v in made.items())
        print(f"  {title:11}" + "  ".join(figures))


def compare(corpus: yiyang.Corpus, encoder: str) -> None:
    tasks = corpus.tasks
    pairs = measures.codes()
    found = ours(tasks)
    n_asked = (measures.questions(found, pairs, tasks)["n_coded"] > 0).sum()
    print(f"{len(pairs)} coded pairs, {n_asked} questions with a coded counterpart;")
    print("in brackets the middle 95 of 100 resamples of the questions")
    usual: dict[str, Callable[[pd.DataFrame], np.ndarray]] = {
        "TF-IDF, words": tfidf_words,
        "TF-IDF, characters 2-3": tfidf_characters,
        "BM25, words": bm25,
    }
    if encoder:
        usual[encoder] = partial(by_encoder, encoder)
    for name, method in usual.items():
        table = by_matrix(tasks, method(tasks)).assign(grade="none", differs_in="")
        by = measures.fitted(measures.able(table, pairs, tasks), tasks, 2 * len(pairs))
        same, said = by.said(calibrating.measured(table, tasks), np.ones(len(table), bool))
        table["grade"] = np.select([same, said], matches.GRADES[:2], matches.GRADES[2])
        show(name, table, pairs, tasks)
        held(table, pairs, tasks)
    show(f"yiyang (limits {matches.SAME}, {matches.POSSIBLE})", found, pairs, tasks)
    held(found, pairs, tasks)
    if encoder:
        with_it = matches.find(tasks, encoder=encoders.named(encoder), reviews=reviews.none())
        show(f"yiyang with {encoder}", with_it, pairs, tasks)
        held(with_it, pairs, tasks)


def held(found: pd.DataFrame, pairs: pd.DataFrame, tasks: pd.DataFrame) -> None:
    print("\nthe limits with one pair of jurisdictions left out, measured on that pair:")
    print(measures.calibrate(found, pairs, tasks).round(3).to_string(index=False, na_rep="none"))


def in_parts(corpus: yiyang.Corpus) -> None:
    """Tell what each signal adds, and what was tried and left out."""
    tasks, pairs = corpus.tasks, measures.codes()

    def line(name: str, *more: matches.Profile) -> None:
        found = ours(tasks, *more)
        made = measures.retrieval(measures.questions(found, pairs, tasks))
        fitted = measures.calibrate(found, pairs, tasks)
        held = fitted[fitted["left_out"] == "together"]["f1"].iloc[0]
        figures = "  ".join(
            f"{made[key].value:.3f}" for key in ("mrr", "recall_at_1", "recall_at_3")
        )
        print(f"{name:34}{figures}  {fitted.iloc[-1]['f1']:.3f}  {held:.3f}")

    print(
        "F1 with the threshold fitted on all coded pairs, the measured ones among them; left out:"
    )
    print("the pairs of jurisdictions together, each with the threshold that fits the others")
    print(f"{'':34}MRR    R@1    R@3    F1     F1 left out")
    line("as it is")
    views = ((line_vectors, ("CHARACTERS", "CONCEPTS")), (signals, ("THEMES", "SUBJECTS")))
    for module, parts in views:
        for part in parts:
            with mock.patch.object(module, part, 0.0):
                line(f"without {part.lower()}")
    fewer = _without_terms_of_one(tasks)
    with mock.patch.object(thesaurus, "concepts", return_value=fewer):
        line("without concept terms of one task")
    with mock.patch.object(clauses, "spans", lambda text: [(0, len(text))]):
        line("whole tasks only")
    for weight in (0.0, 0.1, 0.3):
        with mock.patch.object(candidates, "CLAUSES", weight):
            line(f"clauses weighing {weight}")
    with mock.patch.object(bridges, "WEIGHT", 0.0):
        line("without bridges")
    with mock.patch.object(aspects, "LOWERED", 1.0):
        line("without direction and object")
    for weight in (0.1, 0.4):
        with mock.patch.object(line_vectors, "CONCEPTS", weight):
            line(f"concepts weighing {weight}")
    units = pd.crosstab(corpus.assignments["task_id"], corpus.assignments["agency_id"])
    more = {
        "agencies": units.reindex(tasks["task_id"], fill_value=0).to_numpy(float),
        "words": TfidfVectorizer(analyzer=lambda w: w).fit_transform(words(tasks)).toarray(),
        "character triples": TfidfVectorizer(analyzer="char", ngram_range=(3, 3))
        .fit_transform(map(text.fold, tasks["text"]))
        .toarray(),
    }
    for name, view in more.items():
        line(f"with {name} (0.1)", matches.Profile(0.1, view))


def _without_terms_of_one(tasks: pd.DataFrame) -> thesaurus.Concepts:
    """The concepts without the terms that only one task holds, which can but repeat that task."""
    book = thesaurus.concepts()
    texts = [text.fold(line) for line in tasks["text"]]
    held = {term: sum(term in line for line in texts) for term in book.terms}
    return book._replace(terms={t: n for t, n in book.terms.items() if held[t] != 1})


def timed(corpus: yiyang.Corpus) -> None:
    tasks = corpus.tasks
    begun = time.perf_counter()
    ours(tasks)
    print(f"\nall pairs of {len(tasks)} tasks: {time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--parts", action="store_true")
    parser.add_argument("--encoder", default="", help="e5, fastembed:MODEL ...")
    asked_for = parser.parse_args()
    loaded = yiyang.load()
    if asked_for.parts:
        in_parts(loaded)
    else:
        compare(loaded, asked_for.encoder)
        timed(loaded)
