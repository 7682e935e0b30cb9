"""Ask of each task what its list states of it: one body that answers for it, a day, a figure.

What is compared is what the lists state, which hangs on their forms: a list with a column for one
responsible unit and one for the deadline states both of every task.
"""

from __future__ import annotations

import pandas as pd

from yiyang.compare import coverage, families, leads
from yiyang.core.corpus import Corpus

KINDS = ("one_carrier", "dated", "figure")
"""What may be stated of a task."""
COUNTED = (*KINDS, "all_three")


def tasks(corpus: Corpus) -> pd.DataFrame:
    """Make a table: one row is a task, in the order of `tasks`: `task_id, jurisdiction, theme_id`
    (missing where it has none), and whether its list states of it `one_carrier` (exactly one unit
    leads, or answers where none leads; 各相关委办局 are many), `dated` (a day by which it is due),
    `figure` (a promised number), and `all_three`."""
    out = corpus.tasks[["task_id", "jurisdiction"]].reset_index(drop=True)
    themes = corpus.task_themes.set_index("task_id")["theme_id"]
    out["theme_id"] = out["task_id"].map(themes)
    n_units = leads.bodies(families.leading(corpus), corpus.agencies)
    out["one_carrier"] = (out["task_id"].map(n_units) == 1).astype(bool)
    state = coverage.states(corpus.tasks, corpus.deadlines).set_index("task_id")["state"]
    out["dated"] = (out["task_id"].map(state.astype(str)) == "dated").astype(bool)
    out["figure"] = out["task_id"].isin(corpus.targets["task_id"]).astype(bool)
    out["all_three"] = out[list(KINDS)].all(axis=1)
    return out


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Count the table of `tasks`. One row is a jurisdiction, in the order of the tasks: `tasks`,
    and how many of them have each of `COUNTED`."""
    by = table.groupby("jurisdiction", sort=False)
    return by[list(COUNTED)].sum().astype("int64").assign(tasks=by.size()).reset_index()


def by_form(corpus: Corpus, counted: pd.DataFrame) -> list[str]:
    """Find the lists whose form asks for one responsible unit and for the deadline: every task
    names one, and the deadlines stand in a column of their own."""
    timed = coverage.timed(corpus.tasks, corpus.deadlines).set_index("jurisdiction")["in_column"]
    of_form = (counted["jurisdiction"].map(timed) > 0) & (
        counted["one_carrier"] == counted["tasks"]
    )
    return counted.loc[of_form, "jurisdiction"].tolist()
