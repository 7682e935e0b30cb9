"""Hand a corpus to other programs: quanteda, Stata, Gephi, and models of scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd

from yiyang.compare.concordance import grouping
from yiyang.core.corpus import Corpus
from yiyang.safety import atomic_write, opening
from yiyang.safety.escaping import csv_text
from yiyang.themes import vectorize


def to_dfm(
    corpus: Corpus, *, ngrams: int = 1, min_tasks: int = 1, extra_stop_words: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the document-feature matrix: one row is a task, one column a term, each value how
    often it stands there (sparse; `.sparse.to_coo()` gives the matrix)."""
    vectors = vectorize(
        corpus.tasks, ngrams=ngrams, min_tasks=min_tasks, extra_stop_words=extra_stop_words
    )
    index = pd.Index(vectors.task_ids, name="task_id")
    counts = vectors.counts.astype(np.int64)
    return pd.DataFrame.sparse.from_spmatrix(counts, index=index, columns=list(vectors.terms))


def to_quanteda(corpus: Corpus, folder: Path | str, **terms: int) -> Path:
    """Write `features.csv` (`doc_id, feature, count`), `docvars.csv` and `read.R`, which makes a
    `dfm` with its variables of them."""
    vectors = vectorize(corpus.tasks, **terms)  # type: ignore[arg-type]
    counts = vectors.counts.tocoo()
    long = pd.DataFrame(
        {
            "doc_id": vectors.task_ids[counts.coords[0]],
            "feature": vectors.terms[counts.coords[1]],
            "count": counts.data.astype(int),
        }
    )
    script = (
        "library(quanteda)\n"
        "long <- read.csv('features.csv', fileEncoding = 'UTF-8')\n"
        "vars <- read.csv('docvars.csv', fileEncoding = 'UTF-8')\n"
        "docs <- factor(long$doc_id, vars$task_id)\n"
        "feat <- factor(long$feature)\n"
        "x <- as.dfm(Matrix::sparseMatrix(i = as.integer(docs), j = as.integer(feat),\n"
        "  x = long$count, dims = c(nlevels(docs), nlevels(feat)),\n"
        "  dimnames = list(levels(docs), levels(feat))))\n"
        "docvars(x) <- vars\n"
    )
    files = {
        "features.csv": csv_text(long),
        "docvars.csv": csv_text(corpus.document_info()),
        "read.R": script,
    }
    with atomic_write.folder(place := opening.path_of(folder, "to_quanteda")) as fresh:
        for name, text in files.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="")
    return place


def to_stata(corpus: Corpus, path: Path | str) -> Path:
    """Write `document_info` as a file of Stata 14 or later (texts in full, dates as dates)."""
    info = corpus.document_info()
    info["is_ongoing"] = info["is_ongoing"].astype("int8")
    for name in info.columns:
        if isinstance(info[name].dtype, pd.CategoricalDtype | pd.StringDtype):
            info[name] = info[name].astype(object).where(info[name].notna(), "")
        elif str(info[name].dtype) in ("Int64", "Float64"):
            info[name] = info[name].astype("float64")
    dates = dict.fromkeys(("due_first", "due_last"), "td")
    with atomic_write.file(place := opening.path_of(path, "to_stata")) as fresh:
        info.to_stata(
            fresh, write_index=False, version=118, convert_dates=dates, convert_strl=["text"]
        )
    return place


def to_gephi(corpus: Corpus, path: Path | str) -> Path:
    """Write which agencies share tasks, as GEXF: a node is an agency with its tasks, an edge the
    tasks that name both."""
    units = corpus.assignments.dropna(subset="agency_id")
    named = corpus.agencies.set_index("agency_id")
    graph = nx.Graph()
    for agency, tasks in units.groupby("agency_id")["task_id"]:
        row = named.loc[str(agency)]
        graph.add_node(str(agency), label=str(row["name_zh"]), tasks=int(tasks.nunique()))
    for _, agencies in units.groupby("task_id")["agency_id"]:
        once = sorted(set(agencies))
        for n, one in enumerate(once):
            for other in once[n + 1 :]:
                before = graph.edges[one, other]["weight"] if graph.has_edge(one, other) else 0
                graph.add_edge(one, other, weight=before + 1)
    with atomic_write.file(place := opening.path_of(path, "to_gephi")) as fresh:
        nx.write_gexf(graph, fresh)
    return place


def topics_by(corpus: Corpus, by: str, *, topic: str = "theme_id") -> pd.DataFrame:
    """Count topics by group: one row is a group and a topic: the column `by`, `topic`, `tasks`,
    `of`, `share`. `topic` is `theme_id` or `cluster`; `by` a column of `document_info`, or `year`,
    that of issue. Tasks without a topic or a group are counted in `of` and stand in no row."""
    info = corpus.document_info().set_index("task_id")
    if by == "year":
        issued = corpus.documents.set_index("document_id")["date_issued"]
        groups = info["document_id"].map(issued).dt.year.astype("Int64")
    else:
        groups = grouping(corpus, by)
    frame = pd.DataFrame({by: groups, "topic": grouping(corpus, topic)})
    counts = frame.dropna().groupby([by, "topic"], sort=True, observed=True).size()
    out = counts.rename("tasks").reset_index()
    out["of"] = out[by].map(frame.groupby(by, observed=True).size()).astype("int64")
    return out.assign(share=out["tasks"] / out["of"])
