"""Compare what offices are called, and find those that a single list names."""

from __future__ import annotations

import pandas as pd

from yiyang.agencies import resolve
from yiyang.safety.errors import refusal


def office_names(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """List the names of each office. One row is an agency whose office goes by more than one name,
    the most varied first.

    A column for each jurisdiction holds its names (prefixes restored), the commonest first,
    separated by 、; missing where it does not name the agency. `names` counts the different ones
    without the level or place before them: 区民政局 and 市民政局 are one name.
    """
    named = assignments.dropna(subset=["agency_id"]).merge(tasks[["task_id", "jurisdiction"]])
    cells = named.groupby(["agency_id", "jurisdiction"], sort=False)["agency_name"].agg(
        lambda found: "、".join(found.value_counts(sort=True).index)
    )
    wide = cells.unstack().reindex(columns=list(dict.fromkeys(tasks["jurisdiction"])))
    bare = named["agency_name"].map(lambda name: resolve(name).known)
    wide.insert(0, "names", bare.groupby(named["agency_id"]).nunique())
    wide = wide[wide["names"] > 1].rename_axis(columns=None).reset_index()
    return wide.sort_values(["names", "agency_id"], ascending=[False, True], ignore_index=True)


def only_here(table: pd.DataFrame) -> pd.DataFrame:
    """Select the rows of `workloads.by_agency` whose agency one jurisdiction alone names, without
    the collective units; of a single list it cannot be told (`InputError`)."""
    if table["jurisdiction"].nunique() < 2:
        raise refusal("compare.one_list", "compare.offices")
    own = table[~table["is_collective"]]
    return own[~own["agency_id"].duplicated(keep=False)].reset_index(drop=True)
