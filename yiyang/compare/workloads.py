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

from typing import Any

import numpy as np
import pandas as pd

from yiyang.labels import Lang, names

ROLES = ("lead", "responsible", "severally_responsible", "supporting")
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


def resample(n: int, times: int = RESAMPLES) -> np.ndarray:
    """`times` resamples of `n` tasks with replacement: how often each task is drawn
    (times x n, every row adds up to n); the same ones on every call."""
    return np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=times)


def leads(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is a jurisdiction: how its tasks are led.

    `declares_leads` where the list uses 牵头 at all. Its `tasks` are `led`, or `joint` (several
    leads), or without lead: `one_answers`, `several_answer`, or `no_units` named.
    """
    primary = assignments[assignments["is_primary"]]
    n_lead = primary[primary["role"] == "lead"].groupby("task_id").size()
    n_any = primary.groupby("task_id").size()
    per = tasks[["task_id", "jurisdiction"]].copy()
    per["lead"] = per["task_id"].map(n_lead).fillna(0)
    per["any"] = per["task_id"].map(n_any).fillna(0)
    rows = []
    for jurisdiction, of_list in per.groupby("jurisdiction", sort=False):
        without = of_list[of_list["lead"] == 0]["any"]
        rows.append(
            {
                "jurisdiction": jurisdiction,
                "declares_leads": bool((of_list["lead"] > 0).any()),
                "tasks": len(of_list),
                "led": int((of_list["lead"] == 1).sum()),
                "joint": int((of_list["lead"] > 1).sum()),
                "one_answers": int((without == 1).sum()),
                "several_answer": int((without > 1).sum()),
                "no_units": int((without == 0).sum()),
            }
        )
    return pd.DataFrame(rows)


def only_here(workloads: pd.DataFrame) -> pd.DataFrame:
    """The rows of `by_agency` whose agency a single jurisdiction names; no collective units."""
    own = workloads[~workloads["is_collective"]]
    return own[~own["agency_id"].duplicated(keep=False)].reset_index(drop=True)


def office_names(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is an agency that bears more than one name, the most varied first.

    A column for each jurisdiction holds its names (prefixes restored), the commonest first,
    separated by 、; missing where it does not name the agency. `names` counts the different ones.
    """
    named = assignments.dropna(subset=["agency_id"]).merge(tasks[["task_id", "jurisdiction"]])
    cells = named.groupby(["agency_id", "jurisdiction"], sort=False)["agency_name"].agg(
        lambda found: "、".join(found.value_counts(sort=True).index)
    )
    wide = cells.unstack().reindex(columns=list(dict.fromkeys(tasks["jurisdiction"])))
    number = named.groupby("agency_id")["agency_name"].nunique()
    wide.insert(0, "names", number)
    wide = wide[wide["names"] > 1].rename_axis(columns=None).reset_index()
    return wide.sort_values(["names", "agency_id"], ascending=[False, True], ignore_index=True)


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


def finding(corpus: Any, lang: Lang) -> str:
    """Who carries how much, who leads and what offices are called, in sentences with numbers."""
    tasks, assignments = corpus.tasks, corpus.assignments
    table = by_agency(assignments, tasks, corpus.agencies)
    places, named = names(corpus.jurisdictions, lang), names(corpus.agencies, lang)
    two = table.groupby("jurisdiction", sort=False).head(2)
    of_two = two.groupby("jurisdiction")["load_share"].sum().sort_values()
    health = table[table["agency_id"] == "health"]
    led = leads(assignments, tasks)
    declared = led[led["declares_leads"]]
    sizes = tasks["jurisdiction"].value_counts()
    comma = {"zh": "、", "en": "; "}[lang]
    different = office_names(assignments, tasks).set_index("agency_id")["names"]
    return _FINDING[lang].format(
        two={"zh": "和", "en": " and "}[lang].join(named[a] for a in sorted(set(two["agency_id"]))),
        low=f"{places[of_two.index[0]]} {of_two.iloc[0]:.0%}",
        high=f"{places[of_two.index[-1]]} {of_two.iloc[-1]:.0%}",
        steady=comma.join(places[j] for j in sizes.index if j in steady(assignments, tasks)),
        shares=comma.join(
            f"{places[r.jurisdiction]} {r.share:.0%} [{r.low:.0%}–{r.high:.0%}]"
            for r in health.itertuples()
        ),
        leads=comma.join(
            f"{places[r.jurisdiction]} {r.tasks - r.led - r.joint}/{r.tasks}"
            for r in declared.itertuples()
        ),
        undeclared=comma.join(places[led.loc[~led["declares_leads"], "jurisdiction"]]),
        offices=len(different),
        health_names=different["health"],
        only=only_here(table)["agency_id"].nunique(),
        shortest=sizes.min(),
        longest=sizes.max(),
    )


_FINDING = {
    "zh": (
        "**各清单工作量最重的前两家是{two}**，前两家合计最低{low}，最高{high}（一项任务按1计，牵头或负责的部门"
        "各占一份，配合的占半份）。不论配合按0还是按1计，前两名在{steady}都不变。"
        "提到卫生健康部门的任务占：{shares}（方括号内为95%区间）。"
        "设牵头的清单里，没有牵头单位的任务：{leads}；{undeclared}的清单不设牵头。"
        "{offices}个部门有不止一种名称，卫生健康部门有{health_names}种；"
        "{only}个部门只出现在一份清单里。清单只有{shortest}至{longest}项任务，小的差别不说明什么。"
    ),
    "en": (
        "**The two heaviest loads of every list are those of {two}**, together from {low} to "
        "{high} of it all (a task weighs 1; whoever leads or answers takes one part of it, whoever "
        "supports half a part). "
        "Whether support weighs nothing or as much as an answer, the first two places stay the "
        "same in {steady}. Tasks that name the health office: {shares} (95% intervals). Tasks "
        "without a lead in the lists that declare leads: {leads}; none are declared in "
        "{undeclared}. {offices} "
        "offices bear more than one name, health {health_names}; {only} appear in one list "
        "only. The lists have {shortest} to {longest} tasks: small differences mean nothing."
    ),
}
