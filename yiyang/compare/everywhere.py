"""Ask how many themes and concepts every list has, beside what chance gives.

These are questions of one kind, asked of themes and of concepts, with all tasks and without the
largest section of a list: what is beyond chance is told from all of them together.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from yiyang.compare import chance, concepts, theme_shares
from yiyang.core.corpus import Corpus

COLUMNS = ["expected", "low", "high", "p", "q"]


@lru_cache(maxsize=2)  # the claims and both editions ask it
def by_chance(corpus: Corpus) -> pd.DataFrame:
    """Compare with dealing the tasks to the lists at random. One row is a question (the index):
    `themes`, `concepts`, and where a list has a section of its own `themes without`, `concepts
    without`. `expected` (the mean of the draws), `low`, `high`, `p`, and `q` (corrected for the
    questions together). Of a single list there is no row.
    """
    section = theme_shares.largest_section(corpus.tasks)
    left = theme_shares.outside(corpus.tasks, section) if section else corpus.tasks.head(0)
    found: dict[str, chance.Expected] = {}
    for which, tasks in (("", corpus.tasks), (" without", left)):
        if tasks["jurisdiction"].nunique() > 1:
            placed = corpus.task_themes.merge(tasks[["task_id", "jurisdiction"]], on="task_id")
            found[f"themes{which}"] = chance.themes_of_lists(placed)
            found[f"concepts{which}"] = concepts.by_chance(tasks).everywhere
    out = pd.DataFrame.from_dict(found, orient="index", columns=COLUMNS[:-1])
    return out.assign(q=chance.corrected(out["p"]))
