"""Say how much of each list carries a time, whose tasks those are, and when they fall due."""

from __future__ import annotations

from datetime import date

import pandas as pd

from yiyang.compare import coverage, promises
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, names, places_in_text, say

MOST = 0.9
"""From this share on, the dated tasks are said to be those of one list."""


def dated(corpus: Corpus, lang: Lang) -> str:
    """Count the tasks of each list that carry a time."""
    states = coverage.states(corpus.tasks, corpus.deadlines)
    table = coverage.shares(states, corpus.tasks, "jurisdiction")
    table = table.set_index(["jurisdiction", "state"])
    place = places_in_text(corpus.jurisdictions, lang)
    timed = states["state"].isin(promises.DATED)
    parts = []
    for key, count in timed.groupby(states["jurisdiction"], sort=False).sum().items():
        limits = int(table.loc[(key, "procedural"), "tasks"])
        values = {"place": place[key], "n": count, "of": table.loc[(key, "none"), "of"]}
        part = [say("deadlines.dated.paragraph.place", lang, **values)]
        part += [say("deadlines.dated.paragraph.limits", lang, n=limits)] * bool(limits)
        parts.append(SPACE[lang].join(part))
    return say(
        "deadlines.dated.paragraph",
        lang,
        timed=int(timed.sum()),
        tasks=len(states),
        parts=join(parts, "clauses", lang),
    )


def _dated_tasks(corpus: Corpus) -> pd.DataFrame:
    states = coverage.states(corpus.tasks, corpus.deadlines)
    return states[states["state"].isin(promises.DATED)]


def lists(corpus: Corpus, lang: Lang) -> str:
    """Name the list that most dated tasks come from, and what the share of a theme tells then."""
    tasks, found = corpus.tasks, _dated_tasks(corpus)
    if found.empty:
        return say("deadlines.dated.paragraph.none", lang)
    count = found["jurisdiction"].value_counts()
    n = {
        "place": places_in_text(corpus.jurisdictions, lang)[count.index[0]],
        "n": count.iloc[0],
        "dated": len(found),
        "tasks": len(tasks),
        "own": (tasks["jurisdiction"] == count.index[0]).sum(),
    }
    if tasks["jurisdiction"].nunique() == 1:
        return say("deadlines.lists.paragraph.one_list", lang, **n)
    so = "most" if count.iloc[0] >= MOST * len(found) else "mixed"
    keys = ("deadlines.lists.paragraph", f"deadlines.lists.paragraph.{so}")
    return SPACE[lang].join(say(key, lang, **n) for key in keys)


def carriers(corpus: Corpus, lang: Lang) -> str:
    """Name the agency that carries most of the dated tasks of the list that has most of them."""
    found = _dated_tasks(corpus)
    if found.empty:
        return say("deadlines.dated.paragraph.none", lang)
    top = found["jurisdiction"].value_counts().index[0]
    own = found[found["jurisdiction"] == top]
    carried = coverage.carriers(corpus.assignments).merge(own, on="task_id")
    by_agency = carried["agency_id"].value_counts()
    if by_agency.empty:
        return say("deadlines.carriers.paragraph.none", lang)
    alone = ".one_list" if corpus.tasks["jurisdiction"].nunique() == 1 else ""
    return say(
        f"deadlines.carriers.paragraph{alone}",
        lang,
        place=places_in_text(corpus.jurisdictions, lang)[top],
        of=len(own),
        agency=names(corpus.agencies, lang)[by_agency.index[0]],
        n=by_agency.iloc[0],
    )


def calendar(corpus: Corpus, as_of: date, lang: Lang) -> str:
    """Say when the dated tasks fall due, how they bunch, and how many were due by `as_of`."""
    states = coverage.states(corpus.tasks, corpus.deadlines)
    months = coverage.calendar(states)
    if months.empty:
        return say("deadlines.calendar.paragraph.none", lang)
    top = months.loc[months["tasks"].idxmax()]
    own = months.loc[months["jurisdiction"] == top["jurisdiction"], "tasks"]
    waits = coverage.lead_times(states, corpus.tasks, corpus.documents)
    days = waits.loc[waits["jurisdiction"] == top["jurisdiction"], "days"].dropna()
    wait = ""
    if len(days):
        values = {"median": days.median(), "least": days.min()}
        wait = say("deadlines.calendar.paragraph.wait", lang, **values) + SPACE[lang]
    return say(
        "deadlines.calendar.paragraph",
        lang,
        place=places_in_text(corpus.jurisdictions, lang)[top["jurisdiction"]],
        month=say("mark.month", lang, day=top["month"]),
        n=top["tasks"],
        of=own.sum(),
        share=f"{top['tasks'] / own.sum():.0%}",
        months=len(own),
        december=int(months.loc[months["month"].dt.month == 12, "tasks"].sum()),
        dated=int(months["tasks"].sum()),
        wait=wait,
        as_of=as_of.isoformat(),
        were_due=int(coverage.standing(states, as_of)["were_due"].sum()),
    )
