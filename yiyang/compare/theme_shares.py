"""Measure what the lists are about: the share of each theme in each list, and where lists differ.

The lists are short, and each theme stands for a few tasks. A list is read whole: its shares have no
sampling error. Whether a difference between lists is more than dealing the same tasks to them at
random gives is asked by the exact test, corrected for the number of comparisons.
"""

from __future__ import annotations

import pandas as pd

from yiyang.compare import chance
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

    `share`, `others` (share of the tasks of the other lists), `difference`; `p`, how often dealing
    the tasks to the lists at random gives a number as far off, `q`, the same corrected for the
    number of comparisons, and `is_clear` where `q` is below `chance.LIKELY`. Sorted by the size of
    the difference. One list alone has no row.
    """
    table = table if table["jurisdiction"].nunique() > 1 else table.head(0)
    total = table.groupby("theme_id", sort=False)[["tasks", "n_tasks"]].transform("sum")
    out = table[["jurisdiction", "theme_id", "tasks", "n_tasks", "share"]].copy()
    rest, n_rest = total["tasks"] - table["tasks"], total["n_tasks"] - table["n_tasks"]
    out["others"] = rest / n_rest
    out["difference"] = out["share"] - out["others"]
    counts = zip(table["tasks"], total["tasks"], table["n_tasks"], total["n_tasks"], strict=True)
    out["p"] = [chance.exact(*row).p for row in counts]
    out["q"] = chance.corrected(out["p"])
    out["is_clear"] = out["q"] < chance.LIKELY
    order = out["difference"].abs().round(9).sort_values(ascending=False, kind="stable").index
    return out.loc[order].reset_index(drop=True)


def everywhere(table: pd.DataFrame) -> int:
    """Count the themes that have tasks in every list (table: `shares`)."""
    return int((table["tasks"] > 0).groupby(table["theme_id"]).all().sum())


def largest_section(tasks: pd.DataFrame) -> tuple[str, str] | None:
    """Find the list that is most of all about further policies: the jurisdiction and the section
    with the most tasks of a list that has several; nothing where none has."""
    sections = tasks.dropna(subset=["section"]).groupby("jurisdiction", sort=False)["section"]
    several = sections.nunique()
    counts = sections.value_counts()
    counts = counts[counts.index.get_level_values(0).isin(several.index[several > 1])]
    sized = counts[counts >= LEAST_SECTION]
    if sized.empty:
        return None
    jurisdiction, section = sized.idxmax()
    return str(jurisdiction), str(section)


LEAST_SECTION = 20
"""Tasks of a section from which on it is left out on trial: without fewer little changes."""


def outside(tasks: pd.DataFrame, section: tuple[str, str]) -> pd.DataFrame:
    """Leave out the tasks of one section of one list (`largest_section`)."""
    place, name = section
    return tasks[~((tasks["jurisdiction"] == place) & (tasks["section"] == name))]


def without_section(
    task_themes: pd.DataFrame, tasks: pd.DataFrame, codebook: pd.DataFrame, section: tuple[str, str]
) -> pd.DataFrame:
    """Count the themes of a list with one of its sections and without it. One row is a theme of the
    list: `theme_id, tasks` and `without`."""
    jurisdiction, name = section
    own = tasks[tasks["jurisdiction"] == jurisdiction]
    themed = own.merge(task_themes[["task_id", "theme_id"]], on="task_id")
    kept = themed[themed["section"] != name]
    counts = {
        column: rows["theme_id"].value_counts().reindex(codebook["theme_id"], fill_value=0)
        for column, rows in (("tasks", themed), ("without", kept))
    }
    out = pd.DataFrame(counts).rename_axis("theme_id").reset_index()
    return out[out["tasks"] > 0].sort_values("tasks", ascending=False, kind="stable")


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
