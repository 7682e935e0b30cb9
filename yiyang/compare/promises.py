"""Promises: the wording of tasks, their dates and figures; figures promised and reached.

Whether wording and dates go together is asked in `wording.py`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from yiyang.compare import coverage
from yiyang.core.corpus import Corpus
from yiyang.core.messages import COMMA, Lang, names, places_in_text
from yiyang.grammar import obligations
from yiyang.reading import indicators

DATED = ("dated", "recurring")
"""The states of `coverage` in which a task has a time by which something is due."""


def wording(corpus: Corpus) -> pd.DataFrame:
    """One row is a task: `task_id, jurisdiction, opening, firmest, softest, is_dated,
    has_target` (a figure is promised in it)."""
    tasks = corpus.tasks
    graded = obligations.of_tasks(tasks, corpus.obligations)
    state = coverage.states(tasks, corpus.deadlines)
    out = graded.merge(state[["task_id", "jurisdiction", "state"]], on="task_id")
    out["is_dated"] = out.pop("state").isin(DATED)
    out["has_target"] = out["task_id"].isin(corpus.targets["task_id"])
    return out


def strengths(wording: pd.DataFrame) -> pd.DataFrame:
    """One row is a jurisdiction and an opening strength: `jurisdiction, strength, tasks, of,
    share, dated, with_target`. Tasks without a grading word are left out of all counts."""
    graded = wording[wording["opening"].notna()]
    by = graded.groupby(["jurisdiction", "opening"], observed=False, sort=False)
    out = by.agg(
        tasks=("task_id", "size"), dated=("is_dated", "sum"), with_target=("has_target", "sum")
    )
    out = out.reset_index().rename(columns={"opening": "strength"})
    out["of"] = out.groupby("jurisdiction", sort=False)["tasks"].transform("sum")
    out["share"] = out["tasks"] / out["of"]
    columns = ["jurisdiction", "strength", "tasks", "of", "share", "dated", "with_target"]
    return out[columns]


def promised_and_reached(corpus: Corpus) -> pd.DataFrame:
    """One row is a linked figure (`indicators.figures`) with its `jurisdiction`."""
    figures = indicators.figures(corpus.indicator_links, corpus.targets, corpus.outcomes)
    return figures.merge(corpus.documents[["document_id", "jurisdiction"]], on="document_id")


def by_strength(wording: pd.DataFrame) -> pd.DataFrame:
    """One row is an opening strength, the firmest first: `strength, tasks, dated, with_target`."""
    table = strengths(wording).groupby("strength", observed=False)[
        ["tasks", "dated", "with_target"]
    ]
    return table.sum().iloc[::-1].reset_index()


def linked(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """One row is a linked figure for a reader: indicator, place, promised or reported, figure as
    printed, year, caveat."""
    rows = promised_and_reached(corpus)
    order = {key: i for i, key in enumerate(corpus.indicators["indicator_id"])}
    rows = rows.sort_values(
        ["indicator_id", "source"],
        key=lambda c: c.map(order) if c.name == "indicator_id" else c.eq("outcome"),
        kind="stable",
    )
    year = rows["day"].dt.year.astype("Int64").astype("string")
    return pd.DataFrame(
        {
            "indicator": rows["indicator_id"].map(names(corpus.indicators, lang)),
            "jurisdiction": rows["jurisdiction"].map(names(corpus.jurisdictions, lang)),
            "source": rows["source"],
            "figure": rows["printed"],
            "year": year,
            "caveat": rows[f"caveat_{lang}"],
        }
    )


def finding_promises(corpus: Corpus, lang: Lang) -> str:
    """How many figures are promised and dated, and what can be compared with a result."""
    targets, figures = corpus.targets, promised_and_reached(corpus)
    sides = figures.groupby("indicator_id")["source"].nunique()
    own = figures.groupby(["indicator_id", "jurisdiction"])["source"].nunique()
    both = pairs(figures)
    n: dict[str, Any] = {
        "targets": len(targets),
        "tasks": targets["task_id"].nunique(),
        "percent": int((targets["unit"] == "%").sum()),
        "dated": int(targets["due"].notna().sum()),
        "outcomes": len(corpus.outcomes),
        "links": int((sides == 2).sum()),
        "own": int((own == 2).sum()),
        "pairs": len(both),
        "above": int((both["value"] >= both["value_promised"]).sum()),
        "elsewhere": int((both["jurisdiction"] != both["jurisdiction_promised"]).sum()),
    }
    parts = (
        [_PROMISES[lang]]
        + [_REACHED[lang]] * bool(n["outcomes"])
        + [_PAIRS[lang]] * bool(n["pairs"])
    )
    return {"zh": "", "en": " "}[lang].join(parts).format(**n)


def pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Reported percentages, each beside every promise of the same measure (`…_promised`)."""
    share = figures[(figures["unit"] == "%") & figures["is_same"]]
    return share[share["source"] == "outcome"].merge(
        share[share["source"] == "target"], on="indicator_id", suffixes=("", "_promised")
    )


def finding_sources(corpus: Corpus, lang: Lang) -> str:
    """Which places report the percentages of the chart and which promise them, for which years."""
    figures = promised_and_reached(corpus)
    share = figures[figures["unit"] == "%"]
    sides = {source: share[share["source"] == source] for source in ("target", "outcome")}
    if not all(map(len, sides.values())):
        return {
            "zh": "没有既承诺又报告的百分比。",
            "en": "No percentage is both promised and reported.",
        }[lang]
    place = places_in_text(corpus.jurisdictions, lang)
    n = {}
    for source, rows in sides.items():
        n[source] = {"zh": "、", "en": "; "}[lang].join(
            place[j] for j in rows["jurisdiction"].unique()
        )
        years = sorted(rows["day"].dropna().dt.year.unique())
        n[f"{source}_years"] = COMMA[lang].join(map(str, years)) or "-"
    return _SOURCES[lang].format(**n)


_SOURCES = {
    "zh": "报告百分比的是{outcome}（{outcome_years}年），承诺的是{target}（{target_years}年）。",
    "en": (
        "The percentages are reported by {outcome} ({outcome_years}) and promised by {target} "
        "({target_years})."
    ),
}


def finding_own(corpus: Corpus, lang: Lang) -> str:
    """Which places both promise and report a figure, and where the two are the same measure."""
    figures = promised_and_reached(corpus)
    by = figures.groupby(["jurisdiction", "indicator_id"], sort=False)
    both = by.agg(sides=("source", "nunique"), is_same=("is_same", "all")).reset_index()
    both = both[both["sides"] == 2]
    if both.empty:
        return _NO_OWN[lang]
    place, title = places_in_text(corpus.jurisdictions, lang), names(corpus.indicators, lang)
    stop = {"zh": "、", "en": "; "}[lang]
    parts = []
    for key, rows in both.groupby("jurisdiction", sort=False):
        same = stop.join(title[i] for i in rows.loc[rows["is_same"], "indicator_id"])
        parts.append(
            _OWN[lang].format(
                place=place[key],
                n=len(rows),
                titles=stop.join(title[i] for i in rows["indicator_id"]),
                same=(_SAME[lang].format(titles=same) if same else _NOT_SAME[lang]),
            )
        )
    return {"zh": "", "en": " "}[lang].join(parts)


_NO_OWN = {
    "zh": "没有一个地区对同一指标既承诺又报告。",
    "en": "No place both promises and reports a figure for one indicator.",
}
_OWN = {
    "zh": "**{place}自己既承诺又报告的指标有{n}个**：{titles}。{same}",
    "en": "**Both promised and reported by {place}: {n}** ({titles}). {same}",
}
_SAME = {"zh": "其中口径一致的是：{titles}。", "en": "Of these the same measure: {titles}."}
_NOT_SAME = {"zh": "其中没有口径一致的。", "en": "None of these is the same measure."}

_PROMISES = {
    "zh": "**{tasks}项任务承诺了{targets}个数字，其中{percent}个是百分比，{dated}个有时限**。",
    "en": (
        "**{targets} figures are promised, in {tasks} tasks; {percent} are percentages and {dated} "
        "are dated.**"
    ),
}
_REACHED = {
    "zh": (
        "案例材料报告了{outcomes}个数字；既有承诺又有结果的指标有{links}个，"
        "其中同一地区自己承诺、自己报告的有{own}个。"
    ),
    "en": (
        "The case study reports {outcomes} figures; {links} indicators have both a promise and a "
        "result, {own} of them from one and the same jurisdiction."
    ),
}
_PAIRS = {
    "zh": (
        "口径相近、可以并列的百分比有{pairs}对，其中报告值不低于承诺值的{above}对；"
        "但报告与承诺不是同一地区的有{elsewhere}对，不能说明目标已经完成。"
    ),
    "en": (
        "Pairs of comparable percentages: {pairs}; the reported one is no lower than the promised "
        "one in {above}. But in {elsewhere} the two are of different places, which shows no target "
        "to be met."
    ),
}
