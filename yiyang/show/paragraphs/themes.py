"""Say what the lists are about, which words tell them apart, and how firm the clusters are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from yiyang import themes
from yiyang.compare import chance, everywhere, theme_shares
from yiyang.compare import concepts as compared_concepts
from yiyang.compare import vocabulary as compared
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names_in_text, places_in_text, say
from yiyang.safety import escaping
from yiyang.show import gloss
from yiyang.themes import cluster_count

FIRM, LOOSE = 0.75, 0.6
"""Likeness when resampled from which a cluster is held to be real, and below which to dissolve
(Hennig 2007)."""


def shares(corpus: Corpus, lang: Lang) -> str:
    """Name what each list speaks of most, and whether any list differs from the others by more than
    chance."""
    table = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    places = names_in_text(corpus.jurisdictions, lang)
    of_theme = names_in_text(corpus.themes, lang)
    lines = []
    for jurisdiction, group in table.groupby("jurisdiction", sort=False):
        values = {"place": places[jurisdiction], "n": group["n_tasks"].iloc[0]}
        most = _most(group, of_theme, lang)
        lines.append(say("themes.shares.paragraph.place", lang, most=most, **values))
    last = [_by_chance(corpus, table, lang)]
    if without := int(corpus.task_themes["theme_id"].isna().sum()):
        last.append(say("themes.shares.paragraph.without", lang, n=without))
    return "\n\n".join(["\n".join(lines), SPACE[lang].join(last)])


def _by_chance(corpus: Corpus, table: pd.DataFrame, lang: Lang) -> str:
    """Say how many themes stand in every list, and how many differences are clear, beside what
    chance gives."""
    apart = theme_shares.contrasts(table)
    if apart.empty:
        return label("corpus.only_one_list", lang)
    placed = corpus.task_themes.merge(corpus.tasks[["task_id", "jurisdiction"]], on="task_id")
    dealt = chance.themes_of_lists(placed)
    places, of_theme = names_in_text(corpus.jurisdictions, lang), names_in_text(corpus.themes, lang)
    clear = [
        say(
            f"themes.shares.paragraph.{'more' if r.difference > 0 else 'less'}",
            lang,
            place=places[r.jurisdiction],
            theme=of_theme[r.theme_id],
            share=r.share,
            others=r.others,
        )
        for r in apart[apart["is_clear"]].itertuples()
    ]
    said = say(
        "themes.shares.paragraph.chance",
        lang,
        spread=spread(table, lang),
        mean=dealt.mean,
        low=dealt.low,
        high=dealt.high,
        draws=chance.DRAWS,
    )
    which = "clear" if clear else "alike"
    values = {"n": len(apart), "q": apart["q"].min(), "each": join(clear, "items", lang)}
    return SPACE[lang].join([said, say(f"themes.shares.paragraph.{which}", lang, **values)])


def concepts(corpus: Corpus, lang: Lang) -> str:
    """Count the concepts that every list names, and name those that one list alone names."""
    table = compared_concepts.matrix(corpus.tasks, corpus.task_themes)
    title = names_in_text(compared_concepts.known().rename(columns={"concept": "key"}), lang)
    places = places_in_text(corpus.jurisdictions, lang)
    values = {"of": table["concept"].nunique()}
    if corpus.tasks["jurisdiction"].nunique() == 1:
        named = int((table["named"] > 0).sum())
        return say("themes.concepts.paragraph.one_list", lang, n=named, **values)
    by = everywhere.by_chance(corpus)
    dealt, without = by.loc["concepts"], by.index.intersection(["concepts without"])
    verdict = "chance" if dealt["q"] >= chance.LIKELY else "more"
    said = [
        say(
            "themes.concepts.paragraph",
            lang,
            n=len(compared_concepts.everywhere(table)),
            alone=alone(table, title, places, lang),
            **values,
        ),
        say(f"themes.concepts.paragraph.{verdict}", lang, draws=chance.DRAWS, **dealt),
    ]
    if len(without) and (section := theme_shares.largest_section(corpus.tasks)):
        left = theme_shares.outside(corpus.tasks, section)
        n = len(compared_concepts.everywhere(compared_concepts.matrix(left, corpus.task_themes)))
        expected = by.loc[without[0], "expected"]
        said.append(say("themes.concepts.paragraph.without", lang, n=n, expected=expected))
    return SPACE[lang].join(said)


def alone(table: pd.DataFrame, title: pd.Series, places: pd.Series, lang: Lang) -> str:
    """Name the concepts that one list alone names, each with its place."""
    named = table[table["named"] > 0].groupby("concept", sort=False)["jurisdiction"].agg(list)
    found = [
        say("themes.concepts.alone", lang, concept=title[concept], place=places[lists[0]])
        for concept, lists in named.items()
        if len(lists) == 1
    ]
    return join(found, "items", lang) or label("front.none", lang)


def without_section(corpus: Corpus, lang: Lang) -> str:
    """Say what the themes of every list come to without the largest section of a list."""
    section = theme_shares.largest_section(corpus.tasks)
    if section is None:
        return say("themes.section.paragraph.none", lang)
    place, name = section
    left = theme_shares.outside(corpus.tasks, section)
    whole = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    parts = theme_shares.shares(corpus.task_themes, left, corpus.themes)
    counts = [theme_shares.everywhere(table) for table in (whole, parts)]
    by = everywhere.by_chance(corpus)["expected"]
    return say(
        "themes.section.paragraph",
        lang,
        place=places_in_text(corpus.jurisdictions, lang)[place],
        section=escaping.markdown(gloss.named(name, lang)),
        n=len(corpus.tasks) - len(left),
        of=int((corpus.tasks["jurisdiction"] == place).sum()),
        everywhere=counts[0],
        without=counts[1],
        by=by.get("themes", 0.0),
        by_without=by.get("themes without", 0.0),
    )


def spread(table: pd.DataFrame, lang: Lang) -> str:
    """Count the themes that have tasks in every list (table: `theme_shares.shares`)."""
    n = theme_shares.everywhere(table)
    alone = ".one_list" if table["jurisdiction"].nunique() == 1 else ""
    values = {"themes": table["theme_id"].nunique(), "n": n}
    return say(f"themes.spread{alone}", lang, **values)


def _most(group: pd.DataFrame, of_theme: pd.Series, lang: Lang) -> str:
    """Name the three themes of a list that most of its tasks have."""
    top = group.sort_values("tasks", ascending=False, kind="stable").head(3)
    parts = [
        say(
            "themes.shares.paragraph.most",
            lang,
            theme=of_theme[r.theme_id],
            share=r.share,
        )
        for r in top[top["tasks"] > 0].itertuples()
    ]
    return join(parts, "items", lang) or say("themes.shares.paragraph.none", lang)


def vocabulary(corpus: Corpus, lang: Lang, most: int = 6) -> str:
    """Say how many words set a list apart from the others by more than chance, and name those that
    come nearest to it, in one line a list."""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return label("corpus.only_one_list", lang)
    places = names_in_text(corpus.jurisdictions, lang)
    lists = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
    tables = {place: compared.log_odds(corpus.tasks, place) for place in lists}
    lines, clear = [], []
    for place, table in tables.items():
        near = table[(table["low"] > 0) & (table["tasks"] >= 2)]
        words = [_word(row, lang) for row in near.head(most).itertuples()]
        beyond = near[near["q"] < chance.LIKELY]
        clear += [f"{places[place]} {_word(row, lang)}" for row in beyond.itertuples()]
        said = join(words, "items", lang) or "—"
        lines.append(say("themes.words.paragraph.place", lang, place=places[place], words=said))
    least = min(table["q"].min() for table in tables.values())
    values = {"n": len(next(iter(tables.values()))), "q": least}
    which = "some" if clear else "none"
    first = say(f"themes.words.paragraph.{which}", lang, each=join(clear, "items", lang), **values)
    return f"{first}\n\n" + "\n".join(lines)


def _word(row: Any, lang: Lang) -> str:
    """A word with the number of tasks of the list that have it; in English with its gloss."""
    said = gloss.word(str(row.term)) if lang == "en" else ""
    term = escaping.markdown(f"{row.term} ‘{said}’" if said else row.term)
    return say("themes.words.paragraph.term", lang, term=term, tasks=row.tasks)


def reviewed(corpus: Corpus, lang: Lang) -> str:
    """Name the tasks that bear a theme that a reader set by hand."""
    by_hand = corpus.task_themes.loc[corpus.task_themes["is_reviewed"], "task_id"]
    if by_hand.empty:
        return say("themes.reviews.paragraph.none", lang)
    tasks = escaping.markdown("、".join(by_hand))
    return say("themes.reviews.paragraph", lang, n=len(by_hand), tasks=tasks)


def selection(table: pd.DataFrame, lang: Lang) -> str:
    """Name the method and the number that the rule takes, and how near the others come
    (table: `themes.selection`)."""
    if table.empty:
        return say("themes.selection.paragraph.too_few", lang)
    chosen = table[table["is_chosen"]].iloc[0]
    others = table.loc[table["method"] != chosen["method"], ["method", "level"]]
    own = cluster_count.fewest(table)
    said = say(
        "themes.selection.paragraph",
        lang,
        method=label(f"method.{chosen['method']}", lang),
        level=chosen["level"],
        other=label(f"method.{others.loc[others['level'].idxmax(), 'method']}", lang),
        other_level=others["level"].max(),
        k=chosen["k"],
        score=chosen["score"],
        error=chosen["error"],
        low=min(own.values()),
        high=max(own.values()),
    )
    if (chosen["method"], chosen["k"]) == ("accumulated", themes.K):
        return said
    return SPACE[lang].join([said, say("themes.selection.paragraph.other", lang, k=themes.K)])


def clusters(corpus: Corpus, held: pd.DataFrame, lang: Lang) -> str:
    """Count the clusters, how many are firm, and the tasks that belong to none."""
    labels = themes.clusters(corpus.tasks).labels
    return say(
        "themes.clusters.paragraph",
        lang,
        n=int(labels.max()),
        none=int((labels == 0).sum()),
        tasks=len(labels),
        firm=int((held["resamples"] >= FIRM).sum()),
        loose=int((held["resamples"] < LOOSE).sum()),
        firm_at=FIRM,
        loose_at=LOOSE,
    )
