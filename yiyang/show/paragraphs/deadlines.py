"""Say how much of each list carries a time, which form asks for one, and when tasks fall due."""

from __future__ import annotations

import pandas as pd

from yiyang.compare import coverage
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, places_in_text, say


def dated(corpus: Corpus, lang: Lang) -> str:
    """Count the tasks of each list that state when they are due, and say which lists have a column
    for it."""
    table = coverage.timed(corpus.tasks, corpus.deadlines)
    place = places_in_text(corpus.jurisdictions, lang)
    parts = []
    for row in table.itertuples():
        values = {"place": place[row.jurisdiction], "n": row.timed, "of": row.tasks}
        part = [say("deadlines.dated.paragraph.place", lang, **values)]
        limits = say("deadlines.dated.paragraph.limits", lang, n=row.procedural)
        part += [limits] * bool(row.procedural)
        parts.append(SPACE[lang].join(part))
    said = say(
        "deadlines.dated.paragraph",
        lang,
        timed=table["timed"].sum(),
        tasks=table["tasks"].sum(),
        parts=join(parts, "clauses", lang),
    )
    return SPACE[lang].join(filter(None, [said, template(corpus, lang)]))


def template(corpus: Corpus, lang: Lang) -> str:
    """Say how many tasks are timed where the form has a column for deadlines, and where it has
    none; nothing where all lists are of one kind."""
    table = coverage.timed(corpus.tasks, corpus.deadlines)
    has = table["in_column"] > 0
    if has.all() or not has.any():
        return ""
    place = places_in_text(corpus.jurisdictions, lang)
    sums = {True: table[has].sum(numeric_only=True), False: table[~has].sum(numeric_only=True)}
    return say(
        "deadlines.template.paragraph",
        lang,
        places=join((place[j] for j in table.loc[has, "jurisdiction"]), "lists", lang),
        n=sums[True]["timed"],
        of=sums[True]["tasks"],
        rest=sums[False]["timed"],
        rest_of=sums[False]["tasks"],
    )


def calendar(corpus: Corpus, lang: Lang) -> str:
    """Say when the dated tasks fall due, how they bunch, and that the stated days have passed."""
    states = coverage.states(corpus.tasks, corpus.deadlines)
    months = coverage.calendar(states)
    n_open = int((states["state"] == "yearless").sum())
    is_open = say("deadlines.calendar.paragraph.yearless", lang, n=n_open) if n_open else ""
    if months.empty:
        return is_open or say("deadlines.calendar.paragraph.none", lang)
    top = months.loc[months["tasks"].idxmax()]
    own = months.loc[months["jurisdiction"] == top["jurisdiction"], "tasks"]
    waits = coverage.lead_times(states, corpus.tasks, corpus.documents)
    days = waits.loc[waits["jurisdiction"] == top["jurisdiction"], "days"].dropna()
    wait = ""
    if len(days):
        values = {"median": days.median(), "least": days.min()}
        wait = say("deadlines.calendar.paragraph.wait", lang, **values) + SPACE[lang]
    said = say(
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
        passed=passed(corpus, lang),
    )
    return SPACE[lang].join(filter(None, [said, is_open]))


def passed(corpus: Corpus, lang: Lang) -> str:
    """Say which stated day is the last, and whether all have passed; nothing where none is
    stated."""
    states = coverage.states(corpus.tasks, corpus.deadlines)
    last = states.loc[states["state"].isin(coverage.TIMED), "last_due"].max()
    if pd.isna(last):
        return ""
    which = "all" if last < coverage.AS_OF else "not"
    if which == "all" and (states["state"] == "yearless").any():
        which = "known"
    return say(f"deadlines.passed.{which}", lang, day=last.date().isoformat())
