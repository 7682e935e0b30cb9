"""Gather the numbers that the chapters state beside those of the front page (`claims.table`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from yiyang.compare import coverage, gaps, leads, networks, offices, promises, theme_shares, wording
from yiyang.compare import workloads as loads
from yiyang.core.corpus import Corpus
from yiyang.matches import measures, reuse, reviews

Rows = Iterator[dict[str, Any]]
BESIDE = "scope year level"
"""What a reader must know wherever lists are set side by side."""


def _each(counts: Mapping[str, tuple[float, float]], **same: Any) -> Rows:
    """A row for each of the counts, a value and its whole."""
    for subject, (value, of) in counts.items():
        yield {"subject": subject, "value": value, "of": of, **same}


def _read(corpus: Corpus) -> Rows:
    """tasks['is_repaired'].sum"""
    tasks, lists = corpus.tasks, corpus.documents[corpus.documents["n_tasks"] > 0]
    n = len(tasks)
    counts = {
        "repaired": (int(tasks["is_repaired"].sum()), n),
        "broken": (int((~tasks["is_complete"]).sum()), n),
        "undated": (int(lists["date_issued"].isna().sum()), len(lists)),
    }
    yield from _each(counts, grade="certain", caveats="small", tables="tasks documents")


def _unled(corpus: Corpus) -> Rows:
    """leads.leads"""
    for row in leads.leads(corpus.assignments, corpus.tasks).itertuples():
        if row.declares_leads:
            yield {
                "jurisdiction": row.jurisdiction,
                "value": row.tasks - row.led - row.joint,
                "of": row.tasks,
                "grade": "certain",
                "caveats": BESIDE,
                "tables": "assignments tasks",
            }


def _office_names(corpus: Corpus) -> Rows:
    """offices.office_names"""
    table = loads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    if table.empty:
        return
    several = len(offices.office_names(corpus.assignments, corpus.tasks))
    counts = {"several_names": (several, table["agency_id"].nunique())}
    if table["jurisdiction"].nunique() > 1:
        single = table.loc[~table["is_collective"], "agency_id"].nunique()
        counts["only_here"] = (len(offices.only_here(table)), single)
    yield from _each(counts, grade="certain", caveats=BESIDE, tables="assignments agencies")


def _beyond(corpus: Corpus) -> Rows:
    """networks.together"""
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    pairs = networks.together(members)
    if len(pairs):
        n = int((pairs["q"] < 0.05).sum())
        yield {
            "value": n,
            "of": len(pairs),
            "expected": 0.05 * len(pairs),
            "grade": "robust" if n else "suggestive",
            "caveats": "naming small",
            "tables": "assignments agencies",
        }


def _falling_due(corpus: Corpus) -> Rows:
    """coverage.calendar"""
    months = coverage.calendar(coverage.states(corpus.tasks, corpus.deadlines))
    if len(months):
        dated = int(months["tasks"].sum())
        december = int(months.loc[months["month"].dt.month == 12, "tasks"].sum())
        counts = {"dated": (dated, len(corpus.tasks)), "december": (december, dated)}
        caveats = f"{BESIDE} template"
        yield from _each(counts, grade="certain", caveats=caveats, tables="deadlines")


def _without_section(corpus: Corpus) -> Rows:
    """theme_shares.shares"""
    section = theme_shares.largest_section(corpus.tasks)
    if section is None:
        return
    own = (corpus.tasks["jurisdiction"] == section[0]) & (corpus.tasks["section"] == section[1])
    left = corpus.tasks[~own]
    themed = corpus.task_themes[corpus.task_themes["task_id"].isin(left["task_id"])]
    table = theme_shares.shares(themed, left, corpus.themes)
    everywhere = int((table["tasks"] > 0).groupby(table["theme_id"]).all().sum())
    yield {
        "jurisdiction": section[0],
        "subject": section[1],
        "value": everywhere,
        "of": len(corpus.themes),
        "grade": "suggestive",
        "caveats": f"{BESIDE} program",
        "tables": "task_themes tasks",
    }


def _more_figures(corpus: Corpus) -> Rows:
    """targets['unit'].eq('%').sum"""
    n = len(corpus.targets)
    counts = {
        "percent": (int((corpus.targets["unit"] == "%").sum()), n),
        "outcomes": (len(corpus.outcomes), len(corpus.outcomes)),
    }
    yield from _each(counts, grade="certain", caveats=BESIDE, tables="targets outcomes")


def _firm(corpus: Corpus) -> Rows:
    """wording.by_list"""
    lists = wording.by_list(promises.wording(corpus))
    n = lists[["tasks", "firm", "firm_dated"]].sum()
    counts = {"firm": (n["firm"], n["tasks"]), "firm_dated": (n["firm_dated"], n["firm"])}
    mixed = lists[(lists["dated"] > 0) & (lists["dated"] < lists["tasks"])]
    caveats = f"{BESIDE} words template"
    p = wording.chance(mixed) if mixed["firm"].sum() else None
    for row in _each(counts, caveats=caveats, tables="obligations deadlines"):
        tested = row["subject"] == "firm_dated" and p is not None
        by_chance = {"p": p, "q": p} if tested else {}
        grade = "robust" if not tested or (p is not None and p < 0.05) else "suggestive"
        yield row | by_chance | {"grade": grade}


def _shared(corpus: Corpus) -> Rows:
    """gaps.spread"""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return
    spread, families = gaps.spread(corpus.task_matches, corpus.tasks), corpus.measures
    alone, n = gaps.unique(spread), len(spread)
    possible = n - int((spread["n_others"] > 0).sum()) - len(alone)
    everywhere = families["n_jurisdictions"] == corpus.tasks["jurisdiction"].nunique()
    counts = {
        "possible": (possible, n),
        "unique": (len(alone), n),
        "measures": (len(families), len(families)),
        "in_every_list": (int(everywhere.sum()), len(families)),
    }
    caveats, tables = f"{BESIDE} program in_sample", "task_matches measures"
    yield from _each(counts, grade="suggestive", caveats=caveats, tables=tables)
    for place, own in spread.groupby("jurisdiction", sort=False):
        value = int((alone["jurisdiction"] == place).sum())
        row = {"jurisdiction": place, "subject": "unique", "value": value, "of": len(own)}
        yield row | {"grade": "suggestive", "caveats": caveats, "tables": tables}


def _word_for_word(corpus: Corpus) -> Rows:
    """reuse.of_matches"""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return
    kinds = reuse.of_matches(corpus.task_matches, corpus.tasks)["kind"].value_counts()
    counts = {str(kind): (int(found), int(kinds.sum())) for kind, found in kinds.items()}
    caveats = f"{BESIDE} program"
    yield from _each(counts, grade="suggestive", caveats=caveats, tables="task_matches tasks")


def _read_by_readers(corpus: Corpus) -> Rows:
    """reviews.latest"""
    last = reviews.latest(reviews.read_reviews(corpus.tasks))
    counts = last["verdict"].map(reviews.GRADES).value_counts()
    each = {str(grade): (int(found), len(last)) for grade, found in counts.items()}
    yield from _each(each, grade="certain", caveats="language_model", tables="match_reviews")


def _agreement(corpus: Corpus) -> Rows:
    """measures.grading"""
    coded = measures.present(measures.codes(), corpus.tasks)
    if coded.empty:
        return
    found = measures.method(corpus.tasks)
    asked = measures.questions(found, coded, corpus.tasks)
    n = {name: int(asked[name].sum()) for name in [*measures.COUNTS, "n_coded", "n_coded_same"]}
    counts = {
        "same_precision": (n["n_same_right"], n["n_same"]),
        "same_recall": (n["n_same_found"], n["n_coded_same"]),
        "possible_precision": (n["n_possible_right"], n["n_possible"]),
    }
    # What any grading of the same candidates would give: the share of them that is coded.
    base = measures.against(found, coded, corpus.tasks)["is_coded"].mean()
    for row in _each(counts, grade="suggestive", caveats="in_sample language_model"):
        by_chance = base * row["of"] if row["subject"] != "same_recall" else None
        yield row | {"expected": by_chance, "tables": "task_matches task_pairs"}


FINDERS: dict[str, Callable[[Corpus], Rows]] = {
    "lists.read": _read,
    "agencies.unled": _unled,
    "agencies.names": _office_names,
    "agencies.beyond_chance": _beyond,
    "deadlines.calendar": _falling_due,
    "themes.without_section": _without_section,
    "promises.more": _more_figures,
    "promises.firm": _firm,
    "counterparts.shared": _shared,
    "counterparts.reused": _word_for_word,
    "counterparts.reviewed": _read_by_readers,
    "counterparts.agreement": _agreement,
}
"""The claims of the chapters by their names."""
