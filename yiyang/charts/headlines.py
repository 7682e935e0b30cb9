"""Word the finding of a chart as one short sentence: its title.

Each function takes the table of the chart of its name and names for a reader's language. They
hold for any corpus: one list or many, all alike or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

import pandas as pd

from yiyang.compare import promises
from yiyang.core.messages import Lang, join, label, say
from yiyang.matches import grades

MANY = 5
"""From so many lists on what less than half of them have in common is no finding of them all."""


def uses(table: pd.DataFrame, lang: Lang) -> str:
    """Say how much of the text of the lists is tasks (`provenance.uses`)."""
    shares = table.loc[(table["use"] == "tasks") & (table["share"] > 0), "share"]
    if shares.empty:
        return say("lists.uses.headline.none", lang)
    return _range("lists.uses.headline", shares, lang)


def _range(key: str, shares: pd.Series, lang: Lang) -> str:
    """Say between which percentages shares lie, or that they are alike."""
    low, high = f"{shares.min():.0%}", f"{shares.max():.0%}"
    return say(f"{key}.{'alike' if low == high else 'range'}", lang, low=low, high=high)


def list_lengths(table: pd.DataFrame, places: pd.Series, lang: Lang) -> str:
    """Name the longest and the shortest list (`provenance.lengths`)."""
    least, most = table.loc[table["tasks"].idxmin()], table.loc[table["tasks"].idxmax()]
    is_alike = least["tasks"] == most["tasks"]
    which = "one_list" if len(table) == 1 else "alike" if is_alike else "range"
    return say(
        f"lists.tasks.headline.{which}",
        lang,
        long=places[most["jurisdiction"]],
        n=most["tasks"],
        short=places[least["jurisdiction"]],
        m=least["tasks"],
    )


def text_lengths(medians: pd.Series, lang: Lang) -> str:
    """Say how long the middle task is, where shortest and longest (`medians` by place name)."""
    short, long = medians.idxmin(), medians.idxmax()
    which = "alike" if medians.nunique() == 1 else "range"
    values = {"short": short, "x": medians[short], "long": long, "y": medians[long]}
    return say(f"lists.text_length.headline.{which}", lang, **values)


def workloads(table: pd.DataFrame, agencies: pd.Series, lang: Lang) -> str:
    """Name the two agencies in most tasks, if they are the same in every list
    (`workloads.by_agency`)."""
    single = table[~table["is_collective"]].sort_values("tasks", ascending=False, kind="stable")
    firsts = [
        tuple(sorted(ids.head(2)))
        for _, ids in single.groupby("jurisdiction", sort=False)["agency_id"]
    ]
    which, ids, n = _commonest(firsts, len(firsts))
    pair = join((agencies[a] for a in ids), "and", lang)
    return say(f"agencies.workloads.headline.{which}", lang, pair=pair, n=n, lists=len(firsts))


def _commonest(firsts: Iterable[tuple[str, ...]], lists: int) -> tuple[str, tuple[str, ...], int]:
    """Find what comes first in most lists, in how many, and the case of the sentence on it."""
    counted = Counter(firsts).most_common(1)
    if not counted:
        return "none", (), 0
    first, n = counted[0]
    if n == 1 < lists:
        return "no_two_lists", first, n
    if lists >= MANY and 2 * n < lists:
        return "many_differ", first, n
    return "one_list" if lists == 1 else "every_list" if n == lists else "some_lists", first, n


def coverage(counts: pd.DataFrame, by: str, lang: Lang) -> str:
    """Name the group with most and the one with least of its tasks dated.

    `counts`: tasks by group (its name) and state; `by` is what the groups are.
    """
    dated = counts[list(promises.DATED)].sum(axis=1) / counts.sum(axis=1)
    low, high = dated.min(), dated.max()
    n_least = int((dated == low).sum())
    words = {"low": dated.idxmin(), "high": dated.idxmax(), "q": f"{low:.0%}", "p": f"{high:.0%}"}
    if words["q"] == words["p"]:
        all_or_none = {0: "none", 1: "every"} if low == high else {}
        cases = [all_or_none.get(low, "alike")]
    elif by != "jurisdiction":
        cases = ["range"]
    else:
        cases = [
            f"most.{'all' if high == 1 else 'some'}",
            f"{'least' if n_least == 1 else 'several'}.{'none' if low == 0 else 'some'}",
        ]
    return "".join(say(f"deadlines.dated.headline.{c}", lang, n=n_least, **words) for c in cases)


def timeline(table: pd.DataFrame, lang: Lang) -> str:
    """Name the month in which most tasks fall due (`coverage.timeline`)."""
    months = table.groupby("month")["tasks"].sum()
    month = say("mark.month", lang, day=pd.Timestamp(months.idxmax()))
    values = {"n": months.max(), "of": months.sum(), "month": month}
    return say("deadlines.timeline.headline", lang, **values)


def shared(table: pd.DataFrame, lang: Lang) -> str:
    """Say which shares of the tasks of one list have the same measure in another
    (`gaps.matrix`)."""
    return _range("counterparts.shared.headline", table["share"], lang)


def reused(table: pd.DataFrame, places: pd.Series, lang: Lang) -> str:
    """Name the two lists that have most text in common word for word (`reuse.shares`)."""
    top = table.loc[table["share"].idxmax()]
    p = f"{top['share']:.0%}"
    if p == "0%":
        return say("counterparts.reused.headline.none", lang)
    here, there = (places[top[c]] for c in ("jurisdiction", "other_jurisdiction"))
    return say("counterparts.reused.headline", lang, here=here, there=there, p=p)


def spread(table: pd.DataFrame, lang: Lang) -> str:
    """Say how many tasks have the same measure anywhere else (`gaps.spread`)."""
    return say("counterparts.spread", lang, n=int((table["n_others"] > 0).sum()), of=len(table))


def thresholds(table: pd.DataFrame, lang: Lang) -> str:
    """Say what the limits of the two grades come to (`measures.curve`)."""
    same, possible = (
        table.loc[(table["threshold"] - limit).abs().idxmin()]
        for limit in (grades.SAME, grades.POSSIBLE)
    )
    return say(
        "counterparts.agreement.headline",
        lang,
        p=same["same_precision"],
        both=possible["precision"],
        r=possible["recall"],
    )


def strengths(table: pd.DataFrame, lang: Lang) -> str:
    """Name the commonest strength of the first grading words (`promises.strengths`)."""
    total = table.groupby("strength", observed=True)["tasks"].sum()
    word = label(f"strength.{total.idxmax()}", lang)
    return say("promises.strengths.headline", lang, p=total.max() / total.sum(), word=word)


def heat(table: pd.DataFrame, themes: pd.Series, lang: Lang) -> str:
    """Name the theme of most tasks, all lists together (`theme_shares.shares`)."""
    total = table.groupby("theme_id", sort=False)["tasks"].sum()
    of = table.drop_duplicates(table.columns[0])["n_tasks"].sum()
    most: Hashable = total.idxmax()
    return say("themes.shares.headline", lang, theme=themes[most], n=total.max(), of=of)


def selection(table: pd.DataFrame, lang: Lang) -> str:
    """Say how many clusters are taken: fewer score lower, by the rule (`themes.selection`)."""
    chosen = int(table.loc[table["is_chosen"], "k"].iloc[0])
    which = "chosen" if chosen > table["k"].min() else "fewest"
    return say(f"themes.selection.headline.{which}", lang, k=chosen)


def vocabulary(is_clear: pd.Series, lang: Lang) -> str:
    """Count the words drawn that tell the two lists apart (`vocabulary.log_odds`)."""
    n, of = int(is_clear.sum()), len(is_clear)
    return say(f"themes.words.headline{'' if n else '.none'}", lang, n=n, of=of)
