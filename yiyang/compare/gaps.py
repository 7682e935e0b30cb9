"""Find what the lists share, what only one has, and what one lacks that others have.

A measure here is a group of tasks of different jurisdictions around one of them, its counterpart
to each of the others: no chain by which far things become one. All of it rests on the asserted
matches, which miss some counterparts and assert some that are none (`benchmarks/matches.py`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from yiyang.core import schema
from yiyang.core.corpus import Corpus


def counterparts(matches: pd.DataFrame) -> pd.DataFrame:
    """Summarise the matches of each task. One row is a task and another jurisdiction, with its
    counterparts there (`counterparts`).

    A task without one has its row too: `has_counterpart` is False, and the nearest task shows how
    far away the best candidate is.
    """
    ranked = matches.sort_values(["task_id", "other_jurisdiction", "rank"], kind="stable")
    groups = ranked.groupby(["task_id", "other_jurisdiction"], sort=False)
    out = groups.agg(
        n_counterparts=("is_match", "sum"),
        nearest_task_id=("other_task_id", "first"),
        nearest_score=("score", "first"),
    ).reset_index()
    out["has_counterpart"] = out["n_counterparts"] > 0
    return schema.cast("counterparts", out)


def matrix(matches: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Count shared tasks list by list. One row is two jurisdictions: how many tasks of the first
    have a counterpart in the other.

    `jurisdiction, other_jurisdiction, n_tasks, n_with, share`. The two directions differ: one
    article may answer to five tasks.
    """
    found = counterparts(matches)
    found["jurisdiction"] = found["task_id"].map(tasks.set_index("task_id")["jurisdiction"])
    groups = found.groupby(["jurisdiction", "other_jurisdiction"])["has_counterpart"]
    out = groups.agg(n_tasks="size", n_with="sum", share="mean").reset_index()
    return out.astype({"n_with": "int64", "share": "float64"})


def spread(matches: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Count the lists that share a task. One row is a task: in how many other jurisdictions it has
    a counterpart (`n_others`).

    Columns `task_id, jurisdiction, n_others`, in the order of the tasks; 0 is unique to its list.
    """
    found = counterparts(matches).groupby("task_id")["has_counterpart"].sum()
    return pd.DataFrame(
        {
            "task_id": tasks["task_id"],
            "jurisdiction": tasks["jurisdiction"],
            "n_others": tasks["task_id"].map(found).fillna(0).astype("int64"),
        }
    )


def measures(
    matches: pd.DataFrame, tasks: pd.DataFrame, *, without: str | None = None, least: int = 2
) -> pd.DataFrame:
    """Group tasks into measures that tasks of at least `least` jurisdictions have in common, the
    widest first.

    With `without`, those of the others whose tasks have no counterpart in that jurisdiction: its
    gaps. One row is a task of a measure: `measure` (its number, from 1), `n_jurisdictions`,
    `score` (mean of its matches), `task_id`, `jurisdiction`, `is_core` (the task to which the
    others are counterparts), and with `without` the task there that comes nearest to the core
    (`nearest_task_id`, `nearest_score`). Each task stands in one measure at most.
    """
    home = tasks.set_index("task_id")["jurisdiction"]
    found = counterparts(matches)
    if without is not None:
        there = found[found["other_jurisdiction"] == without].set_index("task_id")
        lacking = set(there.index[~there["has_counterpart"]])
    else:
        lacking = set(home.index)
    links = _links(matches, lacking)
    rows: list[tuple[Any, ...]] = []
    number = 0
    while links:
        core, reach = max(
            ((task, _reach(task, links[task], home)) for task in sorted(links)), key=lambda x: x[1]
        )
        if reach[0] < least:
            break
        number += 1
        members = [core, *sorted(links[core], key=lambda t: (home[t], -links[core][t], t))]
        rows += [(number, *reach, task, home[task], task == core) for task in members]
        links = _without(links, members)
    columns = ["measure", "n_jurisdictions", "score", "task_id", "jurisdiction", "is_core"]
    out = pd.DataFrame(rows, columns=columns).astype({"is_core": bool})
    if without is not None:
        cores = out[out["is_core"]].set_index("measure")["task_id"]
        core_of = out["measure"].map(cores)
        out["nearest_task_id"] = core_of.map(there["nearest_task_id"])
        out["nearest_score"] = core_of.map(there["nearest_score"])
    return out


def _links(matches: pd.DataFrame, kept: set[str]) -> dict[str, dict[str, float]]:
    """The asserted matches among the kept tasks, from either side: task -> other -> score."""
    links: dict[str, dict[str, float]] = {}
    for row in matches[matches["is_match"]].itertuples():
        if row.task_id in kept and row.other_task_id in kept:
            links.setdefault(row.task_id, {})[row.other_task_id] = row.score
            links.setdefault(row.other_task_id, {})[row.task_id] = row.score
    return links


def _reach(task: str, others: dict[str, float], home: pd.Series) -> tuple[int, float]:
    """How many jurisdictions a measure around this task has, and how near its tasks are."""
    return len({home[task], *(home[o] for o in others)}), sum(others.values()) / len(others)


def _without(links: dict[str, dict[str, float]], gone: list[str]) -> dict[str, dict[str, float]]:
    left = {
        task: {other: score for other, score in others.items() if other not in gone}
        for task, others in links.items()
        if task not in gone
    }
    return {task: others for task, others in left.items() if others}


def benchmark(corpus: Corpus, jurisdiction: str) -> pd.DataFrame:
    """Make the list to take to a meeting: what two or more others have and `jurisdiction` has not.

    One row is a task of another jurisdiction (columns of `measures`) with its `text`, its `lead`
    (units in the lead, or the responsible ones where the list declares no lead) and its
    `deadline`, as printed; both are empty where the document names none. `nearest_part` is the
    sentence of the nearest task that comes nearest to the core.
    """
    found = measures(corpus.task_matches, corpus.tasks, without=jurisdiction)
    texts = corpus.tasks.set_index("task_id")["text"]
    units = corpus.assignments[corpus.assignments["is_primary"]]
    leading = units.groupby("task_id")["role"].transform(lambda r: (r == "lead").any())
    units = units[~leading.astype(bool) | (units["role"] == "lead")]
    times = corpus.deadlines[corpus.deadlines["kind"] != "procedural"]
    cores = found[found["is_core"]].set_index("measure")["task_id"]
    return found.assign(
        nearest_part=_nearest_parts(
            corpus.task_matches, found["measure"].map(cores), found["nearest_task_id"], texts
        ),
        text=found["task_id"].map(texts),
        lead=found["task_id"].map(units.groupby("task_id")["agency_printed"].agg("、".join)),
        deadline=found["task_id"].map(times.groupby("task_id")["printed"].agg("、".join)),
    )


def _nearest_parts(
    matches: pd.DataFrame, cores: pd.Series, nearest: pd.Series, texts: pd.Series
) -> list[str]:
    spans = matches.set_index(["task_id", "other_task_id"])[["other_part_start", "other_part_end"]]
    return [
        texts[task][slice(*spans.loc[(core, task)])]
        for core, task in zip(cores, nearest, strict=True)
    ]
