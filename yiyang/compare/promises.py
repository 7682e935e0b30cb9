"""Promises: the wording of tasks, their dates and figures; figures promised and reached."""

from __future__ import annotations

from typing import Any

import pandas as pd

from yiyang import indicators, obligations
from yiyang.compare import coverage
from yiyang.labels import Lang, names

DATED = ("dated", "recurring")
"""The states of `coverage` in which a task has a time by which something is due."""


def wording(corpus: Any) -> pd.DataFrame:
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


def promised_and_reached(corpus: Any) -> pd.DataFrame:
    """One row is a linked figure (`indicators.figures`) with its `jurisdiction`."""
    figures = indicators.figures(corpus.indicator_links, corpus.targets, corpus.outcomes)
    return figures.merge(corpus.documents[["document_id", "jurisdiction"]], on="document_id")


def by_strength(wording: pd.DataFrame) -> pd.DataFrame:
    """One row is an opening strength, the firmest first: `strength, tasks, dated, with_target`."""
    table = strengths(wording).groupby("strength", observed=False)[
        ["tasks", "dated", "with_target"]
    ]
    return table.sum().iloc[::-1].reset_index()


def linked(corpus: Any, lang: Lang) -> pd.DataFrame:
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


def finding_strength(corpus: Any, lang: Lang) -> str:
    """Are firm words dated and soft words undated? In a few sentences with their numbers."""
    table = wording(corpus)
    firm = table["firmest"] == "mandate"
    by_list = table.groupby("jurisdiction")["is_dated"].transform("mean")
    whole, rest = table[by_list == 1], table[by_list < 1]
    place = names(corpus.jurisdictions, lang)
    n: dict[str, Any] = {
        "firm": int(firm.sum()),
        "firm_dated": int(table.loc[firm, "is_dated"].sum()),
        "firm_targets": int(table.loc[firm, "has_target"].sum()),
        "tasks": len(table),
        "dated": int(table["is_dated"].sum()),
        "targets": int(table["has_target"].sum()),
        "places": {"zh": "、", "en": ", "}[lang].join(
            place[j] for j in whole["jurisdiction"].unique()
        ),
        "whole": len(whole),
        "soft": int((whole["softest"] < "commit").sum()),
        "rest": len(rest),
        "rest_dated": int(rest["is_dated"].sum()),
        "rest_firm": int((firm & (by_list < 1)).sum()),
        "rest_firm_dated": int(rest.loc[firm & (by_list < 1), "is_dated"].sum()),
    }
    # Dates that a list gives to all its tasks or to hardly any are the list's and not the word's.
    is_by_list = len(whole) and n["rest_firm_dated"] * n["rest"] <= n["rest_dated"] * n["rest_firm"]
    parts = [_BY_LIST[lang]] * bool(is_by_list) + [_FIRM[lang]]
    return {"zh": "", "en": " "}[lang].join(parts).format(**n)


_BY_LIST = {
    "zh": (
        "**有没有时限取决于由谁来定，而不取决于措辞轻重**。{places}的{whole}项任务全部有时限，"
        "其中{soft}项含有“鼓励”“探索”“可”一类较软的措辞；其他清单的{rest}项任务中{rest_dated}项"
        "有时限，而其中{rest_firm}项硬措辞任务里有{rest_firm_dated}项。"
    ),
    "en": (
        "**Whether a task is dated depends on who wrote the list and not on how firmly it is "
        "worded.** All {whole} tasks of {places} are dated, the {soft} with soft words "
        "(鼓励, 探索, 可) among them; of the {rest} tasks of the other lists "
        "{rest_dated} are, and of the {rest_firm} firmly worded ones among these {rest_firm_dated}."
    ),
}
_FIRM = {
    "zh": (
        "全部{tasks}项任务中，{dated}项有时限，{targets}项带数字目标；"
        "用了“应当”“必须”“严禁”“要”等硬措辞的{firm}项中，分别是{firm_dated}项和{firm_targets}项。"
    ),
    "en": (
        "Of all {tasks} tasks {dated} are dated and {targets} hold a figure; of the {firm} with a "
        "firm word (应当, 必须, 严禁, 要) {firm_dated} and {firm_targets}."
    ),
}


def finding_promises(corpus: Any, lang: Lang) -> str:
    """How many figures are promised and dated, and what can be compared with a result."""
    targets, figures = corpus.targets, promised_and_reached(corpus)
    sides = figures.groupby("indicator_id")["source"].nunique()
    own = figures.groupby(["indicator_id", "jurisdiction"])["source"].nunique()
    pairs = _pairs(figures)
    n: dict[str, Any] = {
        "targets": len(targets),
        "tasks": targets["task_id"].nunique(),
        "percent": int((targets["unit"] == "%").sum()),
        "dated": int(targets["due"].notna().sum()),
        "outcomes": len(corpus.outcomes),
        "links": int((sides == 2).sum()),
        "own": int((own == 2).sum()),
        "pairs": len(pairs),
        "above": int((pairs["value"] >= pairs["value_promised"]).sum()),
        "elsewhere": int((pairs["jurisdiction"] != pairs["jurisdiction_promised"]).sum()),
    }
    parts = (
        [_PROMISES[lang]]
        + [_REACHED[lang]] * bool(n["outcomes"])
        + [_PAIRS[lang]] * bool(n["pairs"])
    )
    return {"zh": "", "en": " "}[lang].join(parts).format(**n)


def _pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Reported percentages, each beside every promise of the same measure (`…_promised`)."""
    share = figures[(figures["unit"] == "%") & figures["is_same"]]
    return share[share["source"] == "outcome"].merge(
        share[share["source"] == "target"], on="indicator_id", suffixes=("", "_promised")
    )


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
        "口径相同的百分比可以组成{pairs}对，报告值不低于承诺值的有{above}对；"
        "但{elsewhere}对的报告地区不是承诺地区，因此这不能说明目标已经完成。"
    ),
    "en": (
        "Percentages of the same measure make {pairs} pairs, and in {above} the reported value is "
        "no lower than the promised one; but in {elsewhere} another place reports than promised, "
        "so this shows no target to be met."
    ),
}
