"""Gather the numbers that the report states, each with what it came from and how far it can be
trusted: a module a chapter.

The grade is `certain` for a count of what is printed, `robust` for what survives the checks
(another weighting, chance after correction, a reading by hand), and `suggestive` for what chance,
the frequencies alone or a program's errors may have made. The front page states certain and robust
claims only.
"""

from __future__ import annotations

import pandas as pd

from yiyang.compare.claims import (
    of_agencies,
    of_counterparts,
    of_lists,
    of_promises,
    of_themes,
)
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


def table(corpus: Corpus) -> pd.DataFrame:
    """Make the table of claims. One row is a number: `claim` (what is said), `jurisdiction` and
    `subject` (an agency, a strength, an indicator) of which it is said (missing where it is said of
    all), `value`, `of` (the whole it is a part of; of a length or a wait the greatest, or how many
    there are); `expected` with `low`, `high`: what chance or the frequencies alone give (`low`
    alone: the least); `p` and `q` (corrected for the number of such questions); `grade`, `caveats`
    (keys, separated by spaces), `function` and `tables` it came from.
    """
    rows = [
        {"claim": name, "function": claim.function, "tables": claim.tables, **found}
        for name, claim in CLAIMS.items()
        for found in claim.find(corpus)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
