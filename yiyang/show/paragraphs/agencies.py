"""Say who carries how much, who leads, who works with whom, and what offices are called."""

from __future__ import annotations

import pandas as pd

from yiyang.compare import leads as led
from yiyang.compare import networks as ties
from yiyang.compare import offices
from yiyang.compare import workloads as loads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names, places_in_text, say


def workloads(corpus: Corpus, lang: Lang) -> str:
    """Name the agencies with the most work, their shares with intervals, and who is named most."""
    tasks = corpus.tasks
    table = loads.by_agency(corpus.assignments, tasks, corpus.agencies)
    if table.empty:
        return say("agencies.loads.paragraph.none", lang)
    places, named = places_in_text(corpus.jurisdictions, lang), names(corpus.agencies, lang)
    two = loads.two_heaviest(corpus.assignments, tasks).sort_values("share", kind="stable")
    pairs = {ids: join((named[a] for a in ids), "and", lang) for ids in two["agency_ids"]}
    commonest = table.groupby("agency_id")["tasks"].sum().idxmax()
    of_commonest = table[table["agency_id"] == commonest]
    sizes = tasks["jurisdiction"].value_counts(sort=False)
    steady = loads.steady(corpus.assignments, tasks)
    if len(sizes) == 1:
        return say(
            "agencies.loads.paragraph.one_list",
            lang,
            pair=pairs[two["agency_ids"].iloc[0]],
            share=_span(two.iloc[0]),
            steady=say(f"agencies.loads.paragraph.{'steady' if steady else 'unsteady'}", lang),
            agency=named[commonest],
            named=_span(of_commonest.iloc[0]),
            n=sizes.iloc[0],
        )
    which = "same" if len(pairs) == 1 else "different"
    whose = dict.fromkeys(pairs, "") if len(pairs) == 1 else {k: f"{p} " for k, p in pairs.items()}
    each = [whose[row["agency_ids"]] + _span(row, places) for _, row in two.iterrows()]
    shares = [_span(row, places) for _, row in of_commonest.iterrows()]
    held = join((places[j] for j in sizes.index if j in steady), "lists", lang)
    return say(
        "agencies.loads.paragraph",
        lang,
        first=say(f"agencies.loads.paragraph.{which}", lang, pair=next(iter(pairs.values()))),
        low=two["share"].min(),
        high=two["share"].max(),
        each=join(each, "lists", lang),
        verdict=verdict(two, lang),
        steady=held or say("agencies.loads.paragraph.nowhere", lang),
        agency=named[commonest],
        shares=join(shares, "lists", lang),
        shortest=sizes.min(),
        longest=sizes.max(),
    )


def _span(row: pd.Series, places: pd.Series | None = None) -> str:
    """Write a share with its interval, behind its place: `Beijing 41% [33%–49%]`."""
    said = f"{row['share']:.0%} [{row['low']:.0%}–{row['high']:.0%}]"
    return said if places is None else f"{places[row['jurisdiction']]} {said}"


def verdict(table: pd.DataFrame, lang: Lang) -> str:
    """Say whether the intervals `low`, `high` of all rows have a value in common."""
    overlap = table["low"].max() <= table["high"].min()
    return say(f"agencies.intervals.{'overlap' if overlap else 'apart'}", lang)


def leads(corpus: Corpus, lang: Lang) -> str:
    """Name the lists that declare leads, count their tasks without one, name tasks of nobody."""
    tasks = corpus.tasks
    places = places_in_text(corpus.jurisdictions, lang)
    table = led.leads(corpus.assignments, tasks)
    declared = table[table["declares_leads"]]
    counts = [
        f"{places[r.jurisdiction]} {r.tasks - r.led - r.joint}/{r.tasks}"
        for r in declared.itertuples()
    ]
    undeclared = places[table.loc[~table["declares_leads"], "jurisdiction"]]
    without = tasks[~tasks["task_id"].isin(corpus.assignments["task_id"])]
    broken = set(corpus.documents.loc[~corpus.documents["is_complete"], "document_id"])
    last = set(tasks.groupby("document_id")["line_start"].idxmax())
    breaks = SPACE[lang] + say("agencies.leads.paragraph.broken", lang)
    nobody = [
        str(t.task_id) + breaks * (t.document_id in broken and t.Index in last)
        for t in without.itertuples()
    ]
    parts = {"declared": counts, "undeclared": undeclared, "nobody": nobody}
    colon, stop = label("mark.colon", lang), label("mark.stop", lang)
    said = [
        say(f"agencies.leads.paragraph.{key}", lang) + colon + join(words, "lists", lang)
        for key, words in parts.items()
        if len(words)
    ]
    return stop.join(said) + stop.strip()


def networks(corpus: Corpus, lang: Lang) -> str:
    """Say how often the two offices meet in a task, and who stands between them."""
    lists = ties.members(corpus.assignments, corpus.tasks, corpus.agencies)
    named = names(corpus.agencies, lang)
    places = places_in_text(corpus.jurisdictions, lang)
    met = ties.meetings(lists).dropna(subset=["share"]).sort_values("share", kind="stable")
    one, other = (named[a] for a in ties.PAIR)
    if met.empty:
        return say("agencies.meetings.paragraph.none", lang, one=one, other=other)
    values = {
        "first": one,
        "second": other,
        "share": f"{met['both'].sum() / met['tasks'].sum():.0%}",
        "between": _between(lists, named, places, lang),
    }
    if len(lists) == 1:
        own, (tasks,) = met.iloc[0], lists.values()
        values |= {"span": f"[{own['low']:.0%}–{own['high']:.0%}]", "n": len(tasks)}
        return say("agencies.meetings.paragraph.one_list", lang, **values)
    return say(
        "agencies.meetings.paragraph",
        lang,
        **values,
        shares=join((_span(row, places) for _, row in met.iterrows()), "lists", lang),
        verdict=verdict(met, lang),
        shortest=min(map(len, lists.values())),
        longest=max(map(len, lists.values())),
    )


def _between(
    lists: dict[str, list[frozenset[str]]], named: pd.Series, places: pd.Series, lang: Lang
) -> str:
    """Name the third agency of each list over which most runs between the two."""
    first = ties.brokers(lists).groupby("jurisdiction", sort=False).head(1)
    each = [
        say(
            "agencies.brokers.paragraph.place",
            lang,
            place=places[row.jurisdiction],
            agency=named[row.agency_id],
            flow=row.flow,
            low=row.low,
            high=row.high,
        )
        for row in first.itertuples()
    ]
    if not each:
        return say("agencies.brokers.paragraph.none", lang)
    return say("agencies.brokers.paragraph", lang, each=join(each, "clauses", lang))


def office_names(corpus: Corpus, lang: Lang) -> str:
    """Count the offices that go by several names, and those that one list alone names."""
    different = offices.office_names(corpus.assignments, corpus.tasks)
    table = loads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    named = names(corpus.agencies, lang)
    most = (f"{named[r.agency_id]} {r.names}" for r in different.head(3).itertuples())
    values = {
        "offices": len(different),
        "all": table["agency_id"].nunique(),
        "most": join(most, "items", lang),
    }
    which = "" if len(different) else ".one_name"
    said = [say(f"agencies.names.paragraph{which}", lang, **values)]
    if table["jurisdiction"].nunique() > 1:
        single = table.loc[~table["is_collective"], "agency_id"].nunique()
        only = len(offices.only_here(table))
        said.append(say("agencies.names.paragraph.only", lang, single=single, only=only))
    return SPACE[lang].join(said)
