"""Measure deadline coverage: how much of each list carries a time, when it falls due, how long it
leaves.

Every task counts once. No deadline stated is a state of its own and never a zero or a gap.
"""

from __future__ import annotations

import pandas as pd

STATES = ("dated", "yearless", "recurring", "ongoing", "undated", "procedural", "none")
"""What the times of a task come to, the firmest first: `dated` has a day by which it is due;
`yearless` names a day or month (by the end of September) and nothing tells of which year;
`recurring` returns (every year from 2020 to 2022); `ongoing` goes on without an end; `undated`
names a time that gives no day; `procedural` has a limit inside a procedure only (within 10
working days), which is no deadline of the task; `none` states none."""


def states(tasks: pd.DataFrame, deadlines: pd.DataFrame) -> pd.DataFrame:
    """Grade each task by its times. One row is a task, in the order of `tasks`: `task_id,
    jurisdiction, state`, `first_due`, `last_due` (missing where no day is named) and
    `is_ongoing`."""
    own = deadlines.assign(state=_state_of_times(deadlines), rank=lambda d: d["state"].cat.codes)
    by = own.groupby("task_id", sort=False)
    made = pd.DataFrame(
        {
            "state": by["rank"].min().map(dict(enumerate(STATES))),
            "first_due": by["due"].min(),
            "last_due": by["due"].max(),
            "is_ongoing": by["is_ongoing"].any(),
        }
    )
    out = tasks[["task_id", "jurisdiction"]].merge(made, on="task_id", how="left")
    kinds = pd.CategoricalDtype(STATES, ordered=True)
    out["state"] = out["state"].fillna("none").astype(kinds)
    out["is_ongoing"] = out["is_ongoing"].fillna(False).astype(bool)
    return out


def _state_of_times(deadlines: pd.DataFrame) -> pd.Series:
    kind, due = deadlines["kind"].astype("str"), deadlines["due"].notna()
    is_named = kind.isin(["by_date", "period"]) & deadlines["precision"].notna()
    out = pd.Series("undated", index=deadlines.index)
    for name in ("recurring", "ongoing", "procedural"):
        out[kind == name] = name
    out[is_named] = "yearless"
    out[kind.isin(["by_date", "period"]) & due] = "dated"
    return out.astype(pd.CategoricalDtype(STATES, ordered=True))


DATED = ("dated", "yearless")
"""The states in which a task names the date by which it is due, to the day or without its year."""
TIMED = (*DATED, "recurring")
"""The states in which a task has a time by which something is due."""


AS_OF = pd.Timestamp("2026-01-01")
"""The day as of which a report says what has passed: fixed, so that every build says the same."""


def timed(tasks: pd.DataFrame, deadlines: pd.DataFrame) -> pd.DataFrame:
    """Count the tasks with a time by which something is due. One row is a jurisdiction:
    `jurisdiction, tasks, timed`, `untimed` (the others), `procedural` (those of the others with a
    limit inside a procedure only), `in_column` (tasks whose deadline stands in a column of its
    own: the form asked for it)."""
    own = states(tasks, deadlines)
    by = own.groupby("jurisdiction", sort=False)
    column = set(deadlines.loc[deadlines["source"] == "column", "task_id"])
    out = pd.DataFrame(
        {
            "tasks": by.size(),
            "timed": by["state"].agg(lambda s: int(s.isin(TIMED).sum())),
            "procedural": by["state"].agg(lambda s: int((s == "procedural").sum())),
            "in_column": by["task_id"].agg(lambda ids: int(ids.isin(column).sum())),
        }
    ).reset_index()
    out.insert(3, "untimed", out["tasks"] - out["timed"])
    return out


def shares(states: pd.DataFrame, groups: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the tasks of each group by state. One row is a group and a state: `by, state, tasks,
    of, share`.

    `groups` has the columns `task_id` and `by` (a jurisdiction, a theme, an agency); a task that
    stands in several groups counts once in each. `of` counts the tasks of the group. Groups are
    in the order of the data. The lists are read whole, so a share has no sampling error; one of
    a small group turns on single tasks, and `of` says so.
    """
    pairs = groups[["task_id", by]].dropna().drop_duplicates()
    both = pairs.merge(states[["task_id", "state"]], on="task_id")
    counts = pd.crosstab(both[by], both["state"]).reindex(
        index=list(dict.fromkeys(both[by])), columns=list(STATES), fill_value=0
    )
    return of_counts(counts.rename_axis(index=by))


def of_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """Make the table of `shares` from the number of tasks by group (the index, which bears the name
    of the groups) and state (the columns)."""
    by = str(counts.index.name)
    long = counts.rename_axis(columns="state").stack().rename("tasks").reset_index()
    long["of"] = long.groupby(by, sort=False)["tasks"].transform("sum")
    return long.assign(share=long["tasks"] / long["of"])


def ranked(shares: pd.DataFrame, least: int = 1) -> list[str]:
    """Rank the groups of at least `least` tasks, the one with the largest share of dated tasks
    first."""
    dated = shares[shares["state"].isin(DATED) & (shares["of"] >= least)]
    by = str(shares.columns[0])
    dated = dated.groupby([by, "of"], sort=False)["share"].sum().reset_index()
    return dated.sort_values(["share", "of"], ascending=False, kind="stable").iloc[:, 0].tolist()


def calendar(states: pd.DataFrame) -> pd.DataFrame:
    """Count tasks by the month of their last day. One row is a month in which tasks of a
    jurisdiction fall due: `jurisdiction`, `month` (its last day), `tasks`. A task counts once, on
    its last day; tasks without a day are left out."""
    dated = states[states["state"] == "dated"]
    month = dated["last_due"] + pd.offsets.MonthEnd(0)
    counted = dated.assign(month=month).groupby(["jurisdiction", "month"], sort=True).size()
    return counted.rename("tasks").reset_index()


def lead_times(states: pd.DataFrame, tasks: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Measure how long dated tasks leave. One row is a dated task: `task_id, jurisdiction, days`
    from the issue of its document to its last day. `days` is missing where the document states no
    date of issue."""
    dated = states[states["state"] == "dated"].merge(
        tasks[["task_id", "document_id"]], on="task_id"
    )
    dated = dated.merge(documents[["document_id", "date_issued"]], on="document_id")
    days = (dated["last_due"] - dated["date_issued"]).dt.days.astype("Int64")
    return dated[["task_id", "jurisdiction"]].assign(days=days)


def timeline(states: pd.DataFrame, tasks: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Set the months in which tasks fall due beside the issue of their list. One row is a month of
    a jurisdiction: that of `calendar`, and `date_issued` (missing where its documents state none
    or several days)."""
    issued = tasks[["jurisdiction", "document_id"]].drop_duplicates()
    issued = issued.merge(documents[["document_id", "date_issued"]], on="document_id")
    by = issued.groupby("jurisdiction")["date_issued"]
    one = by.first().where(by.nunique(dropna=False) == 1)
    months = calendar(states)
    order = {j: i for i, j in enumerate(dict.fromkeys(tasks["jurisdiction"]))}
    months = months.assign(date_issued=months["jurisdiction"].map(one))
    return months.sort_values("jurisdiction", key=lambda j: j.map(order), kind="stable")


def phrases(deadlines: pd.DataFrame) -> pd.DataFrame:
    """List the printed phrases of deadlines. One row is a phrase with what was read from it, and
    the number of its tasks.

    A phrase without a kind was not understood. Phrases are in the order of their days.
    """
    columns = ["source", "printed", "kind", "start", "due", "precision", "is_ongoing"]
    counted = deadlines.groupby(columns, dropna=False, observed=True, sort=False)["task_id"]
    out = counted.nunique().rename("tasks").reset_index()
    return out.sort_values(["source", "due"], kind="stable", ignore_index=True)
