"""Compare what offices are called, and find those that a single list names."""

from __future__ import annotations

import re

import pandas as pd

from yiyang.agencies import resolve
from yiyang.compare import chance
from yiyang.compare.workloads import COLLECTIVE_KINDS, duties
from yiyang.core import curated_csv, schema
from yiyang.safety.errors import refusal


def office_names(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """List the names of each office. One row is an agency whose office goes by more than one name,
    the most varied first.

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
    """Select the rows of `workloads.by_agency` whose agency one jurisdiction alone names, without
    the collective units; of a single list it cannot be told (`InputError`)."""
    if table["jurisdiction"].nunique() < 2:
        raise refusal("compare.one_list", "compare.offices")
    own = table[~table["is_collective"]]
    return own[~own["agency_id"].duplicated(keep=False)].reset_index(drop=True)


def alone_by_chance(
    assignments: pd.DataFrame, tasks: pd.DataFrame, agencies: pd.DataFrame
) -> chance.Spread:
    """Compare how many single agencies one list alone names with dealing the tasks to the lists at
    random."""
    held = duties(assignments, tasks)
    kinds = held["agency_id"].map(agencies.set_index("agency_id")["kind"].astype(str))
    single = held[~kinds.isin(COLLECTIVE_KINDS)]
    return chance.spread_of_lists(single.rename(columns={"agency_id": "item"}), tasks)


REFORM = schema.CURATION / "reform_2018.csv"
REFORMED = pd.Timestamp("2019-03-31")
"""By this day the counties had carried the reform of March 2018 out."""


def before_reform(
    assignments: pd.DataFrame, tasks: pd.DataFrame, agency_names: pd.DataFrame
) -> set[str]:
    """Find the jurisdictions whose lists name an office as none was called after the reform of
    2018 (卫生计生委): what they were issued before, where they bear no date."""
    last = pd.to_datetime(agency_names["valid_to"], errors="coerce")
    old = set(agency_names.loc[last <= REFORMED, "name"])
    named = assignments.dropna(subset=["agency_name"]).merge(tasks[["task_id", "jurisdiction"]])
    return set(
        named.loc[named["agency_name"].map(lambda n: resolve(n).known).isin(old), "jurisdiction"]
    )


COLUMNS = ["agency_id", "reform", "note_zh", "note_en", "terms", "reason"]


def _early(
    assignments: pd.DataFrame, tasks: pd.DataFrame, agency_names: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series]:
    """The known units with place and text of their tasks, and which are of lists from before."""
    old = before_reform(assignments, tasks, agency_names)
    known = assignments.dropna(subset=["agency_id"])
    named = known.merge(tasks[["task_id", "jurisdiction", "text"]], on="task_id")
    return named, named["jurisdiction"].isin(old)


def reform(
    assignments: pd.DataFrame, tasks: pd.DataFrame, agency_names: pd.DataFrame
) -> pd.DataFrame:
    """Tell what the reform of 2018 did to the offices of these lists. One row is an office that it
    changed: `agency_id, reform` (`renamed`, `merged` from several, `split`, `joined` to
    another, `new`), `note_zh, note_en`, `before`, `after` (the names printed in lists from before
    and after it)."""
    named, early = _early(assignments, tasks, agency_names)
    rows = []
    for row in curated_csv.frame(REFORM, COLUMNS).itertuples():
        own = named["agency_id"] == row.agency_id
        sides = (named.loc[own & side, "agency_name"] for side in (early, ~early))
        told = ["、".join(dict.fromkeys(side)) for side in sides]
        if own.any():
            rows.append((row.agency_id, row.reform, row.note_zh, row.note_en, *told))
    return pd.DataFrame(rows, columns=[*COLUMNS[:4], "before", "after"])


def moved(
    assignments: pd.DataFrame, tasks: pd.DataFrame, agency_names: pd.DataFrame
) -> pd.DataFrame:
    """Count the tasks of split offices by their function. One row is an office that lost duties, in
    a list from before the reform: `agency_id, jurisdiction, tasks` (that name it) and `moved`
    (those whose text is of the duties taken out, by the words of `curation/reform_2018.csv`)."""
    named, early = _early(assignments, tasks, agency_names)
    rows = []
    for row in curated_csv.frame(REFORM, COLUMNS).itertuples():
        if row.reform != "split":
            continue
        pattern = "|".join(map(re.escape, str(row.terms).split()))
        own = named[early & (named["agency_id"] == row.agency_id)].drop_duplicates("task_id")
        for place, of_list in own.groupby("jurisdiction", sort=False):
            hits = int(of_list["text"].str.contains(pattern).sum())
            rows.append((row.agency_id, place, len(of_list), hits))
    return pd.DataFrame(rows, columns=["agency_id", "jurisdiction", "tasks", "moved"])
