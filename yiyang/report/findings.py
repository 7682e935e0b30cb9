"""Word the findings of the front page: a sentence with its number, its caveat, and a share for each
jurisdiction, all computed from the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from yiyang.charts import headlines
from yiyang.compare import coverage, gaps, networks, promises, theme_shares, workloads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import (
    LANGS,
    Lang,
    join,
    label,
    names,
    names_in_text,
    places_in_text,
    say,
)
from yiyang.show.paragraphs import themes as paragraphs


class Finding(NamedTuple):
    """A sentence with its one number, what a reader should know with it (`note`), the share of
    each jurisdiction behind it (`jurisdiction, share, said`), what the shares are of, and the
    chapter with the evidence."""

    sentence: str
    note: str
    table: pd.DataFrame
    caption: str
    chapter: str


CHAPTERS = {
    "deadlines.dated": "03-deadlines",
    "agencies.loads": "02-agencies",
    "agencies.meetings": "02-agencies",
    "themes.spread": "04-themes",
    "counterparts.spread": "05-counterparts",
    "promises.figures": "06-promises",
}
"""The findings in their order, by what they are about, with the chapter of their evidence."""


@lru_cache(maxsize=len(LANGS))  # the page and the Word document state the same
def of(corpus: Corpus, lang: Lang) -> list[Finding]:
    """Tell what the report found, in the order of the front page; every number from the tables.

    A finding that the corpus cannot have (counterparts of a single list, figures where none is
    promised) is left out.
    """
    return [
        Finding(sentence, note, table, label(f"{key}.front.caption", lang), CHAPTERS[key])
        for key, find in _FINDINGS.items()
        for sentence, note, table in find(corpus, lang)
    ]


Found = Iterator[tuple[str, str, pd.DataFrame]]
"""At most one finding: its sentence, its note, and the shares behind it."""


def _deadlines(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    states = coverage.states(corpus.tasks, corpus.deadlines)
    dated = states.loc[states["state"].isin(promises.DATED), "jurisdiction"].value_counts()
    yield (
        say("deadlines.dated.front", lang, tasks=of.sum(), n=dated.sum()),
        say("deadlines.dated.front.note", lang),
        _counted(dated, of),
    )


def _loads(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    two = workloads.two_heaviest(corpus.assignments, corpus.tasks)
    if two.empty:
        return
    named = names(corpus.agencies, lang)
    pairs = two["agency_ids"].unique()
    who = join((named[a] for a in pairs[0]), "and", lang)
    if len(pairs) > 1:
        who = say("agencies.loads.front.two", lang)
    alone = ".one_list" if len(of) == 1 else ""
    yield (
        say(f"agencies.loads.front{alone}", lang, who=who, least=two["share"].min()),
        say("agencies.loads.front.note", lang),
        _shown(two.set_index("jurisdiction")["share"], of),
    )


def _meetings(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    met = networks.meetings(members).set_index("jurisdiction")
    if not met["both"].sum():
        return
    named = names(corpus.agencies, lang)
    one, other = (named[a] for a in networks.PAIR)
    share = met["both"].sum() / met["tasks"].sum()
    low, high = f"{met['share'].min():.0%}", f"{met['share'].max():.0%}"
    alike = ".alike" if low == high else ""
    note = say(f"agencies.meetings.front.note{alike}", lang, low=low, high=high)
    yield (
        say("agencies.meetings.front", lang, one=one, other=other, share=share),
        note if len(of) > 1 else "",
        _counted(met["both"], met["tasks"][met["tasks"] > 0]),
    )


def _themes(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    themed = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    present = themed[themed["tasks"] > 0]
    lists = present.groupby("theme_id", sort=False)["jurisdiction"].agg(list)
    of_theme = names_in_text(corpus.themes, lang)
    places = places_in_text(corpus.jurisdictions, lang)
    alone = [
        say("themes.spread.front.alone", lang, theme=of_theme[theme], place=places[found[0]])
        for theme, found in lists.items()
        if len(found) == 1
    ]
    named = join(alone, "lists", lang) or label("front.none", lang)
    note = say("themes.spread.front.note", lang, alone=named)
    yield (
        paragraphs.spread(themed, lang),
        note if len(of) > 1 else "",
        _counted(present["jurisdiction"].value_counts(), pd.Series(len(corpus.themes), of.index)),
    )


def _counterparts(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    if len(of) < 2:
        return
    spread = gaps.spread(corpus.task_matches, corpus.tasks)
    found = spread.loc[spread["n_others"] > 0, "jurisdiction"].value_counts()
    only_possible = int(((spread["n_others"] == 0) & (spread["n_possible"] > 0)).sum())
    everywhere = int((corpus.measures["n_jurisdictions"] == len(of)).sum())
    yield (
        headlines.spread(spread, lang),
        say("counterparts.spread.front.note", lang, n=everywhere, possible=only_possible),
        _counted(found, of),
    )


def _figures(corpus: Corpus, lang: Lang) -> Found:
    of, targets = sizes(corpus), corpus.targets
    if targets.empty:
        return
    promised = corpus.tasks[corpus.tasks["task_id"].isin(targets["task_id"])]
    dated = int(targets["due"].notna().sum())
    yield (
        say("promises.figures.front", lang, tasks=of.sum(), n=len(promised)),
        say("promises.figures.front.note", lang, figures=len(targets), dated=dated),
        _counted(promised["jurisdiction"].value_counts(), of),
    )


_FINDINGS: dict[str, Callable[[Corpus, Lang], Found]] = {
    "deadlines.dated": _deadlines,
    "agencies.loads": _loads,
    "agencies.meetings": _meetings,
    "themes.spread": _themes,
    "counterparts.spread": _counterparts,
    "promises.figures": _figures,
}

# [support](glossary) in a note
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def plain(note: str) -> str:
    """Strip a note of the marks of Markdown: links and the strokes before marks in a name."""
    return re.sub(r"\\(.)", r"\1", _LINK.sub(r"\1", note))


def sizes(corpus: Corpus) -> pd.Series:
    """Count the tasks of each jurisdiction, in the order of the tasks."""
    return corpus.tasks["jurisdiction"].value_counts(sort=False)


def _counted(count: pd.Series, of: pd.Series) -> pd.DataFrame:
    """Each jurisdiction's part of a number of things; a jurisdiction without one has 0 of them."""
    counts = count.reindex(of.index).fillna(0).astype(int)
    said = [f"{n} / {total}" for n, total in zip(counts, of, strict=True)]
    return pd.DataFrame({"jurisdiction": of.index, "share": (counts / of).to_numpy(), "said": said})


def _shown(share: pd.Series, of: pd.Series) -> pd.DataFrame:
    shares = share.reindex(of.index).dropna()
    said = [f"{value:.0%}" for value in shares]
    return pd.DataFrame({"jurisdiction": shares.index, "share": shares.to_numpy(), "said": said})
