"""Show the tables by which lists are compared: who is named with whom, which office was which
before the reform, which list names what, what was promised and reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from yiyang.compare import chance, promises, theme_shares
from yiyang.compare import concepts as named_concepts
from yiyang.compare import workloads as compared
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names, say
from yiyang.show import tables

if TYPE_CHECKING:
    from IPython.display import HTML


def together(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show who is named with whom (`compare.networks.together`): `31 (32.3)` tasks that name both,
    in brackets what the two frequencies alone give; * where chance does not explain it."""
    marks = ["*" if q < chance.LIKELY else "" for q in frame["q"]]
    cells = zip(frame["tasks"], frame["expected"], marks, strict=True)
    said = frame.assign(cell=[f"{n} ({by_chance:.1f}){mark}" for n, by_chance, mark in cells])
    order = list(dict.fromkeys([*frame["agency_id"], *frame["other_agency_id"]]))
    wide = said.pivot(
        index=["jurisdiction", "agency_id"], columns="other_agency_id", values="cell"
    ).reindex(columns=[a for a in order if a in set(frame["other_agency_id"])])
    rows = dict.fromkeys(zip(frame["jurisdiction"], frame["agency_id"], strict=True))
    view = wide.loc[list(rows)].rename_axis(columns=None).reset_index()
    headings = dict(names(corpus.agencies, lang))
    return tables.table(tables.named_rows(view, corpus, lang), lang, headings=headings, missing="")


MOST = 3
"""Agencies named for a theme."""


def agencies_of_themes(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show the `MOST` agencies with the most tasks of each theme, in brackets their number
    (`compare.workloads.by_theme`)."""
    called, themed = names(corpus.agencies, lang), names(corpus.themes, lang)
    ranked = frame.sort_values(["tasks", "agency_id"], ascending=[False, True], kind="stable")
    of_theme = {
        theme: join(
            (
                say("agencies.themes.cell", lang, agency=called[row.agency_id], n=row.tasks)
                for row in own.head(MOST).itertuples()
            ),
            "items",
            lang,
        )
        for theme, own in ranked.groupby("theme_id")
    }
    rows = [(themed[t], of_theme[t]) for t in corpus.themes["theme_id"] if t in of_theme]
    return tables.table(pd.DataFrame(rows, columns=["theme", "agency"]), lang)


def weighting(corpus: Corpus, lang: Lang) -> HTML:
    """Show the two agencies of the heaviest load of each list, where support counts nothing, half
    and as much as an answer."""
    named = names(corpus.agencies, lang)
    view = pd.DataFrame({"jurisdiction": list(dict.fromkeys(corpus.tasks["jurisdiction"]))})
    for weight in (0.0, compared.SUPPORTS, 1.0):
        two = compared.two_heaviest(corpus.assignments, corpus.tasks, weight)
        first = compared.first_places(corpus.assignments, corpus.tasks, weight)
        shares = two.set_index("jurisdiction")["share"]
        view[f"support_{weight:g}"] = [
            f"{join((named[a] for a in first[j]), 'items', lang)} {shares[j]:.0%}"
            if j in first
            else None
            for j in view["jurisdiction"]
        ]
    view["jurisdiction"] = view["jurisdiction"].map(names(corpus.jurisdictions, lang))
    return tables.table(view.rename(columns={"jurisdiction": "place"}), lang)


def reform(frame: pd.DataFrame, corpus: Corpus, lang: Lang) -> HTML:
    """Show what the reform of 2018 did to the offices named here (`compare.offices.reform`)."""
    view = frame[["agency_id", "reform"]].assign(
        what=frame[f"note_{lang}"],
        before=frame["before"].replace("", None),
        after=frame["after"].replace("", None),
    )
    return tables.table(tables.named_rows(view, corpus, lang), lang)


def concepts(corpus: Corpus, lang: Lang) -> HTML:
    """Show which list names what (`compare.concepts.matrix`): ● n where tasks have it as their
    theme, ○ n where others name it, in n tasks."""
    frame = named_concepts.matrix(corpus.tasks, corpus.task_themes)
    said = [
        "—" if r.state == "not" else f"{'●' if r.state == 'dedicated' else '○'} {r.named}"
        for r in frame.itertuples()
    ]
    wide = frame.assign(cell=said).pivot(index="concept", columns="jurisdiction", values="cell")
    known = named_concepts.known().set_index("concept")
    places = dict(names(corpus.jurisdictions, lang))
    view = wide.loc[list(known.index), list(dict.fromkeys(frame["jurisdiction"]))]
    view = view.rename_axis(columns=None).reset_index()
    view["concept"] = view["concept"].map(known[f"name_{lang}"])
    return tables.table(view, lang, headings={"concept": label("concept", lang)} | places)


def without_section(corpus: Corpus, lang: Lang) -> HTML:
    """Show the themes of the list with the largest section, with that section and without it."""
    section = theme_shares.largest_section(corpus.tasks)
    if section is None:
        return tables.table(pd.DataFrame(columns=["theme", "tasks", "without"]), lang)
    frame = theme_shares.without_section(corpus.task_themes, corpus.tasks, corpus.themes, section)
    frame["theme"] = frame["theme_id"].map(names(corpus.themes, lang))
    return tables.table(frame[["theme", "tasks", "without"]], lang)


def own_results(corpus: Corpus, lang: Lang) -> HTML:
    """Show what places promised and report themselves of one indicator (`promises.own`)."""
    frame = promises.own(promises.promised_and_reached(corpus))
    view = pd.DataFrame(
        {
            "place": frame["jurisdiction"].map(names(corpus.jurisdictions, lang)),
            "indicator": frame["indicator_id"].map(names(corpus.indicators, lang)),
            "promised_reached": [f"{r.promised:g} → {r.reached:g}" for r in frame.itertuples()],
            "year": frame["day"].dt.year.astype("Int64").astype("string"),
            "is_same": [label("yes" if same else "no", lang) for same in frame["is_same"]],
            "caveat": frame[f"caveat_{lang}"],
        }
    )
    return tables.table(view, lang)
