"""Find what the lists share, what only one has, and what one lacks that others have.

`same` and `possible` are counted apart, never in one number: the first is the same measure, the
second perhaps a part in common, to be looked at (`matches.grades`).
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from yiyang.compare import families
from yiyang.core import schema
from yiyang.core.corpus import Corpus
from yiyang.matches import measures


def counterparts(matches: pd.DataFrame) -> pd.DataFrame:
    """Summarise the matches of each task. One row is a task and another jurisdiction, with its
    counterparts there (`counterparts`).

    A task without one has its row too: `grade` is `none`, and the nearest task shows how far away
    the best candidate is.
    """
    ranked = matches.sort_values(["task_id", "other_jurisdiction", "rank"], kind="stable")
    ranked = ranked.assign(
        n_same=ranked["grade"] == "same", n_possible=ranked["grade"] == "possible"
    )
    groups = ranked.groupby(["task_id", "other_jurisdiction"], sort=False)
    out = groups.agg(
        n_counterparts=("is_match", "sum"),
        n_same=("n_same", "sum"),
        n_possible=("n_possible", "sum"),
        nearest_task_id=("other_task_id", "first"),
        nearest_score=("score", "first"),
    ).reset_index()
    out["has_counterpart"] = out["n_counterparts"] > 0
    out["grade"] = "none"
    out.loc[out["n_possible"] > 0, "grade"] = "possible"
    out.loc[out["n_same"] > 0, "grade"] = "same"
    return schema.cast("counterparts", out)


def matrix(matches: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Count shared measures list by list. One row is two jurisdictions: how many tasks of the first
    have the same measure in the other.

    `jurisdiction, other_jurisdiction, n_tasks, n_with, share`, and `n_possible`: those that have
    there only what is possible. The two directions differ: one article may answer to five tasks.
    """
    found = counterparts(matches)
    found["jurisdiction"] = found["task_id"].map(tasks.set_index("task_id")["jurisdiction"])
    found = found.assign(is_same=found["grade"] == "same", is_possible=found["grade"] == "possible")
    groups = found.groupby(["jurisdiction", "other_jurisdiction"])
    out = groups.agg(
        n_tasks=("is_same", "size"),
        n_with=("is_same", "sum"),
        share=("is_same", "mean"),
        n_possible=("is_possible", "sum"),
    ).reset_index()
    return out.astype({"n_with": "int64", "share": "float64", "n_possible": "int64"})


def spread(matches: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Count the lists that share a task. One row is a task: in how many other jurisdictions the
    same measure stands (`n_others`), and in how many more only what is possible (`n_possible`).

    Columns `task_id, jurisdiction, n_others, n_possible`, in the order of the tasks; 0 and 0 is
    unique to its list, as far as was found.
    """
    found = counterparts(matches)
    out = tasks[["task_id", "jurisdiction"]].reset_index(drop=True)
    for column, grade in (("n_others", "same"), ("n_possible", "possible")):
        counts = found[found["grade"] == grade]["task_id"].value_counts()
        out[column] = out["task_id"].map(counts).fillna(0).astype("int64")
    return out


def unique(table: pd.DataFrame) -> pd.DataFrame:
    """Return of `spread` the tasks for which no other list has anything in either grade."""
    return table[(table["n_others"] == 0) & (table["n_possible"] == 0)]


def in_field(corpus: Corpus) -> frozenset[str]:
    """Return the tasks that belong to the field: all, where `task_themes` does not say
    (`is_in_field`). Tasks outside of it are no gaps of anyone."""
    themed = corpus.task_themes
    if "is_in_field" not in themed:
        return frozenset(corpus.tasks["task_id"])
    return frozenset(themed.loc[themed["is_in_field"].fillna(True).astype(bool), "task_id"])


@lru_cache(maxsize=2)
def _printed(corpus: Corpus) -> tuple[pd.Series, pd.Series]:
    """The units in the lead of each task and its times, as printed."""
    units = families.leading(corpus)
    times = corpus.deadlines[corpus.deadlines["kind"] != "procedural"]
    return (
        units.groupby("task_id")["agency_printed"].agg("、".join),
        times.groupby("task_id")["printed"].agg("、".join),
    )


def benchmark(
    corpus: Corpus, jurisdiction: str, coded: pd.DataFrame | None = None, *, least: int = 2
) -> pd.DataFrame:
    """Make the list to take to a meeting: measures of `least` others that `jurisdiction` has not.

    One row is a task of another jurisdiction: the family's number `measure` and `measure_id`,
    `n_jurisdictions`, `score` (mean of its pairs), `task_id`, `jurisdiction`, `is_core` (the first
    of the family), its `text`, its `lead` (units in the lead, or the responsible ones where the
    list declares no lead) and its `deadline`, as printed (both empty where the document names
    none); and the clause of `jurisdiction` that comes nearest to any task of the family
    (`nearest_task_id`, `nearest_score`, `nearest_part`).

    `grade` says of the family what was found here: `none` is a gap; `possible` stands apart, for
    its nearest clause may be a part of it, or a pair of `coded` (`task_a, task_b`: what readers
    coded) has a task here. Families with the same measure here are left out.
    """
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    near = corpus.task_matches[corpus.task_matches["other_jurisdiction"] == jurisdiction]
    found = families.of_corpus(corpus)
    found = found[found["task_id"].isin(in_field(corpus))]
    # Of a family of which only one list is left in the field there is nothing to tell.
    found = found[found.groupby("measure_id")["jurisdiction"].transform("nunique") >= least]
    best = near.sort_values("rank").groupby("task_id", sort=False)["grade"].min()
    grade = found["task_id"].map(best.astype(str)).fillna("none")
    worst = {"same": 0, "possible": 1, "none": 2}
    of_family = grade.map(worst).groupby(found["measure_id"]).min()
    here = set(found.loc[found["jurisdiction"] == jurisdiction, "measure_id"])
    here |= set(of_family.index[of_family == 0])
    found = found[~found["measure_id"].isin(here)]
    of_family[of_family.index.isin(_coded_here(found, home, jurisdiction, coded))] = 1
    found = found.assign(grade=found["measure_id"].map(of_family).map({1: "possible", 2: "none"}))
    return _described(_numbered(found), near, corpus)


def of_place(corpus: Corpus, jurisdiction: str) -> pd.DataFrame:
    """Return `benchmark` with the pairs that the project's readers coded, worked out once: claims,
    pages, briefs and documents rest on the same."""

    def work() -> pd.DataFrame:
        return benchmark(corpus, jurisdiction, measures.codes())

    return corpus.once(f"gaps.of_place {jurisdiction}", work).copy(deep=False)


def _coded_here(
    found: pd.DataFrame, home: pd.Series, jurisdiction: str, coded: pd.DataFrame | None
) -> set[str]:
    """The families of which readers matched a task with one of this jurisdiction."""
    if coded is None:
        return set()
    both = [*zip(coded["task_a"], coded["task_b"], strict=True)]
    matched = {a for one in both for a, b in (one, one[::-1]) if home.get(b) == jurisdiction}
    return set(found.loc[found["task_id"].isin(matched), "measure_id"])


def _numbered(found: pd.DataFrame) -> pd.DataFrame:
    """The families numbered from 1: gaps before what is possible, the widest and surest first."""
    order = found.sort_values(
        ["grade", "n_jurisdictions", "score", "measure_id"],
        ascending=[True, False, False, True],
        kind="stable",
    )
    number = {family: n for n, family in enumerate(dict.fromkeys(order["measure_id"]), 1)}
    numbered = found.assign(measure=found["measure_id"].map(number).astype("int64"))
    return numbered.sort_values("measure", kind="stable", ignore_index=True)


def _described(found: pd.DataFrame, near: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The families with texts, units and times, and with what comes nearest to them."""
    texts = corpus.tasks.set_index("task_id")["text"]
    # A long article may stand in several families.
    nearest = found[["measure_id", "task_id"]].merge(near, on="task_id")
    # What may be a part comes before what is only near in words.
    nearest = nearest.sort_values(
        ["grade", "score", "other_task_id"], ascending=[True, False, True], kind="stable"
    ).drop_duplicates("measure_id")
    nearest = nearest.set_index("measure_id")
    spans = zip(
        nearest["other_task_id"], nearest["other_part_start"], nearest["other_part_end"],
        strict=True,
    )  # fmt: skip
    parts = pd.Series([texts[t][start:end] for t, start, end in spans], index=nearest.index)
    lead, times = _printed(corpus)
    return found.assign(
        nearest_task_id=found["measure_id"].map(nearest["other_task_id"]),
        nearest_score=found["measure_id"].map(nearest["score"]),
        nearest_part=found["measure_id"].map(parts.astype(object)),
        text=found["task_id"].map(texts),
        lead=found["task_id"].map(lead),
        deadline=found["task_id"].map(times),
    )
