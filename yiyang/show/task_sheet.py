"""Make the sheet that officials work on: a task a row, who, with whom, by when, and a column to
fill."""

from __future__ import annotations

import pandas as pd

from yiyang.compare import families
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names

COLUMNS = ("jurisdiction", "number", "text", "primary", "supporting", "deadline", "due", "theme")
MORE = ("counterparts", "link", "progress")


def tasks(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """Return a table with one row for each task, its headings in `lang`: place, number in its list,
    text, units that lead or are responsible and those in support, as printed, the deadline as
    printed and its last day, theme, the same measure elsewhere, the address of the task in the
    report, and an empty column for progress. What a list does not state stays empty."""
    frame = corpus.tasks
    ids = frame["task_id"]
    units = corpus.assignments
    is_primary = units["is_primary"].astype(bool)
    states = corpus.deadlines[corpus.deadlines["kind"] != "procedural"]
    matches = corpus.task_matches[corpus.task_matches["grade"] == "same"]
    theme = corpus.task_themes.set_index("task_id")["theme_id"].map(names(corpus.themes, lang))
    told = families.said(corpus)
    out = pd.DataFrame(
        {
            "jurisdiction": frame["jurisdiction"].map(names(corpus.jurisdictions, lang)),
            "number": frame["seq"],
            "text": frame["text"],
            "primary": ids.map(_joined(units[is_primary], "agency_printed", lang)),
            "supporting": ids.map(_joined(units[~is_primary], "agency_printed", lang)),
            "deadline": ids.map(told["deadline"]),
            "due": states.groupby("task_id")["due"].max().reindex(ids).array,
            "theme": ids.map(theme),
            "counterparts": ids.map(_joined(matches, "other_task_id", lang)),
            "link": [f"{lang}/tasks.html#{task}" for task in ids],
            "progress": "",
        }
    )
    return out.set_axis([label(f"sheet.{name}", lang) for name in (*COLUMNS, *MORE)], axis=1)


def _joined(table: pd.DataFrame, column: str, lang: Lang) -> pd.Series:
    by_task = table.groupby("task_id")[column]
    return by_task.agg(lambda said: join(dict.fromkeys(said), "lists", lang)).astype(object)
