"""Gather the numbers that the report states, each with what it came from and how far it can be
trusted: a module a chapter.

The grade is `certain` for a count of what is printed, `robust` for what survives the checks
(another weighting, chance after correction, a reading by hand), and `suggestive` for what chance,
the frequencies alone or a program's errors may have made. The front page states certain and robust
claims only.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from yiyang.compare import theme_shares
from yiyang.compare.claims import (
    of_agencies,
    of_counterparts,
    of_lists,
    of_promises,
    of_themes,
)
from yiyang.compare.claims.rows import Claim, Rows
from yiyang.core.corpus import Corpus

GRADES = ("certain", "robust", "suggestive")
COLUMNS = ["claim", "jurisdiction", "subject", "value", "of", "expected", "low", "high", "p", "q"]
COLUMNS += ["grade", "caveats", "function", "tables"]
CLAIMS = (
    of_lists.CLAIMS
    | of_agencies.CLAIMS
    | of_themes.CLAIMS
    | of_promises.CLAIMS
    | of_counterparts.CLAIMS
)
"""The kinds of claims by their names, in the order of the chapters."""


SCOPED = (
    "deadlines.timed",
    "agencies.named",
    "concepts.named",
    "obligations.opening",
    "promises.figures",
)
"""The claims that are made a second time without the largest section of a list."""


def of(corpus: Corpus, names: Iterable[str]) -> pd.DataFrame:
    """Make the rows of some kinds of claims."""
    rows = [
        {"claim": name, "function": claim.function, "tables": claim.tables, **found}
        for name in names
        for claim in [CLAIMS[name]]
        for found in claim.find(corpus)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def without_section(corpus: Corpus) -> Corpus | None:
    """Return the corpus without the largest section of a list (`theme_shares.largest_section`):
    a list may be about more than one policy. Nothing where no list has such a section, or where it
    stands alone."""
    section = theme_shares.largest_section(corpus.tasks)
    if section is None or corpus.tasks["jurisdiction"].nunique() < 2:
        return None
    return corpus.subset(tasks=theme_shares.outside(corpus.tasks, section)["task_id"])


def _scoped(corpus: Corpus) -> Rows:
    part = without_section(corpus)
    if part is None:
        return
    rows = of(part, SCOPED).drop(columns=["function", "tables"])
    for found in rows.to_dict("records"):
        told = {k: v for k, v in found.items() if not pd.isna(v)}
        told["subject"] = " ".join(filter(None, [told.pop("claim"), told.get("subject")]))
        yield told


CLAIMS["lists.without_section"] = Claim("claims.without_section", "all", _scoped)


def table(corpus: Corpus) -> pd.DataFrame:
    """Make the table of claims. One row is a number: `claim` (what is said), `jurisdiction` and
    `subject` (an agency, a strength, an indicator) of which it is said (missing where it is said of
    all), `value`, `of` (the whole it is a part of; of a length or a wait the greatest, or how many
    there are); `expected` with `low`, `high`: what chance or the frequencies alone give (`low`
    alone: the least); `p` and `q` (corrected for the number of such questions); `grade`, `caveats`
    (keys, separated by spaces), `function` and `tables` it came from.
    """
    return of(corpus, CLAIMS)
