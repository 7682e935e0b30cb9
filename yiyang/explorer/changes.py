"""Tell what a change of the controls did: the tasks that are in another group now."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from yiyang.explorer.choices import Choice
from yiyang.explorer.model import View

COLUMNS = ["task_id", "before", "after"]


def moved(view: View, choice: Choice, before: View, chosen: Choice) -> pd.DataFrame:
    """List the tasks in another group than before: `task_id, before, after`.

    Themes are the same by their names. Clusters are numbered anew each time: each is taken for the
    one before with which it shares most tasks, all in all (Hungarian method), and so are clusters
    beside themes. Tasks that were not shown before have not moved.
    """
    was = before.tasks.set_index("task_id")["group"]
    both = view.tasks[["task_id", "group"]].set_axis(["task_id", "after"], axis=1)
    both.insert(1, "before", both["task_id"].map(was))
    both = both.dropna(subset="before")
    if choice.method == chosen.method == "codebook":
        return both[both["before"] != both["after"]].reset_index(drop=True)
    (was_at, old), (is_at, new) = (
        pd.factorize(both[side], sort=True) for side in ("before", "after")
    )
    shared = np.zeros((len(old), len(new)), dtype=int)
    np.add.at(shared, (was_at, is_at), 1)
    rows, columns = linear_sum_assignment(-shared)
    same = dict(zip(old[rows], new[columns], strict=True))
    return both[both["before"].map(same) != both["after"]].reset_index(drop=True)
