"""Count who carries the work: tasks and load by agency and role, in each jurisdiction.

A task counts once for an agency, with the highest role it has in it, however many of its printed
units are the same agency. The load divides each task among the agencies that it names: a task
weighs 1 in all, and an agency that leads or answers for it takes twice the part of one that
supports it (`SUPPORTS`). The loads of a list add up to its tasks that name a unit.

Collective and territorial units (各相关委办局, 各街乡) are many bodies in one name: they take their
part of the load but stand apart (`is_collective`).

A load is a share of naming and not of work: how much a task asks of each of its units no list says.
A list is read whole, so that its shares have no sampling error and no interval.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from yiyang.core.schema import ROLES

SUPPORTS = 0.5
"""The part of a supporting agency where one that leads or answers takes 1: a judgement. `steady`
says in which lists the first places stay the same with any other value."""

COLLECTIVE_KINDS = ("collective", "territorial")


def duties(
    assignments: pd.DataFrame, tasks: pd.DataFrame, supports: float = SUPPORTS
) -> pd.DataFrame:
    """Divide each task among its agencies. One row is an agency in a task: `task_id, jurisdiction,
    agency_id, role, weight`.

    `role` is the highest that the agency has there; the weights of a task add up to 1. Units
    whose name is not known have no agency and are left out.
    """
    known = assignments.dropna(subset=["agency_id"]).sort_values(["task_id", "role", "order"])
    once = known.drop_duplicates(["task_id", "agency_id"])[["task_id", "agency_id", "role"]]
    out = tasks[["task_id", "jurisdiction"]].merge(once, on="task_id", sort=False)
    part = np.where(out["role"] == "supporting", supports, 1.0)
    whole = pd.Series(part).groupby(out["task_id"].to_numpy()).transform("sum").to_numpy()
    # Without weight for support, a task that names supporting agencies only is nobody's load.
    out["weight"] = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return out


def by_agency(
    assignments: pd.DataFrame,
    tasks: pd.DataFrame,
    agencies: pd.DataFrame,
    task_themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the tasks of each agency. One row is an agency in a jurisdiction, the heaviest load of
    each jurisdiction first.

    Tasks by role (`lead ... supporting`), `tasks` in any role, `primary` in any but supporting;
    `share` of the list's tasks; `load` (in tasks) and `load_share`; `themes`, the number of themes
    its tasks belong to (missing without `task_themes`); `kind` and `is_collective`.
    """
    held = duties(assignments, tasks)
    keys = ["jurisdiction", "agency_id"]
    counts = held.groupby([*keys, "role"], observed=False, sort=False).size().unstack(fill_value=0)
    out = counts.reindex(columns=list(ROLES), fill_value=0)
    out = out[out.sum(axis=1) > 0].rename_axis(columns=None).reset_index()
    out["tasks"] = out[list(ROLES)].sum(axis=1)
    out["primary"] = out["tasks"] - out["supporting"]
    sizes = tasks["jurisdiction"].value_counts()
    # Of no units at all the mapped sizes are empty texts to pandas.
    out["share"] = out["tasks"] / out["jurisdiction"].map(sizes).astype("float64")
    out["load"] = out.merge(held.groupby(keys, as_index=False)["weight"].sum())["weight"]
    out["load_share"] = out["load"] / out.groupby("jurisdiction")["load"].transform("sum")
    out["themes"] = _breadth(held, task_themes, out)
    out["kind"] = out["agency_id"].map(agencies.set_index("agency_id")["kind"].astype(str))
    out["is_collective"] = out["kind"].isin(COLLECTIVE_KINDS)
    order = {j: i for i, j in enumerate(dict.fromkeys(tasks["jurisdiction"]))}
    out["_list"] = out["jurisdiction"].map(order)
    out = out.sort_values(["_list", "load", "agency_id"], ascending=[True, False, True])
    return out.drop(columns="_list").reset_index(drop=True)


def _breadth(held: pd.DataFrame, task_themes: pd.DataFrame | None, out: pd.DataFrame) -> pd.Series:
    if task_themes is None:
        return pd.Series(pd.NA, index=out.index, dtype="Int64")
    keys = ["jurisdiction", "agency_id"]
    themed = held.merge(task_themes[["task_id", "theme_id"]].dropna(), on="task_id")
    number = themed.groupby(keys, as_index=False)["theme_id"].nunique()
    return out[keys].merge(number, how="left")["theme_id"].fillna(0).astype("Int64")


def by_theme(
    assignments: pd.DataFrame, tasks: pd.DataFrame, task_themes: pd.DataFrame
) -> pd.DataFrame:
    """Count tasks by agency and theme. One row is an agency and a theme: `tasks` of the theme that
    name it, in all lists, and their `share` of the theme's tasks. A task belongs to its first
    theme; those without one are left out."""
    themed = task_themes[["task_id", "theme_id"]].dropna()
    held = duties(assignments, tasks).merge(themed, on="task_id")
    out = held.groupby(["agency_id", "theme_id"], as_index=False).agg(tasks=("task_id", "size"))
    of_theme = themed["theme_id"].value_counts()
    out["share"] = out["tasks"] / out["theme_id"].map(of_theme).to_numpy()
    return out


def first_places(assignments: pd.DataFrame, tasks: pd.DataFrame, supports: float) -> pd.Series:
    """Find for each jurisdiction the two agencies of the heaviest load, where support weighs
    `supports`."""
    load = (
        duties(assignments, tasks, supports)
        .groupby(["jurisdiction", "agency_id"], sort=False)["weight"]
        .sum()
        .reset_index()
        .sort_values(["weight", "agency_id"], ascending=[False, True])
    )
    return load.groupby("jurisdiction")["agency_id"].agg(lambda ids: tuple(ids.head(2)))


def steady(assignments: pd.DataFrame, tasks: pd.DataFrame) -> set[str]:
    """Find the jurisdictions in which the same two agencies take the first places by load, in
    whatever order, whatever support weighs between nothing and as much as an answer (0, 0.1 ...
    1)."""
    tried = [first_places(assignments, tasks, weight / 10) for weight in range(11)]
    return {str(j) for j in tried[0].index if len({frozenset(p.get(j, ())) for p in tried}) == 1}


def two_heaviest(
    assignments: pd.DataFrame, tasks: pd.DataFrame, supports: float = SUPPORTS
) -> pd.DataFrame:
    """Find the two agencies of the heaviest load, where support weighs `supports`. One row is a
    jurisdiction: `agency_ids` (a tuple in the order of their names), and their `share` of its
    load."""
    first = first_places(assignments, tasks, supports)
    rows = []
    for jurisdiction, of_list in duties(assignments, tasks, supports).groupby(
        "jurisdiction", sort=False
    ):
        ids = sorted(first[jurisdiction])
        weight = of_list["weight"]
        whole = weight.sum()
        share = weight[of_list["agency_id"].isin(ids)].sum() / whole if whole else float("nan")
        rows.append((jurisdiction, tuple(ids), share))
    return pd.DataFrame(rows, columns=["jurisdiction", "agency_ids", "share"])
