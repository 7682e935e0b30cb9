"""A page for each government: what its list holds, where it stands apart, where to begin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yiyang import Corpus, show_matches
from yiyang.compare import coverage, gaps, theme_shares, workloads
from yiyang.labels import Lang, label, names

MOST = 5
"""Measures shown of those that others have; the chapter has them all."""


def page_name(jurisdiction: str) -> str:
    return f"government-{jurisdiction}"


def marks(corpus: Corpus, lang: Lang, target: Path) -> dict[str, dict[str, str]]:
    """What each page says, by its name; the tables on it are written as files into `target`."""
    pages = {}
    for place in dict.fromkeys(corpus.tasks["jurisdiction"]):
        _tables(corpus, place, lang, target)
        pages[page_name(place)] = _marks(corpus, place, lang)
    return pages


def links(pages: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What other pages say of these (`@GOVERNMENTS@`, `@GOVERNMENTPAGES@`)."""
    return {
        "@GOVERNMENTS@": "\n".join(f"- [{own['@PLACE@']}]({name})" for name, own in pages.items()),
        "@GOVERNMENTPAGES@": "\n".join(pages),
    }


def _tables(corpus: Corpus, place: str, lang: Lang, target: Path) -> None:
    lacking = gaps.benchmark(corpus, place)
    spread = gaps.spread(corpus.task_matches, corpus.tasks)
    own = spread[spread["jurisdiction"] == place]
    shown = {
        "gaps": show_matches.benchmark(lacking, corpus, lang, most=MOST),
        "unique": show_matches.unique(own, corpus, lang),
    }
    for name, table in shown.items():
        (target / f"{name}-{place}.html").write_text(str(table.data), encoding="utf-8")


def _marks(corpus: Corpus, place: str, lang: Lang) -> dict[str, str]:
    tasks = corpus.tasks[corpus.tasks["jurisdiction"] == place]
    ids = set(tasks["task_id"])
    states = coverage.states(tasks, corpus.deadlines[corpus.deadlines["task_id"].isin(ids)])
    timed = states["state"].isin(["dated", "recurring", "ongoing", "undated"])
    units = corpus.assignments[corpus.assignments["task_id"].isin(ids)]
    loads = workloads.by_agency(units, tasks, corpus.agencies).head(3)
    themed = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    own = themed[themed["jurisdiction"] == place].sort_values("tasks", ascending=False, kind="stable")
    apart = theme_shares.contrasts(themed)
    more = apart[(apart["jurisdiction"] == place) & apart["is_clear"] & (apart["difference"] > 0)]
    lacking = gaps.measures(corpus.task_matches, corpus.tasks, without=place)
    spread = gaps.spread(corpus.task_matches, corpus.tasks).query("jurisdiction == @place")
    offices, of_theme = names(corpus.agencies, lang), names(corpus.themes, lang)
    comma = {"zh": "、", "en": ", "}[lang]
    return {
        "@PLACE@": names(corpus.jurisdictions, lang)[place],
        "@KEY@": place,
        "@TASKS@": str(len(tasks)),
        "@ALL@": str(len(corpus.tasks)),
        "@TIMED@": str(int(timed.sum())),
        "@UNTIMED@": str(int((~timed).sum())),
        "@FIGURES@": str(int(corpus.targets["task_id"].isin(ids).sum())),
        "@REPAIRED@": str(int(tasks["is_repaired"].sum())),
        "@AGENCIES@": str(units["agency_id"].nunique()),
        "@LOADS@": comma.join(
            f"{offices[row.agency_id]} {row.load_share:.0%}" for row in loads.itertuples()
        ),
        "@THEMES@": comma.join(
            f'<a href="tasks.html?jurisdiction={place}&amp;theme={row.theme_id}">'
            f"{of_theme[row.theme_id]}</a> {row.tasks}"
            for row in own.head(3).itertuples()
        ),
        "@MORE@": comma.join(of_theme[t] for t in more["theme_id"]) or label("front.none", lang),
        "@GAPS@": str(lacking["measure"].nunique()),
        "@SHARED@": str(int((spread["n_others"] > 0).sum())),
        "@UNIQUE@": str(int((spread["n_others"] == 0).sum())),
    }
