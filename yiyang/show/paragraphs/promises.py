"""Say what figures are promised and reached, and whether wording and dates go together."""

from __future__ import annotations

import pandas as pd

from yiyang.compare import promises as compared
from yiyang.compare import wording as worded
from yiyang.compare.chance import LIKELY
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, names_in_text, places_in_text, say
from yiyang.grammar.obligations import STRENGTHS


def figures(corpus: Corpus, lang: Lang) -> str:
    """Count the figures promised and dated, the rates among them, and what the case study
    reports."""
    targets = corpus.targets
    n = {
        "targets": len(targets),
        "tasks": targets["task_id"].nunique(),
        "percent": int((targets["unit"] == "%").sum()),
        "dated": int(targets["due"].notna().sum()),
        "rates": compared.rates(targets),
        "outcomes": len(corpus.outcomes),
    }
    keys = ["promises.figures.paragraph"]
    keys += ["promises.rates.paragraph"] * bool(n["rates"])
    keys += ["promises.reached.paragraph"] * bool(n["outcomes"])
    return SPACE[lang].join(say(key, lang, **n) for key in keys)


def own(corpus: Corpus, lang: Lang) -> str:
    """Name what a place promised and reports itself, each as `2 → 1`."""
    both = compared.own(compared.promised_and_reached(corpus))
    if both.empty:
        return say("promises.own.paragraph.none", lang)
    place, title = (
        places_in_text(corpus.jurisdictions, lang),
        names_in_text(corpus.indicators, lang),
    )
    parts = []
    for key, rows in both.groupby("jurisdiction", sort=False):
        each = [
            say(
                f"promises.own.paragraph.{'same' if r.is_same else 'other'}",
                lang,
                title=title[r.indicator_id],
                promised=f"{r.promised:g}",
                reached=f"{r.reached:g}",
            )
            for r in rows.itertuples()
        ]
        values = {"place": place[key], "n": len(rows), "each": join(each, "clauses", lang)}
        parts.append(say("promises.own.paragraph", lang, **values))
    return SPACE[lang].join(parts)


def committed(corpus: Corpus) -> pd.Series:
    """Count the tasks of each list that open with what is to be done."""
    graded = compared.wording(corpus)
    opens = graded["opening"] == "commit"
    return opens.groupby(graded["jurisdiction"], sort=False).sum()


def openings(corpus: Corpus, lang: Lang) -> str:
    """Count the tasks by the strength of the verb that opens them."""
    graded = compared.wording(corpus)["opening"].value_counts()
    counts = {strength: int(graded.get(strength, 0)) for strength in STRENGTHS}
    rest = len(corpus.tasks) - sum(counts.values())
    return say("promises.openings.paragraph", lang, tasks=len(corpus.tasks), rest=rest, **counts)


def wording(corpus: Corpus, lang: Lang) -> str:
    """Say whether firm words are dated and soft words undated."""
    graded = compared.wording(corpus)
    lists = worded.by_list(graded)
    total = lists[["tasks", "dated", "firm", "firm_dated"]].sum()
    if not total["firm"]:
        return say("promises.wording.paragraph.none_firm", lang, **total)
    firmest = corpus.obligations[corpus.obligations["strength"] == "mandate"]["printed"]
    words = join(firmest.value_counts().index, "quoted", lang)
    first = int((graded["opening"] == "mandate").sum())
    parts = [say("promises.wording.paragraph", lang, words=words, first=first, **total)]
    place = places_in_text(corpus.jurisdictions, lang)
    for key, rows in (
        ("all_dated", lists[lists["dated"] == lists["tasks"]]),
        ("none_dated", lists[lists["dated"] == 0]),
    ):
        if len(rows):
            where = join((place[j] for j in rows["jurisdiction"]), "lists", lang)
            values = {"places": where, "n": rows["tasks"].sum()}
            parts.append(say(f"promises.wording.paragraph.{key}", lang, **values))
    told, said = _told(lists[(lists["dated"] > 0) & (lists["dated"] < lists["tasks"])], lang)
    return SPACE[lang].join([say(f"promises.wording.paragraph.{told}", lang), *parts, *said])


def _told(mixed: pd.DataFrame, lang: Lang) -> tuple[str, list[str]]:
    """Compare within the lists that date a part of their tasks: the case, and its numbers."""
    own = mixed[["tasks", "dated", "firm", "firm_dated"]].sum()
    if not own["firm"] or own["firm"] == own["tasks"]:
        return "cannot", []
    p = worded.chance(mixed)
    rest = (own["dated"] - own["firm_dated"], own["tasks"] - own["firm"])
    said = say(
        "promises.wording.paragraph.mixed",
        lang,
        p=f"{p:.0%}" if p >= 0.01 else f"{p:.1%}",
        firm=_share(own["firm_dated"], own["firm"], lang),
        rest=_share(*rest, lang),
    )
    more = own["firm_dated"] / own["firm"] > rest[0] / rest[1]
    return "cannot" if p >= LIKELY else "more" if more else "less", [said]


def _share(hits: int, of: int, lang: Lang) -> str:
    return say("promises.wording.paragraph.share", lang, hits=hits, of=of)
