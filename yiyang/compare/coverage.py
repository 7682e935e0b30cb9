"""Deadline coverage: how much of each list carries a time, when it falls due, how long it leaves.

Every task counts once. No deadline stated is a state of its own and never a zero or a gap.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, names, places_in_text

STATES = ("dated", "recurring", "ongoing", "undated", "procedural", "none")
"""What the times of a task come to, the firmest first: `dated` has a day by which it is due;
`recurring` returns (every year from 2020 to 2022); `ongoing` goes on without an end; `undated`
names a time that gives no day; `procedural` has a limit inside a procedure only (within 10
working days), which is no deadline of the task; `none` states none."""


def states(tasks: pd.DataFrame, deadlines: pd.DataFrame) -> pd.DataFrame:
    """One row is a task, in the order of `tasks`: `task_id, jurisdiction, state`, `first_due`,
    `last_due` (missing where no day is named) and `is_ongoing`."""
    own = deadlines.assign(state=_state_of_times(deadlines), rank=lambda d: d["state"].cat.codes)
    by = own.groupby("task_id", sort=False)
    made = pd.DataFrame(
        {
            "state": by["rank"].min().map(dict(enumerate(STATES))),
            "first_due": by["due"].min(),
            "last_due": by["due"].max(),
            "is_ongoing": by["is_ongoing"].any(),
        }
    )
    out = tasks[["task_id", "jurisdiction"]].merge(made, on="task_id", how="left")
    kinds = pd.CategoricalDtype(STATES, ordered=True)
    out["state"] = out["state"].fillna("none").astype(kinds)
    out["is_ongoing"] = out["is_ongoing"].fillna(False).astype(bool)
    return out


def _state_of_times(deadlines: pd.DataFrame) -> pd.Series:
    kind, due = deadlines["kind"].astype("str"), deadlines["due"].notna()
    out = pd.Series("undated", index=deadlines.index)
    for name in ("recurring", "ongoing", "procedural"):
        out[kind == name] = name
    out[kind.isin(["by_date", "period"]) & due] = "dated"
    return out.astype(pd.CategoricalDtype(STATES, ordered=True))


def shares(states: pd.DataFrame, groups: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row is a group and a state: `by, state, tasks, of, share`.

    `groups` has the columns `task_id` and `by` (a jurisdiction, a theme, an agency); a task that
    stands in several groups counts once in each. `of` counts the tasks of the group. Groups are
    in the order of the data. The lists are read whole, so a share has no sampling error; one of
    a small group turns on single tasks, and `of` says so.
    """
    pairs = groups[["task_id", by]].dropna().drop_duplicates()
    both = pairs.merge(states[["task_id", "state"]], on="task_id")
    counts = pd.crosstab(both[by], both["state"]).reindex(
        index=list(dict.fromkeys(both[by])), columns=list(STATES), fill_value=0
    )
    return of_counts(counts.rename_axis(index=by))


def of_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """The table of `shares` from the number of tasks by group (the index, which bears the name of
    the groups) and state (the columns)."""
    by = str(counts.index.name)
    long = counts.rename_axis(columns="state").stack().rename("tasks").reset_index()
    long["of"] = long.groupby(by, sort=False)["tasks"].transform("sum")
    return long.assign(share=long["tasks"] / long["of"])


def ranked(shares: pd.DataFrame, least: int = 1) -> list[str]:
    """The groups of at least `least` tasks, the one with the largest share of dated tasks first."""
    dated = shares[(shares["state"] == "dated") & (shares["of"] >= least)]
    return dated.sort_values(["share", "of"], ascending=False, kind="stable").iloc[:, 0].tolist()


def carriers(assignments: pd.DataFrame) -> pd.DataFrame:
    """One row is a task and an agency that carries it (牵头, 负责, 责任单位): `task_id, agency_id`.

    Not every list names a lead, so that every role but 配合 counts as carrying.
    """
    own = assignments[assignments["is_primary"] & assignments["agency_id"].notna()]
    return own[["task_id", "agency_id"]].drop_duplicates().reset_index(drop=True)


def calendar(states: pd.DataFrame) -> pd.DataFrame:
    """One row is a month in which tasks of a jurisdiction fall due: `jurisdiction`, `month` (its
    last day), `tasks`. A task counts once, on its last day; tasks without a day are left out."""
    dated = states[states["state"] == "dated"]
    month = dated["last_due"] + pd.offsets.MonthEnd(0)
    counted = dated.assign(month=month).groupby(["jurisdiction", "month"], sort=True).size()
    return counted.rename("tasks").reset_index()


def lead_times(states: pd.DataFrame, tasks: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row is a dated task: `task_id, jurisdiction, days` from the issue of its document to
    its last day. `days` is missing where the document states no date of issue."""
    dated = states[states["state"] == "dated"].merge(
        tasks[["task_id", "document_id"]], on="task_id"
    )
    dated = dated.merge(documents[["document_id", "date_issued"]], on="document_id")
    days = (dated["last_due"] - dated["date_issued"]).dt.days.astype("Int64")
    return dated[["task_id", "jurisdiction"]].assign(days=days)


def standing(states: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row is a jurisdiction with dated tasks: how many `were_due` on the day `as_of` or
    before, `of` how many dated ones. A document never says what was done: due is not overdue."""
    dated = states[states["state"] == "dated"]
    passed = dated["last_due"] <= pd.Timestamp(as_of)
    by = passed.groupby(dated["jurisdiction"], sort=False)
    return by.agg(were_due="sum", of="size").reset_index()


def phrases(deadlines: pd.DataFrame) -> pd.DataFrame:
    """One row is a printed phrase with what was read from it, and the number of its tasks.

    A phrase without a kind was not understood. Phrases are in the order of their days.
    """
    columns = ["source", "printed", "kind", "start", "due", "precision", "is_ongoing"]
    counted = deadlines.groupby(columns, dropna=False, observed=True, sort=False)["task_id"]
    out = counted.nunique().rename("tasks").reset_index()
    return out.sort_values(["source", "due"], kind="stable", ignore_index=True)


def finding(corpus: Corpus, lang: Lang) -> str:
    """How much of each list carries a time, in a few sentences with their numbers."""
    of_tasks = states(corpus.tasks, corpus.deadlines)
    table = shares(of_tasks, corpus.tasks, "jurisdiction").set_index(["jurisdiction", "state"])
    place, stop = places_in_text(corpus.jurisdictions, lang), {"zh": "；", "en": "; "}[lang]
    timed = of_tasks["state"].isin(["dated", "recurring"])
    parts = []
    for key, count in timed.groupby(of_tasks["jurisdiction"], sort=False).sum().items():
        limits = int(table.loc[(key, "procedural"), "tasks"])
        part = _PART[lang].format(place=place[key], n=count, of=table.loc[(key, "none"), "of"])
        parts.append(part + (_LIMITS[lang].format(n=limits) if limits else ""))
    n = {"timed": int(timed.sum()), "tasks": len(of_tasks), "parts": stop.join(parts)}
    return _FINDING[lang].format(**n)


_PART = {"zh": "{place}{of}项中{n}项", "en": "{place} {n} of {of}"}
_LIMITS = {
    "zh": "（另有{n}项只规定办事程序的期限）",
    "en": " (and {n} with a limit inside a procedure only)",
}
_FINDING = {
    "zh": "**{tasks}项任务中，{timed}项写明了时限**。{parts}。没有写明时限，不等于没有时限要求。",
    "en": (
        "**{timed} of the {tasks} tasks state when they are due.** {parts}. A list that states no "
        "date may still have one elsewhere."
    ),
}


def finding_lists(corpus: Corpus, lang: Lang) -> str:
    """From which list most dated tasks come, and so what the share of a theme tells."""
    dated = _dated_tasks(corpus)
    if dated.empty:
        return _NO_DATE[lang]
    count = dated["jurisdiction"].value_counts()
    n = {
        "place": places_in_text(corpus.jurisdictions, lang)[count.index[0]],
        "n": count.iloc[0],
        "dated": len(dated),
        "tasks": len(corpus.tasks),
        "own": (corpus.tasks["jurisdiction"] == count.index[0]).sum(),
    }
    if corpus.tasks["jurisdiction"].nunique() == 1:
        return _ONE_LIST[lang].format(**n)
    is_most = n["n"] >= MOST * n["dated"]
    return _LISTS[lang].format(**n) + (_SO[lang] if is_most else _SO_MIXED[lang])


def _dated_tasks(corpus: Corpus) -> pd.DataFrame:
    of_tasks = states(corpus.tasks, corpus.deadlines)
    return of_tasks[of_tasks["state"].isin(["dated", "recurring"])]


MOST = 0.9
"""From this share on, the dated tasks are said to be those of one list."""

_NO_DATE = {"zh": "没有一项任务写明时限。", "en": "No task states when it is due."}
_ONE_LIST = {
    "zh": "{tasks}项任务中{dated}项有时限；清单只有{place}的一份。",
    "en": "Of {tasks} tasks {dated} state when they are due; there is one list only, {place}.",
}
_LISTS = {
    "zh": "有时限的{dated}项任务中，{n}项来自{place}，而那里的任务是{tasks}项中的{own}项。",
    "en": "Of {dated} dated tasks {n} are from {place}, which has {own} of all {tasks} tasks. ",
}
_SO = {
    "zh": "因此一组任务的占比主要说明其中有多少来自那份清单，而不是抓得紧不紧。",
    "en": (
        "The share of a group of tasks therefore says above all how many of them are from that "
        "list, and not how tightly they are run."
    ),
}
_SO_MIXED = {
    "zh": "一组任务的占比也取决于其中各份清单各有多少。",
    "en": "The share of a group of tasks also depends on the lists from which they come.",
}


def finding_carriers(corpus: Corpus, lang: Lang) -> str:
    """Which agency carries most of the dated tasks of the list that has most of them."""
    dated = _dated_tasks(corpus)
    if dated.empty:
        return _NO_DATE[lang]
    top = dated["jurisdiction"].value_counts().index[0]
    own = dated[dated["jurisdiction"] == top]
    carried = carriers(corpus.assignments).merge(own, on="task_id")["agency_id"].value_counts()
    if carried.empty:
        return {"zh": "这些任务没有写明承担部门。", "en": "These tasks name no agency."}[lang]
    words = _CARRIED if corpus.tasks["jurisdiction"].nunique() > 1 else _CARRIED_ALONE
    return words[lang].format(
        place=places_in_text(corpus.jurisdictions, lang)[top],
        of=len(own),
        agency=names(corpus.agencies, lang)[carried.index[0]],
        n=carried.iloc[0],
    )


_CARRIED = {
    "zh": "有时限的任务以{place}最多，共{of}项，承担其中最多的是{agency}，{n}项。",
    "en": (
        "Most dated tasks are from {place}, {of}; the agency that carries most of these is "
        "{agency}, with {n}."
    ),
}

_CARRIED_ALONE = {
    "zh": "有时限的{of}项任务，承担最多的是{agency}，{n}项。",
    "en": "Of {of} dated tasks the agency that carries most is {agency}, with {n}.",
}


def finding_calendar(corpus: Corpus, as_of: date, lang: Lang) -> str:
    """When the dated tasks fall due, how they bunch, and how many were due by `as_of`."""
    of_tasks = states(corpus.tasks, corpus.deadlines)
    months = calendar(of_tasks)
    if months.empty:
        return {"zh": "没有一项任务有日期。", "en": "No task has a date."}[lang]
    top = months.loc[months["tasks"].idxmax()]
    own = months.loc[months["jurisdiction"] == top["jurisdiction"], "tasks"]
    ends = months.loc[months["month"].dt.month == 12, "tasks"].sum()
    waits = lead_times(of_tasks, corpus.tasks, corpus.documents)
    days = waits.loc[waits["jurisdiction"] == top["jurisdiction"], "days"].dropna()
    due = standing(of_tasks, as_of)
    n = {
        "place": places_in_text(corpus.jurisdictions, lang)[top["jurisdiction"]],
        "month": {
            "zh": f"{top['month'].year}年{top['month'].month}月",
            "en": f"{top['month']:%B %Y}",
        }[lang],
        "n": top["tasks"],
        "of": own.sum(),
        "share": f"{top['tasks'] / own.sum():.0%}",
        "months": len(own),
        "december": int(ends),
        "dated": int(months["tasks"].sum()),
        "wait": _WAIT[lang].format(median=days.median(), least=days.min()) if len(days) else "",
        "as_of": as_of.isoformat(),
        "were_due": int(due["were_due"].sum()),
    }
    return _CALENDAR[lang].format(**n)


_WAIT = {
    "zh": "从印发到期限，中位数为{median:.0f}天，最短{least}天。",
    "en": "From issue to due date the median is {median:.0f} days and the least {least}. ",
}
_CALENDAR = {
    "zh": (
        "**{place}有日期的{of}项任务集中在{months}个月份，{n}项（{share}）在{month}到期**。"
        "全部{dated}项有日期的任务中（定期重复的不计），{december}项的期限在某年12月。{wait}"
        "以{as_of}为准，{were_due}项已经到期；是否完成，清单没有说。"
    ),
    "en": (
        "**The {of} dated tasks of {place} fall due in {months} months, {n} of them ({share}) in "
        "{month}.** Of all {dated} tasks with a date (recurring ones apart) {december} are due in "
        "a December. {wait}Read as of {as_of}, {were_due} were due; the lists do not say whether "
        "they were done."
    ),
}
