"""Describe a large corpus as a whole: the tables of the charts, from its summaries
(`OUT/summary/*.csv`).

The functions take counts by province and year (`parquet_store.summary`), add them up by one of
the two (`by`), and give the tables that `theme_shares`, `coverage` and `workloads` make of tasks.
What they hold in memory goes with the number of provinces and years, not with that of tasks.
"""

from __future__ import annotations

import pandas as pd

from yiyang.compare import coverage, theme_shares
from yiyang.compare import workloads as compared
from yiyang.core.messages import label
from yiyang.core.places import NATION

LEAST = 30
"""Tasks of a province or year whose shares are drawn: those of fewer turn on single lists."""


def named(keys: pd.Series, by: str) -> pd.DataFrame:
    """Name the provinces or years `keys`, one a row: the key, `name_zh`, `name_en`."""
    table = pd.DataFrame({by: sorted(set(keys))})
    for lang in ("zh", "en"):
        table[f"name_{lang}"] = [label(f"{by}.{key}", lang, key) for key in table[by]]
    return table


def reading(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add up what was read. One row is a province or year with the counts of the summary
    `reading`."""
    return counts.groupby(by)[list(counts.columns.drop(["province", "year"]))].sum().reset_index()


def enough(counts: pd.DataFrame, by: str) -> pd.Series:
    """Count the `tasks` of each province or year that has at least `LEAST`."""
    sizes = counts.groupby(by)["tasks"].sum()
    return sizes[sizes >= LEAST]


def themes(counts: pd.DataFrame, by: str, codebook: pd.DataFrame) -> pd.DataFrame:
    """Make the table of `theme_shares.shares`, a group a province or year with `enough` tasks."""
    sizes = enough(counts, by)
    index = pd.MultiIndex.from_product([sizes.index, codebook["theme_id"]])
    added = counts.groupby([by, "theme_id"])[["tasks", "second"]].sum()
    return theme_shares.of_counts(
        added.reindex(index, fill_value=0).rename_axis(added.index.names), sizes
    )


def states(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Make the table of `coverage.shares`, a group a province or year with `enough` tasks."""
    added = counts.pivot_table(index=by, columns="state", values="tasks", aggfunc="sum")
    added = added.reindex(index=enough(counts, by).index, columns=list(coverage.STATES))
    return coverage.of_counts(added.fillna(0).astype(int).rename_axis(index=by))


def workloads(counts: pd.DataFrame, read: pd.DataFrame, agencies: pd.DataFrame) -> pd.DataFrame:
    """Make the table of `workloads.by_agency` for all lists together, without the number of themes.

    `read` is the summary `reading`. `low` and `high` are the lowest and the highest share in a
    province with `enough` tasks: chance has little part in so many tasks, and provinces differ.
    """
    out = counts.groupby("agency_id")[[*compared.ROLES, "tasks", "load"]].sum()
    out["primary"] = out["tasks"] - out["supporting"]
    out["share"] = out["tasks"] / read["tasks"].sum()
    sizes = enough(read, "province")
    of_provinces = counts.pivot_table(
        index="agency_id", columns="province", values="tasks", aggfunc="sum", fill_value=0
    ).reindex(columns=sizes.index, fill_value=0)
    shares = of_provinces / sizes
    out["low"], out["high"] = shares.min(axis=1), shares.max(axis=1)
    out["load_share"] = out["load"] / out["load"].sum()
    kinds = agencies.set_index("agency_id")["kind"].astype(str)
    out["kind"] = kinds.reindex(out.index)
    out["is_collective"] = out["kind"].isin(compared.COLLECTIVE_KINDS)
    out = out.reset_index().sort_values(["load", "agency_id"], ascending=[False, True])
    return out.assign(jurisdiction=NATION).reset_index(drop=True)
