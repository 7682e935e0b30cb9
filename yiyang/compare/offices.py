"""What offices are called, and which of them a single list names."""

from __future__ import annotations

import pandas as pd

from yiyang.agencies import resolve
from yiyang.compare import workloads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import COMMA, Lang, names
from yiyang.safety.errors import refusal


def office_names(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is an agency whose office goes by more than one name, the most varied first.

    A column for each jurisdiction holds its names (prefixes restored), the commonest first,
    separated by 、; missing where it does not name the agency. `names` counts the different ones
    without the level or place before them: 区民政局 and 市民政局 are one name.
    """
    named = assignments.dropna(subset=["agency_id"]).merge(tasks[["task_id", "jurisdiction"]])
    cells = named.groupby(["agency_id", "jurisdiction"], sort=False)["agency_name"].agg(
        lambda found: "、".join(found.value_counts(sort=True).index)
    )
    wide = cells.unstack().reindex(columns=list(dict.fromkeys(tasks["jurisdiction"])))
    bare = named["agency_name"].map(lambda name: resolve(name).known)
    wide.insert(0, "names", bare.groupby(named["agency_id"]).nunique())
    wide = wide[wide["names"] > 1].rename_axis(columns=None).reset_index()
    return wide.sort_values(["names", "agency_id"], ascending=[False, True], ignore_index=True)


def only_here(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `workloads.by_agency` whose agency one jurisdiction alone names, without the
    collective units; of a single list it cannot be told (`InputError`)."""
    if table["jurisdiction"].nunique() < 2:
        raise refusal("compare.one_list", "compare.offices")
    own = table[~table["is_collective"]]
    return own[~own["agency_id"].duplicated(keep=False)].reset_index(drop=True)


def finding(corpus: Corpus, lang: Lang) -> str:
    """How many offices go by several names, and how many one list alone names, in sentences."""
    different = office_names(corpus.assignments, corpus.tasks)
    table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    single = table.loc[~table["is_collective"], "agency_id"].nunique()
    named = names(corpus.agencies, lang)
    most = different.head(3).itertuples()
    is_alone = table["jurisdiction"].nunique() < 2
    several = _SEVERAL[lang] if len(different) else _ONE_NAME[lang]
    return (several + ("" if is_alone else _ONLY[lang])).format(
        offices=len(different),
        all=table["agency_id"].nunique(),
        most=COMMA[lang].join(f"{named[r.agency_id]} {r.names}" for r in most),
        only=0 if is_alone else len(only_here(table)),
        single=single,
    )


_SEVERAL = {
    "zh": "**{all}个部门中{offices}个有不止一种名称**，不计前面的地名和级别（最多的：{most}）。",
    "en": "**{offices} of {all} offices go by more than one name**, level and place before it not "
    "counted (the most: {most}).",
}
_ONE_NAME = {
    "zh": "**{all}个部门各只有一种名称**，不计前面的地名和级别。",
    "en": "**Each of the {all} offices goes by one name**, level and place before it not counted.",
}
_ONLY = {
    "zh": "{single}个单列部门中，{only}个只出现在一份清单里。",
    "en": " Of the {single} single agencies, {only} appear in one list only.",
}
