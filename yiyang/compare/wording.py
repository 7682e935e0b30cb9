"""Wording against dates: are the tasks with firm words the ones that have a date?

Lists differ in how many of their tasks they date, for reasons of their own, so that firm and other
tasks are compared within each list only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import binomtest, hypergeom

from yiyang.compare import promises
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, places_in_text


def by_list(wording: pd.DataFrame) -> pd.DataFrame:
    """One row is a jurisdiction: `jurisdiction, tasks, dated, firm, firm_dated` (firm: a word of
    the strength `mandate` stands in the task)."""
    firm = wording["firmest"] == "mandate"
    counted = wording.assign(firm=firm, firm_dated=firm & wording["is_dated"])
    by = counted.groupby("jurisdiction", sort=False)
    out = by.agg(
        tasks=("task_id", "size"),
        dated=("is_dated", "sum"),
        firm=("firm", "sum"),
        firm_dated=("firm_dated", "sum"),
    )
    return out.reset_index()


def chance(lists: pd.DataFrame) -> float:
    """How often as many firm tasks as these or a rarer number would be dated if within each list
    (`by_list`) the dates fell on its tasks without regard to the wording: the exact
    two-sided test over the lists together. One that dates all or none of its tasks adds nothing.
    """
    weights = np.ones(1)
    for row in lists.itertuples():
        hits = np.arange(min(row.firm, row.dated) + 1)
        weights = np.convolve(weights, hypergeom.pmf(hits, row.tasks, row.dated, row.firm))
    seen = weights[int(lists["firm_dated"].sum())]
    return float(min(1, weights[weights <= seen * (1 + 1e-9)].sum()))


def finding(corpus: Corpus, lang: Lang) -> str:
    """Are firm words dated and soft words undated? In a few sentences with their numbers."""
    worded = promises.wording(corpus)
    lists = by_list(worded)
    total = lists[["tasks", "dated", "firm", "firm_dated"]].sum()
    firmest = corpus.obligations[corpus.obligations["strength"] == "mandate"]["printed"]
    parts = [
        _FIRM[lang].format(
            words=_WORDS[lang].join(firmest.value_counts().index),
            first=int((worded["opening"] == "mandate").sum()),
            **total,
        )
    ]
    if not total["firm"]:
        return _NONE_FIRM[lang].format(**total)
    mixed = lists[(lists["dated"] > 0) & (lists["dated"] < lists["tasks"])]
    place = places_in_text(corpus.jurisdictions, lang)
    for key, rows in (
        ("all", lists[lists["dated"] == lists["tasks"]]),
        ("none", lists[lists["dated"] == 0]),
    ):
        if len(rows):
            where = {"zh": "、", "en": "; "}[lang].join(place[j] for j in rows["jurisdiction"])
            parts.append(_ALIKE[key][lang].format(places=where, n=rows["tasks"].sum()))
    own = mixed[["tasks", "dated", "firm", "firm_dated"]].sum()
    can_tell = False
    if own["firm"] and own["firm"] < own["tasks"]:
        p = chance(mixed)
        can_tell = p < LIKELY
        rest = (own["dated"] - own["firm_dated"], own["tasks"] - own["firm"])
        n = {"firm": _share(own["firm_dated"], own["firm"], lang), "rest": _share(*rest, lang)}
        parts.append(_MIXED[lang].format(p=f"{p:.0%}" if p >= 0.01 else f"{p:.1%}", **n))
        if can_tell:
            more = own["firm_dated"] / own["firm"] > rest[0] / rest[1]
            parts.insert(0, _TELL["more" if more else "less"][lang])
    parts = parts if can_tell else [_CANNOT[lang], *parts]
    return {"zh": "", "en": " "}[lang].join(parts)


LIKELY = 0.05
"""A difference that chance makes as often as this or oftener is not called one."""


def _share(hits: int, of: int, lang: Lang) -> str:
    """`3 of 76 (95% interval 1% to 11%)`, the interval of Wilson."""
    limits = binomtest(int(hits), int(of)).proportion_ci(method="wilson")
    return _SHARE[lang].format(hits=hits, of=of, low=limits.low, high=limits.high)


_SHARE = {
    "zh": "{of}项中{hits}项（95%区间{low:.0%}至{high:.0%}）",
    "en": "{hits} of {of} (95% interval {low:.0%} to {high:.0%})",
}
_WORDS = {"zh": "”“", "en": ", "}
_CANNOT = {
    "zh": "**措辞硬的任务是不是更有时限，这里的清单说明不了**。",
    "en": "**Whether firmly worded tasks are dated more often, the lists here cannot tell.**",
}
_TELL = {
    "more": {
        "zh": "**同一份清单里，措辞硬的任务更常有时限**。",
        "en": "**Within a list, firmly worded tasks are dated more often than the others.**",
    },
    "less": {
        "zh": "**同一份清单里，措辞硬的任务更少有时限**。",
        "en": "**Within a list, firmly worded tasks are dated less often than the others.**",
    },
}
_NONE_FIRM = {
    "zh": "**{tasks}项任务都没有用硬措辞**，其中{dated}项有时限。",
    "en": "**No firm word stands in any of the {tasks} tasks**; {dated} of them are dated.",
}
_FIRM = {
    "zh": (
        "{tasks}项任务中{dated}项有时限。用了硬措辞（“{words}”）的有{firm}项，"
        "其中{first}项最先出现的就是硬措辞；{firm}项中有时限的是{firm_dated}项。"
    ),
    "en": (
        "Of {tasks} tasks {dated} are dated. A firm word ({words}) stands in {firm}, in {first} of "
        "them as the first grading word; {firm_dated} of the {firm} are dated."
    ),
}
_ALIKE = {
    "all": {
        "zh": "{places}的{n}项任务不论措辞都有时限，看不出差别。",
        "en": "Whatever their wording, all {n} tasks of {places} are dated.",
    },
    "none": {
        "zh": "{places}的{n}项任务不论措辞都没有时限，看不出差别。",
        "en": "Whatever their wording, none of the {n} tasks of {places} is dated.",
    },
}
_MIXED = {
    "zh": (
        "在部分任务有时限的清单里，有时限的任务，硬措辞的{firm}，其余的{rest}；"
        "即使时限与措辞无关，也有{p}的机会出现这样大的差别。"
    ),
    "en": (
        "In the lists that date a part of their tasks, {firm} firmly worded tasks are dated and "
        "{rest} others; were dates blind to wording, a difference as great would come up by "
        "chance in {p} of cases."
    ),
}
