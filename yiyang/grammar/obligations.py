"""Obligation strength: how firmly the wording of a task binds, by its verbs.

The scale runs from `mandate` (严禁, 必须, 应当, 要) over `commit` (落实, 建立, 完善), `encourage`
(鼓励, 支持, 引导) and `explore` (探索, 试点) to `permit` (可). It grades words, not deeds: a firm
word may be broken and a soft one kept. The words with their reasons are in
`curation/obligation_words.csv`.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from yiyang.core import curated_csv, schema
from yiyang.core.schema import Rows
from yiyang.core.text import simplify

WORDS = schema.CURATION / "obligation_words.csv"
STRENGTHS = ("permit", "explore", "encourage", "commit", "mandate")
"""From the weakest to the firmest."""


@cache
def _words() -> dict[str, str]:
    words = {}
    for row, line in curated_csv.rows(WORDS, ["word", "strength", "reason"]):
        if row["strength"] not in (known := [*STRENGTHS, "none"]):
            strength = row["strength"]
            raise curated_csv.fault(
                "strength", WORDS, line, word=row["word"], strength=strength, known=known
            )
        words[row["word"]] = row["strength"]
    return words


@cache
def _pattern() -> re.Pattern[str]:
    # The longest word counts, so that 需要 and 相应 (strength none) hide 要 and 应.
    words = sorted(_words(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def grade(tasks: Rows) -> Rows:
    """The words that grade tasks, rows of the table `obligations`, in the order of the text."""
    rows = []
    for task in tasks:
        text = task["text"]
        found = [m for m in _pattern().finditer(simplify(text)) if _words()[m[0]] != "none"]
        rows += [
            {
                "task_id": task["task_id"],
                "order": order,
                "printed": text[m.start() : m.end()],
                "strength": _words()[m[0]],
                "char_start": m.start(),
                "char_end": m.end(),
            }
            for order, m in enumerate(found, 1)
        ]
    return rows


def of_tasks(tasks: pd.DataFrame, graded: pd.DataFrame) -> pd.DataFrame:
    """One row is a task, in the order of `tasks`: its `opening`, `firmest` and `softest` strength.

    `opening` is the strength of the word that stands first in the text; all three are missing
    where no word was found.
    """
    by = graded.groupby("task_id", sort=False)["strength"]
    out = pd.DataFrame({"opening": by.first(), "firmest": by.max(), "softest": by.min()})
    return out.reindex(tasks["task_id"]).reset_index()
