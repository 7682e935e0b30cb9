"""Who carries the work: tasks and load by agency and role, in each jurisdiction.

A task counts once for an agency, with the highest role it has in it, however many of its printed
units are the same agency. The load divides each task among the agencies that it names: a task
weighs 1 in all, and an agency that leads or answers for it takes twice the part of one that
supports it (`SUPPORTS`). The loads of a list add up to its tasks that name a unit.

Collective and territorial units (各相关委办局, 各街乡) are many bodies in one name: they take their
part of the load but stand apart (`is_collective`).

The lists are short. Shares come with the 95 % interval of a bootstrap over tasks: it tells how much
a share hangs on single tasks of the list, not how well the list stands for others.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, names, places_in_text
from yiyang.core.schema import ROLES

SUPPORTS = 0.5
"""The part of a supporting agency where one that leads or answers takes 1: a judgement. `steady`
says in which lists the first places stay the same with any other value."""

COLLECTIVE_KINDS = ("collective", "territorial")
RESAMPLES = 2000
SEED = 20210415


def duties(
    assignments: pd.DataFrame, tasks: pd.DataFrame, supports: float = SUPPORTS
) -> pd.DataFrame:
    """One row is an agency in a task: `task_id, jurisdiction, agency_id, role, weight`.

    `role` is the highest that the agency has there; the weights of a task add up to 1. Units
    whose name is not known have no agency and are left out.
    """
    known = assignments.dropna(subset=["agency_id"]).sort_values(["task_id", "role", "order"])
    once = known.drop_duplicates(["task_id", "agency_id"])[["task_id", "agency_id", "role"]]
    out = tasks[["task_id", "jurisdiction"]].merge(once, on="task_id", sort=False)
    part = np.where(out["role"] == "supporting", supports, 1.0)
    whole = pd.Series(part).groupby(out["task_id"].to_numpy()).transform("sum").to_numpy()
    # Without weight for support, a task that names supporting agencies only is nobody's load.
    out["weight"] = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return out


def by_agency(
    assignments: pd.DataFrame,
    tasks: pd.DataFrame,
    agencies: pd.DataFrame,
    task_themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row is an agency in a jurisdiction, the heaviest load of each jurisdiction first.

    Tasks by role (`lead ... supporting`), `tasks` in any role, `primary` in any but supporting;
    `share` of the list's tasks with its interval `low`, `high`; `load` (in tasks) and
    `load_share`; `themes`, the number of themes its tasks belong to (missing without
    `task_themes`); `kind` and `is_collective`.
    """
    held = duties(assignments, tasks)
    keys = ["jurisdiction", "agency_id"]
    counts = held.groupby([*keys, "role"], observed=False, sort=False).size().unstack(fill_value=0)
    out = counts.reindex(columns=list(ROLES), fill_value=0)
    out = out[out.sum(axis=1) > 0].rename_axis(columns=None).reset_index()
    out["tasks"] = out[list(ROLES)].sum(axis=1)
    out["primary"] = out["tasks"] - out["supporting"]
    out = out.merge(_shares(held, tasks), on=keys)
    out["load"] = out.merge(held.groupby(keys, as_index=False)["weight"].sum())["weight"]
    out["load_share"] = out["load"] / out.groupby("jurisdiction")["load"].transform("sum")
    out["themes"] = _breadth(held, task_themes, out)
    out["kind"] = out["agency_id"].map(agencies.set_index("agency_id")["kind"].astype(str))
    out["is_collective"] = out["kind"].isin(COLLECTIVE_KINDS)
    order = {j: i for i, j in enumerate(dict.fromkeys(tasks["jurisdiction"]))}
    out["_list"] = out["jurisdiction"].map(order)
    out = out.sort_values(["_list", "load", "agency_id"], ascending=[True, False, True])
    return out.drop(columns="_list").reset_index(drop=True)


def _breadth(held: pd.DataFrame, task_themes: pd.DataFrame | None, out: pd.DataFrame) -> pd.Series:
    if task_themes is None:
        return pd.Series(pd.NA, index=out.index, dtype="Int64")
    keys = ["jurisdiction", "agency_id"]
    themed = held.merge(task_themes[["task_id", "theme_id"]].dropna(), on="task_id")
    number = themed.groupby(keys, as_index=False)["theme_id"].nunique()
    return out[keys].merge(number, how="left")["theme_id"].fillna(0).astype("Int64")


def _shares(held: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    frames = []
    for jurisdiction, ids in tasks.groupby("jurisdiction", sort=False)["task_id"]:
        of_list = held[held["jurisdiction"] == jurisdiction]
        if of_list.empty:
            continue
        named = pd.crosstab(of_list["task_id"], of_list["agency_id"]).reindex(ids, fill_value=0)
        drawn = resample(len(ids)) @ named.to_numpy() / len(ids)
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        frames.append(
            pd.DataFrame(
                {
                    "jurisdiction": jurisdiction,
                    "agency_id": named.columns,
                    "share": named.mean().to_numpy(),
                    "low": low,
                    "high": high,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


@cache
def resample(n: int, times: int = RESAMPLES) -> np.ndarray:
    """`times` resamples of `n` tasks with replacement: how often each task is drawn
    (times x n, every row adds up to n); the same ones on every call."""
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=times)
    drawn.flags.writeable = False  # every caller has the same array
    return drawn


def by_theme(
    assignments: pd.DataFrame, tasks: pd.DataFrame, task_themes: pd.DataFrame
) -> pd.DataFrame:
    """One row is an agency and a theme: `tasks` of the theme that name it, in all lists, and their
    `share` of the theme's tasks. A task belongs to its first theme; those without one are left out.
    """
    themed = task_themes[["task_id", "theme_id"]].dropna()
    held = duties(assignments, tasks).merge(themed, on="task_id")
    out = held.groupby(["agency_id", "theme_id"], as_index=False).agg(tasks=("task_id", "size"))
    of_theme = themed["theme_id"].value_counts()
    out["share"] = out["tasks"] / out["theme_id"].map(of_theme).to_numpy()
    return out


def first_places(assignments: pd.DataFrame, tasks: pd.DataFrame, supports: float) -> pd.Series:
    """Jurisdiction -> the two agencies of the heaviest load, where support weighs `supports`."""
    load = (
        duties(assignments, tasks, supports)
        .groupby(["jurisdiction", "agency_id"], sort=False)["weight"]
        .sum()
        .reset_index()
        .sort_values(["weight", "agency_id"], ascending=[False, True])
    )
    return load.groupby("jurisdiction")["agency_id"].agg(lambda ids: tuple(ids.head(2)))


def steady(assignments: pd.DataFrame, tasks: pd.DataFrame) -> set[str]:
    """The jurisdictions whose two first places by load are the same, whatever support weighs
    between nothing and as much as an answer (0, 0.1 ... 1)."""
    tried = [first_places(assignments, tasks, weight / 10) for weight in range(11)]
    return {str(j) for j in tried[0].index if len({places[j] for places in tried}) == 1}


def two_heaviest(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is a jurisdiction: `agency_ids`, the two agencies of its heaviest load (a tuple in
    the order of their names), and their `share` of all its load with the interval `low`, `high`.

    The interval holds these two fast: in a resample others may come first.
    """
    first = first_places(assignments, tasks, SUPPORTS)
    rows = []
    for jurisdiction, of_list in duties(assignments, tasks).groupby("jurisdiction", sort=False):
        ids = sorted(first[jurisdiction])
        carried = of_list["weight"].where(of_list["agency_id"].isin(ids), 0)
        per_task = carried.groupby(of_list["task_id"]).sum().to_numpy()
        low, high = interval(per_task, np.ones(len(per_task)))
        rows.append((jurisdiction, tuple(ids), per_task.mean(), low, high))
    return pd.DataFrame(rows, columns=["jurisdiction", "agency_ids", "share", "low", "high"])


def interval(parts: np.ndarray, wholes: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of sum(parts) / sum(wholes), a value a task each, over resampled tasks;
    missing where no resample holds any of the whole."""
    drawn = resample(len(parts))
    part, whole = drawn @ parts, drawn @ wholes
    shares = part[whole > 0] / whole[whole > 0]
    if not len(shares):
        return float("nan"), float("nan")
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


def verdict(table: pd.DataFrame, lang: Lang) -> str:
    """Whether the intervals `low`, `high` of all rows have a value in common, in words."""
    return _VERDICT[lang][bool(table["low"].max() <= table["high"].min())]


def finding(corpus: Corpus, lang: Lang) -> str:
    """Who carries how much, in sentences with numbers and their intervals."""
    tasks, assignments = corpus.tasks, corpus.assignments
    table = by_agency(assignments, tasks, corpus.agencies)
    places, named = places_in_text(corpus.jurisdictions, lang), names(corpus.agencies, lang)
    two = two_heaviest(assignments, tasks).sort_values("share", kind="stable")
    comma, join = {"zh": ("、", "和"), "en": ("; ", " and ")}[lang]
    said = {ids: join.join(named[a] for a in ids) for ids in two["agency_ids"]}
    first = _SAME[lang].format(*said.values()) if len(said) == 1 else _DIFFERENT[lang]
    commonest = table.groupby("agency_id")["tasks"].sum().idxmax()
    of_commonest = table[table["agency_id"] == commonest]
    sizes = tasks["jurisdiction"].value_counts(sort=False)
    held_fast = steady(assignments, tasks)
    if len(sizes) == 1:
        own, row = of_commonest.iloc[0], two.iloc[0]
        return _ALONE[lang].format(
            pair=next(iter(said.values())),
            share=f"{row['share']:.0%} [{row['low']:.0%}–{row['high']:.0%}]",
            steady=_STEADY[lang][bool(held_fast)],
            agency=named[commonest],
            named=f"{own['share']:.0%} [{own['low']:.0%}–{own['high']:.0%}]",
            n=sizes.iloc[0],
        )
    return _FINDING[lang].format(
        first=first,
        low=two["share"].min(),
        high=two["share"].max(),
        each=comma.join(
            ("" if len(said) == 1 else f"{said[r.agency_ids]} ")
            + f"{places[r.jurisdiction]} {r.share:.0%} [{r.low:.0%}–{r.high:.0%}]"
            for r in two.itertuples()
        ),
        verdict=verdict(two, lang),
        steady=comma.join(places[j] for j in sizes.index if j in held_fast) or _NOWHERE[lang],
        agency=named[commonest],
        shares=comma.join(
            f"{places[r.jurisdiction]} {r.share:.0%} [{r.low:.0%}–{r.high:.0%}]"
            for r in of_commonest.itertuples()
        ),
        shortest=sizes.min(),
        longest=sizes.max(),
    )


_SAME = {
    "zh": "每份清单里工作量最重的两家都是{}",
    "en": "In every list the two agencies with the most work are {}",
}
_DIFFERENT = {
    "zh": "各清单工作量最重的两家不尽相同",
    "en": "The two agencies with the most work are not the same in every list",
}
_VERDICT = {
    "zh": {True: "区间彼此重叠，不能断定各地不同", False: "最低与最高的区间不重叠"},
    "en": {
        True: "the intervals overlap, so that the lists cannot be told apart by it",
        False: "the intervals of the lowest and the highest do not overlap",
    },
}
_STEADY = {
    "zh": {True: "前两家都不变", False: "前两家会变"},
    "en": {True: "stay the same", False: "do not stay the same"},
}
_ALONE = {
    "zh": (
        "**工作量最重的两家是{pair}，合计承担{share}的工作量**（方括号内为95%区间）。"
        "一项任务按1计，牵头或负责的部门各占一份，配合的占半份，这是本报告的约定；"
        "配合按不计到与负责同样多来算，{steady}。"
        "列入任务最多的部门是{agency}，{named}的任务提到它。"
        "清单只有{n}项任务，小的差别不说明什么。"
    ),
    "en": (
        "**The two agencies with the most work are {pair}; together they carry {share} of it** (in "
        "square brackets the 95% interval). A task weighs 1; whoever leads or answers takes one "
        "part of it, whoever supports half a part, which is a convention of this report. Whether "
        "support is counted as nothing or as much as an answer, the first two {steady}. The agency "
        "named in most tasks is {agency}, in {named} of them. The list has {n} tasks: small "
        "differences mean nothing."
    ),
}
_NOWHERE = {"zh": "（没有清单）", "en": "no list"}
_FINDING = {
    "zh": (
        "**{first}，合计承担{low:.0%}至{high:.0%}的工作量**。"
        "各清单：{each}；方括号内为95%区间，{verdict}。"
        "一项任务按1计，牵头或负责的部门各占一份，配合的占半份，这是本报告的约定；"
        "不论配合按不计到与负责同样多的哪种算法，前两家不变的清单：{steady}。"
        "列入任务最多的部门是{agency}，提到它的任务占：{shares}。"
        "清单只有{shortest}至{longest}项任务，小的差别不说明什么。"
    ),
    "en": (
        "**{first}; together they carry {low:.0%} to {high:.0%} of it.** By list: {each}; in "
        "square brackets 95% intervals, {verdict}. A task weighs 1; whoever leads or answers takes "
        "one part of it, whoever supports half a part, which is a convention of this report. "
        "Whether support is counted as nothing or as much as an answer, the first two stay the "
        "same in: {steady}. The agency named in most tasks is {agency}; the share of tasks that "
        "names it: {shares}. The lists have {shortest} to {longest} tasks: small differences mean "
        "nothing."
    ),
}
