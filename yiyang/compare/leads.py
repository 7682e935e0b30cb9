"""Count how the tasks of each list are led, answered for, or given to nobody."""

from __future__ import annotations

import pandas as pd

MANY = ("collective", "territorial")
"""Kinds of agencies that are many bodies in one name: 各相关委办局, 各街乡."""


def bodies(named: pd.DataFrame, agencies: pd.DataFrame) -> pd.Series:
    """Count the bodies that each task names in these rows of `assignments`; one name of many
    bodies counts as two: it is never one that answers alone."""
    many = agencies.loc[agencies["kind"].isin(MANY), "agency_id"]
    n = named["agency_id"].isin(many).astype("int64") + 1
    return n.groupby(named["task_id"]).sum()


def leads(assignments: pd.DataFrame, tasks: pd.DataFrame, agencies: pd.DataFrame) -> pd.DataFrame:
    """Count the tasks of each list by who leads. One row is a jurisdiction: how its tasks are led.

    `declares_leads` where the list gives a unit the role 牵头. Its `tasks` are `led`, or `joint`
    (several leads), or without lead: `one_answers`, `several_answer`, or `no_units` named.
    """
    primary = assignments[assignments["is_primary"]]
    n_lead = bodies(primary[primary["role"] == "lead"], agencies)
    n_any = bodies(primary, agencies)
    per = tasks[["task_id", "jurisdiction"]].copy()
    per["lead"] = per["task_id"].map(n_lead).fillna(0)
    per["any"] = per["task_id"].map(n_any).fillna(0)
    rows = []
    for jurisdiction, of_list in per.groupby("jurisdiction", sort=False):
        without = of_list[of_list["lead"] == 0]["any"]
        rows.append(
            {
                "jurisdiction": jurisdiction,
                "declares_leads": bool((of_list["lead"] > 0).any()),
                "tasks": len(of_list),
                "led": int((of_list["lead"] == 1).sum()),
                "joint": int((of_list["lead"] > 1).sum()),
                "one_answers": int((without == 1).sum()),
                "several_answer": int((without > 1).sum()),
                "no_units": int((without == 0).sum()),
            }
        )
    return pd.DataFrame(rows)
