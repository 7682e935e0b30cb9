"""Say what figures are promised and reached, and whether wording and dates go together."""

from __future__ import annotations

import pandas as pd

from yiyang.compare import promises as compared
from yiyang.compare import wording as worded
from yiyang.core import intervals
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, names, places_in_text, say


def figures(corpus: Corpus, lang: Lang) -> str:
    """Count the figures promised and dated, and those that can be compared with a result."""
    targets, linked = corpus.targets, compared.promised_and_reached(corpus)
    sides = linked.groupby("indicator_id")["source"].nunique()
    own = linked.groupby(["indicator_id", "jurisdiction"])["source"].nunique()
    n = {
        "targets": len(targets),
        "tasks": targets["task_id"].nunique(),
        "percent": int((targets["unit"] == "%").sum()),
        "dated": int(targets["due"].notna().sum()),
        "outcomes": len(corpus.outcomes),
        "links": int((sides == 2).sum()),
        "own": int((own == 2).sum()),
        **compared.reached(linked),
    }
    keys = ["promises.figures.paragraph"]
    keys += ["promises.reached.paragraph"] * bool(n["outcomes"])
    keys += ["promises.reached.paragraph.pairs"] * bool(n["pairs"])
    return SPACE[lang].join(say(key, lang, **n) for key in keys)


def sources(corpus: Corpus, lang: Lang) -> str:
    """Name the places that report the percentages of the chart and those that promise them."""
    linked = compared.promised_and_reached(corpus)
    share = linked[linked["unit"] == "%"]
    sides = {source: share[share["source"] == source] for source in ("target", "outcome")}
    if not all(map(len, sides.values())):
        return say("promises.sources.paragraph.none", lang)
    place = places_in_text(corpus.jurisdictions, lang)
    n = {}
    for source, rows in sides.items():
        n[source] = join((place[j] for j in rows["jurisdiction"].unique()), "lists", lang)
        years = sorted(rows["day"].dropna().dt.year.unique())
        n[f"{source}_years"] = join(map(str, years), "items", lang) or "-"
    return say("promises.sources.paragraph", lang, **n)


def own(corpus: Corpus, lang: Lang) -> str:
    """Name the places that promise and report one indicator, and where it is the same measure."""
    linked = compared.promised_and_reached(corpus)
    by = linked.groupby(["jurisdiction", "indicator_id"], sort=False)
    both = by.agg(sides=("source", "nunique"), is_same=("is_same", "all")).reset_index()
    both = both[both["sides"] == 2]
    if both.empty:
        return say("promises.own.paragraph.none", lang)
    place, title = places_in_text(corpus.jurisdictions, lang), names(corpus.indicators, lang)

    def listed(indicators: pd.Series) -> str:
        return join((title[i] for i in indicators), "lists", lang)

    parts = []
    for key, rows in both.groupby("jurisdiction", sort=False):
        same = listed(rows.loc[rows["is_same"], "indicator_id"])
        which = "same" if same else "not_same"
        values = {"place": place[key], "n": len(rows), "titles": listed(rows["indicator_id"])}
        values["same"] = say(f"promises.own.paragraph.{which}", lang, titles=same)
        parts.append(say("promises.own.paragraph", lang, **values))
    return SPACE[lang].join(parts)


LIKELY = 0.05
"""A difference that chance makes as often as this or oftener is not called one."""


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
    """Say `3 of 76 (95% interval 1% to 11%)`, the interval of Wilson."""
    low, high = intervals.wilson(hits, of)
    values = {"hits": hits, "of": of, "low": low, "high": high}
    return say("promises.wording.paragraph.share", lang, **values)
