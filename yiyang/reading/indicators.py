"""Link targets and outcomes of different documents that speak of the same measure (indicators).

Which do, and in what they differ, is a reader's judgement: `curation/indicators.csv` and
`curation/indicator_links.csv`, each row with its reason, each link with its caveat.
"""

from __future__ import annotations

from typing import Any

from yiyang.core import curated_csv, schema
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd

LINKS = "indicator_links.csv"
COLUMNS = ["indicator_id", "document_id", "task_id", "indicator", "printed", "is_same"]
COLUMNS += ["caveat_zh", "caveat_en", "reason"]


def known() -> pd.DataFrame:
    """Make a table: one row is an indicator (table `indicators`)."""
    return curated_csv.table("indicators")


def link(documents: pd.DataFrame, targets: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Tie, one a row, a target or an outcome to an indicator (table `indicator_links`).

    A link names its figure by what is measured and by the printed phrase; one that is not there,
    or not there just once, raises `InputError`. Links of other documents are left out.
    """
    rows = curated_csv.frame(schema.CURATION / LINKS, COLUMNS, blank=["task_id"])
    rows = rows[rows["document_id"].isin(documents["document_id"])]
    orders = []
    for row in rows.itertuples():
        same = _is(targets, row, "task_id") if row.task_id else _is(outcomes, row, "document_id")
        found = (targets if row.task_id else outcomes).loc[same, "order"]
        if len(found) != 1:
            raise refusal(
                "indicators.link",
                f"yiyang/curation/{LINKS}, line {int(row.Index) + 2}",
                n=len(found),
                row=row,
                whose=row.task_id or row.document_id,
            )
        orders.append(found.iloc[0])
    links = rows.drop(columns=["indicator", "printed"]).assign(order=orders)
    return schema.cast("indicator_links", links)


def _is(figures: pd.DataFrame, row: Any, key: str) -> pd.Series:
    return (
        (figures[key] == getattr(row, key))
        & (figures["indicator"] == row.indicator)
        & (figures["printed"] == row.printed)
    )


def figures(links: pd.DataFrame, targets: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a linked figure with its value: what a chart of promises and results
    needs.

    The columns of `indicator_links`, then `source` (`target` or `outcome`), `comparator`,
    `value`, `unit`, `printed` and `day` (when it is due, or of which day it is).
    """
    columns = ["comparator", "value", "unit", "printed", "day"]
    promised = targets.rename(columns={"due": "day"})[["task_id", "order", *columns]]
    reached = outcomes.rename(columns={"as_of": "day"})[["document_id", "order", *columns]]
    is_target = links["task_id"].notna()
    both = [
        links[is_target].merge(promised, on=["task_id", "order"]).assign(source="target"),
        links[~is_target].merge(reached, on=["document_id", "order"]).assign(source="outcome"),
    ]
    return pd.concat(both, ignore_index=True)
