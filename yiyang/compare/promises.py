"""Tabulate promises: the wording of tasks, their dates and figures; figures promised and reached.

Whether wording and dates go together is asked in `wording.py`.
"""

from __future__ import annotations

import pandas as pd

from yiyang.compare import coverage
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, names
from yiyang.grammar import obligations
from yiyang.reading import indicators

DATED = coverage.TIMED
"""The states of `coverage` in which a task has a time by which something is due."""


def wording(corpus: Corpus) -> pd.DataFrame:
    """Grade the wording of each task. One row is a task: `task_id, jurisdiction, opening, firmest,
    softest, is_dated, has_target` (a figure is promised in it)."""
    tasks = corpus.tasks
    graded = obligations.of_tasks(tasks, corpus.obligations)
    state = coverage.states(tasks, corpus.deadlines)
    out = graded.merge(state[["task_id", "jurisdiction", "state"]], on="task_id")
    out["is_dated"] = out.pop("state").isin(DATED)
    out["has_target"] = out["task_id"].isin(corpus.targets["task_id"])
    return out


def strengths(wording: pd.DataFrame) -> pd.DataFrame:
    """Count tasks by the strength of their first grading word. One row is a jurisdiction and an
    opening strength: `jurisdiction, strength, tasks, of, share, dated, with_target`. Tasks without
    a grading word are left out of all counts."""
    graded = wording[wording["opening"].notna()]
    by = graded.groupby(["jurisdiction", "opening"], observed=False, sort=False)
    out = by.agg(
        tasks=("task_id", "size"), dated=("is_dated", "sum"), with_target=("has_target", "sum")
    )
    out = out.reset_index().rename(columns={"opening": "strength"})
    out["of"] = out.groupby("jurisdiction", sort=False)["tasks"].transform("sum")
    out["share"] = out["tasks"] / out["of"]
    columns = ["jurisdiction", "strength", "tasks", "of", "share", "dated", "with_target"]
    return out[columns]


def promised_and_reached(corpus: Corpus) -> pd.DataFrame:
    """List figures promised and reported. One row is a linked figure (`indicators.figures`) with
    its `jurisdiction`."""
    figures = indicators.figures(corpus.indicator_links, corpus.targets, corpus.outcomes)
    return figures.merge(corpus.documents[["document_id", "jurisdiction"]], on="document_id")


def by_strength(wording: pd.DataFrame) -> pd.DataFrame:
    """Add up `strengths` over all lists. One row is an opening strength, the firmest first:
    `strength, tasks, dated, with_target`."""
    table = strengths(wording).groupby("strength", observed=False)[
        ["tasks", "dated", "with_target"]
    ]
    return table.sum().iloc[::-1].reset_index()


def linked(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """List the linked figures for a reader, one a row: indicator, place, promised or reported,
    figure as printed, year, caveat."""
    rows = promised_and_reached(corpus)
    order = {key: i for i, key in enumerate(corpus.indicators["indicator_id"])}
    rows = rows.sort_values(
        ["indicator_id", "source"],
        key=lambda c: c.map(order) if c.name == "indicator_id" else c.eq("outcome"),
        kind="stable",
    )
    year = rows["day"].dt.year.astype("Int64").astype("string")
    return pd.DataFrame(
        {
            "indicator": rows["indicator_id"].map(names(corpus.indicators, lang)),
            "jurisdiction": rows["jurisdiction"].map(names(corpus.jurisdictions, lang)),
            "source": rows["source"],
            "figure": rows["printed"],
            "year": year,
            "caveat": rows[f"caveat_{lang}"],
        }
    )


def own(figures: pd.DataFrame) -> pd.DataFrame:
    """Pair what a place promised with what the same place reports of one indicator. One row is such
    a pair: `jurisdiction, indicator_id, promised, reached, unit, is_same` (one measure in both),
    `day` (of the result) and the caveats of the result. Nothing of one place is set against
    another."""
    sides = {s: figures[figures["source"] == s] for s in ("target", "outcome")}
    both = sides["target"].merge(
        sides["outcome"], on=["jurisdiction", "indicator_id"], suffixes=("_promised", "")
    )
    both["is_same"] = both["is_same"] & both["is_same_promised"]
    both = both.rename(columns={"value_promised": "promised", "value": "reached"})
    columns = "jurisdiction indicator_id promised reached unit is_same day caveat_zh caveat_en"
    return both[columns.split()].reset_index(drop=True)


def rates(targets: pd.DataFrame) -> int:
    """Count the figures that are rates paid per service (每人次300元) and nothing to be reached."""
    return int(targets["unit"].str.startswith("元").sum())
