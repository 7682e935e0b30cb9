"""What other programs take over."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import yiyang
from yiyang import exports


def test_the_matrix_counts_words(corpus: yiyang.Corpus) -> None:
    counts = exports.to_dfm(corpus, min_tasks=2)
    assert list(counts.index) == corpus.tasks["task_id"].tolist()
    assert (counts > 0).sum().min() >= 2
    assert counts.dtypes.map(str).str.startswith("Sparse").all()


def test_other_programs_read_what_is_written(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    folder = exports.to_quanteda(corpus, tmp_path / "q")
    long = pd.read_csv(folder / "features.csv")
    dense = exports.to_dfm(corpus)
    assert long["count"].sum() == dense.to_numpy().sum()
    assert len(pd.read_csv(folder / "docvars.csv")) == len(corpus)
    stata = pd.read_stata(exports.to_stata(corpus, tmp_path / "x.dta"))
    info = corpus.document_info()
    assert stata["text"].tolist() == info["text"].tolist()
    assert stata["due_first"].notna().sum() == info["due_first"].notna().sum()
    graph = nx.read_gexf(exports.to_gephi(corpus, tmp_path / "g.gexf"))
    units = corpus.assignments.dropna(subset="agency_id")
    assert set(graph) == set(units["agency_id"])
    both = units[units["agency_id"].isin(["health", "civil_affairs"])].drop_duplicates(
        ["task_id", "agency_id"]
    )
    shared = (both.groupby("task_id").size() == 2).sum()
    assert graph.edges["health", "civil_affairs"]["weight"] == shared


def test_topics_are_counted_by_group_and_year(corpus: yiyang.Corpus) -> None:
    by = exports.topics_by(corpus, "jurisdiction")
    assert by["tasks"].sum() == corpus.task_themes["theme_id"].notna().sum()
    groups = by.groupby("jurisdiction")
    assert (groups["tasks"].sum() <= groups["of"].first()).all()
    year = exports.topics_by(corpus, "year", topic="cluster")
    dated = corpus.documents.dropna(subset="date_issued")["date_issued"].dt.year
    assert set(year["year"]) <= set(dated)  # lists without a date stand in no year


def test_a_topic_that_is_no_column_is_refused(corpus: yiyang.Corpus) -> None:
    with pytest.raises(yiyang.InputError, match="no column x"):
        exports.topics_by(corpus, "x")
