"""Tell what a task has beside its theme: its agencies, its year, its family of counterparts."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, names

MOST_COLUMNS = 15
"""Agencies beside the groups; the others share a column."""


class Attributes:
    """Each is a table of `task_id` and its `value` as a reader sees it, worked out when first
    asked for; what a document does not state is said and never left out."""

    def __init__(self, corpus: Corpus, lang: Lang) -> None:
        self.corpus, self.lang = corpus, lang

    @cached_property
    def jurisdiction(self) -> pd.DataFrame:
        """The one place of a task."""
        tasks = self.corpus.tasks
        called = names(self.corpus.jurisdictions, self.lang)
        return _table(tasks["task_id"], tasks["jurisdiction"].map(called))

    @cached_property
    def agency(self) -> pd.DataFrame:
        """The agencies that lead or answer for a task: several, one, units that are no known
        agency, or none at all."""
        units = self.corpus.assignments
        units = units[units["is_primary"]]
        called = names(self.corpus.agencies, self.lang)
        unknown = label("explorer.agency.unknown", self.lang)
        table = _table(units["task_id"], units["agency_id"].map(called).fillna(unknown))
        ids = self.corpus.tasks["task_id"]
        without = ids[~ids.isin(table["task_id"])]
        none = _table(without, label("explorer.agency.none", self.lang))
        return pd.concat([table, none], ignore_index=True).drop_duplicates(ignore_index=True)

    @cached_property
    def year(self) -> pd.DataFrame:
        """The year in which the document of a task was issued, where it states one."""
        issued = self.corpus.documents.set_index("document_id")["date_issued"]
        years = pd.to_datetime(issued, errors="coerce").dt.year.astype("Int64").astype("string")
        found = self.corpus.tasks["document_id"].map(years).astype(object)
        unstated = label("explorer.year.none", self.lang)
        return _table(self.corpus.tasks["task_id"], found.where(found.notna(), unstated))

    @cached_property
    def family(self) -> pd.DataFrame:
        """The families of counterparts that a task is in (table `measures`); most are in none."""
        measures = self.corpus.table("measures")
        of = measures.set_index("measure_id")["task_ids"].str.split(";").explode()
        table = _table(of, pd.Series(of.index, of.index).map(names(measures, self.lang)))
        ids = self.corpus.tasks["task_id"]
        without = ids[~ids.isin(table["task_id"])]
        none = _table(without, label("explorer.family.none", self.lang))
        both = pd.concat([table, none], ignore_index=True)
        return both[both["task_id"].isin(ids)].reset_index(drop=True)

    def columns(self, across: str, ids: pd.Series) -> pd.DataFrame:
        """Return the values of an axis for some tasks, in the order of its columns: places as in
        the corpus, years as they follow, agencies by their tasks, the rarer ones together."""
        table: pd.DataFrame = getattr(self, across)
        table = table[table["task_id"].isin(ids)]
        if across == "year":
            return table.sort_values("value", kind="stable", ignore_index=True)
        if across == "agency":
            rest, *nones = (
                label(f"explorer.{key}", self.lang)
                for key in ("rest.agencies", "agency.unknown", "agency.none")
            )
            size = table.loc[~table["value"].isin(nones), "value"].value_counts(sort=False)
            ranked = sorted(size.index, key=lambda name: (-size[name], name))
            kept = ranked[:MOST_COLUMNS] if len(ranked) > MOST_COLUMNS + 1 else ranked
            value = table["value"].where(table["value"].isin([*kept, *nones]), rest)
            order = [*kept, rest, *nones]  # what is not known has a column of its own, at the end
            table = table.assign(value=pd.Categorical(value, order, ordered=True))
            table = table.drop_duplicates().sort_values("value", kind="stable")
            table["value"] = table["value"].astype(object)
        return table.reset_index(drop=True)


def _table(ids: pd.Series, values: pd.Series | str) -> pd.DataFrame:
    """As plain strings: those of Arrow are made anew each time that they are compared."""
    found = pd.Series(ids.to_numpy(object), dtype=object)
    of = values if isinstance(values, str) else values.to_numpy(object)
    return pd.DataFrame({"task_id": found, "value": pd.Series(of, found.index, dtype=object)})
