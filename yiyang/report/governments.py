"""Write a page for each government: what its list holds, where it stands apart, where to begin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from yiyang.compare import coverage, gaps, theme_shares, workloads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names_in_text, say
from yiyang.report import briefs, folding
from yiyang.safety import digests, escaping
from yiyang.safety.escaping import Markup
from yiyang.safety.later import expression
from yiyang.show import matches
from yiyang.show.paragraphs import deadlines

MOST = 4
"""Measures shown of those that others have; the page for the desk has them all."""


# jiyuan, 110105: can stand in the name of a file, in a target of MyST and behind #.
_PLAIN = expression(r"[a-z0-9_-]{1,64}")


def key(jurisdiction: str) -> str:
    """Name a jurisdiction in the names of its page and of what lies beside it; one with other
    characters (济源, A/B) by its digest."""
    if _PLAIN.fullmatch(jurisdiction):
        return jurisdiction
    return digests.of([escaping.visible(jurisdiction)])[:16]


def page_name(jurisdiction: str) -> str:
    return f"government-{key(jurisdiction)}"


def marks(corpus: Corpus, lang: Lang, target: Path) -> dict[str, dict[str, str]]:
    """Say what each page says, by its name; the tables on it are written as files into `target`."""
    places = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
    of_all = _Counts(
        workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies),
        theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes),
        coverage.states(corpus.tasks, corpus.deadlines),
        coverage.timed(corpus.tasks, corpus.deadlines).set_index("jurisdiction"),
        deadlines.passed(corpus, lang),
    )
    pages = {page_name(place): _profile(corpus, of_all, place, lang) for place in places}
    if len(places) > 1:
        spread = gaps.spread(corpus.task_matches, corpus.tasks)
        apart = theme_shares.contrasts(of_all.themes)
        for place in places:
            pages[page_name(place)] |= _compared(corpus, spread, apart, place, lang, target)
    return pages


class _Counts(NamedTuple):
    """What the pages take their figures from, counted once for all governments: `by_agency`,
    `theme_shares.shares`, `coverage.states` and `coverage.timed`; and `passed`, what all say of the
    last stated day."""

    loads: pd.DataFrame
    themes: pd.DataFrame
    states: pd.DataFrame
    timed: pd.DataFrame
    passed: str


def links(pages: Mapping[str, Mapping[str, str]], lang: Lang) -> dict[str, str]:
    """Say what other pages say of these (`@GOVERNMENTS@`, `@GOVERNMENTPAGES@`)."""
    are_compared = len(pages) > 1
    return {
        "@GOVERNMENTS@": "\n".join(
            f"- [{own['@PLACE@']}]({name})"
            + say("government.brief.link", lang, key=own["@KEY@"]) * are_compared
            for name, own in pages.items()
        ),
        "@GOVERNMENTPAGES@": "\n".join(pages),
    }


def _none(name: str, lang: Lang) -> str:
    return Markup("<p>{}</p>").format(label(f"government.no_{name}", lang))


def _compared(  # noqa: PLR0913, PLR0917  (the tables of all, and one of them)
    corpus: Corpus, spread: pd.DataFrame, apart: pd.DataFrame, place: str, lang: Lang, target: Path
) -> dict[str, str]:
    """The tables of gaps and strengths, written beside the page, and what it says of them.

    Of two lists the gaps of one are the tasks that the other alone has. What is possible here is a
    list of its own, with our nearest clause.
    """
    own, others = spread[spread["jurisdiction"] == place], spread[spread["jurisdiction"] != place]
    are_two = others["jurisdiction"].nunique() == 1
    if are_two:
        lacking = gaps.unique(others)
        n_gaps, table = len(lacking), matches.unique(lacking, corpus, lang)
        near = lacking.head(0)
        shown = {"gaps": (lacking, table), "near": (near, table)}
    else:
        found = gaps.of_place(corpus, place)
        lacking, near = (found[found["grade"] == grade] for grade in ("none", "possible"))
        n_gaps = lacking["measure"].nunique()
        shown = {
            "gaps": (lacking, matches.benchmark(lacking, corpus, lang, most=MOST)),
            "near": (near, matches.benchmark(near, corpus, lang)),
        }
    unique = gaps.unique(own)
    shown["unique"] = unique, matches.unique(unique, corpus, lang)
    for name, (frame, html) in shown.items():
        text = str(html.data) if len(frame) else _none(name, lang)
        text = text if name == "gaps" else folding.fold(text, lang)
        (target / f"{name}-{key(place)}.html").write_text(text, encoding="utf-8")
    more = apart[(apart["jurisdiction"] == place) & apart["is_clear"] & (apart["difference"] > 0)]
    of_theme, none = names_in_text(corpus.themes, lang), label("front.none", lang)
    start = {"gaps": n_gaps, "unique": len(unique)}
    whose = label(f"government.whose.{'two' if are_two else 'many'}", lang)
    return {
        **briefs.write(corpus, place, key(place), lang, target),
        "@MORE@": join((of_theme[t] for t in more["theme_id"]), "items", lang) or none,
        "@SHOWN@": _shown(n_gaps, are_two, key(place), lang),
        "@SHARED@": str(int((own["n_others"] > 0).sum())),
        "@POSSIBLE@": str(int(((own["n_others"] == 0) & (own["n_possible"] > 0)).sum())),
        "@NEAR@": _near(near, lang),
        **{
            f"@START{name.upper()}@": say(
                f"government.{name}.start.{'some' if n else 'none'}",
                lang,
                n=n,
                key=key(place),
                whose=whose,
            )
            for name, n in start.items()
        },
    }


def _near(near: pd.DataFrame, lang: Lang) -> str:
    return "" if near.empty else say("government.near.start", lang, n=near["measure"].nunique())


def _shown(n_gaps: int, are_two: bool, place_key: str, lang: Lang) -> str:
    """What is said over the table of gaps; nothing where there is none."""
    if not n_gaps:
        return ""
    which = "two" if are_two else "most" if n_gaps > MOST else "all"
    return say(f"government.shown.{which}", lang, n=MOST, key=place_key)


def _profile(corpus: Corpus, of_all: _Counts, place: str, lang: Lang) -> dict[str, str]:
    """What the page says of the list itself."""
    tasks = corpus.tasks[corpus.tasks["jurisdiction"] == place]
    ids = set(tasks["task_id"])
    units = corpus.assignments[corpus.assignments["task_id"].isin(ids)]
    loads = of_all.loads[of_all.loads["jurisdiction"] == place].head(3)
    themed = of_all.themes
    own = themed[(themed["jurisdiction"] == place) & (themed["tasks"] > 0)]
    own = own.sort_values("tasks", ascending=False, kind="stable")
    offices, of_theme = (names_in_text(t, lang) for t in (corpus.agencies, corpus.themes))
    address, none = escaping.address(place), label("front.none", lang)
    state = of_all.states.loc[of_all.states["jurisdiction"] == place, "state"]
    of_state = state.value_counts().reindex(coverage.STATES)
    return {
        "@PLACE@": names_in_text(corpus.jurisdictions, lang)[place],
        "@KEY@": key(place),
        "@JURISDICTION@": address,
        "@TASKS@": str(len(tasks)),
        "@ALL@": str(len(corpus.tasks)),
        "@TIMES@": join(
            (f"{label(f'state.{s}', lang)} {n}" for s, n in of_state.items() if n), "items", lang
        ),
        "@STARTTIMES@": _untimed(of_all.timed.loc[place], of_all.passed, place, lang),
        "@FIGURES@": str(int(corpus.targets["task_id"].isin(ids).sum())),
        "@REPAIRED@": str(int(tasks["is_repaired"].sum())),
        "@AGENCIES@": str(units["agency_id"].nunique()),
        "@LOADS@": join(
            (f"{offices[row.agency_id]} {row.load_share:.0%}" for row in loads.itertuples()),
            "items",
            lang,
        )
        or none,
        "@THEMES@": join(
            (
                f'<a href="tasks.html?jurisdiction={address}&amp;theme='
                f'{escaping.address(row.theme_id)}">{of_theme[row.theme_id]}</a> {row.tasks}'
                for row in own.head(3).itertuples()
            ),
            "items",
            lang,
        )
        or none,
    }


def _untimed(timed: pd.Series, passed: str, place: str, lang: Lang) -> str:
    """How many tasks do not state when they are due, as all pages count them (`coverage.timed`)."""
    n = timed["procedural"]
    return say(
        f"government.times.start.{'some' if timed['untimed'] else 'none'}",
        lang,
        n=timed["untimed"],
        of=timed["tasks"],
        limits=SPACE[lang] + say("government.times.start.limits", lang, n=n) if n else "",
        passed=passed,
        jurisdiction=escaping.address(place),
    )
