"""Match two long lists: time, memory, and how many of the best candidates the index finds.

    python benchmarks/matches_scale.py [--tasks 100000] [--queries 1000] [--alternatives]
        [--lists drawn reused] [--kept 40 ...] [--looked-up 6000] [--candidates-only]

Two kinds of made-up lists. `drawn`: single clauses of the corpus in which every third word is drawn
anew from jieba's dictionary, a tenth with a rewritten twin in the other list; hardly anything is
said twice. `reused`: tasks of several sentences as `benchmarks/corpus.py` writes them, each made of
the same few hundred sentences; nearly everything is said a thousand times.

Recall is that of the five nearest by the full likeness (`matches.signals`), against the comparison
of each query with every task of the other list. A candidate as near as the fifth counts as one of
them. `--kept` and `--looked-up` try yiyang's index with other numbers of candidates a task, and of
entries that are looked up. `--alternatives` runs the usual indexes beside yiyang's, each giving as
many candidates, each in a process of its own; one whose package is missing is left out.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from synthetic import content

import yiyang
from yiyang import matches
from yiyang.core import segmentation, text
from yiyang.matches import line_vectors, reviews, shortlist, signals
from yiyang.matches.signals import Signals

SEED = 0
NEAREST = 5
EQUAL = 1e-6
"""Likenesses that differ by less are alike."""
Found = tuple[np.ndarray, np.ndarray]
Index = Callable[[Signals, np.ndarray, np.ndarray], Found]


def drawn(n: int) -> pd.DataFrame:
    """Return two lists of `n` single clauses with drawn words."""
    import jieba  # noqa: PLC0415

    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file, delimiter=" ") if len(row[0]) > 1]
    vocabulary = np.array([row[0] for row in rows], dtype=object)
    weights = np.array([float(row[1]) for row in rows]) + 1
    rng = np.random.default_rng(SEED)
    pool = [
        segmentation.cut([part])[0]
        for line in yiyang.load().tasks["text"]
        for part in text.sentences(line)
        if 20 <= len(part) <= 60
    ]
    texts: list[list[str]] = []
    for _ in range(2):
        words = iter(rng.choice(vocabulary, size=n * 20, p=weights / weights.sum()))
        picks = rng.integers(0, len(pool), n)
        texts.append(
            [
                "".join(next(words) if rng.random() < 1 / 3 else word for word in pool[pick])
                for pick in picks
            ]
        )
    for twin in range(0, n, 10):
        cut = segmentation.cut([texts[0][twin]])[0]
        texts[1][twin] = "".join(next(words) if rng.random() < 1 / 5 else word for word in cut)
    return listed(texts)


def reused(n: int) -> pd.DataFrame:
    """Return two lists of `n` tasks of the made-up corpus."""
    texts: list[list[str]] = [[], []]
    number = 0
    while len(texts[1]) < n:
        drawing = content.Drawing(SEED, number)
        own = content.tasks(drawing, 40, "list", has_cells=False, has_sections=False)
        texts[number % 2] += [task.text for task in own]
        number += 1
    return listed([texts[0][:n], texts[1][:n]])


def listed(texts: list[list[str]]) -> pd.DataFrame:
    """Return tasks of two jurisdictions."""
    frames = [
        pd.DataFrame({"document_id": name, "jurisdiction": name, "text": lines}).assign(
            task_id=[f"{name}-{number:06d}" for number in range(1, len(lines) + 1)]
        )
        for name, lines in zip(("north", "south"), texts, strict=True)
    ]
    return pd.concat(frames, ignore_index=True)


def nearest(seen: Signals, queries: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the likeness of each query to its nearest (n_queries, `NEAREST`), the greatest first:
    by comparing it with every other task. The same figures as `signals.likeness`, as products."""
    lines = seen.lines
    whole = sparse.csr_array(lines[seen.whole[others]].T)
    part = lines[seen.parts[_parts(seen, others)]]
    starts = np.cumsum(seen.n_parts[others]) - seen.n_parts[others]
    found = []
    for at in range(0, len(queries), 20):
        query = queries[at : at + 20]
        alike = (lines[seen.whole[query]] @ whole).toarray()
        own = (lines[seen.parts[_parts(seen, query)]] @ whole).toarray()
        first = np.cumsum(seen.n_parts[query]) - seen.n_parts[query]
        own = np.maximum.reduceat(own, first, axis=0)
        other = (part @ sparse.csr_array(lines[seen.whole[query]].T)).toarray()
        other = np.maximum.reduceat(other, starts, axis=0).T
        # The one part of an undivided task is the task.
        own = np.where(seen.n_parts[query][:, None] > 1, own, alike)
        other = np.where(seen.n_parts[others] > 1, other, alike)
        weight = line_vectors.CHARACTERS + line_vectors.CONCEPTS
        total = weight * (alike / 2 + (own + other) / 4)
        for profile in seen.profiles:
            total += profile.weight * (profile.matrix[query] @ profile.matrix[others].T)
            weight += profile.weight
        total = -np.clip(total / weight, 0, 1)
        found.append(-np.sort(np.partition(total, NEAREST, axis=1)[:, :NEAREST], axis=1))
    return np.concatenate(found)


def _parts(seen: Signals, rows: np.ndarray) -> np.ndarray:
    """The rows of the parts of some tasks, one task behind the other."""
    counts = seen.n_parts[rows]
    begin = np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(seen.first[rows], counts) + np.arange(counts.sum()) - begin


def recall(seen: Signals, queries: np.ndarray, best: np.ndarray, found: Found) -> tuple[float, ...]:
    """Return shares of the nearest, and of the `NEAREST`, that are among the candidates of the
    queries."""
    here, there = found
    asked = np.isin(here, queries)
    here, there = here[asked], there[asked]
    place = np.searchsorted(queries, here)
    alike = signals.likeness(seen, here, there)
    near = np.bincount(place[alike >= best[place, -1] - EQUAL], minlength=len(queries))
    is_first = np.bincount(place[alike >= best[place, 0] - EQUAL], minlength=len(queries)) > 0
    return is_first.mean(), np.minimum(near, NEAREST).mean() / NEAREST, len(here) / len(queries)


def by_yiyang(seen: Signals, one: np.ndarray, other: np.ndarray) -> Found:
    """Use the library's own index."""
    return shortlist.shortlist(seen, one, other)


def by_rare_features(seen: Signals, one: np.ndarray, other: np.ndarray) -> Found:
    """Use an index of the features that at most 500 tasks hold."""
    there = seen.lines[seen.whole[other]]
    rare = np.flatnonzero(np.bincount(there.indices, minlength=there.shape[1]) <= 500)
    left, right = by_product(seen.lines[seen.whole[one]][:, rare], there[:, rare])
    return one[left], other[right]


def by_sparse_dot_topn(seen: Signals, one: np.ndarray, other: np.ndarray) -> Found:
    """Return the nearest by all features, by sparse_dot_topn."""
    left, right = by_product(seen.lines[seen.whole[one]], seen.lines[seen.whole[other]])
    return one[left], other[right]


def by_product(queries: sparse.csr_array, others: sparse.csr_array) -> Found:
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415

    near = sp_matmul_topn(
        _narrow(queries), _narrow(others.T), top_n=shortlist.SHORTLIST, n_threads=1
    )
    return np.repeat(np.arange(near.shape[0]), np.diff(near.indptr)), near.indices


def _narrow(matrix: sparse.sparray) -> sparse.csr_matrix:
    made = sparse.csr_matrix(matrix)
    made.indices, made.indptr = made.indices.astype(np.int32), made.indptr.astype(np.int32)
    return made


def by_hnswlib(seen: Signals, one: np.ndarray, other: np.ndarray) -> Found:
    """Return approximate neighbours (hnswlib) among 100 components of the features (LSA)."""
    import hnswlib  # noqa: PLC0415
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    vectors = TruncatedSVD(100, n_iter=2, random_state=SEED).fit_transform(
        sparse.csr_matrix(seen.lines[seen.whole])
    )
    vectors = normalize(vectors).astype(np.float32)
    index = hnswlib.Index("cosine", vectors.shape[1])
    index.init_index(len(other), ef_construction=100, M=16, random_seed=SEED)
    index.add_items(vectors[other], num_threads=1)
    index.set_ef(4 * shortlist.SHORTLIST)
    near, _ = index.knn_query(vectors[one], shortlist.SHORTLIST, num_threads=1)
    return np.repeat(one, shortlist.SHORTLIST), other[near.astype(np.int64).ravel()]


def by_minhash(seen: Signals, one: np.ndarray, other: np.ndarray) -> Found:
    """MinHash LSH (rensa) over characters and pairs of them, 128 hashes in 32 bands."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    def hashed(row: int) -> RMinHash:
        made = RMinHash(num_perm=128, seed=SEED)
        begin, end = seen.lines.indptr[seen.whole[row] : seen.whole[row] + 2]
        made.update([str(feature) for feature in seen.lines.indices[begin:end]])
        return made

    index = RMinHashLSH(threshold=0.3, num_perm=128, num_bands=32)
    for row in other:
        index.insert(int(row), hashed(row))
    here, there = [], []
    for row in one:
        near = index.query(hashed(row))[: 4 * shortlist.SHORTLIST]
        here += [row] * len(near)
        there += near
    return np.array(here, np.int64), np.array(there, np.int64)


ALTERNATIVES: dict[str, Index] = {
    "rare features only": by_rare_features,
    "all features, sparse_dot_topn": by_sparse_dot_topn,
    "LSA and hnswlib": by_hnswlib,
    "MinHash LSH, rensa": by_minhash,
}


def apart(index: Index, seen: Signals, n: int) -> tuple[Found, float, int]:
    """Return candidates by an index in a process of its own; its processor seconds, and the bytes
    that it needed beside the vectors."""
    ask, answer = multiprocessing.get_context("fork").Pipe()

    def work() -> None:
        before, begun = _peak(), time.process_time()
        try:
            found: Found | Exception = index(seen, np.arange(n), np.arange(n, 2 * n))
        except ImportError as error:
            found = error
        answer.send((found, time.process_time() - begun, _peak() - before))

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    found, seconds, held = ask.recv()
    process.join()
    if isinstance(found, Exception):
        raise found
    return found, seconds, held


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measure(
    name: str, tasks: pd.DataFrame, n_queries: int, has_alternatives: bool, kept: list[int]
) -> None:
    """Print how the lists are matched, and how well the candidates are found; `kept` for a task."""
    n = len(tasks) // 2
    size = tasks["text"].str.len().mean()
    print(f"\n{name}: {n:,} tasks against {n:,}, {size:.0f} characters each")
    begun = time.process_time()
    seen = signals.signals(tasks)
    print(f"vectors: {time.process_time() - begun:.0f} processor seconds")
    queries = np.sort(np.random.default_rng(SEED).choice(n, min(n_queries, n), replace=False))
    begun = time.process_time()
    best = nearest(seen, queries, np.arange(n, 2 * n))
    exact = (time.process_time() - begun) / len(queries) * n
    rows = [("every pair (from the queries)", exact, np.nan, 1.0, 1.0, float(n))]
    tried: list[tuple[str, Index, int]] = [(f"yiyang, {k} kept", by_yiyang, k) for k in kept]
    if has_alternatives:
        tried += [(title, index, kept[0]) for title, index in ALTERNATIVES.items()]
    for title, index, shortlist.SHORTLIST in tried:
        try:
            found, seconds, held = apart(index, seen, n)
        except ImportError as error:
            print(f"left out: {title} ({error})")
            continue
        rows.append((title, seconds, held / 1e6, *recall(seen, queries, best, found)))
    columns = ["candidates by", "processor s", "MB", "recall@1", f"recall@{NEAREST}", "a task"]
    print(pd.DataFrame(rows, columns=columns).round(3).to_string(index=False))


def whole(tasks: pd.DataFrame) -> None:
    """Print what `matches.find` takes, from the texts to the table."""
    begun, started = time.perf_counter(), time.process_time()
    found = matches.find(tasks, reviews=reviews.none())
    spent = time.perf_counter() - begun
    print(
        f"matches.find: {spent:.0f} s ({time.process_time() - started:.0f} of the processor), "
        f"{len(found):,} candidates, peak memory {_peak() / 1e9:.1f} GB"
    )


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--tasks", type=int, default=100_000)
    arguments.add_argument("--queries", type=int, default=1_000)
    arguments.add_argument("--alternatives", action="store_true")
    arguments.add_argument("--lists", nargs="+", choices=["drawn", "reused"])
    arguments.add_argument("--kept", type=int, nargs="+", default=[shortlist.SHORTLIST])
    arguments.add_argument("--looked-up", type=int, default=shortlist.LOOKED_UP)
    arguments.add_argument("--candidates-only", action="store_true")
    options = arguments.parse_args()
    shortlist.LOOKED_UP = options.looked_up
    for made in (drawn, reused):
        if options.lists and made.__name__ not in options.lists:
            continue
        tasks = made(options.tasks)
        if not options.candidates_only:
            # In a process of its own, so that the peak is that of the matching alone.
            process = multiprocessing.get_context("fork").Process(target=whole, args=(tasks,))
            process.start()
            process.join()
        measure(made.__name__, tasks, options.queries, options.alternatives, options.kept)


if __name__ == "__main__":
    main()
