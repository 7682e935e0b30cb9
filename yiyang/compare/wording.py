"""Test whether the tasks with firm words are the ones that have a date.

Lists differ in how many of their tasks they date, for reasons of their own, so that firm and other
tasks are compared within each list only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import hypergeom


def by_list(wording: pd.DataFrame) -> pd.DataFrame:
    """Count firm and dated tasks. One row is a jurisdiction: `jurisdiction, tasks, dated, firm,
    firm_dated` (firm: a word of the strength `mandate` stands in the task)."""
    firm = wording["firmest"] == "mandate"
    counted = wording.assign(firm=firm, firm_dated=firm & wording["is_dated"])
    by = counted.groupby("jurisdiction", sort=False)
    out = by.agg(
        tasks=("task_id", "size"),
        dated=("is_dated", "sum"),
        firm=("firm", "sum"),
        firm_dated=("firm_dated", "sum"),
    )
    return out.reset_index()


def chance(lists: pd.DataFrame) -> float:
    """Compute how often as many firm tasks as these or a rarer number would be dated if within each
    list (`by_list`) the dates fell on its tasks without regard to the wording: the exact two-sided
    test over the lists together. One that dates all or none of its tasks adds nothing."""
    weights = np.ones(1)
    for row in lists.itertuples():
        hits = np.arange(min(row.firm, row.dated) + 1)
        weights = np.convolve(weights, hypergeom.pmf(hits, row.tasks, row.dated, row.firm))
    seen = weights[int(lists["firm_dated"].sum())]
    return float(min(1, weights[weights <= seen * (1 + 1e-9)].sum()))
