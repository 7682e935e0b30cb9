"""Measure what the lists are about: the share of each theme in each list, and where lists differ.

The lists are short, and each theme stands for a few tasks. Shares come with the 95 % interval of
Wilson, differences with that of Newcombe (his method 10): how far a figure from a list of this
length could lie off by chance alone. A theme without a task in a list of 13 may still have a share
of up to 23 %.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from yiyang.core import intervals


def shares(task_themes: pd.DataFrame, tasks: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Count the tasks of each theme. One row is a theme in a jurisdiction, every theme of the
    codebook in each of them.

    `jurisdiction, theme_id, tasks, second, n_tasks, share, low, high`: `tasks` have it as their
    theme, `second` as their second one; `share` is `tasks` of the `n_tasks` of the list. Only
    tasks of the codebook's field count (`is_in_field`).
    """
    task_themes = task_themes[task_themes["is_in_field"]]
    placed = task_themes.merge(tasks[["task_id", "jurisdiction"]], on="task_id", validate="1:1")
    lists = placed["jurisdiction"].value_counts(sort=False)
    index = pd.MultiIndex.from_product(
        [lists.index, codebook["theme_id"]], names=["jurisdiction", "theme_id"]
    )
    counts = pd.DataFrame(
        {
            name: placed.groupby(["jurisdiction", column]).size().reindex(index, fill_value=0)
            for name, column in (("tasks", "theme_id"), ("second", "second_theme_id"))
        }
    )
    return of_counts(counts, lists)


def of_counts(counts: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    """Make the table of `shares` from `tasks` and `second` by group and theme (the index), and the
    number of all tasks of each group."""
    out = counts.reset_index()
    out["n_tasks"] = out.iloc[:, 0].map(sizes).astype(int)
    out["share"] = out["tasks"] / out["n_tasks"]
    out["low"], out["high"] = intervals.wilson(out["tasks"], out["n_tasks"])
    return out


def contrasts(table: pd.DataFrame) -> pd.DataFrame:
    """Compare shares of themes. One row is a theme in a jurisdiction against all other lists
    together (table: `shares`).

    `share`, `others` (share of the tasks of the other lists), `difference` with `low` and `high`,
    and `is_clear` where the interval leaves out 0. Of so many comparisons one in twenty is clear
    by chance. Sorted by the size of the difference. One list alone has no row.
    """
    table = table if table["jurisdiction"].nunique() > 1 else table.head(0)
    total = table.groupby("theme_id", sort=False)[["tasks", "n_tasks"]].transform("sum")
    rest, n_rest = total["tasks"] - table["tasks"], total["n_tasks"] - table["n_tasks"]
    out = table[["jurisdiction", "theme_id", "tasks", "n_tasks", "share"]].copy()
    out["others"] = rest / n_rest
    out["difference"] = out["share"] - out["others"]
    low, high = intervals.wilson(rest, n_rest)
    out["low"] = out["difference"] - np.hypot(out["share"] - table["low"], high - out["others"])
    out["high"] = out["difference"] + np.hypot(table["high"] - out["share"], out["others"] - low)
    out["is_clear"] = (out["low"] > 0) | (out["high"] < 0)
    order = out["difference"].abs().round(9).sort_values(ascending=False, kind="stable").index
    return out.loc[order].reset_index(drop=True)


def only(table: pd.DataFrame) -> pd.DataFrame:
    """List the themes that tell lists apart. One row is a theme that some lists have and others
    lack (table: `shares`).

    `theme_id, has, second, lacks`: the jurisdictions where it is a task's theme, only a second
    theme, or neither, separated by spaces.
    """
    rows = []
    for theme, group in table.groupby("theme_id", sort=False):
        has = group["tasks"] > 0
        second = ~has & (group["second"] > 0)
        if has.all():
            continue
        parts = (group.loc[m, "jurisdiction"] for m in (has, second, ~has & ~second))
        rows.append((theme, *(" ".join(part) for part in parts)))
    return pd.DataFrame(rows, columns=["theme_id", "has", "second", "lacks"])
