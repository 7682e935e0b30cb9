"""Say what the lists are about, which words tell them apart, and how firm the clusters are."""

from __future__ import annotations

import pandas as pd

from yiyang import themes
from yiyang.compare import theme_shares
from yiyang.compare import vocabulary as compared
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names_in_text, say
from yiyang.safety import escaping
from yiyang.themes import choosing

FIRM, LOOSE = 0.75, 0.6
"""Likeness when resampled from which a cluster is held to be real, and below which to dissolve
(Hennig 2007)."""


def shares(corpus: Corpus, lang: Lang) -> str:
    """Name what each list speaks of most, and where it clearly differs from the others."""
    table = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    places = names_in_text(corpus.jurisdictions, lang)
    of_theme = names_in_text(corpus.themes, lang)
    is_alone = table["jurisdiction"].nunique() == 1
    clear = theme_shares.contrasts(table)
    clear = clear[clear["is_clear"]]
    lines = []
    for jurisdiction, group in table.groupby("jurisdiction", sort=False):
        most, n = _most(group, of_theme, lang), group["n_tasks"].iloc[0]
        place = places[jurisdiction]
        line = [say("themes.shares.paragraph.place", lang, place=place, n=n, most=most)]
        if not is_alone:
            apart = _apart(clear[clear["jurisdiction"] == jurisdiction], of_theme, lang)
            line.append(say("themes.shares.paragraph.beside", lang, apart=apart))
        lines.append(SPACE[lang].join(line))
    by_chance = len(table) / 20
    values = {"n": len(table), "by_chance": by_chance}
    last = [
        label("corpus.only_one_list", lang)
        if is_alone
        else say("themes.shares.paragraph.chance", lang, **values)
    ]
    if without := int(corpus.task_themes["theme_id"].isna().sum()):
        last.append(say("themes.shares.paragraph.without", lang, n=without))
    first = spread(table, lang) + label("mark.stop", lang).strip()
    return "\n\n".join([f"**{first}**", "\n".join(lines), SPACE[lang].join(last)])


def spread(table: pd.DataFrame, lang: Lang) -> str:
    """Count the themes that have tasks in every list (table: `theme_shares.shares`)."""
    everywhere = int((table["tasks"] > 0).groupby(table["theme_id"]).all().sum())
    alone = ".one_list" if table["jurisdiction"].nunique() == 1 else ""
    values = {"themes": table["theme_id"].nunique(), "n": everywhere}
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
            low=r.low,
            high=r.high,
        )
        for r in top[top["tasks"] > 0].itertuples()
    ]
    return join(parts, "items", lang) or say("themes.shares.paragraph.none", lang)


def _apart(clear: pd.DataFrame, of_theme: pd.Series, lang: Lang) -> str:
    """Name the themes by which a list clearly differs from the others."""
    parts = [
        say(
            f"themes.shares.paragraph.{'more' if r.difference > 0 else 'less'}",
            lang,
            theme=of_theme[r.theme_id],
            share=r.share,
            others=r.others,
        )
        for r in clear.itertuples()
    ]
    return join(parts, "items", lang) or say("themes.shares.paragraph.alike", lang)


def vocabulary(corpus: Corpus, lang: Lang, most: int = 6) -> str:
    """Name the words that set each list apart from the others, in one line a list."""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return label("corpus.only_one_list", lang)
    places = names_in_text(corpus.jurisdictions, lang)
    lines = []
    for jurisdiction in dict.fromkeys(corpus.tasks["jurisdiction"]):
        table = compared.log_odds(corpus.tasks, jurisdiction)
        clear = table[(table["low"] > 0) & (table["tasks"] >= 2)].head(most)
        said = [
            say(
                "themes.words.paragraph.term",
                lang,
                term=escaping.markdown(r.term),
                tasks=r.tasks,
            )
            for r in clear.itertuples()
        ]
        words = join(said, "items", lang) or "—"
        lines.append(
            say("themes.words.paragraph.place", lang, place=places[jurisdiction], words=words)
        )
    return "\n".join(lines)


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
    own = choosing.fewest(table)
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
