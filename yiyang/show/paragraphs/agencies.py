"""Say who carries how much, who leads, who works with whom, and what offices are called."""

from __future__ import annotations

import pandas as pd

from yiyang.agencies.within import roles_within
from yiyang.compare import chance, offices
from yiyang.compare import leads as led
from yiyang.compare import networks as ties
from yiyang.compare import workloads as loads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names, names_in_text, places_in_text, say


def workloads(corpus: Corpus, lang: Lang) -> str:
    """Name the agency that is named most, the two of the heaviest load, and what the weighting of
    support changes."""
    tasks = corpus.tasks
    table = loads.by_agency(corpus.assignments, tasks, corpus.agencies)
    single = table[~table["is_collective"]] if len(table) else table
    if single.empty:
        return say("agencies.loads.paragraph.none", lang)
    places, named = places_in_text(corpus.jurisdictions, lang), names(corpus.agencies, lang)
    sizes = tasks["jurisdiction"].value_counts(sort=False)
    commonest = single.groupby("agency_id")["tasks"].sum().idxmax()
    own = single[single["agency_id"] == commonest].set_index("jurisdiction")["tasks"]
    counts = [f"{places[j]} {int(own.get(j, 0))}/{n}" for j, n in sizes.items()]
    first = say(
        "agencies.named.paragraph",
        lang,
        agency=named[commonest],
        n=int(own.sum()),
        tasks=len(tasks),
        each=join(counts, "lists", lang),
    )
    two = loads.two_heaviest(corpus.assignments, tasks)
    shares = [
        f"{places[r.jurisdiction]} {join((named[a] for a in r.agency_ids), 'and', lang)} "
        f"{r.share:.0%}"
        for r in two.itertuples()
    ]
    said = [first, say("agencies.loads.paragraph", lang, each=join(shares, "lists", lang))]
    return SPACE[lang].join([*said, weighting(corpus, lang)])


def weighting(corpus: Corpus, lang: Lang) -> str:
    """Say in which lists the two first places hang on how support is weighed, and what they are
    where it does not count."""
    places, named = places_in_text(corpus.jurisdictions, lang), names_in_text(corpus.agencies, lang)
    steady = loads.steady(corpus.assignments, corpus.tasks)
    without = loads.first_places(corpus.assignments, corpus.tasks, 0)
    changed = [
        say(
            "agencies.weighting.place",
            lang,
            place=places[j],
            agencies=join((named[a] for a in without[j]), "and", lang),
        )
        for j in dict.fromkeys(corpus.tasks["jurisdiction"])
        if j in without and j not in steady
    ]
    if not changed:
        return say("agencies.weighting.steady", lang)
    return say("agencies.weighting.changed", lang, each=join(changed, "clauses", lang))


def leads(corpus: Corpus, lang: Lang) -> str:
    """Name the lists that declare leads, count their tasks without one, name tasks of nobody."""
    tasks = corpus.tasks
    places = places_in_text(corpus.jurisdictions, lang)
    table = led.leads(corpus.assignments, tasks, corpus.agencies)
    declared = table[table["declares_leads"]]
    counts = [
        f"{places[r.jurisdiction]} {r.tasks - r.led - r.joint}/{r.tasks}"
        for r in declared.itertuples()
    ]
    undeclared = places[table.loc[~table["declares_leads"], "jurisdiction"]]
    unled = tasks["jurisdiction"].isin(table.loc[~table["declares_leads"], "jurisdiction"])
    says = tasks.loc[unled, "text"].map(lambda text: bool(roles_within(text)))
    in_text = tasks.loc[says.index[says.astype(bool)], "task_id"].tolist()
    without = tasks[~tasks["task_id"].isin(corpus.assignments["task_id"])]
    broken = set(corpus.documents.loc[~corpus.documents["is_complete"], "document_id"])
    last = set(tasks.groupby("document_id")["line_start"].idxmax())
    breaks = SPACE[lang] + say("agencies.leads.paragraph.broken", lang)
    nobody = [
        str(t.task_id) + breaks * (t.document_id in broken and t.Index in last)
        for t in without.itertuples()
    ]
    parts = {"declared": counts, "undeclared": undeclared, "in_text": in_text, "nobody": nobody}
    colon, stop = label("mark.colon", lang), label("mark.stop", lang)
    said = [
        say(f"agencies.leads.paragraph.{key}", lang) + colon + join(words, "lists", lang)
        for key, words in parts.items()
        if len(words)
    ]
    return stop.join(said) + stop.strip()


def networks(corpus: Corpus, lang: Lang) -> str:
    """Say how often the two offices meet in a task beside what their frequencies alone give, and
    which pairs meet more or less often than chance explains."""
    lists = ties.members(corpus.assignments, corpus.tasks, corpus.agencies)
    named = names(corpus.agencies, lang)
    places = places_in_text(corpus.jurisdictions, lang)
    met = ties.meetings(lists)
    met = met[met["tasks"] > 0]
    one, other = (named[a] for a in ties.PAIR)
    if met.empty:
        return say("agencies.meetings.paragraph.none", lang, one=one, other=other)
    each = [
        say(
            "agencies.meetings.paragraph.place",
            lang,
            place=places[r.jurisdiction],
            both=r.both,
            tasks=r.tasks,
            share=r.share,
            expected=r.expected,
        )
        for r in met.itertuples()
    ]
    by_chance = (chance.corrected(met["p"]) >= chance.LIKELY).all()
    verdict = say(f"agencies.meetings.paragraph.{'chance' if by_chance else 'more'}", lang)
    first = say(
        "agencies.meetings.paragraph",
        lang,
        first=one,
        second=other,
        each=join(each, "lists", lang),
        verdict=verdict,
    )
    return SPACE[lang].join([first, _beyond_chance(ties.together(lists), named, places, lang)])


def _beyond_chance(pairs: pd.DataFrame, named: pd.Series, places: pd.Series, lang: Lang) -> str:
    """Name the pairs of the matrix that chance does not explain."""
    found = [
        say(
            "agencies.pairs.paragraph.pair",
            lang,
            place=places[r.jurisdiction],
            one=named[r.agency_id],
            other=named[r.other_agency_id],
            tasks=r.tasks,
            expected=r.expected,
        )
        for r in pairs[pairs["q"] < chance.LIKELY].itertuples()
    ]
    which = "some" if found else "none"
    each = join(found, "clauses", lang)
    return say(f"agencies.pairs.paragraph.{which}", lang, pairs=len(pairs), n=len(found), each=each)


def reform(corpus: Corpus, lang: Lang) -> str:
    """Say of which split office how many tasks went to another, by the words of the task."""
    found = offices.moved(corpus.assignments, corpus.tasks, corpus.agency_names)
    named, places = names(corpus.agencies, lang), places_in_text(corpus.jurisdictions, lang)
    said = [say("agencies.reform.rule", lang)]
    for agency, rows in found.groupby("agency_id", sort=False):
        each = [f"{places[r.jurisdiction]} {r.moved}/{r.tasks}" for r in rows.itertuples()]
        values = {"agency": named[agency], "each": join(each, "lists", lang)}
        said.append(say("agencies.reform.paragraph", lang, **values))
    return SPACE[lang].join(said)


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
        said.append(_in_one_list(corpus, table, lang))
    return SPACE[lang].join(said)


def _in_one_list(corpus: Corpus, table: pd.DataFrame, lang: Lang) -> str:
    """Count the agencies that one list alone names, beside what chance gives."""
    dealt = offices.alone_by_chance(corpus.assignments, corpus.tasks, corpus.agencies)
    q = chance.corrected([one.p for one in dealt.alone.values()])
    alone = offices.only_here(table)["jurisdiction"].value_counts()
    places = places_in_text(corpus.jurisdictions, lang)
    beyond = [
        say(
            "agencies.names.paragraph.only.place",
            lang,
            place=places[place],
            n=int(alone.get(place, 0)),
            mean=one.mean,
        )
        for (place, one), found in zip(dealt.alone.items(), q, strict=True)
        if found < chance.LIKELY
    ]
    which = "some" if beyond else "none"
    return say(
        "agencies.names.paragraph.only",
        lang,
        single=table.loc[~table["is_collective"], "agency_id"].nunique(),
        only=int(alone.sum()),
        mean=dealt.alone_in_all.mean,
        low=dealt.alone_in_all.low,
        high=dealt.alone_in_all.high,
        more=say(f"agencies.names.paragraph.only.{which}", lang, each=join(beyond, "items", lang)),
    )
